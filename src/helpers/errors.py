"""What can be wrong, said so that it can be mended: place, found, expected, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, at one place.

    place: file, row and column, or notebook and cell.
    found: the value that stands there.
    expected: what would be right.
    remedy: what to do, as a sentence, where that does not follow from it.
    """

    place: str
    found: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: found {self.found}; expected {self.expected}"
        return f"{text}. {self.remedy}." if self.remedy else text


def quoted(text: str) -> str:
    """A text as it may stand in a message: on one line, short, and with nothing hidden in it."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def listed(words: Iterable[str], most: int = 3) -> str:
    """The first of some words, and how many more there are."""
    words = list(words)
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def nearest(name: str, known: Iterable[str], likeness: float = 0) -> str:
    """The known name that is most like another one; empty where none is as much like it."""
    return next(iter(difflib.get_close_matches(name, list(known), 1, likeness)), "")


# Letters by their category, drawn as nothing (Default_Ignorable_Code_Point).
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def visible(text: str) -> str:
    """A text with all that a terminal or reader would not see, or would obey, written out; line
    ends and tabs stay."""
    return "".join(
        c if c in "\n\t" or (c.isprintable() and c not in BLANK)
        else c.encode("unicode_escape").decode()
        for c in text
    )  # fmt: skip


class AnnexError(Exception):
    """Something that the reader of the message can mend. Holds every problem of the run."""

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))


class DataError(AnnexError):
    """A table, or the description of the tables, is not as it should be."""


class EvidenceError(AnnexError):
    """A number is used as it can't be: without evidence, or with a unit that does not fit."""


class ChartError(AnnexError):
    """A frame does not hold what the chart of it needs."""


class NotebookError(AnnexError):
    """A notebook could not be run or shown."""
