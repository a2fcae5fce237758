"""Paths without the place of a project: the keys of the cache, and what it holds, stay good in a
project that was moved, renamed or cloned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_DATA, _HELPERS, _PROJECT = "<data>", "<helpers>", "<project>"  # with which no other path begins


class PortablePaths:
    """The paths of one project on this machine, and their portable form.

    root: folder of the project. data: folder of the tables, resolved. helpers: folder of the
    package.
    """

    def __init__(self, root: Path, data: Path, helpers: Path):
        self._root = root.resolve()
        self._marks = {_DATA: data, _HELPERS: helpers, _PROJECT: self._root}

    @property
    def data(self) -> str:
        """Where the tables are: in the project's own folder, or in which other."""
        data, root = self._marks[_DATA], self._root
        if data == (root / "data").resolve():
            return "data"
        return f"{_PROJECT}/{data.relative_to(root)}" if data.is_relative_to(root) else str(data)

    def portable(self, path: str) -> str:
        """The portable form of a path; paths elsewhere are returned unchanged."""
        found = Path(path)
        for mark, place in self._marks.items():
            if found.is_relative_to(place):
                return f"{mark}/{found.relative_to(place).as_posix()}"
        return path

    def keyed(self, digests: Mapping[str, str]) -> dict[str, str]:
        """Digests by the portable form of their paths."""
        return {self.portable(path): found for path, found in digests.items()}

    def here(self, keyed: Mapping[str, str]) -> dict[str, str]:
        """Digests by their paths on this machine, of what `keyed` gave."""
        return {self._path(path): found for path, found in keyed.items()}

    def _path(self, portable: str) -> str:
        mark, _, below = portable.partition("/")
        return str(self._marks[mark] / below) if mark in self._marks else portable
