"""The warm parent of kernels, and the command of an ordinary one. Light: the build starts it first
and imports what it needs itself while the parent loads."""

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

from .surroundings import environment

PLACE = "annex-kernel-"  # folders of running kernels: this, the build's process id, a random part
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
        with _surroundings(environment(data)):
            forkserver.ensure_running()
    except OSError:
        return False
    return True


def sweep() -> None:
    """Remove what killed builds left in the folder for temporary files."""
    for place in Path(tempfile.gettempdir()).glob(f"{PLACE}*-*"):
        import psutil  # here, as it is seldom needed

        owner = place.name.removeprefix(PLACE).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(place, ignore_errors=True)


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
def _surroundings(own: Mapping[str, str]) -> Iterator[None]:
    """The environment of kernels, no ear for Ctrl-C, which is the build's to answer, and a folder
    for the socket that the next build sweeps if this one is killed."""
    from multiprocessing import resource_tracker

    before, place = os.environ.copy(), tempfile.gettempdir()
    tempfile.tempdir = _folder(place)
    _put(own)
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

    folder = tempfile.mkdtemp(prefix=f"{PLACE}{os.getpid()}-", dir=place)
    # After multiprocessing has removed its own folder inside it, at -100.
    util.Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=-200)
    return folder
