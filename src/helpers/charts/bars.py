"""Level bars and ranges, each row named at its left and each value written beside its mark."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import language
from ..language import Text, is_missing
from ..tabular import Column, plain
from .style import COLOURS, GRID, INK, MARKERS, QUIET, Layout, canvas, chart, number_axis
from .svg import HALO

ROW, PART = Text("naam", "name"), Text("deel", "part")
OPEN = Text("{} of meer", "{} or more")
HATCHES = ("", "////", "", "xxx")


def _read_bars(frame, *, value, row, names, unit, pattern="#,##0.#", series=None,
               series_names=None):  # fmt: skip
    columns = {row: Column(ROW, names=names)}
    if series is not None:
        columns[series] = Column(PART, names=series_names)
    return frame[frame[row].isin(list(names))], {**columns, value: Column(unit, pattern)}


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
    """One level bar per row; with `series`, the parts of each bar end to end.

    frame: `row`, `value` and, for parts, `series`. A missing value is written as unknown.
    names, series_names: what each row and part is called, in the order drawn (top first).
    """
    frame = plain(frame)
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
        _drop_tight(figure, axes)
        _keys(axes, parts, layout)
    return figure


def _drop_tight(figure: Figure, axes: Axes) -> None:
    """Take away a number that is wider than its part: the table behind the chart has it."""
    figure.draw_without_rendering()
    edges = [bar.get_window_extent() for bars in axes.containers for bar in bars]
    widths = [edge.width for edge in edges if edge.width > 0]
    for label, width in zip(list(axes.texts), widths, strict=True):
        if label.get_window_extent().width > width:
            label.remove()


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


def _keys(axes: Axes, parts: Mapping[str, Text], layout: Layout) -> None:
    drawn = [
        (bars, language.text(name))
        for bars, name in zip(axes.containers, parts.values(), strict=True)
        if any(bar.get_width() for bar in bars)
    ]
    axes.legend(
        *zip(*drawn, strict=True),
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=layout.pick(4, 1),
        frameon=False,
        fontsize=8.5,
        borderaxespad=0.2,
        handlelength=1.4,
    )


def _read_ranges(frame, *, row, names, panels, patterns, panel="panel", highlight=None):
    """A column for each panel and one for its range."""
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
    """A mark for each value and a bar for its range; unknown is written as such.

    frame: `row`, `panel` and `value`, a quantity; missing when unknown. A range without an upper
    bound runs off the chart and says so.
    panels: what each panel measures, unit included; patterns: how its numbers are written.
    """
    rows, columns = (len(panels), 1) if layout.narrow else (1, len(panels))
    height = 0.8 + 0.27 * len(names)
    figure, grid = canvas(layout, height * rows, rows, columns, sharey=not layout.narrow)
    for axes, (key, title) in zip(grid.flat, panels.items(), strict=True):
        values = frame[frame[panel] == key].set_index(row).value.reindex(list(names)).tolist()
        ends = [end for q in values if not is_missing(q) for end in (q.value, q.bounds.high)]
        right = float(max(end for end in ends if end is not None)) * 1.45
        axes.set_xlim(0, right)
        for place, (name, quantity) in enumerate(zip(names, values, strict=True)):
            _range(axes, place, quantity, patterns[key], name == highlight, right)
        _rows(axes, names, layout)
        _value_axis(axes, title, patterns[key], layout, ticks=4)
        axes.margins(y=0.03)
    return figure


def _range(axes: Axes, place: int, quantity, pattern: str, highlight: bool, right: float) -> None:
    colour = COLOURS[1] if highlight else COLOURS[0]
    if is_missing(quantity):
        _beside(axes, language.text(language.UNKNOWN), (0, place), color=QUIET, style="italic")
        return
    value, low, high = float(quantity), quantity.bounds.low or 0, quantity.bounds.high
    end = right if high is None else float(high)
    axes.plot([max(float(low), 0), end], [place, place], color=colour, linewidth=5, alpha=0.3)
    axes.plot(value, place, MARKERS[1 if highlight else 0], color=colour, markersize=6)
    words, weight = language.number(value, pattern), "bold" if highlight else "normal"
    if high is None:  # above the bar, which runs off the chart
        words, point, lift = language.text(OPEN).format(words), (value, place), 9
    else:
        point, lift = (max(end, value), place), 0
    _beside(axes, words, point, lift, color=INK, fontweight=weight)


def _beside(axes: Axes, words: str, point: tuple, lift: float = 0, **style) -> None:
    axes.annotate(
        words, point, (6, lift), textcoords="offset points", va="center", fontsize=8.5,
        gid=HALO, **style,
    )  # fmt: skip


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
