"""The lines of a panel, their names, stated values and rules for changes of method."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from .. import language
from ..language import Text
from ..messages import _
from .label_placement import spread
from .point_labels import Label, label
from .style import COLOURS, DASHES, INK, MARKERS, QUIET, SMALL, TEXT_COLOURS, wrap
from .svg_canvas import POINTS
from .svg_minify import HALO

BREAK, BREAK_HEIGHT = _("change of method"), 14  # points, of its line of words
DIAMOND: dict[str, Any] = {
    "marker": "D", "markersize": 8, "markerfacecolor": "white", "markeredgecolor": INK,
    "markeredgewidth": 1.5,
}  # fmt: skip


def panel(
    axes: Axes, lines: Iterable[tuple[Text, Sequence[tuple]]], breaks: Sequence[int]
) -> list[tuple]:
    """Draw the lines of a panel; return (name, last year, last value, text colour) of each.

    lines: the name of each, and its years with their values, NaN if unknown."""
    ends = []
    for number, (name, values) in enumerate(lines):
        pieces = _pieces(values, breaks)
        if not pieces:
            continue
        colour = COLOURS[number % len(COLOURS)]
        word = TEXT_COLOURS[number % len(TEXT_COLOURS)]
        for piece in pieces:
            axes.plot(
                *zip(*piece, strict=True),
                color=colour,
                marker=MARKERS[number % len(MARKERS)],
                dashes=DASHES[number % len(DASHES)],
                markevery=max(1, len(values) // 8),
                markersize=4.5,
            )
        ends.append((language.text(name), *pieces[-1][-1], word))
    return ends


def break_rules(axes: Axes, breaks: Sequence[int]) -> None:
    """Draw a dotted rule before the first year after each change of method, named above the axes,
    where no line runs; of several rules, which look alike, the first is named."""
    for number, year in enumerate(sorted(breaks)):
        axes.axvline(year - 0.5, color=QUIET, linewidth=1, linestyle=(0, (2, 2)))
        if number == 0:
            label(
                axes, language.text(BREAK), (year - 0.5, 1), (0, 3), axes.get_xaxis_transform(),
                ha="center", va="bottom", fontsize=SMALL, color=QUIET,
            )  # fmt: skip


def _pieces(values: Sequence[tuple], breaks: Sequence[int]) -> list[list[tuple]]:
    found: dict[tuple[int, int], list[tuple]] = {}
    missing = 0
    for year, value in values:
        # Missing values split the line too: `markevery` then puts a marker on an isolated value.
        missing += math.isnan(value)
        if not math.isnan(value):
            passed = sum(year >= first for first in breaks)
            found.setdefault((passed, missing), []).append((year, value))
    return list(found.values())


def points(axes: Axes, points: pd.DataFrame, y: str, width: int) -> list[Label]:
    """Draw the stated values; return their labels, still to be placed. width: of these, in
    characters."""
    years, values = points.year.astype(int), points[y].astype(float)
    axes.plot(years, values, linestyle="none", zorder=5, clip_on=False, **DIAMOND)
    return [
        label(
            axes, wrap(words, width), (year, value), (0, 8), fontsize=SMALL, color=INK, zorder=6,
            gid=HALO,
        )
        for words, year, value in zip(points["label"], years, values, strict=True)
    ]  # fmt: skip


def key(axes: Axes, stated: Text, raised: float) -> None:
    """Say what the diamonds are, so many points above the axes."""
    handle = Line2D([], [], linestyle="none", **DIAMOND)
    above = ScaledTranslation(0, raised / POINTS, axes.figure.dpi_scale_trans)
    axes.legend(
        [handle], [language.text(stated)], loc="lower left", bbox_to_anchor=(0, 1),
        bbox_transform=axes.transAxes + above, borderpad=0, borderaxespad=0, handletextpad=0.3,
        handlelength=1.2,
    )  # fmt: skip


def end_labels(axes: Axes, ends: list[tuple], height: float, width: int) -> list[Label]:
    """Name each line at its end: at the right of the panel, spread apart where names would
    overlap; of a line that ends earlier return the name, still to be placed. height: of the panel
    in inches. width: in characters."""
    scale = axes.yaxis.get_transform()
    bottom, top = scale.transform(axes.get_ylim())
    last = max((year for __, year, *__ in ends), default=0)
    at_right = [end for end in ends if end[1] == last]
    tallest = max((wrap(name, width).count("\n") + 1 for name, *__ in at_right), default=1)
    distance = (top - bottom) * 0.16 * tallest / max(height - 0.9, 1)
    heights = scale.transform([float(value) for __, __, value, __ in at_right])
    places = iter(scale.inverted().transform(spread(list(heights), distance)))
    early = []
    for name, year, value, colour in ends:
        own = {"color": colour, "fontweight": "bold", "fontsize": SMALL, "linespacing": 1.15}
        words = wrap(name, width)
        if year == last:
            label(axes, words, (year, next(places)), (7, 0), va="center", **own)
        else:
            early.append(label(axes, words, (year, float(value)), (7, 0), gid=HALO, **own))
    return early
