"""Horizontal bars and ranges, with the row's name at the left and each value beside its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import language
from ..formats.html_tables import Column, plain
from ..language import Text, is_missing
from .frame_checks import Fit
from .style import COLOURS, GRID, INK, MARKERS, QUIET, Layout, canvas, chart, number_axis, wrap
from .svg_minify import HALO

ROW, PART = Text("naam", "name"), Text("deel", "part")
OPEN = Text("{} of meer", "{} or more")


def _read_bars(frame, *, value, row, names, unit, pattern="#,##0.#", series=None,
               series_names=None):  # fmt: skip
    fit = Fit("bars", frame).rows().has(row, value, series)
    fit.named(row, names).named(series, series_names).numbers(value).once(row, series).check()
    columns = {row: Column(ROW, names=names)}
    if series is not None:
        columns[series] = Column(PART, names=series_names)
    return frame, {**columns, value: Column(unit, pattern)}


@chart(_read_bars)
def bars(
    frame: pd.DataFrame,
    layout: Layout,
    *,
    value: str,
    row: str,
    names: Mapping[str, Text],
    unit: Text,
    pattern: str = "#,##0.#",
    series: str | None = None,
    series_names: Mapping[str, Text] | None = None,
) -> Figure:
    """One horizontal bar per row with its value beside it; with `series`, a panel per part.

    frame: columns `row`, `value` and, for parts, `series`; one row for each name and no others. A
    missing value is labelled as unknown; a negative one is drawn to the left.
    names, series_names: display names of rows and parts, in drawing order (top or left first).
    Panels share rows and scale; on a phone they are stacked. Raises `ChartError` for a frame that
    does not fit.
    """
    frame = plain(frame)
    parts = series_names or {"": Text("", "")}
    rows, columns = (len(parts), 1) if layout.narrow else (1, len(parts))
    height = layout.pick(0.42, 0.5) * len(names) + (0.3 if series else 0.1)
    figure, grid = canvas(
        layout, height * rows + (0.7 if series else 0.8), rows, columns, sharex=True, sharey=True
    )
    for axes, (key, title) in zip(grid.flat, parts.items(), strict=True):
        part = frame if series is None else frame[frame[series] == key]
        sizes = part.set_index(row)[value].astype(float).reindex(list(names))
        axes.barh(range(len(names)), sizes.fillna(0), height=0.62, color=COLOURS[0])
        for place, size in enumerate(sizes):
            _value_label(axes, place, size, pattern)
        axes.set_title(language.text(title))
        _row_axis(axes, names, layout)
        _value_axis(axes, pattern, layout.pick(5, 4) if columns == 1 else 4)
    room = 1.12 if rows * columns == 1 else 1.2
    known = frame[value].dropna().astype(float)
    low, high = min(known.min(), 0) * room, max(known.max(), 0) * room
    axes.set_xlim(low, high if high > low else 1)
    words = wrap(unit, layout.pick(60, 40))
    if series is None:
        axes.set_xlabel(words)
    else:
        figure.supxlabel(words, fontsize=9, color=QUIET)
    return figure


def _value_label(axes: Axes, place: int, size: float, pattern: str) -> None:
    known = not pd.isna(size)
    style = {"color": INK} if known else {"color": QUIET, "style": "italic"}
    # A label left of 0 would overlap the name of its row.
    point = (max(size, 0) if known else 0, place)
    _annotate(axes, language.number(size, pattern), point, 0, **style)


def _read_ranges(frame, *, row, names, panels, patterns, panel="panel", highlight=None):
    """The data as a table: two columns for each panel, its values and their ranges."""
    fit = Fit("ranges", frame).rows().has(row, panel, "value").named(row, names)
    fit.named(panel, panels).numbers("value", least=0).once(row, panel)
    fit.among("patterns", panels, patterns)
    fit.among("highlight", [] if highlight is None else [highlight], names).check()
    wide = frame.pivot(index=row, columns=panel, values="value").reindex(list(names))
    columns = {row: Column(ROW, names=names)}
    for key, title in panels.items():
        columns[key] = Column(title, patterns[key])
        wide[f"{key}_range"] = wide[key]
        heading = Text(f"{title.nl}: bandbreedte", f"{title.en}: range")
        columns[f"{key}_range"] = Column(heading, f"range {patterns[key]}")
    return wide.reset_index(), columns


@chart(_read_ranges)
def ranges(
    frame: pd.DataFrame,
    layout: Layout,
    *,
    row: str,
    names: Mapping[str, Text],
    panels: Mapping[str, Text],
    patterns: Mapping[str, str],
    panel: str = "panel",
    highlight: str | None = None,
) -> Figure:
    """A marker for each value and a bar for its range; a missing value is labelled as unknown.

    frame: columns `row`, `panel` and `value`, a quantity of 0 or more; missing when unknown. A
    range without an upper bound runs to the edge and is labelled "or more".
    panels: what each panel measures, unit included. patterns: the number pattern of each panel.
    highlight: the row to emphasise. Raises `ChartError` for a frame that does not fit.
    """
    rows, columns = (len(panels), 1) if layout.narrow else (1, len(panels))
    height = 0.8 + 0.27 * len(names)
    figure, grid = canvas(layout, height * rows, rows, columns, sharey=not layout.narrow)
    for axes, (key, title) in zip(grid.flat, panels.items(), strict=True):
        values = frame[frame[panel] == key].set_index(row).value.reindex(list(names)).tolist()
        ends = [end for q in values if not is_missing(q) for end in (q.value, q.bounds.high)]
        right = float(max((end for end in ends if end is not None), default=0)) * 1.45 or 1
        axes.set_xlim(0, right)
        marks = [
            _label_range(axes, place, quantity, patterns[key], name == highlight, right)
            for place, (name, quantity) in enumerate(zip(names, values, strict=True))
        ]
        _draw_marks(axes, [mark for mark in marks if mark])
        _row_axis(axes, names, layout)
        _value_axis(axes, patterns[key], 4)
        axes.set_xlabel(wrap(title, layout.pick(60, 40)))
        axes.margins(y=0.03)
    return figure


class _Mark(NamedTuple):
    """A value with its bounds, its row from the top, and whether it is highlighted."""

    place: int
    value: float
    low: float
    high: float
    highlight: bool


def _label_range(
    axes: Axes, place: int, quantity, pattern: str, highlight: bool, right: float
) -> _Mark | None:
    """Label a value next to its marker; return the marker to draw, `None` when it is unknown."""
    if is_missing(quantity):
        _annotate(axes, language.text(language.UNKNOWN), (0, place), color=QUIET, style="italic")
        return None
    value, low, high = float(quantity), quantity.bounds.low or 0, quantity.bounds.high
    end = right if high is None else float(high)
    words, weight = language.number(value, pattern), "bold" if highlight else "normal"
    if high is None:
        words = language.text(OPEN).format(words)
    far = end - value > 0.12 * right  # beside a long bar the label would be far from the marker
    point, lift = ((value, place), 9) if far else ((max(end, value), place), 0)
    _annotate(axes, words, point, lift, color=INK, fontweight=weight)
    return _Mark(place, value, max(float(low), 0), end, highlight)


def _draw_marks(axes: Axes, marks: Sequence[_Mark]) -> None:
    """Draw the markers of a panel, with one call for all that look alike."""
    for kind in (False, True):
        own = [mark for mark in marks if mark.highlight == kind]
        if own:
            place, value, low, high, _ = zip(*own, strict=True)
            axes.hlines(
                place, low, high, capstyle="round", color=COLOURS[kind], linewidth=5, alpha=0.3
            )
            axes.plot(value, place, MARKERS[kind], color=COLOURS[kind], markersize=6)


def _annotate(axes: Axes, words: str, point: tuple, lift: float = 0, **style) -> None:
    axes.annotate(
        words, point, (6, lift), textcoords="offset points", va="center", fontsize=8.5,
        gid=HALO, annotation_clip=False, **style,
    )  # fmt: skip


def _row_axis(axes: Axes, names: Mapping[str, Text], layout: Layout) -> None:
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    # The other columns share the labels of the first.
    if (spec := axes.get_subplotspec()) and spec.is_first_col():
        axes.set_yticks(range(len(names)), [wrap(n, layout.pick(34, 16)) for n in names.values()])
    axes.set_ylim(len(names) - 0.4, -0.6)


def _value_axis(axes: Axes, pattern: str, ticks: int) -> None:
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=GRID)
    number_axis(axes.xaxis, pattern, ticks)
    axes.axvline(0, color=QUIET, linewidth=0.8)
