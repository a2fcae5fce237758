"""What a build has made and needs again only when its kernels have ended waits on disk: a hundred
notebooks take no more memory than eight (420 MB at most; 520 MB if all of it waited in memory)."""

from __future__ import annotations

import contextlib
import pickle
import shutil
import tempfile
from pathlib import Path

from ...errors import AnnexError, Problem
from ...limits import SPOOL_BYTES
from ..run.kernels.parent import fresh_place


class Spool:
    """A folder of one build, gone when the block ends; the next build sweeps that of a killed one.

    Only the build that wrote it reads it. Raises `AnnexError` when there is no room for it: kernels
    would die without a word of why.
    """

    def __enter__(self) -> Spool:
        place = tempfile.gettempdir()
        if (free := shutil.disk_usage(place).free) < SPOOL_BYTES:
            found = f"No space left on device, or little: {free // 1024} kB"
            expected = f"{SPOOL_BYTES // 2**20} MB for temporary files, there or in TMPDIR"
            raise AnnexError(Problem(place, found, expected))
        self._end = contextlib.ExitStack()
        self._folder = Path(self._end.enter_context(fresh_place()))
        return self

    def __exit__(self, *_) -> None:
        self._end.close()

    def keep(self, name: str, thing) -> None:
        """Keep something that can be pickled."""
        (self._folder / name).write_bytes(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))

    def load(self, name: str):
        """What was kept under a name."""
        return pickle.loads((self._folder / name).read_bytes())

    def file(self, name: str, text: str) -> Path:
        """A file of the annex, written ahead."""
        path = self._folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path
