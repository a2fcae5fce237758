"""Render notebooks that have run as pages in each language. Writes no files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from ... import language
from ...errors import NotebookError, Problem
from ...formats import html_tables
from ...language import Text, languages
from ..run import outputs
from ..run.notebook_files import BRIEF
from . import grounds, source_links
from .markup import unquoted

if TYPE_CHECKING:
    from .body import Body

_COMMENT = re.compile(r"\s*/\*.*?\*/", re.S)
TEMPLATES = Path(__file__).parent / "template"
# A function that links the numbers and claims in HTML to the register; see `markup.link`.
Link = Callable[..., str]
Ground = Callable[[str], str]  # what the number with an id rests on; see `grounds`
Labels = Mapping[str, Text]  # of `labels.labels`


@dataclass
class Page:
    """A page of the annex in one language, with its chart files.

    content: its HTML, or what makes it when it is asked for: of the processes that share the pages
    of a build only one does. files: by path in the annex. prose: gives (cell, HTML) of the prose
    and printed text of its notebook, without the links that `link` makes. headline, columns: the
    answer, and lines by their role, for the front page, as HTML without links. lead: the picture
    there, if any: `file`, `alt`, and the `rest` of its attributes. counts: of the charts and tables
    that its notebook showed.
    """

    name: str
    lang: str
    title: str
    headline: str
    content: str | Callable[[], str] = ""
    short: str = ""
    files: dict[str, str | Path] = field(default_factory=dict)
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    lead: Mapping[str, str] = field(default_factory=dict)
    prose: Callable[[], Sequence[tuple[str, str]]] = tuple
    link: Link = str
    counts: Counter[str] = field(default_factory=Counter)

    @cached_property
    def html(self) -> str:
        """Its HTML, made once, unless it is deleted."""
        with language.use(self.lang):
            return self.content if isinstance(self.content, str) else self.content()

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Its prose as it stands on the page."""
        return [(cell, self.link(part)) for cell, part in self.prose()]

    @property
    def path(self) -> str:
        """The path in the annex; the front page of the first language stands above its folder."""
        above = (self.name, self.lang) == ("index", languages()[0])
        return f"{self.name}.html" if above else f"{self.lang}/{self.name}.html"


def bodies(name: str, book) -> list[Body]:
    """The bodies of the pages of a notebook that has run, one per language."""
    from . import theme  # here, as importing these takes long
    from .body import Body

    made = []
    for lang in languages():
        with language.use(lang):
            made.append(Body(name, lang, book))
    made[0].problems += theme.problems(name, book, made)
    made[0].untranslated += theme.untranslated(name, book)
    for body in made:
        del body.prose  # which the checks above alone need
    return made


def check(bodies: Sequence[Body], draft: bool = False) -> list[Problem]:
    """Raise `NotebookError` with all problems of the bodies of an annex, and duplicate titles.
    Returns the missing translations of a draft; in the whole annex they are problems."""
    untranslated = [problem for body in bodies for problem in body.untranslated]
    problems = [problem for body in bodies for problem in body.problems]
    problems += [] if draft else untranslated
    known: dict[str, dict] = {}
    names = {body.name for body in bodies}
    for body in bodies:
        for table in body.apart:
            if table in names:
                found, expected = f"{table}.ipynb", "a name that no page of a table has"
                problems.append(Problem(f"notebooks/{found}", found, expected, "Rename it"))
        for id in outputs.add_evidence(known, body.evidence.values()):
            found = f"another value for {id} than in an earlier notebook"
            problems.append(Problem(f"notebooks/{body.name}.ipynb", found, *outputs.ONE_VALUE))
    if problems := [*problems, *_duplicate_names(bodies)]:
        raise NotebookError(dict.fromkeys(problems))
    return untranslated


def pages(
    bodies: Sequence[Body], link: Link, ground: Ground, labels: Labels, once: Callable
) -> list[Page]:
    """One page per notebook and language, each linking to all the others; their HTML is made when
    it is asked for. once: `Spool.once`, to keep that of pages that are made of the same."""
    made = []
    for lang in languages():
        own = [body for body in bodies if body.lang == lang]
        names = [(body.name, body.title, body.short) for body in own]
        for at, body in enumerate(own):
            html = partial(_html, at, own, link, ground, labels)
            content = partial(once, ("page", body.name, lang), (body, names, link), html)
            more = body.files, body.columns, body.small, body.typed, link, body.display_counts
            made.append(
                Page(body.name, lang, body.title, body.headline, content, body.short, *more)
            )
    return made


def apart(bodies: Sequence[Body], link: Link, labels: Labels, once: Callable) -> list[Page]:
    """The pages of tables that have one of their own, each linking to all pages of notebooks."""
    made = []
    for body in bodies:
        own = [other for other in bodies if other.lang == body.lang]
        names = [(other.name, other.short) for other in own]
        with language.use(body.lang):
            for name, label in body.apart.items():
                title = language.labelled(label, body.short)
                html = partial(_table_page, name, title, body, own, link, labels)
                content = partial(once, ("page", name, body.lang), (body, names, link), html)
                made.append(Page(name, body.lang, title, "", content, counts=Counter(table=1)))
    return made


def _table_page(
    name: str, title: str, body: Body, own: Sequence[Body], link: Link, labels: Labels
) -> str:
    table = body.loaded().apart[name]
    return template("table.html.j2").render(
        body=body, table=table, title=title, bodies=in_order(own), linked=link, here=name,
        cited=source_links.grouped(table.sources), **shared(labels),
    )  # fmt: skip


def _duplicate_names(bodies: Sequence[Body]) -> Iterator[Problem]:
    """Problems of notebooks with the title or short name of an earlier one: readers could not tell
    them apart."""
    first: dict[tuple[str, ...], str] = {}
    for own in bodies:
        for what, words in (("title", own.title), ("short name", own.short)):
            other = first.setdefault((own.lang, what, words.casefold()), own.name)
            if words and other != own.name:
                found = f"{words!r} as {what} ({own.lang}), as in {other}.ipynb"
                yield Problem(f"notebooks/{own.name}.ipynb", found, f"a {what} of its own")


def _html(place: int, own: Sequence[Body], link: Link, ground: Ground, labels: Labels) -> str:
    """The page of the body `own[place]`. own: all bodies in the current language, in order."""
    body, brief = own[place], own[place].name == BRIEF
    content = body.loaded()
    themes = [other for other in own if other.name != BRIEF]
    at = place if brief else themes.index(body)
    return template("page.html.j2").render(
        body=body, content=content, linked=link, bodies=in_order(own), brief=brief,
        cited=source_links.grouped(content.sources.values()),
        keys=unquoted(grounds.tiles(body.keys, ground, labels)),
        previous=themes[at - 1] if at and not brief else None,
        following=themes[at + 1] if at + 1 < len(themes) and not brief else None,
        **shared(labels),
    )  # fmt: skip


def sheet(
    name: str, sheets: Mapping[str, str], made: Sequence[Body], labels: Labels, **variables
) -> str:
    """The HTML of a page of the evidence register in the current language.

    name: of the page. sheets: the title of every page of the register, by name. made: the bodies of
    notebooks. variables: for the template.
    """
    return template("register.html.j2").render(
        here=name, title=sheets[name], sheets=sheets, bodies=in_order(made),
        short={page.name: page.short for page in made}, worded=language.worded,
        **shared(labels), **variables,
    )  # fmt: skip


def in_order(own: Iterable) -> list:
    """Pages in the order of the menu: the short one first."""
    return sorted(own, key=lambda page: page.name != BRIEF)


def shared(labels: Labels) -> dict:
    """What all pages in the current language show alike."""
    lang = language.current()
    return {
        "lang": lang,
        "words": {key: language.text(words) for key, words in labels.items()},
        "foreign": language.foreign,
        "home": "../index.html" if lang == languages()[0] else "index.html",
        "twins": {other: language.own_name(other) for other in languages() if other != lang},
    }


def shown(words: Text | str) -> str:
    """A text for a template: in the current language, or as HTML that says which one it has."""
    lacking = not isinstance(words, str) and language.is_lacking(words)
    return Markup(language.marked(words)) if lacking else language.text(words)


def style() -> str:
    """The style sheet, with what screen readers hear in a blank cell; without its comments, which
    are for whoever changes it."""
    said = [
        f':lang({lang}) .table td:empty::after {{ content: "{html_tables.BLANK.word(lang)}"; }}'
        for lang in languages()
    ]
    sheet = (TEMPLATES / "annex" / "style.css").read_text(encoding="utf-8")
    return "\n".join([_COMMENT.sub("", sheet).strip(), *said, ""])


def ready() -> None:
    """Compile the templates while kernels run; it takes as long as rendering most pages."""
    parts = ("frame.html.j2", "header.html.j2", "sources.html.j2")  # of all pages
    for name in ("page.html.j2", "table.html.j2", "register.html.j2", "front.html.j2", *parts):
        template(name)


def template(name: str) -> Template:
    """A template of the pages, by the name of its file."""
    return _environment().get_template(name)  # which it compiles again when it has changed


class _Environment(Environment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """As jinja's, which looks for an attribute of a dictionary first, and so takes longer."""
        known = type(obj) is dict and attribute in obj
        return obj[attribute] if known else super().getattr(obj, attribute)


@cache
def _environment() -> Environment:
    made = _Environment(loader=FileSystemLoader(TEMPLATES / "annex"), autoescape=True)
    made.filters["text"] = shown
    return made
