"""Line charts over years, each line labelled at its end, in one panel or several."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from .. import language
from ..formats.html_tables import Column, plain
from ..language import Text
from . import alt_text, defaults, line_marks
from .defaults import Names
from .frame_checks import Fit
from .label_placement import place_labels
from .long_frames import ONLY, long_form
from .style import QUIET, Chart, Layout, canvas, number_axis, unit_label, year_axis

YEAR, NOTHING = Text("jaar", "year"), Text("–", "–")
STATED = Text("elders opgegeven", "stated elsewhere")


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
    shared_scale: bool = True,
) -> Chart:
    """A line over years for each value of a column; the y axis includes 0.

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
    columns as `frame`. stated: their column header in the table.
    breaks: the first year after each change of method: lines are interrupted before it and a
    vertical rule marks it. shared_scale: whether all panels have the same y axis.
    Raises `ChartError` for a frame that does not fit.

    >>> chart = charts.lines(values, unit="EUR_k", breaks=[2018])
    """
    long, y, series, names = long_form("lines", frame, y, series, names)
    fit = Fit("lines", long).rows().has("year", y, series, panel).years()
    named = fit.names(series, names, "names") if series else {ONLY: fit.title(y, "names")}
    titles = fit.names(panel, panels, "panels")
    own = [name for name in (series, panel) if name]
    fits = [fit.numbers(y).once("year", *own)]
    if series:
        fit.drawn(y, series)
    if points is not None:
        given = Fit("lines", points, "points").has("year", y, *own).years().numbers(y)
        for column, known in ((series, named), (panel, titles)):
            given.named(column, known if column else None, unused=True)
        fits.append(given.once("year", *own))
    label = fit.unit(y, unit)
    fits[0].check(*fits[1:])
    if isinstance(unit, str):
        long = defaults.in_unit_of(long, y, unit)
        points = points if points is None else defaults.in_unit_of(points, y, unit)
    pattern = pattern or defaults.default_pattern(long[y])
    titles = titles or {"": Text("", "")}
    shown = _Lines(
        long, y, label, named, series, panel, titles, pattern, points, stated, breaks, shared_scale
    )
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
    shared_scale: bool

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
                label = Text(*map(", ".join, zip(*parts, strict=True)))
                # Stated numbers keep their own decimals; whole numbers get none.
                whole = all(float(value).is_integer() for value in own[self.y].map(float).dropna())
                written = self.pattern if more or whole else even
                columns[column] = Column(label, written, missing=NOTHING)
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
                words = Text(*map(", ".join, zip(*parts, strict=True)))
                found[words] = list(zip(own.year.astype(int), own[self.y], strict=True))
        stated = None if self.points is None else self.stated
        return alt_text.lines(found, self.unit, self.pattern, self.breaks, stated)

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        frame, points, y = plain(self.frame), self.points, self.y
        if points is not None:
            points = plain(points.assign(label=[q.raw for q in points[y]]))
        stacked = layout.narrow and len(self.panels) > 1
        down, across = (len(self.panels), 1) if stacked else (1, len(self.panels))
        height = 2.5 * down + 0.3 if stacked else layout.pick(3.5, 3.3)
        figure, grid = canvas(layout, height, down, across, sharey=self.shared_scale)
        ends, notes = [], {}
        for axes, (key, title) in zip(grid.flat, self.panels.items(), strict=True):
            rows = ((name, self.own(frame, key, line)) for line, name in self.names.items())
            ends.append((axes, line_marks.panel(axes, rows, y, self.breaks)))
            line_marks.break_rules(axes, self.breaks)
            number_axis(axes.yaxis, self.pattern)
            if points is not None:
                notes[axes] = line_marks.points(axes, self.own(points, key), y)
            unit_label(axes, self.unit)
            if language.text(title):
                axes.set_title(language.text(title), pad=18)
        years = frame.year.tolist() + ([] if points is None else points.year.tolist())
        lowest = frame[y].min()
        bottom = 0 if lowest >= 0 else lowest * 1.15
        top = max(0, *(axes.get_ylim()[1] for axes in grid.flat))
        for axes, labels in ends:
            year_axis(axes, years, layout.pick(7, 4) if across == 1 else 4)
            own_top = top if self.shared_scale else max(0, axes.get_ylim()[1])
            axes.set_ylim(bottom, 1.04 * own_top)
            axes.axhline(0, color=QUIET, linewidth=0.8)
            room = 20 if layout.width / across > 5 else 11
            line_marks.end_labels(axes, labels, height / down, room)
        if notes:
            place_labels(figure, notes)
        return figure
