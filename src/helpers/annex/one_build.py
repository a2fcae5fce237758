"""One build of one annex, whoever asks for it. Imports little: a build that finds the annex up to
date loads no libraries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AnnexError, Problem
from .plan.cache import Cache
from .plan.plan import CACHE, Plan
from .release import publish
from .run.kernels import parent
from .timings import Clock

if TYPE_CHECKING:
    from .build import Report, Warn
    from .run.turns import Jobs


class Wanted(NamedTuple):
    """The annex that a build is to make, of the project in the folder `root` with the tables in
    `data`. out: where it goes; `None` for its place in the project. only, paper: as for `Plan`.
    cached: whether results of earlier builds may be used."""

    root: Path
    data: Path
    out: Path | None = None
    only: Sequence[str] = ()
    paper: bool = False
    cached: bool = True

    @property
    def place(self) -> Path:
        """Where the annex goes. Raises `AnnexError` for a part that would replace the whole."""
        whole, draft = self.root / "annex", self.root / "annex-draft"
        out = self.out or (draft if self.only else whole)
        if self.only and out.resolve().parent == whole.parent and out.name == whole.name:
            found = f"{out}, the folder of the whole annex"
            raise AnnexError(Problem("--out", found, "another folder for a part of it"))
        return out


def renew(wanted: Wanted, jobs: Jobs | None, report: Report, warn: Warn) -> Clock | None:
    """Build an annex unless it is up to date. jobs, report, warn: as for `build.build`.

    Returns the duration of each stage; `None` if nothing had changed.
    """
    import gc

    cache = Cache(wanted.root / CACHE if wanted.cached else None)
    plan = Plan(wanted.root, wanted.data, wanted.place, wanted.only, wanted.paper, cache)
    parent.sweep()  # here: a build with only cached outputs starts no kernels
    if plan.done:
        publish.sweep(plan.out)
        return None
    clock = Clock()
    parent.warm_up(plan.data, plan.tables_file)  # it imports libraries while this process does too
    from ..locales import read_languages, set_languages
    from .build import build

    set_languages(read_languages(wanted.data))
    build(plan, jobs, report, clock, warn)
    gc.freeze()  # the process ends sooner: nothing is looked through once more
    return clock
