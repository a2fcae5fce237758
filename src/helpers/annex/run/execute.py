"""Run notebooks, several at once, each in a kernel of its own. Stored outputs are never used."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi

from ...errors import NotebookError, Problem
from ...limits import CELL_SECONDS
from . import notebook_files
from .client import Client, OneKind, Prompt
from .kernels import parent
from .kernels.environment import environment
from .kernels.provisioner import WarmProvisioner
from .kernels.reads import recorded
from .repeatable import machine, unrepeatable

# What goes wrong is told once, as a problem; the libraries would tell it again as log lines.
_SILENT = logging.getLogger("helpers.annex.run.kernels")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


Done = Callable[[str, nbformat.NotebookNode, dict[str, str], float], None]


def run(
    paths: Mapping[str, Path],
    folder: Path,
    data: Path,
    jobs: int,
    done: Done,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Run each notebook from its first cell, in the order given, in the folder `folder`.

    paths: files of notebooks, by name; each is read when it starts, as a hundred are a lot to hold.
    data: the folder that `helpers.tables` reads in the kernels. jobs: notebooks at the same time.
    done: told of each notebook that has run its name, the notebook with fresh outputs, the files
    it read with their digests, and its seconds. meanwhile: done here while kernels start and run.

    Raises `NotebookError` naming every file that is no notebook and, for every notebook that
    failed, the cell, its error and lines; KeyboardInterrupt when the build is told to stop, after
    its kernels have ended.
    """
    runner = _Runner(folder, data, done, jobs, parent.warm_up(data))
    try:
        results = asyncio.run(runner.all(paths, meanwhile))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        parent.end()
    problems = [problem for found in results for problem in found]
    if problems:
        raise NotebookError(problems)


@dataclass(frozen=True)
class _Runner:
    """What the runs of one build share. warm: whether kernels can be forked."""

    folder: Path
    data: Path
    done: Done
    jobs: int
    warm: bool

    async def all(self, paths, meanwhile: Callable[[], None]) -> list[list[Problem]]:
        # As many kernels again as run may start, so that one is ready whenever a notebook ends.
        started, turn = asyncio.Semaphore(2 * self.jobs), asyncio.Semaphore(self.jobs)
        loop, own = asyncio.get_running_loop(), asyncio.current_task()
        with contextlib.suppress(NotImplementedError):  # Windows has no signals to handle
            loop.add_signal_handler(signal.SIGTERM, own.cancel)

        async def one(name: str) -> list[Problem]:
            async with started:
                try:
                    book = notebook_files.read(paths[name])
                except NotebookError as error:
                    return list(error.problems)
                return await self._run(name, book, turn)

        ran = asyncio.gather(*map(one, paths))
        try:
            await asyncio.to_thread(meanwhile)
        except BaseException:
            ran.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await ran
            raise
        return await ran

    async def _run(self, name: str, book, turn: asyncio.Semaphore) -> list[Problem]:
        with parent.fresh_place() as place:
            reads = Path(place) / "reads"
            client = Client(
                book,
                turn,
                km=self._manager(place, reads),
                log=_SILENT,
                timeout=CELL_SECONDS,
                record_timing=False,
                shutdown_kernel="immediate",
                resources={"metadata": {"path": str(self.folder)}},
            )
            try:
                await client.async_execute(env=environment(self.data, place))
            except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
                return [*_faults(name, book, client), *_failures(name, book, client, error)]
            notebook_files.join(book)
            problems = [*_faults(name, book, client), *_errors(name, book), *_warnings(name, book)]
            problems += self._unrepeatable(name, book)
            if not problems:
                self.done(name, book, recorded(reads), client.seconds)
        return problems

    def _unrepeatable(self, name: str, book) -> Iterator[Problem]:
        own = {self.folder: "the folder of notebooks", self.data: "the folder of the data"}
        places, user = machine()
        places |= {str(path.resolve()): what for path, what in own.items()}
        for number, found, expected in unrepeatable(book, places, user):
            yield _problem(name, book, number, found, expected)

    def _manager(self, place: str, reads: Path) -> AsyncKernelManager:
        """The manager of a kernel that has its files in `place`; `reads` tells what it reads."""
        file = str(Path(place) / "kernel.json")
        spec = KernelSpec(argv=parent.command(reads), display_name="Python 3", language="python")
        manager = AsyncKernelManager(
            transport=_transport(place),
            connection_file=file,
            client_factory=Prompt,
            kernel_spec_manager=OneKind(spec),
            log=_SILENT,
        )
        if self.warm:
            manager.provisioner = WarmProvisioner(kernel_spec=spec, parent=manager)
        return manager


def _transport(place: str) -> str:
    """Sockets in the file system, so that no network is needed; where those can't be, TCP.

    A socket's path may hold about a hundred characters, and Windows has none.
    """
    return "ipc" if os.name == "posix" and len(place) < 85 else "tcp"


def _faults(name: str, book, client: Client) -> Iterator[Problem]:
    for index, found, expected in client.faults:
        yield _problem(name, book, index + 1, found, expected)


def _failures(name: str, book, client: Client, error: Exception) -> list[Problem]:
    """Why a notebook did not come to its end."""
    problems = list(_errors(name, book))
    if problems or client.stopped:
        return problems
    # The kernel died or took too long: the cell that was begun last is the one.
    found = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    expected = f"a cell that ends within {CELL_SECONDS} seconds"
    return [_problem(name, book, client.begun + 1, found, expected)]


def _errors(name: str, book) -> Iterator[Problem]:
    """Errors of cells, those that a tag allows too: they would stand on the page."""
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found = strip_ansi(f"{output.ename}: {output.evalue}")
                yield _problem(name, book, number, found, "a cell that runs")


def _warnings(name: str, book):
    """A warning in a notebook would stand on the page, so it is a problem."""
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                found = (output.text.strip().splitlines() or [repr(output.text)])[0]
                yield _problem(name, book, number, found, "a cell that writes no warnings")


def _problem(name: str, book, number: int, found: str, expected: str) -> Problem:
    """What is wrong with a cell, by its number among all cells, with its lines."""
    lines = book.cells[number - 1].source.splitlines()
    shown = "\n".join(f"  {line:>3} | {text}" for line, text in enumerate(lines, 1))
    return Problem(notebook_files.place(name, book.cells, number), found, f"{expected}:\n{shown}")
