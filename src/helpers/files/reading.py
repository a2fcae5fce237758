"""Reading of whole files up to a limit: a huge file or an endless device put in place of a table
gives whoever builds a message, and does not fill memory. And results that are kept until one of the
files changes that they were made of."""

from __future__ import annotations

import contextvars
import hashlib
import io
import json
import os
import pickle
import re
import stat
from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from ..errors import DataError, Problem, quoted
from ..limits import FILE_BYTES, KEPT_ENTRIES
from .folders import FILE
from .hidden_characters import unseen

_Result = TypeVar("_Result")
_Files = dict[Path, bytes | None]  # what was read, in order; `None` for what could not be read
_reading = contextvars.ContextVar[tuple[_Files, ...]]("reading", default=())  # the outermost first
_kept: dict[Hashable, tuple[Any, _Files]] = {}  # results with the files that they are of
_restored: dict[Hashable, tuple[Any, _Files]] = {}  # those of another process


def once(key: Hashable, make: Callable[[], _Result]) -> _Result:
    """What `make` gives, without making it again until the content of a file that it read changes.

    key: what is made, with all that it depends on besides files. All callers share the result: do
    not modify it. Each call opens the files, so that a notebook's reads are recorded. While `make`
    works, each file is read once, so that the result is of one state of it.
    """
    kept = _kept.pop(key, None) or _restored.get(key)
    # In the order in which they were read: up to the first change, `make` would read the same ones.
    if kept is None or not all(_is_still(*file) for file in kept[1].items()):
        files: _Files = {}
        token = _reading.set((*_reading.get(), files))
        try:
            kept = make(), files
        finally:
            _reading.reset(token)
    _kept[key] = kept
    while len(_kept) > KEPT_ENTRIES:
        _kept.pop(next(iter(_kept)), None)  # the one that was asked for longest ago
    return kept[0]


class _Pickler(pickle.Pickler):
    """Pickles paths inside a folder by their place in it, so that it can be moved. Raises
    PicklingError for a problem: its words name the folder."""

    def __init__(self, out: io.BytesIO, folder: Path):
        super().__init__(out, pickle.HIGHEST_PROTOCOL)
        self._folder = folder

    def persistent_id(self, obj: object) -> str | None:
        if isinstance(obj, Path) and obj.is_relative_to(self._folder):
            return str(obj.relative_to(self._folder))
        if isinstance(obj, Problem):
            raise pickle.PicklingError(str(obj))
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, content: bytes, folder: Path):
        super().__init__(io.BytesIO(content))
        self._folder = folder

    def persistent_load(self, pid: str) -> Path:
        return self._folder / pid


def saved(folder: Path) -> bytes:
    """The results that are kept, for `restore` in another process of the same code; empty if all of
    them were restored in this one, or one has a problem. folder: of the tables."""
    if all(_restored.get(key) is each for key, each in _kept.items()):
        return b""
    same: dict[bytes | None, bytes | None] = {}  # many results are of the same files
    known = {
        key: (made, {path: same.setdefault(found, found) for path, found in files.items()})
        for key, (made, files) in _kept.items()
    }
    out = io.BytesIO()
    try:
        _Pickler(out, folder).dump(known)
    except (pickle.PicklingError, RecursionError):  # costs time alone, as the results are made anew
        return b""
    return out.getvalue()


def restore(content: bytes, folder: Path) -> None:
    """Keep the results that another process has saved; as all, until one of their files changes.
    folder: of the tables, wherever it was then."""
    _restored.update(_Unpickler(content, folder).load())
    _kept.clear()  # of what unpickling asked for: it would count as newly made


def _is_still(path: Path, before: bytes | None) -> bool:
    try:
        return content(path, "a file") == before
    except DataError:
        return False


def content(path: Path, missing: str) -> bytes:
    """The bytes of a file. missing: the expected file, for the message when there is none.

    Raises `DataError` for a path that is no regular file, can't be read, or has more than
    `FILE_BYTES` bytes.
    """
    now = _reading.get()
    found = next((files[path] for files in now if files.get(path) is not None), None)
    try:
        found = _content(path, missing) if found is None else found
    finally:
        for files in now:
            files.setdefault(path, found)
    return found


def _content(path: Path, missing: str) -> bytes:
    try:
        with open(path, "rb", opener=_without_blocking) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise DataError(Problem(str(path), "a pipe or a device", "a file"))
            found = stream.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise DataError(Problem(str(path), "no such file", missing)) from None
    except OSError as error:
        problem = Problem(str(path), str(error.strerror), "a file that can be read")
        raise DataError(problem) from None
    if len(found) > FILE_BYTES:
        expected = f"a file of at most {FILE_BYTES:,} bytes"
        raise DataError(Problem(str(path), f"more than {FILE_BYTES:,} bytes", expected))
    return found


def parsed(content: bytes, **numbers) -> Any:
    """Parse JSON strictly: a duplicate name in an object, of which `json` silently keeps the last,
    is an error. numbers: `parse_int` and `parse_float` of `json.loads`.

    Raises ValueError, or RecursionError for JSON that is nested too deeply.
    """
    text = content.decode("utf-8-sig")
    return json.loads(
        text, object_pairs_hook=_without_duplicates, parse_constant=no_number, **numbers
    )


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the property {quoted(name)} twice in one object")
        found[name] = value
    return found


def no_number(word: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python accepts and JSON does not have."""
    raise ValueError(f"{word}, which is no number of JSON")


def texts(part: object, place: str = "") -> Iterator[tuple[str, str]]:
    """The place of every text in JSON data (`, documents 1, title`), and the text."""
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from texts(inner, f"{place}, {name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part, 1):
            yield from texts(inner, f"{place} {number}")


def mismatches(content: bytes, resource: dict) -> Iterator[tuple[str, str]]:
    """Differences in size or checksum between a file and its descriptor: found, expected."""
    size, stated = resource.get("bytes", len(content)), resource.get("hash", "")
    if size != len(content):
        yield f"{len(content):,} bytes", f"{size:,}, as {FILE} has it"
    if stated:
        algorithm, _, digest = stated.rpartition(":")
        found = hashlib.new(algorithm or "md5", content, usedforsecurity=False).hexdigest()
        if found != digest:
            yield f"the checksum {found}", f"{digest}, as {FILE} has it"


def unnamed(paths: Iterable[str | Path]) -> Iterator[Problem]:
    """Files and folders whose name a message can't show: it is not UTF-8, or has line breaks, tabs
    or invisible characters."""
    for path in map(Path, paths):
        name, place = path.name, repr(str(path))
        if any("\udc80" <= each <= "\udcff" for each in name):  # undecodable bytes (PEP 383)
            yield Problem(place, "a name that is not UTF-8", "a name in UTF-8")
        elif hidden := unseen(re.sub(r"[\t\n]", "\0", name)):
            number = int(hidden.rpartition(" ")[2])
            found = f"U+{ord(name[number - 1]):04X}, character {number} of the name"
            expected = "a name without control, invisible or direction-changing characters"
            yield Problem(place, found, expected)


def _without_blocking(path: str, flags: int) -> int:
    """Open without blocking: opening a pipe that has no writer would wait forever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
