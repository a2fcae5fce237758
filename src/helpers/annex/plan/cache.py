"""A cache of build results on disk, with keys made from the content of all their inputs.

Robust by design: a damaged or partly written entry counts as missing, and a cache folder that is
not writable only costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from ...limits import CACHED_ENTRIES


class Cache:
    """JSON entries in a folder, by name and key. Without a folder (`None`) it is always empty.

    lasts: whether it keeps what is put."""

    def __init__(self, folder: Path | None):
        self._folder = folder
        self.lasts = folder is not None

    def get(self, name: str, key: str):
        """The entry for a name and key; `None` when it is missing or damaged."""
        if self._folder is None:
            return None
        try:
            checksum, content = (self._folder / _file(name, key)).read_bytes().split(b"\n", 1)
            if checksum != _checksum(name, key, content):
                return None
            return json.loads(content)
        except (OSError, ValueError):
            return None

    def file(self, name: str, key: str) -> Path | None:
        """The place of a file that other code reads and writes; `None` without a folder."""
        return self._folder and (self._folder / _file(name, key)).with_suffix(".pickle")

    def has(self, name: str) -> bool:
        """Whether there is an entry for a name, with any key."""
        return any(self._entries(name))

    def put(self, name: str, key: str, entry) -> None:
        """Write an entry (JSON data) atomically, and remove old ones of its name. Errors of a disk
        are ignored: the entry is then missing."""
        if self._folder is None:
            return
        content = _bytes(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
        checksum = _checksum(name, key, content)
        path = self._folder / _file(name, key)
        draft = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(checksum + b"\n" + content)
            draft.replace(path)
            self._remove_oldest(name)

    def _remove_oldest(self, name: str) -> None:
        """Keep the newest entries of a name. Age decides what is removed, never what is used."""
        entries = sorted(self._entries(name), key=lambda path: path.stat().st_mtime_ns)
        for path in entries[:-CACHED_ENTRIES]:
            path.unlink(missing_ok=True)

    def _entries(self, name: str) -> Iterator[Path]:
        """The files of a name, without those of a longer name that begins with it."""
        found = self._folder.glob(f"{name}-*") if self._folder else ()
        return (path for path in found if len(path.stem) == len(name) + 65)


def _file(name: str, key: str) -> str:
    return f"{name}-{hashlib.sha256(_bytes(key)).hexdigest()}.json"


def _checksum(name: str, key: str, content: bytes) -> bytes:
    """The checksum of an entry; it includes name and key, so that a renamed file is rejected."""
    return hashlib.sha256(_bytes(f"{name}\n{key}\n") + content).hexdigest().encode()


def _bytes(text: str) -> bytes:
    """Encode text that may contain lone surrogates, from file names that are not UTF-8."""
    return text.encode("utf-8", "surrogatepass")
