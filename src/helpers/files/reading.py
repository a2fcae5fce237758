"""Files that are read whole, up to a size that no table of evidence needs: a file that was swapped
for something huge, or for a device that never ends, is told and does not fill the memory."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from ..errors import DataError, Problem, quoted
from ..limits import FILE_BYTES
from .folders import FILE
from .hidden_characters import unseen


def content(path: Path, missing: str) -> bytes:
    """The bytes of a file; missing: what it should be, if there is none.

    Raises `DataError` for what is no file, can't be read, or has more than `FILE_BYTES` bytes.
    """
    try:
        with open(path, "rb", opener=_at_once) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise DataError(Problem(str(path), "a pipe or a device", "a file"))
            found = stream.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise DataError(Problem(str(path), "no such file", missing)) from None
    except OSError as error:
        raise DataError(Problem(str(path), error.strerror, "a file that can be read")) from None
    if len(found) > FILE_BYTES:
        expected = f"a file of at most {FILE_BYTES:,} bytes"
        raise DataError(Problem(str(path), f"more than {FILE_BYTES:,} bytes", expected))
    return found


def parsed(content: bytes, **numbers) -> object:
    """What a JSON file holds, read strictly: no name twice in an object, of which JSON would keep
    the last without a word. numbers: how they are read, as `json.loads` takes it.

    Raises ValueError, or RecursionError for what is too deep.
    """
    text = content.decode("utf-8-sig")
    return json.loads(text, object_pairs_hook=_once, parse_constant=no_number, **numbers)


def _once(pairs: list[tuple[str, object]]) -> dict:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the property {quoted(name)} twice in one object")
        found[name] = value
    return found


def no_number(word: str) -> NoReturn:
    """Refuse what Python takes for a number, and no other reader of JSON."""
    raise ValueError(f"{word}, which is no number of JSON")


def other(content: bytes, resource: dict) -> Iterator[tuple[str, str]]:
    """Whether a file has another size or checksum than the descriptor says: found, expected."""
    size, stated = resource.get("bytes", len(content)), resource.get("hash", "")
    if size != len(content):
        yield f"{len(content):,} bytes", f"{size:,}, as {FILE} has it"
    if stated:
        algorithm, _, digest = stated.rpartition(":")
        found = hashlib.new(algorithm or "md5", content, usedforsecurity=False).hexdigest()
        if found != digest:
            yield f"the checksum {found}", f"{digest}, as {FILE} has it"


def unnamed(paths: Iterable[str | Path]) -> Iterator[Problem]:
    """Each file or folder whose own name can't be told: bytes that are not UTF-8, or characters
    that a reader does not see as one line."""
    for path in map(Path, paths):
        name, place = path.name, repr(str(path))
        if any("\udc80" <= each <= "\udcff" for each in name):  # bytes, as Python has them
            yield Problem(place, "a name that is not UTF-8", "a name in UTF-8")
        elif hidden := unseen(re.sub(r"[\t\n]", "\0", name)):
            number = int(hidden.rpartition(" ")[2])
            found = f"U+{ord(name[number - 1]):04X}, character {number} of the name"
            expected = "a name without control, invisible or direction-changing characters"
            yield Problem(place, found, expected)


def _at_once(path: str, flags: int) -> int:
    """Open without waiting: a pipe that nobody writes to keeps a reader forever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
