"""Finds the headings of a copy: lines that look like one, in the order of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...numerals.notation import is_language, notation
from ...tables import sections
from . import heading_words

# Markdown around a heading or around an entry of the table of contents.
_MARKUP = re.compile(
    r"^[\s>]*(?:[-*+•]\s+)?\[?#{0,6}\s*[*_]{0,3}\s*|(?:\]\(.*\))?\s*[*_]{0,3}\s*#*\s*$"
)
_LEADERS = re.compile(r"(?<![\s.·_])[\s.·_]+\d{1,3}$")
CAPITAL = "[A-Z\u00c0-\u00de]"
_WORDED = ("summary", "appendix")  # their headings begin with a word, others with a number
_MARK = r"(\d{1,2}|(?-i:[A-Z]|[IVXL]{2,5}))"  # Annex 1, Annex B, Annexe II
_AFTER = rf"\s+{_MARK}(?:\s*[:.\-]\s*|\s+(?=[«\"']?\s?(?-i:{CAPITAL}))|$)(.*)"
_NUMBERED = re.compile(r"(?:§\s*)?(\d{1,2}(?:\.\d{1,2}){0,3})(\.|\b(?!\.))(?:\s+(\S.*)|$)")
_LAST = 100  # no chapter has a higher number
_FIRST_APPENDIX = _LAST + 1
_LATER = 10  # a chapter from which on a number may rather be that of a note or a day


@dataclass(frozen=True)
class Heading:
    """A line that looks like a heading. weak: it may also be a footnote or a line of text."""

    line: int
    name: str
    title: str
    weak: bool

    @property
    def text(self) -> str:
        """The heading as the tables of `data/` write it."""
        kind = sections.kind(self.name)
        if kind == "summary":
            return self.title
        return f"{self.name}{':' if kind == 'appendix' else '.'} {self.title}"


def place(name: str) -> tuple[int, ...]:
    """Sort key of a section's name, in the order of the document; appendices come last."""
    marks = re.findall(r"\d+|[A-Z]+$", sections.number(name)) or ["0"]
    numbers = [heading_words.order(mark) for mark in marks]
    return (numbers[0] + _LAST * (sections.kind(name) == "appendix"), *numbers[1:])


class Words:
    """Recognises headings by the words that they begin with, and names their sections.

    kinds: the `headings` of a document, empty for one without numbered sections. lang: its
    language, whose usual words are taken for a kind that gives none.
    """

    def __init__(self, kinds: Mapping[str, dict], lang: str = ""):
        self._kinds, self._lang = kinds, lang
        self._summary = re.compile(rf"{self._any('summary')}\b", re.I)
        self._appendix = re.compile(f"{self._any('appendix')}{_AFTER}", re.I)
        self._chapter = re.compile(f"{self._any('chapter')}{_AFTER}", re.I)

    @property
    def sectioned(self) -> bool:
        """Whether the document has sections."""
        return bool(self._kinds)

    @property
    def spaced(self) -> bool:
        """Whether the language sets thousands apart by a space."""
        return is_language(self._lang) and notation(self._lang).groups[0] == " "

    def _words(self, kind: str) -> Sequence[str]:
        if kind not in self._kinds:
            return ()
        return self._kinds[kind].get("words") or heading_words.words(kind, self._lang)

    def _any(self, kind: str) -> str:
        words = self._words(kind)
        return f"(?:{'|'.join(map(re.escape, words))})" if words else "(?!)"

    def _name(self, kind: str) -> str:
        return self._kinds[kind].get("name", "")

    def beginning(self, name: str) -> str:
        """How the heading of a section begins, for a message."""
        kind = sections.kind(name)
        words = self._words(kind) if kind in _WORDED else []
        return f"{words[0].capitalize()} {sections.number(name)}".strip() if words else name

    def candidate(self, line: str, at: int = 0) -> Heading | None:
        """The heading that a line (see `wording.clean`) looks like, if any. at: its index."""
        bare = _MARKUP.sub("", line) if len(line) < 300 else line.strip()
        marked = bare != line.strip()
        if match := self._summary.match(bare):
            more_words = re.search(r"[^\W\d_]", bare[match.end() :])
            return Heading(at, self._name("summary"), bare, not marked and bool(more_words))
        if match := self._appendix.match(bare):
            return Heading(at, f"{self._name('appendix')} {match[1]}", match[2].strip(), False)
        if match := self._chapter.match(bare):
            return Heading(at, str(heading_words.order(match[1])), match[2].strip(), False)
        match = _NUMBERED.match(bare)
        if match and match[3] and heading_words.is_date(match[3], self._lang):
            return None
        if match and not match[3] and re.fullmatch(r"\d\d", match[0].strip()):
            return None  # rather the number of a page
        if not match or not ((match[2] and match[3]) or _is_title(match[3])):
            return None
        weak = not marked and "." not in match[1] and not (match[2] and match[3])
        return Heading(at, match[1], (match[3] or "").strip(), weak)


def _is_title(text: str | None) -> bool:
    """Whether the text after a number without a full stop may be a title: it has a capital."""
    return not text or text.lstrip("'\"*_")[:1].isupper()


def contents(lines: Sequence[str], found: Sequence[Heading]) -> list[range]:
    """The lines of tables of contents: headings close together that all occur again later."""
    # Only the beginnings of titles are compared: a table of contents may wrap a long one.
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
    """A key that is equal for lines that repeat one heading, whatever their markup and spaces."""
    after = (line for line in lines[heading.line + 1 : heading.line + 3] if line.strip())
    title = _LEADERS.sub("", heading.title) or next(after, "")
    return heading.name, re.sub(r"\W", "", title).casefold()


def _whole(lines: Sequence[str], run: Sequence[Heading]) -> range:
    """The lines of a table of contents, with its own heading and the rest of its last entry."""
    start, end = run[0].line, run[-1].line + 1
    numbered = sum(bool(_LEADERS.search(lines[heading.line])) for heading in run)
    if 2 * numbered > len(run) and not _LEADERS.search(lines[end - 1]):
        end += 1  # the last title is wrapped
    end += "".join(lines[end : end + 1]).strip().isdigit()  # its page number
    own = heading_words.contents()
    above = [at for at in range(max(0, start - 3), start) if own.match(lines[at])]
    return range(above[0] if above else start, end)


def chain(lines: Sequence[str], found: Sequence[Heading]) -> list[Heading]:
    """The longest subsequence of headings whose numbers ascend as those of a document do.

    Of equally good lines with the same number the last is chosen, as footnotes come before the
    heading; of those that also have the same title the first, as running heads come after it.
    """
    keys = [key(lines, heading) for heading in found]
    best: list[tuple[float, int | None]] = [(0, None)] * len(found)
    for at in reversed(range(len(found))):
        score, after = _best(found, keys, best, at)
        best[at] = (1 + score, after)
    step = _best(found, keys, best, -1)[1]
    chosen = []
    while step is not None:
        chosen.append(found[step])
        step = best[step][1]
    return chosen


def _best(
    found: Sequence[Heading], keys: Sequence, best: list, at: int
) -> tuple[float, int | None]:
    """Score and index of the best heading to follow the one at `at`; `None` when none may. best:
    the same for all later headings. at: -1 for the beginning of the document."""
    last = place(found[at].name) if at >= 0 else (-1,)
    score, chosen = 0.0, None
    for other in range(at + 1, len(found)):
        worth = best[other][0] - _penalty(last, place(found[other].name))
        other_title = (
            chosen is not None
            and keys[chosen] != keys[other]
            and found[chosen].name == found[other].name
        )
        if worth > score or (other_title and worth == score):
            score, chosen = worth, other
    return score, chosen


def _penalty(last: tuple[int, ...], place: tuple[int, ...]) -> float:
    """The penalty of `place` after `last`: 0 for the next chapter or a later section of the same
    one, 0.5 when a chapter is skipped, 1 when the number is also of two digits, and 1000 (never
    chosen) when it does not ascend."""
    if place[0] == last[0]:
        return 0 if len(place) > 1 and place > last else 1000
    if place[0] < last[0]:
        return 1000
    if len(place) == 1 and (place[0] == last[0] + 1 or place[0] == _FIRST_APPENDIX):
        return 0
    return 1 if _LATER <= place[0] < _FIRST_APPENDIX else 0.5
