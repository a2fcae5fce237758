"""Rendered pages wait on disk until all kernels have ended, so they take no memory beside them;
after that, each process loads the content of one page at a time. The next build of the same
process, in a preview, makes only what changed."""

from __future__ import annotations

import contextlib
import pickle
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ...errors import AnnexError, Problem
from ...limits import SPOOL_BYTES
from ..run.kernels.parent import temporary_folder


class Spool:
    """A temporary folder of one build, or of all builds of a preview, removed when the block ends;
    see `temporary_folder`.

    folder: of another process, which removes it. remembers: whether `once` does, as it need not in
    a process of one build, which makes nothing twice; so it does not in such a folder.

    Raises `AnnexError` if the disk is almost full: kernels would die without an error message. Its
    pickles are read only by the processes of this build.
    """

    def __init__(self, folder: Path | None = None):
        self.remembers = folder is None
        self.folder = folder or Path()
        self._made: dict[object, tuple[Any, Any]] = {}
        self._unsure: set[object] = set()

    def __enter__(self) -> Spool:
        place = tempfile.gettempdir()
        if (free := shutil.disk_usage(place).free) < SPOOL_BYTES:
            found = f"No space left on device, or little: {free // 1024} kB"
            expected = f"{SPOOL_BYTES // 2**20} MB for temporary files, there or in TMPDIR"
            raise AnnexError(Problem(place, found, expected))
        self._end = contextlib.ExitStack()
        self.folder = Path(self._end.enter_context(temporary_folder()))
        return self

    def __exit__(self, *_) -> None:
        self._end.close()

    def once(self, what: object, made_of: Any, make: Callable[[], Any]) -> Any:
        """What `make` returned when it was last called for `what`, if that was `made_of` the same;
        otherwise what it returns now."""
        if not self.remembers:
            return make()
        known = self._made.get(what)
        if known is None or known[0] != made_of:
            self._made.pop(what, None)
            self._unsure.add(what)
            known = self._made[what] = made_of, make()
        return known[1]

    def sure(self) -> None:
        """What was made until now is made of what was said: no file has changed meanwhile."""
        self._unsure.clear()

    def forget(self) -> None:
        """Make again, when it is asked for, what was made since `sure`."""
        for what in self._unsure:
            self._made.pop(what, None)
        self._unsure.clear()

    def claimed(self, name: str) -> bool:
        """Whether this is the first process to ask for this name."""
        try:
            (self.folder / f"{name}.claim").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def keep(self, name: str, value) -> None:
        """Write a value that can be pickled."""
        (self.folder / name).write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def aside(self, name: str, value: Any) -> Callable[[], Any]:
        """As `keep`; returns what reads the value, in any process of the build."""
        self.keep(name, value)
        return partial(_load, self.folder / name)

    def load(self, name: str):
        """Read the value of `keep` with this name."""
        return _load(self.folder / name)

    def file(self, name: str, text: str) -> Path:
        """Write a file of the annex, UTF-8; returns its path in the spool."""
        path = self.folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path


def _load(path: Path) -> Any:
    return pickle.loads(path.read_bytes())
