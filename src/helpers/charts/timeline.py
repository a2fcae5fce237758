"""Events in time: each a mark at its year, in a lane of its kind and a panel of its side."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from .. import language
from ..formats.html_tables import Column
from ..language import Text
from .frame_checks import Fit
from .style import COLOURS, GRID, INK, QUIET, Layout, canvas, chart, wrap
from .svg_minify import HALO

YEAR, SIDE, KIND = Text("jaar", "year"), Text("richting", "direction"), Text("soort", "kind")
LINE = 0.135  # height of a mark or of a line of words, in inches
RULE = {"color": QUIET, "linewidth": 0.7, "linestyle": (0, (1, 2)), "zorder": 0}


def _read_timeline(frame, *, side, sides, kind, kinds, milestones):
    fit = Fit("timeline", frame).rows().has("year", side, kind).years()
    fit.named(side, sides, idle=True).named(kind, kinds, idle=True)
    marks = Fit("timeline", milestones, "milestones")
    fit.hold(marks.has("year", "label_nl", "label_en").years())
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
    """A panel per side, in it a lane per kind, in that a mark per event at its year.

    frame: one row per event with `year`, `side`, `kind`; events of one year and lane are stacked.
    sides, kinds: panels and lanes, top first. A lane without events stays, so that sides compare.
    milestones: `year`, `label_nl`, `label_en`; a rule through the panels with its name above.
    Lanes are named at their left, on a phone above their marks.
    """
    years = pd.concat([frame.year, milestones.year]).astype(int)
    span = (years.min() - 1, years.max() + 1)
    shelves = _shelves(milestones, span, layout)
    events = [frame[frame[side] == key] for key in sides]
    lanes = [_lanes(own[kind], own.year, kinds, layout) for own in events]
    rows = [1 + max((s.height for s in shelves), default=0), *(lane[-1].floor for lane in lanes)]
    height = 1.2 + LINE * sum(rows)
    figure, grid = canvas(layout, height, len(rows), sharex=True, height_ratios=rows)
    for axes, own, at, name, colour in zip(
        grid[1:, 0], events, lanes, sides.values(), itertools.cycle(COLOURS), strict=False
    ):
        _side(axes, own, kind, dict(zip(kinds, at, strict=True)), span, colour, layout)
        axes.set_title(language.text(name))
        for shelf in shelves:
            axes.axvline(shelf.year, **RULE)
    grid[0, 0].set_xlim(*span)
    grid[0, 0].xaxis.set_major_locator(MultipleLocator(5))
    _milestones(grid[0, 0], shelves, rows[0])
    return figure


class _Lane(NamedTuple):
    """A lane: its name, and where its name and its lowest mark stand, in lines from the top."""

    name: str
    label: float
    floor: float


def _lanes(kind: pd.Series, year: pd.Series, kinds: Mapping[str, Text], layout) -> list[_Lane]:
    """Lanes below each other, each as high as its name and its highest stack need."""
    lanes, top = [], 0.0
    for key, words in kinds.items():
        name = wrap(words, layout.pick(22, 60))
        stack = max(1, year[kind == key].value_counts().max() if (kind == key).any() else 1)
        lines = 1.3 * (name.count("\n") + 1)
        if layout.narrow:
            floor, label = top + lines + stack + 0.5, top + lines / 2
        else:
            floor = top + max(lines, stack) + 0.6
            label = floor - max(lines, 1) / 2
        lanes.append(_Lane(name, label, floor))
        top = floor
    return lanes


def _side(axes: Axes, events, kind: str, lanes: dict, span, colour: str, layout: Layout) -> None:
    stacked = events.groupby(["year", kind], observed=True).cumcount()
    floors = events[kind].astype(str).map({key: lane.floor for key, lane in lanes.items()})
    axes.scatter(
        events.year.astype(int),
        floors - 0.65 - stacked,
        s=layout.pick(34, 28),
        color=colour,
        linewidth=0,
        zorder=3,
    )
    axes.grid(visible=False)
    *inner, last = (lane.floor for lane in lanes.values())
    axes.hlines(inner, *span, color=GRID, linewidth=0.8)
    axes.set_ylim(last, 0)
    axes.tick_params(axis="x", labelbottom=True, length=3)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    if layout.narrow:
        axes.set_yticks([])
        for name, label, _ in lanes.values():
            axes.annotate(
                name, (span[0], label), va="center", fontsize=8.5, gid=HALO, annotation_clip=False,
            )  # fmt: skip
    else:
        axes.set_yticks([lane.label for lane in lanes.values()], [n.name for n in lanes.values()])


class _Shelf(NamedTuple):
    """A milestone: its name, its year, whether the name starts at the left edge, its height."""

    name: str
    year: int
    first: bool
    height: int


def _shelves(milestones: pd.DataFrame, span, layout: Layout) -> list[_Shelf]:
    """A height for each name: it ends at its rule, above the earlier rules that it passes."""
    letter = layout.pick(0.0125, 0.0205) * (span[1] - span[0])  # years
    shelves, ends = [], []
    for row in milestones.sort_values("year").itertuples():
        name, year = getattr(row, f"label_{language.current()}"), int(row.year)
        start = year - letter * (len(name) + 1)
        passed = [s.height for s, end in zip(shelves, ends, strict=True) if end > start]
        shelves.append(_Shelf(name, year, start < span[0], max(passed, default=-1) + 1))
        ends.append(max(year, year + span[0] - start))
    return shelves


def _milestones(axes: Axes, shelves: list[_Shelf], top: int) -> None:
    axes.set_axis_off()
    axes.set_ylim(0, top)
    left = axes.get_xlim()[0]
    for name, year, first, height in shelves:
        axes.plot([year, year], [0, height + 0.9], **RULE)
        axes.annotate(
            name,
            (left if first else year, height + 0.45),
            (0 if first else -3, 0),
            textcoords="offset points",
            ha="left" if first else "right",
            va="center",
            fontsize=8,
            gid=HALO,
            annotation_clip=False,
        )
