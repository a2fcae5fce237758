"""From a notebook that has run to a page in one language. Knows no analysis, writes no file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .. import language
from ..errors import NotebookError, Problem
from ..language import LANGUAGES, Text
from ..present import MIME

TEMPLATES = Path(__file__).parent / "template"

WORDS = {
    "annex": Text("Cijferbijlage", "Evidence annex"),
    "contents": Text("Op deze pagina", "On this page"),
    "themes": Text("Thema's", "Themes"),
    "chart": Text("Figuur", "Figure"),
    "table": Text("Tabel", "Table"),
    "source": Text("Bron", "Source"),
    "sources": Text("Bronnen", "Sources"),
    "evaluation": Text("Cijfers uit de evaluatie", "Figures from the evaluation"),
    "statistics": Text("Officiële en andere reeksen", "Official and other series"),
    "code": Text("Code", "Code"),
    "skip": Text("Naar de inhoud", "Skip to content"),
    "twin": Text("English", "Nederlands"),
    "scroll": Text("tabel, schuift opzij", "table, scrolls sideways"),
    "previous": Text("Vorige", "Previous"),
    "next": Text("Volgende", "Next"),
}

COVERAGE = Text(
    "In de lopende tekst van alle bladzijden komen {bound} cijfers uit de gegevens; {aside} zijn"
    " nummers van paragrafen, figuren of rijen. Andere zijn er niet: dan was deze bijlage niet"
    " gemaakt.",
    "In the running text of all pages {bound} numerals come from the data; {aside} are numbers of"
    " sections, charts or rows. There are no others: this annex would not have been made.",
)


@dataclass
class Page:
    """A page of the annex in one language, and the chart files that belong to it."""

    name: str
    lang: str
    title: str
    headline: str
    html: str = ""
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
                body = _Body(name, lang, book)
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


def _page(body: _Body, bodies: list[_Body]) -> Page:
    place = bodies.index(body)
    html = _template("page.html.j2").render(
        body=body,
        bodies=bodies,
        previous=bodies[place - 1] if place else None,
        following=bodies[place + 1] if place + 1 < len(bodies) else None,
        words={key: language.text(words) for key, words in WORDS.items()},
    )
    return Page(body.name, body.lang, body.title, body.headline, html, body.files)


def _template(name: str):
    exporter = HTMLExporter(extra_template_basedirs=[str(TEMPLATES)], template_name="annex")
    exporter.environment.autoescape = True  # nbconvert trusts what it is given; a page must not
    return exporter.environment.get_template(name)


class _Body:
    """The cells of one notebook as HTML, with what the page needs to know about them."""

    def __init__(self, name: str, lang: str, book):
        self.name, self.lang = name, lang
        self.title = self.headline = ""
        self.short = book.metadata.get("annex", {}).get(lang, "")
        self.files: dict[str, str] = {}
        self.sources: dict[str, dict] = {}
        self.problems: list[Problem] = []
        self.counts = {"chart": 0, "table": 0}
        self.lead: list[str] = []
        soup = BeautifulSoup("\n".join(self._led(self._cells(book.cells))), "html.parser")
        self.contents = self._headings(soup)
        self.short = self.short or self.title
        self.html = str(soup)
        if not self.title:
            expected = f"a first heading (# ...) in a cell tagged {lang}"
            self.problems.append(Problem(f"notebooks/{name}.ipynb", "no title", expected))

    def _led(self, parts: list[str]) -> list[str]:
        """Headline and finding follow the title, though they are computed further down."""
        title = next((place for place, part in enumerate(parts) if part), 0)
        return [*parts[: title + 1], *self.lead, *parts[title + 1 :]]

    def _headings(self, soup: BeautifulSoup) -> list[tuple[str, str]]:
        if first := soup.find("h1"):
            self.title = first.get_text().strip()
        found = []
        for heading in soup.find_all(["h2", "h3"]):
            heading["id"] = re.sub(r"\W+", "-", heading.get_text().lower()).strip("-")
            if heading.name == "h2":
                found.append((heading["id"], heading.get_text().strip()))
        return found

    def _cells(self, cells) -> list[str]:
        """Every cell as HTML; the code of a stretch of cells is folded under its outputs."""
        parts, code = [], []
        for number, cell in enumerate(cells, 1):
            if cell.cell_type == "code":
                parts += [self._output(number, output) for output in cell.outputs]
                code.append(cell.source)
            elif cell.cell_type == "markdown" and self._mine(cell):
                parts += [self._folded(code), self._prose(cell)]
                code = []
        return [*parts, self._folded(code)]

    def _mine(self, cell) -> bool:
        """Whether a prose cell is for this language: tagged with it, or with none."""
        tags = set(cell.metadata.get("tags", [])) & set(LANGUAGES)
        return not tags or self.lang in tags

    def _prose(self, cell) -> str:
        renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
        return MarkdownWithMath(renderer=renderer).render(cell.source)

    def _folded(self, code: list[str]) -> str:
        if not code:
            return ""
        shown = Highlight2HTML(pygments_lexer="python")("\n\n".join(code))
        summary = escape(language.text(WORDS["code"]))
        return f'<details class="code"><summary>{summary}</summary>{shown}</details>'

    def _output(self, number: int, output) -> str:
        data = output.get("data", {})
        if MIME in data:
            return self._evidence(data[MIME])
        if output.output_type == "stream":
            return f"<pre>{escape(strip_ansi(output.text))}</pre>"
        if set(data) == {"text/plain"}:
            return f"<pre>{escape(data['text/plain'])}</pre>"
        place = f"notebooks/{self.name}.ipynb, cell {number}"
        expected = "text, or an output of present.say, show_chart or show_table"
        self.problems.append(Problem(place, ", ".join(data) or output.output_type, expected))
        return ""

    def _evidence(self, bundle: dict) -> str:
        content, kind, role = bundle[self.lang], bundle["kind"], bundle["role"]
        for source in bundle["sources"]:
            self.sources[source["id"]] = source
        if kind == "text":
            paragraph = f'<div class="{role}">{content["html"]}{self._cited(bundle)}</div>'
            if role == "headline":
                self.headline = content["html"]
            if role == "text":
                return paragraph
            self.lead.append(paragraph)
            return ""
        self.counts[kind] += 1
        label = f"{language.text(WORDS[kind])} {self.counts[kind]}"
        caption = f"<b>{label}.</b> {content['caption']}{self._cited(bundle)}"
        show = self._chart if kind == "chart" else self._table
        return show(label, caption, content)

    def _cited(self, bundle: dict) -> str:
        """The line under an output that names its sources, those of one section together."""
        groups: dict[str, list[str]] = {}
        for source in bundle["sources"]:
            link = f'<a href="#source-{_anchor(source["id"])}">'
            link += f"{escape(source['label'][self.lang])}</a>"
            groups.setdefault(source["place"][self.lang], []).append(link)
        parts = [
            ", ".join(links) + (f" ({escape(place)})" if place else "")
            for place, links in groups.items()
        ]
        return f'<small class="source">{language.text(WORDS["source"])}: {"; ".join(parts)}</small>'

    def _chart(self, label: str, caption: str, content: dict) -> str:
        stem = f"{self.name}-{self.counts['chart']}-{self.lang}"
        for room in ("wide", "narrow"):
            self.files[f"charts/{stem}-{room}.svg"] = content[room]
        wide, narrow = (_size(content[room]) for room in ("wide", "narrow"))
        return (
            f'<figure class="chart" id="{_anchor(label)}"><picture>'
            f'<source media="(max-width: 40rem)" srcset="../charts/{stem}-narrow.svg" {narrow}>'
            f'<img src="../charts/{stem}-wide.svg" alt="{escape(content["alt"])}" {wide}>'
            f"</picture><figcaption>{caption}</figcaption></figure>"
        )

    def _table(self, label: str, caption: str, content: dict) -> str:
        table = content["html"].replace(
            "<table>", f"<table><caption><div>{caption}</div></caption>", 1
        )
        name = escape(f"{label}, {language.text(WORDS['scroll'])}")
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{name}" '
            f'id="{_anchor(label)}">{table}</div>'
        )

    def cited_in(self, group: str) -> list[dict]:
        """The sources of one group, each with its anchor, in the order of their names."""
        chosen = [s for s in self.sources.values() if s["group"] == group]
        return [{**s, "anchor": _anchor(s["id"])} for s in sorted(chosen, key=lambda s: s["id"])]


def _anchor(words: str) -> str:
    return re.sub(r"\W+", "-", words.lower()).strip("-")


def _size(svg: str) -> str:
    width, height = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()
    return f'width="{float(width) / 0.75:.0f}" height="{float(height) / 0.75:.0f}"'
