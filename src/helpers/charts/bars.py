"""Level bars and ranges, each row named at its left and each value written beside its mark."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import language
from ..language import Text
from .style import COLOURS, GRID, INK, MARKERS, QUIET, Layout, canvas, chart, number_axis

HATCHES = ("", "////", "....", "xxxx")


@chart
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
    """One level bar per row; with `series`, the parts of each bar end to end.

    frame: `row`, `value` and, for parts, `series`. A missing value is written as unknown.
    names, series_names: what each row and part is called, in the order drawn (top first).
    """
    parts = series_names or {"": Text("", "")}
    figure, grid = canvas(layout, 0.9 + layout.pick(0.42, 0.5) * len(names))
    axes = grid[0, 0]
    starts = dict.fromkeys(names, 0.0)
    for number, key in enumerate(parts):
        part = frame if series is None else frame[frame[series] == key]
        sizes = part.set_index(row)[value].astype(float).reindex(list(names))
        axes.barh(
            range(len(names)),
            sizes.fillna(0),
            left=list(starts.values()),
            height=0.62,
            color=COLOURS[number % len(COLOURS)] if number == 0 or series else COLOURS[0],
            edgecolor="white",
            hatch=HATCHES[number % len(HATCHES)],
        )
        for place, (name, size) in enumerate(sizes.items()):
            _value_label(axes, place, starts[name], size, pattern, inside=series is not None)
            starts[name] += 0.0 if pd.isna(size) else size
    _rows(axes, names, layout)
    _value_axis(axes, unit, pattern, layout)
    axes.set_xlim(0, axes.dataLim.xmax * (1.02 if series else 1.12))
    if series is not None:
        _keys(axes, parts)
    return figure


def _value_label(axes: Axes, place, start, size, pattern, inside: bool) -> None:
    known = not pd.isna(size)
    if inside and size == 0:
        return  # a part that is not there
    middle = inside and known
    axes.annotate(
        language.number(size, pattern),
        (start + (size / 2 if middle else size if known else 0), place),
        (0 if middle else 5, 0),
        textcoords="offset points",
        ha="center" if middle else "left",
        va="center",
        fontsize=8.5,
        style="normal" if known else "italic",
        color=INK if known else QUIET,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2} if middle else None,
    )


def _keys(axes: Axes, parts: Mapping[str, Text]) -> None:
    axes.legend(
        axes.containers,
        [language.text(name) for name in parts.values()],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=2,
        frameon=False,
        fontsize=8.5,
        borderaxespad=0.2,
        handlelength=1.4,
    )


@chart
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
    """A mark for each value and a bar for the range it may have; unknown is written as such.

    frame: `row`, `panel`, `value`, `low`, `high`; value, low and high missing when unknown.
    panels: what each panel measures, unit included; patterns: how its numbers are written.
    """
    rows, columns = (len(panels), 1) if layout.narrow else (1, len(panels))
    height = 0.8 + 0.27 * len(names)
    figure, grid = canvas(layout, height * rows, rows, columns, sharey=not layout.narrow)
    for axes, (key, title) in zip(grid.flat, panels.items(), strict=True):
        part = frame[frame[panel] == key].set_index(row).reindex(list(names))
        for place, item in enumerate(part.itertuples()):
            _range(axes, place, item, patterns[key], item.Index == highlight)
        _rows(axes, names, layout)
        _value_axis(axes, title, patterns[key], layout, ticks=4)
        axes.set_xlim(left=0, right=part[["high", "value"]].max(axis=None) * 1.3)
        axes.margins(y=0.03)
    return figure


def _range(axes: Axes, place: int, item, pattern: str, highlight: bool) -> None:
    colour = COLOURS[1] if highlight else COLOURS[0]
    if pd.isna(item.value):
        axes.annotate(
            language.text(language.UNKNOWN),
            (0, place),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            style="italic",
            color=QUIET,
        )
        return
    axes.plot([item.low, item.high], [place, place], color=colour, linewidth=5, alpha=0.35)
    axes.plot(item.value, place, MARKERS[1 if highlight else 0], color=colour, markersize=6)
    ends = [item.value] if item.low == item.high else [item.low, item.high]
    axes.annotate(
        "–".join(language.number(end, pattern) for end in ends),
        (max(item.high, item.value), place),
        (6, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        fontweight="bold" if highlight else "normal",
    )


def _rows(axes: Axes, names: Mapping[str, Text], layout: Layout) -> None:
    labels = [
        textwrap.fill(language.text(n), layout.pick(34, 16), break_long_words=False)
        for n in names.values()
    ]
    axes.set_yticks(range(len(names)), labels)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.set_ylim(len(names) - 0.4, -0.6)


def _value_axis(axes: Axes, unit: Text, pattern: str, layout: Layout, ticks: int = 5) -> None:
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=GRID)
    number_axis(axes.xaxis, pattern, layout.pick(ticks, 4))
    axes.set_xlabel(textwrap.fill(language.text(unit), layout.pick(60, 40)))
    axes.axvline(0, color=QUIET, linewidth=0.8)
