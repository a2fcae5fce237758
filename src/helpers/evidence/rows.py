"""The cell of a table that a number was read from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import units

# Columns that an id omits: `value`, also with its unit, such as `value_eur_m`.
MEASURED = ("value", *(f"value_{unit.lower()}" for unit in units.LABELS if " " not in unit))


@dataclass(frozen=True)
class Row:
    """A cell of a table. key: of the row. raw: the text as printed, in the language `lang`. source:
    the id to cite (its own, or that of a series). reported: whether the report gives this number;
    then its key alone is its id."""

    table: str
    key: str
    column: str
    raw: str = ""
    source: str = ""
    lang: str = ""
    reported: bool = False

    @property
    def id(self) -> str:
        """The id of the cell on all pages."""
        if self.reported:
            return self.key
        column = [] if self.column in MEASURED else [self.column]
        return re.sub(r"[^\w.-]+", "_", ".".join([self.table, self.key, *column]))


def natural_order(key: str) -> list:
    """Sort key of keys for natural order: claim-9 before claim-10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key)]
