"""The rows that a new theme begins with: a series of years of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ...charts import defaults
from ...errors import DataError, Problem, listed, nearest
from ...language import Text
from ...tables import descriptor, display_names, evidence_frames, frames

_SUITABLE = (
    "a table with a column year in its key, and a measured column whose title and unit have no "
    "figures"
)


@dataclass(frozen=True)
class StartingRows:
    """The longest series of a table: the rows with values of one kind, year by year.

    column: with the values. same: the cells that its rows share, by column of the key. label, unit,
    meaning, title: of the column and the table. about: what the rows share, in words. last: the key
    of the last row.
    """

    table: str
    column: str
    same: dict[str, object]
    label: Text
    unit: Text
    meaning: Text
    title: Text
    about: Text
    rows: pd.DataFrame

    @property
    def last(self) -> str:
        return str(self.rows.index[-1])


def find(data: Path, name: str | None, theme: str) -> StartingRows:
    """The rows of a table; by default of that with the name of the theme, or else of the first
    that is suitable.

    Raises `DataError` for a table that is not, and where none is."""
    resources = descriptor.read(data)
    known = sorted(resources.items(), key=lambda each: each[0] != theme)
    suitable = [each for each, table in known if _column(table)]
    place = str(data / descriptor.FILE)
    if name is not None:
        frames.resource(name, data)
        if name not in suitable:
            near = nearest(name, suitable)
            others = f"Such as {near!r}; also suitable: {listed(suitable, 6)}" if near else ""
            found = f"the table {name!r} without a year and a measured column"
            raise DataError(Problem(place, found, _SUITABLE, others))
    for each in suitable if name is None else [name]:
        if (longest := _longest(resources[each], data)) is not None:
            return longest
    tried, remedy = name or listed(suitable), "Add one: see A table in CONTRIBUTING.md"
    lacking = f"no two years with a value of one kind in {tried}"
    raise DataError(
        Problem(place, lacking if tried else "no table to begin with", _SUITABLE, remedy)
    )


def _column(table: dict) -> str:
    """The first measured column of a table of years whose title pages can print; empty if it has
    none, or no year."""
    fields, key = descriptor.fields(table), descriptor.primary_key(table)
    if "year" not in key or fields["year"]["type"] != "integer":
        return ""
    measured = [field["name"] for field in descriptor.measured(table)]
    return next(
        (name for name in measured if not _has_figure(descriptor.named(name, fields[name]))), ""
    )


def _longest(table: dict, data: Path) -> StartingRows | None:
    """The longest series of a table; `None` if that has no two years, or no unit to print."""
    name, column = table["name"], _column(table)
    frame = evidence_frames.load(name, data)
    known = frame[frame[column].notna()].sort_values("year", kind="stable")
    others = [each for each in descriptor.primary_key(table) if each != "year"]
    parts = [(key, rows) for key, rows in known.groupby(others, observed=True, sort=False)
             ] if others else [((), known)]  # fmt: skip
    key, rows = max(parts, key=lambda part: len(part[1]), default=((), known))
    units = {cell.unit for cell in rows[column]}
    if len(rows) < 2 or len(units) > 1:
        return None
    if _has_figure(unit := display_names.unit_label(units.pop(), data)):
        return None
    fields = descriptor.fields(table)
    field, same = fields[column], dict(zip(others, key, strict=True))
    labels = [
        _plain(descriptor.labels(fields[each]).get(str(value), defaults.same(value)))
        for each, value in same.items()
    ]
    about = [", ".join(filter(None, words)) for words in zip(*labels, strict=True)]
    label, meaning = descriptor.named(column, field), _plain(descriptor.described(field))
    title = _plain(descriptor.named(name, table), name)
    return StartingRows(name, column, same, label, unit, meaning, title, Text(*about), rows)


def _has_figure(words: Text) -> bool:
    return any(re.search(r"\d", each) for each in words)


def _plain(words: Text, instead: str = "") -> Text:
    """A text that prose of a notebook may have: without figures, which only data may give."""
    if _has_figure(words):
        return Text.same(re.sub(r"[\d_]+", " ", instead).strip())
    return words
