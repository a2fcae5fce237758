"""Events in time: each as a mark on its year, and counts per period as a grid."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from .. import language
from ..language import Text
from ..tabular import Column
from .style import COLOURS, FAINT, INK, MARKERS, QUIET, Layout, canvas, chart

YEAR, SIDE, KIND = Text("jaar", "year"), Text("richting", "direction"), Text("soort", "kind")
ROW = Text("naam", "name")
SHELVES = 4  # heights at which names of milestones may stand


def _read_timeline(frame, *, side, sides, kind, kinds, milestones):
    columns = {
        "year": Column(YEAR, year=True),
        side: Column(SIDE, names=sides),
        kind: Column(KIND, names=kinds),
    }
    return frame, columns


@chart(_read_timeline)
def timeline(
    frame: pd.DataFrame,
    layout: Layout,
    *,
    side: str,
    sides: Mapping[str, Text],
    kind: str,
    kinds: Mapping[str, Text],
    milestones: pd.DataFrame,
) -> Figure:
    """A mark per event, piled on its year: one side of the line or the other.

    frame: one row per event with `year`, `side`, `kind`, in the order of piling.
    sides: two sides, the first above the line (on a phone: left of it).
    milestones: `year`, `label_nl`, `label_en`; a rule through the chart with its name.
    Time runs to the right; on a phone it runs down.
    """
    years = pd.concat([frame.year, milestones.year]).astype(int)
    figure, grid = canvas(layout, layout.pick(5.0, 8.6))
    axes = grid[0, 0]
    axes.grid(visible=False)
    up = frame[side] == next(iter(sides))
    height = frame.groupby(["year", side], observed=True).cumcount() + 1
    place = height.where(up, -height)
    for number, (key, name) in enumerate(kinds.items()):
        here = frame[kind] == key
        at = (frame.year[here].astype(int), place[here])
        axes.scatter(
            *_turn(at, layout),
            marker=MARKERS[number],
            s=38,
            color=COLOURS[number],
            label=language.text(name),
            linewidth=0,
            zorder=3,
        )
    reach = (int(-height[~up].max()), int(height[up].max()))
    _time_axis(axes, (years.min(), years.max()), reach, layout)
    _sides(axes, sides, reach, layout)
    _milestones(axes, milestones, reach, layout)
    figure.legend(
        loc="outside lower left" if layout.narrow else "outside lower center",
        ncols=layout.pick(3, 1),
        frameon=False,
        fontsize=8.5,
        handletextpad=0.2,
        columnspacing=1.2,
    )
    return figure


def _turn(point: tuple, layout: Layout) -> tuple:
    """(time, pile) as (x, y): time level on a desktop, downwards on a phone, first side left."""
    time, pile = point
    return (-pile, time) if layout.narrow else (time, pile)


def _time_axis(axes: Axes, span, reach, layout: Layout) -> None:
    first, last = span
    if layout.narrow:
        axes.set_ylim(last + 1, first - 2.2)
        axes.set_xlim(-reach[1] - 0.8, -reach[0] + 7.5)
        axes.set_xticks([])
        axes.axvline(0, color=QUIET, linewidth=1)
        axes.yaxis.set_major_locator(MultipleLocator(5))
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=3)
    else:
        axes.set_xlim(first - 1, last + 4)
        axes.set_ylim(reach[0] - 0.8, reach[1] + 0.8 + 0.75 * SHELVES)
        axes.set_yticks([])
        axes.axhline(0, color=QUIET, linewidth=1)
        axes.xaxis.set_major_locator(MultipleLocator(5))


def _sides(axes: Axes, sides, reach, layout: Layout) -> None:
    first, second = (language.text(name) for name in sides.values())
    if layout.narrow:
        top = axes.get_ylim()[1]
        axes.annotate(f"← {first}", (-0.25, top), ha="right", va="top", fontsize=8.5, color=INK)
        axes.annotate(f"{second} →", (0.25, top), ha="left", va="top", fontsize=8.5, color=INK)
    else:
        left = axes.get_xlim()[0]
        axes.annotate(f"↑ {first}", (left, 0.25), fontsize=8.5, color=INK, va="bottom")
        axes.annotate(f"↓ {second}", (left, -0.25), fontsize=8.5, color=INK, va="top")


def _milestones(axes: Axes, milestones: pd.DataFrame, reach, layout: Layout) -> None:
    """A thin rule and a name for each, on the lowest shelf where it stands free of the others."""
    ends = [-math.inf] * SHELVES
    for row in milestones.sort_values("year").itertuples():
        words = textwrap.fill(getattr(row, f"label_{language.current()}"), layout.pick(20, 24))
        year = int(row.year)
        if layout.narrow:
            axes.axhline(year, color=QUIET, linewidth=0.6, linestyle=(0, (1, 2)), zorder=0)
            place, align = (-reach[0] + 0.9, year), "center"
        else:
            axes.axvline(year, color=QUIET, linewidth=0.6, linestyle=(0, (1, 2)), zorder=0)
            shelf = next((n for n, end in enumerate(ends) if end <= year), SHELVES - 1)
            ends[shelf] = year + 0.4 * max(map(len, words.split("\n")))
            place, align = (year + 0.12, reach[1] + 0.8 + 0.75 * shelf), "bottom"
        axes.annotate(
            words,
            place,
            va=align,
            fontsize=7.8,
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            linespacing=0.95,
            zorder=1,
        )


def _read_grid(frame, *, rows, columns, **_):
    shown = frame.loc[list(rows), list(columns)].rename(columns=str).rename_axis("row")
    counted = {str(key): Column(name, "0") for key, name in columns.items()}
    return shown.reset_index(), {"row": Column(ROW, names=rows), **counted}


@chart(_read_grid)
def grid(
    frame: pd.DataFrame,
    layout: Layout,
    *,
    rows: Mapping[str, Text],
    columns: Mapping[str, Text],
    turn: bool = False,
    xlabel: Text | str = "",
) -> Figure:
    """Counts as a grid of cells, darker for more, each with its number.

    frame: one row per key of `rows`, one column per key of `columns`, whole numbers.
    turn: on a phone, let rows and columns change places.
    """
    counts = frame.loc[list(rows), list(columns)].map(float).astype(int)
    down, across = rows, columns
    if turn and layout.narrow:
        counts, down, across = counts.T, columns, rows
    figure, axes_grid = canvas(layout, 0.9 + 0.32 * len(down))
    axes = axes_grid[0, 0]
    sns.heatmap(
        counts,
        ax=axes,
        cmap=sns.light_palette(COLOURS[0], as_cmap=True),
        annot=True,
        fmt="d",
        annot_kws={"fontsize": 8.5},
        cbar=False,
        linewidths=1.5,
        linecolor="white",
        vmin=0,
        vmax=max(int(counts.max(axis=None)), 1) * 1.25,
    )
    for label in axes.texts:
        if label.get_text() == "0":
            label.set_color(QUIET)
    wrap = layout.pick(24, 15)
    names = [textwrap.fill(language.text(t), wrap, break_long_words=False) for t in down.values()]
    axes.set_yticklabels(names, rotation=0)
    _across(axes, [language.text(name) for name in across.values()], layout)
    axes.tick_params(length=0, labelcolor=INK)
    axes.set(xlabel=language.text(xlabel), ylabel="", facecolor=FAINT)
    return figure


def _across(axes: Axes, names: list[str], layout: Layout) -> None:
    """Names under the columns: on two lines where they fit, upright where they do not."""
    room = int((layout.width - layout.pick(1.9, 1.3)) / len(names) / 0.075)  # characters
    lines = [
        textwrap.wrap(name.replace("–", "– "), max(room, 4), break_long_words=False)
        for name in names
    ]
    fits = all(len(word) <= room for words in lines for word in words)
    labels = ["\n".join(words) for words in lines] if fits else names
    axes.set_xticklabels(labels, rotation=0 if fits else 90)
