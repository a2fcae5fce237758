"""A copy of the evaluation in sections: from a text file or a PDF, with one answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import headings, layout, pages
from .headings import Heading
from .wording import clean, joined, pattern


@dataclass(frozen=True)
class Section:
    """The text of a section, on one line (see `wording.joined`).

    heading: how much of it is the heading. capitals: the heading's words are in capitals only.
    """

    text: str
    heading: int
    capitals: bool


@dataclass(frozen=True)
class Document:
    """A copy's sections (`Summary`, `5.1.2`, `Appendix 3`), its lines, and how it was read."""

    sections: dict[str, Section]
    lines: Sequence[str]
    notes: Sequence[str]


def read(path: Path, expected: Collection[str] = ()) -> Document:
    """Read a copy. expected: names of sections that it should have.

    Raises `AnnexError` when the file can't be read.
    """
    texts, notes = pages.read(path)
    lines, more = layout.lines(texts)
    sections, rest = cut(lines, expected)
    return Document(sections, lines, [*notes, *more, *rest])


def cut(lines: Sequence[str], expected: Collection[str] = ()) -> tuple[dict, list[str]]:
    """Clean lines cut into sections, and what stands in none of them."""
    lines, notes = list(lines), []
    found = [h for at, line in enumerate(lines) if (h := headings.candidate(line, at))]
    for part in headings.contents(lines, found):
        notes.append(f"set aside as a list of contents: {len(part)} lines")
        found = [heading for heading in found if heading.line not in part]
        lines[part.start : part.stop] = [""] * len(part)
    chosen = headings.chain(lines, [heading for heading in found if not heading.weak])
    if set(expected) - {heading.name for heading in chosen}:
        # The chapters may be numbered without a full stop, as footnotes are.
        chosen = max(chosen, headings.chain(lines, found), key=lambda way: _told(way, expected))
    chosen, again = _without_repeats(lines, found, chosen)
    if again:
        notes.append(f"set aside as headings that are repeated: {again} lines")
    first = chosen[0].line if chosen else len(lines)
    before = sum(bool(line.strip()) for line in lines[:first])
    if before and chosen:
        notes.append(f"before the first heading, not looked at: {before} lines")
    ends = [*(heading.line for heading in chosen[1:]), len(lines)]
    return {h.name: _section(h, lines, end) for h, end in zip(chosen, ends, strict=False)}, notes


def _without_repeats(lines: list[str], found: Sequence[Heading], chosen: Sequence[Heading]):
    """The headings without the page number that a running head adds; the lines that repeat one of
    them are emptied, and counted."""
    alone, again = [], 0
    keys = {heading: headings.key(lines, heading) for heading in found}
    for heading in chosen:
        same = [other for other in found if keys[other] == keys[heading]]
        alone.append(replace(heading, title=min((o.title for o in same), key=len)))
        for other in same:
            if other != heading:
                lines[other.line] = ""
                again += 1
    return alone, again


def _told(chosen: Sequence[Heading], expected: Collection[str]) -> int:
    return len({heading.name for heading in chosen} & set(expected))


def _section(heading: Heading, lines: Sequence[str], end: int) -> Section:
    body = "\n".join(lines[heading.line + 1 : end])
    title = joined(heading.text)
    capitals = bool(re.search(r"[^\W\d_]", heading.title)) and heading.title.isupper()
    return Section(joined(f"{heading.text}\n{body}"), len(title), capitals)


def read_across(document: Document, phrases: Collection[str]) -> list[str]:
    """Words of several that stand nowhere side by side, though each of them stands somewhere."""
    text = joined("\n".join(document.lines))
    words = set(re.findall(r"\w+", text))
    return [
        phrase
        for phrase in phrases
        if len(parts := re.findall(r"\w+", clean(phrase))) > 2
        and words.issuperset(parts)
        and not re.search(pattern(phrase), text)
    ]


def beginning(name: str) -> str:
    """How the line begins that opens a section."""
    return repr({headings.SUMMARY: "Samenvatting"}.get(name, name))


def why_not(name: str, document: Document) -> str:
    """What kept a section from being found, as far as the lines show it; else nothing."""
    number = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\.?\w)", re.IGNORECASE)
    for line in document.lines:
        if (found := headings.candidate(line)) and not found.weak:
            if found.name == name:
                return f"; {line.strip()!r} stands out of order"
        elif match := number.search(line):
            shown = line[max(0, match.start() - 20) : match.end() + 20].strip()
            return f"; only within a line: {shown!r}"
    return ""
