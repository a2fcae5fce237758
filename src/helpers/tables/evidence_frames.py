"""Measured cells of tables as quantities, each with the range of numbers it may stand for.

`load` is `frames.load` with evidence: measured cells are quantities, and the index holds the keys
of the rows, so that they survive filtering and sorting, and counts can name their rows.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from ..errors import DataError, Problem
from ..evidence.intervals import Interval, exact, reported
from ..evidence.quantities import MEASURED, Quantity, Row, unknown
from ..language import PRINTED, is_missing
from . import descriptor, display_names, frames
from .roles import Role


def load(
    name: str, data: Path | None = None, width: float = 1, plain: bool = False
) -> pd.DataFrame:
    """The table `name`, its measured cells as quantities; an empty cell stays missing.

    Measured columns are those named `value` (or `value_eur_m`, ...), and those whose field in the
    descriptor has `last_digit`. The range of a number in a unit of whole things, without a hedge
    word, is narrowed to whole numbers. width: factor for the ranges of hedge words, such as 2 or
    0.5. plain: floats without evidence, as `frames.load` gives them.

    Raises `DataError` for an invalid table, and for a hedge word without a rule.
    """
    data = descriptor.folder(data)
    frame = frames.load(name, data)
    if plain:
        return frame
    resource = descriptor.read(data)[name]
    named = keys(frame, resource)
    rules = _Rules(data, width)
    for field in measured(resource):
        pairs = zip(named, frame.itertuples(), strict=True)
        cells = [rules.quantity(resource, key, row, field) for key, row in pairs]
        frame[field["name"]] = pd.Series(cells, dtype=object)
    frame.index = pd.Index(named, name=f"row of {name}", dtype=object)
    return frame


def measured(resource: dict) -> list[dict]:
    """The fields in the descriptor of the measured columns of a table."""
    fields = resource["schema"]["fields"]
    return [f for f in fields if f["name"] in MEASURED or "last_digit" in f]


def keys(frame: pd.DataFrame, resource: dict) -> list[str]:
    """The keys of the rows of a table: the values of its primary key, joined by `|`."""
    parts = frame[descriptor.primary_key(resource)].itertuples(index=False)
    return ["|".join("" if is_missing(part) else str(part) for part in row) for row in parts]


def reported_numbers(data: Path | None = None, width: float = 1) -> pd.Series:
    """Every number in the report, by id; an unknown one is a quantity without a value."""
    data = descriptor.folder(data)
    frame = load(descriptor.table_for(Role.REPORTED, data), data, width)
    return pd.Series(frame.value.to_numpy(), index=frame.id, dtype=object)


def bounds(value, last_digit, hedge, hedges: pd.DataFrame, width: float = 1) -> Interval:
    """The interval of all numbers that may be reported as `value` with the hedge word `hedge`
    (missing for none).

    hedges: indexed by hedge word; `below` and `above` in units of the last digit, missing for no
    bound. Raises KeyError for a hedge word without a rule.
    """
    if is_missing(hedge):
        return reported(value, last_digit)
    factor, units = Fraction(str(width)), (hedges.loc[hedge, side] for side in ("below", "above"))
    sides = [None if is_missing(each) else Fraction(str(each)) * factor for each in units]
    return reported(value, last_digit, *sides)


class _Rules:
    """The rules for hedge words, whole units and languages, read once per table."""

    def __init__(self, data: Path, width: float):
        self.hedges_table = descriptor.table_for(Role.HEDGES, data)
        self.hedges, self.width = frames.load(self.hedges_table, data).set_index("hedge"), width
        self.whole = display_names.whole_units(data)
        self._data = data

    @cached_property
    def languages(self) -> pd.Series:
        """The language of each publication, by id; read only when a table cites one."""
        name = descriptor.table_for(Role.SOURCES, self._data)
        return frames.load(name, self._data).set_index("id").language

    def quantity(self, table: dict, key: str, row, field: dict) -> Quantity | float:
        """The quantity of one cell; an empty cell is NaN, or unknown in the reported numbers."""
        value, column = getattr(row, field["name"]), field["name"]
        unit = field.get("unit") or row.unit
        reported = table.get("role") == Role.REPORTED
        source = key if reported else row.source if hasattr(row, "source") else row.section
        lang = PRINTED if reported else self.languages.get(source, "")
        origin = Row(table["name"], key, column, _raw(row), source, lang, reported)
        if is_missing(value):
            return unknown(unit, origin, _period(row)) if reported else float("nan")
        digit = field.get("last_digit") or row.last_digit
        hedge = getattr(row, "hedge", None)
        try:
            allowed = bounds(value, digit, hedge, self.hedges, self.width)
        except KeyError:
            place = f"{table['name']}, row {key}, column hedge"
            expected = f"a word in the table {self.hedges_table}"
            remedy = "Add a row there that says what it allows, and why"
            raise DataError(Problem(place, repr(hedge), expected, remedy)) from None
        if unit in self.whole and is_missing(hedge):
            allowed = allowed.whole()
        return Quantity(exact(value), allowed, unit, origin, _period(row))


def _raw(row) -> str:
    """The text as printed, preceded by its hedge word unless it starts with it already."""
    raw, hedge = (getattr(row, name, None) for name in ("raw", "hedge"))
    if is_missing(raw):
        return ""
    return raw if is_missing(hedge) or raw.startswith(hedge) else f"{hedge} {raw}"


def _period(row) -> tuple:
    if hasattr(row, "year"):
        return () if is_missing(row.year) else (str(row.year), str(row.year))
    start, end = getattr(row, "period_start", None), getattr(row, "period_end", None)
    return () if is_missing(start) or is_missing(end) else (str(start), str(end))
