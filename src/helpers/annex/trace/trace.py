"""Checks that the section of each transcribed row contains its words, and that rows cover every
numeral of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from pathlib import Path

from ... import language
from ...errors import AnnexError, DataError, Problem, listed
from ...tables import descriptor, frames, required_columns, roles
from ...tables.documents import documents
from ...tables.roles import Role
from . import headings, source_text, wording
from .source_text import Document, Section

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass
class Trace:
    """The result of a trace.

    rows: number of transcribed cells. found: how many of them their sections contain. missing: a
    problem for each of the others, except those of sections that were not found, which `lost` has.
    numerals: number of printed numerals. covered, aside: how many of them a row has, or a rule sets
    aside. uncovered: a problem for each of the others. idle: a problem for each rule that set
    nothing aside. notes: how the copy was read.
    """

    rows: int = 0
    found: int = 0
    missing: list[Problem] = field(default_factory=list)
    lost: list[Problem] = field(default_factory=list)
    numerals: int = 0
    covered: int = 0
    aside: int = 0
    uncovered: list[Problem] = field(default_factory=list)
    idle: list[Problem] = field(default_factory=list)
    notes: Sequence[str] = ()

    @property
    def problems(self) -> list[Problem]:
        return [*self.lost, *self.missing, *self.uncovered, *self.idle]


@dataclass(frozen=True)
class _Printed:
    """A transcribed cell: words that should be in a section. figures: whether the cell covers the
    numerals in them; if not, these need another row or a rule."""

    file: str
    row: str
    section: str
    words: str
    footnote: str
    figures: bool

    def places(self, section: Section | None) -> list[tuple[int, int]]:
        """The spans of the words in a section. A heading in capitals is searched ignoring case."""
        if section is None:
            return []
        pattern = wording.pattern(self.words, [mark for mark in self.footnote.split(";") if mark])
        found = [*re.finditer(pattern, section.text)]
        if section.capitals:
            found += re.finditer(pattern, section.text[: section.heading], re.IGNORECASE)
        return [match.span() for match in found]


def trace(path: Path, data: Path) -> Trace:
    """Look up every transcribed cell in a copy of the evaluation, and every numeral in the rows.

    Raises `AnnexError` when the file can't be read or less than half of the cells are in it, and
    `DataError` when no column of `data` is transcribed.
    """
    printed = list(_printed(data))
    if not printed:
        expected = 'cells in a column that it names, such as {"quantities": {"raw": "figures"}}'
        place = f"{data / descriptor.FILE}, annex, traced"
        raise DataError(Problem(place, "nothing transcribed", expected))
    file, rules = _rules(data)
    document = next(iter(documents(data).values()), None)
    if document is None or not document.headings:
        expected = "what a summary, a chapter, a section and an appendix are called"
        place = f"{data / descriptor.FILE}, annex, documents"
        raise DataError(Problem(place, "no headings", expected))
    words = headings.Words(document.headings)
    copy = source_text.read(path, words, {item.section for item in printed})
    result = Trace(rows=len(printed), notes=copy.notes)
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in copy.sections}
    absent: list[_Printed] = []
    for item in printed:
        found = item.places(copy.sections.get(item.section))
        if item.figures:
            spans.setdefault(item.section, []).extend(found)
        result.found += bool(found)
        absent += [] if found else [item]
    result.lost = _lost(path, absent, copy)
    result.missing = [_missing(item, copy) for item in absent if item.section in copy.sections]
    result.notes = [*_causes(printed, set(absent), copy), *copy.notes]
    if 2 * len(absent) > len(printed):
        reasons = [f"{result.found} of {len(printed)} transcribed rows in it", *result.notes]
        reasons += [problem.found for problem in result.lost]
        expected = "a copy of the evaluation from beginning to end, as text or PDF"
        raise AnnexError(Problem(str(path), "; ".join(reasons), expected))
    _cover(result, copy.sections, spans, file, rules)
    return result


def _causes(printed: Sequence[_Printed], absent: set[_Printed], copy: Document) -> Iterator[str]:
    """Notes on why many rows are absent: lines run across columns, or the copy is cut off."""
    long = [item for item in printed if len(item.words.split()) > 2]  # too long to match by chance
    nowhere = source_text.nowhere(copy, (item.words for item in long if item in absent))
    if len(across := source_text.read_across(copy, nowhere)) > len(printed) / 100:
        yield (
            f"{len(across)} rows, such as {across[0]!r}, continue on the next line after other "
            "words: lines run across the columns of the text, which should follow one another"
        )
        return
    last = next(reversed(copy.sections), "")
    ends: list[list[_Printed]] = [[]]  # by table: its last rows, all absent
    for _, rows in groupby(long, key=lambda item: item.file):
        ordered = sorted(rows, key=lambda item: headings.place(item.section))
        ends.append(list(takewhile(lambda item: item in absent, reversed(ordered))))
    end = [i for i in max(ends, key=len) if headings.place(i.section) >= headings.place(last)]
    lacking = [item for item in end if item.words in nowhere]
    if len(lacking) > max(2, 0.9 * len(end)) and not absent.issuperset(long):
        line = next(line.strip() for line in reversed(copy.lines) if line.strip())
        yield (
            f"the copy ends in section {last}, with {line!r}: {len(lacking)} rows of "
            f"{end[0].file} that come later, such as {lacking[-1].words!r}, are not in it"
        )


def _missing(item: _Printed, copy: Document) -> Problem:
    others = [name for name, section in copy.sections.items() if item.places(section)]
    expected = f"these words in section {item.section} of the document"
    where = f"found in section {listed(others)} instead" if others else "no section has them"
    return Problem(f"{item.file}, row {item.row}", repr(item.words), f"{expected}; {where}")


def _lost(path: Path, absent: Sequence[_Printed], copy: Document) -> list[Problem]:
    """One problem for all sections that were not found, so that its rows are not listed."""
    rows = Counter(item.section for item in absent if item.section not in copy.sections)
    if not rows:
        return []
    sections = [
        f"{name} ({count} rows{source_text.why_not(name, copy)})" for name, count in rows.items()
    ]
    begins = [repr(copy.words.beginning(name)) for name in rows]
    found = f"no heading of section {listed(sections)}"
    return [Problem(str(path), found, f"lines that begin {listed(begins)}")]


def _printed(data: Path) -> Iterator[_Printed]:
    tables = descriptor.read(data)
    for name, traced in descriptor.traced(data).items():
        table, columns = tables[name], {each: kind == "figures" for each, kind in traced.items()}
        frame = frames.load(name, data)
        keys, file = frame.columns[0], Path(table["path"]).name
        for row in frame.to_dict("records"):
            for column, figures in columns.items():
                if not language.is_missing(row[column]) and not language.is_missing(row["section"]):
                    note = row["footnote"] if isinstance(row.get("footnote"), str) else ""
                    key, section, words = str(row[keys]), row["section"], row[column]
                    yield _Printed(file, key, section, words, note, figures)


def _rules(data: Path) -> tuple[str, list[tuple[str, str | None, re.Pattern]]]:
    """The file of the rules that set numerals aside, and id, section (`None` for all) and pattern
    of each rule; empty without such a table."""
    resources = descriptor.read(data)
    name = roles.tables(data).get(Role.SET_ASIDE)
    if name is None:
        return "", []
    if found := required_columns.of_table(resources[name], data):
        raise DataError(found)
    frame = frames.load(name, data)
    within = frame.section.astype(object).where(frame.section.notna(), None)
    return Path(resources[name]["path"]).name, [
        (str(row.id), section, re.compile(row.pattern))
        for row, section in zip(frame.itertuples(), within, strict=True)
    ]


def _cover(result: Trace, parts: dict[str, Section], spans: dict, file: str, rules: Sequence):
    """Count the numerals of `parts` in `result`, and add a problem for each that nothing covers.

    spans: of the transcribed words, by section. file, rules: from `_rules`.
    """
    used = set()
    for name, section in parts.items():
        aside: set[int] = set()
        for text in wording.readings(section.text):  # the same numerals, in the same order
            numerals = [match.span() for match in _NUMERAL.finditer(text)]
            for rule, only, pattern in rules:
                if only not in (None, name):
                    continue
                here = [match.span() for match in pattern.finditer(text)]
                used |= {rule} if here else set()
                aside |= {n for n, span in enumerate(numerals) if _within(span, here)}
        for number, match in enumerate(_NUMERAL.finditer(section.text)):
            result.numerals += 1
            if _within(match.span(), spans[name]):
                result.covered += 1
            elif number in aside:
                result.aside += 1
            else:
                context = section.text[max(0, match.start() - 40) : match.end() + 40]
                where = file or f"a table for {Role.SET_ASIDE} in annex.roles"
                expected = f"a row for it, or a rule in {where}"
                shown = repr(wording.shown(context))
                result.uncovered.append(Problem(f"section {name}", shown, expected))
    idle = "no numeral that it sets aside", "a rule in use"
    result.idle = [Problem(f"{file}, row {id}", *idle) for id, *_ in rules if id not in used]


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)


def table(result: Trace) -> str:
    """The counts of a trace as lines for a terminal."""
    lines = {
        "transcribed words found": f"{result.found} of {result.rows}",
        "numerals in the document": result.numerals,
        "covered by a row": result.covered,
        "set aside with a reason": result.aside,
        "neither": len(result.uncovered),
    }
    return "\n".join(f"{name:24}{value:>15}" for name, value in lines.items())
