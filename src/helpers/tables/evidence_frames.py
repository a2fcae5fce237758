"""Rows of tables as quantities: what a figure is read as, and all numbers it may stand for.

`load` is `frames.load` with evidence: measured cells are quantities, and the index holds the keys
of the rows, so that whatever is filtered, sorted or counted still names them.
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

HALF = Fraction(1, 2)


def load(
    name: str, data: Path | None = None, width: float = 1, plain: bool = False
) -> pd.DataFrame:
    """The table `name`, its measured cells as quantities; a cell without a figure stays missing.

    Measured is a column with a last digit: `last_digit` of its field in the descriptor, or the
    column `last_digit` of the table. A number without a hedge word that counts whole things
    stands for whole numbers only. width: 2 doubles and 0.5 halves what hedge words allow. plain:
    the numbers as floats without evidence, as `frames.load` gives them.

    Raises `DataError` for a hedge word without a rule.
    """
    data = Path(data) if data is not None else descriptor.folder()
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
    """The measured columns of a table, as the descriptor has them."""
    fields = resource["schema"]["fields"]
    return [f for f in fields if f["name"] in MEASURED or "last_digit" in f]


def keys(frame: pd.DataFrame, resource: dict) -> list[str]:
    """The names of the rows of a table: the values of its primary key."""
    parts = frame[descriptor.primary_key(resource)].itertuples(index=False)
    return ["|".join("" if is_missing(part) else str(part) for part in row) for row in parts]


def reported_numbers(data: Path | None = None, width: float = 1) -> pd.Series:
    """Every number that the report gives, by id; unknown ones are quantities without a value."""
    data = Path(data) if data is not None else descriptor.folder()
    frame = load(descriptor.table_for(Role.REPORTED, data), data, width)
    return pd.Series(frame.value.to_numpy(), index=frame.id, dtype=object)


def bounds(value, last_digit, hedge, hedges: pd.DataFrame, width: float = 1) -> Interval:
    """All numbers that may be written as `value` with the word `hedge` (missing for none).

    hedges: indexed by the word; `below` and `above` in units of the last digit, missing for no
    bound. Raises KeyError for a word without a rule.
    """
    below = above = HALF
    if not is_missing(hedge):
        rule = hedges.loc[hedge]
        below, above = (_allowed(rule[side], width) for side in ("below", "above"))
    return reported(value, last_digit, below, above)


def _allowed(units: float, width: float) -> Fraction | None:
    return None if is_missing(units) else Fraction(str(units)) * Fraction(str(width))


class _Rules:
    """The rules for hedge words, read once for a table."""

    def __init__(self, data: Path, width: float):
        self.hedges_table = descriptor.table_for(Role.HEDGES, data)
        self.hedges, self.width = frames.load(self.hedges_table, data).set_index("hedge"), width
        self.whole = display_names.whole_units(data)
        self._data = data

    @cached_property
    def languages(self) -> pd.Series:
        """The language of each publication, by id; read only for tables that quote one."""
        name = descriptor.table_for(Role.SOURCES, self._data)
        return frames.load(name, self._data).set_index("id").language

    def quantity(self, table: dict, key: str, row, field: dict) -> Quantity | float:
        """The quantity of one cell; NaN for an empty cell of a series."""
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
    """The words as printed, the qualifier before them; where the words hold it, as they are."""
    raw, hedge = (getattr(row, name, None) for name in ("raw", "hedge"))
    if is_missing(raw):
        return ""
    return raw if is_missing(hedge) or raw.startswith(hedge) else f"{hedge} {raw}"


def _period(row) -> tuple:
    if hasattr(row, "year"):
        return () if is_missing(row.year) else (str(row.year), str(row.year))
    start, end = getattr(row, "period_start", None), getattr(row, "period_end", None)
    return () if is_missing(start) or is_missing(end) else (str(start), str(end))
