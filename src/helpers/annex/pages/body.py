"""The cells of a notebook that has run, as the body of a page in one language.

Importing it loads nbconvert, which takes longer than rendering all pages: import it only to render.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import quote

from ... import language
from ...errors import Problem, quoted
from ...evidence.trail import MIME
from ...files.hidden_characters import SEEN, unseen
from ..rules import html_rules
from ..run import notebook_files, outputs
from . import source_links, theme
from .labels import WORDS
from .markdown import Prose, highlighted, strip_ansi
from .markup import anchor, captioned, in_language, plain, unquoted

NARROW = "53.5rem"  # up to this width of a window, a page shows the pictures for a phone
_PARTS = ("html", "caption", "data", "alt")  # the fields of an output that have HTML


class Body:
    """The cells of one notebook as HTML, with the data that the page needs about them.

    book: the notebook with its outputs. `problems` has what its author must change,
    `untranslated` what must be translated before the whole annex can be built.
    """

    def __init__(self, name: str, lang: str, book):
        self.name, self.lang, self._book = name, lang, book
        self.headline = ""
        self.files: dict[str, str | Path] = {}
        self.sources: dict[str, dict] = {}
        self.evidence: dict[str, dict] = {}
        self.shown: dict[str, None] = {}
        self.problems: list[Problem] = []
        self.untranslated: list[Problem] = []
        self.counts = {"chart": 0, "table": 0}
        self.display_counts = outputs.display_counts(book)
        self.code_sections = 0
        self.lead: dict[str, str] = {}  # what stands at the top, by role
        self.keys: list[str] = []
        self.typed: list[tuple[str, str]] = []  # cell and HTML of prose and printed text
        self.prose: list[tuple[int, str]] = []  # number of each prose cell, and its HTML
        prose = Prose()
        self.opening, self.html = map(unquoted, self._split(self._cells(book.cells, prose)))
        self.title, self.contents = prose.title, prose.contents
        self.short = _short_name(book) or self.title
        del self._book  # not pickled with the body into the spool

    def _split(self, parts: list[str]) -> tuple[str, str]:
        """The HTML before and after the table of contents. The answer, its chart, the finding and
        key figures, which cells further down compute, are moved up to follow the title."""
        title = next((place for place, part in enumerate(parts) if part), 0)
        keys = f'<div class="keys">{"".join(self.keys)}</div>' if self.keys else ""
        first, last = ("headline", "lead", "finding"), self.lead.get("through", "")
        opening = [*parts[: title + 1], *(self.lead.get(role, "") for role in first), keys, last]
        return "".join(opening), "".join(parts[title + 1 :])

    def _cells(self, cells, prose: Prose) -> list[str]:
        """Every cell as HTML; the code of consecutive cells is folded below their outputs."""
        parts, code, alone = [], [], theme.alone(cells)
        for number, cell in notebook_files.shown(cells):
            if cell.cell_type == "code":
                parts += [self._output(number, output) for output in cell.outputs]
                code.append(self._check_visible(number, cell.source))
            elif cell.cell_type == "markdown" and self.lang in cell.metadata.get("tags", []):
                parts += [self._folded(code), self._prose(number, cell.source, prose, self.lang)]
                code = []
            elif number in alone:
                lang = alone[number]
                html = self._prose(number, cell.source, prose, lang)
                parts += [self._folded(code), f"<div{language.foreign(lang)}>{html}</div>"]
                code = []
        return [*parts, self._folded(code)]

    def _prose(self, number: int, source: str, prose: Prose, lang: str) -> str:
        """The HTML of a cell of prose in `lang`, which the page may lack a translation of."""
        html = prose.html(self._check_visible(number, source), lang)
        self._check_language(number, html, lang)
        if "<img" in html:
            expected = "a chart of helpers.charts, which present.show_chart shows: no other picture"
            self._refuse(number, "a picture in prose", expected)
        if source.strip() and lang == self.lang:
            self.prose.append((number, html))
        return self._check_html(number, self._record(number, html))

    def _printed(self, number: int, text: str) -> str:
        return self._record(number, f"<pre>{escape(self._check_visible(number, text))}</pre>")

    def _record(self, number: int, html: str) -> str:
        """Record HTML whose numerals are not linked to evidence: they are counted by cell."""
        self.typed.append((self._place(number), unquoted(html)))
        return html

    def _check_language(self, number: int, html: str, lang: str) -> None:
        """Check that HTML is not evidently in another language than `lang`."""
        if other := theme.other_language(html, lang):
            expected = f"words in {language.NAMES[lang]} (here {other})"
            self._refuse(number, quoted(" ".join(plain(html).split())), expected)

    def _check_visible(self, number: int, text: str) -> str:
        """Check that the text of a cell or output has no invisible characters; returns it."""
        if hidden := unseen(text):
            self._refuse(number, quoted(text), f"{SEEN} (here {hidden})")
        return text

    def _check_html(self, number: int, html: str) -> str:
        """Check that HTML of a cell has only what a page may have; returns it."""
        for found, expected in html_rules.fragment_violations(html):
            self._refuse(number, found, expected)
        return html

    def _refuse(self, number: int, found: str, expected: str, remedy: str = "") -> None:
        self.problems.append(Problem(self._place(number), found, expected, remedy))

    def _place(self, number: int) -> str:
        return notebook_files.place(self.name, self._book.cells, number)

    def _folded(self, code: list[str]) -> str:
        if not code:
            return ""
        self.code_sections += 1
        source = "\n\n".join(code)
        summary = f"{escape(language.text(WORDS['code']))} {self.code_sections}"
        return f'<details class="code"><summary>{summary}</summary>{highlighted(source)}</details>'

    def _output(self, number: int, output) -> str:
        data = output.get("data", {})
        if outputs.from_present(data):
            known, content = len(self.problems), data[MIME][self.lang]
            # Each field separately, as headline and key figures are moved away from their cell.
            for part in _PARTS:
                self._check_html(number, content.get(part, ""))
            return "" if len(self.problems) > known else self._evidence(number, data[MIME])
        if output.output_type == "stream":
            return self._printed(number, strip_ansi(output.text))
        if set(data) == {"text/plain"} and isinstance(data["text/plain"], str):
            return self._printed(number, data["text/plain"])
        self._refuse(number, *outputs.unshown(data, output.output_type))
        return ""

    def _evidence(self, number: int, bundle: dict) -> str:
        content, kind, role = bundle[self.lang], bundle["kind"], bundle["role"]
        for part in ("html",) if kind == "text" else ("caption", "alt"):
            html = content.get(part, "")
            self._check_language(number, html, theme.language_of(html, self.lang))
        self.sources |= {source["id"]: source for source in bundle["sources"]}
        for id in outputs.add_evidence(self.evidence, bundle["evidence"]):
            self._refuse(number, f"another value for {id}", *outputs.ONE_VALUE)
        self.shown |= dict.fromkeys(bundle["shown"])
        cited = source_links.line(bundle["sources"])
        if kind == "text":
            paragraph = f'<div class="{role}">{content["html"]}{cited}</div>'
            self._check_html(number, paragraph)
            if role == "headline":
                self.headline = content["html"]
            if role == "key":
                self.keys.append(content["html"])
                return ""
            if role not in theme.ROLES:
                return paragraph
            self.lead[role] = paragraph
            return ""
        self.counts[kind] += 1
        label = f"{language.text(WORDS[kind])} {self.counts[kind]}"
        caption = f"<p><b>{label}.</b> {content['caption']}</p>{cited}"
        show = self._chart if kind == "chart" else self._table
        html = self._check_html(number, show(label, caption, content))
        if role != "lead":
            return html
        self.lead[role] = html
        return ""

    def _chart(self, label: str, caption: str, content: dict) -> str:
        stem = f"{self.name}-{self.counts['chart']}-{self.lang}"
        address = f"../charts/{quote(stem)}"
        for layout in ("wide", "narrow"):
            self.files[f"charts/{stem}-{layout}.svg"] = content[layout]
        if content["data"]:  # the byte order mark tells spreadsheet programs that it is UTF-8
            self.files[f"charts/{stem}.csv"] = "\ufeff" + content["csv"]
        foreign = language.foreign(theme.language_of(content["alt"], self.lang))
        wide, narrow = (_size(content[layout]) for layout in ("wide", "narrow"))
        return (
            f'<figure class="chart" id="{anchor(label)}">'
            f"<figcaption>{caption}</figcaption><picture>"
            f'<source media="(max-width: {NARROW})" srcset="{address}-narrow.svg" {narrow}>'
            f'<img src="{address}-wide.svg" alt="{escape(plain(content["alt"]))}"{foreign} {wide}>'
            f"</picture>"
            f"{self._data(label, address, content)}</figure>"
        )

    def _data(self, label: str, address: str, content: dict) -> str:
        """The folded description of a chart and, if it has data, their table and CSV file."""
        words = escape(f"{language.text(WORDS['data'])} {label.lower()}")
        description = escape(language.text(WORDS["description"]))
        told = f"<p><b>{description}:</b> {content['alt']}</p>"
        if not content["data"]:
            return f'<details class="data"><summary>{description}</summary>{told}</details>'
        get = escape(f"{language.text(WORDS['download'])} {label.lower()} (CSV)")
        table = captioned(content["data"], words)
        return (
            f'<details class="data"><summary>{words}</summary>{told}'
            f'<section class="table" tabindex="0" aria-label="{words}">{table}</section>'
            f'<p><a href="{address}.csv" download>{get}</a></p></details>'
        )

    def _table(self, label: str, caption: str, content: dict) -> str:
        table = captioned(content["html"], f"<div>{caption}</div>")
        name = escape(f"{label}, {language.text(WORDS['scroll'])}")
        return (
            f'<section class="table" tabindex="0" aria-label="{name}" '
            f'id="{anchor(label)}">{table}</section>'
        )

    def cited_in(self, group: str) -> list[dict]:
        """The sources under one heading of the list of sources, with anchors, sorted by id."""
        chosen = [s for s in self.sources.values() if s["group"] == group]
        return [
            {**s, "anchor": anchor(s["id"]), "foreign": source_links.foreign(s)}
            for s in sorted(chosen, key=lambda s: s["id"])
        ]


def _short_name(book) -> str:
    """The short name of a notebook from its metadata, in another language if it lacks this one;
    empty if it has none."""
    names = book.metadata.get("annex")
    if not isinstance(names, dict):
        return ""
    words = language.Text(*(str(names.get(own, "")) for own in language.LANGUAGES))
    return in_language(language.text(words), language.shown_in(words))


def _size(svg: str) -> str:
    """The `width` and `height` attributes of an image, in pixels; the SVG has points."""
    width, height = re.findall(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)[0]
    return f'width="{float(width) / 0.75:.0f}" height="{float(height) / 0.75:.0f}"'
