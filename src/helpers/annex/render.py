"""From a notebook that has run to a page in one language. Knows no analysis, writes no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, Template

from .. import language
from ..errors import NotebookError
from ..language import LANGUAGES, Text
from . import coverage
from .markup import link_numbers, unquoted
from .words import COVERAGE, WORDS

if TYPE_CHECKING:
    from .body import Body

TEMPLATES = Path(__file__).parent / "template"


@dataclass
class Page:
    """A page of the annex in one language, and the chart files that belong to it.

    shown: ids of the numbers it prints. evidence: those and all they are computed from, by id.
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
    files: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def path(self) -> str:
        """Where it stands in the annex; the front page is of no one language."""
        return f"{self.lang}/{self.name}.html" if self.lang else f"{self.name}.html"


def bodies(name: str, book) -> list[Body]:
    """A notebook that has run, as the body of a page in each language."""
    from .body import Body  # here, as it takes long to load

    made = []
    for lang in LANGUAGES:
        with language.use(lang):
            made.append(Body(name, lang, book))
    return made


def pages(made: Sequence[Sequence[Body]]) -> list[Page]:
    """One page per notebook and language, each linking to all the others.

    made: the bodies of each notebook. Raises `NotebookError` for an output that no page can show or
    a notebook without a title.
    """
    if problems := [problem for both in made for body in both for problem in body.problems]:
        raise NotebookError(dict.fromkeys(problems))
    found = []
    for own in zip(*made, strict=True):
        with language.use(own[0].lang):
            found += [_page(body, own) for body in own]
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


def _page(body: Body, bodies: Sequence[Body]) -> Page:
    place = bodies.index(body)
    html = _template("page.html.j2").render(
        body=body,
        bodies=bodies,
        previous=bodies[place - 1] if place else None,
        foreign=language.foreign,
        following=bodies[place + 1] if place + 1 < len(bodies) else None,
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


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES / "annex"), autoescape=True)
