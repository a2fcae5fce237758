"""From a notebook that has run to a page in one language. Knows no analysis, writes no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbconvert import HTMLExporter

from .. import language
from ..errors import NotebookError
from ..language import LANGUAGES, Text
from .body import Body
from .words import COVERAGE, WORDS

TEMPLATES = Path(__file__).parent / "template"


@dataclass
class Page:
    """A page of the annex in one language, and the chart files that belong to it."""

    name: str
    lang: str
    title: str
    headline: str
    html: str = ""
    short: str = ""
    cited: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def pages(books: dict) -> list[Page]:
    """One page per notebook and language, each linking to all the others.

    Raises `NotebookError` for an output that no page can show or a notebook without a title.
    """
    made, problems = [], []
    for lang in LANGUAGES:
        with language.use(lang):
            bodies = []
            for name, book in books.items():
                body = Body(name, lang, book)
                problems += body.problems
                bodies.append(body)
            made += [_page(body, bodies) for body in bodies] if not problems else []
    if problems:
        raise NotebookError(dict.fromkeys(problems))
    return made


def front(made: Sequence[Page], title: Text, description: Text, counted) -> str:
    """The front page: every theme with its one-line finding, and how many numerals are bound."""
    by_language = {lang: [page for page in made if page.lang == lang] for lang in LANGUAGES}
    share = {}
    for lang in LANGUAGES:
        with language.use(lang):
            share[lang] = language.text(COVERAGE).format(
                bound=language.number(counted.bound, "#,##0"),
                aside=language.number(counted.aside, "#,##0"),
            )
    return _template("front.html.j2").render(
        pages=by_language, words=WORDS, title=title, description=description, share=share
    )


def _page(body: Body, bodies: list[Body]) -> Page:
    place = bodies.index(body)
    html = _template("page.html.j2").render(
        body=body,
        bodies=bodies,
        previous=bodies[place - 1] if place else None,
        following=bodies[place + 1] if place + 1 < len(bodies) else None,
        words={key: language.text(words) for key, words in WORDS.items()},
    )
    cited = list(body.sources)
    return Page(
        body.name, body.lang, body.title, body.headline, html, body.short, cited, body.files
    )


def register_page(entries: Sequence, made: Sequence[Page], path: str, checksum: str) -> str:
    """The evidence register in the current language. path, checksum: of the table behind it."""
    return _template("register.html.j2").render(
        entries=entries,
        bodies=made,
        lang=language.current(),
        path=path,
        checksum=checksum,
        text=language.text,
        number=language.number,
        words={key: language.text(words) for key, words in WORDS.items()},
    )


def _template(name: str):
    exporter = HTMLExporter(extra_template_basedirs=[str(TEMPLATES)], template_name="annex")
    exporter.environment.autoescape = True  # nbconvert trusts what it is given; a page must not
    return exporter.environment.get_template(name)
