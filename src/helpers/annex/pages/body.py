"""The cells of a notebook that has run, as the body of a page in one language.

It loads nbconvert, which takes longer than to make all pages: only who makes one loads this
module, when it does.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from ... import language
from ...errors import Problem, quoted
from ...evidence.trail import MIME
from ...files.hidden_characters import SEEN, unseen
from ..rules import html_rules
from ..run import notebook_files, outputs
from . import theme
from .labels import WORDS
from .markdown import Prose, highlighted, strip_ansi
from .markup import anchor, plain, unquoted

_PARTS = ("html", "caption", "data", "alt")  # of an output that are HTML
_MANY = 6  # more numbers than this are not listed one by one under an output


class Body:
    """The cells of one notebook as HTML, with what the page needs to know about them."""

    def __init__(self, name: str, lang: str, book):
        self.name, self.lang, self._book = name, lang, book
        self.headline = ""
        self.files: dict[str, str] = {}
        self.sources: dict[str, dict] = {}
        self.evidence: dict[str, dict] = {}
        self.shown: dict[str, None] = {}
        self.problems: list[Problem] = []
        self.counts = {"chart": 0, "table": 0}
        self.given = outputs.given(book)
        self.stretches = 0
        self.lead: list[str] = []
        self.keys: list[str] = []
        self.typed: list[tuple[str, str]] = []  # where prose and printed text are, and their HTML
        self.prose: list[tuple[int, str]] = []  # the number of each cell of prose, and its HTML
        prose = Prose()
        self.opening, self.html = map(unquoted, self._led(self._cells(book.cells, prose)))
        self.title, self.contents = prose.title, prose.contents
        self.short = _named(book, lang) or self.title
        del self._book  # a body waits on disk until the others are made

    def _led(self, parts: list[str]) -> tuple[str, str]:
        """In two parts, the second after the list of contents: headline and finding follow the
        title, though they are computed further down."""
        title = next((place for place, part in enumerate(parts) if part), 0)
        keys = f'<div class="keys">{"".join(self.keys)}</div>' if self.keys else ""
        opening = [*parts[: title + 1], *self.lead, keys]
        return "".join(opening), "".join(parts[title + 1 :])

    def _cells(self, cells, prose: Prose) -> list[str]:
        """Every cell as HTML; the code of a stretch of cells is folded under its outputs."""
        parts, code = [], []
        for number, cell in enumerate(cells, 1):
            if cell.cell_type == "code":
                parts += [self._output(number, output) for output in cell.outputs]
                code.append(self._seen(number, cell.source))
            elif cell.cell_type == "markdown" and self.lang in cell.metadata.get("tags", []):
                parts += [self._folded(code), self._prose(number, cell.source, prose)]
                code = []
        return [*parts, self._folded(code)]

    def _prose(self, number: int, source: str, prose: Prose) -> str:
        html = self._written(number, prose.html(self._seen(number, source)))
        if "<img" in html:
            expected = "a chart of helpers.charts, which present.show_chart shows: no other picture"
            self._refuse(number, "a picture in prose", expected)
        if source.strip():
            self.prose.append((number, html))
        return self._allowed(number, self._typed(number, html))

    def _printed(self, number: int, text: str) -> str:
        return self._typed(number, f"<pre>{escape(self._seen(number, text))}</pre>")

    def _typed(self, number: int, html: str) -> str:
        """A part of the page whose numerals have no evidence: they are counted by cell."""
        self.typed.append((self._place(number), unquoted(html)))
        return html

    def _written(self, number: int, html: str) -> str:
        """Words that are not plainly in another language than the page."""
        if other := theme.other_language(html, self.lang):
            expected = f"words in {theme.NAMES[self.lang]} (here {other})"
            self._refuse(number, quoted(" ".join(plain(html).split())), expected)
        return html

    def _seen(self, number: int, text: str) -> str:
        """The text of a cell or output, all of which a reader must see."""
        if hidden := unseen(text):
            self._refuse(number, quoted(text), f"{SEEN} (here {hidden})")
        return text

    def _allowed(self, number: int, html: str) -> str:
        """A part of the page that a cell gives, which holds no more than a page may."""
        for found, expected in html_rules.in_part(html):
            self._refuse(number, found, expected)
        return html

    def _refuse(self, number: int, *told: str) -> None:
        """told: found, expected and, where there is one, the remedy."""
        self.problems.append(Problem(self._place(number), *told))

    def _place(self, number: int) -> str:
        return notebook_files.place(self.name, self._book.cells, number)

    def _folded(self, code: list[str]) -> str:
        if not code:
            return ""
        self.stretches += 1
        source = "\n\n".join(code)
        summary = f"{escape(language.text(WORDS['code']))} {self.stretches}"
        return f'<details class="code"><summary>{summary}</summary>{highlighted(source)}</details>'

    def _output(self, number: int, output) -> str:
        data = output.get("data", {})
        if outputs.ours(data):
            known, content = len(self.problems), data[MIME][self.lang]
            # Each by itself first: a headline and a key figure stand elsewhere than their cell.
            for part in _PARTS:
                self._allowed(number, content.get(part, ""))
            return "" if len(self.problems) > known else self._evidence(number, data[MIME])
        if output.output_type == "stream":
            return self._printed(number, strip_ansi(output.text))
        if set(data) == {"text/plain"} and isinstance(data["text/plain"], str):
            return self._printed(number, data["text/plain"])
        self._refuse(number, *outputs.way_out(data, output.output_type))
        return ""

    def _evidence(self, number: int, bundle: dict) -> str:
        content, kind, role = bundle[self.lang], bundle["kind"], bundle["role"]
        for part in ("html",) if kind == "text" else ("caption", "alt"):
            self._written(number, content.get(part, ""))
        for source in bundle["sources"]:
            self.sources[source["id"]] = source
        self.evidence |= {item["id"]: item for item in bundle["evidence"]}
        self.shown |= dict.fromkeys(bundle["shown"])
        if kind == "text":
            paragraph = f'<div class="{role}">{content["html"]}{self._cited(bundle)}</div>'
            self._allowed(number, paragraph)
            if role == "headline":
                self.headline = content["html"]
            if role == "key":
                self.keys.append(content["html"])
                return ""
            if role == "text":
                return paragraph
            self.lead.append(paragraph)
            return ""
        self.counts[kind] += 1
        label = f"{language.text(WORDS[kind])} {self.counts[kind]}"
        caption = f"<p><b>{label}.</b> {content['caption']}</p>{self._cited(bundle)}"
        show = self._chart if kind == "chart" else self._table
        return self._allowed(number, show(label, caption, content))

    def _cited(self, bundle: dict) -> str:
        """The line under an output that names its sources, those of one section together."""
        groups: dict[str, list[dict]] = {}
        for source in bundle["sources"]:
            groups.setdefault(source["place"][self.lang], []).append(source)
        parts = [self._links(place, cited) for place, cited in groups.items()]
        return f'<small class="source">{language.text(WORDS["source"])}: {"; ".join(parts)}</small>'

    def _links(self, place: str, cited: list[dict]) -> str:
        """The sources of one place; of many numbers their count, as each leads to its own entry."""
        if place and len(cited) > _MANY:
            words = language.text(WORDS["numbers"]).format(len(cited))
            return f"{words} ({escape(place)})"
        links = (
            f'<a href="{_trail(s)}"{self._foreign(s)}>{escape(s["label"][self.lang])}</a>'
            for s in cited
        )
        return ", ".join(links) + (f" ({escape(place)})" if place else "")

    def _foreign(self, source: dict) -> str:
        """The language of a name that is a title in another language than the page's."""
        titled = source["work"] and source["work"][:12] in source["label"][self.lang]
        return language.foreign(source["lang"]) if titled else ""

    def _chart(self, label: str, caption: str, content: dict) -> str:
        stem = f"{self.name}-{self.counts['chart']}-{self.lang}"
        address = f"../charts/{quote(stem)}"
        for room in ("wide", "narrow"):
            self.files[f"charts/{stem}-{room}.svg"] = content[room]
        # The mark before the text tells a spreadsheet that it is UTF-8.
        self.files[f"charts/{stem}.csv"] = "\ufeff" + content["csv"]
        wide, narrow = (_size(content[room]) for room in ("wide", "narrow"))
        return (
            f'<figure class="chart" id="{anchor(label)}"><picture>'
            f'<source media="(max-width: 40rem)" srcset="{address}-narrow.svg" {narrow}>'
            f'<img src="{address}-wide.svg" alt="{escape(plain(content["alt"]))}" {wide}>'
            f"</picture><figcaption>{caption}</figcaption>"
            f"{self._data(label, address, content)}</figure>"
        )

    def _data(self, label: str, address: str, content: dict) -> str:
        """What the picture shows in words and numbers, folded, and as a file for spreadsheets."""
        words = escape(f"{language.text(WORDS['data'])} {label.lower()}")
        told = escape(language.text(WORDS["description"]))
        get = escape(f"{language.text(WORDS['download'])} {label.lower()} (CSV)")
        table = _captioned(content["data"], words)
        return (
            f'<details class="data"><summary>{words}</summary>'
            f"<p><b>{told}:</b> {content['alt']}</p>"
            f'<div class="table" role="region" tabindex="0" aria-label="{words}">{table}</div>'
            f'<p><a href="{address}.csv" download>{get}</a></p></details>'
        )

    def _table(self, label: str, caption: str, content: dict) -> str:
        table = _captioned(content["html"], f"<div>{caption}</div>")
        name = escape(f"{label}, {language.text(WORDS['scroll'])}")
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{name}" '
            f'id="{anchor(label)}">{table}</div>'
        )

    def cited_in(self, group: str) -> list[dict]:
        """The sources of one group, each with its anchor, in the order of their names."""
        chosen = [s for s in self.sources.values() if s["group"] == group]
        return [
            {**s, "anchor": anchor(s["id"]), "foreign": self._foreign(s)}
            for s in sorted(chosen, key=lambda s: s["id"])
        ]


def _named(book, lang: str) -> str:
    """The short name of a notebook, in its metadata; empty when there is none."""
    names = book.metadata.get("annex")
    return str(names.get(lang, "")) if isinstance(names, dict) else ""


def _captioned(table: str, caption: str) -> str:
    return re.sub(
        "<table[^>]*>", lambda tag: f"{tag[0]}<caption>{caption}</caption>", table, count=1
    )


def _trail(source: dict) -> str:
    """Where a source leads: a reported number to its entry, others to the list on the page."""
    if source["group"] == "evaluation" and source["place"]["en"]:
        return f"evidence.html#{source['id']}"
    return f"#source-{anchor(source['id'])}"


def _size(svg: str) -> str:
    width, height = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()
    return f'width="{float(width) / 0.75:.0f}" height="{float(height) / 0.75:.0f}"'
