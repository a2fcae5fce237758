"""Values with a bar for their range, a panel per measure, with the row's name at the left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import language
from ..formats.html_tables import Column
from ..formats.value_format import joined
from ..language import Text, is_missing
from . import alt_text, defaults
from .bars import ROW, annotate, row_axis, value_axis
from .defaults import Names
from .frame_checks import Fit
from .sentences import Sentence
from .style import COLOURS, INK, MARKERS, QUIET, Chart, Layout, canvas, wrap

RANGE = Text("bandbreedte", "range")
OPEN = Text("{} of meer", "{} or more")


def ranges(
    frame: pd.DataFrame,
    *,
    names: Names = None,
    panels: Mapping[str, Text] | None = None,
    patterns: Mapping[str, str] | None = None,
    highlight: str | None = None,
) -> Chart:
    """A marker for each value and a bar for its range; a missing value is labelled as unknown.

    frame: a column per panel and a row per name in the index, with quantities of 0 or more. A range
    without an upper bound runs to the edge and is labelled "or more".
    names: what rows are called, in drawing order, or their values in that order; by default all, as
    the descriptor labels a column with the name of the index. panels: what each column measures,
    unit included; by default its title.
    patterns: the number pattern of each panel. highlight: the row to emphasise. Raises `ChartError`
    for a frame that does not fit.

    >>> amounts = pd.DataFrame({"amount": {"then": earlier, "now": exports}})
    >>> names = {"then": Text("toen", "then"), "now": Text("nu", "now")}
    >>> chart = charts.ranges(amounts, names=names, panels={"amount": Text("euro", "euros")})
    """
    fit = Fit("ranges", frame).rows()
    named = fit.axis(frame.index, names, "names")
    titles: dict[Any, Text] = dict(panels or {})
    for name in frame if panels is None else ():
        titles[name] = fit.title(name, "panels", frame[name])
    fit.check()
    fit.exactly(named, titles).numbers(*titles, ranges=True)
    if patterns is not None:
        fit.among("patterns", titles, patterns)
    fit.among("highlight", [] if highlight is None else [highlight], named).check()
    patterns = patterns or {name: defaults.default_pattern(frame[name]) for name in titles}
    shown = _Ranges(frame.loc[list(named)], named, titles, patterns, highlight)
    return Chart(*shown.table(), shown.draw, shown.alt)


@dataclass(frozen=True)
class _Ranges:
    """The checked frame, in drawing order, and options of one chart, all names known."""

    frame: pd.DataFrame
    names: Mapping[str, Text]
    panels: Mapping[str, Text]
    patterns: Mapping[str, str]
    highlight: str | None

    def table(self) -> tuple[pd.DataFrame, dict[str, Column]]:
        """The data as a table: two columns for each panel, its values and their ranges."""
        row = str(self.frame.index.name or "row")
        shown, columns = {row: list(self.names)}, {row: Column(ROW, names=self.names)}
        for key, title in self.panels.items():
            shown[key] = shown[f"{key}_range"] = self.frame[key].tolist()
            columns[key] = Column(title, self.patterns[key])
            heading = joined(": ", title, RANGE)
            columns[f"{key}_range"] = Column(heading, f"range {self.patterns[key]}")
        return pd.DataFrame(shown, dtype=object), columns

    def alt(self) -> list[Sentence]:
        """The alternative text, panel by panel."""
        kind, found = Text("waarden met hun bandbreedte", "values with their ranges"), []
        own_name = self.names.get(self.highlight or "")
        for key, title in self.panels.items():
            own = zip(self.names.values(), self.frame[key], strict=True)
            sizes: dict[tuple[Text, ...], Any] = {(name,): value for name, value in own}
            found += alt_text.bars(sizes, title, self.patterns[key], kind, True, own_name)
        return found

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        names = self.names
        rows, columns = (len(self.panels), 1) if layout.narrow else (1, len(self.panels))
        height = 0.8 + 0.27 * len(names)
        figure, grid = canvas(layout, height * rows, rows, columns, sharey=not layout.narrow)
        for axes, (key, title) in zip(grid.flat, self.panels.items(), strict=True):
            pattern, values = self.patterns[key], self.frame[key].tolist()
            ends = [e for q in values if not is_missing(q) for e in (q.value, q.bounds.high)]
            right = float(max((end for end in ends if end is not None), default=0)) * 1.45 or 1
            axes.set_xlim(0, right)
            marks = [
                _label_range(axes, place, quantity, pattern, name == self.highlight, right)
                for place, (name, quantity) in enumerate(zip(names, values, strict=True))
            ]
            _draw_marks(axes, [mark for mark in marks if mark])
            row_axis(axes, names, layout)
            value_axis(axes, pattern, 4)
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
        annotate(axes, language.text(language.UNKNOWN), (0, place), color=QUIET, style="italic")
        return None
    value, low, high = float(quantity), quantity.bounds.low or 0, quantity.bounds.high
    end = right if high is None else float(high)
    words, weight = language.number(value, pattern), "bold" if highlight else "normal"
    if high is None:
        words = language.text(OPEN).format(words)
    far = end - value > 0.12 * right  # beside a long bar the label would be far from the marker
    point, lift = ((value, place), 9) if far else ((max(end, value), place), 0)
    annotate(axes, words, point, lift, color=INK, fontweight=weight)
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
