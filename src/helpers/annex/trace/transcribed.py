"""The cells that were transcribed from the documents, and the rules that set numerals aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ... import language
from ...errors import DataError
from ...tables import descriptor, frames, required_columns, roles
from ...tables.roles import Role
from ...tables.sections import Places
from . import wording
from .source_text import Copy, Section


@dataclass(frozen=True)
class Printed:
    """A transcribed cell: words that should be in a document. section: of it, empty for anywhere in
    it. figures: whether the cell covers the numerals in the words; if not, these need another row
    or a rule."""

    file: str
    row: str
    document: str
    section: str
    words: str
    footnote: str
    figures: bool

    def within(self, copy: Copy) -> dict[str, list[tuple[int, int]]]:
        """The spans of the words in the section, or in each section of a copy, by its name; a
        section that the copy does not have is left out."""
        wanted = [self.section] if self.section else list(copy.sections)
        return {name: self.places(copy.sections[name]) for name in wanted if name in copy.sections}

    def places(self, section: Section) -> list[tuple[int, int]]:
        """The spans of the words in a section. A heading in capitals is searched ignoring case."""
        pattern = wording.pattern(self.words, [mark for mark in self.footnote.split(";") if mark])
        found = [*re.finditer(pattern, section.text)]
        if section.capitals:
            found += re.finditer(pattern, section.text[: section.heading], re.IGNORECASE)
        return [match.span() for match in found]


@dataclass(frozen=True)
class Rule:
    """A rule that sets numerals aside. document, section: where, empty for everywhere."""

    id: str
    document: str
    section: str
    pattern: re.Pattern

    def holds_in(self, document: str, section: str) -> bool:
        """Whether the rule is one for a section of a document."""
        return self.document in ("", document) and self.section in ("", section)


def cells(data: Path) -> Iterator[Printed]:
    """Every cell of the columns in `annex.traced` that has words, and whose row cites a document; a
    row that cites a publication besides has its words from there."""
    tables, places = descriptor.read(data), Places(data)
    for name, traced in descriptor.traced(data).items():
        frame, file = frames.load(name, data), Path(tables[name]["path"]).name
        rows = frame.to_dict("records")
        for row, place in zip(rows, places.of(frame), strict=True):
            if not place or not language.is_missing(row.get("source")):
                continue
            document, section = places.split(place)
            note = row["footnote"] if isinstance(row.get("footnote"), str) else ""
            for column, kind in traced.items():
                if not language.is_missing(words := row[column]):
                    yield Printed(
                        file, str(row[frame.columns[0]]), document.name,
                        section if document.headings else "", words, note, kind == "figures",
                    )  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """All rules. file: that has them; empty without such a table. used: the ids of those that have
    set something aside so far."""

    file: str = ""
    every: Sequence[Rule] = ()
    used: set[str] = field(default_factory=set)


def rules(data: Path) -> Rules:
    """The rules that set numerals aside."""
    resources = descriptor.read(data)
    name = roles.tables(data).get(Role.SET_ASIDE)
    if name is None:
        return Rules()
    if found := required_columns.of_table(resources[name], data):
        raise DataError(found)
    every = [
        Rule(row["id"], _cell(row, "document"), _cell(row, "section"), re.compile(row["pattern"]))
        for row in frames.load(name, data).to_dict("records")
    ]
    return Rules(Path(resources[name]["path"]).name, every)


def _cell(row: dict, column: str) -> str:
    return "" if language.is_missing(row.get(column)) else str(row[column])
