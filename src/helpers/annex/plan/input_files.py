"""The files of a folder, and whether they are as they were."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from ..run.kernels.reads import digest


def unchanged(recorded: dict[str, str]) -> bool:
    """Whether all files still have the recorded digests. recorded: digests by path."""
    return all(digest(path) == found for path, found in recorded.items())


def output(folder: Path) -> str:
    """One digest of a published annex, over file names and contents."""
    return hashed({path.removeprefix(str(folder)): digest(path) for path in paths_in(folder)})


def paths_in(folder: Path, without: Path | None = None) -> Iterator[str]:
    """Every file in a folder and its subfolders, except in `__pycache__` and in the folder
    `without`; symbolic links are followed."""
    seen, other = set(), without and str(without)
    for place, below, names in os.walk(folder, followlinks=True):
        here = stamp(place)[-2:]
        if place == other or here in seen:  # seen: by a link
            below.clear()
            continue
        seen.add(here)
        below[:] = sorted(name for name in below if name != "__pycache__")
        yield from (os.path.join(place, name) for name in sorted(names))


def stamp(path: str) -> tuple:
    """What shows, without reading it, that a file was written or replaced: times, size, and which
    file it is. Empty without a file."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_dev, found.st_ino


def hashed(parts) -> str:
    """One digest of strings, in lists and by name."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
