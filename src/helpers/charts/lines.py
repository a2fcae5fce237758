"""Line charts over years, each line labelled at its end, in one panel or several."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from .. import language
from ..formats.html_tables import Column, plain
from ..language import Text
from .frame_checks import Fit
from .label_placement import place_labels, spread
from .style import (
    COLOURS,
    DASHES,
    INK,
    MARKERS,
    QUIET,
    TEXT_COLOURS,
    Layout,
    canvas,
    chart,
    number_axis,
    unit_label,
    wrap,
    year_axis,
)
from .svg_minify import HALO

BREAK = Text("breuk", "break")
YEAR, NOTHING = Text("jaar", "year"), Text("–", "–")
STATED = Text("elders opgegeven", "stated elsewhere")


def _read(frame, *, y, unit, names, series="series", panel=None, panels=None,
          pattern="#,##0.#", points=None, stated=STATED, **_):  # fmt: skip
    """The data as a table: a row per year, a column per line and one for its stated values."""
    own = [series, *([panel] if panel else [])]
    fits = [Fit("lines", frame).rows().named(series, names).named(panel, panels)]
    if points is not None:
        stated_fit = Fit("lines", points, "points")
        fits.append(stated_fit.named(series, names, unused=True).named(panel, panels, unused=True))
    for each in fits:
        each.has("year", y, *own).years().numbers(y).once("year", *own)
    fits[0].drawn(y, series).check(*fits[1:])
    kinds = [(frame, "", None)] + ([] if points is None else [(points, " stated", stated)])
    even = pattern.replace(".#", ".0")  # as many decimals in each cell, so that they align
    found, columns = {}, {"year": Column(YEAR, year=True)}
    for key, title in (panels or {"": Text("", "")}).items():
        for line, name in names.items():
            for values, suffix, more in kinds:
                own = values if panel is None else values[values[panel] == key]
                own = own[(own[series] == line) & own[y].notna()]
                if len(own):
                    column = f"{key} {line}{suffix}".strip()
                    found[column] = own.set_index("year")[y]
                    parts = [part for part in (title, name, more, unit) if part and any(part)]
                    label = Text(*map(", ".join, zip(*parts, strict=True)))
                    # Stated numbers keep their own decimals; whole numbers get none.
                    whole = all(float(value).is_integer() for value in own[y].map(float).dropna())
                    written = pattern if more or whole else even
                    columns[column] = Column(label, written, missing=NOTHING)
    return pd.DataFrame(found).sort_index().rename_axis("year").reset_index(), columns


@chart(_read)
def lines(
    frame: pd.DataFrame,
    layout: Layout,
    *,
    y: str,
    unit: Text,
    names: Mapping[str, Text],
    series: str = "series",
    panel: str | None = None,
    panels: Mapping[str, Text] | None = None,
    pattern: str = "#,##0.#",
    points: pd.DataFrame | None = None,
    stated: Text = STATED,
    breaks: Sequence[int] = (),
    shared_scale: bool = True,
) -> Figure:
    """Draw column `y` over `year`, one line per value of `series`; the y axis includes 0.

    frame: long format, with `year`, `y`, `series` and, for small multiples, `panel`. A missing
    value interrupts its line.
    names, panels: display names of the lines and panels, in drawing order: exactly those in the
    frame.
    points: values stated elsewhere, drawn as open diamonds and labelled as printed: `year`, `y`,
    their `series` and, with panels, `panel`. stated: their column header in the table.
    breaks: the first year after each change of method: lines are interrupted before it and a
    vertical rule marks it. shared_scale: whether all panels have the same y axis.
    Raises `ChartError` for a frame that does not fit.
    """
    panels = panels or {"": Text("", "")}
    frame = plain(frame)
    if points is not None:
        points = plain(points.assign(label=[q.raw for q in points[y]]))
    stacked = layout.narrow and len(panels) > 1
    rows, columns = (len(panels), 1) if stacked else (1, len(panels))
    height = 2.5 * rows + 0.3 if stacked else layout.pick(3.5, 3.3)
    figure, grid = canvas(layout, height, rows, columns, sharey=shared_scale)
    ends, notes = [], {}
    for axes, (key, title) in zip(grid.flat, panels.items(), strict=True):
        part = frame if panel is None else frame[frame[panel] == key]
        own = points if points is None or panel is None else points[points[panel] == key]
        ends.append((axes, _panel(axes, part, y, series, names, breaks)))
        _break_rules(axes, breaks)
        number_axis(axes.yaxis, pattern)
        if own is not None:
            notes[axes] = _points(axes, own, y)
        unit_label(axes, unit)
        if language.text(title):
            axes.set_title(language.text(title), pad=18)
    years = frame.year.tolist() + ([] if points is None else points.year.tolist())
    lowest = frame[y].min()
    bottom = 0 if lowest >= 0 else lowest * 1.15
    top = max(0, *(axes.get_ylim()[1] for axes in grid.flat))
    for axes, labels in ends:
        year_axis(axes, years, layout.pick(7, 4) if columns == 1 else 4)
        axes.set_ylim(bottom, 1.04 * (top if shared_scale else max(0, axes.get_ylim()[1])))
        axes.axhline(0, color=QUIET, linewidth=0.8)
        _end_labels(axes, labels, height / rows, 20 if layout.width / columns > 5 else 11)
    if notes:
        place_labels(figure, notes)
    return figure


def _panel(axes: Axes, part, y, series, names, breaks) -> list[tuple]:
    """Draw the lines of a panel; return (name, last year, last value, text colour) of each."""
    ends = []
    for number, (key, name) in enumerate(names.items()):
        line = part[part[series] == key].sort_values("year")
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


def _break_rules(axes: Axes, breaks: Sequence[int]) -> None:
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
            fontsize=8,
            color=QUIET,
        )


def _pieces(line: pd.DataFrame, y: str, breaks: Sequence[int]) -> list[pd.DataFrame]:
    edges = [float("-inf"), *sorted(breaks), float("inf")]
    cut = [line[(line.year >= a) & (line.year < b)] for a, b in itertools.pairwise(edges)]
    # Missing values split the line too: `markevery` then puts a marker on an isolated value.
    whole = [own for piece in cut for _, own in piece.groupby(piece[y].isna().cumsum())]
    return [own for piece in whole if len(own := piece[piece[y].notna()])]


def _points(axes: Axes, points: pd.DataFrame, y: str) -> list[Annotation]:
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
            fontsize=8.5,
            color=INK,
            zorder=6,
            gid=HALO,
            annotation_clip=False,
        )
        for label, year, value in zip(points["label"], years, values, strict=True)
    ]


def _end_labels(axes: Axes, labels: list[tuple], height: float, width: int) -> None:
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
            fontsize=8.5,
            fontweight="bold",
            linespacing=1.15,
            annotation_clip=False,
        )
