"""Rows of a table that may not be added up, by the property `overlap` of its columns.

`"overlap": {"re_exports": "exports", "balance": ["exports", "imports"]}`: rows with the value
before the colon count things that rows with a value after it count too. `"any"`: rows with
different values count the same things in another way, or belong to different lists. `"repeats"`: a
filled cell is the key of the row that this row repeats.

Two rows overlap when a column says so and all other columns of the primary key are equal or say so
too: exports and re-exports of one year overlap, those of two years do not. A rule on a column
outside the key holds for any two rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from ..errors import listed
from . import descriptor

REPEATS, ANY = "repeats", "any"


def named(rule: object) -> dict[str, list[str]]:
    """Of a rule that names values: those that each value overlaps; empty for other rules."""
    texts = rule if isinstance(rule, dict) else {}
    return {value: [of] if isinstance(of, str) else of for value, of in texts.items()}


class _Column:
    """A column with `any` or with named values. codes: of its value in each row, 0 for a value
    without a rule, whose rows overlap only where `rest`, the value itself, is equal."""

    def __init__(self, field: dict, cells: pd.Series, whole_key: bool):
        self.name, self.parts, self.whole_key = field["name"], named(field["overlap"]), whole_key
        self.boolean = field["type"] == "boolean"
        words = [*self.parts, *(of for each in self.parts.values() for of in each)]
        order = field.get("constraints", {}).get("enum") or cells.dropna().unique().tolist()
        self.values = [None, *(v for v in order if not self.parts or v in words)]
        self.codes = pd.Index(self.values).get_indexer(cells).clip(0).astype(np.intp)
        self.rest = pd.factorize(cells.astype(object).where(self.codes == 0))[0]
        size = len(self.values)
        self.related = ~np.eye(size, dtype=bool)
        if self.parts:
            self.related[:] = [[self._share(a, b) for a in self.values] for b in self.values]
        self.related[0, :] = self.related[:, 0] = False

    def _share(self, one, other) -> bool:
        return one in self.parts.get(other, ()) or other in self.parts.get(one, ())

    def filter(self, table: str, pairs: np.ndarray) -> str:
        """The condition that leaves out rows, as Python. pairs: codes of overlapping values."""
        met = {self.values[code] for code in pairs.ravel()}
        column = f"{table}.{self.name}"
        parts = [value for value in self.values if value in met & self.parts.keys()]
        if self.whole_key:
            return f"~{column}.isin({json.dumps(parts, ensure_ascii=False)})"
        if self.boolean:
            return column
        kept = next(v for v in self.values if v in met and (v not in parts or met <= {*parts}))
        return f"{column} == {json.dumps(kept, ensure_ascii=False)}"

    def shown(self, pairs: np.ndarray) -> str:
        """The overlapping values, at most a few pairs, and the column, for a message."""
        if self.boolean:
            return f"rows with and without {self.name}"
        words = [f"{self.values[a]} and {self.values[b]}" for a, b in pairs]
        return f"{listed(words)} (column {self.name})"


class Overlaps:
    """Which rows of one table overlap. It prepares whole-number codes of the rows, so that asking
    takes a few milliseconds for a million rows. frame: all rows, in order, indexed by their keys.
    """

    def __init__(self, resource: dict, frame: pd.DataFrame):
        fields, key = descriptor.fields(resource), descriptor.primary_key(resource)
        ruled = {name: field for name, field in fields.items() if "overlap" in field}
        self.table = resource["name"]
        self._keys = frame.index
        self.repeats = next((n for n, f in ruled.items() if f["overlap"] == REPEATS), "")
        self._columns = [
            _Column(field, frame[name], key == [name])
            for name, field in ruled.items()
            if field["overlap"] != REPEATS
        ]
        self._inside = np.array([column.name in key for column in self._columns], dtype=bool)
        self._codes, self._kinds = _combined([c.codes for c in self._columns], len(frame))
        plain = [frame[name] for name in key if name not in ruled]
        rest = [c.rest for c in self._columns if c.name in key]
        self._groups, _ = _combined([*(pd.factorize(c)[0] for c in plain), *rest], len(frame))
        roots = _roots(frame, key, self.repeats) if self.repeats else range(len(frame))
        self._roots = np.asarray(roots, dtype=np.intp)
        self._touching: dict[tuple[int, int], bool] = {}

    def __bool__(self) -> bool:
        return bool(self._columns or self.repeats)

    def __deepcopy__(self, memo: dict) -> Overlaps:
        return self  # pandas copies what a frame carries in `attrs`; nothing here changes

    def warning(self, positions: np.ndarray) -> str:
        """What is wrong with adding up rows, and a filter to write; empty if nothing is.

        positions: of rows in the file, from 0. Holds for results in which a row counted twice
        weighs double (sum, mean, cumulative sum, product), not for the largest, smallest or median.
        """
        positions = np.asarray(positions, dtype=np.intp)
        found, filters = [], []
        for column, pairs in self._overlapping(positions):
            found.append(column.shown(pairs))
            filters.append(column.filter(self.table, pairs))
        if self.repeats and np.bincount(self._roots[np.unique(positions)], minlength=1).max() > 1:
            found.append(f"rows that repeat each other (column {self.repeats})")
            filters.append(f"{self.table}.{self.repeats}.isna()")
        if not found:
            return ""
        if len(filters) > 1:
            filters = [f"({each})" if " == " in each else each for each in filters]
        return (
            f"{self.table}: rows that overlap are counted together: {'; '.join(found)}. "
            f"Take only some, such as {self.table}[{' & '.join(filters)}]"
        )

    def touch(self, one: int, other: int) -> bool:
        """Whether two rows may overlap, by position: a quick test before `warning`."""
        kinds = int(self._codes[one]), int(self._codes[other])
        if kinds not in self._touching:
            self._touching[kinds] = bool(len(self._related(np.unique(kinds))))
        return self._touching[kinds] or bool(self._roots[one] == self._roots[other])

    def of_keys(self, keys: pd.Index) -> str:
        """As `warning`, for rows by the keys that are the index of a frame of `tables.load`."""
        places = self._keys.get_indexer(keys)
        return self.warning(places[places >= 0])

    def _overlapping(self, positions: np.ndarray) -> Iterator[tuple[_Column, np.ndarray]]:
        """Each column with overlapping values among the rows, and the pairs of their codes."""
        present = np.zeros(len(self._kinds), dtype=bool)
        present[self._codes[positions]] = True
        pairs = self._related(np.flatnonzero(present))
        if not len(pairs):
            return
        pairs = pairs[self._together(pairs, positions)]
        for number, column in enumerate(self._columns):
            values = self._kinds[pairs][:, :, number]
            if len(clash := values[column.related[values[:, 0], values[:, 1]]]):
                yield column, np.unique(np.sort(clash, axis=1), axis=0)

    def _related(self, kinds: np.ndarray) -> np.ndarray:
        """The pairs of kinds of rows (combinations of codes) that overlap if all else is equal."""
        codes = self._kinds[kinds]
        inside = np.ones((len(kinds), len(kinds)), dtype=bool)
        outside, differ = ~inside, ~inside
        for number, column in enumerate(self._columns):
            one, other = codes[:, number, None], codes[None, :, number]
            related = column.related[one, other]
            if self._inside[number]:
                inside &= related | (one == other)
                differ |= related
            else:
                outside |= related
        return kinds[np.argwhere(np.triu(outside | (inside & differ), 1))]

    def _together(self, pairs: np.ndarray, positions: np.ndarray) -> list[bool]:
        """Whether each pair of kinds occurs in rows that are equal in the other columns of the key,
        or differs in a column outside the key."""
        rows = positions[np.isin(self._codes[positions], pairs)]
        groups = {kind: np.unique(self._groups[rows[self._codes[rows] == kind]])
                  for kind in np.unique(pairs)}  # fmt: skip
        return [
            any(
                column.related[self._kinds[a, number], self._kinds[b, number]]
                for number, column in enumerate(self._columns)
                if not self._inside[number]
            )
            or bool(np.intersect1d(groups[a], groups[b], assume_unique=True).size)
            for a, b in pairs
        ]


def _combined(codes: list[np.ndarray], size: int) -> tuple[np.ndarray, np.ndarray]:
    """One code per row for a combination of codes, and the combinations by that code."""
    if not codes:
        return np.zeros(size, dtype=np.intp), np.zeros((1, 0), dtype=np.intp)
    kinds, found = np.unique(np.column_stack(codes), axis=0, return_inverse=True)
    return found.reshape(-1).astype(np.intp), kinds


def _roots(frame: pd.DataFrame, key: list[str], column: str) -> list[int]:
    """The position of the row that each row repeats in the end, or its own."""
    places = {value: place for place, value in enumerate(frame[key[0]])}
    found = [places.get(value, place) for place, value in enumerate(frame[column])]
    for _ in pairwise(found):
        if (further := [found[place] for place in found]) == found:
            break
        found = further
    return found
