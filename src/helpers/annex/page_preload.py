"""Imports of the kernels' parent for the page work; importing this does them. The processes that
make pages are forked from it, as kernels are, so that none of them imports or compiles again."""

from __future__ import annotations

import contextlib
import gc

from .run.kernels import preload

if preload.COMPLETE:  # otherwise each process loads the helpers
    with contextlib.suppress(Exception):  # which is told by the process that needs them
        import rocrate.rocrate  # noqa: F401

        from . import stages  # noqa: F401
        from .pages import body, render  # noqa: F401

        render.ready()
gc.freeze()
