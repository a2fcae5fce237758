"""The texts of a new theme: its notebook, its row in the table of themes, and its test."""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import LIBRARY
from ...language import Text, languages, text
from ...messages import UNWRITTEN, _
from . import begun_words
from .book_text import book, code, template
from .starting_rows import StartingRows
from .theme_names import ThemeNames

_ROW = re.compile(r"^\|.*\]\(notebooks/\d.*\|[ \t]*(\r?\n|\Z)", re.M)
_TEST = '''"""The theme {name}: what its page says."""

from {library} import tables

LAST = {key}


def test_the_last_value_of_{name}():
    """The last value of the chart. `annex new theme` copied it: compare it with its source."""
    value = tables.load({table})[{column}][LAST]
    assert (float(value), value.unit) == ({value}, {unit})
'''


def headline(words: str) -> Text:
    """What the front page and the README say of a theme until its author does."""
    return _("What the figures on {} show is {}.").format(words, UNWRITTEN)


def notebook(names: ThemeNames, start: StartingRows, claims: str, data: Path) -> str:
    """The notebook as a file. claims: the table with claims of the theme, empty if none has."""
    documents = begun_words.documents(data)
    value = _("The value of each year")
    source = template("theme.txt.j2").render(
        names=names,
        headline=headline(names.words),
        start=start,
        claims=claims,
        library=LIBRARY,
        languages=languages(),
        w=begun_words.words(),
        serves=begun_words.serves(data),
        in_table=_("The figures are in the table ‘{}’ of this annex.").format(start.title),
        used=begun_words.USED,
        caption=(_("{}: {}.").format(value, start.about) if any(start.about)
                 else value.map("{}.".format)),
        value=_("Value, {}").format(start.unit),
        which=_("Which statements of the {} are about this?").format(documents),
        within=_("Within the {}").format(documents),
    )  # fmt: skip
    return book(source, names.short)


def with_row(readme: str, names: ThemeNames) -> str:
    """The README with the theme's row below the last of its table of themes; empty if it has no
    such table."""
    rows = list(_ROW.finditer(readme))
    if not rows:
        return ""
    last, stem = rows[-1], names.stem
    said = text(headline(names.words))
    line = f"| {text(names.short)} | {said} | [{stem}](notebooks/{stem}.ipynb) |"
    end = last[1] or "\n"
    before = readme[: last.end()] + ("" if last[1] else end)
    return f"{before}{line}{end}{readme[last.end() :]}"


def test(name: str, start: StartingRows) -> str:
    """A test of one value of the theme."""
    value = start.rows[start.column].iloc[-1]
    return _TEST.format(
        library=LIBRARY, name=name, key=code(start.last), table=code(start.table),
        column=code(start.column), value=repr(float(value)), unit=code(value.unit),
    )  # fmt: skip
