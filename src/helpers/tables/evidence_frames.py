"""Measured cells of tables as quantities, each with the range of numbers it may stand for.

`load` is `frames.load` with evidence: measured cells are quantities, and the index holds the keys
of the rows, so that they survive filtering and sorting, and counts can name their rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from ..errors import DataError, Problem
from ..evidence.array import QuantityArray
from ..evidence.column import ReadColumn
from ..evidence.intervals import Interval, reported
from ..evidence.rows import Row
from ..evidence.scaled import Scaled, rounded, scaled
from ..files import reading
from ..language import is_missing
from . import descriptor, display_names, frames, required_columns, roles, sections
from .overlaps import Overlaps
from .roles import Role


def load(
    name: str,
    data: Path | None = None,
    width: float = 1,
    plain: bool = False,
    hedges: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The table `name`, its measured cells as quantities; an empty cell stays missing.

    Measured columns are those named `value` (or `value_eur_m`, ...), and those whose field in the
    descriptor has `last_digit`; a column that repeats one of another table (`copyOf`) has the
    quantities of those rows. The range of a number in a unit of whole things, without a hedge word,
    is narrowed to whole numbers. width: factor for the ranges of hedge words, such as 2 or 0.5.
    hedges: other rules for these words than those of their table, such as `rules` after

        rules = tables.load("hedges", plain=True).set_index("hedge")
        rules.loc["+"] = rules.loc["more than"]

    plain: floats without evidence, as `frames.load` gives them.

    Raises `DataError` for an invalid table, and for a hedge word without a rule.

    >>> tables.load("foreign_investment").value_eur_m.sum()
    33.6 EUR_m, 33.45 to 33.75 (sum-...)
    """
    data = descriptor.folder(data)
    if plain or hedges is not None:
        return frames.load(name, data) if plain else _loaded(name, data, width, hedges)
    key = "table", name, data, str(width)
    return reading.once(key, lambda: _loaded(name, data, width, None)).copy()


def _loaded(name: str, data: Path, width: float, hedges: pd.DataFrame | None) -> pd.DataFrame:
    frame, resource = frames.load(name, data), descriptor.read(data)[name]
    if found := required_columns.of_table(resource, data):
        raise DataError(found)
    named = keys(frame, resource)
    rules = _Rules(data, width, hedges)
    indexed = frame.set_axis(pd.Index(named, name=f"row of {name}", dtype=object))
    overlapping = Overlaps(resource, indexed)
    read = {
        field["name"]: QuantityArray.read(rules.column(resource, named, frame, field, overlapping))
        for field in descriptor.measured(resource)
    }
    for field in descriptor.copied(resource, descriptor.read(data)):
        of = field["copyOf"]
        other = load(of["resource"], data, width, hedges=hedges)[of["field"]]
        rows = other.index.get_indexer(frame[of["key"]])  # -1, so missing, where no row is named
        cells = other.array.take(rows, allow_fill=True)
        read[field["name"]] = cells.astype(f"quantity[{field.get('unit', cells.unit)}]")
    if overlapping and not read:  # the rows are what is counted
        indexed.attrs["overlaps"] = overlapping
    return indexed.assign(**read)


def keys(frame: pd.DataFrame, resource: dict) -> list[str]:
    """The keys of the rows of a table: the values of its primary key, joined by `|`."""
    parts = (frame[column].tolist() for column in descriptor.primary_key(resource))
    rows = zip(*parts, strict=True)
    return ["|".join("" if is_missing(part) else str(part) for part in row) for row in rows]


def reported_numbers(
    data: Path | None = None, width: float = 1, hedges: pd.DataFrame | None = None
) -> pd.Series:
    """Every number in the report, by id; an unknown one is a quantity without a value. width,
    hedges: as for `load`.

    >>> tables.reported_numbers()["trade-01"]
    12000000 EUR, 12000000 to 12500000 (trade-01)
    """
    data = descriptor.folder(data)
    frame = load(roles.table(Role.REPORTED, data), data, width, hedges=hedges)
    return frame.set_index("id").value


def languages(name: str, data: Path) -> list[str]:
    """The language of the printed text of each row of a table: of the document or the publication
    that the row cites; empty where none is known."""
    return _Rules(data, 1, pd.DataFrame()).cited(frames.load(name, data))[1]


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

    def __init__(self, data: Path, width: float, hedges: pd.DataFrame | None):
        self._roles, self.width, self._data = roles.tables(data), width, data
        self.hedges = self._own_hedges() if hedges is None else hedges
        self.whole = display_names.whole_units(data)

    def _own_hedges(self) -> pd.DataFrame:
        """The table of hedge words; empty in a project without one."""
        if (name := self._roles.get(Role.HEDGES)) is None:
            return pd.DataFrame({"below": [], "above": []})
        return frames.load(name, self._data).set_index("hedge")

    @cached_property
    def places(self) -> sections.Places:
        """The places in the documents."""
        return sections.Places(self._data)

    @cached_property
    def languages(self) -> dict[str, str]:
        """The language of each publication, by id; read only when a table cites one."""
        if (name := self._roles.get(Role.SOURCES)) is None:
            return {}
        sources = frames.load(name, self._data)
        return dict(zip(sources.id, sources.language, strict=True))

    def cited(self, frame: pd.DataFrame) -> tuple[list[str], list[str]]:
        """What each row is cited from, a publication or a place in a document, and the language of
        that."""
        cited, spoken = self.places.of(frame), []
        published = [None] * len(frame) if "source" not in frame else frame["source"].tolist()
        for number, (id, place) in enumerate(zip(published, cited, strict=True)):
            if is_missing(id):
                spoken.append(self.places.language(place) if place else "")
            else:
                cited[number] = id
                spoken.append(self.languages.get(id, ""))
        return cited, spoken

    def column(
        self, table: dict, keys: list[str], frame: pd.DataFrame, field: dict, overlapping: Overlaps
    ) -> ReadColumn:
        """A measured column of a table; an empty cell is missing, or unknown in the reported
        numbers."""
        name, given = field["name"], table["name"] == self._roles.get(Role.REPORTED)
        cited, spoken = self.cited(frame)
        cited = keys if given else cited
        units = (
            [field["unit"]] * len(frame)
            if "unit" in field
            else frame.unit.astype(object).fillna("").tolist()
        )
        row = _Rows(table["name"], name, keys, cited, frame, given, spoken, overlapping)
        numbers = self._numbers(table["name"], keys, frame, field, units)
        periods, sources = _coded(_periods(frame)), _coded(cited)
        return ReadColumn(
            table["name"], name, keys, units, numbers, row, given, periods, sources,
            overlapping,
        )  # fmt: skip

    def _numbers(self, table: str, keys, frame: pd.DataFrame, field: dict, units) -> Scaled:
        """Values and bounds: half a unit of the last digit, or what the hedge word of a row allows;
        whole numbers in a unit of whole things."""
        digit = field.get("last_digit")
        digits = frame.last_digit if digit is None else pd.Series(digit, frame.index)
        values = frame[field["name"]].to_numpy(float, na_value=np.nan)
        hedged = frame.hedge.notna() if "hedge" in frame else pd.Series(False, frame.index)
        whole = pd.Series(units, frame.index).isin(self.whole) & ~hedged
        numbers = rounded(values, digits.to_numpy(float, na_value=np.nan)).whole(whole.to_numpy())
        at = np.flatnonzero(hedged & ~np.isnan(values))
        if not len(at):
            return numbers
        ends = [numbers.fractions(position) for position in range(len(frame))]
        for position in at:
            hedge, value = frame.hedge.iloc[position], ends[position][0]
            try:
                allowed = bounds(value, digits.iloc[position], hedge, self.hedges, self.width)
            except KeyError:
                place = f"{table}, row {keys[position]}, column hedge"
                known = self._roles.get(Role.HEDGES)
                expected = f"a word in the table {known}" if known else "an empty cell"
                remedy = "Add a row there that says what it allows, and why"
                if not known:
                    remedy = "Or add a table of hedges that has it, and name that in annex.roles"
                raise DataError(Problem(place, repr(hedge), expected, remedy)) from None
            ends[position] = [value, allowed.low, allowed.high]
        return scaled([list(side) for side in zip(*ends, strict=True)])


@dataclass(frozen=True)
class _Rows:
    """The origins of the cells of a column, by position. cited: the id of the source of each row.
    spoken: the language of each."""

    table: str
    column: str
    keys: list[str]
    cited: list[str]
    frame: pd.DataFrame
    given: bool
    spoken: list[str]
    overlapping: Overlaps

    def __call__(self, position: int) -> Row:
        key, raw, lang = self.keys[position], self._printed[position], self.spoken[position]
        return Row(self.table, key, self.column, raw, self.cited[position], lang, self.given,
                   position, self.overlapping or None)  # fmt: skip

    @cached_property
    def _printed(self) -> list[str]:
        cells = self.frame.reindex(columns=["raw", "hedge"]).itertuples(index=False)
        return [_raw(raw, hedge) for raw, hedge in cells]


def _coded(values: list) -> tuple[np.ndarray, list]:
    """Values as codes and what these mean."""
    meanings = {value: code for code, value in enumerate(dict.fromkeys(values))}
    return np.array([meanings[value] for value in values], dtype=np.int64), list(meanings)


def _periods(frame: pd.DataFrame) -> list[tuple]:
    """The first and last day, month or year of each row; empty where it has none."""
    ends = ("year", "year") if "year" in frame else ("period_start", "period_end")
    if not all(end in frame for end in ends):
        return [()] * len(frame)
    pairs = zip(*(frame[end] for end in ends), strict=True)
    return [() if is_missing(a) or is_missing(b) else (str(a), str(b)) for a, b in pairs]


def _raw(raw, hedge) -> str:
    """The text as printed, preceded by its hedge word unless it starts with it already."""
    if is_missing(raw):
        return ""
    return raw if is_missing(hedge) or raw.startswith(hedge) else f"{hedge} {raw}"
