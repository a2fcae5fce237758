"""Counts: how many rows, or years, with the rows that were counted. Pure.

A frame from `readings.load` carries the keys of its rows in its index, whatever is filtered or
sorted; what is counted here names them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from .errors import EvidenceError, Problem
from .evidence.derivation import Derivation
from .evidence.quantities import Quantity, exact_count
from .language import Text

_ROWS = Text("aantal van deze rijen", "number of these rows")


def count(rows: pd.DataFrame | pd.Series) -> Quantity:
    """The number of rows."""
    table = _table(rows)
    name = Text("aantal {unit}", "number of {unit}")
    origin = Derivation("count", _ROWS, {}, *_named(rows), name=name)
    return exact_count(len(rows), f"{table}.rows", origin)


def distinct(rows: pd.DataFrame, column: str) -> Quantity:
    """The number of different values that a column of the rows has."""
    named = rows[rows[column].notna()]
    words = Text(f"verschillende waarden van {column}", f"different values of {column}")
    origin = Derivation("distinct", words, {}, *_named(named))
    return exact_count(named[column].nunique(), f"{_table(rows)}.{column}", origin)


def count_by(
    rows: pd.DataFrame, down: str | pd.Series, across: str | pd.Series,
    index: Sequence | None = None, columns: Sequence | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Counts of rows for each pair of values: a frame of quantities.

    down, across: a column, or values aligned with the rows. index, columns: the values shown, in
    order; those that occur, sorted, if None.
    """
    one, two = (rows[by] if isinstance(by, str) else by for by in (down, across))
    index, columns = (
        sorted(by.dropna().unique()) if wanted is None else list(wanted)
        for by, wanted in ((one, index), (two, columns))
    )
    cells = [[count(rows[((one == i) & (two == c)).fillna(False)]) for c in columns] for i in index]
    return pd.DataFrame(cells, index=index, columns=columns, dtype=object)


def tally(holds: pd.Series, unit: str, rule: Text, rows: pd.DataFrame) -> Quantity:
    """How often a rule holds, when what is counted is not rows but follows from them.

    holds: true or false for each case. rule: what was counted, in words of both languages.
    """
    return exact_count(int(holds.sum()), unit, Derivation("tally", rule, {}, *_named(rows)))


class Gap(NamedTuple):
    """Years without an event between two years with one."""

    after: int
    before: int
    years: Quantity


def gaps(rows: pd.DataFrame) -> list[Gap]:
    """The stretches without an event, in order, between the first `year` and the last."""
    found = []
    dated = rows[rows.year.notna()]
    for a, b in itertools.pairwise(sorted({int(year) for year in dated.year})):
        if b - a > 1:
            ends = dated[dated.year.isin([a, b])]
            name = Text("jaren ertussen", "years between")
            origin = Derivation("gap", f"{b} − {a} − 1", {}, *_named(ends), name=name)
            found.append(Gap(a, b, exact_count(b - a - 1, "years", origin)))
    return found


def alternates(going: pd.DataFrame, coming: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Each year from first to last against the rhythm "one year out, the next year in".

    Shape: one row per year: `year`, `outgoing` and `incoming` (counts), `pattern`: `outgoing`,
    `incoming`, `both` or `none`, and `fits`: whether the year has just one direction and the year
    before had just the other (the first year only needs one direction).
    """
    years = range(first, last + 1)
    frame = pd.DataFrame({"year": years})
    for name, rows in (("outgoing", going), ("incoming", coming)):
        frame[name] = [count(rows[(rows.year == year).fillna(False)]) for year in years]
    word = {
        (True, False): "outgoing",
        (False, True): "incoming",
        (True, True): "both",
        (False, False): "none",
    }
    pairs = zip(frame.outgoing, frame.incoming, strict=True)
    frame["pattern"] = [word[out.value > 0, back.value > 0] for out, back in pairs]
    other = frame.pattern.map({"outgoing": "incoming", "incoming": "outgoing"})
    frame["fits"] = other.notna() & (frame.pattern.shift() == other)
    frame.loc[0, "fits"] = other.notna()[0]
    return frame


def _table(rows: pd.DataFrame | pd.Series) -> str:
    name = rows.index.name
    if not isinstance(name, str) or not name.startswith("row of "):
        expected = "rows from readings.load, which keep the keys of their table"
        raise EvidenceError(Problem("a count", f"a frame indexed by {name!r}", expected))
    return name.removeprefix("row of ")


def _named(rows: pd.DataFrame | pd.Series) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The table, the keys of the rows, and what is to be cited for them."""
    cited: dict[str, None] = {}
    for column in ("section", "source"):
        if isinstance(rows, pd.DataFrame) and column in rows:
            cited |= dict.fromkeys(rows[column].dropna().astype(str))
    return _table(rows), tuple(sorted(rows.index, key=_natural)), tuple(cited)


def _natural(key: str) -> list:
    """Keys in the order in which people count: claim-9 before claim-10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key)]
