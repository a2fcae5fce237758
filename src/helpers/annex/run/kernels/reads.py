"""Which files a notebook reads, noticed as it opens them (PEP 578), with what was in them.

Seen are files and folders that Python opens or lists, pandas included. Another process and the
network are seen, but not what they tell; not seen is a file that a library written in C opens for
itself, nor a question whether a file exists.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from importlib.util import source_from_cache
from pathlib import Path

MISSING = "missing"
_READS = {"open", "os.listdir", "os.scandir"}
# Other ways to learn something. No file has such a name, so no later build finds it unchanged.
_UNSEEN = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.forkpty",
           "socket.connect", "socket.bind", "sqlite3.connect"}  # fmt: skip
_NOTICED = _READS | _UNSEEN


def digest(path: str) -> str:
    """SHA-256 of a file's content or a folder's names; `missing` when it can't be read, or is a
    pipe or a device, which may never end."""
    try:
        if Path(path).is_dir():
            names = "\0".join(sorted(entry.name for entry in Path(path).iterdir()))
            return hashlib.sha256(names.encode()).hexdigest()
        if not Path(path).is_file():
            return MISSING
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return MISSING


def watch(record: str) -> None:
    """From here on write a line to the file `record` for each file that this process reads: its
    path and its digest when it was first opened, as JSON."""
    stream = os.open(record, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    process = os.getpid()
    own = str(Path(record).parent) + os.sep
    seen: set[str] = set()

    def keep(path: str) -> None:
        if path not in seen and not path.startswith(own):
            seen.add(path)
            found = "unseen" if path in _UNSEEN else digest(path)
            # A fork that becomes another program has closed its files: `!command` in a cell.
            with contextlib.suppress(*[OSError] if os.getpid() != process else []):
                os.write(stream, (json.dumps([path, found]) + "\n").encode())

    _listen(keep)


@contextlib.contextmanager
def told(keep: Callable[[str], object]) -> Iterator[None]:
    """Tell `keep` the path of each file that is read in the block."""
    listening = True
    _listen(lambda path: listening and keep(path))
    try:
        yield
    finally:
        listening = False  # a hook can't be taken off again


def _listen(keep: Callable[[str], object]) -> None:
    """Tell `keep` what this process reads from here on: paths, or an event of `_UNSEEN`."""
    busy = threading.local()  # what one thread looks into hides nothing that another reads

    def hook(event: str, arguments: tuple) -> None:
        if event not in _NOTICED or getattr(busy, "now", False):
            return
        busy.now = True
        try:
            if path := event if event in _UNSEEN else _read(event, *arguments):
                keep(path)
        finally:
            busy.now = False

    sys.addaudithook(hook)


def recorded(record: Path) -> dict[str, str]:
    """What `watch` wrote: digests by path."""
    try:
        lines = record.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(json.loads(line) for line in lines)


# The libraries are known by the lock file; the helpers by the imports that lead to them.
_ASIDE = tuple(
    os.path.realpath(place) + os.sep
    for place in (
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        Path(__file__).parents[3], "/proc", "/sys", "/dev",
    )
)  # fmt: skip


def _read(event: str, path=None, mode: str | None = None, flags: int = 0) -> str:
    """The path of what an event reads; nothing when it only writes or is not the notebook's own
    doing."""
    if isinstance(path, int):
        return ""
    if event == "open":
        if mode and not set(mode) & set("r+"):
            return ""
        if flags & os.O_EXCL or (not mode and flags & os.O_ACCMODE == os.O_WRONLY):
            return ""  # a new file, or one that is only written
    elif sys._getframe(2).f_code.co_filename.startswith("<frozen importlib"):
        return ""  # an import looks through the folders of the path for names
    found = str(Path(os.fsdecode(path or ".")).absolute())
    if os.path.realpath(found).startswith(_ASIDE):
        return ""
    return source_from_cache(found) if found.endswith(".pyc") else found
