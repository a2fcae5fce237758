"""How the columns of a frame are shown in a table: as their author says, the rest by the
descriptor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from .. import language
from ..errors import ChartError, Problem, listed
from ..formats.html_tables import Column
from ..language import Text, is_missing, languages
from . import defaults
from .defaults import table_of, title, unit, values


def headers(
    frame: pd.DataFrame,
    chosen: Mapping[str, Column | Text | None] | Sequence[str] | None = None,
    labels: Mapping[str, Text] | None = None,
    where: str = "the data of a chart",
) -> dict[str, Column]:
    """How the columns of a frame are shown: as chosen, the rest by the descriptor.

    chosen: the columns, in order; all by default. labels: headers of columns. Of `note_nl` and
    `note_en` all languages make one column, `note`. Raises `ChartError`, at the place `where`, for
    what is no frame with cells, for a named index, which would not be shown, if all columns are to
    be, and with every column that has no header.
    """
    if not isinstance(frame, pd.DataFrame) or frame.empty:
        empty = isinstance(frame, pd.DataFrame)
        wrong = "no rows or columns" if empty else type(frame).__name__
        remedy = "Write series.reset_index()" * isinstance(frame, pd.Series)
        raise ChartError(Problem(where, wrong, "a DataFrame with rows and columns", remedy))
    index = [str(name) for name in frame.index.names if name is not None]
    if chosen is None and index and not table_of(frame):
        remedy = "Write frame.reset_index(), or name the columns to show"
        wrong = f"the index {', '.join(index)}"
        raise ChartError(Problem(where, wrong, "columns, as an index is not shown", remedy))
    labels = labels or {}
    given = chosen if isinstance(chosen, Mapping) else {}
    found, problems = {}, []
    for name in shown_columns(frame) if chosen is None else chosen:
        own = given.get(name)
        if isinstance(own, Column):
            found[name] = own
            continue
        column = _column(frame, name, own or labels.get(name))
        if isinstance(column, Problem):
            problems.append(column)
        else:
            found[name] = column
    unknown = [name for name in labels if name not in found]
    if unknown and not problems:
        expected = f"columns that it shows: {listed(found, 9)}"
        problems.append(Problem("labels", listed(map(repr, unknown)), expected))
    problems += _twice({n: c for n, c in found.items() if given.get(n) is None and n not in labels})
    if problems:
        raise ChartError([each._replace(place=f"{where}, {each.place}") for each in problems])
    return found


def _column(frame: pd.DataFrame, name: str, label: Text | None) -> Column | Problem:
    cells = frame[name].tolist() if name in frame else []
    table = table_of(frame)
    if name not in frame and not any(f"{name}_{lang}" in frame for lang in languages()):
        return Problem(f"column {name}", "no such column", f"one of {listed(map(str, frame), 9)}")
    if label is None:
        made = _of_value(frame, name, cells) or title(name, cells, table)
        if isinstance(made, Problem):
            return made
        label = made
    known = [cell for cell in cells if not is_missing(cell)]
    if known and all(defaults.whole(cell) and 1500 <= cell <= 2100 for cell in known):
        return Column(label, year=True)
    if known and all(isinstance(cell, bool) for cell in known):
        return Column(label, names=defaults.TRUTH)
    if known and all(isinstance(cell, str) for cell in known):
        if name in defaults.NAMED and table:
            return Column(
                label, names={cell: defaults.NAMED[name](cell) for cell in dict.fromkeys(known)}
            )
        names = values(name, known, table, every=True) if list(defaults.labelled(name)) else {}
        if isinstance(names, Problem):  # tables may differ about values that it does not have
            names = values(name, known, table)
        return names if isinstance(names, Problem) else Column(label, names=names or None)
    return Column(label)


def _of_value(frame: pd.DataFrame, name: str, cells: Iterable) -> Text | None:
    """The header of a column that a pivot has named after a value: its label, with the unit."""
    named = values(frame.columns.name, [name]) if frame.columns.name is not None else {}
    if (
        isinstance(named, Problem)
        or name not in named
        or not list(defaults.labelled(frame.columns.name))
    ):
        return None
    own = unit(cells)
    return defaults.with_unit(named[name], own) if isinstance(own, Text) else named[name]


def _twice(found: Mapping[str, Column]) -> Iterator[Problem]:
    """Columns that readers could not tell apart."""
    first: dict[Text, str] = {}
    for name, column in found.items():
        if (other := first.setdefault(column.label, name)) != name:
            expected, words = "headers that differ", language.text(column.label)
            remedy = f'Give one: labels={{"{name}": Text(...)}}'
            place = f"columns {other} and {name}"
            yield Problem(place, f"the header {words!r} twice", expected, remedy)


def shown_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame, those that exist per language as one."""
    found: dict[str, None] = {}
    for name in map(str, frame.columns):
        stem, _, lang = name.rpartition("_")
        each = all(f"{stem}_{other}" in frame for other in languages()) and lang in languages()
        found[stem if each else name] = None
    return list(found)
