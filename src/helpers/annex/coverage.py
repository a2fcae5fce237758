"""No number without data: every numeral in the running text of a page is bound, or set aside.

Tables and charts are made from frames and are bound as a whole. In sentences and captions a
numeral is bound when `present` filled it from a value. What is typed must fit a rule below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup

from ..errors import NotebookError, Problem

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_BOUND = "data, span.value"
# Not running text: made from frames, program code, and the names of sources.
_ELSEWHERE = "table td, table th, details, pre, small.source, section.sources, nav"

# Typed numerals that are no figures, each with the reason why.
RULES = {
    "number of a section, chapter or appendix": re.compile(
        r"(?:paragraaf|section|hoofdstuk|chapter|bijlage|appendix) \d+(?:\.\d+)*", re.I
    ),
    "number of a footnote": re.compile(r"(?:voetnoot|footnote) \d+", re.I),
    "number of a chart or table": re.compile(r"(?:Figuur|Figure|Tabel|Table) \d+"),
    "id of a row": re.compile(r"\b[a-z]+-\d{2,3}\b"),
}


@dataclass(frozen=True)
class Coverage:
    """Numerals in running text: how many are bound to data, and how many set aside by a rule."""

    bound: int = 0
    aside: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.bound + other.bound, self.aside + other.aside)


def measure(pages: Iterable) -> Coverage:
    """Count the numerals of all pages.

    pages: with `name`, `lang` and `html`. Raises `NotebookError` naming, for every numeral that
    is neither bound nor set aside, its page, the numeral and the words around it.
    """
    total, problems = Coverage(), []
    for page in pages:
        main = BeautifulSoup(page.html, "html.parser").main
        for unit in main.select(_ELSEWHERE):
            unit.decompose()
        for bound in main.select(_BOUND):
            total += Coverage(bound=len(_NUMERAL.findall(bound.get_text())))
            bound.decompose()
        for text in main.find_all(string=_NUMERAL):
            for numeral, aside, around in _typed(str(text)):
                total += Coverage(aside=int(aside))
                if not aside:
                    place = f"{page.lang}/{page.name}.html"
                    found = f"{numeral} in {around!r}"
                    expected = "a value filled in by present.say, or no figure"
                    problems.append(Problem(place, found, expected))
    if problems:
        raise NotebookError(problems)
    return total


def _typed(text: str) -> Iterable[tuple[str, bool, str]]:
    """Each numeral in a piece of typed text: it, whether a rule sets it aside, its surroundings."""
    spans = [match.span() for rule in RULES.values() for match in rule.finditer(text)]
    for match in _NUMERAL.finditer(text):
        aside = any(a <= match.start() and match.end() <= b for a, b in spans)
        around = " ".join(text[max(0, match.start() - 40) : match.end() + 40].split())
        yield match[0], aside, around
