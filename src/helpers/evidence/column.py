"""A measured column as read, which all arrays that filter, sort or repeat it share. A `Quantity` is
made when a cell is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .intervals import Interval
from .quantities import Quantity, missing, span, unknown
from .rows import Row
from .scaled import Scaled


class Overlapping(Protocol):
    """What knows which rows of a table count the same things."""

    def warning(self, positions: np.ndarray) -> str:
        """What these rows have in common, with the filter to write; empty if nothing."""
        ...


@dataclass(frozen=True, eq=False)
class ReadColumn:
    """The n cells of a measured column of a table.

    keys: of its rows. units: of all cells, or of each. numbers: values and bounds. row: the origin
    of a cell, by position. given: whether a cell without a value has a row to show, as a number
    that the report mentions and does not give. periods, sources: of the rows, as codes (an integer
    array) and their meaning.
    """

    table: str
    name: str
    keys: Sequence[str]
    units: str | Sequence[str]
    numbers: Scaled
    row: Callable[[int], Row]
    given: bool
    periods: tuple[np.ndarray, Sequence[tuple]]
    sources: tuple[np.ndarray, Sequence[str]]
    overlaps: Overlapping | None = None

    def cell(self, position: int) -> Quantity:
        """The quantity in a cell; a missing one where the row gives no number."""
        unit = self.units if isinstance(self.units, str) else self.units[position]
        value, low, high = self.numbers.fractions(position)
        codes, periods = self.periods
        if value is not None:
            period = periods[codes[position]]
            return Quantity(value, Interval(low, high), unit, self.row(position), period)
        if self.given:
            return unknown(unit, self.row(position), periods[codes[position]])
        return missing(unit)

    def period(self, at: np.ndarray) -> tuple[str, str] | tuple[()]:
        """The period that cells span."""
        codes, periods = self.periods
        return span([periods[code] for code in _used(codes[at])])

    def cited(self, at: np.ndarray) -> tuple[str, ...]:
        """The ids of the sources of cells."""
        codes, sources = self.sources
        return tuple(sources[code] for code in _used(codes[at]) if sources[code])


def _used(codes: np.ndarray) -> np.ndarray:
    return np.flatnonzero(np.bincount(codes))
