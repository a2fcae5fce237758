"""Reads a copy of the evaluation, text or PDF, and splits it into sections."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import headings, layout, page_files
from .headings import Heading, Words
from .wording import clean, grouped, joined, pattern


@dataclass(frozen=True)
class Section:
    """The text of a section, on one line (see `wording.joined`).

    heading: length of the heading, in characters. capitals: whether the heading is in capitals.
    """

    text: str
    heading: int
    capitals: bool


@dataclass(frozen=True)
class Copy:
    """A copy of a document: its sections by the names that the tables use, one with an empty name
    for a document without; all its lines, notes on how it was read, and what recognises its
    headings."""

    sections: dict[str, Section]
    lines: Sequence[str]
    notes: Sequence[str]
    words: Words


def read(path: Path, words: Words, expected: Collection[str] = ()) -> Copy:
    """Read a copy. expected: names of sections that it should have.

    Raises `AnnexError` when the file can't be read (see `page_files.read`).
    """
    texts, notes = page_files.read(path)
    lines, more = layout.lines(texts, words)
    if not words.sectioned:
        whole = Section(_joined("\n".join(lines), words), 0, False)
        return Copy({"": whole}, lines, [*notes, *more], words)
    sections, rest = cut(lines, words, expected)
    return Copy(sections, lines, [*notes, *more, *rest], words)


def cut(
    lines: Sequence[str], words: Words, expected: Collection[str] = ()
) -> tuple[dict, list[str]]:
    """Split clean lines into sections; notes tell which lines are in none of them."""
    lines, notes = list(lines), []
    found = [h for at, line in enumerate(lines) if (h := words.candidate(line, at))]
    for part in headings.contents(lines, found):
        notes.append(f"set aside as a list of contents: {len(part)} lines")
        found = [heading for heading in found if heading.line not in part]
        lines[part.start : part.stop] = [""] * len(part)
    chosen = headings.chain(lines, [heading for heading in found if not heading.weak])
    if set(expected) - {heading.name for heading in chosen}:
        # Chapters may be numbered without a full stop, so that they look like footnotes.
        ways = chosen, headings.chain(lines, found)
        chosen = max(ways, key=lambda way: len({heading.name for heading in way} & set(expected)))
    chosen, again = _without_repeats(lines, found, chosen)
    if again:
        notes.append(f"set aside as headings that are repeated: {again} lines")
    first = chosen[0].line if chosen else len(lines)
    before = sum(bool(line.strip()) for line in lines[:first])
    if before and chosen:
        notes.append(f"ignored, as they come before the first heading: {before} lines")
    ends = [*(heading.line for heading in chosen[1:]), len(lines)]
    every = zip(chosen, ends, strict=False)
    return {h.name: _section(h, lines, end, words) for h, end in every}, notes


def _without_repeats(lines: list[str], found: Sequence[Heading], chosen: Sequence[Heading]):
    """The chosen headings, each with its shortest title, which has no page number; and the number
    of lines that repeat a heading, as running heads do. These lines are emptied."""
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


def _section(heading: Heading, lines: Sequence[str], end: int, words: Words) -> Section:
    body = "\n".join(lines[heading.line + 1 : end])
    title, text = joined(heading.text), _joined(f"{heading.text}\n{body}", words)
    return Section(text, len(title), heading.title.isupper())


def _joined(text: str, words: Words) -> str:
    """Lines joined; in a language that sets thousands apart by a space such numbers are one."""
    return grouped(joined(text)) if words.spaced else joined(text)


def nowhere(copy: Copy, phrases: Iterable[str]) -> list[str]:
    """The phrases that no part of a copy contains."""
    text = _joined("\n".join(copy.lines), copy.words)
    return [phrase for phrase in dict.fromkeys(phrases) if not re.search(pattern(phrase), text)]


def read_across(copy: Copy, phrases: Collection[str]) -> list[str]:
    """Phrases that begin on one line and continue on the next, with other words in between: the end
    of the first line, or the beginning of the next."""
    text = "\n".join(" ".join(line.split()) for line in copy.lines)
    return [phrase for phrase in phrases if any(re.search(way, text) for way in _broken(phrase))]


def _broken(phrase: str) -> Iterator[str]:
    words = clean(phrase).split()
    for at in range(1, len(words)):
        first, rest = pattern(" ".join(words[:at])), pattern(" ".join(words[at:]))
        yield rf"{first}(?: \S+ \S[^\n]*\n|\n\S+ \S[^\n]* ){rest}"


def why_not(name: str, copy: Copy) -> str:
    """Why a section was not found, for a message; empty when the lines do not show it."""
    for line in copy.lines:
        found = copy.words.candidate(line)
        if found and not found.weak and found.name == name:
            return f"; {line.strip()!r} is out of order"
    return ""
