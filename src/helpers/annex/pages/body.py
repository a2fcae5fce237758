"""The cells of a notebook that has run, as the body of a page in one language.

Importing it loads nbconvert, which takes longer than rendering all pages: import it only to render.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from ... import language
from ...errors import LIBRARY, Problem, quoted
from ...files.hidden_characters import SEEN, unseen
from ...files.media_types import MIME
from ..rules import html_rules
from ..run import notebook_files, outputs
from . import displays, page_sections, prose_groups, seen_language, source_links, theme
from .labels import COLUMNS, WORDS
from .markdown import Prose, highlighted
from .markup import in_language, plain, unquoted
from .page_sections import Content, Section

_PARTS = ("html", "caption", "data", "alt")  # the fields of an output that have HTML
_OPENING = ("headline", "lead", "finding")  # what follows the title, in this order


class Body:
    """The cells of one notebook: what other pages show of them, too, and their `content`, or what
    loads it: a build has the content of one page at a time.

    book: the notebook with its outputs. `problems` has what its author must change,
    `untranslated` what must be translated before the whole annex can be built.
    """

    content: Content | Callable[[], Content]

    def __init__(self, name: str, lang: str, book):
        self.name, self.lang, self._book = name, lang, book
        self.headline = ""
        self.files: dict[str, str | Path] = {}
        self._sources: dict[str, dict] = {}
        self.evidence: dict[str, dict] = {}
        self.shown: dict[str, None] = {}
        self.problems: list[Problem] = []
        self.untranslated: list[Problem] = []
        self.counts = {"chart": 0, "table": 0}
        self.display_counts = outputs.display_counts(book)
        self._lead: dict[str, str] = {}  # what stands at the top, by role
        self.keys: list[str] = []
        self.columns: dict[str, list[str]] = {ground: [] for ground in COLUMNS}
        self.small: dict[str, str] = {}  # the picture on the front page
        self._apart: dict[str, displays.Apart] = {}
        self._typed: list[tuple[str, str]] = []
        self.prose: dict[int, str] = {}  # HTML of the prose in its language, by number of the cell
        self._top = Section()  # the sources of what stands at the top
        self._sections = [Section()]
        prose = Prose()
        self._cells(book.cells, prose)
        self.title = prose.title
        opening, closing, html = map(unquoted, self._split())
        self.content = Content(opening, closing, html, self._typed, self._apart, self._sources)
        folded = {section.place for section in self._sections if section.folded}
        self.contents = sorted(prose.contents, key=lambda item: item[0] in folded)
        self.places = page_sections.places_of_numbers(opening + html, self.contents)
        self.short = _short_name(book) or self.title
        self.cited = [*self._sources]  # ids
        self.apart = {name: table.label for name, table in self._apart.items()}
        # What was needed to make it is not kept with it.
        del self._book, self._sections, self._top, self._lead
        del self._typed, self._apart, self._sources

    def loaded(self) -> Content:
        """Its content."""
        return self.content if isinstance(self.content, Content) else self.content()

    def typed(self) -> list[tuple[str, str]]:
        """Cell and HTML of prose and printed text."""
        return self.loaded().typed

    def _split(self) -> tuple[str, str, str]:
        """The HTML before the key figures, between them and the table of contents, and after it.
        The answer, its chart and the finding, which cells further down compute, are moved up to
        follow the title."""
        first = self._sections[0].parts
        title = next((place for place, part in enumerate(first) if part), 0) + 1
        opening = [*first[:title], *(self._lead.get(role, "") for role in _OPENING)]
        rest = self._lead.get("through", "") + source_links.line(self._top.sources.values())
        del first[:title]
        body = map(Section.html, page_sections.in_order(self._sections))
        return "".join(opening), rest, "".join(body)

    def _cells(self, cells, prose: Prose) -> None:
        """Every cell as HTML, in sections; the code of consecutive cells is folded below their
        outputs."""
        code, spoken = [], prose_groups.shown(cells, self.lang)
        for number, cell in notebook_files.shown(cells):
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "code":
                self._sections[-1].parts += [self._output(number, out) for out in cell.outputs]
                code.append(self._check_visible(number, cell.source))
            elif number in spoken:
                if self.name != notebook_files.BRIEF:  # there all code is at the end
                    self._sections[-1].parts.append(self._folded(code))
                    code = []
                folded = notebook_files.BACKGROUND in tags
                self._prose(number, cell.source, prose, spoken[number], folded)
        self._sections[-1].parts.append(self._folded(code))

    def _prose(self, number: int, source: str, prose: Prose, lang: str, folded: bool) -> None:
        """Add a cell of prose in `lang`, which the page may lack a translation of. A heading of
        level 2 begins a section; folded: as background."""
        html = prose.html(self._check_visible(number, source), lang)
        self._check_language(number, html, lang)
        if "<img" in html:
            expected = (
                f"a chart of {LIBRARY}.charts, which present.show_chart shows: no other picture"
            )
            self._refuse(number, "a picture in prose", expected)
        if lang == self.lang:
            self.prose[number] = html
        foreign = language.foreign(lang)
        if begun := page_sections.split_heading(html):
            place, heading, html = begun
            self._sections.append(Section(place, heading, foreign, folded))
            self._record(number, self._sections[-1].title())
        self._check_sections(number, html, folded and not begun)
        html = self._check_html(number, self._record(number, html))
        self._sections[-1].parts.append(f"<div{foreign}>{html}</div>" if foreign else html)

    def _check_sections(self, number: int, html: str, untitled: bool) -> None:
        """Check that a section that is folded begins and ends with a heading at the head of a
        cell. html: of a cell, after such a heading. untitled: whether it is tagged without one."""
        expected = "a heading of level 2 (## ...) at the head of its cell"
        if untitled:
            self._refuse(number, f"the tag {notebook_files.BACKGROUND!r} on other prose", expected)
        elif self._sections[-1].folded and "<h2" in html:
            found = f"a heading further down in a section tagged {notebook_files.BACKGROUND!r}"
            self._refuse(number, found, expected, "Make two cells of it")

    def _printed(self, number: int, text: str) -> str:
        return self._record(number, f"<pre>{escape(self._check_visible(number, text))}</pre>")

    def _record(self, number: int, html: str) -> str:
        """Record HTML whose numerals are not linked to evidence: they are counted by cell."""
        self._typed.append((self._place(number), unquoted(html)))
        return html

    def _check_language(self, number: int, html: str, lang: str) -> None:
        """Check that HTML is not evidently in another language than `lang`."""
        if other := seen_language.other_language(html, lang):
            expected = f"words in {language.name_of(lang)} (here {other})"
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
        summary = escape(language.text(WORDS["code"]))
        source = highlighted("\n\n".join(code))
        return f"{page_sections.CODE}<summary>{summary}</summary>{source}</details>"

    def _output(self, number: int, output) -> str:
        data = output.get("data", {})
        if outputs.from_present(data):
            known, content = len(self.problems), data[MIME][self.lang]
            # Each field separately, as headline and key figures are moved away from their cell.
            for part in _PARTS:
                self._check_html(number, content.get(part, ""))
            return "" if len(self.problems) > known else self._evidence(number, data[MIME])
        if output["output_type"] == "stream":
            return self._printed(number, outputs.plain(output["text"]))
        if set(data) == {"text/plain"} and isinstance(data["text/plain"], str):
            return self._printed(number, data["text/plain"])
        self._refuse(number, *outputs.unshown(data, output["output_type"]))
        return ""

    def _evidence(self, number: int, bundle: dict) -> str:
        """An output of `present` where it belongs; its HTML if that is in its section."""
        content, kind, role = bundle[self.lang], bundle["kind"], bundle["role"]
        for part in ("html",) if kind == "text" else ("caption", "alt"):
            html = content.get(part, "")
            self._check_language(number, html, seen_language.language_of(html, self.lang))
        cited = {source["id"]: source for source in bundle["sources"]}
        self._sources |= cited
        for id in outputs.add_evidence(self.evidence, bundle["evidence"]):
            self._refuse(number, f"another value for {id}", *outputs.ONE_VALUE)
        self.shown |= dict.fromkeys(bundle["shown"])
        top = role in theme.ROLES or role in ("key", "lead")
        if role != "apart":  # whose own page cites them
            (self._top if top else self._sections[-1]).sources.update(cited)
        if role == "key" and "data-id=" not in content["html"]:
            self._refuse(number, "a key figure without a number", "a quantity in its first field")
        show = self._said if kind == "text" else self._chart if kind == "chart" else self._table
        html = self._check_html(number, show(content, role, bundle["sources"]))
        if top and role != "key":
            self._lead[role] = html
        return "" if top else html

    def _said(self, content: dict, role: str, _) -> str:
        if role == "headline":
            self.headline = content["html"]
        if role == "key":
            self.keys.append(content["html"])
        if role in self.columns:
            self.columns[role].append(content["html"])
        return f'<div class="{role}">{content["html"]}</div>'

    def _chart(self, content: dict, role: str, _) -> str:
        self.counts["chart"] += 1
        stem = f"{self.name}-{self.counts['chart']}-{self.lang}"
        self.files |= displays.chart_files(stem, content)
        if role == "lead":
            self.small = displays.small(stem, content)
        return displays.chart(displays.label("chart", self.counts["chart"]), stem, content)

    def _table(self, content: dict, role: str, cited: list[dict]) -> str:
        self.counts["table"] += 1
        label = displays.label("table", self.counts["table"])
        html = displays.table(label, content)
        if role != "apart":
            return html
        name = f"{self.name}-table-{self.counts['table']}"
        self._apart[name] = displays.Apart(name, label, unquoted(html), cited)
        return displays.pointer(name, label, content)


def _short_name(book) -> str:
    """The short name of a notebook from its metadata, in another language if it lacks this one;
    empty if it has none."""
    names = book.metadata.get("annex")
    if not isinstance(names, dict):
        return ""
    words = language.Text(*(str(names.get(own, "")) for own in language.languages()))
    return in_language(language.text(words), language.shown_in(words))
