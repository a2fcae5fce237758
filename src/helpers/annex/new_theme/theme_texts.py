"""The texts of a new theme: its notebook, its row in the table of themes, and its test."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import NamedTuple

import jinja2

from ...language import LANGUAGES, Text
from .starting_rows import StartingRows

_CELL = re.compile(r"^# %% (\w+)\n", re.M)
_ROW = re.compile(r"^\|.*\]\(notebooks/\d.*\|[ \t]*(\r?\n|\Z)", re.M)
_TEST = '''"""The theme {name}: what its page says."""

from helpers import tables

LAST = {key}


def test_the_last_value_of_{name}():
    """The last value of the chart. `annex new theme` copied it: compare it with its source."""
    value = tables.load({table})[{column}][LAST]
    assert (float(value), value.unit) == ({value}, {unit})
'''


class Claims(NamedTuple):
    """The table of the claims, and the value of its column `theme`."""

    table: str
    theme: str


def words_of(name: str) -> str:
    """The name of a theme as words, without figures: `air quality` of `air_quality`."""
    return " ".join(re.findall(r"[^\W\d_]+", name))


def headline(name: str) -> Text:
    """What the front page and the README say of a theme until its author does."""
    words = words_of(name)
    return Text(
        f"Wat de cijfers over {words} laten zien, is [nog te schrijven].",
        f"What the figures on {words} show is [to be written].",
    )


def notebook(name: str, start: StartingRows, claims: Claims | None) -> str:
    """The notebook as a file."""
    template = resources.files(__package__).joinpath("theme.txt.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    text = environment.from_string(template).render(
        words=words_of(name), headline=headline(name), start=start, claims=claims, code=code
    )
    _, *parts = _CELL.split(text)
    cells, counted = [], 0
    for kind, source in zip(parts[::2], parts[1::2], strict=True):
        counted += kind in ("code", LANGUAGES[0])
        cells.append(_cell(kind, source.strip("\n"), counted))
    short = words_of(name).capitalize()
    metadata = {
        "annex": dict.fromkeys(LANGUAGES, short),
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    book = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def _cell(kind: str, source: str, number: int) -> dict:
    lines = source.splitlines(keepends=True)
    if kind == "code":
        return {"cell_type": "code", "execution_count": None, "id": f"code-{number:02}",
                "metadata": {}, "outputs": [], "source": lines}  # fmt: skip
    return {"cell_type": "markdown", "id": f"text-{number:02}-{kind}", "metadata": {"tags": [kind]},
            "source": lines}  # fmt: skip


def with_row(readme: str, name: str, stem: str) -> str:
    """The README with the theme's row below the last of its table of themes; empty if it has no
    such table."""
    rows = list(_ROW.finditer(readme))
    if not rows:
        return ""
    last, own = rows[-1], words_of(name).capitalize()
    line = f"| {own} | {headline(name).en} | [{stem}](notebooks/{stem}.ipynb) |"
    end = last[1] or "\n"
    before = readme[: last.end()] + ("" if last[1] else end)
    return f"{before}{line}{end}{readme[last.end() :]}"


def test(name: str, start: StartingRows) -> str:
    """A test of one value of the theme."""
    value = start.rows[start.column].iloc[-1]
    return _TEST.format(
        name=name, key=code(start.last), table=code(start.table), column=code(start.column),
        value=repr(float(value)), unit=code(value.unit),
    )  # fmt: skip


def code(value: object) -> str:
    """A value as Python, a text between the quotes that the style of the project prefers."""
    if not isinstance(value, str):
        return repr(value.item() if hasattr(value, "item") else value)
    return (
        repr(value) if '"' in value and "'" not in value else json.dumps(value, ensure_ascii=False)
    )
