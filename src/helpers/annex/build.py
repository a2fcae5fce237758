"""Build the annex: check tables, run notebooks, make pages, count numerals, publish whole."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from .. import language
from ..claims import checks
from ..errors import NotebookError, Problem
from ..language import LANGUAGES
from ..tables import descriptor
from .halves import by_language
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
_STYLE = "style.css"

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
    outlines, evidence, known = _notebooks(plan, spool, jobs, report, clock)
    with clock("pages"):
        pages = render.pages(outlines, spool.load)
    with clock("count of numerals"):
        places = coverage.sections(plan.data)
        counted = coverage.measure(pages, known, places)
    with clock("register and rules"):
        evidence.add(pages)
        words = known | evidence.words()
        about, named = _finished(pages, evidence, counted, words, places, plan.paper)
        title, description = descriptor.about(plan.data)
        front = render.front(pages, title, description, counted, plan.paper)
        front.html = evidence.link(front.html)
        if problems := _problems([front], [front], words, places, named, evidence.records):
            raise NotebookError(problems)
        files = _files([*pages, *about, front])
        if problems := asset_rules.problems(files):
            raise NotebookError(problems)
    for lang in LANGUAGES if plan.paper else ():
        named = getattr(title, lang), getattr(description, lang)
        from .pdf import pdf

        with clock("PDF"):
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


def _notebooks(plan: Plan, spool: Spool, jobs: int, report: Report, clock: Clock) -> tuple:
    """The outlines of every notebook, run now or kept from a run on the same inputs, whose bodies
    are in the spool then; the register of what stands in the tables, and their words. Tables are
    checked and read while kernels run."""
    outlines, known = {}, []
    waiting, kept = plan.waiting, list(plan.kept.items())

    def make(name: str, book) -> None:
        with clock("pages"):
            bodies = render.bodies(name, book)
            for body in bodies:
                body.files = {path: spool.file(path, text) for path, text in body.files.items()}
            spool.keep(name, bodies)
            outlines[name] = [render.outline(body) for body in bodies]

    def meanwhile() -> None:
        with clock("tables"):
            ledger = checks.sound(plan.data)
            known.extend([entries.Register(plan.data, ledger), coverage.words(plan.data)])
        render.ready()
        for name, run in kept:
            make(name, notebook_files.filled(notebook_files.read(plan.path(name)), run["outputs"]))
            report(name, None)

    def done(name: str, book, reads: dict[str, str], seconds: float) -> None:
        plan.ran(name, notebook_files.outputs(book), reads, seconds)
        make(name, book)
        clock.seconds[f"  {name}"] = seconds
        report(name, seconds)

    if waiting:
        with clock("imports"):
            notebook_files.library()  # first, as others would load it with all that it has
            from .run import execute

        with clock("running notebooks"):
            paths = {path.stem: path for path in waiting}
            execute.run(paths, plan.root / "notebooks", plan.data, jobs, done, meanwhile)
    else:
        meanwhile()
    return [outlines[path.stem] for path in plan.paths], *known


def _finished(pages, evidence: entries.Register, counted, words, places, paper) -> tuple:
    """Link the pages with the register, and hold them and its sheets, which are given, to the
    rules; each language by itself. Given too: the names of all files of the annex."""
    aside = {f"annex-{lang}.pdf" for lang in LANGUAGES} if paper else set()
    aside |= {"index.html", _STYLE, crate.NAME, manifest.NAME}
    aside |= {name for page in pages for name in (page.path, *page.files)}

    def named(about) -> set[str]:
        return aside | {f"{lang}/{page.name}.html" for lang in LANGUAGES for page in about}

    def finish(lang: str) -> tuple[list[render.Page], list[str], list[Problem]]:
        own = [page for page in pages if page.lang == lang]
        with language.use(lang):
            about = sheets.pages(evidence, own, counted)
        for page in own:
            page.html = evidence.link(page.html)
        problems = _problems(about, [*own, *about], words, places, named(about), evidence.records)
        return about, [page.html for page in own], problems

    done = by_language(finish)
    if problems := [problem for _, _, found in done for problem in found]:
        raise NotebookError(problems)
    for page, html in zip(pages, (html for _, linked, _ in done for html in linked), strict=True):
        page.html = html
    about = [page for own, _, _ in done for page in own]
    return about, named(about)


def _problems(about, every, words, places, files, records) -> list[Problem]:
    """Typed numerals on pages about the pages, and rules that any page breaks."""
    typed = [problem for page in about for problem in coverage.count(page, words, places)[1]]
    return typed + [
        problem for page in every for problem in page_rules.problems(page, files, records)
    ]


def _files(pages: Sequence[render.Page]) -> dict[str, str | bytes | Path]:
    style = (render.TEMPLATES / "annex" / "style.css").read_text(encoding="utf-8")
    files = {_STYLE: style}
    for page in pages:
        files[page.path] = _MARK.sub(r"\1", page.html)
        files.update(page.files)
    return files
