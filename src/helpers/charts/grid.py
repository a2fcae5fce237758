"""Counts as a heat map: a grid of cells, each with its number."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure

from ..formats.html_tables import Column
from ..language import Text, text
from . import alt_text, defaults
from .defaults import Names
from .frame_checks import Fit
from .sentences import Sentence
from .style import COLOURS, FAINT, INK, QUIET, SMALL, Chart, Layout, below, canvas, wrap

# From the almost white grey that is nearest to the blue in hue, as seaborn's light palette has it.
_ENDS = [(0.9389361935719612, 0.9439676036514009, 0.952000570146477), to_rgb(COLOURS[0])]
PALE = LinearSegmentedColormap.from_list("pale", _ENDS)
ROW, YEAR = Text("naam", "name"), Text("jaar", "year")


def grid(
    frame: pd.DataFrame,
    *,
    rows: Names = None,
    columns: Names = None,
    turn: bool = False,
    xlabel: Text | str = "",
) -> Chart:
    """Counts as a heat map: the darker a cell, the higher its number, which it shows.

    frame: one row per key of `rows`, one column per key of `columns`, whole numbers, as `pivot`,
    `pd.crosstab` and `counts.count_by` make them.
    rows, columns: what rows and columns are called, in order, or their keys in that order; by
    default all, in the order of the frame, as the descriptor labels a column with the name of the
    index. turn: whether to transpose the grid on a phone. Raises `ChartError` for a frame that does
    not fit.

    >>> chart = charts.grid(counts.count_by(visits, "direction", "year"))
    """
    fit = Fit("grid", frame).rows()
    rows, columns = fit.axis(frame.index, rows, "rows"), fit.axis(frame.columns, columns, "columns")
    fit.check()
    fit.exactly(rows, columns).counts().check()
    shown = _Grid(frame.loc[list(rows), list(columns)], rows, columns, turn, xlabel)
    return Chart(*shown.table(), shown.draw, shown.alt)


@dataclass(frozen=True)
class _Grid:
    """The checked frame and options of one chart, all names known."""

    frame: pd.DataFrame
    rows: Mapping
    columns: Mapping
    turn: bool
    xlabel: Text | str

    def table(self) -> tuple[pd.DataFrame, dict[str, Column]]:
        """The data as a table, transposed where the chart is on a phone: the table is as wide."""
        shown, down, across = self.frame, self.rows, self.columns
        if self.turn:
            shown, down, across = shown.T, across, down
        shown = shown.set_axis([str(key) for key in across], axis=1).rename_axis(
            index="row", columns=None
        )
        years = all(isinstance(key, int) for key in down)
        first = Column(YEAR, year=True) if years else Column(ROW, names=down)
        counted = {str(key): Column(_heading(key, name), "0") for key, name in across.items()}
        return shown.reset_index(), {"row": first, **counted}

    def alt(self) -> list[Sentence]:
        """The alternative text."""
        sizes: dict[tuple[Text, ...], Any] = {
            (_heading(row, self.rows[row]), _heading(column, self.columns[column])): value
            for row, cells in self.frame.iterrows()
            for column, value in cells.items()
        }
        unit = self.xlabel if isinstance(self.xlabel, Text) else defaults.same(self.xlabel)
        kind = Text("raster van aantallen", "grid of counts")
        return alt_text.bars(sizes, unit, "#,##0", kind)

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        counts, down, across = self.frame.map(float).astype(int), self.rows, self.columns
        if self.turn and layout.narrow:
            counts, down, across = counts.T, across, down
        names = [wrap(name, layout.pick(24, 18)) for name in down.values()]
        row = max(0.32, *(0.15 * (name.count("\n") + 1) for name in names))
        figure, axes_grid = canvas(layout, 0.9 + row * len(down))
        axes = axes_grid[0, 0]
        mesh = axes.pcolormesh(
            counts,
            cmap=PALE,
            linewidths=1.5,
            edgecolor="white",
            vmin=0,
            vmax=max(int(counts.to_numpy().max()), 1) * 1.5,  # light enough for dark text on it
        )
        mesh.update_scalarmappable()  # sets the cell colours, which tests read, before drawing
        for (y, x), number in np.ndenumerate(counts):
            axes.text(
                x + 0.5, y + 0.5, str(number), color=INK if number else QUIET, fontsize=SMALL,
                ha="center", va="center", in_layout=False,
            )  # fmt: skip
        axes.set_ylim(len(down), 0)
        axes.spines.bottom.set_visible(False)
        axes.grid(visible=False)
        axes.set_yticks(np.arange(len(down)) + 0.5, names, va="center")
        _across(axes, [text(name) for name in across.values()], layout)
        axes.tick_params(length=0, labelcolor=INK)
        axes.set(xlabel=below(self.xlabel, layout), ylabel="", facecolor=FAINT)
        return figure


def _heading(key, name: Text) -> Text:
    """The column header: a year in full, of which the chart may show only two digits."""
    return defaults.same(key) if isinstance(key, int) else name


def _across(axes: Axes, names: list[str], layout: Layout) -> None:
    """Label the columns: in one line, else in two staggered lines, else rotated by 90 degrees."""
    room = int((layout.width - layout.pick(1.9, 1.3)) / len(names) / 0.075)  # characters
    for steps in (1, 2):
        labels = [_lines(name, max(steps * room, 4)) for name in names]
        fits = all(len(line) <= steps * room for name in labels for line in name.split("\n"))
        if fits:
            break
    words, turned = (labels, 0) if fits else (names, 90)
    axes.set_xticks(np.arange(len(names)) + 0.5, words, rotation=turned)
    if fits and steps == 2:
        heights = [1 + max(name.count("\n") for name in labels[start::2]) for start in (0, 1)]
        low = 0 if heights[0] > heights[1] else 1
        for tick in axes.xaxis.get_major_ticks()[low::2]:
            # matplotlib's stub says that `get_pad` returns None.
            pad = tick.get_pad() + 12 * heights[1 - low]  # type: ignore[func-returns-value, operator]
            tick.set_pad(pad)


def _lines(name: str, room: int) -> str:
    """A name wrapped to `room` characters; a range of years may break after its dash."""
    if len(name) <= room:
        return name
    return textwrap.fill(name.replace("–", "– "), room, break_long_words=False)
