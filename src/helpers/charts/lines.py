"""Line charts over years, each line named at its end, in one panel or in several that stand below
each other."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import language
from ..formats.html_tables import Column, plain
from ..formats.value_format import joined
from ..language import Text
from ..messages import _
from . import alt_text, defaults, line_marks
from .defaults import Names
from .frame_checks import Fit
from .label_placement import place_labels
from .long_frames import ONLY, long_form
from .point_labels import Label
from .style import QUIET, Chart, Layout, canvas, log_axis, number_axis, unit_label, year_axis

YEAR = _("year")
STATED = _("stated elsewhere")
LOGARITHMIC = _("logarithmic scale")


def lines(
    frame: pd.DataFrame | pd.Series,
    *,
    y: str | None = None,
    unit: Text | str | None = None,
    names: Names = None,
    series: str | None = None,
    panel: str | None = None,
    panels: Names = None,
    pattern: str | None = None,
    points: pd.DataFrame | None = None,
    stated: Text = STATED,
    breaks: Sequence[int] = (),
    log: bool = False,
) -> Chart:
    """A line over years for each value of a column; the y axis includes 0, unless `log`.

    frame: long, with `year` and the columns `y`, `series` (none for a single line) and, for small
    multiples, `panel`; or wide, as `pivot` makes it: years as index, a column per line; or a series
    with years as index. A missing value interrupts its line.
    unit: the label of the y axis, or the id of a unit (`"EUR_bn"`) to convert to; by default the
    unit of the quantities.
    names, panels: what lines and panels are called, in drawing order (`{"imports": Text(...)}`), or
    their values in that order (`["imports", "exports"]`), named as the descriptor labels a column
    of that name. By default all, in the descriptor's order; of a wide frame in its own.
    pattern: of the numbers, such as `0.0`.
    points: values stated elsewhere, drawn as open diamonds and labelled as printed: the same
    columns as `frame`. stated: what they are, in the key and in the table.
    breaks: the first year after each change of method: lines are interrupted before it and a
    vertical rule marks it. log: a logarithmic y axis, on which equal heights are equal factors;
    all values are above 0.
    Raises `ChartError` for a frame that does not fit.

    >>> chart = charts.lines(values, unit="EUR_k", breaks=[2018])
    """
    long, y, series, names = long_form("lines", frame, y, series, names)
    fit = Fit("lines", long).rows().has("year", y, series, panel).years()
    named = fit.names(series, names, "names") if series else {ONLY: fit.title(y, "names")}
    titles = fit.names(panel, panels, "panels")
    own = [name for name in (series, panel) if name]
    fits = [fit.numbers(y, positive=log).once("year", *own)]
    if series:
        fit.drawn(y, series)
    if points is not None:
        given = Fit("lines", points, "points").has("year", y, *own).years().numbers(y, positive=log)
        for column, known in ((series, named), (panel, titles)):
            given.named(column, known if column else None, unused=True)
        fits.append(given.once("year", *own))
    label = fit.unit(y, unit)
    fits[0].check(*fits[1:])
    if isinstance(unit, str):
        long = defaults.in_unit_of(long, y, unit)
        points = points if points is None else defaults.in_unit_of(points, y, unit)
    pattern = pattern or defaults.default_pattern(long[y])
    titles = titles or {"": Text()}
    shown = _Lines(
        long, y, label, named, series, panel, titles, pattern, points, stated, breaks,
        log,
    )  # fmt: skip
    return Chart(*shown.table(), shown.draw, shown.alt)


@dataclass(frozen=True)
class _Lines:
    """The checked frame and options of one chart, all names and labels known."""

    frame: pd.DataFrame
    y: str
    unit: Text
    names: Mapping[str, Text]
    series: str | None
    panel: str | None
    panels: Mapping[str, Text]
    pattern: str
    points: pd.DataFrame | None
    stated: Text
    breaks: Sequence[int]
    log: bool

    def own(self, rows: pd.DataFrame, panel: str, line: str | None = None) -> pd.DataFrame:
        """The rows of a panel, or of one of its lines."""
        if self.panel is not None:
            rows = rows[rows[self.panel] == panel]
        return rows if line is None or self.series is None else rows[rows[self.series] == line]

    def table(self) -> tuple[pd.DataFrame, dict[str, Column]]:
        """The data as a table: a row per year, a column per line and one for its stated values."""
        kinds: list[tuple[pd.DataFrame, str, Text | None]] = [(self.frame, "", None)]
        if self.points is not None:
            kinds.append((self.points, " stated", self.stated))
        even = self.pattern.replace(".#", ".0")  # as many decimals in each cell: they align
        found, columns = {}, {"year": Column(YEAR, year=True)}
        for (key, title), (line, name), (values, suffix, more) in itertools.product(
            self.panels.items(), self.names.items(), kinds
        ):
            own = self.own(values, key, line)
            own = own[own[self.y].notna()]
            if len(own):
                column = f"{key} {line}{suffix}".strip()
                found[column] = own.set_index("year")[self.y]
                parts = [part for part in (title, name, more, self.unit) if part and any(part)]
                label = joined(", ", *parts)
                # Stated numbers keep their own decimals; whole numbers get none.
                whole = all(float(value).is_integer() for value in own[self.y].map(float).dropna())
                written = self.pattern if more or whole else even
                columns[column] = Column(label, written, missing=Text())
        return pd.DataFrame(found).sort_index().rename_axis("year").reset_index(), columns

    def alt(self) -> list[alt_text.Sentence]:
        """The alternative text."""
        found = {}
        for (key, title), (line, name) in itertools.product(
            self.panels.items(), self.names.items()
        ):
            own = self.own(self.frame, key, line)
            if not own[self.y].isna().all():
                parts = [part for part in (title, name) if any(part)]
                found[joined(", ", *parts)] = list(
                    zip(own.year.astype(int), own[self.y], strict=True)
                )
        stated = None if self.points is None else self.stated
        return alt_text.lines(found, self.scale(), self.pattern, self.breaks, stated)

    def scale(self) -> Text:
        """What the y axis shows: its unit, and whether its scale is logarithmic."""
        return joined(", ", self.unit, LOGARITHMIC) if self.log else self.unit

    @functools.cached_property
    def plain(self) -> pd.DataFrame:
        """The frame, with plain numbers."""
        return plain(self.frame).sort_values("year")

    @functools.cached_property
    def drawn(self) -> dict[str, list[tuple[Text, list[tuple]]]]:
        """The lines of each panel: their names, their years and the value of each."""
        found: dict[str, list[tuple[Text, list[tuple]]]] = {key: [] for key in self.panels}
        for key, (line, name) in itertools.product(self.panels, self.names.items()):
            own = self.own(self.plain, key, line)
            values = own[self.y].where(own[self.y].notna(), float("nan")).astype(float)
            found[key].append((name, list(zip(own.year.astype(int), values, strict=True))))
        return found

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        points, y = self.points, self.y
        if points is not None:
            points = plain(points.assign(label=[q.raw for q in points[y]]))
        every = self.plain if points is None else pd.concat([self.plain, points])
        down = len(self.panels)
        height = layout.pick(3.5, 3.3) if down == 1 else 2.5 * down + 0.3
        figure, grid = canvas(layout, height, down)
        raised = line_marks.BREAK_HEIGHT if self.breaks else 0
        ends = []
        notes: dict[Axes, list[Label]] = {}
        for axes, (key, title) in zip(grid.flat, self.panels.items(), strict=True):
            ends.append((axes, line_marks.panel(axes, self.drawn[key], self.breaks)))
            line_marks.break_rules(axes, self.breaks)
            notes[axes] = []
            if points is not None:
                stated, room = self.own(points, key), layout.pick(20, 12)
                notes[axes] += line_marks.points(axes, stated, y, room)
            self.value_axis(axes, every[y])
            unit_label(axes, self.scale(), raised)
            above = raised + 18
            if language.text(title):
                axes.set_title(language.text(title), pad=above)
                above += 18
            if points is not None and axes is grid.flat[0]:
                line_marks.key(axes, self.stated, above)
            year_axis(axes, every.year.tolist(), layout.pick(7, 4))
        for axes, labels in ends:
            notes[axes] += line_marks.end_labels(axes, labels, height / down, layout.pick(20, 11))
        place_labels(figure, notes)
        return figure

    def value_axis(self, axes: Axes, shown: pd.Series) -> None:
        """Scale the y axis of a panel to the values shown; on a linear one 0 is a line."""
        if self.log:
            log_axis(axes, self.pattern, shown.min(), shown.max())
            return
        number_axis(axes.yaxis, self.pattern)
        # The ticks enclose the values, so that the axis names a height above the highest one.
        low = min(0, shown.min())
        high = max(0, shown.max()) if shown.any() else 1
        ticks = axes.yaxis.get_major_locator().tick_values(low, high)
        axes.set_yticks(ticks)
        room = 0.02 * (ticks[-1] - ticks[0])  # for a mark on the first or last of them
        axes.set_ylim(ticks[0] - room if low < 0 else 0, ticks[-1] + room if high > 0 else 0)
        axes.axhline(0, color=QUIET, linewidth=0.8)
