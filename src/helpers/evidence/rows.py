"""The cell of a table that a number was read from."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from .. import amounts
from . import units

_MEASURED = {"value", *(f"value_{unit.lower()}" for unit in units.LABELS)}


@functools.cache
def is_measured(column: str) -> bool:
    """Whether a column holds measured values by its name: `value`, also with its unit, such as
    `value_eur_m`. An id omits it."""
    code, mark, scale = column.removeprefix("value_").partition("_")
    return column in _MEASURED or (
        column.startswith("value_") and amounts.split(f"{code.upper()}{mark}{scale}") is not None
    )


class Overlapping(Protocol):
    """What knows which rows of a table count the same things."""

    def warning(self, positions: np.ndarray) -> str:
        """What these rows have in common, with the filter to write; empty if nothing."""
        ...

    def touch(self, one: int, other: int) -> bool:
        """Whether two rows may overlap: quick, for sums of two."""
        ...


@dataclass(frozen=True)
class Row:
    """A cell of a table. key: of the row. raw: the text as printed, in the language `lang`. source:
    the id to cite (its own, or that of a series). reported: whether the report gives this number;
    then its key alone is its id. position: of the row in its table. overlaps: what knows which rows
    of that table overlap."""

    table: str
    key: str
    column: str
    raw: str = ""
    source: str = ""
    lang: str = ""
    reported: bool = False
    position: int = field(default=-1, compare=False, repr=False)
    overlaps: Overlapping | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The id of the cell on all pages."""
        if self.reported:
            return self.key
        column = [] if is_measured(self.column) else [self.column]
        return re.sub(r"[^\w.-]+", "_", ".".join([self.table, self.key, *column]))


def span(periods: Sequence[tuple]) -> tuple[str, str] | tuple[()]:
    """The period from the earliest start to the latest end; empty periods are ignored."""
    known = [period for period in periods if period]
    return (min(p[0] for p in known), max(p[1] for p in known)) if known else ()


@functools.lru_cache(maxsize=8192)  # a table of counts sorts the same keys for each of its cells
def natural_order(key: str) -> tuple:
    """Sort key of keys for natural order: claim-9 before claim-10."""
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key))
