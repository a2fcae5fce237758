"""Lines over years: which ones, of what, in current or constant prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import charts, language, measures
from ..charts import defaults
from ..errors import ChartError, Problem
from ..formats import html_tables
from ..language import Text
from ..messages import _
from ..tables import overlaps
from . import controls
from .controls import Choice
from .view import Shown, View

_PRICES, _BASE = "_prices", "_base"  # controls of its own; the others have the names of columns
_NOTHING = _("There is nothing to draw: choose something else.")  # fmt: skip
_CURRENT, _CONSTANT = "current", "constant"
_KINDS = {
    _CURRENT: _("current prices"),
    _CONSTANT: _("constant prices"),
}


def lines(
    frame: pd.DataFrame,
    *,
    value: str,
    series: str,
    by: Sequence[str] = (),
    breaks: str | None = None,
    prices: pd.Series | None = None,
    unit: str | None = None,
    start: Mapping[str, Any] | None = None,
) -> View:
    """A line over years for each chosen value of a column, and its numbers.

    frame: rows of `tables.load` with a `year`. value: the column that is drawn. series: the column
    of which each value is a line; several can be chosen. by: columns of which one value is chosen:
    nothing is added up. breaks: the column that is true in the first year after a change of method,
    before which lines are interrupted. prices: a price index by year; with it the reader chooses
    current prices, or constant ones of a base year. unit: to convert to (`"EUR_bn"`). start: what
    is chosen at first, by column.

    Raises `ChartError` for columns that do not exist, and for several rows of one line and year.

    >>> list(explore.lines(goods, value="value_eur_m", series="source").controls)
    ['source']
    """
    controls.has(frame, "year", value, series, *by, *filter(None, [breaks]))
    key = [*by, series, "year"]
    if twice := int(frame.duplicated(key).sum()):
        place, found = f"explore.lines, columns {', '.join(key)}", f"{twice} more rows of one mark"
        remedy = "Name the column that tells them apart in by=[...]; rows are not added up"
        raise ChartError(Problem(place, found, "one row for each line and year", remedy))
    choices = controls.of_columns(frame, by, start, several=[series])
    if prices is not None:
        years = sorted(set(frame.year.dropna()) & set(prices.dropna().index))
        if not years:
            expected = "an index for some year of the frame"
            raise ChartError(Problem("explore.lines, prices", "other years", expected))
        choices[_PRICES] = Choice(_("Prices"), _KINDS)
        bases = {year: defaults.same(year) for year in years}
        choices[_BASE] = Choice(_("Base year"), bases, years[-1])
    shown = _Lines(frame, value, series, by, breaks, prices, unit, choices[series].options)
    idle = lambda **chosen: {_BASE} if chosen.get(_PRICES) == _CURRENT else set()  # noqa: E731
    return View(shown.draw, choices, idle)


@dataclass(frozen=True)
class _Lines:
    """The frame and options of one view. names: of the lines."""

    frame: pd.DataFrame
    value: str
    series: str
    by: Sequence[str]
    breaks: str | None
    prices: pd.Series | None
    unit: str | None
    names: Mapping[Any, Text]

    def draw(self, **chosen) -> Shown:
        """The lines of a choice, their numbers, and what is not drawn."""
        wanted, rows = chosen[self.series], self.frame
        for column in self.by:
            rows = controls.taken(rows, column, chosen[column])
        rows = rows[rows[self.series].isin(wanted)]
        every = range(rows.year.min(), rows.year.max() + 1) if len(rows) else range(0)
        # A year without a row interrupts a line, as a missing value does.
        wide = rows.pivot(index="year", columns=self.series, values=self.value).reindex(every)
        shown, all_ = rows[self.value].notna().sum(), len(self.frame)
        said = [_("{} of {} values.").format(shown, all_)]
        if self.prices is not None and chosen[_PRICES] == _CONSTANT:
            wide = self._constant(wide, chosen[_BASE], said)
        present = [name for name in self.names if name in wide and wide[name].notna().any()]
        if lacking := [self.names[name] for name in wanted if name not in present]:
            which = language.join(lacking)
            said.append(_("No values: {}.").format(which))
        if not present:
            return Shown([*said, _NOTHING])
        broken = sorted(set(rows.year[rows[self.breaks]])) if self.breaks else []
        if broken:
            when = language.join(map(str, broken))
            said.append(
                _("The method changed in {}: the lines are interrupted there.").format(when)
            )
        names = {name: self.names[name] for name in present}
        picture = charts.lines(wide[present], names=names, unit=self.unit, breaks=broken)
        table = html_tables.table(picture.data, picture.columns)
        return Shown([*said, *self._overlaps(present)], picture, table)

    def _constant(self, wide: pd.DataFrame, base: int, said: list[Text]) -> pd.DataFrame:
        """The frame in prices of a year; years without a price index are told and left out."""
        assert self.prices is not None
        said.append(_("In prices of {}.").format(base))
        priced = wide.index.isin(self.prices.dropna().index)
        if not priced.all():
            which = language.join(map(str, wide.index[~priced]))
            said.append(_("Left out, without a price index: {}.").format(which))
        return wide[priced].apply(measures.constant_prices, price_index=self.prices, base_year=base)

    def _overlaps(self, present: Sequence) -> Iterator[Text]:
        """The lines that may not be added up, by the descriptor."""
        rule = controls.fields(self.frame).get(self.series, {}).get("overlap")
        groups = [list(present)] if rule == overlaps.ANY else []
        groups += [[part, *of] for part, of in overlaps.named(rule).items()]
        for group in groups:
            both = [self.names[name] for name in group if name in present]
            if len(both) > 1 and group[0] in present:
                which = language.join(both)
                yield _("Count partly the same, so not to be added up: {}.").format(which)
