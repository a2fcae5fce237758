"""Record which files a notebook reads, with their digests, through an audit hook (PEP 578).

Recorded are files and folders that Python opens or lists, also for pandas. Of a child process or
the network only the use is recorded, not the data. Not noticed: files that C libraries open, and
checks whether a file exists.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import source_from_cache
from pathlib import Path

from ....limits import STREAM_BYTES

MISSING = "missing"
_READS = {"open", "os.listdir", "os.scandir"}
# Events whose data can't be recorded. No file has such a name, so that a later build never finds it
# unchanged and runs the notebook again.
_UNTRACKED = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.forkpty",
           "socket.connect", "socket.bind", "sqlite3.connect"}  # fmt: skip
_EVENTS = _READS | _UNTRACKED


def digest(path: str) -> str:
    """SHA-256 of a file's content, or of the names in a folder; `missing` when it can't be read or
    is a pipe or device, which might never end."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            return hashlib.sha256(os.fsencode("\0".join(sorted(os.listdir(path))))).hexdigest()
        if not stat.S_ISREG(mode):
            return MISSING
        found = hashlib.sha256()
        with open(path, "rb", buffering=0) as stream:  # a build reads hundreds of small files
            while part := stream.read(STREAM_BYTES):
                found.update(part)
        return found.hexdigest()
    except (OSError, ValueError):  # ValueError: a path with a null character
        return MISSING


def watch(record: str) -> None:
    """From now on append a line to the file `record` for each file that this process reads: its
    path and its digest at the first read, as JSON."""
    stream = os.open(record, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    process = os.getpid()
    own = str(Path(record).parent) + os.sep
    seen: set[str] = set()

    def keep(path: str) -> None:
        if path not in seen and not path.startswith(own):
            seen.add(path)
            found = "unseen" if path in _UNTRACKED else digest(path)
            # The fork for a `!command` in a cell has closed this file when it calls exec.
            with contextlib.suppress(*[OSError] if os.getpid() != process else []):
                os.write(stream, (json.dumps([path, found]) + "\n").encode())

    _add_hook(keep)


@contextlib.contextmanager
def observed(keep: Callable[[str], object]) -> Iterator[None]:
    """Call `keep` with the path of each file that is read in the block."""
    active = True
    _add_hook(lambda path: active and keep(path))
    try:
        yield
    finally:
        active = False  # an audit hook can't be removed


def _add_hook(keep: Callable[[str], object]) -> None:
    """From now on call `keep` with each path that this process reads, or event of `_UNTRACKED`."""
    _ignored()  # what it loads is loaded before anything is recorded
    busy = threading.local()  # guards against recursion, per thread: `keep` reads files itself

    def hook(event: str, arguments: tuple) -> None:
        if event not in _EVENTS or getattr(busy, "now", False):
            return
        busy.now = True
        try:
            if path := event if event in _UNTRACKED else _path_read(event, *arguments):
                keep(path)
        finally:
            busy.now = False

    sys.addaudithook(hook)


def recorded(record: Path) -> dict[str, str]:
    """Read the digests that `watch` wrote, by path."""
    try:
        lines = record.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(json.loads(line) for line in lines)


# Not recorded: the lock file stands for the libraries, and the cache key contains the helpers.
@functools.cache
def _ignored() -> tuple[str, ...]:
    import sysconfig  # here, as a build that finds the annex up to date records nothing

    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    places = [*map(sysconfig.get_path, kinds), str(Path(__file__).parents[2])]
    return tuple(os.path.realpath(place) + os.sep for place in (*places, "/proc", "/sys", "/dev"))


def _path_read(event: str, path=None, mode: str | None = None, flags: int = 0) -> str:
    """The path that an event reads; empty when it only writes, is in an ignored folder or belongs
    to an import."""
    if isinstance(path, int):
        return ""
    if event == "open":
        if mode and not set(mode) & set("r+"):
            return ""
        if flags & os.O_EXCL or (not mode and flags & os.O_ACCMODE == os.O_WRONLY):
            return ""  # created, or opened for writing only
    elif sys._getframe(2).f_code.co_filename.startswith("<frozen importlib"):
        return ""  # an import lists the folders of sys.path
    found = str(Path(os.fsdecode(path or ".")).absolute())
    if os.path.realpath(found).startswith(_ignored()):
        return ""
    return source_from_cache(found) if found.endswith(".pyc") else found
