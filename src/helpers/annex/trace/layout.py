"""Removes running heads and feet from the pages of a copy, and puts columns in order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from .headings import Words
from .wording import clean

_EDGE = 3  # lines at the top or bottom of a page that may be a running head or foot
_LEAST, _WINDOW = 3, 5  # a running head is on at least 3 pages of 5 consecutive ones
_PAGE = range(15, 121)  # how many lines a page may have, for page numbers to be known
_QUOTED = re.compile(r"\s*(?:> ?)+")  # as in a reply to an e-mail, or in Markdown
_LONGEST, _WIDEST = 120, 400  # maximum lines of a page in columns, and characters per line


def lines(pages: list[str], words: Words) -> tuple[list[str], list[str]]:
    """The lines of the text without running heads and feet, columns one after the other; and notes
    on what was removed or could not be recognised.

    pages: the text of each page.
    """
    cleaned = [[clean(line).rstrip() for line in page.splitlines()] for page in pages]
    full = [line for page in cleaned for line in page if line]
    notes = []
    if 2 * (quoted := sum(bool(_QUOTED.match(line)) for line in full)) > len(full):
        notes.append(f"read without the '>' before {quoted} lines")
        cleaned = [[_QUOTED.sub("", line) for line in page] for page in cleaned]
    if len(cleaned) == 1:
        cleaned = _split(cleaned[0], words)
    aside = _running(cleaned, words)
    kept: list[str] = []
    columns = 0
    if aside:
        texts = list(dict.fromkeys(text.strip() for text in aside.values()))
        shown = ", ".join(map(repr, texts[:3]))
        notes.append(f"set aside as running heads and feet: {len(aside)} lines, such as {shown}")
    for number, page in enumerate(cleaned):
        page = [line for at, line in enumerate(page) if (number, at) not in aside]
        gap = gutter(page)
        if gap is not None and len(page) > _LONGEST:
            notes.append(
                "the text is in two columns, and nothing shows where a page ends: the columns "
                "were not read one after the other; a copy with form feeds between pages can be"
            )
            gap = None
        columns += gap is not None
        kept += page if gap is None else _in_order(page, gap)
    if columns:
        notes.append(f"read as two columns: {columns} pages")
    return kept, notes


def _split(page: list[str], words: Words) -> list[list[str]]:
    """Split text without form feeds into pages, after lines with ascending page numbers."""
    counted: dict[tuple, dict[int, list[int]]] = defaultdict(dict)  # chains, by their last number
    best: list[int] = []
    for at, line in enumerate(page):
        heading = words.candidate(line)
        if len(line) > 60 or (heading and not heading.title and not line.strip().isdigit()):
            continue  # a line of text, or the number of a heading without its title
        for shape, number in _numbers(line):
            chains = counted[shape]
            before = chains.get(number - 1, [])
            chains[number] = [*before, at] if before and at - before[-1] in _PAGE else [at]
            best = max(best, chains[number], key=len)
    if len(best) < _LEAST or (len(best) + 3) * _PAGE.stop < len(page):
        return [page]
    starts = [0, *(at + 1 for at in best)]
    return [page[a:b] for a, b in zip(starts, [*starts[1:], len(page)], strict=True)]


def _numbers(line: str) -> Iterator[tuple[tuple, int]]:
    """Each number in a line, with the line's text without numbers and the index of the number."""
    shape = re.sub(r"\d+", "#", line.strip().casefold())
    for place, match in enumerate(re.finditer(r"(?<!\w)\d{1,3}(?!\w)", line)):
        yield (shape, place), int(match[0])


def _running(pages: list[list[str]], words: Words) -> dict[tuple[int, int], str]:
    """The running heads and feet, by page and line: lines that recur on nearby pages, the same or
    with a number that ascends with the pages. The first of those that may be a heading is kept."""
    seen: dict[tuple, list[int]] = defaultdict(list)
    edges = []
    for number, page in enumerate(pages):
        full = [at for at, line in enumerate(page) if line.strip()]
        for at in dict.fromkeys([*full[:_EDGE], *full[-_EDGE:]]):
            keys = _keys(page[at], number, words)
            edges.append((number, at, keys))
            for key in keys:
                if number not in seen[key][-1:]:
                    seen[key].append(number)
    often = {key for key, numbers in seen.items() if _is_often(numbers)}
    aside, first = {}, set()
    for number, at, keys in edges:
        line = pages[number][at]
        if not often.intersection(keys):
            continue
        if keys[0] in often and words.candidate(line) and line not in first:
            first.add(line)
        else:
            aside[number, at] = line
    return aside


def _keys(line: str, page: int, words: Words) -> list[tuple]:
    text = line.strip().casefold()
    heading = words.candidate(line)
    moving = [] if heading and not heading.weak else _numbers(line)
    same = ("same", text) if re.search(r"[^\W\d_]", text) else ("only figures", page)
    return [same, *((*shape, number - page) for shape, number in moving)]


def _is_often(numbers: list[int]) -> bool:
    return any(b - a < _WINDOW for a, b in zip(numbers, numbers[_LEAST - 1 :], strict=False))


def gutter(page: list[str]) -> int | None:
    """Where the right column of a page in two columns begins, in characters; else `None`."""
    full = [line for line in page if line.strip()]
    width = max(map(len, full), default=0)
    if width > _WIDEST:
        return None  # a paragraph on each line
    best = (0, 0)
    for at in range(int(width * 0.3), int(width * 0.7)):
        white = [line for line in full if not line[at - 2 : at].strip()]
        if len(white) < 0.85 * len(full):
            continue
        wordy = sum(len(line[:at].split()) > 2 < len(line[at:].split()) for line in white)
        if wordy >= max(4, 0.4 * len(full)):
            best = max(best, (len(white), at))
    return best[1] or None


def _in_order(page: list[str], gutter: int) -> Iterator[str]:
    """The lines of the left column, then of the right; a line across the gutter ends both."""
    right: list[str] = []
    for line in page:
        if line[gutter - 2 : gutter].strip():
            yield from right
            right = []
            yield line
        else:
            yield line[:gutter].rstrip()
            right.append(line[gutter:])
    yield from right
