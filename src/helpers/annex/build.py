"""Build the annex: check tables, run notebooks, render pages, count numerals, publish."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ..claims import checks
from ..errors import NotebookError, Problem
from ..language import LANGUAGES
from ..tables import descriptor
from .pages import render
from .pages.spool import Spool
from .plan.plan import Plan
from .register import entries, sheets
from .release import crate, manifest, publish
from .rules import asset_rules, coverage, page_rules
from .run import notebook_files, notebook_rules
from .timings import Clock

# `evidence` marks words from table rows for the count of numerals; published pages drop the mark.
_MARK = re.compile(r'<span class="value">([^<]*)</span>')

Report = Callable[[str, float | None], None]
Warn = Callable[[Problem], None]


def build(
    plan: Plan,
    jobs: int | None = None,
    report: Report = lambda *_: None,
    clock: Clock | None = None,
    warn: Warn = lambda _: None,
) -> list[render.Page]:
    """Build and publish the annex as planned, and return its pages.

    jobs: how many notebooks run at the same time; by default the number of cores. report: is called
    with the name of each notebook and the seconds it ran, or None if its cached outputs were used.
    warn: is called with each problem by which no reader loses anything.

    Raises `AnnexError` with all problems; the published annex is then left unchanged.
    """
    if plan.paper:
        from .pdf import pdf

        pdf.ready()  # reports a missing library before the notebooks run
    for problem in notebook_rules.warnings(plan.paths):
        warn(problem)
    unreadable, unbound = notebook_rules.errors(plan.paths)
    if unbound:
        raise NotebookError([*unreadable, *unbound])
    with Spool() as spool:
        return _built(plan, spool, jobs or os.cpu_count() or 1, report, clock or Clock(), warn)


def _built(
    plan: Plan, spool: Spool, jobs: int, report: Report, clock: Clock, warn: Warn
) -> list[render.Page]:
    evidence, known = _notebooks(plan, spool, jobs, report, clock)
    with clock("pages"):
        pages = _pages(plan, spool, evidence, warn)
    with clock("count of numerals"):
        places = coverage.sections(plan.data)
        counted = coverage.measure(pages, known, places)
    with clock("register and rules"):
        title, description = descriptor.about(plan.data)
        front = render.front(pages, title, description, counted, evidence.link, plan.paper)
        about = [*sheets.pages(evidence, pages, counted), front]
        files = _files([*pages, *about])
        names = {*files, crate.NAME, manifest.NAME}
        names |= {f"annex-{lang}.pdf" for lang in LANGUAGES if plan.paper}
        words = known | evidence.words()
        problems = [found for page in about for found in coverage.count(page, words, places)[1]]
        for page in [*pages, *about]:
            problems += page_rules.problems(page, names, evidence.records)
        if problems := [*problems, *asset_rules.problems(files)]:
            raise NotebookError(problems)
    charts = {path: text for path, text in files.items() if not isinstance(text, bytes)}
    for lang in LANGUAGES if plan.paper else ():
        from .pdf import pdf

        with clock("PDF"):
            named = getattr(title, lang), getattr(description, lang)
            files[f"annex-{lang}.pdf"] = pdf.pdf(pages, lang, charts, *named)
    with clock("publishing"):
        files[manifest.SCHEMA.name] = manifest.SCHEMA
        files[crate.NAME] = crate.crate(files, plan.data)
        read = plan.inputs
        made_of = read.listed(plan.paths), read.contents(plan.paths), read.versions
        files[manifest.NAME] = manifest.manifest(evidence, counted, *made_of, files)
        plan.check_unchanged()
        plan.published(publish.publish(files, plan.out))
    return pages


def _notebooks(
    plan: Plan, spool: Spool, jobs: int, report: Report, clock: Clock
) -> tuple[entries.Register, set[str]]:
    """Run the notebooks that changed, and write the bodies of all notebooks to the spool.

    Returns the register, as yet without what the pages print, and the words of the tables.
    """
    with _kernels(plan, jobs, clock) as finished:
        # While kernels run, read the tables and render the notebooks with cached outputs.
        with clock("tables"):
            ledger = checks.sound(plan.data)
            evidence, known = entries.Register(plan.data, ledger), coverage.words(plan.data)
        render.ready()
        for name, run in plan.kept.items():
            book = notebook_files.read(plan.path(name))
            with clock("pages"):
                _render(spool, name, notebook_files.filled(book, run["outputs"]))
            report(name, None)
        for name, book, reads, seconds in finished:
            plan.ran(name, notebook_files.outputs(book), reads, seconds)
            with clock("pages"):
                _render(spool, name, book)
            clock.seconds[f"  {name}"] = seconds
            report(name, seconds)
    return evidence, known


@contextlib.contextmanager
def _kernels(plan: Plan, jobs: int, clock: Clock) -> Iterator[Iterable]:
    """Start the notebooks that must run; yields the iterator of `execute.running`."""
    if not plan.waiting:
        yield ()
        return
    with clock("imports"):
        notebook_files.library()  # first: nbclient would import it with its grammar of URLs
        from .run import execute

    paths, folder = {path.stem: path for path in plan.waiting}, plan.root / "notebooks"
    with (
        clock("running notebooks"),
        execute.running(paths, folder, plan.data, jobs) as finished,
    ):
        yield finished


def _render(spool: Spool, name: str, book) -> None:
    """Render a notebook and write its bodies to the spool."""
    bodies = render.bodies(name, book)
    for body in bodies:
        body.files = {path: spool.file(path, str(text)) for path, text in body.files.items()}
    spool.keep(name, bodies)


def _pages(plan: Plan, spool: Spool, evidence: entries.Register, warn: Warn) -> list[render.Page]:
    """The pages of all notebooks; adds what they print to the register."""
    bodies = [body for path in plan.paths for body in spool.load(path.stem)]
    for problem in render.check(bodies, plan.draft):
        warn(problem)
    evidence.add(bodies)
    return render.pages(bodies, evidence.link)


def _files(pages: Sequence[render.Page]) -> dict[str, str | bytes | Path]:
    """The style sheet, the pages and their files, by path in the annex."""
    style = (render.TEMPLATES / "annex" / "style.css").read_text(encoding="utf-8")
    files: dict[str, str | bytes | Path] = {"style.css": style}
    for page in pages:
        files[page.path] = _MARK.sub(r"\1", page.html)
        files.update(page.files)
    return files
