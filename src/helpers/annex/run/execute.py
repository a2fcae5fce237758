"""Run notebooks, several at once, each in a kernel of its own. Stored outputs are never used."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
import signal
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

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

_STOPS = (signal.SIGINT, signal.SIGTERM)


class Ran(NamedTuple):
    """A notebook that has run, with fresh outputs. reads: digests of the files that it read, by
    path."""

    name: str
    book: nbformat.NotebookNode
    reads: dict[str, str]
    seconds: float


@contextlib.contextmanager
def running(
    paths: Mapping[str, Path], folder: Path, data: Path, jobs: int
) -> Iterator[Iterator[Ran]]:
    """Run each notebook from its first cell, in the order given, in the folder `folder`. Kernels
    work while the block does something else; what it is given yields each notebook when it has run.

    paths: files of notebooks, by name; each is read when it starts, as a hundred are a lot to hold.
    data: the folder that `helpers.tables` reads in the kernels. jobs: notebooks at the same time.

    When all have ended, what is given raises `NotebookError` naming every file that is no notebook
    and, for every notebook that failed, the cell, its error and lines. When the block ends, so do
    its kernels; SIGTERM ends it with KeyboardInterrupt.
    """
    runner = _Runner(folder, data, jobs, parent.warm_up(data), queue.SimpleQueue())
    before = {number: signal.getsignal(number) for number in _STOPS}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        # An event loop in a thread of its own: cells go on while the block works.
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as loop:
            work = loop.get_loop().create_task(runner.all(paths))
            work.add_done_callback(lambda _: runner.ran.put(None))
            thread = threading.Thread(target=loop.run, args=(asyncio.wait([work]),))
            thread.start()
            try:
                yield _ended(runner.ran, work)
            finally:
                for number in _STOPS:  # a second one would leave kernels behind
                    signal.signal(number, signal.SIG_IGN)
                loop.get_loop().call_soon_threadsafe(work.cancel)
                thread.join()
    finally:
        parent.end()
        for number, handler in before.items():
            signal.signal(number, handler)


def _ended(ran: queue.SimpleQueue[Ran | None], work: asyncio.Task) -> Iterator[Ran]:
    """Each notebook that has run, until `None` says that the work is done."""
    yield from iter(ran.get, None)
    if problems := [problem for found in work.result() for problem in found]:
        raise NotebookError(problems)


@dataclass(frozen=True)
class _Runner:
    """What the runs of one build share. warm: whether kernels can be forked. ran: where each
    notebook goes that has run without a problem."""

    folder: Path
    data: Path
    jobs: int
    warm: bool
    ran: queue.SimpleQueue[Ran | None]

    async def all(self, paths: Mapping[str, Path]) -> list[list[Problem]]:
        # As many kernels again as run may start, so that one is ready whenever a notebook ends.
        started, turn = asyncio.Semaphore(2 * self.jobs), asyncio.Semaphore(self.jobs)

        async def one(name: str) -> list[Problem]:
            async with started:
                try:
                    book = notebook_files.read(paths[name])
                except NotebookError as error:
                    return list(error.problems)
                return await self._run(name, book, turn)

        return await asyncio.gather(*map(one, paths))

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
                self.ran.put(Ran(name, book, recorded(reads), client.seconds))
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
