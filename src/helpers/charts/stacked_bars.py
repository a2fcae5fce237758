"""Horizontal bars of segments, with the value of each segment and the total of each bar."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from ..errors import Problem, listed
from ..evidence.arithmetic import Quantity
from ..formats.html_tables import Column
from ..formats.value_format import joined
from ..language import Text, is_missing
from ..messages import COLON, _
from . import alt_text, defaults
from .bars import PART, ROW
from .defaults import Names
from .dot_marks import RANGE
from .frame_checks import Fit
from .segments import Segments
from .sentences import Sentence
from .style import FILLS, Chart, Layout

TOTAL = _("total")
WHOLE = {"ratio": 1, "percent": 100}  # the length of a whole bar of shares, which needs no total


def stacked(
    frame: pd.DataFrame | pd.Series,
    *,
    names: Names = None,
    series_names: Names = None,
    unit: Text | str | None = None,
    pattern: str | None = None,
    ranges: bool = False,
    marks: Mapping[Any, str] | None = None,
    colours: Mapping[Any, str] | None = None,
) -> Chart:
    """A horizontal bar per row, of a segment per column with its value in it, and its total.

    frame: a row per name and a column per segment, as `counts.count_by` and `pivot` make them, of
    known numbers from 0; or a series, whose values are the segments of one bar without a name.
    A value wider than its segment stands above it; a segment of 0 is not drawn.
    names, series_names: what rows and segments are called, in drawing order, or their values in
    that order; by default all, in the order of the frame, as the descriptor labels a column with
    the name of the index. unit: the label below, or the id of a unit to convert to; by default that
    of the quantities. Shares (`ratio`, `percent`) have an axis in per cent and no total.
    ranges: whether a line below the end of each segment shows its range, from the quantities.
    marks: a sign before the value, by segment. colours: of all segments; by default those of
    `style.FILLS`. Raises `ChartError` for a frame that does not fit.

    >>> chart = charts.stacked(counts.count_by(visits, "year", "direction"))
    """
    alone = isinstance(frame, pd.Series)
    wide = frame.rename("").to_frame().T if isinstance(frame, pd.Series) else frame
    fit = Fit("stacked", wide).rows()
    rows = fit.axis(wide.index, {"": Text()} if alone else names, "names")
    parts = fit.axis(wide.columns, series_names, "series_names")
    fit.check()
    fit.exactly(rows, parts).among("marks", marks or {}, parts)
    cells = wide.loc[list(rows), list(parts)]
    label = _label(fit, cells, unit)
    fit.problems += _problems(cells, ranges, colours)
    fit.check()
    if isinstance(unit, str):
        cells = cells.apply(lambda column: defaults.in_unit(column, unit))
    pattern = pattern or defaults.default_pattern(cells.to_numpy().flat)
    fills = colours or dict(zip(parts, FILLS, strict=False))
    shown = _Stacked(cells, rows, parts, label, pattern, ranges, marks or {}, fills, alone)
    return Chart(*shown.table(), shown.draw, shown.alt)


def _label(fit: Fit, frame: pd.DataFrame, given: Text | str | None) -> Text:
    """The label given, that of the unit given, or that of the unit of all quantities."""
    if isinstance(given, Text):
        return given
    found = defaults.unit_label(given) if given else defaults.unit(frame.to_numpy().flat)
    if isinstance(found, Text):
        return found
    unknown = Problem("charts.stacked, its numbers", "no unit", "quantities, or unit=")
    fit.problems.append(found or unknown)
    return Text()


def _problems(frame: pd.DataFrame, ranges: bool, colours: Mapping | None) -> Iterator[Problem]:
    """What can't be drawn as segments that follow each other."""
    place = "charts.stacked, frame"
    expected = "a quantity with both bounds, from 0" if ranges else "a known number from 0"
    for part, cells in frame.items():
        for row, value in cells.items():
            if not _has_length(value) or (ranges and not _is_bounded(value)):
                shown = "missing" if is_missing(value) else f"{value}"
                remedy = "What is unknown has no length: leave its row out"
                found = f"{shown} in row {row!r}"
                yield Problem(f"{place}, column {part}", found, expected, remedy)
    bare = list(frame)[len(FILLS) :] if colours is None else [p for p in frame if p not in colours]
    if bare:
        found = f"none for {listed(map(repr, bare), 5)}"
        yield Problem("charts.stacked, colours", found, "a colour for each segment")


def _has_length(value: Any) -> bool:
    number = not isinstance(value, (str, bytes)) and hasattr(value, "__float__")
    return number and not is_missing(value) and 0 <= float(value) < math.inf


def _is_bounded(value: Any) -> bool:
    return isinstance(value, Quantity) and None not in (value.bounds.low, value.bounds.high)


@dataclass(frozen=True)
class _Stacked:
    """The checked frame, in drawing order, and options of one chart, all names known."""

    frame: pd.DataFrame
    names: Mapping[Any, Text]
    parts: Mapping[Any, Text]
    unit: Text
    pattern: str
    ranges: bool
    marks: Mapping[Any, str]
    colours: Mapping[Any, str]
    alone: bool

    def whole(self) -> float | None:
        """The length of a bar of shares; `None` for amounts, which have a total."""
        units = {value.unit for value in self.frame.to_numpy().flat if isinstance(value, Quantity)}
        return WHOLE.get(units.pop()) if len(units) == 1 else None

    def totals(self) -> list:
        """The sum of each bar; counts make a count."""
        cells = self.frame.to_numpy().tolist()
        return [alt_text.counted(each) or sum(each[1:], start=each[0]) for each in cells]

    def table(self) -> tuple[pd.DataFrame, dict[str, Column]]:
        """The data as a table: a row per bar, or per segment of a bar that stands alone."""
        if self.alone:
            return self._table_of_one()
        row = str(self.frame.index.name or "row")
        shown, columns = {row: list(self.names)}, {row: Column(ROW, names=self.names)}
        for part, title in self.parts.items():
            shown[str(part)] = shown[f"{part}_range"] = self.frame[part].tolist()
            columns[str(part)] = Column(title, self.pattern)
            if self.ranges:
                heading = joined(COLON, title, RANGE)
                columns[f"{part}_range"] = Column(heading, f"range {self.pattern}")
        if self.whole() is None:
            shown["total of the row"] = self.totals()
            columns["total of the row"] = Column(TOTAL, self.pattern)
        return pd.DataFrame({name: shown[name] for name in columns}, dtype=object), columns

    def _table_of_one(self) -> tuple[pd.DataFrame, dict[str, Column]]:
        names, values = dict(self.parts), self.frame.iloc[0].tolist()
        if self.whole() is None:
            names["total of the row"], values = TOTAL, [*values, *self.totals()]
        shown = pd.DataFrame({"part": list(names), "value": values, "range": values}, dtype=object)
        columns = {"part": Column(PART, names=names), "value": Column(self.unit, self.pattern)}
        if self.ranges:
            columns["range"] = Column(RANGE, f"range {self.pattern}")
        return shown[list(columns)], columns

    def alt(self) -> list[Sentence]:
        """The alternative text."""
        sizes: dict[tuple[Text, ...], Any] = {
            (self.names[row], self.parts[part]): value
            for row, cells in self.frame.iterrows()
            for part, value in cells.items()
        }
        kind = _("stacked bars")
        if self.alone:
            kind = _("bar in parts")
        return alt_text.bars(sizes, self.unit, self.pattern, kind, self.ranges)

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        return self.segments.draw(layout)

    @functools.cached_property
    def segments(self) -> Segments:
        """What is drawn, in every language and layout."""
        totals = None if self.whole() else [float(total) for total in self.totals()]
        return Segments(
            self.frame.map(float), list(self.names.values()), self.parts, self.unit, self.pattern,
            self.whole(), totals, self.marks, self.colours,
            list(self._edges()) if self.ranges else [],
        )  # fmt: skip

    def _edges(self) -> Iterator[tuple[int, float, float]]:
        """The bar and the range of the end of each segment; the end of a whole bar is certain."""
        for bar, cells in enumerate(self.frame.to_numpy().tolist()):
            ends = [sum(cells[1 : at + 1], start=cells[0]) for at in range(len(cells))]
            for end in ends if self.whole() is None else ends[:-1]:
                if end.bounds.width != 0:
                    yield bar, float(end.bounds.low), float(end.bounds.high)
