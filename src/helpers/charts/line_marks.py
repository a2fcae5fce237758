"""The lines of a panel, their names, stated values and rules for changes of method."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from .. import language
from ..language import Text
from .label_placement import spread
from .style import COLOURS, DASHES, INK, MARKERS, QUIET, SMALL, TEXT_COLOURS, wrap
from .svg_minify import HALO

BREAK = Text("breuk", "break")


def panel(
    axes: Axes, lines: Iterable[tuple[Text, pd.DataFrame]], y: str, breaks: Sequence[int]
) -> list[tuple]:
    """Draw the lines of a panel; return (name, last year, last value, text colour) of each.

    lines: the name and the rows of each."""
    ends = []
    for number, (name, rows) in enumerate(lines):
        line = rows.sort_values("year")
        known = line[line[y].notna()]
        if known.empty:
            continue
        colour = COLOURS[number % len(COLOURS)]
        word = TEXT_COLOURS[number % len(TEXT_COLOURS)]
        for piece in _pieces(line, y, breaks):
            axes.plot(
                piece.year.astype(int),
                piece[y].astype(float),
                color=colour,
                marker=MARKERS[number % len(MARKERS)],
                dashes=DASHES[number % len(DASHES)],
                markevery=max(1, len(line) // 8),
                markersize=4.5,
            )
        ends.append((language.text(name), int(known.year.iloc[-1]), known[y].iloc[-1], word))
    return ends


def break_rules(axes: Axes, breaks: Sequence[int]) -> None:
    """Draw a dotted rule before the first year after each change of method."""
    for year in breaks:
        axes.axvline(year - 0.5, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
        axes.annotate(
            language.text(BREAK),
            (year - 0.5, 1),
            (-3, -3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=SMALL,
            color=QUIET,
        )


def _pieces(line: pd.DataFrame, y: str, breaks: Sequence[int]) -> list[pd.DataFrame]:
    edges = [float("-inf"), *sorted(breaks), float("inf")]
    cut = [line[(line.year >= a) & (line.year < b)] for a, b in itertools.pairwise(edges)]
    # Missing values split the line too: `markevery` then puts a marker on an isolated value.
    whole = [own for piece in cut for _, own in piece.groupby(piece[y].isna().cumsum())]
    return [own for piece in whole if len(own := piece[piece[y].notna()])]


def points(axes: Axes, points: pd.DataFrame, y: str) -> list[Annotation]:
    """Draw the stated values; return their labels, still to be placed."""
    years, values = points.year.astype(int), points[y].astype(float)
    axes.plot(
        years,
        values,
        linestyle="none",
        marker="D",
        markersize=8,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.5,
        zorder=5,
        clip_on=False,
    )
    return [
        axes.annotate(
            label,
            (year, value),
            (0, 8),
            textcoords="offset points",
            fontsize=SMALL,
            color=INK,
            zorder=6,
            gid=HALO,
            annotation_clip=False,
        )
        for label, year, value in zip(points["label"], years, values, strict=True)
    ]


def end_labels(axes: Axes, labels: list[tuple], height: float, width: int) -> None:
    """Label each line at the right: spread apart where they would overlap, with a leader line
    from a line that ends early. height: of the panel in inches. width: in characters."""
    bottom, top = axes.get_ylim()
    wrapped = [wrap(name, width) for name, *_ in labels]
    tallest = max((name.count("\n") + 1 for name in wrapped), default=1)
    distance = (top - bottom) * 0.16 * tallest / max(height - 0.9, 1)
    places = spread([float(value) for _, _, value, _ in labels], distance)
    last = max((year for _, year, *_ in labels), default=0)
    for (_, year, value, colour), name, place in zip(labels, wrapped, places, strict=True):
        if year < last:
            leader = {"color": colour, "linewidth": 0.8, "linestyle": (0, (1, 2))}
            axes.plot([year, last], [float(value), place], **leader)
        axes.annotate(
            name,
            (last, place),
            (7, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontsize=SMALL,
            fontweight="bold",
            linespacing=1.15,
            annotation_clip=False,
        )
