"""Run notebooks, several at once, each in a kernel of its own. Stored outputs are never used."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import nbformat
import psutil
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi

from ..errors import NotebookError, Problem

# What goes wrong is told once, as a problem; the libraries would tell it again as log lines.
_SILENT = logging.getLogger("helpers.annex.kernels")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False

_PLACE = "annex-kernel-"  # folders of running kernels: this, the build's process id, a random part

_PATIENCE = 600  # seconds that a cell may take

Report = Callable[[str, float], None]


def run(
    paths: Sequence[Path], data: Path, jobs: int, report: Report
) -> dict[str, nbformat.NotebookNode]:
    """Run each notebook from its first cell; the notebooks with fresh outputs, by name.

    data: the folder that `helpers.tables` reads in the kernels. jobs: kernels at the same time.
    report: told the name and seconds of each notebook that has run.

    Raises `NotebookError` naming, for every notebook that failed, the cell, its error and lines;
    KeyboardInterrupt when the build is told to stop, after its kernels have ended.
    """
    books = {path.stem: _read(path) for path in paths}
    _sweep()
    try:
        results = asyncio.run(_run_all(books, paths[0].parent, data, jobs, report))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    problems = [problem for found in results for problem in found]
    if problems:
        raise NotebookError(problems)
    return books


def _sweep() -> None:
    """Remove what the kernels of a killed build left behind."""
    for place in Path(tempfile.gettempdir()).glob(f"{_PLACE}*-*"):
        owner = int(place.name.removeprefix(_PLACE).split("-")[0])
        if not psutil.pid_exists(owner):
            shutil.rmtree(place, ignore_errors=True)


def _read(path: Path) -> nbformat.NotebookNode:
    try:
        book = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises JSON, validation and OS errors alike
        raise NotebookError(Problem(path.name, str(error)[:200], "a version 4 notebook")) from error
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return book


async def _run_all(books, folder: Path, data: Path, jobs: int, report: Report) -> list:
    turn = asyncio.Semaphore(jobs)
    with contextlib.suppress(NotImplementedError):  # Windows has no signals to handle
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asyncio.current_task().cancel)

    async def one(name: str, book) -> list[Problem]:
        async with turn:
            start = time.monotonic()
            found = await _run(name, book, folder, data)
            report(name, time.monotonic() - start)
            return found

    return await asyncio.gather(*(one(name, book) for name, book in books.items()))


class _Client(NotebookClient):
    """nbclient without its handling of signals: an interrupt ends the whole build, in order."""

    @contextlib.asynccontextmanager
    async def async_setup_kernel(self, **options) -> AsyncIterator[None]:
        try:
            await self.async_start_new_kernel(**options)
            await self.async_start_new_kernel_client()
            yield
        finally:
            await self._async_cleanup_kernel()


async def _run(name: str, book, folder: Path, data: Path) -> list[Problem]:
    with tempfile.TemporaryDirectory(prefix=f"{_PLACE}{os.getpid()}-") as place:
        manager = AsyncKernelManager(
            transport=_transport(place),
            connection_file=str(Path(place) / "kernel.json"),
            log=_SILENT,
        )
        # This environment's kernel, whatever kernels the user has installed elsewhere.
        launcher = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        manager.kernel_spec.argv = launcher
        begun = [0]
        client = _Client(
            book,
            on_cell_execute=lambda cell, cell_index: begun.append(cell_index),
            km=manager,
            log=_SILENT,
            timeout=_PATIENCE,
            record_timing=False,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": str(folder)}},
        )
        environment = {**os.environ, "ANNEX_DATA": str(data.resolve()), "MPLBACKEND": "agg"}
        try:
            await client.async_execute(env=environment)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
            return [_failure(name, book, begun[-1], error)]
    return list(_warnings(name, book))


def _transport(place: str) -> str:
    """Sockets in the file system, so that no network is needed; where those can't be, TCP.

    A socket's path may hold about a hundred characters, and Windows has none.
    """
    return "ipc" if os.name == "posix" and len(place) < 85 else "tcp"


def _failure(name: str, book, begun: int, error: Exception) -> Problem:
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found = strip_ansi(f"{output.ename}: {output.evalue}")
                return Problem(_place(name, number), found, "a cell that runs:\n" + _lines(cell))
    # The kernel died or took too long: the cell that was begun last is the one.
    found = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    expected = f"a cell that ends within {_PATIENCE} seconds:\n" + _lines(book.cells[begun])
    return Problem(_place(name, begun + 1), found, expected)


def _warnings(name: str, book):
    """A warning in a notebook would stand on the page, so it is a problem."""
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                found = output.text.strip().splitlines()[0]
                expected = "a cell that writes no warnings:\n" + _lines(cell)
                yield Problem(_place(name, number), found, expected)


def _place(name: str, number: int) -> str:
    return f"notebooks/{name}.ipynb, cell {number}"


def _lines(cell) -> str:
    lines = cell.source.splitlines()
    return "\n".join(f"  {number:>3} | {line}" for number, line in enumerate(lines, 1))
