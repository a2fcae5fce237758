"""What the rows of a count have in common, in words: `with outgoing as direction, in 1995`.

A count keeps the keys of its rows, not the filter that chose them. A condition is said only if it
holds for exactly those rows of the table: it is true of them, whatever filter a notebook wrote.
"""

from __future__ import annotations

import itertools
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


class _Part(NamedTuple):
    """What one column says of some rows: the positions of all rows that it holds for, and a
    function that gives it in words, which most parts are never asked for."""

    rows: frozenset[int]
    words: Callable[[], Text]


def conditions(
    frame: pd.DataFrame, keys: Sequence[str], columns: Mapping[str, Column],
    counted: Iterable[tuple[str, ...]],
) -> dict[tuple[str, ...], Text]:  # fmt: skip
    """The condition of each choice of rows that has one, by the keys of the rows.

    frame, keys: a table and the key of each of its rows. columns: by name, as from `columns_of`.
    counted: the keys of the rows of each count. Where several conditions fit, the one is taken
    whose columns fit most counts of the table.
    """
    place = {key: at for at, key in enumerate(keys)}
    cells = {name: _filled(frame[name]) for name in columns}
    fitting: dict[tuple[str, ...], dict[tuple[str, ...], Text]] = {}
    for rows in filter(None, dict.fromkeys(counted)):
        chosen = frozenset(place[key] for key in rows)
        found = (
            (name, _part(cells[name], len(frame), chosen, each)) for name, each in columns.items()
        )
        parts = {name: part for name, part in found if part and len(part.rows) < len(frame)}
        if len(chosen) == len(frame):
            fitting[rows] = {(): _WHOLE}
        else:
            fitting[rows] = dict(_fitting(parts, chosen))
    popular = Counter(names for found in fitting.values() for names in found)
    return {
        rows: found[max(found, key=lambda names: (popular[names], -len(names)))]
        for rows, found in fitting.items()
        if found
    }


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


def _filled(cells: pd.Series) -> dict[int, Any]:
    """The cells of a column that are filled in, by position."""
    listed = list(cells)
    return {at: listed[at] for at, known in enumerate(cells.notna()) if known}


def _part(
    cells: Mapping[int, Any], number: int, chosen: frozenset[int], column: Column
) -> _Part | None:
    """What a column says of the chosen rows of a table of `number` rows; `None` if that cannot be
    said in few words."""
    if cells.keys().isdisjoint(chosen):
        rows = frozenset(set(range(number)) - cells.keys())
        return _Part(rows, partial(_EMPTY.format, column.title))
    if not chosen <= cells.keys():
        return None
    if column.labels is None:
        return _Part(frozenset(cells), partial(_FILLED.format, column.title))
    values = {cells[at] for at in chosen}
    if not column.labels:
        first, last = min(values), max(values)
        ends = [Text.same(year) for year in (first, last)]
        said = partial(_IN.format, ends[0]) if first == last else partial(_SPAN.format, *ends)
        return _Part(frozenset(at for at, each in cells.items() if first <= each <= last), said)
    others = {*cells.values()} - values
    if not values | others <= column.labels.keys():
        return None
    rows = frozenset(at for at, each in cells.items() if each in values)
    pattern = _FLAG if column.labels is _YES else _WITH
    if len(values) > _VALUES:
        if not 0 < len(others) <= _BUT or len(cells) < number:
            return None
        pattern, values = _OTHER, others
    words = [label for value, label in column.labels.items() if value in values]
    return _Part(rows, lambda: pattern.format(_either(words), column.title))


def _either(words: Sequence[Text]) -> Text:
    found = []
    for lang, each in zip(languages(), zip(*words, strict=True), strict=True):
        with language.use(lang):
            found.append(language.join(each, "or"))
    return Text(*found)


def _fitting(
    parts: Mapping[str, _Part], chosen: frozenset[int]
) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Columns, no more than needed, that together say what holds for the chosen rows alone."""
    found: list[set[str]] = []
    for number in range(1, _COLUMNS + 1):
        for names in itertools.combinations(parts, number):
            if any(fewer <= {*names} for fewer in found):
                continue
            if frozenset.intersection(*(parts[name].rows for name in names)) == chosen:
                found.append({*names})
                yield names, joined(", ", *(parts[name].words() for name in names))
