"""The rows that the inputs of claims name, and their numbers.

An input names a quantity (`trade-05`), a value of a series or a date (`table:column=value,...`),
a column of rows (`table:column=value|value>column`) or its sum (`...>+column`), or is a plain word.
A number is named by the row that states it, whose entry then names the claim.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype
from pandas.api.typing import NaTType

from ..errors import nearest
from ..evidence.arithmetic import Quantity
from ..evidence.rows import is_measured
from ..language import is_missing
from ..tables import descriptor, descriptor_rules, evidence_frames, roles
from ..tables.roles import Role
from . import outside
from .arguments import NotFound

_EXPECTED = "a quantity, or conditions that one row of a table meets"


class Used(NamedTuple):
    """One input of a claim: its text, and the table and the keys of the rows that it names."""

    item: str
    table: str
    keys: tuple[str, ...]


class NamedRows:
    """Looks up what inputs name, with a cache of the tables and rows. width, hedges: as for
    `tables.load`."""

    def __init__(self, data: Path, width: float, hedges: pd.DataFrame | None):
        self.data, self._width, self._hedges = data, width, hedges
        self.quantities = evidence_frames.reported_numbers(data, width, hedges)
        self._resources, self._roles = descriptor.read(data), roles.tables(data)
        self._remember()

    def _remember(self) -> None:
        self._table, self._positions = cache(self._load), cache(self._look_up)
        self._by_text = cache(self._grouped)

    def __getstate__(self) -> dict:
        """Pickled without what is looked up again."""
        caches = {"_table", "_positions", "_by_text"}
        return {name: value for name, value in vars(self).items() if name not in caches}

    def __setstate__(self, state: dict) -> None:
        vars(self).update(state)
        self._remember()

    def _load(self, name: str) -> pd.DataFrame:
        if self._hedged(name):
            return evidence_frames.load(name, self.data, self._width, hedges=self._hedges)
        return evidence_frames.load(name, self.data)

    def _hedged(self, table: str) -> bool:
        """Whether a table may have numbers with a hedge word, its own or copied."""
        known = self._resources.get(table)
        fields = descriptor.fields(known) if known else {}
        return "hedge" in fields or any("copyOf" in field for field in fields.values())

    def figure(self, name: str) -> Quantity:
        """The quantity that an input names: a reported number, or one value of a series."""
        if name in self.quantities.index:
            return self.quantities[name]
        frame, at = self._positions(name)
        if len(at) != 1:
            raise NotFound(f"{name!r}, which names {len(at)} rows", _EXPECTED)
        column = max(filter(is_measured, frame.columns), key=len, default="value")
        if is_missing(found := frame[column].iloc[at[0]]):
            raise NotFound(f"{name!r}, whose value is empty", "a row with a value")
        return found

    def _figures(self, item: str) -> list[Quantity]:
        """The quantities of an input: one, or those of a column of rows, or their sum."""
        if ">" not in item:
            return [self.figure(item)]
        if (values := self._column(item)).isna().any():
            raise NotFound(f"{item!r}, with an empty cell", "rows that all have a value")
        return [*([values.sum()] if ">+" in item else values)]

    def used(self, inputs) -> list[Used]:
        """The rows that the inputs of a claim name, one item per input, of all alternatives; empty
        without inputs."""
        found = []
        for item in itertools.chain(*map(descriptor_rules.named, outside.alternatives(inputs))):
            if item in self.quantities.index:
                found.append(Used(item, self._roles[Role.REPORTED], (item,)))
            elif ":" in item:
                frame, at = self._positions(item.split(">")[0])
                found.append(Used(item, item.split(":")[0], tuple(frame.index[at])))
        return found

    def _argument(self, item: str):
        """An input of an operation on events: a quantity, a date or a list of dates, a column of
        rows with `None` for an empty cell, or a word."""
        if item in self.quantities.index:
            return self.figure(item)
        if ":" not in item and ">" not in item:
            if any(map(str.isdigit, item)):
                raise self._unknown(item)
            return item
        if ">" in item:
            return [None if is_missing(cell) else cell for cell in self._column(item).tolist()]
        frame, at = self._positions(item)
        return dates(frame[frame.columns.intersection(["date", "year", "month"])].iloc[at])

    def _unknown(self, name: str) -> NotFound:
        if not any(map(str.isalpha, name)):
            remedy = f"Write the id of the row of {self._roles[Role.REPORTED]} that states it"
            found = f"the bare number {name!r}" if name else "nothing beside a separator"
            return NotFound(found, "a row", remedy)
        near = nearest(name, [*self.quantities.index, *(f"{table}:" for table in self._resources)])
        remedy = f"Write {near}, if that is meant; or add the row to its table"
        return NotFound(repr(name), _EXPECTED, remedy)

    def _column(self, item: str) -> pd.Series:
        rows, _, column = item.replace(">+", ">").partition(">")
        frame, at = self._positions(rows)
        if column not in frame:
            raise NotFound(f"{item!r}, column {column!r}", "a column of that table")
        return frame[column].iloc[at]

    def _look_up(self, name: str) -> tuple[pd.DataFrame, np.ndarray]:
        """The table of an input, and the positions of the rows that it names."""
        table, colon, conditions = name.partition(":")
        if table not in self._resources or not colon:
            raise self._unknown(name)
        frame = self._table(table)
        met = np.ones(len(frame), dtype=bool)
        for condition in filter(None, conditions.split(",")):
            column, _, values = condition.partition("=")
            if column not in frame:
                raise NotFound(f"{name!r}, column {column!r}", "a column of that table")
            wanted, by_text = values.split("|"), self._by_text(table, column)
            own = np.zeros(len(frame), dtype=bool)
            own[[position for text in wanted for position in by_text.get(text, ())]] = True
            met &= own
            absent = {*wanted} - by_text.keys()
            if absent and not is_numeric_dtype(frame[column]):  # a year may have no rows
                raise NotFound(f"{name!r}: no {column} is {min(absent)}", "values that it has")
        if not met.any():
            raise NotFound(f"{name!r}, which names 0 rows", _EXPECTED)
        return frame, np.flatnonzero(met)

    def _grouped(self, table: str, column: str) -> Mapping[str, list[int]]:
        """The positions of the rows of a table by the text in a column; none for an empty cell."""
        found: dict[str, list[int]] = {}
        for position, text in enumerate(self._table(table)[column].astype(str).tolist()):
            if not is_missing(text):
                found.setdefault(text, []).append(position)
        return found


def dates(rows: pd.DataFrame) -> pd.Period | NaTType | list[pd.Period | NaTType]:
    """The dates of rows; of one row its date."""
    found = [date(row) for row in rows.itertuples()]
    return found[0] if len(found) == 1 else found


def date(row) -> pd.Period | NaTType:
    """The date of a row, as `itertuples` gives it: its `date`, or its year and, if it has a known
    one, its month; missing without a year."""
    if hasattr(row, "date"):
        return row.date
    if is_missing(row.year):
        return pd.NaT
    if is_missing(month := getattr(row, "month", None)):
        return pd.Period(year=row.year, freq="Y")
    return pd.Period(year=row.year, month=month, freq="M")
