"""The sections of the document. A name tells its kind: a summary has no number, a chapter has one,
a section more with full stops between, and an appendix a word before it. What the words are, the
descriptor says in `headings`.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import DataError, Problem
from ..language import Text
from . import descriptor


def headings(data: Path) -> dict[str, dict]:
    """What each kind of section is called: in tables (`name`), in headings of the document
    (`words`), and in a sentence (`label`, `label_nl`).

    Raises `DataError` when the descriptor does not say.
    """
    found = descriptor.properties(data).get("headings")
    if found is None:
        expected = "what a summary, a chapter, a section and an appendix are called"
        raise DataError(Problem(str(data / descriptor.FILE), "no `headings`", expected))
    return found


def kind(name: str) -> str:
    """The kind of a section by its name."""
    if not re.search(r"\d", name):
        return "summary"
    if not name[0].isdigit():
        return "appendix"
    return "section" if "." in name else "chapter"


def number(name: str) -> str:
    """The number in a name of a section; empty for a summary."""
    return re.sub(r"^\D+", "", name)


def named(words: dict[str, dict], name: str) -> bool:
    """Whether a section may be called so. words: as `headings` gives them."""
    figures, word = number(name), words.get(kind(name))
    right = word is not None and re.fullmatch(r"|\d+(\.\d+)*", figures)
    return bool(right) and name == f"{word.get('name', '')} {figures}".strip()


def label(name: str, data: Path | None = None) -> Text:
    """A section of the evaluation by its name, in words."""
    word = headings(data or descriptor.folder())[kind(name)]
    nl, en = (" ".join([word[key], number(name)]).strip() for key in ("label_nl", "label"))
    return Text(f"evaluatie, {nl}", f"evaluation, {en}")
