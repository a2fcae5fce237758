"""From a notebook that has run to a page in one language. Knows no analysis, writes no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, FileSystemLoader, Template

from ... import language
from ...errors import NotebookError, Problem
from ...language import LANGUAGES, Text
from ..rules import coverage
from .labels import COVERAGE, WORDS
from .markup import link_numbers, unquoted

if TYPE_CHECKING:
    from .body import Body

TEMPLATES = Path(__file__).parent / "template"


@dataclass
class Page:
    """A page of the annex in one language, and the chart files that belong to it.

    shown: ids of the numbers it prints. evidence: those and all they are computed from, by id.
    typed: places of the prose and the printed text of its notebook, with their HTML.
    keys: sentences for the front page that start with a figure. counts: charts and tables that its
    notebook showed.
    """

    name: str
    lang: str
    title: str
    headline: str
    html: str = ""
    short: str = ""
    shown: list[str] = field(default_factory=list)
    evidence: dict[str, dict] = field(default_factory=dict)
    files: dict[str, str | Path] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    typed: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def path(self) -> str:
        """Where it stands in the annex; the front page is of no one language."""
        return f"{self.lang}/{self.name}.html" if self.lang else f"{self.name}.html"


class Outline(NamedTuple):
    """What other pages say of one, and what is wrong with it."""

    name: str
    lang: str
    title: str
    short: str
    problems: list[Problem]


def bodies(name: str, book) -> list[Body]:
    """A notebook that has run, as the body of a page in each language."""
    from . import theme  # here, as a body takes long to load
    from .body import Body

    made = []
    for lang in LANGUAGES:
        with language.use(lang):
            made.append(Body(name, lang, book))
    made[0].problems += theme.problems(name, book, made)
    return made


def outline(body: Body) -> Outline:
    """What is kept of a body in memory until all are made."""
    return Outline(body.name, body.lang, body.title, body.short, body.problems)


def pages(
    outlines: Sequence[Sequence[Outline]], load: Callable[[str], Sequence[Body]]
) -> list[Page]:
    """One page per notebook and language, each linking to all the others.

    outlines: of each notebook, its pages in each language. load: gives the bodies of a notebook,
    asked for one notebook at a time. Raises `NotebookError` naming all that is wrong with them.
    """
    problems = [problem for both in outlines for each in both for problem in each.problems]
    if problems := [*problems, *_namesakes(outlines)]:
        raise NotebookError(dict.fromkeys(problems))
    made = [_twins(place, outlines, load(name)) for place, ((name, *_), *_) in enumerate(outlines)]
    return [page for own in zip(*made, strict=True) for page in own]


def _namesakes(outlines: Sequence[Sequence[Outline]]) -> Iterator[Problem]:
    """Notebooks with the title or the short name of an earlier one: no reader tells them apart."""
    first: dict[tuple[str, ...], str] = {}
    for own in (own for both in outlines for own in both):
        for what, words in (("title", own.title), ("short name", own.short)):
            other = first.setdefault((own.lang, what, words.casefold()), own.name)
            if words and other != own.name:
                found = f"{words!r} as {what} ({own.lang}), as in {other}.ipynb"
                yield Problem(f"notebooks/{own.name}.ipynb", found, f"a {what} of its own")


def _twins(place: int, outlines, bodies: Sequence[Body]) -> list[Page]:
    """The pages of one notebook."""
    found = []
    for body, own in zip(bodies, zip(*outlines, strict=True), strict=True):
        with language.use(body.lang):
            found.append(_page(body, place, own))
    return found


def front(
    made: Sequence[Page], title: Text, description: Text, counted: Counter[str], paper=False
) -> Page:
    """The front page: key figures, every theme with its one-line finding, and how many numerals
    are bound. paper: whether a PDF stands beside it."""
    by_language = {lang: [page for page in made if page.lang == lang] for lang in LANGUAGES}
    share = {}
    for lang in LANGUAGES:
        with language.use(lang):
            figures = {name: _measured(number, "#,##0") for name, number in _sums(counted).items()}
            rate = _measured(
                sum(counted[kind] for kind in coverage.KINDS) / counted.total(), "0.0%"
            )
            share[lang] = language.text(COVERAGE).format(rate=rate, **figures)
    html = _template("front.html.j2").render(
        pages=by_language,
        words=WORDS,
        title=title,
        description=description,
        share=share,
        linked=lambda part, lang: link_numbers(part, f"{lang}/evidence.html"),
        paper=paper,
    )
    return Page("index", "", language.text(title), "", unquoted(html))


def _sums(counted: Counter[str]) -> dict[str, int]:
    named = {kind: counted[kind] for kind in (coverage.BOUND, "date", "words")}
    return {"all": counted.total(), **named, "aside": counted.total() - sum(named.values())}


def _measured(number: float, pattern: str) -> str:
    return f'<data value="{number}" data-id="coverage">{language.number(number, pattern)}</data>'


def _page(body: Body, place: int, own: Sequence[Outline]) -> Page:
    html = _template("page.html.j2").render(
        body=body,
        bodies=own,
        previous=own[place - 1] if place else None,
        foreign=language.foreign,
        following=own[place + 1] if place + 1 < len(own) else None,
        words={key: language.text(words) for key, words in WORDS.items()},
    )
    return Page(
        body.name,
        body.lang,
        body.title,
        body.headline,
        html,
        body.short,
        list(body.shown),
        body.evidence,
        body.files,
        body.keys,
        body.typed,
        body.given,
    )


def sheet(name: str, sheets: Mapping[str, str], made: Sequence[Page], **inside) -> str:
    """A page of the evidence register in the current language.

    sheets: title of every page of the register, by name. inside: what its template lays out.
    """
    return _template("register.html.j2").render(
        here=name,
        title=sheets[name],
        sheets=sheets,
        bodies=made,
        short={page.name: page.short for page in made},
        lang=language.current(),
        text=language.text,
        foreign=language.foreign,
        words={key: language.text(words) for key, words in WORDS.items()},
        **inside,
    )


def ready() -> None:
    """Compile the templates, which is done once and takes as long as most pages."""
    for name in ("page.html.j2", "register.html.j2", "front.html.j2"):
        _template(name)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES / "annex"), autoescape=True)
