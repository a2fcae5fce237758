"""What the rows of a count have in common, in words: `with outgoing as direction, in 1995`.

A count keeps the keys of its rows, not the filter that chose them. A condition is said only if it
holds for exactly those rows of the table: it is true of them, whatever filter a notebook wrote.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from ... import language
from ...formats.value_format import joined
from ...language import Text, languages
from ...messages import _
from ...tables import descriptor
from ...tables.display_names import YEAR, inside

# The most that a condition says: columns, values of one column, values that it leaves out.
_COLUMNS, _VALUES, _BUT = 3, 4, 2
_YES = {True: _("yes"), False: _("no")}
_WITH, _OTHER = _("with {} as {}"), _("without {} as {}")
_FLAG = _("with ‘{1}: {0}’")
_FILLED = _("where ‘{}’ is filled in")
_EMPTY = _("where ‘{}’ is empty")
_IN, _SPAN = _("in {}"), _("from {} to {}")
_WHOLE = _("in the whole table")

Labels = Mapping[Any, Text]


class Column(NamedTuple):
    """A column that a condition may speak of: its title, and the labels of its values. Without
    labels it only matters whether a cell is filled in; years are their own labels."""

    title: Text
    labels: Labels | None


class _Cells(NamedTuple):
    """The cells of a column: the rows that have each value, those with any, and all rows of the
    table. Rows are the bits of a number, as sets of them take ten times as long."""

    having: dict[Any, int]
    filled: int
    every: int


class _Part(NamedTuple):
    """What one column says of some rows: all rows that it holds for, and a function that gives it
    in words, which most parts are never asked for."""

    rows: int
    words: Callable[[], Text]


class Counted:
    """A table whose rows were counted. frame, keys: the table and the key of each of its rows.
    columns: by name, as from `columns_of`."""

    def __init__(self, frame: pd.DataFrame, keys: Sequence[str], columns: Mapping[str, Column]):
        self._place = {key: 1 << at for at, key in enumerate(keys)}
        self._every, self._columns = (1 << len(frame)) - 1, columns
        self._cells = {name: _cells(frame[name], self._every) for name in columns}
        self.fitting = functools.cache(self._fitting)

    def conditions(self, counted: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Text]:
        """The condition of each choice of rows that has one, by the keys of the rows.

        counted: the keys of the rows of each count. Where several conditions fit, the one is taken
        whose columns fit most counts of the table.
        """
        fitting = {rows: self.fitting(rows) for rows in filter(None, dict.fromkeys(counted))}
        popular = Counter(names for found in fitting.values() for names in found)
        best = {
            rows: found[max(found, key=lambda names: (popular[names], -len(names)))]
            for rows, found in fitting.items()
            if found
        }
        return {rows: joined(", ", *(part.words() for part in each)) for rows, each in best.items()}

    def _fitting(self, rows: tuple[str, ...]) -> dict[tuple[str, ...], list[_Part]]:
        """The conditions that fit some rows, by the names of their columns."""
        chosen = functools.reduce(operator.or_, (self._place[key] for key in rows))
        if chosen == self._every:
            return {(): [_Part(chosen, lambda: _WHOLE)]}
        each = ((name, _part(self._cells[name], chosen, c)) for name, c in self._columns.items())
        parts = {name: part for name, part in each if part and part.rows != self._every}
        return dict(_fitting(parts, chosen))


def columns_of(resource: dict) -> dict[str, Column]:
    """The columns of a table that a condition may speak of: those with labels, yes or no, the year,
    and those that lead to a row of some table or to none. The year is last, as in speech."""
    fields = descriptor.fields(resource)
    found: dict[str, Column] = {}
    for name, field in sorted(fields.items(), key=lambda each: each[0] == YEAR):
        title, labels = descriptor.named(name, field), descriptor.labels(field)
        if name == YEAR or labels:
            own = {value: inside(value, label) for value, label in labels.items()}
            found[name] = Column(inside("", title), own)
        elif field["type"] == "boolean":
            found[name] = Column(title, _YES)
        elif not field.get("constraints", {}).get("required") and (
            field.get("rowOf")
            or any([name] == own for own, *__ in descriptor.foreign_keys(resource))
        ):
            found[name] = Column(title, None)
    return found


def _cells(column: pd.Series, every: int) -> _Cells:
    having: dict[Any, int] = {}
    for at, (cell, known) in enumerate(zip(column, column.notna(), strict=True)):
        if known:
            having[cell] = having.get(cell, 0) | 1 << at
    return _Cells(having, functools.reduce(operator.or_, having.values(), 0), every)


def _part(cells: _Cells, chosen: int, column: Column) -> _Part | None:
    """What a column says of the chosen rows of a table; `None` if that cannot be said in few
    words."""
    if not cells.filled & chosen:
        return _Part(cells.every & ~cells.filled, partial(_EMPTY.format, column.title))
    if chosen & ~cells.filled:
        return None
    if column.labels is None:
        return _Part(cells.filled, partial(_FILLED.format, column.title))
    values = {value for value, rows in cells.having.items() if rows & chosen}
    if not column.labels:
        first, last = min(values), max(values)
        ends = [Text.same(year) for year in (first, last)]
        said = partial(_IN.format, ends[0]) if first == last else partial(_SPAN.format, *ends)
        return _Part(_rows(cells, (v for v in cells.having if first <= v <= last)), said)
    others = cells.having.keys() - values
    if not cells.having.keys() <= column.labels.keys():
        return None
    rows = _rows(cells, values)
    pattern = _FLAG if column.labels is _YES else _WITH
    if len(values) > _VALUES:
        if not 0 < len(others) <= _BUT or cells.filled != cells.every:
            return None
        pattern, values = _OTHER, others
    words = [label for value, label in column.labels.items() if value in values]
    return _Part(rows, lambda: pattern.format(_either(words), column.title))


def _rows(cells: _Cells, values: Iterable) -> int:
    """The rows that have one of these values."""
    return functools.reduce(operator.or_, map(cells.having.__getitem__, values))


def _either(words: Sequence[Text]) -> Text:
    found = []
    for lang, each in zip(languages(), zip(*words, strict=True), strict=True):
        with language.use(lang):
            found.append(language.join(each, "or"))
    return Text(*found)


def _fitting(
    parts: Mapping[str, _Part], chosen: int
) -> Iterator[tuple[tuple[str, ...], list[_Part]]]:
    """Columns, no more than needed, that together say what holds for the chosen rows alone."""
    found: list[set[str]] = []
    for number in range(1, _COLUMNS + 1):
        for names in itertools.combinations(parts, number):
            own, each = {*names}, [parts[name] for name in names]
            if any(map(own.issuperset, found)):
                continue
            if functools.reduce(operator.and_, (part.rows for part in each)) == chosen:
                found.append(own)
                yield names, each
