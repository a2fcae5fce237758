"""Check that no number on a page lacks evidence, by classifying every numeral.

Kind `bound`: in a `<data>` that links to the register. The other kinds: a date, text that occurs
in a table, or a numeral that is no figure. A numeral of no kind stops the build, whether it is in
a sentence, a heading, a caption, a cell or a label.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from babel import lists
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...errors import LIBRARY, NotebookError, Problem, nearest
from ...language import facts, languages, locale
from ...messages import _
from ...tables.sections import kind as kind_of
from ...tables.sections import number as number_of
from ..run.notebook_files import OR_EXPLORE
from .html_rules import ancestors

# Digits with their separators, and characters that denote numbers, such as ½ and ².
_NUMERAL = re.compile(
    r"\d+(?:[.,\u00a0\u202f]\d+)*|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u249b]"
)

BOUND = "bound"
# Selectors of elements whose numerals are all of one kind; the first that matches counts. Charts
# are images: their numbers are in the alternative text and the data table, which are checked.
_PARTS = {
    BOUND: "a[href*='evidence'] > data, .entries data",
    "date": "time",
    "code": ".entries code",
    "citation": "small.source, section.sources, nav, header, .entries a",
}
# Patterns of numerals in running text that are no figures.
_NUMBER = r"\d{1,2}(?:\.\d{1,2})*"
_BLANK = r"[ \u00a0]"
_RULES = {
    "method": re.compile(r"SHA-256"),
    "id": re.compile(r"\b[a-z]+-\d{2,3}\b"),
}
# Patterns that are allowed in table cells only, in headers for example.
_CELL_RULES = {
    # Not before a word: '2000 jobs' is a figure.
    "date": re.compile(r"\b(?:19|20)\d\d(?:–(?:19|20)\d\d)?\b(?! [^\W\d])"),
    "short_year": re.compile(r"^\d\d$"),
    "base": re.compile(r"= 100\b"),
}
KINDS = {
    BOUND: _("bound to a number in the register"),
    "date": _("date or year"),
    "words": _("words of a row of a table"),
    "code": _("program code and names of rows"),
    "citation": _("name of a source or chapter"),
    "place": _("number of a section or footnote"),
    "label": _("number of a chart or table"),
    "id": _("name of a row"),
    "method": _("name of a method"),
    "short_year": _("year, as two digits over a column"),
    "base": _("base of index numbers"),
}


class _Patterns(NamedTuple):
    """What is found in the words of the languages of a project: sections that are named, and what
    else has a number that is no figure."""

    section: re.Pattern
    place: re.Pattern
    label: re.Pattern


@functools.cache
def _patterns(langs: tuple[str, ...]) -> _Patterns:
    known = [facts(lang) for lang in langs]
    each = ((f.section, f.sections, f.appendix, f.appendices) for f in known)
    listed = [[*itertools.chain(*words)] for words in zip(*each, strict=True)]
    one, many, appendix, appendices = map(_without_first, listed)
    initials = {way(word[0]) for word in itertools.chain(*listed) for way in (str.lower, str.upper)}
    named = _any(f.section + f.appendix + f.footnote for f in known)
    ands = "|".join(dict.fromkeys(lists.format_list(["", ""], locale=locale(x)) for x in langs))
    titles = {re.escape(word.word(lang)) for word in (_("Figure"), _("Table")) for lang in langs}
    return _Patterns(
        # The first letter of a word is one of a set, which `re` finds five times as fast as words.
        re.compile(
            rf"[§{re.escape(''.join(sorted(initials)))}](?<!\w\w)(?i:"
            rf"(?:{one}|(?<=§)){_BLANK}(?P<one>{_NUMBER})"
            rf"|(?:{appendix}){_BLANK}(?P<appendix>{_NUMBER})"
            rf"|(?:{many}|(?P<many>{appendices}))"
            rf"{_BLANK}(?P<list>{_NUMBER}(?:(?:, |{ands}|–){_NUMBER})*)(?!\d))"
        ),
        re.compile(rf"\b(?:{named}){_BLANK}\d{{1,2}}(?:\.\d){{0,2}}(?![\d.,]*\d)", re.I),
        re.compile(rf"\b(?:{'|'.join(sorted(titles))}) \d{{1,2}}\b", re.I),
    )


def _without_first(words: Sequence[str]) -> str:
    """As `_any`, where the first letter was matched before: `(?<=s)ection` for `section`."""
    ends = (f"(?<={re.escape(word[0])}){re.escape(word[1:])}" for word in words)
    return "|".join(ends) or r"(?!)"


def _any(words: Iterable[Sequence[str]]) -> str:
    """A pattern for any of these words; for nothing if there are none."""
    return "|".join(map(re.escape, itertools.chain(*words))) or r"(?!)"


def located(
    page,
    known: Collection[str] = (),
    places: Collection[str] | None = None,
    labels: Collection[str] = (),
) -> tuple[Counter[str], list[Problem]]:
    """Count the numerals of a page by their kind, as in `KINDS`; also return the problems, which
    `summed` raises: every numeral of no kind and every section that does not exist, with its cell
    or page and the text around it.

    page: an object with `path`, `html` and, if made from a notebook, `typed` (see `render.Page`).
    known: texts from the tables (`known_words.words`). places: the sections that exist; `None` to
    accept any. labels: what pages call the documents (`known_words.cited` has both).
    """
    counted, found = count(page, known, places, labels)
    return counted, list(_by_cell(page, known, places, labels)) if found else []


def summed(counts: Iterable[tuple[Counter[str], Sequence[Problem]]]) -> Counter[str]:
    """The sum of the counts of pages. Raises `NotebookError` with all their problems."""
    found: Counter[str] = Counter()
    problems: list[Problem] = []
    for counted, own in counts:
        found.update(counted)
        problems += own
    if problems:
        raise NotebookError(dict.fromkeys(problems))
    return found


class _Part(NamedTuple):
    path: str
    html: str


def _by_cell(
    page, known: Collection[str], places: Collection[str] | None, labels: Collection[str]
) -> Iterator[Problem]:
    """The problems of a page: first those in the HTML of each notebook cell, then those in the rest
    of the page."""
    rest = page.html
    for place, html in getattr(page, "typed", ()):
        rest = rest.replace(html, "")
        __, problems = count(_Part(place, f"<main>{html}</main>"), known, places, labels)
        for expected, own in itertools.groupby(problems, lambda problem: problem.expected):
            each = list(dict.fromkeys(problem.found for problem in own))
            more = [f"{len(each) - 3} more"] if len(each) > 3 else []
            yield Problem(place, "; ".join(each[:3] + more), expected, OR_EXPLORE)
    yield from count(_Part(page.path, rest), known, places, labels)[1]


def count(
    page,
    known: Collection[str] = (),
    places: Collection[str] | None = None,
    labels: Collection[str] = (),
) -> tuple[Counter[str], list[Problem]]:
    """As `located`, but with the page as the place of each problem."""
    total: Counter[str] = Counter()
    problems: list[Problem] = []
    main = LexborHTMLParser(page.html).css_first("main")
    if main is None:
        return total, [Problem(page.path, "no main", "<main> with the content")]
    for part in main.css("details.code"):  # code comments may name sections of other works
        total["code"] += len(_NUMERAL.findall(part.text()))
        part.decompose()
    if places is not None:
        text = main.text(separator="\n")  # the text of adjacent cells must not be joined
        problems += [Problem(page.path, *each) for each in _missing_sections(text, places)]
    for kind, selector in _PARTS.items():
        for part in main.css(selector):
            total[kind] += len(_NUMERAL.findall(part.text()))
            part.decompose()
    for part in main.css("tbody td, tbody th, .value"):
        if (text := part.text()) in known:
            total["words"] += len(_NUMERAL.findall(text))
            part.decompose()
    named = "|".join(
        re.escape(label)
        for label in sorted(labels, key=len, reverse=True)
        if _NUMERAL.search(label)
    )
    cites = {"citation": re.compile(rf"(?<!\w)(?:{named})(?!\w)")} if named else {}
    for text, rules in _remaining_texts(main):
        for kind, numeral, around in _classified(text, cites | rules, known):
            total[kind] += 1
            if kind not in KINDS:
                expected = f"a quantity filled in by {LIBRARY}.present, or no number"
                problems.append(Problem(page.path, f"{numeral} in {around!r}", expected))
    return total, problems


def _missing_sections(text: str, places: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each section named in a text that does not exist, with the most similar one: (found,
    expected)."""
    known: dict[bool, dict[str, str]] = {True: {}, False: {}}  # those of appendices, and others
    for place in sorted(places):
        known[kind_of(place) == "appendix"][number_of(place)] = place
    for match in _patterns(languages()).section.finditer(text):
        alike = known[bool(match["appendix"] or match["many"])]
        for number in re.findall(_NUMBER, match[0]):
            if number not in alike:
                near = f", such as {alike[nearest(number, alike)]}" if alike else ""
                found = f"{match[0]!r} in {_context(text, match)!r}"
                yield found, f"a section of the document{near}"


def _context(text: str, match: re.Match) -> str:
    return " ".join(text[max(0, match.start() - 40) : match.end() + 40].split())


def _remaining_texts(main: LexborNode) -> Iterator[tuple[str, dict[str, re.Pattern]]]:
    """The remaining texts with a numeral, HTML comments too, each with the rules that apply."""
    for part in main.css("ol[start], img[alt]:not(.chart *)"):  # shown as text
        drawn = part.attributes
        part.insert_after(f"{drawn.get('start') or ''} {drawn.get('alt') or ''}")
    for part in main.css("template"):  # the parser keeps its content outside the tree
        part.insert_after(part.html or "")
    own = _patterns(languages())
    rules = {"place": own.place, "label": own.label, **_RULES}
    for node in main.traverse(include_text=True):
        text = node.text_content or node.comment_content or ""
        if _NUMERAL.search(text):
            yield text, rules | _CELL_RULES if _in_cell(node) else rules


def _in_cell(node: LexborNode) -> bool:
    return any(each.tag in ("th", "td") for each in ancestors(node))


def _classified(
    text: str, rules: dict[str, re.Pattern], known: Collection[str]
) -> Iterable[tuple[str, str, str]]:
    """Classify each numeral in a text: (kind, empty if none; numeral; text around it)."""
    found = ((kind, m) for kind, rule in rules.items() for m in rule.finditer(text))
    spans = [(kind, m.span()) for kind, m in found if kind != "id" or m[0] in known]
    for match in _NUMERAL.finditer(text):
        inside = (k for k, (a, b) in spans if a <= match.start() and match.end() <= b)
        yield next(inside, ""), match[0], _context(text, match)
