"""Run notebooks in parallel, each in its own kernel. Outputs stored in their files are ignored."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
import re
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from ...errors import NotebookError, Problem
from ...limits import CELL_SECONDS, LOOK_SECONDS
from . import notebook_files, outputs
from .client import Client, OneKind, Prompt
from .kernels import parent
from .kernels.environment import environment
from .kernels.provisioner import WarmProvisioner
from .kernels.reads import recorded
from .repeatable import machine, unrepeatable
from .turns import Jobs, Turn, gates

# Errors are reported as problems; the libraries would log them a second time.
_NO_LOG = logging.getLogger(parent.__package__)
_NO_LOG.addHandler(logging.NullHandler())
_NO_LOG.propagate = False

_OR_TAG = f", or the tag {notebook_files.EXPLORE} on a cell that only JupyterLab runs"
# A warning as Python writes it, without the file, which for a cell has another name in each run.
_WARNING = re.compile(r"^.*?:\d+: (\w*Warning: .*)$", re.MULTILINE)
_LINE = re.compile(r"^ *Cell In ?\[\d+\], line (\d+)", re.MULTILINE)

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Ran(NamedTuple):
    """A notebook that has run, with its new outputs. reads: digests of the files that it read, by
    path."""

    name: str
    book: nbformat.NotebookNode
    reads: dict[str, str]
    seconds: float


@contextlib.contextmanager
def running(
    paths: Mapping[str, Path],
    folder: Path,
    data: Path,
    jobs: Jobs,
    check: Callable[[], None] = lambda: None,
    own: Path | None = None,
) -> Iterator[Iterator[Ran]]:
    """Run notebooks in the background, starting them in the order given. The block gets an
    iterator that yields each notebook when it has run.

    paths: files of notebooks, by name; a file is read only when its notebook starts, to save
    memory. folder: the working directory of kernels. data: the folder that `tables` reads in them.
    jobs: how many notebooks run at the same time, or turns that builds share. check: is called now
    and then while the iterator waits; what it raises ends the kernels. own: the folder of the
    project's own modules.

    After the last notebook the iterator raises `NotebookError` with every file that is no notebook
    and, for every notebook that failed, the cell, its error and its source. Leaving the block ends
    the kernels, but not their parent. Inside it SIGTERM raises KeyboardInterrupt.
    """
    handlers = {number: signal.getsignal(number) for number in _STOP_SIGNALS}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        runner = _Runner(folder, data, own, jobs, parent.warm_up(data), queue.SimpleQueue())
        # The event loop has its own thread: cells run on while the block does other work.
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as loop:
            work = loop.get_loop().create_task(runner.all(paths))
            work.add_done_callback(lambda _: runner.ran.put(None))
            thread = threading.Thread(target=loop.run, args=(asyncio.wait([work]),))
            thread.start()
            try:
                yield _finished(runner.ran, work, check)
            finally:
                for number in _STOP_SIGNALS:  # a second signal would leave kernels running
                    signal.signal(number, signal.SIG_IGN)
                loop.get_loop().call_soon_threadsafe(work.cancel)
                thread.join()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _finished(
    ran: queue.SimpleQueue[Ran | None], work: asyncio.Task, check: Callable[[], None]
) -> Iterator[Ran]:
    """Yield each notebook that has run, until the queue gives None; then raise their problems."""

    def after_checks() -> Ran | None:
        while True:
            try:
                return ran.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                check()

    yield from iter(after_checks, None)
    if problems := [problem for found in work.result() for problem in found]:
        raise NotebookError(problems)


@dataclass(frozen=True)
class _Runner:
    """What the runs of one build share. warm: whether kernels are forked from the preloaded parent.
    ran: the queue of notebooks that ran without a problem, then None."""

    folder: Path
    data: Path
    own: Path | None
    jobs: Jobs
    warm: bool
    ran: queue.SimpleQueue[Ran | None]

    async def all(self, paths: Mapping[str, Path]) -> list[list[Problem]]:
        may_start, may_run = gates(self.jobs)

        async def one(name: str) -> list[Problem]:
            async with may_start:
                try:
                    book = notebook_files.read(paths[name])
                except NotebookError as error:
                    return list(error.problems)
                return await self._run(name, book, may_run)

        return await asyncio.gather(*map(one, paths))

    async def _run(self, name: str, book, may_run: Turn) -> list[Problem]:
        with parent.temporary_folder() as place:
            reads = Path(place) / "reads"
            client = Client(
                book,
                may_run,
                km=self._manager(place, reads),
                log=_NO_LOG,
                timeout=CELL_SECONDS,
                record_timing=False,
                shutdown_kernel="immediate",
                skip_cells_with_tag=notebook_files.EXPLORE,
                resources={"metadata": {"path": str(self.folder)}},
            )
            try:
                await client.async_execute(env=environment(self.data, place, self.own))
            except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
                notebook_files.join(book)
                return [*_faults(name, book, client), *_stop_causes(name, book, client, error)]
            notebook_files.join(book)
            problems = [*_faults(name, book, client), *_errors(name, book), *_warnings(name, book)]
            problems += self._unrepeatable(name, book)
            if not problems:
                self.ran.put(Ran(name, book, recorded(reads), client.seconds))
        return problems

    def _unrepeatable(self, name: str, book) -> Iterator[Problem]:
        own = {self.folder: "the folder of notebooks", self.data: "the folder of the data"}
        own |= {self.folder.parent: "the folder of the project"}
        places, user = machine()
        places |= {str(path.resolve()): what for path, what in own.items()}
        for number, found, expected in unrepeatable(book, places, user):
            yield _problem(name, book, number, found, f"{expected}{_OR_TAG}")

    def _manager(self, place: str, reads: Path) -> AsyncKernelManager:
        """The manager of a kernel with its connection file and sockets in the folder `place`, which
        writes what it reads to the file `reads`."""
        file = str(Path(place) / "kernel.json")
        spec = KernelSpec(argv=parent.command(reads), display_name="Python 3", language="python")
        manager = AsyncKernelManager(
            transport=_transport(place),
            connection_file=file,
            client_factory=Prompt,
            kernel_spec_manager=OneKind(spec),
            log=_NO_LOG,
        )
        if self.warm:
            manager.provisioner = WarmProvisioner(kernel_spec=spec, parent=manager)
        return manager


def _transport(place: str) -> str:
    """Unix domain sockets, which need no network; otherwise TCP.

    The path of such a socket may have about a hundred characters, and Windows has none.
    """
    return "ipc" if os.name == "posix" and len(place) < 85 else "tcp"


def _faults(name: str, book, client: Client) -> Iterator[Problem]:
    for index, found, expected in client.faults:
        yield _problem(name, book, index + 1, found, f"{expected}{_OR_TAG}")


def _stop_causes(name: str, book, client: Client, error: Exception) -> list[Problem]:
    """Why a notebook stopped before its last cell."""
    problems = list(_errors(name, book))
    if problems or client.stopped:
        return [*problems, *_warnings(name, book)]
    # The kernel died or timed out, in the cell that was started last.
    found = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    expected = f"a cell that ends within {CELL_SECONDS} seconds"
    return [_problem(name, book, client.begun + 1, found, expected), *_warnings(name, book)]


def _errors(name: str, book) -> Iterator[Problem]:
    """Errors of cells, also those allowed by a tag (`raises-exception`): a page would show them."""
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found = outputs.plain(f"{output.ename}: {output.evalue}")
                yield _problem(name, book, number, found, "a cell that runs", _line(output))


def _line(error) -> int:
    """The line at which a cell stopped, from 1; 0 if its error does not say. What the cell called
    comes after it in the traceback."""
    found = _LINE.search(outputs.plain("\n".join(error.traceback)))
    return int(found[1]) if found else 0


def _warnings(name: str, book) -> Iterator[Problem]:
    """Each warning, and other text on stderr by its first line: a page would show it."""
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                lines = output.text.strip().splitlines() or [repr(output.text)]
                for found in dict.fromkeys(_WARNING.findall(output.text)) or lines[:1]:
                    yield _problem(
                        name, book, number, found, f"a cell that writes no warnings{_OR_TAG}"
                    )


def _problem(name: str, book, number: int, found: str, expected: str, at: int = 0) -> Problem:
    """The problem of a cell, with its source. number: of the cell among all cells, from 1. at: the
    line that is marked, from 1; 0 for none."""
    lines = book.cells[number - 1].source.splitlines()
    shown = "\n".join(
        f"{'>' if line == at else ' '} {line:>3} | {text}" for line, text in enumerate(lines, 1)
    )
    return Problem(notebook_files.place(name, book.cells, number), found, f"{expected}:\n{shown}")
