"""Events over years: a marker at its year, in a panel per side and a lane per kind; numbered rules
mark other dates."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from .. import language
from ..counts import count
from ..formats.html_tables import Column
from ..language import Text
from ..messages import _
from . import alt_text, defaults
from .defaults import Names
from .frame_checks import Fit
from .point_labels import label
from .sentences import Sentence
from .style import COLOURS, GRID, INK, QUIET, SMALL, Chart, Layout, canvas, wrap
from .svg_canvas import POINTS
from .svg_minify import HALO

YEAR, SIDE, KIND = _("year"), _("direction"), _("kind")
NONE = {"": _("none")}
LINE = 0.135  # height of a marker or of a line of text, in inches
_MARK = 1.6  # lines: the height of a numbered circle
RULE: dict[str, Any] = {"color": QUIET, "linewidth": 0.7, "linestyle": (0, (1, 2)), "zorder": 0}


def timeline(
    frame: pd.DataFrame,
    *,
    side: str,
    kind: str,
    milestones: pd.DataFrame,
    sides: Names = None,
    kinds: Names = None,
) -> Chart:
    """A panel per side with a lane per kind, and in it a marker per event at its year.

    frame: one row per event with `year`, `side`, `kind`; events of one year and lane are stacked.
    sides, kinds: what panels and lanes are called, top first, or their values in that order; by
    default all that the descriptor has for a column of that name. A side has a lane for each kind
    that it has events of; a side without events says so.
    milestones: `year`, `label_nl`, `label_en`; a vertical rule through the panels, with a number on
    top, which a key below explains.
    Lanes are labelled at the left, on a phone above their markers. Raises `ChartError` for frames
    that do not fit.

    >>> milestones = pd.DataFrame({"year": [1997], "label_nl": ["brug"], "label_en": ["bridge"]})
    >>> chart = charts.timeline(visits.assign(kind="visit"), side="direction", kind="kind",
    ...                         kinds={"visit": Text("bezoek", "visit")}, milestones=milestones)
    """
    fit = Fit("timeline", frame).rows().has("year", side, kind).years()
    sides = fit.names(side, sides, "sides", every=True)
    kinds = fit.names(kind, kinds, "kinds", every=True)
    labels = [f"label_{lang}" for lang in language.languages()]
    fit.check(Fit("timeline", milestones, "milestones").has("year", *labels).years())
    columns = {
        "year": Column(YEAR, year=True),
        side: Column(SIDE, names=sides),
        kind: Column(KIND, names=kinds),
    }
    shown = _Timeline(frame, side, sides, kind, kinds, milestones)
    return Chart(frame, columns, shown.draw, shown.alt)


@dataclass(frozen=True)
class _Timeline:
    """The checked frames and options of one chart, all names known."""

    frame: pd.DataFrame
    side: str
    sides: Mapping[str, Text]
    kind: str
    kinds: Mapping[str, Text]
    milestones: pd.DataFrame

    def alt(self) -> list[Sentence]:
        """The alternative text."""
        found = {}
        for key, name in self.sides.items():
            own = self.frame[self.frame[self.side] == key]
            counted = count(own, overlapping=True) if defaults.table_of(own) else None
            found[name] = (counted, own.year.astype(int).tolist())
        ordered = self.milestones.sort_values("year")
        labels = zip(*(ordered[f"label_{lang}"] for lang in language.languages()), strict=True)
        named = zip((Text(*each) for each in labels), ordered.year.astype(int), strict=True)
        return alt_text.events(found, list(named))

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        frame, kind = self.frame, self.kind
        years = pd.concat([frame.year, self.milestones.year]).astype(int)
        span = (years.min() - 1, years.max() + 1)
        placed = _place_milestones(self.milestones, span, layout)
        events = [frame[frame[self.side] == key] for key in self.sides]
        lanes = [_lanes(own[kind], own.year, self.kinds, layout) for own in events]
        top = _MARK * (1 + max((each.level for each in placed), default=0))
        columns = layout.pick(2, 1)
        key = _MARK * math.ceil(len(placed) / columns)
        rows = [top, *(list(own.values())[-1].floor for own in lanes), key + 0.1]
        figure, grid = canvas(layout, 1.2 + LINE * sum(rows), len(rows), height_ratios=rows)
        numbers, *panels, below = grid[:, 0]
        for axes, own, at, name, colour in zip(
            panels, events, lanes, self.sides.values(), itertools.cycle(COLOURS), strict=False
        ):
            _side(axes, own, kind, at, span, colour, layout)
            axes.set_title(language.text(name))
            for milestone in placed:
                axes.axvline(milestone.year, **RULE)
        for axes in (numbers, *panels):
            axes.set_xlim(*span)
            axes.xaxis.set_major_locator(MultipleLocator(5))
        _draw_numbers(numbers, placed, top)
        _draw_key(below, placed, columns, key)
        return figure


class _Lane(NamedTuple):
    """A lane: its name, the y position of its label and its lower edge, in lines from the top."""

    name: str
    label: float
    floor: float


def _lanes(kind: pd.Series, year: pd.Series, kinds: Mapping[str, Text], layout) -> dict[str, _Lane]:
    """The lanes of the kinds that occur, from top to bottom, each high enough for its name and its
    highest stack; one that says that there are none, if so."""
    lanes, top = {}, 0.0
    for key, words in ({k: w for k, w in kinds.items() if (kind == k).any()} or NONE).items():
        name = wrap(words, layout.pick(22, 60))
        stack = max(year[kind == key].value_counts(), default=1)
        lines = 1.3 * (name.count("\n") + 1)
        if layout.narrow:
            floor, label = top + lines + stack + 0.5, top + lines / 2
        else:
            floor = top + max(lines, stack) + 0.6
            label = floor - max(lines, 1) / 2
        lanes[key] = _Lane(name, label, floor)
        top = floor
    return lanes


def _side(axes: Axes, events, kind: str, lanes: dict, span, colour: str, layout: Layout) -> None:
    stacked = events.groupby(["year", kind], observed=True).cumcount()
    floors = events[kind].map({key: lane.floor for key, lane in lanes.items()}).astype(float)
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
        for name, height, __ in lanes.values():
            label(axes, name, (span[0], height), va="center", fontsize=SMALL, gid=HALO)
    else:
        axes.set_yticks([lane.label for lane in lanes.values()], [n.name for n in lanes.values()])


class _Milestone(NamedTuple):
    """A milestone: its name, its year, its number in order of years, and the level of its number,
    from 0 at the bottom."""

    name: str
    year: int
    number: int
    level: int


def _place_milestones(milestones: pd.DataFrame, span, layout: Layout) -> list[_Milestone]:
    """Number milestones in order; a number stands above those that it would overlap."""
    apart = 1.2 * LINE * _MARK * (span[1] - span[0]) / (layout.width - layout.pick(2, 0.3))  # years
    placed: list[_Milestone] = []
    ordered = milestones.sort_values("year")
    names = ordered[f"label_{language.current()}"]
    for number, (name, year) in enumerate(zip(names, ordered.year.astype(int), strict=True), 1):
        taken = {each.level for each in placed if year - each.year < apart}
        level = next(level for level in itertools.count() if level not in taken)
        placed.append(_Milestone(name, year, number, level))
    return placed


def _draw_numbers(axes: Axes, placed: list[_Milestone], top: float) -> None:
    axes.set_axis_off()
    axes.set_ylim(0, top)
    for __, year, number, level in placed:
        height = (level + 0.5) * _MARK
        axes.plot([year, year], [0, height], **RULE)
        _circle(axes, number, year, height)


def _draw_key(axes: Axes, placed: list[_Milestone], columns: int, top: float) -> None:
    """Explain the numbers, in columns that are read downwards."""
    axes.set_axis_off()
    axes.set(xlim=(0, columns), ylim=(top, 0))
    lines = math.ceil(len(placed) / columns)
    for at, (name, year, number, __) in enumerate(placed):
        column, line = divmod(at, lines)
        height = (line + 0.5) * _MARK
        # The circle lies within the picture.
        _circle(axes, number, column + 0.025 * columns, height)
        at_right = (column + 0.025 * columns, height), (10, 0)
        label(axes, f"{name} ({year})", *at_right, va="center", fontsize=SMALL)


def _circle(axes: Axes, number: int, x: float, y: float) -> None:
    """A number in a circle, white inside: no rule runs through it."""
    size = 0.85 * LINE * _MARK * POINTS
    axes.plot(x, y, "o", markersize=size, color="white", markeredgecolor=QUIET, clip_on=False)
    label(axes, str(number), (x, y), ha="center", va="center_baseline", fontsize=SMALL)
