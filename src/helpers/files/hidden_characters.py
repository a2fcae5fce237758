"""Text that can be read as it stands: nothing in it is hidden, or turns what stands beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..errors import BLANK, quoted
from ..limits import CELL_CHARACTERS

_OTHER = re.compile(r"[^\n\t -~\xa0-\xac\xae-\u02ff]")  # what is not seen for sure

SEEN = "text without control, invisible or direction-changing characters"


def unseen(text: str) -> str:
    """The first character that no reader sees, by its number and place (`U+202E, character 3`);
    empty when there is none. Lines and tabs are seen."""
    for match in _OTHER.finditer(text):
        character = match[0]
        blank = unicodedata.category(character) == "Zs"  # of some width, such as no-break space
        if character in BLANK or not (blank or character.isprintable()):
            return f"U+{ord(character):04X}, character {match.start() + 1}"
    return ""


# What pages write out of a descriptor.
_WORDS = {"title", "title_nl", "description", "description_nl", "label", "label_nl"}


def faults(document: object) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the words of a descriptor: where in it (`fields raw.title`), found,
    expected."""
    waiting: list[tuple[str, object]] = [("", document)]
    while waiting:
        where, part = waiting.pop()
        if isinstance(part, str):
            if len(part) > CELL_CHARACTERS:
                yield where, f"{len(part):,} characters", f"at most {CELL_CHARACTERS:,}"
            elif found := unseen(part):
                yield where, quoted(part), f"{SEEN} (here {found})"
        elif where.rpartition(".")[2] in _WORDS:
            yield where, repr(part)[:60], "words"
        elif isinstance(part, dict):
            inside = [(f"{where}.{_short(key)}".lstrip("."), own) for key, own in part.items()]
            waiting += [(f"a name in {where}", key) for key in part] + inside[::-1]
        elif isinstance(part, list):
            inside = [(f"{where} {_called(own, n)}", own) for n, own in enumerate(part, 1)]
            waiting += inside[::-1]


def _called(part: object, number: int) -> str:
    """A table, column or value by its name; anything else by its place in a list."""
    names = (part.get(key) for key in ("name", "value")) if isinstance(part, dict) else ()
    return next((_short(name) for name in names if isinstance(name, str)), str(number))


def _short(name: str) -> str:
    return name if name.isidentifier() and len(name) <= 60 else repr(name[:60])
