"""Events over years: a marker at its year, in a panel per side and a lane per kind."""

from __future__ import annotations

import itertools
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
from . import alt_text, defaults
from .defaults import Names
from .frame_checks import Fit
from .sentences import Sentence
from .style import COLOURS, GRID, INK, QUIET, SMALL, Chart, Layout, canvas, wrap
from .svg_minify import HALO

YEAR, SIDE, KIND = Text("jaar", "year"), Text("richting", "direction"), Text("soort", "kind")
LINE = 0.135  # height of a marker or of a line of text, in inches
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
    default all that the descriptor has for a column of that name. Empty lanes are drawn too, so
    that the sides can be compared.
    milestones: `year`, `label_nl`, `label_en`; a vertical rule through the panels, labelled on top.
    Lanes are labelled at the left, on a phone above their markers. Raises `ChartError` for frames
    that do not fit.

    >>> milestones = pd.DataFrame({"year": [1997], "label_nl": ["brug"], "label_en": ["bridge"]})
    >>> chart = charts.timeline(visits.assign(kind="visit"), side="direction", kind="kind",
    ...                         kinds={"visit": Text("bezoek", "visit")}, milestones=milestones)
    """
    fit = Fit("timeline", frame).rows().has("year", side, kind).years()
    sides = fit.names(side, sides, "sides", every=True)
    kinds = fit.names(kind, kinds, "kinds", every=True)
    labels = [f"label_{lang}" for lang in language.LANGUAGES]
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
        labels = zip(*(ordered[f"label_{lang}"] for lang in language.LANGUAGES), strict=True)
        named = zip((Text(*each) for each in labels), ordered.year.astype(int), strict=True)
        return alt_text.events(found, list(named))

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        frame, side, kind, kinds = self.frame, self.side, self.kind, self.kinds
        years = pd.concat([frame.year, self.milestones.year]).astype(int)
        span = (years.min() - 1, years.max() + 1)
        placed = _place_milestones(self.milestones, span, layout)
        events = [frame[frame[side] == key] for key in self.sides]
        lanes = [_lanes(own[kind], own.year, kinds, layout) for own in events]
        rows = [1 + max((s.height for s in placed), default=0), *(lane[-1].floor for lane in lanes)]
        height = 1.2 + LINE * sum(rows)
        figure, grid = canvas(layout, height, len(rows), sharex=True, height_ratios=rows)
        for axes, own, at, name, colour in zip(
            grid[1:, 0], events, lanes, self.sides.values(), itertools.cycle(COLOURS), strict=False
        ):
            _side(axes, own, kind, dict(zip(kinds, at, strict=True)), span, colour, layout)
            axes.set_title(language.text(name))
            for milestone in placed:
                axes.axvline(milestone.year, **RULE)
        grid[0, 0].set_xlim(*span)
        grid[0, 0].xaxis.set_major_locator(MultipleLocator(5))
        _draw_milestones(grid[0, 0], placed, rows[0])
        return figure


class _Lane(NamedTuple):
    """A lane: its name, the y position of its label and its lower edge, in lines from the top."""

    name: str
    label: float
    floor: float


def _lanes(kind: pd.Series, year: pd.Series, kinds: Mapping[str, Text], layout) -> list[_Lane]:
    """Lanes from top to bottom, each high enough for its name and its highest stack."""
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
                name, (span[0], label), va="center", fontsize=SMALL, gid=HALO,
                annotation_clip=False,
            )  # fmt: skip
    else:
        axes.set_yticks([lane.label for lane in lanes.values()], [n.name for n in lanes.values()])


class _Milestone(NamedTuple):
    """A milestone: its name, its year, whether its label is moved to the left edge of the chart,
    and the line that the label is on, from 0 at the bottom."""

    name: str
    year: int
    at_left_edge: bool
    height: int


def _place_milestones(milestones: pd.DataFrame, span, layout: Layout) -> list[_Milestone]:
    """Place each label: it ends at its rule, above the labels of earlier milestones in its way."""
    character_width = layout.pick(0.0125, 0.0205) * (span[1] - span[0])  # years
    placed: list[_Milestone] = []
    ends: list[float] = []
    ordered = milestones.sort_values("year")
    names = ordered[f"label_{language.current()}"]
    for name, year in zip(names, ordered.year.astype(int), strict=True):
        start = year - character_width * (len(name) + 1)
        passed = [s.height for s, end in zip(placed, ends, strict=True) if end > start]
        placed.append(_Milestone(name, year, start < span[0], max(passed, default=-1) + 1))
        ends.append(max(year, year + span[0] - start))
    return placed


def _draw_milestones(axes: Axes, placed: list[_Milestone], top: float) -> None:
    axes.set_axis_off()
    axes.set_ylim(0, top)
    left = axes.get_xlim()[0]
    for name, year, at_left_edge, height in placed:
        axes.plot([year, year], [0, height + 0.9], **RULE)
        axes.annotate(
            name,
            (left if at_left_edge else year, height + 0.45),
            (0 if at_left_edge else -3, 0),
            textcoords="offset points",
            ha="left" if at_left_edge else "right",
            va="center",
            fontsize=SMALL,
            gid=HALO,
            annotation_clip=False,
        )
