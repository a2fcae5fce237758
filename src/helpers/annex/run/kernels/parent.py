"""The warm parent of kernels, the command of an ordinary one, and the folders of a running build.
Light: the build starts it first and imports what it needs itself while the parent loads."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .environment import environment

PLACE = "annex-kernel-"  # folders of running builds: this, the build's process id, a random part
WARM = "forkserver" in multiprocessing.get_all_start_methods()


def command(reads: Path) -> list[str]:
    """The command of an ordinary kernel of this environment, whatever others the user has; it
    writes to `reads` what it reads."""
    module = f"{__package__}.child"
    file = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]
    return [sys.executable, "-P", "-m", module, str(reads), *file]


def warm_up(data: Path) -> bool:
    """Start the parent of warm kernels, which loads while this process goes on; whether it could be
    started. Where there is no fork, or no room for its socket, ordinary kernels do the same.

    data: the folder that kernels read.
    """
    if not WARM:
        return False
    from multiprocessing import forkserver

    forkserver.set_forkserver_preload([f"{__package__}.preload"])
    try:
        with _surroundings(data):
            forkserver.ensure_running()
    except OSError:
        return False
    return True


@contextlib.contextmanager
def fresh_place() -> Iterator[str]:
    """A new folder for temporary files, gone when the block ends; `sweep` of a later build removes
    that of a killed one.

    Raises OSError where none can be made.
    """
    place = _new_place(tempfile.gettempdir())
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep() -> None:
    """Remove what killed builds left in the folder for temporary files, for who would else find the
    disk full. Containers do not know each other's processes: each needs such a folder of its own.
    """
    for place in Path(tempfile.gettempdir()).glob(f"{PLACE}*-*"):
        owner = place.name.removeprefix(PLACE).split("-")[0]
        if owner.isdigit():
            import psutil  # here, as it is seldom needed

            if not psutil.pid_exists(int(owner)):
                shutil.rmtree(place, ignore_errors=True)  # of another user's, or a link: it stays


def _new_place(folder: str) -> str:
    return tempfile.mkdtemp(prefix=f"{PLACE}{os.getpid()}-", dir=folder)


def end() -> None:
    """End the parent, when no more kernels are needed: what it has loaded is a lot to hold."""
    if not WARM:
        return
    from multiprocessing import forkserver

    server = forkserver._forkserver  # there is no public way; it would end with the build
    if server._forkserver_pid is not None:
        os.kill(server._forkserver_pid, signal.SIGKILL)  # its own end takes a tenth of a second
        server._stop()


@contextlib.contextmanager
def _surroundings(data: Path) -> Iterator[None]:
    """The environment of kernels that read the folder `data`, no ear for Ctrl-C, which is the
    build's to answer, and a folder, for the socket and what libraries keep, that the next build
    sweeps if this one is killed."""
    from multiprocessing import resource_tracker

    before, place = os.environ.copy(), tempfile.gettempdir()
    tempfile.tempdir = _folder(place)
    _put(environment(data, tempfile.tempdir))
    try:
        resource_tracker.ensure_running()  # first, as it opens that ear again when it starts
        signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, signals)
    finally:
        tempfile.tempdir = place
        _put(before)


def _put(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)


@functools.cache
def _folder(place: str) -> str:
    from multiprocessing import util

    folder = _new_place(place)
    # After multiprocessing has removed its own folder inside it, at -100.
    util.Finalize(None, _leave, (folder,), exitpriority=-200)
    return folder


def _leave(folder: str) -> None:
    """Remove the parent's folder, the parent first: while it loads it writes there."""
    with contextlib.suppress(OSError):
        end()
    shutil.rmtree(folder, ignore_errors=True)
