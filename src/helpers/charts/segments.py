"""Draws stacked bars: a value wider than its segment stands above it, and its row is higher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from .. import language
from ..errors import ChartError, Problem
from ..formats.value_format import joined
from ..language import Text
from ..messages import SEMICOLON, _
from .key import Item, draw_key, readable_on
from .label_placement import spread
from .point_labels import Label, label
from .style import GRID, INK, QUIET, SMALL, Layout, canvas, draw_bar, wrap
from .svg_canvas import Canvas
from .svg_minify import HALO

AT_THE_END = _("total at the end")
EDGES = _("range of the edge")
NONE = _(" (none)")
_LINE, _BAR, _GAP = 0.18, 0.3, 0.14  # inches: a line of words, a bar, and between two rows
_SPACE = 5  # points beside a value in its segment, and between two values


class _Value(NamedTuple):
    """A value of a segment: its words and their width in points, and the ends of the segment."""

    part: Any
    words: str
    width: float
    start: float
    end: float
    above: bool


@dataclass(frozen=True)
class Segments:
    """What is drawn: values by row and part, and words.

    names: of the rows, in the current language. whole: the length of a whole bar, for an axis in
    per cent. totals: to write at the ends. edges: row, low and high end of each range.
    """

    sizes: pd.DataFrame
    names: Sequence[Text]
    parts: Mapping[Any, Text]
    unit: Text
    pattern: str
    whole: float | None
    totals: Sequence[float] | None
    marks: Mapping[Any, str]
    colours: Mapping[Any, str]
    edges: Sequence[tuple[int, float, float]]

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        figure, grid = canvas(layout, 3)
        engine = figure.get_layout_engine()
        axes = grid[0, 0]
        key = draw_key(figure, self._items())
        names = [wrap(name, layout.pick(30, 40)) for name in self.names]
        totals = self._prepare(axes, names, layout)
        engine.execute(figure)  # the widths are final from here on; the heights follow from them
        rows = [self._values(axes, at) for at in range(len(names))]
        tops, height = self._tops(names, rows, layout)
        figure.set_size_inches(layout.width, key + height + (0.7 if self.whole else 0.45))
        axes.set_ylim(height, 0)
        if not layout.narrow:
            axes.set_yticks([top + _BAR / 2 for top in tops], names)
        figure.canvas.restart()
        engine.set(rect=(0, 0, 1, 1 - key / figure.get_figheight()))
        for at, (top, values) in enumerate(zip(tops, rows, strict=True)):
            self._segments(axes, top + _BAR / 2, values)
            lifted = _raise(axes, top, [value for value in values if value.above])
            if layout.narrow:
                place = 0, top - _LINE * lifted - 0.03
                words: dict[str, Any] = {"fontsize": SMALL, "color": INK, "gid": HALO}
                label(axes, names[at], place, va="bottom", **words)
        for total, top in zip(totals, tops, strict=False):
            total.xy = (total.xy[0], top + _BAR / 2)
        for at, low, high in self.edges:
            _range(axes, tops[at] + _BAR + 0.07, low, high)
        return figure

    def _items(self) -> Iterator[Item]:
        """The key: the segments in their order, those of which there are none too."""
        for part, name in self.parts.items():
            called = name if self.sizes[part].any() else joined("", name, NONE)
            yield Item(called, self.colours[part], self.marks.get(part, ""))
        if self.edges:
            yield Item(EDGES)

    def _prepare(self, axes: Axes, names: Sequence[str], layout: Layout) -> list[Label]:
        """All that decides how wide the bars are: names, unit, and totals, which are returned.

        A scale is drawn in per cent only: other values stand at their bars."""
        axes.spines.bottom.set_visible(False)
        axes.set_yticks(range(len(names)), [""] * len(names) if layout.narrow else names)
        axes.tick_params(length=0)
        axes.tick_params(axis="y", labelcolor=INK)
        unit = joined(SEMICOLON, self.unit, AT_THE_END) if self.totals else self.unit
        axes.set_xlabel(wrap(unit, layout.pick(90, 40)), loc="left")
        ends = self.sizes.sum(axis=1).tolist()
        axes.set_xlim(0, max([*ends, *(high for *__, high in self.edges), self.whole or 0]) or 1)
        shares = (0, 0.25, 0.5, 0.75, 1) if self.whole else ()
        ticks = [share * (self.whole or 1) for share in shares]
        axes.set_xticks(ticks, [language.number(share, "0%") for share in shares])
        axes.grid(visible=False)
        if shares:
            axes.grid(visible=True, axis="x", color=GRID)
        return [
            label(
                axes, language.number(total, self.pattern), (end, 0), (5, 0), weight="bold",
                va="center", fontsize=SMALL, color=INK,
            )
            for total, end in zip(self.totals or (), ends, strict=False)
        ]  # fmt: skip

    def _values(self, axes: Axes, at: int) -> list[_Value]:
        """The values of a row that are not 0, and whether they fit into their segments."""
        ends = self.sizes.iloc[at].cumsum().tolist()
        font, canvas = FontProperties(size=SMALL), axes.figure.canvas
        assert isinstance(canvas, Canvas)
        renderer = canvas.get_renderer()
        per_point = axes.get_xlim()[1] / axes.get_window_extent().width
        found = []
        for part, start, end, size in zip(
            self.parts, [0, *ends], ends, self.sizes.iloc[at], strict=False
        ):
            if size:
                number = language.number(size, self.pattern)
                words = f"{self.marks[part]} {number}" if part in self.marks else number
                width, *__ = renderer.get_text_width_height_descent(words, font, ismath=False)
                above = width + _SPACE > (end - start) / per_point
                found.append(_Value(part, words, width, start, end, above))
        return found

    def _tops(
        self, names: Sequence[str], rows: Sequence[Sequence[_Value]], layout: Layout
    ) -> tuple[list[float], float]:
        """Where the bars begin, in inches from above, and the height of all rows."""
        tops, y = [], 0.04
        for name, values in zip(names, rows, strict=True):
            lines = _LINE * (name.count("\n") + 1) if name else 0
            y += _LINE * any(value.above for value in values) + (lines if layout.narrow else 0)
            tops.append(y)
            y += max(_BAR, 0 if layout.narrow else lines) + (2 if self.edges else 1) * _GAP
        return tops, y

    def _segments(self, axes: Axes, middle: float, values: Sequence[_Value]) -> None:
        for value in values:
            fill = self.colours[value.part]
            length = value.end - value.start
            draw_bar(axes, value.start, middle - _BAR / 2, length, _BAR, fill, linewidth=1)
            if not value.above:
                label(
                    axes, value.words, (value.start + length / 2, middle), ha="center", va="center",
                    fontsize=SMALL, color=readable_on(fill), in_layout=False,
                )  # fmt: skip


def _raise(axes: Axes, top: float, values: Sequence[_Value]) -> bool:
    """Write values above their segments, in order and apart, each with a short line to its own.
    Returns whether there are any."""
    if not values:
        return False
    room = axes.get_window_extent().width
    length = axes.get_xlim()[1] / room  # of a point
    half = max(value.width for value in values) / 2
    step = 2 * half + _SPACE
    middles = [(value.start + value.end) / 2 / length for value in values]
    places = spread(middles, step)
    places = [max(place, half + at * step) for at, place in enumerate(places)]
    last = len(places) - 1
    places = [min(place, room - half - (last - at) * step) for at, place in enumerate(places)]
    if places[0] < half - 1:
        found = f"{len(places)} segments too small for their values in one bar"
        raise ChartError(Problem("charts.stacked", found, "room for each", "Join some of them"))
    for value, middle, place in zip(values, middles, places, strict=True):
        foot = top - 0.05
        axes.plot([middle * length, place * length], [top, foot], color=QUIET, linewidth=0.8)
        label(
            axes, value.words, (place * length, foot), ha="center", va="bottom", fontsize=SMALL,
            color=INK, in_layout=False,
        )  # fmt: skip
    return True


def _range(axes: Axes, y: float, low: float, high: float) -> None:
    """A line below a bar, from the lowest to the highest place where a segment may end."""
    axes.plot([low, high], [y, y], color=INK, linewidth=1.4, marker="|", markersize=6)
