"""What the processes that make pages share: done once, in the process that they are forked from,
beside the first kernels, which need none of it."""

from __future__ import annotations

import contextlib
import gc
from pathlib import Path


def load(data: Path) -> None:
    """Import what makes pages, and check the tables in the folder `data`."""
    with contextlib.suppress(Exception):  # which is told by each process, as it does the same
        import rocrate.rocrate  # noqa: F401

        from ..claims import checks
        from . import stages  # noqa: F401
        from .pages import body, render  # noqa: F401

        render.ready()
        checks.sound(data)
    gc.freeze()
