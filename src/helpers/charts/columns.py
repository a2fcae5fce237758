"""Upright columns, one per year: a panel per series, or two series on either side of zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import ScaledTranslation

from .. import language
from ..errors import Problem
from ..formats.html_tables import Column, plain
from ..formats.value_format import joined
from ..language import Text, is_missing
from ..messages import _
from . import alt_text, defaults, line_marks
from .defaults import Names
from .frame_checks import Fit
from .long_frames import ONLY, long_form
from .point_labels import label
from .sentences import Sentence, Words
from .style import (
    COLOURS,
    INK,
    MARKERS,
    QUIET,
    SMALL,
    TEXT_COLOURS,
    Chart,
    Layout,
    canvas,
    draw_bar,
    number_axis,
    unit_label,
    wrap,
    year_axis,
)
from .svg_canvas import POINTS
from .svg_minify import HALO

YEAR, KIND = _("year"), _("columns")
_LETTER = 0.65 * SMALL  # points: the width of a digit, as wide as digits get
_LINE = 1.35 * SMALL  # points: the height of a line of text


def columns(
    frame: pd.DataFrame | pd.Series,
    *,
    unit: Text | str | None = None,
    names: Names = None,
    pattern: str | None = None,
    mirrored: bool = False,
    breaks: Sequence[int] = (),
    marks: Mapping[Text, Sequence[int]] | None = None,
) -> Chart:
    """An upright column for each year, with its value where there is room; the axis includes 0.

    frame: as for `lines`: years as index, with a column per series, or a series; or long. A missing
    value, or a year that only another series has, is labelled as unknown.
    names: what the series are called, in drawing order, or their values in that order, named as the
    descriptor labels a column of that name; by default all.
    unit: the words above the columns, or the id of a unit (`"EUR_bn"`) to convert to; by default
    the unit of the quantities. pattern: of the numbers, such as `0.0`.
    mirrored: two series in one panel, the first upwards and the second downwards from 0, for
    quantities of 0 or more; otherwise each series has a panel, above each other on one scale.
    breaks: the first year after each change of method, with a dotted rule before it.
    marks: years of the first series that have a mark above their column, by what it means, which a
    key says. Raises `ChartError` for a frame that does not fit.

    >>> chart = charts.columns(values.astype("quantity[EUR_k]"))
    """
    long, y, series, names = long_form("columns", frame, None, None, names)
    fit = Fit("columns", long).rows().has("year", y, series).years()
    named = fit.names(series, names, "names") if series else {ONLY: Text()}
    fit.numbers(y, negative=not mirrored).once("year", series)
    if series:
        fit.drawn(y, series)
    label = fit.unit(y, unit)
    fit.check()
    years = [int(year) for year in long.year]
    for meaning, own in (marks or {}).items():
        fit.among(f"a mark ({meaning[0]})", own, years)
        fit.option(len(own) > 0, f"a mark ({meaning[0]}) at no year", "a year for each mark")
    most = len(MARKERS[2:])
    fit.option(len(marks or {}) <= most, f"{len(marks or {})} kinds of marks", f"at most {most}")
    fit.among("a break", breaks, range(min(years) + 1, max(years) + 1))
    if mirrored and len(named) != 2:
        found, remedy = f"{len(named)} series", "Leave mirrored out: each series has a panel"
        fit.problems.append(Problem("charts.columns, mirrored", found, "two series", remedy))
    fit.check()
    if isinstance(unit, str):
        long = defaults.in_unit_of(long, y, unit)
    whole = all(float(value).is_integer() for value in long[y] if not is_missing(value))
    # As many decimals at each column: they are compared.
    pattern = pattern or (
        "#,##0" if whole else defaults.default_pattern(long[y]).replace(".#", ".0")
    )
    keys = [ONLY] * len(long) if series is None else long[series]
    wide = long.assign(year=years, key=keys).pivot(index="year", columns="key", values=y)
    shown = _Columns(wide[list(named)], named, label, pattern, mirrored, breaks, marks or {})
    return Chart(*shown.table(), shown.draw, shown.alt)


@dataclass(frozen=True)
class _Columns:
    """The checked values, a row per year and a column per series, and options of one chart."""

    frame: pd.DataFrame
    names: Mapping[str, Text]
    unit: Text
    pattern: str
    mirrored: bool
    breaks: Sequence[int]
    marks: Mapping[Text, Sequence[int]]

    def table(self) -> tuple[pd.DataFrame, dict[str, Column]]:
        """The data as a table: a row per year, a column per series."""
        shown = self.frame.set_axis([f"value {key}" for key in self.names], axis=1).reset_index()
        headers = {"year": Column(YEAR, year=True)}
        for key, name in self.names.items():
            label = joined(", ", *(part for part in (name, self.unit) if any(part)))
            headers[f"value {key}"] = Column(label, self.pattern)
        return shown, headers

    def alt(self) -> list[Sentence]:
        """The alternative text."""
        years = self.frame.index.tolist()
        found = {
            name: list(zip(years, self.frame[key], strict=True)) for key, name in self.names.items()
        }
        told = alt_text.lines(found, self.unit, self.pattern, self.breaks, kind=KIND)
        for meaning, marked in self.marks.items():
            at = [language.year(year) for year in sorted(marked)]
            told.append(Words()(_("<what>: <at>"), what=meaning, at=at).end())
        return told

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        panels = 1 if self.mirrored else len(self.names)
        height = layout.pick(3.3, 3.1) if self.mirrored else layout.pick(2.2, 2.0)
        figure, grid = canvas(layout, height * panels + 0.2, panels, sharex=True)
        values = plain(self.frame.set_axis(list(self.names), axis=1)).astype(float)
        years = values.index.tolist()
        words = values.map(lambda value: language.number(value, self.pattern))
        room = (layout.width * POINTS - 40) / (years[-1] - years[0] + 1)  # points for each year
        longest = max(len(word) for word in words.to_numpy()[values.notna()])
        written = room >= longest * _LETTER
        raised = line_marks.BREAK_HEIGHT if self.breaks else 0
        for number, (key, name) in enumerate(self.names.items()):
            down = self.mirrored and number == 1
            axes, own = grid[0 if down else number, 0], -values[key] if down else values[key]
            colour = number if self.mirrored else 0
            for year, end in zip(years, own.fillna(0), strict=True):
                draw_bar(axes, year - 0.38, 0, 0.76, end, COLOURS[colour], linewidth=0)
            for year in years:
                _label(axes, year, own[year], words[key][year], written, down)
            ink = TEXT_COLOURS[colour] if self.mirrored else INK
            _name(axes, wrap(name, layout.pick(80, 32)), ink, down, 18 + raised)
        marked = self._mark(figure, values[next(iter(self.names))], written)
        if marked:
            figure.legend(handles=marked, loc="outside upper left", ncols=layout.pick(3, 1),
                          borderpad=0, borderaxespad=0, handlelength=1)  # fmt: skip
        bottom, top = self._limits(values, _LINE / (height - 0.9) / POINTS)
        for axes in grid[:, 0]:
            axes.set_ylim(bottom, top)
            axes.axhline(0, color=QUIET, linewidth=0.8)
            unit_label(axes, self.unit, raised)
            line_marks.break_rules(axes, self.breaks)
            year_axis(axes, years, int(layout.width * POINTS / 36))
            axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
            self._value_axis(axes, written)
        return figure

    def _limits(self, values: pd.DataFrame, line: float) -> tuple[float, float]:
        """The ends of the value axis, with room above and below the columns for their values, the
        marks and, below columns that hang from 0, their name. line: of text, as a part of the
        height."""
        lowest, highest = values.min().tolist(), values.max().tolist()
        low = -highest[1] if self.mirrored else min(*lowest, 0)
        high = highest[0] if self.mirrored else max(*highest, 0)
        above = line * ((high > 0 or low == 0) + len(self.marks))
        below = line * (2.2 if self.mirrored else low < 0)
        whole = (high - low or 1) / (1 - above - below)
        return low - whole * below, high + whole * above

    def _mark(self, figure: Figure, own: pd.Series, written: bool) -> list[Line2D]:
        """Draw the marks above the columns of the first series; their keys. written: whether its
        values stand above the columns."""
        axes, drawn = figure.axes[0], []
        for number, (meaning, years) in enumerate(self.marks.items()):
            lift = (number + 0.5 + written) * _LINE / POINTS
            above = ScaledTranslation(0, lift, figure.dpi_scale_trans)
            drawn += axes.plot(
                years, own[list(years)].fillna(0).clip(0), MARKERS[2 + number], markersize=6,
                color=INK, label=language.text(meaning), transform=axes.transData + above,
                clip_on=False,
            )  # fmt: skip
        return drawn

    def _value_axis(self, axes: Axes, written: bool) -> None:
        """The numbers and the grid beside the columns, unless their values stand at them."""
        axes.grid(visible=not written, axis="y")
        if written:
            axes.tick_params(axis="y", labelleft=False)
        else:
            number_axis(axes.yaxis, self.pattern)
            if self.mirrored:
                whole = axes.yaxis.get_major_formatter()
                axes.yaxis.set_major_formatter(
                    FuncFormatter(lambda value, at: whole(abs(value), at))
                )


def _label(axes: Axes, year: int, height: float, words: str, written: bool, down: bool) -> None:
    """Write the value of a column beyond its end, if it is to be; that it is unknown, upright."""
    below = down or height < 0
    style: dict[str, Any] = {"color": INK if height else QUIET}
    if pd.isna(height):
        height, style = 0, {"color": QUIET, "style": "italic", "rotation": 90}
    elif not written:
        return
    label(
        axes, words, (year, height), (0, -2 if below else 2), gid=HALO, ha="center",
        va="top" if below else "bottom", fontsize=SMALL, **style,
    )  # fmt: skip


def _name(axes: Axes, name: str, colour: str, down: bool, pad: float) -> None:
    """Name a series above its panel, so many points, or below columns that hang from 0."""
    if down:
        bold = {"color": colour, "fontweight": "bold"}
        label(axes, name, (0, 0), (0, 3), axes.transAxes, va="bottom", **bold)
    elif name:
        axes.set_title(name, pad=pad, color=colour)
