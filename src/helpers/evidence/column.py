"""A measured column as read, which all arrays that filter, sort or repeat it share. A `Quantity` is
made when a cell is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from . import units
from .arithmetic import Quantity, missing, unknown
from .intervals import Interval
from .rows import Overlapping, Row, span
from .scaled import Scaled

MIXED = "mixed"  # instead of a unit: each cell has its own


@dataclass(frozen=True, eq=False)
class ReadColumn:
    """The n cells of a measured column of a table.

    keys: of its rows. units: of the cells. numbers: values and bounds. row: the origin
    of a cell, by position. given: whether a cell without a value has a row to show, as a number
    that the report mentions and does not give. periods, sources: of the rows, as codes (an integer
    array) and their meaning.
    """

    table: str
    name: str
    keys: Sequence[str]
    units: Sequence[str]
    numbers: Scaled
    row: Callable[[int], Row]
    given: bool
    periods: tuple[np.ndarray, Sequence[tuple]]
    sources: tuple[np.ndarray, Sequence[str]]
    overlaps: Overlapping | None = None

    @cached_property
    def unit(self) -> str:
        """The unit of all cells, or `MIXED`."""
        return MIXED if len(set(self.units)) > 1 else next(iter(self.units), "")

    def cell(self, position: int) -> Quantity:
        """The quantity in a cell; a missing one where the row gives no number."""
        unit = self.units[position]
        value, low, high = self.numbers.fractions(position)
        codes, periods = self.periods
        if value is not None:
            period = periods[codes[position]]
            return Quantity(value, Interval(low, high), unit, self.row(position), period)
        if self.given:
            return unknown(unit, self.row(position), periods[codes[position]])
        return missing(unit)

    @cached_property
    def positions(self) -> np.ndarray:
        """Those of all cells, in order."""
        return np.arange(len(self.keys))

    @cached_property
    def _whole_period(self) -> tuple[str, str] | tuple[()]:
        codes, periods = self.periods
        return span([periods[code] for code in _used(codes)])

    def chosen(self, at: np.ndarray) -> Scaled:
        """The values and bounds of cells by position."""
        return self.numbers if at is self.positions else self.numbers.take(at)

    def period(self, at: np.ndarray) -> tuple[str, str] | tuple[()]:
        """The period that cells span."""
        if at is self.positions:
            return self._whole_period
        codes, periods = self.periods
        return span([periods[code] for code in _used(codes[at])])

    def cited(self, at: np.ndarray) -> tuple[str, ...]:
        """The ids of the sources of cells."""
        codes, sources = self.sources
        return tuple(sources[code] for code in _used(codes[at]) if sources[code])


def _used(codes: np.ndarray) -> np.ndarray:
    return np.flatnonzero(np.bincount(codes))


@dataclass(frozen=True, eq=False)
class ReadCells:
    """Cells of a column as read, by their positions in it (int64); -1 is a missing one."""

    column: ReadColumn
    at: np.ndarray

    def __len__(self) -> int:
        return len(self.at)

    def cell(self, place: int) -> Quantity:
        """One of them, in the unit of its row."""
        position = int(self.at[place])
        return missing() if position < 0 else self.column.cell(position)

    def floats(self, unit: str) -> np.ndarray:
        """Their values in a unit, or each in its own where it is `MIXED`; NaN where missing."""
        factor = units.factor(self.column.unit, unit) or Fraction(1)
        found = self.column.chosen(self.at).floats(factor)
        return np.where(self.at < 0, np.nan, found)

    def isna(self) -> np.ndarray:
        """Which have no value."""
        if self.at is self.column.positions:
            return ~self.column.numbers.known[0]
        return (self.at < 0) | ~self.column.numbers.known[0].take(self.at)


@dataclass(frozen=True, eq=False)
class OwnCells:
    """Quantities of an array of its own: computed, or of several columns; an object array."""

    quantities: np.ndarray

    def __len__(self) -> int:
        return len(self.quantities)

    def cell(self, place: int) -> Quantity:
        """One of them."""
        return self.quantities[place]

    def floats(self, unit: str) -> np.ndarray:
        """Their values, NaN where missing or unknown."""
        return np.array([float(cell) for cell in self.quantities], dtype=float)

    def isna(self) -> np.ndarray:
        """Which have no value."""
        return np.array([cell.value is None for cell in self.quantities], dtype=bool)


def as_objects(cells: Sequence[Quantity]) -> np.ndarray:
    """Quantities as an object array."""
    found = np.empty(len(cells), dtype=object)
    found[:] = cells
    return found
