"""From a notebook that has run to a page in one language. Knows no analysis, writes no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, Template

from ... import language
from ...errors import NotebookError, Problem
from ...language import LANGUAGES, Text
from ..rules import coverage
from .labels import COVERAGE, WORDS
from .markup import unquoted

if TYPE_CHECKING:
    from .body import Body

TEMPLATES = Path(__file__).parent / "template"
# Links the numbers and claims in HTML to the register, which is in the folder that is given too.
Link = Callable[..., str]


@dataclass
class Page:
    """A page of the annex in one language, and the chart files that belong to it.

    typed: places of the prose and the printed text of its notebook, with their HTML. keys:
    sentences for the front page that start with a figure, as yet without links, as its headline.
    counts: charts and tables that its notebook showed.
    """

    name: str
    lang: str
    title: str
    headline: str
    html: str = ""
    short: str = ""
    files: dict[str, str | Path] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    typed: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def path(self) -> str:
        """Where it stands in the annex; the front page is of no one language."""
        return f"{self.lang}/{self.name}.html" if self.lang else f"{self.name}.html"


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


def check(bodies: Sequence[Body]) -> None:
    """Raise `NotebookError` naming all that is wrong with the bodies of an annex."""
    problems = [problem for body in bodies for problem in body.problems]
    if problems := [*problems, *_namesakes(bodies)]:
        raise NotebookError(dict.fromkeys(problems))


def pages(bodies: Sequence[Body], link: Link) -> list[Page]:
    """One page per notebook and language, each linking to all the others."""
    made = []
    for lang in LANGUAGES:
        own = [body for body in bodies if body.lang == lang]
        with language.use(lang):
            made += [_page(place, own, link) for place in range(len(own))]
    return made


def _namesakes(bodies: Sequence[Body]) -> Iterator[Problem]:
    """Notebooks with the title or the short name of an earlier one: no reader tells them apart."""
    first: dict[tuple[str, ...], str] = {}
    for own in bodies:
        for what, words in (("title", own.title), ("short name", own.short)):
            other = first.setdefault((own.lang, what, words.casefold()), own.name)
            if words and other != own.name:
                found = f"{words!r} as {what} ({own.lang}), as in {other}.ipynb"
                yield Problem(f"notebooks/{own.name}.ipynb", found, f"a {what} of its own")


def front(
    made: Sequence[Page],
    title: Text,
    description: Text,
    counted: Counter[str],
    link: Link,
    paper: bool = False,
) -> Page:
    """The front page: key figures, every theme with its one-line finding, and how many numerals
    are bound. paper: whether a PDF stands beside it."""
    by_language = {lang: [page for page in made if page.lang == lang] for lang in LANGUAGES}
    share = {}
    for lang in LANGUAGES:
        with language.use(lang):
            sums = _sums(counted).items()
            figures = {name: _measured(number, "#,##0", lang) for name, number in sums}
            known = sum(counted[kind] for kind in coverage.KINDS)
            rate = _measured(known / counted.total(), "0.0%", lang)
            share[lang] = language.text(COVERAGE).format(rate=rate, **figures)
    html = _template("front.html.j2").render(
        pages=by_language,
        words=WORDS,
        title=title,
        description=description,
        share=share,
        linked=lambda part, lang: link(part, f"{lang}/"),
        paper=paper,
    )
    return Page("index", "", language.text(title), "", unquoted(html))


def _sums(counted: Counter[str]) -> dict[str, int]:
    named = {kind: counted[kind] for kind in (coverage.BOUND, "date", "words")}
    return {"all": counted.total(), **named, "aside": counted.total() - sum(named.values())}


def _measured(number: float, pattern: str, lang: str) -> str:
    data = f'<data value="{number}">{language.number(number, pattern)}</data>'
    return f'<a href="{lang}/evidence.html#coverage">{data}</a>'


def _page(place: int, own: Sequence[Body], link: Link) -> Page:
    """The page of one of the bodies in the current language."""
    body = own[place]
    html = _template("page.html.j2").render(
        body=body,
        linked=link,
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
        body.files,
        body.keys,
        [(cell, link(part)) for cell, part in body.typed],
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
