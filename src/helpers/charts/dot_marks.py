"""The marks of a panel of dots: ranges, labels, what joins a pair, a line to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .. import language
from ..language import Text
from ..messages import _
from .bars import annotate, row_axis, value_axis
from .point_labels import label
from .style import COLOURS, INK, MARKERS, QUIET, SMALL, Layout, below, wrap

RANGE = _("range")
AT_LEAST, AT_MOST = _("{} or more"), _("{} or less")
_BAR: dict[str, Any] = {"linewidth": 5, "alpha": 0.3}


class Mark(NamedTuple):
    """A value, its row from the top, the ends of its range (`None`: open), and its marker."""

    place: int
    value: float
    low: float | None
    high: float | None
    look: int


@dataclass(frozen=True)
class Panel:
    """Axes with a row per name. columns: what the dots of a row are called. pattern: of the
    numbers. highlight: the row to emphasise."""

    axes: Axes
    names: Mapping[Any, Text]
    columns: Sequence[Text]
    pattern: str
    highlight: str | None

    def draw(self, marks: Sequence[Sequence[Mark]], others: Iterable[float], room: float) -> None:
        """Draw the marks of each column. others: further values that the axis reaches. room: beside
        the marks for their labels, as a part of the axis."""
        every = [mark for own in marks for mark in own]
        ends = [end for m in every for end in (m.value, m.low, m.high) if end is not None]
        low, high = min([*ends, *others, 0]) * (1 + room), max([*ends, *others, 0]) * (1 + room)
        if any(mark.low is None for mark in every):  # so that no arrow touches a name
            low -= 0.04 * (high - low)
        self.axes.set_xlim(low, high if high > low else 1)
        for place, name in enumerate(self.names):
            row = [next((m for m in column if m.place == place), None) for column in marks]
            self._label(place, row, "bold" if name == self.highlight else "normal")
        for look in sorted({mark.look for mark in every}):  # one call for all that look alike
            own = [mark for mark in every if mark.look == look]
            self._draw_ranges(own, COLOURS[look])
            self.axes.plot(
                [mark.value for mark in own], [mark.place for mark in own], MARKERS[look],
                color=COLOURS[look], markersize=6,
            )  # fmt: skip

    def _draw_ranges(self, marks: Sequence[Mark], colour: str) -> None:
        """A bar per range, with an arrow at the edge of the panel where it is open."""
        left, right = self.axes.get_xlim()
        left, right = left + 0.02 * (right - left), right - 0.02 * (right - left)
        low = [left if mark.low is None else mark.low for mark in marks]
        high = [right if mark.high is None else mark.high for mark in marks]
        places = [mark.place for mark in marks]
        self.axes.hlines(places, low, high, capstyle="round", color=colour, **_BAR)
        for edge, sign, ends in (
            (left, "<", [m.low for m in marks]), (right, ">", [m.high for m in marks]),
        ):  # fmt: skip
            open_ = [place for place, end in zip(places, ends, strict=True) if end is None]
            if open_:
                self.axes.plot([edge] * len(open_), open_, sign, color=colour, markersize=9)

    def _label(self, place: int, row: Sequence[Mark | None], weight: str) -> None:
        """Join the dots of a row and write their values: one, or the higher of a pair, at the
        right, the lower at the left; beside a long bar, or without room, above the dot."""
        left, right = self.axes.get_xlim()
        known = sorted((mark for mark in row if mark), key=lambda mark: mark.value)
        unknown = language.text(language.UNKNOWN)
        if not known:
            annotate(self.axes, unknown, (0, place), color=QUIET, style="italic")
            return
        if len(known) == 2:
            low, high = known
            self.axes.hlines(place, low.value, high.value, color=QUIET, linewidth=1.5)
        for mark in known:
            words = self._words(mark)
            if None in row and len(row) > 1:
                words += (
                    f" ({language.labelled(language.text(self.columns[row.index(None)]), unknown)})"
                )
            first = len(known) == 2 and mark is known[0]
            end = mark.low if first else mark.high
            end = mark.value if end is None else end
            above = (
                None in (mark.low, mark.high)
                or abs(end - mark.value) > 0.12 * (right - left)
                or (first and end - left < 0.1 * (right - left))
            )
            point = mark.value if above else end
            side: dict[str, Any] = {"by": -6, "ha": "right"} if first and not above else {}
            annotate(
                self.axes, words, (point, place), 9 if above else 0, color=INK, fontweight=weight,
                **side,
            )  # fmt: skip

    def _words(self, mark: Mark) -> str:
        words = language.number(mark.value, self.pattern)
        if mark.high is None and mark.low == mark.value:
            return language.text(AT_LEAST).format(words)
        bounded = mark.low is not None or mark.high != mark.value
        return words if bounded else language.text(AT_MOST).format(words)

    def finish(self, title: Text, layout: Layout, alone: bool) -> None:
        """Name the rows and the axis. alone: whether no panel stands beside this one."""
        row_axis(self.axes, self.names, layout)
        value_axis(self.axes, self.pattern, 4)
        self.axes.set_xlabel(below(title, layout, not alone))

    def compare(self, name: Text, value: float, layout: Layout) -> None:
        """Draw an upright line at a value that the rows are compared with, named above it."""
        left, right = self.axes.get_xlim()
        self.axes.axvline(value, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
        at = (value - left) / (right - left)
        words = language.labelled(language.text(name), language.number(value, self.pattern))
        label(
            self.axes, wrap(Text.same(words), layout.pick(50, 24)), (value, 1), (0, 3),
            self.axes.get_xaxis_transform(), va="bottom", fontsize=SMALL, color=INK,
            ha="left" if at < 0.3 else "right" if at > 0.7 else "center",
        )  # fmt: skip


def draw_key(figure: Figure, layout: Layout, words: Sequence[Text]) -> None:
    """Say above the panels what each dot of a pair is, and what a bar is."""
    signs = [
        Line2D([], [], color=COLOURS[0], **_BAR)
        if name is RANGE
        else Line2D([], [], color=COLOURS[at], marker=MARKERS[at], linestyle="", markersize=6)
        for at, name in enumerate(words)
    ]
    if signs:
        figure.legend(
            signs, list(map(language.text, words)), loc="outside upper left",
            ncols=1 if layout.narrow else len(signs), handlelength=1.4, handletextpad=0.6,
        )  # fmt: skip
