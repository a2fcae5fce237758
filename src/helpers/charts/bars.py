"""Horizontal bars, with the row's name at the left and each value beside its mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import language
from ..formats.html_tables import Column, plain
from ..language import Text
from ..messages import _
from . import alt_text, defaults
from .defaults import Names
from .frame_checks import Fit
from .point_labels import label
from .sentences import Sentence
from .style import (
    COLOURS,
    GRID,
    INK,
    QUIET,
    SMALL,
    Chart,
    Layout,
    below,
    canvas,
    draw_bar,
    number_axis,
    wrap,
)
from .svg_minify import HALO

VALUE = "value"
ROW, PART = _("name"), _("part")


def bars(
    frame: pd.DataFrame | pd.Series,
    *,
    value: str | None = None,
    row: str | None = None,
    names: Names = None,
    unit: Text | str | None = None,
    pattern: str | None = None,
    series: str | None = None,
    series_names: Names = None,
) -> Chart:
    """One horizontal bar per row with its value beside it; with `series`, a panel per part.

    frame: columns `row`, `value` and, for parts, `series`; one row for each name and no others; or
    a series, whose index names the rows. A missing value is labelled as unknown; a negative one is
    drawn to the left. value, row: by default the
    only column of quantities, and the only other column.
    names, series_names: what rows and parts are called, in drawing order (top or left first), or
    their values in that order; by default all, as the descriptor labels a column of that name.
    unit: the label of the axis, or the id of a unit (`"EUR_bn"`) to convert to; by default the unit
    of the quantities. pattern: of the numbers, such as `0.0`.
    Panels share rows and scale; on a phone they are stacked. Raises `ChartError` for a frame that
    does not fit.

    >>> amounts = pd.Series({"then": earlier, "now": exports})
    >>> names = {"then": Text("toen", "then"), "now": Text("nu", "now")}
    >>> chart = charts.bars(amounts, names=names, unit="EUR_m")
    """
    if isinstance(frame, pd.Series):
        value, row = str(frame.name or VALUE), row or str(frame.index.name or "row")
        names = list(frame.index) if names is None else names
        frame = frame.rename(value).to_frame().rename_axis(row).reset_index()
    fit = Fit("bars", frame).rows()
    value = value or fit.measured()
    row = row or fit.other(value, series)
    fit.has(row, value, series)
    named, parts = fit.names(row, names, "names"), fit.names(series, series_names, "series_names")
    label = fit.numbers(value).once(row, series).unit(value, unit)
    fit.check()
    if isinstance(unit, str):
        frame = defaults.in_unit_of(frame, value, unit)
    pattern = pattern or defaults.default_pattern(frame[value])
    columns = {row: Column(ROW, names=named)}
    if series is not None:
        columns[series] = Column(PART, names=parts)
    columns[value] = Column(label, pattern)
    parts = parts or {"": Text()}
    shown = _Bars(frame, value, row, named, label, pattern, series, parts)
    return Chart(frame, columns, shown.draw, shown.alt)


@dataclass(frozen=True)
class _Bars:
    """The checked frame and options of one chart, all names and labels known."""

    frame: pd.DataFrame
    value: str
    row: str
    names: Mapping[str, Text]
    unit: Text
    pattern: str
    series: str | None
    parts: Mapping[str, Text]

    def own(self, frame: pd.DataFrame, part: str) -> pd.Series:
        """The values of a part, by row, in drawing order."""
        own = frame if self.series is None else frame[frame[self.series] == part]
        return own.set_index(self.row)[self.value].reindex(list(self.names))

    def alt(self) -> list[Sentence]:
        """The alternative text."""
        sizes: dict[tuple[Text, ...], Any] = {
            (name, title): value
            for part, title in self.parts.items()
            for name, value in zip(self.names.values(), self.own(self.frame, part), strict=True)
        }
        return alt_text.bars(sizes, self.unit, self.pattern)

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        frame, names, pattern = plain(self.frame), self.names, self.pattern
        rows, columns = (len(self.parts), 1) if layout.narrow else (1, len(self.parts))
        height = layout.pick(0.42, 0.5) * len(names) + (0.3 if self.series else 0.1)
        figure, grid = canvas(
            layout, height * rows + (0.7 if self.series else 0.8), rows, columns,
            sharex=True, sharey=True,
        )  # fmt: skip
        for axes, (key, title) in zip(grid.flat, self.parts.items(), strict=True):
            sizes = self.own(frame, key).astype(float)
            for place, size in enumerate(sizes.fillna(0)):
                draw_bar(axes, 0, place - 0.31, size, 0.62, COLOURS[0])
            for place, size in enumerate(sizes):
                _value_label(axes, place, size, pattern)
            axes.set_title(language.text(title))
            row_axis(axes, names, layout)
            value_axis(axes, pattern, layout.pick(5, 4) if columns == 1 else 4)
        room = 1.12 if rows * columns == 1 else 1.2
        known = frame[self.value].dropna().astype(float)
        low, high = min(known.min(), 0) * room, max(known.max(), 0) * room
        axes.set_xlim(low, high if high > low else 1)
        if self.series is None:
            axes.set_xlabel(below(self.unit, layout))
        else:
            words = wrap(self.unit, layout.pick(60, 40))
            figure.supxlabel(words, fontsize=10, color=QUIET)
        return figure


def _value_label(axes: Axes, place: int, size: float, pattern: str) -> None:
    known = not pd.isna(size)
    style: dict[str, Any] = {"color": INK} if known else {"color": QUIET, "style": "italic"}
    # A label left of 0 would overlap the name of its row.
    point = (max(size, 0) if known else 0, place)
    annotate(axes, language.number(size, pattern), point, 0, **style)


def annotate(axes: Axes, words: str, point: tuple, lift: float = 0, by: float = 6, **style) -> None:
    """Write words `by` points at the right of a point, `lift` points above its height."""
    label(axes, words, point, (by, lift), va="center", fontsize=SMALL, gid=HALO, **style)


def row_name(name: Text, layout: Layout) -> str:
    """The name of a row, on as many lines as it needs."""
    return wrap(name, layout.pick(34, 16))


def row_axis(axes: Axes, names: Mapping[str, Text], layout: Layout) -> None:
    """Name the rows at the left of the first panel."""
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    # The other columns share the labels of the first.
    if (spec := axes.get_subplotspec()) and spec.is_first_col():
        axes.set_yticks(range(len(names)), [row_name(n, layout) for n in names.values()])
    axes.set_ylim(len(names) - 0.4, -0.6)


def value_axis(axes: Axes, pattern: str, ticks: int) -> None:
    """The numbers and the grid of the axis below the bars."""
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=GRID)
    number_axis(axes.xaxis, pattern, ticks)
    axes.axvline(0, color=QUIET, linewidth=0.8)
