"""What the processes that make pages share: imports, and the tables checked. Done once, in the
process that they are forked from, beside the first kernels, which need none of it."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

from ..files.schemas import library
from .plan.input_files import unchanged
from .run.kernels import kept_tables

if TYPE_CHECKING:
    from .plan.plan import Plan


def load(plan: Plan) -> None:
    """Import what makes pages, and check the tables."""
    with contextlib.suppress(Exception):  # which is told by each process, as it does the same
        library()  # first: nbconvert would import it with what checks formats
        import rocrate.rocrate  # noqa: F401

        from ..claims import checks
        from . import stages  # noqa: F401
        from .pages import body, render  # noqa: F401

        render.ready()
        checks.sound(plan.data)
    gc.freeze()


def keep(plan: Plan) -> None:
    """Keep what was made of the tables for a later build, unless the code that made it was edited
    meanwhile."""
    if unchanged(plan.inputs.code):
        kept_tables.save()
