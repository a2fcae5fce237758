"""The fork server from which kernels are forked, the command of a kernel without it, and temporary
folders. Imports little: the build starts the server first, then both import their libraries."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import re
import shutil
import signal
import sys
import tempfile
import types
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .environment import TABLES, environment

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

PREFIX = "annex-kernel-"  # of temporary folders; the build's process id and a random part follow
# Whether kernels can be forked from a parent that has the libraries loaded.
WARM = sys.platform != "win32"  # where multiprocessing has no fork server


def command(reads: Path) -> list[str]:
    """The command that starts a kernel without the fork server, in this environment, not that of a
    kernel spec of the user. reads: the file to which it writes which files it reads."""
    module = f"{__package__}.child"
    file = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]
    return [sys.executable, "-P", "-m", module, str(reads), *file]


def warm_up(data: Path, tables: Path | None = None) -> bool:
    """Start the fork server, unless it runs; it imports libraries while this process goes on.

    data: the folder that kernels read. tables: the file in which builds keep what they read there.
    Returns whether it was started: without fork, or if its socket can't be made, kernels are
    started by `command`.
    """
    if not WARM:
        return False
    from multiprocessing import forkserver

    forkserver.set_forkserver_preload([f"{__package__}.preload"])
    try:
        with _inherited(data, tables):
            forkserver.ensure_running()
    except OSError:
        return False
    return True


def fork(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A process forked from the server, in which `target` runs.

    Raises OSError or EOFError if the server is dead."""
    import multiprocessing

    process = multiprocessing.get_context("forkserver").Process(target=target, args=arguments)
    with _no_main_module():
        process.start()
    return process


@contextlib.contextmanager
def _no_main_module() -> Iterator[None]:
    """Replace `__main__` by an empty module: multiprocessing would import it in each process."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


@contextlib.contextmanager
def temporary_folder() -> Iterator[str]:
    """A new temporary folder, removed when the block ends, or by a later `sweep` if the build is
    killed.

    Raises OSError if it can't be made.
    """
    place = _new_folder(tempfile.gettempdir())
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep() -> None:
    """Remove the temporary folders of killed builds, which would otherwise fill the disk.

    Containers do not see each other's processes: each needs its own folder for temporary files.
    """
    for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = place.name.removeprefix(PREFIX).split("-")[0]
        if re.fullmatch("[0-9]{1,9}", owner) and not _is_running(int(owner)):
            shutil.rmtree(place, ignore_errors=True)  # not another user's


def _is_running(process: int) -> bool:
    """Whether there is a process with this number, of up to nine digits."""
    if sys.platform == "win32":
        import psutil  # here, as it takes long to load

        return psutil.pid_exists(process)
    try:
        os.kill(process, 0)  # sends nothing
    except OSError as error:
        return error.errno == errno.EPERM  # another user's
    return True


def _new_folder(folder: str) -> str:
    return tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder)


def end() -> None:
    """Kill the fork server when no more kernels are needed, to free its memory."""
    if not WARM:
        return
    from multiprocessing import forkserver

    server: Any = forkserver._forkserver  # no public function stops it; typeshed has no private one
    if server._forkserver_pid is not None:
        os.kill(server._forkserver_pid, signal.SIGKILL)  # a normal exit takes 0.1 s
        server._stop()


@contextlib.contextmanager
def _inherited(data: Path, tables: Path | None) -> Iterator[None]:
    """What the fork server inherits: the environment variables of kernels, SIGINT blocked, as the
    build itself handles Ctrl-C, and a temporary folder for its socket and for caches of libraries.

    data, tables: as for `warm_up`.
    """
    from multiprocessing import resource_tracker

    before, place = os.environ.copy(), tempfile.gettempdir()
    tempfile.tempdir = _server_folder(place)
    kept = {TABLES: str(tables)} if tables else {}
    _set_environ({**environment(data, tempfile.tempdir), **kept})
    try:
        resource_tracker.ensure_running()  # first, because its start unblocks SIGINT
        signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, signals)
    finally:
        tempfile.tempdir = place
        _set_environ(before)


def _set_environ(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)


@functools.cache
def _server_folder(place: str) -> str:
    """The temporary folder of the fork server, made once in the folder `place`."""
    from multiprocessing import util

    folder = _new_folder(place)
    # Lower than -100, the priority at which multiprocessing removes its own folder inside this one.
    util.Finalize(None, _remove, (folder,), exitpriority=-200)
    return folder


def _remove(folder: str) -> None:
    """Kill the fork server, which may still write to its folder, then remove the folder."""
    with contextlib.suppress(OSError):
        end()
    shutil.rmtree(folder, ignore_errors=True)
