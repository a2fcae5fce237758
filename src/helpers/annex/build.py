"""Build the annex: run the notebooks, make the pages, publish. Imports little, as the pages are
made by other processes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ..errors import NotebookError, Problem
from ..files import folders
from ..files.schemas import library
from ..limits import PAGE_PROCESSES
from .page_processes import PageWork, page_work
from .pages.spool import Spool
from .plan.plan import Plan
from .release import publish
from .run import notebook_files, notebook_rules
from .run.kernels import parent
from .timings import Clock

if TYPE_CHECKING:
    from .run.turns import Jobs
    from .stages import Files

Report = Callable[[str, float | None], None]
Warn = Callable[[Problem], None]


def build(
    plan: Plan,
    jobs: Jobs | None = None,
    report: Report = lambda *_: None,
    clock: Clock | None = None,
    warn: Warn = lambda _: None,
) -> None:
    """Build and publish the annex as planned.

    jobs: how many notebooks run at once, by default the number of cores; or shared turns. report:
    is called with the name of each notebook and the seconds it ran, or None if its cached outputs
    were used. warn: is called with each problem by which no reader loses anything.

    Raises `AnnexError` with all problems; the published annex is then left unchanged.
    """
    clock = clock or Clock()
    with Spool() as spool:
        files = make(plan, spool, jobs, report, clock, warn)
        plan.published(publish.publish(files, plan.out))
        clock.ended("publishing")


def make(
    plan: Plan,
    spool: Spool,
    jobs: Jobs | None = None,
    report: Report = lambda *_: None,
    clock: Clock | None = None,
    warn: Warn = lambda _: None,
    early: Callable[[Files], None] | None = None,
) -> Files:
    """Make the annex as planned, and return the files to publish, by path in it.

    spool: holds the files while it is open. early: for a preview; is called with the files of the
    notebooks' pages as soon as they are rendered. The pages are then made in this process, where
    what the spool holds of an earlier annex is not made again if it would be the same, and the
    kernels' parent goes on for a later annex. Otherwise as `build`.
    """
    clock, jobs = clock or Clock(), jobs or os.cpu_count() or 1
    warm = not early and parent.warm_up(plan.data, plan.tables_file)
    for problem in notebook_rules.warnings(plan.paths):
        warn(problem)
    unreadable, unbound = notebook_rules.errors(plan.paths)
    if unbound:
        raise NotebookError([*unreadable, *unbound])
    if plan.waiting:
        library()  # first: nbclient would import it with its grammar of URLs
        from .run import execute  # noqa: F401 (while the kernels' parent imports its libraries)
    clock.ended("imports")
    # With shared turns the projects have the cores together.
    processes = min(jobs if isinstance(jobs, int) else 1, PAGE_PROCESSES) if warm else 0
    with page_work(plan, spool, processes, warn, clock, early) as pages:
        with _kernels(plan, jobs, clock, pages) as finished:
            # While kernels run, read the tables and render the notebooks with cached outputs.
            pages.read()
            for name, run in plan.kept.items():
                pages.render(name, run["outputs"])
                report(name, None)
            for name, book, reads, seconds in finished:
                outputs = notebook_files.outputs(book)
                plan.ran(name, outputs, reads, seconds)
                pages.render(name, outputs)
                clock.beside[name] = seconds
                report(name, seconds)
        clock.ended("running notebooks")
        files = pages.files()
    plan.check_unchanged()
    return files


@contextlib.contextmanager
def _kernels(plan: Plan, jobs: Jobs, clock: Clock, pages: PageWork) -> Iterator[Iterable]:
    """Start the notebooks that must run; yields the iterator of `execute.running`."""
    if not plan.waiting:
        yield ()
        return

    def check() -> None:
        pages.check()
        plan.check_runs()

    from .run import execute

    paths, folder = {path.stem: path for path in plan.waiting}, plan.root / "notebooks"
    options = jobs, check, folders.own_code(plan.root)
    with execute.running(paths, folder, plan.data, *options) as finished:
        yield finished
