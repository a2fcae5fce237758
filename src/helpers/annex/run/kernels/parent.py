"""The warm parent of kernels, the command of an ordinary one, and the folders of a running build.
Light: the build starts it first and imports what it needs itself while the parent loads."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .environment import environment

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

PLACE = "annex-kernel-"  # folders of running builds: this, the build's process id, a random part
LOCK = "lock"  # a file in each, which the build holds: process ids differ between containers
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
    that of a killed one, and leaves it alone as long as this process lives.

    Raises OSError where none can be made.
    """
    place, lock = _held_place(tempfile.gettempdir())
    try:
        yield place
    finally:
        _remove(place, lock)


def sweep() -> None:
    """Remove what killed builds left in the folder for temporary files: what is this user's, and
    no living process holds, be it in another container with the same folder."""
    for place in Path(tempfile.gettempdir()).glob(f"{PLACE}*-*"):
        owner = place.name.removeprefix(PLACE).split("-")[0]
        if not owner.isdigit() or not _own(place):
            continue
        # One without a lock may be in the making, or of an earlier version; elsewhere its maker
        # sees that it was swept.
        if not (place / LOCK).exists() and _lives(int(owner)):
            continue
        with contextlib.suppress(OSError):  # held, or gone meanwhile
            lock = _lock(place)
            if lock is not None or not _lives(int(owner)):
                _remove(place, lock)


def _remove(place: str | Path, lock: int | None) -> None:
    shutil.rmtree(place, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _held_place(parent: str) -> tuple[str, int | None]:
    """A new folder in another, and its lock, which this process holds as long as it is open."""
    while True:
        place = tempfile.mkdtemp(prefix=f"{PLACE}{os.getpid()}-", dir=parent)
        try:
            lock = _lock(Path(place))
        except (BlockingIOError, FileNotFoundError):
            continue  # another build has swept it before it was held: then again
        except OSError:  # no room
            shutil.rmtree(place, ignore_errors=True)
            raise
        if lock is None or os.fstat(lock).st_nlink:
            return place, lock
        os.close(lock)


def _lock(place: Path) -> int | None:
    """Hold a folder; nothing where the system or its disk knows no such locks. Raises OSError when
    there is no such folder, BlockingIOError when another process holds it."""
    if fcntl is None:
        return None
    # No process that is started inherits it, so that it ends with this one.
    lock = os.open(place / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return lock


def _own(place: Path) -> bool:
    """Whether a place is a folder of this user's, and no link."""
    with contextlib.suppress(OSError):
        found = place.lstat()
        return stat.S_ISDIR(found.st_mode) and (fcntl is None or found.st_uid == os.getuid())
    return False


def _lives(process: int) -> bool:
    import psutil  # here, as it is seldom needed

    return psutil.pid_exists(process)


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

    folder, _ = _held_place(place)  # held to the end of this process
    # After multiprocessing has removed its own folder inside it, at -100.
    util.Finalize(None, _leave, (folder,), exitpriority=-200)
    return folder


def _leave(folder: str) -> None:
    """Remove the parent's folder, the parent first: while it loads it writes there."""
    with contextlib.suppress(OSError):
        end()
    shutil.rmtree(folder, ignore_errors=True)
