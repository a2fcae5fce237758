"""What earlier builds found, kept by the content of all that it depends on.

Nothing here is trusted: an entry that is damaged, half-written or of another version is as if it
were not there, and a cache that can't be written only costs time.
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
    """Entries in a folder, by name and key; none is ever found when there is no folder."""

    def __init__(self, folder: Path | None):
        self._folder = folder

    def get(self, name: str, key: str):
        """What was put under a name and key; `None` when that is not there whole."""
        if self._folder is None:
            return None
        try:
            checksum, content = self._path(name, key).read_bytes().split(b"\n", 1)
            if checksum != _checksum(name, key, content):
                return None
            return json.loads(content)
        except (OSError, ValueError):
            return None

    def has(self, name: str) -> bool:
        """Whether there is anything under a name, whatever its key."""
        return self._folder is not None and any(self._own(name))

    def put(self, name: str, key: str, entry) -> None:
        """Keep an entry that JSON can hold, whole or not at all; older ones of its name go."""
        if self._folder is None:
            return
        content = _bytes(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
        checksum = _checksum(name, key, content)
        path = self._path(name, key)
        draft = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(checksum + b"\n" + content)
            draft.replace(path)
            self._sweep(name)

    def _path(self, name: str, key: str) -> Path:
        return self._folder / f"{name}-{hashlib.sha256(_bytes(key)).hexdigest()}.json"

    def _sweep(self, name: str) -> None:
        """Age only decides what is thrown away, never what is used."""
        for path in sorted(self._own(name), key=lambda path: path.stat().st_mtime_ns)[
            :-CACHED_ENTRIES
        ]:
            path.unlink(missing_ok=True)

    def _own(self, name: str) -> Iterator[Path]:
        """The entries of a name, and not those of a longer name that begins with it."""
        found = self._folder.glob(f"{name}-*")
        return (path for path in found if len(path.stem) == len(name) + 65)


def _checksum(name: str, key: str, content: bytes) -> bytes:
    """Of an entry at its place: one that was moved is damaged too."""
    return hashlib.sha256(_bytes(f"{name}\n{key}\n") + content).hexdigest().encode()


def _bytes(text: str) -> bytes:
    """As `json.loads` reads it again; names of files may hold halves of characters."""
    return text.encode("utf-8", "surrogatepass")
