"""A copy of the evaluation in sections: from a text file or a PDF, with one answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import headings, layout, page_files
from .headings import Heading, Words
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
    """A copy's sections by the names that tables have for them, its lines, how it was read, and
    what its headings begin with."""

    sections: dict[str, Section]
    lines: Sequence[str]
    notes: Sequence[str]
    words: Words


def read(path: Path, words: Words, expected: Collection[str] = ()) -> Document:
    """Read a copy. expected: names of sections that it should have.

    Raises `AnnexError` when the file can't be read.
    """
    texts, notes = page_files.read(path)
    lines, more = layout.lines(texts, words)
    sections, rest = cut(lines, words, expected)
    return Document(sections, lines, [*notes, *more, *rest], words)


def cut(
    lines: Sequence[str], words: Words, expected: Collection[str] = ()
) -> tuple[dict, list[str]]:
    """Clean lines cut into sections, and what stands in none of them."""
    lines, notes = list(lines), []
    found = [h for at, line in enumerate(lines) if (h := words.candidate(line, at))]
    for part in headings.contents(lines, found):
        notes.append(f"set aside as a list of contents: {len(part)} lines")
        found = [heading for heading in found if heading.line not in part]
        lines[part.start : part.stop] = [""] * len(part)
    chosen = headings.chain(lines, [heading for heading in found if not heading.weak])
    if set(expected) - {heading.name for heading in chosen}:
        # The chapters may be numbered without a full stop, as footnotes are.
        ways = chosen, headings.chain(lines, found)
        chosen = max(ways, key=lambda way: len({heading.name for heading in way} & set(expected)))
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


def _section(heading: Heading, lines: Sequence[str], end: int) -> Section:
    body = "\n".join(lines[heading.line + 1 : end])
    title = joined(heading.text)
    capitals = bool(re.search(r"[^\W\d_]", heading.title)) and heading.title.isupper()
    return Section(joined(f"{heading.text}\n{body}"), len(title), capitals)


def nowhere(document: Document, phrases: Iterable[str]) -> list[str]:
    """Which phrases stand in no part of a copy."""
    text = joined("\n".join(document.lines))
    return [phrase for phrase in dict.fromkeys(phrases) if not re.search(pattern(phrase), text)]


def read_across(document: Document, phrases: Collection[str]) -> list[str]:
    """Phrases that begin in one line and go on in the next, with words of another text between:
    the rest of the line, or the beginning of the next."""
    text = "\n".join(" ".join(line.split()) for line in document.lines)
    return [phrase for phrase in phrases if any(re.search(way, text) for way in _broken(phrase))]


def _broken(phrase: str) -> Iterator[str]:
    words = clean(phrase).split()
    for at in range(1, len(words)):
        first, rest = pattern(" ".join(words[:at])), pattern(" ".join(words[at:]))
        yield rf"{first}(?: \S+ \S[^\n]*\n|\n\S+ \S[^\n]* ){rest}"


def why_not(name: str, document: Document) -> str:
    """What kept a section from being found, as far as the lines show it; else nothing."""
    for line in document.lines:
        found = document.words.candidate(line)
        if found and not found.weak and found.name == name:
            return f"; {line.strip()!r} stands out of order"
    return ""
