"""Paths without the place of a project: the keys of the cache, and what it holds, stay good in a
project that was moved, renamed or cloned."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_DATA, _HELPERS, _PROJECT = "<data>", "<helpers>", "<project>"  # with which no other path begins


class PortablePaths:
    """The paths of one project on this machine, and their portable form.

    root: folder of the project. data: folder of the tables, resolved. helpers: folder of the
    package.
    """

    def __init__(self, root: Path, data: Path, helpers: Path):
        self._root, self._data = root.resolve(), data
        marked = {_DATA: data, _HELPERS: helpers, _PROJECT: self._root}
        # As text: a build asks this of hundreds of paths.
        self._marks = {mark: str(place).rstrip(os.sep) for mark, place in marked.items()}

    @property
    def data(self) -> str:
        """Where the tables are: in the project's own folder, or in which other."""
        data, root = self._data, self._root
        if data == (root / "data").resolve():
            return "data"
        return f"{_PROJECT}/{data.relative_to(root)}" if data.is_relative_to(root) else str(data)

    def portable(self, path: str) -> str:
        """The portable form of a path; paths elsewhere are returned unchanged."""
        for mark, place in self._marks.items():
            if f"{path}{os.sep}".startswith(f"{place}{os.sep}"):
                return f"{mark}/{path[len(place) + 1 :].replace(os.sep, '/')}"
        return path

    def keyed(self, digests: Mapping[str, str]) -> dict[str, str]:
        """Digests by the portable form of their paths."""
        return {self.portable(path): found for path, found in digests.items()}

    def here(self, keyed: Mapping[str, str]) -> dict[str, str]:
        """Digests by their paths on this machine, of what `keyed` gave."""
        return {self._path(path): found for path, found in keyed.items()}

    def _path(self, portable: str) -> str:
        mark, _, below = portable.partition("/")
        if (place := self._marks.get(mark)) is None:
            return portable
        return f"{place}{os.sep}{below.replace('/', os.sep)}" if below else place or os.sep
