"""Problems, each with its place, what was found, what was expected and how to fix it; exceptions
that carry them; and functions to format values for messages."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from typing import NamedTuple

# What this package is imported as: `evidence_annex` where its wheel is installed, `helpers` in its
# own repository.
LIBRARY = __name__.partition(".")[0]


class Problem(NamedTuple):
    """One problem, at one place.

    place: file, row and column, or notebook and cell.
    found: the value at that place.
    expected: a description of valid values.
    remedy: a sentence that says how to fix it, if `expected` does not make that obvious.
    """

    place: str
    found: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: found {self.found}; expected {self.expected}"
        return f"{text}. {self.remedy}." if self.remedy else text


def quoted(text: str) -> str:
    """A text quoted for a message: on one line, shortened to 60 characters, and escaped."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def listed(words: Iterable[str], most: int = 3) -> str:
    """The first `most` words, separated by commas, and how many more there are."""
    words = list(words)
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def nearest(name: str, known: Iterable[str], cutoff: float = 0) -> str:
    """The known name most similar to `name`; empty if all similarities are below `cutoff` (0-1)."""
    import difflib  # here, as it is seldom needed and takes long to load

    return next(iter(difflib.get_close_matches(name, list(known), 1, cutoff)), "")


# Characters that Unicode classes as letters or marks but that are drawn as nothing
# (Default_Ignorable_Code_Point), so `str.isprintable` accepts them.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def visible(text: str) -> str:
    """A text with control and invisible characters escaped, so that a terminal shows them and does
    not execute them; newlines and tabs are kept."""
    return "".join(
        c if c in "\n\t" or (c.isprintable() and c not in INVISIBLE)
        else c.encode("unicode_escape").decode()
        for c in text
    )  # fmt: skip


class AnnexError(Exception):
    """An error that the user can fix. Holds every problem of the run."""

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self):  # another process may tell it
        return type(self), (self.problems,)


def mendable(error: BaseException) -> list[Problem]:
    """The problems of an error that users can mend; none for a fault of the program."""
    if isinstance(error, AnnexError):
        return error.problems
    if isinstance(error, SyntaxError):  # in a helper module: in a notebook its cell fails
        place = f"{error.filename}, line {error.lineno}"
        found = f"{error.msg}: {(error.text or '').strip()}"
        return [Problem(place, found, "valid Python")]
    if isinstance(error, OSError):  # a full disk, or a temporary folder that is not writable
        import tempfile  # here, as above

        place = str(error.filename or tempfile.gettempdir()).replace("\n", "\\n")
        expected = "a readable and writable path"
        return [Problem(place, error.strerror or str(error), expected)]
    return []


class DataError(AnnexError):
    """A table, or the descriptor of the tables, is invalid."""


class EvidenceError(AnnexError, TypeError):
    """A number is used without evidence, or with a unit that does not fit. A `TypeError` too, as
    pandas expects of a value that a column can't hold."""


class OverlapWarning(UserWarning):
    """Rows that count the same things are added."""


class ChartError(AnnexError):
    """A frame lacks data that its chart needs."""


class NotebookError(AnnexError):
    """A notebook could not be run or shown."""


def warn_of_overlap(message: str) -> None:
    """Warn, at the line that called this library, through pandas or not, so that a cell that adds
    up the same rows as an earlier one is warned about too."""
    frame, level = sys._getframe(1), 2
    passed = (LIBRARY, "pandas", "numpy")
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] in passed:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, OverlapWarning, stacklevel=level)
