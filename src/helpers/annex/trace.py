"""Does every transcribed row stand where it says, and does a row cover every number printed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from .. import language, tables
from ..errors import AnnexError, Problem
from . import document

# What each table transcribes: the columns that hold words exactly as printed.
PRINTED = {
    "quantities": ["raw"],
    "province_budgets": ["fte_raw", "budget_raw"],
    "province_partners": ["raw"],
    "missions": ["raw"],
    "outcomes": ["raw"],
    "milestones": ["raw"],
    "arguments": ["raw"],
    "errata": ["raw"],
}
_NO_FIGURES = {"errata"}  # looked up, but a numeral in their words still needs a row or a rule
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass
class Trace:
    """What was found. missing: rows not where they say. uncovered: numerals that no row covers.

    rows: words looked for. numerals: printed numerals; covered: by a row; aside: by a listed rule.
    idle: rules of the list that set nothing aside.
    """

    rows: int = 0
    missing: list[Problem] = field(default_factory=list)
    numerals: int = 0
    covered: int = 0
    aside: int = 0
    uncovered: list[Problem] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Printed:
    """Words that a row says are printed in a section."""

    table: str
    row: str
    section: str
    words: str
    footnote: str

    def pattern(self) -> str:
        """The words, not inside a longer word or number; a footnote mark may be fused to them."""
        words = document.normal(self.words)
        before = r"(?<![\w.,])" if words[0].isdigit() else r"(?<!\w)" if words[0].isalnum() else ""
        marks = "|".join(filter(None, self.footnote.split(";")))
        fused = f"(?:{marks})?" if marks else ""
        after = r"(?!\d|[.,]\d)" if words[-1].isdigit() else r"(?![^\W\d])"
        return before + re.escape(words) + fused + after


def trace(path: Path, data: Path) -> Trace:
    """Look up every transcribed row in a copy of the evaluation, and every numeral in the rows.

    Raises `AnnexError` when the file is not a copy of the evaluation.
    """
    sections = document.read(path)
    printed = list(_printed(data))
    result = Trace(rows=len(printed))
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in sections}
    for item in printed:
        found = [m.span() for m in re.finditer(item.pattern(), sections.get(item.section, ""))]
        if item.table not in _NO_FIGURES:
            spans.setdefault(item.section, []).extend(found)
        if not found:
            place = f"{item.table}.csv, row {item.row}"
            expected = f"these words in section {item.section} of the document"
            result.missing.append(Problem(place, repr(item.words), expected))
    if 2 * len(result.missing) > len(printed):
        found = f"{len(printed) - len(result.missing)} of {len(printed)} transcribed rows in it"
        raise AnnexError(Problem(str(path), found, "a copy of the evaluation, as text or PDF"))
    _cover(result, sections, spans, _rules(data))
    return result


def _printed(data: Path) -> Iterator[_Printed]:
    for table, columns in PRINTED.items():
        frame = tables.load(table, data)
        keys = frame.columns[0]
        for row in frame.to_dict("records"):
            for column in columns:
                if not language.is_missing(row[column]) and not language.is_missing(row["section"]):
                    note = row["footnote"] if isinstance(row.get("footnote"), str) else ""
                    yield _Printed(table, str(row[keys]), row["section"], row[column], note)


def _rules(data: Path) -> list[tuple[str, str | None, re.Pattern]]:
    frame = tables.load("set_aside", data)
    sections = frame.section.astype(object).where(frame.section.notna(), None)
    return [
        (row.id, section, re.compile(row.pattern))
        for row, section in zip(frame.itertuples(), sections, strict=True)
    ]


def _cover(result: Trace, sections: dict, spans: dict, rules: Sequence) -> None:
    used = set()
    for name, text in sections.items():
        aside = []
        for rule, section, pattern in rules:
            if section in (None, name):
                here = [match.span() for match in pattern.finditer(text)]
                used |= {rule} if here else set()
                aside += here
        for match in _NUMERAL.finditer(text):
            result.numerals += 1
            if _within(match.span(), spans[name]):
                result.covered += 1
            elif _within(match.span(), aside):
                result.aside += 1
            else:
                context = text[max(0, match.start() - 40) : match.end() + 40]
                expected = "a row for it, or a rule in set_aside.csv"
                result.uncovered.append(Problem(f"section {name}", repr(context), expected))
    result.idle = [rule for rule, *_ in rules if rule not in used]


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)


def table(result: Trace) -> str:
    """The figures of a trace as lines for a terminal."""
    lines = pd.Series(
        {
            "transcribed words found": f"{result.rows - len(result.missing)} of {result.rows}",
            "numerals in the document": result.numerals,
            "covered by a row": result.covered,
            "set aside with a reason": result.aside,
            "neither": len(result.uncovered),
        }
    )
    return lines.to_string()
