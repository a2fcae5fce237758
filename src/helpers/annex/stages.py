"""The stages that make pages of notebooks that have run: tables, pages, counts, register, rules.

Importing it loads pandas and nbconvert: the process that runs the kernels does without.
"""

from __future__ import annotations

import functools
import json
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims import checks
from ..errors import NotebookError, Problem
from ..tables import publication, unwritten
from .pages import front, markup, render
from .pages.render import Page
from .register import entries, sheets
from .release import annex_summary, crate, manifest
from .rules import asset_rules, coverage, known_words, page_rules
from .run import notebook_files

if TYPE_CHECKING:
    from .pages.body import Body
    from .pages.spool import Spool
    from .plan.plan import Plan

# `evidence` marks words from table rows for the count of numerals; published pages drop the mark.
_MARK = re.compile(r'<span class="value">([^<]*)</span>')

STYLE = "style.css"
Files = dict[str, str | bytes | Path]  # content, or a file with it, by path in the annex
Share = Callable[[Sequence, Callable[[Any], Any]], list]


def alone(items: Sequence, make: Callable[[Any], Any]) -> list:
    """What `make` makes of each item, where one process makes all."""
    return [make(item) for item in items]


class Held(NamedTuple):
    """A page that was written to `file` and held to the rules. counted, untraced: its numerals by
    kind, and those of no kind. problems: against the other rules."""

    file: Path
    counted: Counter[str]
    untraced: list[Problem]
    problems: list[Problem]


class Stages:
    """The stages of one build, in order. Each keeps in the spool what it made, with what that was
    made of.

    share: as `alone`, or for one of several processes that all go through the same stages: it makes
    some of the items, and gets what the others make of theirs. warn: is called with each problem by
    which no reader loses anything. ended: is called with the name of each stage. first: whether
    this is the first of the processes, which alone adds what describes the other files.
    """

    def __init__(
        self, plan: Plan, spool: Spool, share: Share, warn: Callable[[Problem], None],
        ended: Callable[[str], None], first: bool = True,
    ):  # fmt: skip
        self._plan, self._spool, self._share = plan, spool, share
        self._warn, self._ended, self._first = warn, ended, first
        self._made_of: dict[str, object] = {}  # the content and outputs of each notebook

    def read(self) -> None:
        """Read and check the tables. Raises `AnnexError` with their problems."""
        if self._plan.paper:
            from .pdf import pdf

            pdf.ready()  # reports a missing library before the notebooks have run
        made = self._once("tables", (), self._tables)
        self._register, self._words, self._places, self._unwritten = made
        if self._first:  # while kernels run, as the manifest holds everybody up
            digests = partial(manifest.digests, self._plan.data)
            self._digests = self._once("digests", (), digests)
        render.ready()

    def _once(self, what: object, made_of: object, make: Callable[[], Any]) -> Any:
        """As `Spool.once`, for what is made of the tables as well."""
        return self._spool.once(what, (self._plan.inputs.tables, made_of), make)

    def _drawn(self, what: object, made_of: object, make: Callable[[], Any]) -> Any:
        """As `_once`, for what is made of the templates as well."""
        return self._once(what, (self._templates, made_of), make)

    @functools.cached_property
    def _templates(self) -> list[str]:
        code = self._plan.inputs.code
        return [code[path] for path in code if path.startswith(str(render.TEMPLATES))]

    def _tables(self) -> tuple:
        data = self._plan.data
        register = entries.Register(data, checks.sound(data))
        lacking = [*unwritten.problems(data)]
        return register, known_words.words(data), known_words.cited(data), lacking

    def render(self, name: str, outputs: str) -> None:
        """Render a notebook with its outputs (JSON), and write its bodies to the spool."""
        path = self._plan.path(name)

        def make() -> None:
            ran = notebook_files.filled(notebook_files.read(path), outputs)
            bodies = render.bodies(name, ran)
            for body in bodies:
                body.problems += asset_rules.problems(body.files)
                files = body.files.items()
                body.files = {path: self._spool.file(path, str(text)) for path, text in files}
                body.content = self._spool.aside(f"{name}.{body.lang}", body.content)
            self._spool.keep(name, bodies)
            self._register.prepare(bodies)

        if self._spool.remembers:
            self._made_of[name] = notebook_files.content(path), outputs
        self._once(name, self._made_of.get(name), make)

    def _bodies(self, name: str) -> list[Body]:
        """The bodies of a notebook: the same objects as long as they would be equal."""
        return self._once(("loaded", name), self._made_of.get(name), lambda: self._spool.load(name))

    def files(self, early: Callable[[Files], None] | None = None) -> Files:
        """All files of the annex, when every notebook is rendered. early: is called with those of
        the notebooks' pages before these are held to the rules.

        Raises `NotebookError` with every problem.
        """
        plan = self._plan
        self._share([], str)  # the others have rendered theirs
        self._ended("the last notebook's pages")
        bodies = [body for path in plan.paths for body in self._bodies(path.stem)]
        for problem in (*render.check(bodies, plan.draft), *self._unwritten):
            self._warn(problem)
        evidence = self._printed(bodies)
        link, labels = evidence.link, evidence.labels
        pages = render.pages(bodies, link, evidence.ground, labels, self._drawn)
        tables = render.apart(bodies, link, labels, self._drawn)
        own = [*pages, *tables]
        if early:
            early(_files(own, map(self._file, own)))
        told = publication.read(plan.data)
        counted: Counter[str] = Counter()  # filled before the sheets that show it are made
        about = sheets.pages(evidence, bodies, counted, self._drawn)
        about += (fronts := front.pages(pages, about, told, labels, link, plan.paper))
        self._ended("register")
        summary = annex_summary.files(evidence, told, bodies, fronts)
        files = self._held(own, about, counted, evidence, summary) | summary
        self._ended("pages and rules")
        if not self._first:
            return files
        if plan.paper:
            from .pdf import pdf

            drawings = {path: text for path, text in files.items() if isinstance(text, str | Path)}
            files |= pdf.all_files(own, drawings, told)
            self._ended("PDF")
        self._describe(files, counted)
        self._ended("manifest")
        return files

    def _printed(self, bodies: Sequence[Body]) -> entries.Register:
        """The register with what the bodies print."""
        made_of = self._spool.remembers and [
            self._once(("shown", b.name, b.lang), b, partial(_shown, b)) for b in bodies
        ]
        return self._once("printed", made_of, lambda: self._register.printed(bodies))

    def _held(
        self, own: Sequence[Page], about: Sequence[Page], counted: Counter[str],
        evidence: entries.Register, more: Iterable[str],
    ) -> Files:  # fmt: skip
        """Make all pages, and hold them to the rules, and make what the manifest tells of numbers;
        returns the pages with their files.

        own: of notebooks and their tables, whose numerals are added to `counted`. about: of the
        register and the front. more: paths of further files. Raises `NotebookError` with every
        problem of the files and pages, but before that with those numerals that have no kind.
        """
        every = [*own, *about]
        names = {path for page in every for path in (page.path, *page.files)}
        names |= {STYLE, crate.NAME, manifest.NAME, *more}
        if self._plan.paper:
            from .pdf import pdf

            names |= pdf.paths(every)
        known = self._words | evidence.words()
        words = {page.path: self._words for page in own} | {page.path: known for page in about}
        hold = {
            page.path: partial(self._hold, page, words[page.path], names, evidence)
            for page in (*about, *own)
        }
        # Last those that show `counted`.
        last = {page.path: hold.pop(page.path) for page in about if page.name == entries.HOME}
        numbers = partial(self._once, "numbers", evidence, partial(manifest.numbers, evidence))
        self._numbers, *made = self._share([numbers, *hold.values()], operator.call)
        held = dict(zip(hold, made, strict=True))
        counted.update(coverage.summed(held[page.path][1:3] for page in own))
        held |= zip(last, self._share([*last.values()], operator.call), strict=True)
        files = _files(every, [held[page.path].file for page in every])
        problems = [found for page in about for found in held[page.path].untraced]
        problems += [found for page in every for found in held[page.path].problems]
        if problems:
            raise NotebookError(problems)
        return files

    def _hold(
        self, page: Page, words: set[str], names: set[str], evidence: entries.Register
    ) -> Held:
        """Write a page, count its numerals and hold it to the rules. words: of the tables. names:
        of all files of the annex."""
        count = partial(coverage.located, page, words, *self._places)
        counted, untraced = self._once(("count", page.path), (page.html, page.prose, words), count)
        made_of = page.html, page.counts, names, evidence
        rules = partial(page_rules.problems, page, names, evidence.records)
        problems = self._once(("rules", page.path), made_of, rules)
        file = self._file(page)
        del page.html  # so that a process holds the HTML of one page at a time
        return Held(file, counted, untraced, problems)

    def _file(self, page: Page) -> Path:
        """The file of a page in the spool, as it is published."""

        def write() -> Path:
            return self._spool.file(page.path, markup.bare(_MARK.sub(r"\1", page.html)))

        return self._once(("file", page.path), page.html, write)

    def _describe(self, files: Files, counted: Counter[str]) -> None:
        """Add the files that describe the others."""
        plan, names = self._plan, [*files, manifest.SCHEMA.name]
        files[manifest.SCHEMA.name] = manifest.SCHEMA
        files[crate.NAME] = self._once("crate", names, lambda: crate.crate(names, plan.data))
        read = plan.inputs
        made_of = read.listed(plan.paths), read.contents(plan.paths), read.versions
        known = self._numbers, self._digests, counted, *made_of
        files[manifest.NAME] = manifest.manifest(plan.data, *known, files)


def _shown(body: Body) -> tuple[str, str]:
    """What the register takes from a body. As JSON, in which the order counts."""
    return body.name, json.dumps(
        [body.evidence, [*body.shown], body.cited, [*entries.sections_of([body])]],
        default=list,
    )


def _files(pages: Iterable[Page], written: Iterable[Path]) -> Files:
    """The style sheet, the pages as they are written and their files, by path in the annex."""
    files: Files = {STYLE: render.style()}
    for page, file in zip(pages, written, strict=True):
        files[page.path] = file
        files.update(page.files)
    return files
