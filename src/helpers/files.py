"""Files that are read whole, up to a size that no table of evidence needs: a file that was swapped
for something huge, or for a device that never ends, is told and does not fill the memory."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .errors import DataError, Problem

MOST = 16_000_000  # bytes; the largest table has a hundredth of it


def content(path: Path, missing: str) -> bytes:
    """The bytes of a file; missing: what it should be, if there is none.

    Raises `DataError` for what is no file, can't be read, or has more than `MOST` bytes.
    """
    try:
        with open(path, "rb", opener=_at_once) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise DataError(Problem(str(path), "a pipe or a device", "a file"))
            found = stream.read(MOST + 1)
    except FileNotFoundError:
        raise DataError(Problem(str(path), "no such file", missing)) from None
    except OSError as error:
        raise DataError(Problem(str(path), error.strerror, "a file that can be read")) from None
    if len(found) > MOST:
        expected = f"a file of at most {MOST:,} bytes"
        raise DataError(Problem(str(path), f"more than {MOST:,} bytes", expected))
    return found


def _at_once(path: str, flags: int) -> int:
    """Open without waiting: a pipe that nobody writes to keeps a reader forever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
