"""Render notebooks that have run as pages in each language, and the front page. Writes no files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from ... import language
from ...errors import NotebookError, Problem
from ...language import LANGUAGES, Text
from ..rules import coverage
from ..run import outputs
from . import source_links
from .labels import COVERAGE, WORDS
from .markup import unquoted

if TYPE_CHECKING:
    from .body import Body
    from .displays import Apart

TEMPLATES = Path(__file__).parent / "template"
# A function that links the numbers and claims in HTML to the register; see `markup.link`.
Link = Callable[..., str]


@dataclass
class Page:
    """A page of the annex in one language, with its chart files.

    files: by path in the annex. typed: (cell, HTML) of the prose and printed text of its notebook.
    headline, keys: the finding and the key figures for the front page, as HTML without links.
    counts: of the charts and tables that its notebook showed.
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
        """The path in the annex; the front page has no language folder."""
        return f"{self.lang}/{self.name}.html" if self.lang else f"{self.name}.html"


def bodies(name: str, book) -> list[Body]:
    """The bodies of the pages of a notebook that has run, one per language."""
    from . import theme  # here, as importing these takes long
    from .body import Body

    made = []
    for lang in LANGUAGES:
        with language.use(lang):
            made.append(Body(name, lang, book))
    made[0].problems += theme.problems(name, book, made)
    made[0].untranslated += theme.untranslated(name, book)
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
            if table.name in names:
                found, expected = f"{table.name}.ipynb", "a name that no page of a table has"
                problems.append(Problem(f"notebooks/{found}", found, expected, "Rename it"))
        for id in outputs.add_evidence(known, body.evidence.values()):
            found = f"another value for {id} than in an earlier notebook"
            problems.append(Problem(f"notebooks/{body.name}.ipynb", found, *outputs.ONE_VALUE))
    if problems := [*problems, *_duplicate_names(bodies)]:
        raise NotebookError(dict.fromkeys(problems))
    return untranslated


def pages(bodies: Sequence[Body], link: Link, once: Callable) -> list[Page]:
    """One page per notebook and language, each linking to all the others. once: `Spool.once`, to
    keep pages that are made of the same."""
    made = []
    for lang in LANGUAGES:
        own = [body for body in bodies if body.lang == lang]
        names = [(body.name, body.title, body.short) for body in own]
        with language.use(lang):
            made += [
                once(("page", body.name, lang), (body, names, link), partial(_page, at, own, link))
                for at, body in enumerate(own)
            ]
    return made


def apart(bodies: Sequence[Body], link: Link, once: Callable) -> list[Page]:
    """The pages of tables that have one of their own, each linking to all pages of notebooks."""
    made = []
    for body in bodies:
        own = [other for other in bodies if other.lang == body.lang]
        names = [(other.name, other.short) for other in own]
        with language.use(body.lang):
            for table in body.apart:
                title = f"{table.label}: {body.short}"
                html = once(
                    ("page", table.name, body.lang),
                    (table, body.title, names, link),
                    partial(_table_page, table, title, body, own, link),
                )
                counts = Counter(table=1)
                made.append(Page(table.name, body.lang, title, "", html, counts=counts))
    return made


def _table_page(table: Apart, title: str, body: Body, own: Sequence[Body], link: Link) -> str:
    return _template("table.html.j2").render(
        body=body, table=table, title=title, bodies=own, linked=link, here=table.name,
        cited=source_links.grouped(table.sources), foreign=language.foreign,
        words={key: language.text(words) for key, words in WORDS.items()},
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


def front(
    made: Sequence[Page],
    title: Text,
    description: Text,
    counted: Counter[str],
    link: Link,
    paper: bool = False,
) -> Page:
    """The front page, in all languages: key figures, each theme with its headline, and the share of
    numerals that are accounted for.

    made: the pages of notebooks. counted: numerals by kind. link: as for `pages`, with the folder
    of the register. paper: whether to link to the PDFs.
    """
    by_language = {lang: [page for page in made if page.lang == lang] for lang in LANGUAGES}
    share = {}
    for lang in LANGUAGES:
        with language.use(lang):
            sums = _totals(counted).items()
            figures = {name: _linked_number(number, "#,##0", lang) for name, number in sums}
            known = sum(counted[kind] for kind in coverage.KINDS)
            rate = _linked_number(known / counted.total(), "0.0%", lang)
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


def _totals(counted: Counter[str]) -> dict[str, int]:
    """The numbers of numerals for the placeholders of `labels.COVERAGE`."""
    named = {kind: counted[kind] for kind in (coverage.BOUND, "date", "words")}
    return {"all": counted.total(), **named, "aside": counted.total() - sum(named.values())}


def _linked_number(number: float, pattern: str, lang: str) -> str:
    data = f'<data value="{number}">{language.number(number, pattern)}</data>'
    return f'<a href="{lang}/evidence.html#coverage">{data}</a>'


def _page(place: int, own: Sequence[Body], link: Link) -> Page:
    """The page of the body `own[place]`. own: all bodies in the current language, in order."""
    body = own[place]
    html = _template("page.html.j2").render(
        body=body,
        cited=source_links.grouped(body.sources.values()),
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
        body.display_counts,
    )


def sheet(name: str, sheets: Mapping[str, str], made: Sequence[Page], **variables) -> str:
    """The HTML of a page of the evidence register in the current language.

    name: of the page. sheets: the title of every page of the register, by name. made: the pages of
    notebooks. variables: for the template.
    """
    return _template("register.html.j2").render(
        here=name,
        title=sheets[name],
        sheets=sheets,
        bodies=made,
        short={page.name: page.short for page in made},
        lang=language.current(),
        text=shown,
        foreign=language.foreign,
        words={key: language.text(words) for key, words in WORDS.items()},
        **variables,
    )


def shown(words: Text | str) -> str:
    """A text for a template: in the current language, or as HTML that says which one it has."""
    lacking = not isinstance(words, str) and language.is_lacking(words)
    return Markup(language.marked(words)) if lacking else language.text(words)


def ready() -> None:
    """Compile the templates while kernels run; it takes as long as rendering most pages."""
    for name in ("page.html.j2", "table.html.j2", "register.html.j2", "front.html.j2"):
        _template(name)


def _template(name: str) -> Template:
    return _environment().get_template(name)  # which it compiles again when it has changed


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES / "annex"), autoescape=True)
