"""Rows of a table: which ones, how many of each kind, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import charts, counts, tables
from ..charts import defaults, table_headers
from ..errors import ChartError, Problem
from ..formats import html_tables
from ..formats.html_tables import Column
from ..language import Text
from ..messages import _
from ..tables import overlaps
from . import controls
from .controls import Choice
from .view import Shown, View

MOST = 200  # rows that the table shows
_FROM, _TO, _AGAIN = "_from", "_to", "_again"  # controls of its own; others have names of columns
_REPEATED = {
    False: _("not counted"), True: _("counted"),
}  # fmt: skip


def rows(
    frame: pd.DataFrame,
    *,
    by: Sequence[str],
    count: tuple[str, str],
    columns: Mapping[str, Column | Text | None] | Sequence[str] | None = None,
    period: str | None = None,
    start: Mapping[str, Any] | None = None,
) -> View:
    """The rows that a choice leaves: how many there are of each pair of values, and what they say.

    frame: rows of `tables.load`. by: columns of which one value is chosen, or all. count: the two
    columns whose pairs of values are counted: a panel or bar for each value of the first, in it
    the years, or at most six parts, of the second. columns: of the table, as for
    `show_table`. period: a column of years; the first and the last are chosen. start: what is
    chosen at first, by column. Rows that repeat another one, by the descriptor, count only if the
    reader says so; of other rows that overlap a warning is shown.

    Raises `ChartError` for columns that do not exist, values without a name and no rows.

    >>> list(explore.rows(visits, by=["section"], count=("direction", "year")).controls)
    ['section']
    """
    controls.has(frame, *by, *count, *filter(None, [period]))
    table_headers.headers(frame, columns, None, "explore.rows")  # before anything is chosen
    choices = controls.of_columns(frame, by, start, whole=True)
    if period:
        years = {int(year): defaults.same(year) for year in sorted(frame[period].dropna().unique())}
        if not years:
            raise ChartError(Problem("explore.rows, period", f"no year in {period}", "some"))
        choices[_FROM] = Choice(_("From"), years)
        choices[_TO] = Choice(_("Up to"), years, max(years))
    repeats = _repeats(frame)
    if repeats and frame[repeats].notna().any():
        choices[_AGAIN] = Choice(_("Repetitions"), _REPEATED)
    shown = _Rows(frame, list(by), count, columns, period, repeats)
    return View(shown.draw, choices)


def _repeats(frame: pd.DataFrame) -> str:
    """The column that says which row a row repeats, by the descriptor; empty without one."""
    fields = controls.fields(frame).items()
    names = (name for name, field in fields if field.get("overlap") == overlaps.REPEATS)
    return next((name for name in names if name in frame), "")


@dataclass(frozen=True)
class _Rows:
    """The frame and options of one view. repeats: the column that says which row a row repeats."""

    frame: pd.DataFrame
    by: Sequence[str]
    count: tuple[str, str]
    columns: Mapping[str, Column | Text | None] | Sequence[str] | None
    period: str | None
    repeats: str

    def draw(self, **chosen) -> Shown:
        """The counts and rows of a choice, and which rows are left out."""
        taken, left = self.frame, []
        for column in self.by:
            taken = controls.taken(taken, column, chosen[column])
        if self.period:
            taken, undated = self._within(taken, chosen[_FROM], chosen[_TO])
            if undated:
                lost = _("Left out, as without a year they can't be placed in a period: {}.")
                left.append(lost.format(undated))
        if self.repeats and not chosen.get(_AGAIN):
            again = taken[self.repeats].notna()
            taken = taken[~again]
            if again.any():
                left.append(_("Repetitions, which do not count: {}.").format(again.sum()))
        unit = tables.units()[f"{defaults.table_of(self.frame)}.rows"]
        many, of = int(float(counts.count(taken))), len(self.frame)  # warns of overlaps
        said = [_("{} of {} {}.").format(many, of, unit), *left]
        if taken.empty:
            return Shown([*said, _("No row fits this choice.")])
        said += self._unknown(taken)
        if many > MOST:
            said.append(_("The table shows the first {}.").format(MOST))  # fmt: skip
        part = taken.head(MOST)
        headers = table_headers.headers(part, self.columns, None, "explore.rows")
        return Shown(said, self._chart(taken), html_tables.table(part, headers))

    def _within(self, rows: pd.DataFrame, first: int, last: int) -> tuple[pd.DataFrame, int]:
        """The rows of a period, and how many were left out as they have no year. In the whole
        period those without one are kept."""
        years = rows[self.period]
        every = self.frame[self.period]
        if first <= every.min() and last >= every.max():
            return rows, 0
        return rows[years.between(first, last).fillna(False)], int(years.isna().sum())

    def _unknown(self, rows: pd.DataFrame) -> Iterator[Text]:
        """The columns that are counted by, with the number of rows that do not state them."""
        for column in self.count:
            if lacking := int(rows[column].isna().sum()):
                name = controls.title(rows, column)
                yield _("{} unknown for {}: not in the picture.").format(name, lacking)

    def _chart(self, rows: pd.DataFrame) -> charts.Chart | None:
        """The counts of the rows; `None` when no row has both values."""
        down, across = self.count
        known = rows[rows[down].notna() & rows[across].notna()]
        if known.empty:
            return None
        counted = counts.count_by(known, down, across)
        names = [controls.named(known, column) for column in self.count]
        if all(map(defaults.whole, names[1])):
            return charts.columns(counted.T, names=names[0])
        return charts.stacked(counted, names=names[0], series_names=names[1])
