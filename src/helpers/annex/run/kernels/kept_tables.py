"""What builds keep of the tables from one to the next, so that what has not changed is not read and
checked again: in a file of the project's cache, which only builds with the same code read."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from ....files import folders, reading
from .environment import TABLES


def restore() -> None:
    """Take over what an earlier build kept. A damaged file counts as missing."""
    with contextlib.suppress(Exception):
        checksum, content = Path(os.environ[TABLES]).read_bytes().split(b"\n", 1)
        if checksum == _checksum(content):
            reading.restore(content, folders.data())


def save() -> None:
    """Keep what is known now, in place of what was, unless it is the same. Errors of a disk are
    ignored: nothing is kept then."""
    place = os.environ.get(TABLES)
    content = place and reading.saved(folders.data())
    if not place or not content:
        return
    path = Path(place)
    draft = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_checksum(content) + b"\n" + content)
        draft.replace(path)
    for other in path.parent.glob("tables-*"):  # also drafts of builds that were killed
        if other != path:
            with contextlib.suppress(OSError):
                other.unlink()


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
