"""Detects characters that are invisible or that change the text direction, which would let a text
say something else than its reader sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..errors import INVISIBLE, quoted
from ..limits import CELL_CHARACTERS

_MAYBE_HIDDEN = re.compile(r"[^\n\t -~\xa0-\xac\xae-\u02ff]")  # may be invisible

SEEN = "text without control, invisible or direction-changing characters"


def unseen(text: str) -> str:
    """The first invisible or control character, by code point and position (`U+202E, character 3`);
    empty when there is none. Newlines and tabs are allowed."""
    for match in _MAYBE_HIDDEN.finditer(text):
        character = match[0]
        blank = unicodedata.category(character) == "Zs"  # such as no-break space
        if character in INVISIBLE or not (blank or character.isprintable()):
            return f"U+{ord(character):04X}, character {match.start() + 1}"
    return ""


# Texts of a descriptor that pages print.
_PRINTED = re.compile(r"(title|description|label)(_[a-z]{2,3})?")


def faults(document: object) -> Iterator[tuple[str, str, str]]:
    """Problems of the texts in a descriptor: place (`fields raw.title`), found, expected."""
    pending: list[tuple[str, object]] = [("", document)]
    while pending:
        where, part = pending.pop()
        if isinstance(part, str):
            if len(part) > CELL_CHARACTERS:
                yield where, f"{len(part):,} characters", f"at most {CELL_CHARACTERS:,}"
            elif found := unseen(part):
                yield where, quoted(part), f"{SEEN} (here {found})"
        elif _PRINTED.fullmatch(where.rpartition(".")[2]) and not where.startswith("annex"):
            yield where, repr(part)[:60], "words"
        elif isinstance(part, dict):
            inside = [(f"{where}.{_short(key)}".lstrip("."), own) for key, own in part.items()]
            pending += [(f"a name in {where}", key) for key in part] + inside[::-1]
        elif isinstance(part, list):
            inside = [(f"{where} {_label(own, n)}", own) for n, own in enumerate(part, 1)]
            pending += inside[::-1]


def _label(part: object, number: int) -> str:
    """The name of a table, column or value in a list; for anything else its position."""
    names = (part.get(key) for key in ("name", "value")) if isinstance(part, dict) else ()
    return next((_short(name) for name in names if isinstance(name, str)), str(number))


def _short(name: str) -> str:
    return name if name.isidentifier() and len(name) <= 60 else repr(name[:60])
