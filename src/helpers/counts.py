"""Counts of rows and of years, as quantities that keep the keys of the rows counted.

A frame from `tables.load` has the keys of its rows as index, which filtering and sorting keep.
Functions here raise `EvidenceError` for a frame without such an index.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from .errors import EvidenceError, Problem, warn_of_overlap
from .evidence.arithmetic import Quantity, exact_count
from .evidence.derivation import Derivation
from .evidence.reductions import row_count
from .evidence.rows import natural_order
from .language import Text, is_missing
from .messages import _

__all__ = ["Gap", "alternates", "count", "count_by", "distinct", "gaps", "tally"]
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports

_CITED = ("section", "source")  # columns with the id of what a row is cited from


def count(rows: pd.DataFrame | pd.Series, overlapping: bool = False) -> Quantity:
    """The number of rows. Warns when rows overlap, such as a result and its repetition, unless
    `overlapping` says that each row is meant to count.

    >>> counts.count(visits)
    3 missions.rows, 3 to 3 (count-...)
    """
    overlaps = rows.attrs.get("overlaps")
    if overlaps and not overlapping and (message := overlaps.of_keys(rows.index)):
        warn_of_overlap(f"{message}, or count with overlapping=True")
    return row_count(*_evidence(rows))


def distinct(rows: pd.DataFrame, column: str) -> Quantity:
    """The number of different values in a column of the rows; missing values do not count.

    >>> counts.distinct(visits, "year")
    3 missions.year, 3 to 3 (distinct-...)
    """
    named = rows[rows[column].notna()]
    words = _("different values of {}").format(column)
    origin = Derivation("distinct", words, {}, *_evidence(named))
    return exact_count(named[column].nunique(), f"{_table(rows)}.{column}", origin)


def count_by(
    rows: pd.DataFrame, down: str | pd.Series, across: str | pd.Series,
    index: Sequence | None = None, columns: Sequence | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Counts of rows for each pair of values: a frame of quantities.

    down, across: a column name, or values aligned with the rows. index, columns: the values to
    show, in order; None shows the values that occur, sorted, those of a category in its order. The
    axes of the result have the names of what was counted by.

    >>> counts.count_by(visits, "direction", "year").loc["outgoing", 1995]
    1 missions.rows, 1 to 1 (count-...)
    """
    one, two = (rows[by] if isinstance(by, str) else by for by in (down, across))
    index, columns = (
        list(by.dropna().sort_values().unique() if wanted is None else wanted)
        for by, wanted in ((one, index), (two, columns))
    )
    narrow = rows[[name for name in _CITED if name in rows]]  # all that a count needs of a row
    cells = [
        [count(narrow[((one == i) & (two == c)).fillna(False)]) for c in columns] for i in index
    ]
    down_named, across_named = pd.Index(index, name=one.name), pd.Index(columns, name=two.name)
    return pd.DataFrame(cells, index=down_named, columns=across_named, dtype=object)


def tally(holds: pd.Series, unit: str, rule: Text, rows: pd.DataFrame) -> Quantity:
    """How often a rule holds, for cases that are derived from rows but are not rows themselves.

    holds: true or false for each case. rule: a description of what was counted. rows: the rows
    that the cases are derived from.

    >>> counts.tally(visits.year > 1995, "years", Text("latere jaren", "later years"), visits)
    2 years, 2 to 2 (tally-...)
    """
    return exact_count(int(holds.sum()), unit, Derivation("tally", rule, {}, *_evidence(rows)))


class Gap(NamedTuple):
    """Years without an event between two years with one."""

    after: int
    before: int
    years: Quantity


def gaps(rows: pd.DataFrame) -> list[Gap]:
    """The gaps between consecutive values of `year` that are more than a year apart, in order.

    >>> counts.gaps(visits)
    [Gap(after=1996, before=1998, years=1 years, 1 to 1 (gap-...))]
    """
    found = []
    dated = rows[rows.year.notna()]
    for a, b in itertools.pairwise(sorted({int(year) for year in dated.year})):
        if b - a > 1:
            ends = dated[dated.year.isin([a, b])]
            name = _("years between")
            origin = Derivation("gap", f"{b} − {a} − 1", {}, *_evidence(ends), name=name)
            found.append(Gap(a, b, exact_count(b - a - 1, "years", origin)))
    return found


def alternates(going: pd.DataFrame, coming: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Test whether outgoing and incoming events alternate from year to year.

    Returns one row per year from first to last: `year`, `outgoing` and `incoming` (counts),
    `pattern` (`outgoing`, `incoming`, `both` or `none`), and `fits`: whether the year has only one
    direction and the year before only the other (the first year needs only one direction).

    >>> going, coming = (visits[visits.direction == way] for way in ("outgoing", "incoming"))
    >>> counts.alternates(going, coming, 1995, 1996).pattern.tolist()
    ['outgoing', 'incoming']
    """
    years = range(first, last + 1)
    frame = pd.DataFrame({"year": years})
    for name, rows in (("outgoing", going), ("incoming", coming)):
        counts = [count(rows[(rows.year == year).fillna(False)]) for year in years]
        frame[name] = pd.Series(counts, dtype=object)
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
        expected = "rows from tables.load, which keep the keys of their table"
        raise EvidenceError(Problem("a count", f"a frame indexed by {name!r}", expected))
    return name.removeprefix("row of ")


def _evidence(rows: pd.DataFrame | pd.Series) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The table, the keys of the rows, and the ids of their sources."""
    cited: dict[str, None] = {}
    for column in _CITED:
        if isinstance(rows, pd.DataFrame) and column in rows:
            cited |= dict.fromkeys(str(cell) for cell in rows[column] if not is_missing(cell))
    return _table(rows), tuple(sorted(rows.index, key=natural_order)), tuple(cited)
