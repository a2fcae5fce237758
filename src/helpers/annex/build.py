"""Build the annex: check tables, run notebooks, render pages, count numerals, publish."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..claims import checks
from ..errors import NotebookError, Problem
from ..files import folders
from ..files.schemas import library
from ..tables import publication, unwritten
from .pages import front, markup, render
from .pages.spool import Spool
from .plan.plan import Plan
from .register import entries, sheets
from .release import annex_summary, crate, manifest, publish
from .rules import asset_rules, coverage, known_words, page_rules
from .run import notebook_files, notebook_rules
from .timings import Clock

if TYPE_CHECKING:
    from .pages.body import Body
    from .run.turns import Jobs

# `evidence` marks words from table rows for the count of numerals; published pages drop the mark.
_MARK = re.compile(r'<span class="value">([^<]*)</span>')

Files = dict[str, str | bytes | Path]  # content, or a file with it, by path in the annex
Report = Callable[[str, float | None], None]
Warn = Callable[[Problem], None]


def build(
    plan: Plan,
    jobs: Jobs | None = None,
    report: Report = lambda *_: None,
    clock: Clock | None = None,
    warn: Warn = lambda _: None,
) -> list[render.Page]:
    """Build and publish the annex as planned, and return its pages.

    jobs: how many notebooks run at once, by default the number of cores; or shared turns. report:
    is called with the name of each notebook and the seconds it ran, or None if its cached outputs
    were used. warn: is called with each problem by which no reader loses anything.

    Raises `AnnexError` with all problems; the published annex is then left unchanged.
    """
    clock = clock or Clock()
    with Spool() as spool:
        pages, files = make(plan, spool, jobs, report, clock, warn)
        with clock("publishing"):
            plan.published(publish.publish(files, plan.out))
    return pages


def make(
    plan: Plan,
    spool: Spool,
    jobs: Jobs | None = None,
    report: Report = lambda *_: None,
    clock: Clock | None = None,
    warn: Warn = lambda _: None,
    stay_warm: bool = False,
    early: Callable[[Files], None] = lambda _: None,
) -> tuple[list[render.Page], Files]:
    """Make the annex as planned, and return its pages and the files to publish, by path in it.

    spool: holds the files while it is open; what it holds of an earlier annex is not made again if
    it would be the same. stay_warm: whether the kernels' parent goes on for a later annex.
    early: is called with the files of the notebooks' pages as soon as they are rendered.
    Otherwise as `build`.
    """
    if plan.paper:
        from .pdf import pdf

        pdf.ready()  # reports a missing library before the notebooks run
    for problem in notebook_rules.warnings(plan.paths):
        warn(problem)
    unreadable, unbound = notebook_rules.errors(plan.paths)
    if unbound:
        raise NotebookError([*unreadable, *unbound])
    stages = _Stages(plan, spool, clock or Clock())
    stages.run(jobs or os.cpu_count() or 1, report, stay_warm)
    return stages.pages(warn, early)


class _Stages:
    """The stages of one build. Each keeps in the spool what it made, with what that was made of."""

    def __init__(self, plan: Plan, spool: Spool, clock: Clock):
        self._plan, self._spool, self._clock = plan, spool, clock
        self._made_of: dict[str, object] = {}  # the content and outputs of each notebook

    def run(self, jobs: Jobs, report: Report, stay_warm: bool) -> None:
        """Run the notebooks that changed, and write the bodies of all that did to the spool."""
        plan, clock = self._plan, self._clock
        with _kernels(plan, jobs, clock, stay_warm) as finished:
            # While kernels run, read the tables and render the notebooks with cached outputs.
            with clock("tables"):
                self._register, self._words, self._places = self._once("tables", (), self._tables)
            render.ready()
            for name, run in plan.kept.items():
                with clock("pages"):
                    self._render(name, run["outputs"])
                report(name, None)
            for name, book, reads, seconds in finished:
                outputs = notebook_files.outputs(book)
                plan.ran(name, outputs, reads, seconds)
                with clock("pages"):
                    self._render(name, outputs, book)
                clock.seconds[f"  {name}"] = seconds
                report(name, seconds)

    def _once(self, what: object, made_of: object, make: Callable[[], Any]) -> Any:
        """As `Spool.once`, for what is made of the tables as well."""
        return self._spool.once(what, (self._plan.inputs.tables, made_of), make)

    def _drawn(self, what: object, made_of: object, make: Callable[[], Any]) -> Any:
        """As `_once`, for what is made of the templates as well."""
        code = self._plan.inputs.code
        templates = [code[path] for path in code if path.startswith(str(render.TEMPLATES))]
        return self._once(what, (templates, made_of), make)

    def _tables(self) -> tuple:
        data = self._plan.data
        register = entries.Register(data, checks.sound(data))
        return register, known_words.words(data), known_words.cited(data)

    def _render(self, name: str, outputs: str, book=None) -> None:
        """Render a notebook with its outputs (JSON), and write its bodies to the spool."""
        path = self._plan.path(name)

        def make() -> None:
            ran = book or notebook_files.filled(notebook_files.read(path), outputs)
            bodies = render.bodies(name, ran)
            for body in bodies:
                files = body.files.items()
                body.files = {path: self._spool.file(path, str(text)) for path, text in files}
            self._spool.keep(name, bodies)

        self._made_of[name] = notebook_files.content(path), outputs
        self._once(name, self._made_of[name], make)

    def _bodies(self, name: str) -> list[Body]:
        """The bodies of a notebook: the same objects as long as they would be equal."""
        return self._once(("loaded", name), self._made_of[name], lambda: self._spool.load(name))

    def pages(self, warn: Warn, early: Callable[[Files], None]) -> tuple[list[render.Page], Files]:
        """The pages, and all files of the annex. Raises `NotebookError` with every problem."""
        plan, clock = self._plan, self._clock
        with clock("pages"):
            bodies = [body for path in plan.paths for body in self._bodies(path.stem)]
            for problem in (*render.check(bodies, plan.draft), *unwritten.problems(plan.data)):
                warn(problem)
            evidence = self._printed(bodies)
            link, labels = evidence.link, evidence.labels
            pages = render.pages(bodies, link, evidence.ground, labels, self._drawn)
            tables = render.apart(bodies, link, labels, self._drawn)
            files = _files([*pages, *tables])
            early(files)
        with clock("count of numerals"):
            counts = [self._count(page, self._words) for page in (*pages, *tables)]
            counted = coverage.summed(counts)
        with clock("register and rules"):
            told = publication.read(plan.data)
            about = sheets.pages(evidence, pages, counted, self._drawn)
            about += (fronts := front.pages(pages, about, told, labels, link, plan.paper))
            files = files | _files(about)
            files |= annex_summary.files(evidence, told, bodies, fronts)
            self._check([*pages, *tables, *about], about, files, evidence)
        charts = {path: text for path, text in files.items() if not isinstance(text, bytes)}
        if plan.paper:
            from .pdf import pdf

            with clock("PDF"):
                files.update(pdf.all_files([*pages, *tables], charts, told))
        with clock("manifest"):
            self._describe(files, evidence, counted)
            plan.check_unchanged()
        return pages, files

    def _printed(self, bodies: Sequence[Body]) -> entries.Register:
        """The register with what the bodies print."""
        made_of = [self._once(("shown", b.name, b.lang), b, partial(_shown, b)) for b in bodies]
        return self._once("printed", made_of, lambda: self._register.printed(bodies))

    def _count(self, page: render.Page, words: set[str]) -> tuple[Counter[str], list[Problem]]:
        """The numerals of a page by kind, and those of no kind."""
        made_of = page.html, page.typed, words
        count = partial(coverage.located, page, words, *self._places)
        return self._once(("count", page.path), made_of, count)

    def _check(self, pages: list, about: list, files: Files, evidence: entries.Register) -> None:
        """Raise `NotebookError` with every problem of the files and pages; the numerals of others
        than those in `about` are counted before."""
        names = {*files, crate.NAME, manifest.NAME}
        if self._plan.paper:
            from .pdf import pdf

            names |= pdf.paths(pages)
        words = self._words | evidence.words()
        problems = [found for page in about for found in self._count(page, words)[1]]
        for page in pages:
            made_of = page.html, page.counts, names, evidence
            rules = partial(page_rules.problems, page, names, evidence.records)
            problems += self._once(("rules", page.path), made_of, rules)
        if problems := [*problems, *asset_rules.problems(files)]:
            raise NotebookError(problems)

    def _describe(self, files: Files, evidence: entries.Register, counted: Counter[str]) -> None:
        """Add the files that describe the others."""
        plan, names = self._plan, [*files, manifest.SCHEMA.name]
        files[manifest.SCHEMA.name] = manifest.SCHEMA
        files[crate.NAME] = self._once("crate", names, lambda: crate.crate(names, plan.data))
        read = plan.inputs
        made_of = read.listed(plan.paths), read.contents(plan.paths), read.versions
        files[manifest.NAME] = manifest.manifest(evidence, counted, *made_of, files)


@contextlib.contextmanager
def _kernels(plan: Plan, jobs: Jobs, clock: Clock, stay_warm: bool) -> Iterator[Iterable]:
    """Start the notebooks that must run; yields the iterator of `execute.running`."""
    if not plan.waiting:
        yield ()
        return
    with clock("imports"):
        library()  # first: nbclient would import it with its grammar of URLs
        from .run import execute

    paths, folder = {path.stem: path for path in plan.waiting}, plan.root / "notebooks"
    options = jobs, stay_warm, plan.check_runs, folders.own_code(plan.root)
    with (
        clock("running notebooks"),
        execute.running(paths, folder, plan.data, *options) as finished,
    ):
        yield finished


def _shown(body: Body) -> tuple[str, str]:
    """What the register takes from a body. As JSON, in which the order counts."""
    return body.name, json.dumps(
        [body.evidence, [*body.shown], [*body.sources], [*entries.sections_of([body])]],
        default=list,
    )


def _files(pages: Sequence[render.Page]) -> Files:
    """The style sheet, the pages and their files, by path in the annex."""
    files: Files = {"style.css": render.style()}
    for page in pages:
        files[page.path] = markup.bare(_MARK.sub(r"\1", page.html))
        files.update(page.files)
    return files
