"""The texts of a new theme: its notebook, its row in the table of themes, and its test."""

from __future__ import annotations

import json
import re
from importlib import resources

import jinja2
import nbformat
from nbformat import v4

from ...errors import LIBRARY
from ...language import Text, languages
from ...messages import _
from ..run.notebook_rules import UNWRITTEN
from .starting_rows import StartingRows
from .theme_names import ThemeNames

_CELL = re.compile(r"^# %% (\w+)\n", re.M)
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


def notebook(names: ThemeNames, start: StartingRows, claims: str) -> str:
    """The notebook as a file. claims: the table with claims of the theme, empty if none has."""
    template = resources.files(__package__).joinpath("theme.txt.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    text = environment.from_string(template).render(
        names=names,
        headline=headline(names.words),
        start=start,
        claims=claims,
        code=code,
        library=LIBRARY,
        unwritten=UNWRITTEN,
    )
    _, *parts = _CELL.split(text)
    cells, counted = [], 0
    for kind, source in zip(parts[::2], parts[1::2], strict=True):
        counted += kind in ("code", languages()[0])
        source, own = source.strip("\n"), f"{counted:02}"
        cells.append(
            v4.new_code_cell(source, id=f"code-{own}") if kind == "code"
            else v4.new_markdown_cell(source, id=f"text-{own}-{kind}", metadata={"tags": [kind]})
        )  # fmt: skip
    metadata = {
        "annex": names.short._asdict(),
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return nbformat.writes(v4.new_notebook(cells=cells, metadata=metadata)) + "\n"


def with_row(readme: str, names: ThemeNames) -> str:
    """The README with the theme's row below the last of its table of themes; empty if it has no
    such table."""
    rows = list(_ROW.finditer(readme))
    if not rows:
        return ""
    last, stem = rows[-1], names.stem
    said = headline(names.words).en
    line = f"| {names.short.en} | {said} | [{stem}](notebooks/{stem}.ipynb) |"
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


def code(value: object) -> str:
    """A value as Python, a text between the quotes that the style of the project prefers."""
    if not isinstance(value, str):
        return repr(value.item() if hasattr(value, "item") else value)
    return (
        repr(value) if '"' in value and "'" not in value else json.dumps(value, ensure_ascii=False)
    )
