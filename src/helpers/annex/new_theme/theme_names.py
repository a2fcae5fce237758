"""What a new theme is called: its notebook, its short name in the menu, and the words for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...errors import AnnexError, NotebookError, Problem
from ...language import Text
from ...limits import TITLE_CHARACTERS
from ...messages import _
from ..plan.plan import numbered
from ..run import notebook_files

_PLACE = "annex new theme"


@dataclass(frozen=True)
class ThemeNames:
    """name: as given. stem: of its notebook. words: in titles and sentences, which have no figures.
    short: for the menu."""

    name: str
    stem: str
    words: str
    short: Text

    @property
    def title(self) -> Text:
        """The question at the head of its notebook."""
        return _title(self.words)


def choose(root: Path, name: str) -> ThemeNames:
    """The names of a theme in a project.

    Raises `AnnexError` for a name that is invalid or taken."""
    if not re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII):
        expected = "letters (a to z), digits and underscores, a letter first"
        raise AnnexError(Problem(_PLACE, repr(name), expected, "Such as air_quality"))
    paths = numbered(root / "notebooks")
    parts = {path: re.match(r"(\d+)_?(.*)", path.stem, re.S) for path in paths}
    for path, part in parts.items():
        if part and part[2].lower() == name.lower():
            found = f"the theme {name!r}, which is there: notebooks/{path.name}"
            raise AnnexError(Problem(_PLACE, found, "a new name"))
    words = " ".join(re.findall(r"[^\W\d_]+", name))
    used = {title: path.name for path in paths for title in _used(path)}
    first = words.capitalize()
    short = Text.same(first)
    if any(each.casefold() in used for each in short):
        short = _("{}, new").format(first)
    if long := [each for each in _title(words) if len(each) > TITLE_CHARACTERS]:
        found, expected = f"the title {long[0]!r}", f"at most {TITLE_CHARACTERS} characters"
        raise AnnexError(Problem(_PLACE, found, expected, "Choose a shorter name"))
    for each in (*_title(words), *short):
        if other := used.get(each.casefold()):
            found = f"{each!r}, as in {other}"
            expected = "a name with words of its own, as titles have no figures"
            raise AnnexError(Problem(_PLACE, found, expected))
    return ThemeNames(name, _stem(root, name, [part[1] for part in parts.values() if part]), words,
                      short)  # fmt: skip


def _title(words: str) -> Text:
    return _("What do the figures on {} show?").format(words)


def _used(path: Path) -> Iterator[str]:
    """The short names and titles of a notebook, without capitals."""
    book = notebook_files.document(path)
    names = book["metadata"].get("annex")
    if isinstance(names, dict):
        yield from (str(each).casefold() for each in names.values())
    for cell in book["cells"]:
        yield from (line.casefold() for line in re.findall(r"^# (.+)", cell["source"], re.M))


def _stem(root: Path, name: str, numbers: list[str]) -> str:
    """The number after the last one, and the name."""
    wide = max(map(len, numbers), default=2)
    number = max(map(int, numbers), default=0) + 1
    if len(str(number)) > wide:
        found = f"a notebook with the number {max(numbers)}"
        remedy = "Give all notebooks a number of one digit more"
        raise NotebookError(Problem(str(root / "notebooks"), found, "a number after it", remedy))
    return f"{number:0{wide}}_{name}"
