"""The headings of a copy: which lines look like one, and which of them number the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...tables import sections

_CONTENTS = re.compile(r"[\W_]*(?:inhoud|(?:table of )?contents)", re.I)
# Markdown around a heading, or around an entry of a list of contents.
_MARKUP = re.compile(
    r"^[\s>]*(?:[-*+•]\s+)?\[?#{0,6}\s*[*_]{0,3}\s*|(?:\]\(.*\))?\s*[*_]{0,3}\s*#*\s*$"
)
_LEADERS = re.compile(r"(?<![\s.·_])[\s.·_]+\d{1,3}$")
_WORDED = ("summary", "appendix")  # begin with a word; others with a number, most often
_AFTER = r"\s+(\d)(?:\s*[:.\-]\s*|\s+(?=(?-i:[A-Z]))|$)(.*)"
_NUMBERED = re.compile(r"(?:§\s*)?(\d(?:\.\d{1,2}){0,3})(\.|\b(?!\.))(?:\s+(\S.*)|$)")


@dataclass(frozen=True)
class Heading:
    """A line that looks like a heading. weak: it may as well be a footnote or a line of text."""

    line: int
    name: str
    title: str
    weak: bool

    @property
    def text(self) -> str:
        """The heading as the tables write it."""
        kind = sections.kind(self.name)
        if kind == "summary":
            return self.title
        return f"{self.name}{':' if kind == 'appendix' else '.'} {self.title}"


def place(name: str) -> tuple[int, ...]:
    """Where a section comes in the order of the document."""
    numbers = [int(figures) for figures in re.findall(r"\d+", name)] or [0]
    return (numbers[0] + 100 * (sections.kind(name) == "appendix"), *numbers[1:])


class Words:
    """The words that headings of a document begin with, and what its tables call those sections."""

    def __init__(self, kinds: dict[str, dict]):
        """kinds: as `sections.headings` gives them."""
        self._kinds = kinds
        self._summary = re.compile(rf"{self._any('summary')}\b", re.I)
        self._appendix = re.compile(f"{self._any('appendix')}{_AFTER}", re.I)
        self._chapter = re.compile(f"{self._any('chapter')}{_AFTER}", re.I)

    def _any(self, kind: str) -> str:
        words = self._kinds.get(kind, {}).get("words", [])
        return f"(?:{'|'.join(map(re.escape, words))})" if words else "(?!)"

    def _name(self, kind: str) -> str:
        return self._kinds[kind].get("name", "")

    def beginning(self, name: str) -> str:
        """What the heading of a section begins with."""
        kind = sections.kind(name)
        words = self._kinds.get(kind, {}).get("words", []) if kind in _WORDED else []
        return f"{words[0].capitalize()} {sections.number(name)}".strip() if words else name

    def candidate(self, line: str, at: int = 0) -> Heading | None:
        """The heading that a clean line looks like."""
        bare = _MARKUP.sub("", line) if len(line) < 300 else line.strip()
        marked = bare != line.strip()
        if match := self._summary.match(bare):
            goes_on = re.search(r"[^\W\d_]", bare[match.end() :])
            return Heading(at, self._name("summary"), bare, not marked and bool(goes_on))
        if match := self._appendix.match(bare):
            return Heading(at, f"{self._name('appendix')} {match[1]}", match[2].strip(), False)
        if match := self._chapter.match(bare):
            return Heading(at, match[1], match[2].strip(), False)
        match = _NUMBERED.match(bare)
        if not match or not ((match[2] and match[3]) or _is_title(match[3])):
            return None
        weak = not marked and "." not in match[1] and not (match[2] and match[3])
        return Heading(at, match[1], (match[3] or "").strip(), weak)


def _is_title(text: str | None) -> bool:
    """Whether what follows a number without a full stop may be a title: it has a capital."""
    return not text or text.lstrip("'\"*_")[:1].isupper()


def contents(lines: Sequence[str], found: Sequence[Heading]) -> list[range]:
    """Where lists of contents stand: headings close together that all come once more later on."""
    # The beginnings of titles: in a list of contents a long one goes over a line end.
    starts = [(heading.name, key(lines, heading)[1][:12]) for heading in found]
    last = dict(zip(starts, found, strict=True))
    runs: list[list[Heading]] = [[]]
    for start, heading in zip(starts, found, strict=True):
        run = runs[-1]
        if last[start] == heading:
            runs.append([])
        elif not run or heading.line - run[-1].line <= 3:
            run.append(heading)
        else:
            runs.append([heading])
    return [_whole(lines, run) for run in runs if len(run) > 2]


def key(lines: Sequence[str], heading: Heading) -> tuple[str, str]:
    """What two lines have in common that are the same heading, in any form."""
    after = (line for line in lines[heading.line + 1 : heading.line + 3] if line.strip())
    title = _LEADERS.sub("", heading.title) or next(after, "")
    return heading.name, re.sub(r"\W", "", title).casefold()


def _whole(lines: Sequence[str], run: Sequence[Heading]) -> range:
    """A list of contents with its own heading, and the rest of its last entry."""
    start, end = run[0].line, run[-1].line + 1
    numbered = sum(bool(_LEADERS.search(lines[heading.line])) for heading in run)
    if 2 * numbered > len(run) and not _LEADERS.search(lines[end - 1]):
        end += 1  # the last title goes over a line end
    end += "".join(lines[end : end + 1]).strip().isdigit()  # its page number
    above = [at for at in range(max(0, start - 3), start) if _CONTENTS.match(lines[at])]
    return range(above[0] if above else start, end)


def chain(lines: Sequence[str], found: Sequence[Heading]) -> list[Heading]:
    """The longest run of headings in the order in which a document numbers them.

    Of lines with the same number that serve equally well, the last, as footnotes come before the
    heading; of those with the same title, the first, as running heads come after it.
    """
    keys = [key(lines, heading) for heading in found]
    best: list[tuple[float, int | None]] = [(0, None)] * len(found)
    for at in reversed(range(len(found))):
        score, after = _best(found, keys, best, at)
        best[at] = (1 + score, after)
    at = _best(found, keys, best, -1)[1]
    chosen = []
    while at is not None:
        chosen.append(found[at])
        at = best[at][1]
    return chosen


def _best(
    found: Sequence[Heading], keys: Sequence, best: list, at: int
) -> tuple[float, int | None]:
    last = place(found[at].name) if at >= 0 else (-1,)
    score, chosen = 0.0, None
    for other in range(at + 1, len(found)):
        worth = best[other][0] - _skipped(last, place(found[other].name))
        other_title = (
            chosen is not None
            and keys[chosen] != keys[other]
            and found[chosen].name == found[other].name
        )
        if worth > score or (other_title and worth == score):
            score, chosen = worth, other
    return score, chosen


def _skipped(last: tuple[int, ...], place: tuple[int, ...]) -> float:
    """What it costs to take one heading after another: nothing for the next chapter or a part of
    this one further on, a half where a chapter is passed over, too much for what goes back."""
    if place[0] == last[0]:
        return 0 if len(place) > 1 and place > last else 1000
    if place[0] < last[0]:
        return 1000
    return 0 if len(place) == 1 and (place[0] == last[0] + 1 or place[0] == 101) else 0.5
