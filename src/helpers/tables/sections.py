"""The sections of the report. The form of a name gives its kind: no number for the summary, `3` for
a chapter, `3.1` for a section, and a word before the number for an appendix. The descriptor gives
the words for each kind in `headings`.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import DataError, Problem
from ..language import Text, worded
from ..messages import _
from . import descriptor


def headings(data: Path) -> dict[str, dict]:
    """The words for each kind of section: in tables (`name`), in headings of the report (`words`),
    and in sentences (`label`, `label_nl`).

    Raises `DataError` when the descriptor has no `headings`.
    """
    found = descriptor.properties(data).get("headings")
    if found is None:
        expected = "what a summary, a chapter, a section and an appendix are called"
        raise DataError(Problem(str(data / descriptor.FILE), "no `headings`", expected))
    return found


def kind(name: str) -> str:
    """The kind of a section by its name: `summary`, `chapter`, `section` or `appendix`."""
    if not re.search(r"\d", name):
        return "summary"
    if not name[0].isdigit():
        return "appendix"
    return "section" if "." in name else "chapter"


def number(name: str) -> str:
    """The number in the name of a section; empty for a summary."""
    return re.sub(r"^\D+", "", name)


def named(words: dict[str, dict], name: str) -> bool:
    """Whether the name of a section is valid. words: from `headings`."""
    figures, word = number(name), words.get(kind(name))
    if word is None or not re.fullmatch(r"|\d+(\.\d+)*", figures):
        return False
    return name == f"{word.get('name', '')} {figures}".strip()


def label(name: str, data: Path | None = None) -> Text:
    """The label of a section of the evaluation by its name, for citing it.

    >>> tables.section("5.1.2").en
    'evaluation, section 5.1.2'
    """
    word = headings(descriptor.folder(data))[kind(name)]
    place = worded(word, "label").map(lambda words: f"{words} {number(name)}".strip())
    return _("evaluation, {}").format(place)
