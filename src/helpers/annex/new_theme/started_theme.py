"""Writes a new theme into a project: all of its files, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ...errors import AnnexError, Problem
from ...files import reading
from ...tables import frames, roles
from ...tables.roles import Role
from .. import new_files
from . import starting_rows, theme_names, theme_texts

_TESTS = (Path("tests") / "evaluation", Path("tests"))  # the first that a project has


@dataclass(frozen=True)
class Started:
    """What was written, relative to the project, with the figures of which table, and what was left
    out and why."""

    written: Sequence[str]
    table: str
    left_out: Sequence[str]


def start(root: Path, data: Path, name: str, table: str | None = None) -> Started:
    """Make the notebook of a theme, its row in README.md and its test in tests/evaluation.

    name: letters, digits and underscores. table: with a year in its key and a measured column, by
    default that with the name of the theme, or else the first such.

    Raises `AnnexError` for a name that is invalid or taken, without a suitable table, and for a
    file that can't be written; nothing is written then."""
    names = theme_names.choose(root, name)
    begin = starting_rows.find(data, table, name)
    book, readme = root / "notebooks" / f"{names.stem}.ipynb", root / "README.md"
    folder = next((each for each in _TESTS if (root / each).is_dir()), _TESTS[0])
    test = root / folder / f"test_theme_{name}.py"
    if test.exists():
        found = f"the theme {name!r}, which is there: {test.name}"
        raise AnnexError(Problem("annex new theme", found, "a new name"))
    files = {book: theme_texts.notebook(names, begin, _claims(data, name), data)}
    left_out = []
    if not readme.is_file():
        left_out.append("a row in README.md, which this project does not have")
    elif text := theme_texts.with_row(_read(readme), names):
        files[readme] = text
    else:
        left_out.append("a row in README.md, which has no table of themes")
    if test.parent.is_dir():
        files[test] = theme_texts.test(name, begin)
    else:
        left_out.append("its test, as this project has no folder tests")
    new_files.write(files)
    return Started([path.relative_to(root).as_posix() for path in files], begin.table, left_out)


def _claims(data: Path, name: str) -> str:
    """The table of the claims, if it has some of the theme; otherwise empty."""
    table = roles.tables(data).get(Role.CLAIMS)
    rows = frames.load(table, data) if table else pd.DataFrame()
    return table if table and "theme" in rows and name in set(rows.theme.dropna()) else ""


def _read(path: Path) -> str:
    try:
        return reading.content(path, "the README of the project").decode("utf-8")
    except UnicodeDecodeError:
        raise AnnexError(Problem(str(path), "text that is not UTF-8", "UTF-8")) from None
