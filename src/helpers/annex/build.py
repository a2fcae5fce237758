"""Build the annex: check tables, run notebooks, make pages, count numerals, publish whole."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ..claims import checks
from ..errors import NotebookError
from ..language import LANGUAGES
from ..tables import descriptor
from .pages import render
from .pages.spool import Spool
from .plan.plan import Plan
from .register import entries, sheets
from .release import crate, manifest, publish
from .rules import asset_rules, coverage, page_rules
from .run import notebook_files
from .timings import Clock

# Words of rows are marked for the count of numerals; the finished page has no use for the mark.
_MARK = re.compile(r'<span class="value">([^<]*)</span>')

Report = Callable[[str, float | None], None]


def build(
    plan: Plan,
    jobs: int | None = None,
    report: Report = lambda *_: None,
    clock: Clock | None = None,
) -> list[render.Page]:
    """Do what is planned; the pages made.

    jobs: notebooks at once; the machine's cores if None. report: told each notebook that has run
    with its seconds, and each that did not need to with None.

    Raises `AnnexError` with everything that is wrong; then the published annex is as it was.
    """
    if plan.paper:
        from .pdf import pdf

        pdf.ready()  # what is missing is told before the notebooks run
    with Spool() as spool:
        return _made(plan, spool, jobs or os.cpu_count() or 1, report, clock or Clock())


def _made(plan: Plan, spool: Spool, jobs: int, report: Report, clock: Clock) -> list[render.Page]:
    evidence, known = _notebooks(plan, spool, jobs, report, clock)
    with clock("pages"):
        pages = _pages(plan, spool, evidence)
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
    for lang in LANGUAGES if plan.paper else ():
        from .pdf import pdf

        with clock("PDF"):
            named = getattr(title, lang), getattr(description, lang)
            files[f"annex-{lang}.pdf"] = pdf.pdf(pages, lang, files, *named)
    with clock("publishing"):
        files[manifest.SCHEMA.name] = manifest.SCHEMA
        files[crate.NAME] = crate.crate(files, plan.data)
        read = plan.inputs
        made_of = read.listed(plan.paths), read.contents(plan.paths), read.versions
        files[manifest.NAME] = manifest.manifest(evidence, counted, *made_of, files)
        plan.hold()
        plan.published(publish.publish(files, plan.out))
    return pages


def _notebooks(
    plan: Plan, spool: Spool, jobs: int, report: Report, clock: Clock
) -> tuple[entries.Register, set[str]]:
    """The register of what stands in the tables, and their words. The bodies of every notebook, run
    now or kept from a run on the same inputs, are in the spool then."""
    with _kernels(plan, jobs, clock) as finished:
        # While kernels run: the tables, and what earlier builds kept.
        with clock("tables"):
            ledger = checks.sound(plan.data)
            evidence, known = entries.Register(plan.data, ledger), coverage.words(plan.data)
        render.ready()
        for name, run in plan.kept.items():
            book = notebook_files.read(plan.path(name))
            with clock("pages"):
                _keep(spool, name, notebook_files.filled(book, run["outputs"]))
            report(name, None)
        for name, book, reads, seconds in finished:
            plan.ran(name, notebook_files.outputs(book), reads, seconds)
            with clock("pages"):
                _keep(spool, name, book)
            clock.seconds[f"  {name}"] = seconds
            report(name, seconds)
    return evidence, known


@contextlib.contextmanager
def _kernels(plan: Plan, jobs: int, clock: Clock) -> Iterator[Iterable]:
    """Runs the notebooks that must run: each, when it has, as `execute.running` gives it."""
    if not plan.waiting:
        yield ()
        return
    with clock("imports"):
        notebook_files.library()  # first, as others would load it with all that it has
        from .run import execute

    paths, folder = {path.stem: path for path in plan.waiting}, plan.root / "notebooks"
    with (
        clock("running notebooks"),
        execute.running(paths, folder, plan.data, jobs) as finished,
    ):
        yield finished


def _keep(spool: Spool, name: str, book) -> None:
    bodies = render.bodies(name, book)
    for body in bodies:
        body.files = {path: spool.file(path, text) for path, text in body.files.items()}
    spool.keep(name, bodies)


def _pages(plan: Plan, spool: Spool, evidence: entries.Register) -> list[render.Page]:
    """The pages of all notebooks, with the register knowing what they print."""
    bodies = [body for path in plan.paths for body in spool.load(path.stem)]
    render.check(bodies)
    evidence.add(bodies)
    return render.pages(bodies, evidence.link)


def _files(pages: Sequence[render.Page]) -> dict[str, str | bytes | Path]:
    style = (render.TEMPLATES / "annex" / "style.css").read_text(encoding="utf-8")
    files = {"style.css": style}
    for page in pages:
        files[page.path] = _MARK.sub(r"\1", page.html)
        files.update(page.files)
    return files
