"""Checks that the section of each transcribed row contains its words, and that rows cover every
numeral of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from pathlib import Path

from ...errors import AnnexError, DataError, Problem, listed
from ...tables import descriptor
from ...tables.documents import Document, documents
from ...tables.roles import Role
from . import headings, source_text, transcribed, wording
from .source_text import Copy, Section
from .transcribed import Printed, Rules

_COUNTED = ("found", "rows", "numerals", "covered", "aside")


@dataclass
class Trace:
    """The result of a trace of one document.

    rows: number of transcribed cells. found: how many of them their sections contain. missing: a
    problem for each of the others, except those of sections that were not found, which `lost` has.
    unread: whether the document was not read, which `lost` tells, too. numerals: number of printed
    numerals. covered, aside: how many of them a row has, or a rule sets aside. uncovered: a problem
    for each of the others. idle: with the first document, a problem for each rule that set nothing
    aside in any of them. notes: how the copy was read.
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
    unread: bool = True

    @property
    def problems(self) -> list[Problem]:
        return [*self.lost, *self.missing, *self.uncovered, *self.idle]


def trace(copies: Mapping[str, Path], data: Path) -> dict[str, Trace]:
    """Look up every transcribed cell in copies of the documents, and every numeral in the rows.
    Gives the result for each document that rows are from, in the order of the descriptor; one
    without a copy, and one whose copy can't be read, is `lost`.

    copies: the file of each document, by its name. Raises `DataError` when nothing is transcribed
    from a document, and `AnnexError` with each copy that can't be read or has less than half of the
    cells of its document, when none is any better.
    """
    by_name: dict[str, list[Printed]] = {name: [] for name in documents(data)}
    for item in transcribed.cells(data):
        by_name[item.document].append(item)
    if not any(by_name.values()):
        expected = 'cells in a column that it names, such as {"quantities": {"raw": "figures"}}'
        place = f"{data / descriptor.FILE}, annex, traced"
        raise DataError(Problem(place, "nothing transcribed", expected))
    rules = transcribed.rules(data)
    results: dict[str, Trace] = {}
    unreadable: list[Problem] = []
    for name, printed in by_name.items():
        if name not in copies:
            found = f"no copy of it: its {len(printed)} transcribed rows were not looked up"
            told = Problem(f"document {name}", found, f"{name}=PATH, a text file or a PDF")
            results[name] = Trace(rows=len(printed), lost=[told])
            continue
        try:
            results[name] = _one(copies[name], documents(data)[name], printed, rules)
        except AnnexError as error:
            unreadable += error.problems
            results[name] = Trace(rows=len(printed), lost=error.problems)
    unread = [name for name, result in results.items() if result.unread]
    if unreadable and {*copies} <= {*unread}:
        raise AnnexError(unreadable)
    if not unread:
        idle = "no numeral that it sets aside", "a rule in use"
        next(iter(results.values())).idle = [
            Problem(f"{rules.file}, row {rule.id}", *idle)
            for rule in rules.every
            if rule.id not in rules.used
        ]
    return results


def _one(path: Path, document: Document, printed: Sequence[Printed], rules: Rules) -> Trace:
    """The trace of one document. Raises `AnnexError` as `trace`."""
    words = headings.Words(document.headings, document.language)
    copy = source_text.read(path, words, {item.section for item in printed} - {""})
    result = Trace(rows=len(printed), notes=copy.notes, unread=False)
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in copy.sections}
    absent: list[Printed] = []
    for item in printed:
        found = item.within(copy)
        for name, places in found.items() if item.figures else ():
            spans[name].extend(places)
        result.found += any(found.values())
        absent += [] if any(found.values()) else [item]
    result.lost = _lost(path, absent, copy)
    known = {"", *copy.sections}
    result.missing = [_missing(item, copy) for item in absent if item.section in known]
    result.notes = [*_causes(printed, set(absent), copy), *copy.notes]
    if 2 * len(absent) > len(printed):
        reasons = [f"{result.found} of {len(printed)} transcribed rows in it", *result.notes]
        reasons += [problem.found for problem in result.lost]
        expected = f"a copy of {document.work!r} from beginning to end, as text or PDF"
        raise AnnexError(Problem(str(path), "; ".join(reasons), expected))
    _cover(result, document.name, copy.sections, spans, rules)
    return result


def _causes(printed: Sequence[Printed], absent: set[Printed], copy: Copy) -> Iterator[str]:
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
    ends: list[list[Printed]] = [[]]  # by table: its last rows, all absent
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


def _missing(item: Printed, copy: Copy) -> Problem:
    place, words = f"{item.file}, row {item.row}", repr(item.words)
    inside = [
        wording.shown(number)
        for section in (item.within(copy) if item.words.isdigit() else ())
        for number in wording.NUMERAL.findall(copy.sections[section].text)
        if item.words in number.split(wording.GROUP)
    ]
    part = f"; {inside[0]!r} there may be one number" if inside else ""
    if not item.section:
        return Problem(place, words, f"words of the document {item.document}{part}")
    others = [name for name, section in copy.sections.items() if item.places(section)]
    expected = f"these words in section {item.section} of the document"
    where = f"found in section {listed(others)} instead" if others else "no section has them"
    return Problem(place, words, f"{expected}; {where}{part}")


def _lost(path: Path, absent: Sequence[Printed], copy: Copy) -> list[Problem]:
    """One problem for all sections that were not found, so that its rows are not listed."""
    rows = Counter(item.section for item in absent if item.section not in {"", *copy.sections})
    if not rows:
        return []
    sections = [
        f"{name} ({count} rows{source_text.why_not(name, copy)})" for name, count in rows.items()
    ]
    begins = [repr(copy.words.beginning(name)) for name in rows]
    found = f"no heading of section {listed(sections)}"
    return [Problem(str(path), found, f"lines that begin {listed(begins)}")]


def _cover(
    result: Trace, document: str, parts: dict[str, Section], spans: dict, rules: Rules
) -> None:
    """Count the numerals of `parts` in `result`, and add a problem for each that nothing covers.
    spans: of the transcribed words, by section."""
    for name, section in parts.items():
        aside: set[int] = set()
        own = [rule for rule in rules.every if rule.holds_in(document, name)]
        for text in wording.readings(section.text):  # the same numerals, in the same order
            numerals = [match.span() for match in wording.NUMERAL.finditer(text)]
            for rule in own:
                here = [match.span() for match in rule.pattern.finditer(text)]
                rules.used.update({rule.id} if here else ())
                aside |= {n for n, span in enumerate(numerals) if _within(span, here)}
        for number, match in enumerate(wording.NUMERAL.finditer(section.text)):
            result.numerals += 1
            if _within(match.span(), spans[name]):
                result.covered += 1
            elif number in aside:
                result.aside += 1
            else:
                context = section.text[max(0, match.start() - 40) : match.end() + 40]
                where = rules.file or f"a table for {Role.SET_ASIDE} in annex.roles"
                expected = f"a row for it, or a rule in {where}"
                place = f"section {name}" if name else f"document {document}"
                shown = repr(wording.shown(context))
                result.uncovered.append(Problem(place, shown, expected))


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)


def table(results: Sequence[Trace]) -> str:
    """The counts of the traces of all documents as lines for a terminal."""
    sums = {name: sum(getattr(each, name) for each in results) for name in _COUNTED}
    lines: dict[str, object] = {
        "transcribed words found": f"{sums['found']} of {sums['rows']}",
        "numerals in the document" + "s" * (len(results) > 1): sums["numerals"],
        "covered by a row": sums["covered"],
        "set aside with a reason": sums["aside"],
        "neither": sum(len(each.uncovered) for each in results),
    }
    if len(results) > 1:
        read = sum(not each.unread for each in results)
        lines = {"documents looked at": f"{read} of {len(results)}", **lines}
    width = max(map(len, lines))
    return "\n".join(f"{name:{width}}{value:>15}" for name, value in lines.items())
