"""Dots, one or a joined pair per row, with the range of each and a line to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from ..errors import listed
from ..evidence.arithmetic import Quantity
from ..formats.html_tables import Column, flat
from ..formats.value_format import joined
from ..language import Text, is_missing
from ..messages import COLON, _
from . import alt_text, defaults
from .bars import ROW, VALUE, row_name
from .defaults import Names
from .dot_marks import RANGE, Mark, Panel, draw_key
from .frame_checks import Fit
from .sentences import Sentence, Words
from .style import Chart, Layout, canvas

DOTS, RANGES = (
    _("dots"),
    _("values with their ranges"),
)
REFERENCE = "reference"  # its row in the table


def dots(
    frame: pd.DataFrame | pd.Series,
    *,
    names: Names = None,
    panels: Mapping[str, Text] | None = None,
    series_names: Names = None,
    unit: Text | str | None = None,
    patterns: Mapping[str, str] | str | None = None,
    highlight: str | None = None,
    reference: tuple[Text, Quantity] | None = None,
) -> Chart:
    """A dot for each value and a bar for its range; a missing value is labelled as unknown.

    frame: one row per name in the index; a series, or a column per panel. With `series_names` its
    columns, at most two, are dots in one panel, which a line joins. A range without an end runs to
    the edge, with an arrow.
    names: what rows are called, in drawing order, or their values in that order; by default all, as
    the descriptor labels a column with the name of the index. series_names: what the dots of a row
    are called. panels: what each column measures, unit included; by default its title. unit: the
    label of the axis, or the id of a unit to convert to, of a series or a pair.
    patterns: the number pattern of each panel, or of all. highlight: the row to emphasise.
    reference: a number that rows are compared with, and its name: an upright line in a single
    panel. Raises `ChartError` for a frame that does not fit.

    >>> amounts = pd.DataFrame({"amount": {"then": earlier, "now": exports}})
    >>> names = {"then": Text("toen", "then"), "now": Text("nu", "now")}
    >>> chart = charts.dots(amounts, names=names, panels={"amount": Text("euro", "euros")})
    """
    if isinstance(frame, pd.Series):
        value = str(frame.name or VALUE)
        frame, series_names = frame.rename(value).to_frame(), {value: Text()}
    fit = Fit("dots", frame).rows()
    named = fit.axis(frame.index, names, "names")
    if series_names is None:
        pair: dict[Any, Text] = {}
        titles: dict[Any, Text] = dict(panels or {})
        titles = titles or {name: fit.title(name, "panels", frame[name]) for name in frame}
        fit.option(unit is None, "unit= for panels", "panels=, which names the unit of each")
    else:
        pair = fit.axis(frame.columns, series_names, "series_names")
        titles = dict.fromkeys(pair, _unit(fit, frame, unit))
        fit.option(panels is None, "panels= and series_names=", "one of them")
        fit.option(len(pair) <= 2, f"{len(pair)} dots in a row", "one, or a pair")
    fit.check()
    fit.exactly(named, titles).numbers(*titles)
    if reference is not None:
        known = isinstance(reference[1], Quantity)
        fit.option(known, f"a reference of {reference[1]!r}", "a quantity").check()
        fit.option(REFERENCE not in named, f"a row {REFERENCE!r}", "another name for that row")
        units = {cell.unit for cell in flat(_cells(frame, titles))} or {reference[1].unit}
        fit.option(bool(pair) or len(titles) == 1, "reference= for several panels", "one panel")
        fit.option(not is_missing(reference[1]), "a reference that is missing", "a known number")
        found = f"a reference in {reference[1].unit}"
        fit.option(units == {reference[1].unit}, found, f"the unit of the values, {listed(units)}")
    fit.among("highlight", [] if highlight is None else [highlight], named)
    if not isinstance(patterns, Mapping):
        patterns = {name: patterns or _pattern(frame, pair or [name]) for name in titles}
    fit.among("patterns", titles, patterns).check()
    frame = frame.loc[list(named)]
    if isinstance(unit, str):
        for name in titles:
            frame = defaults.in_unit_of(frame, name, unit)
        reference = reference and (reference[0], reference[1].to(unit))
    shown = _Dots(frame, named, titles, pair, patterns, highlight, reference)
    return Chart(*shown.table(), shown.draw, shown.alt)


def _cells(frame: pd.DataFrame, columns: Iterable) -> list:
    return [cell for name in columns for cell in frame[name]]


def _unit(fit: Fit, frame: pd.DataFrame, unit: Text | str | None) -> Text:
    """The label of the axis that all columns share."""
    every = Fit("dots", pd.DataFrame({VALUE: _cells(frame, frame)}))
    label = every.unit(VALUE, unit)
    fit.problems += every.problems
    return label


def _pattern(frame: pd.DataFrame, columns: Iterable) -> str:
    return defaults.default_pattern(_cells(frame, columns))


@dataclass(frozen=True)
class _Dots:
    """The checked frame, in drawing order, and options of one chart, all names known.

    titles: what each column measures. pair: the names of the columns that share a panel."""

    frame: pd.DataFrame
    names: Mapping[Any, Text]
    titles: Mapping[Any, Text]
    pair: Mapping[Any, Text]
    patterns: Mapping[Any, str]
    highlight: str | None
    reference: tuple[Text, Quantity] | None

    def ranged(self, column) -> bool:
        """Whether a value of a column stands for more than one number."""
        return any(mark[2] != mark[3] for mark in self.marks(column))

    def marks(self, column) -> list[Mark]:
        """The known values of a column; of an unknown range only the value is shown."""
        found = []
        paired = len(self.pair) == 2
        for place, (name, cell) in enumerate(self.frame[column].items()):
            if not is_missing(cell):
                own = cell.bounds if isinstance(cell, Quantity) and cell.bounds.known else None
                ends = (own.low, own.high) if own else (float(cell), float(cell))
                low, high = (None if end is None else float(end) for end in ends)
                look = list(self.pair).index(column) if paired else int(name == self.highlight)
                found.append(Mark(place, float(cell), low, high, look))
        return found

    def table(self) -> tuple[pd.DataFrame, dict[str, Column]]:
        """The data as a table: the values of each column and their ranges, if any, and what they
        are compared with in the last row."""
        row, names = str(self.frame.index.name or "row"), dict(self.names)
        shown: dict[str, list] = {row: list(names)}
        last: list[Quantity] = []
        if self.reference is not None:
            names[REFERENCE] = self.reference[0]
            shown[row].append(REFERENCE)
            last = [self.reference[1]]
        columns = {row: Column(ROW, names=names)}
        for column, title in self.titles.items():
            heading = joined(", ", *(w for w in (self.pair.get(column), title) if w and any(w)))
            cells, pattern = self.frame[column].tolist(), self.patterns[column]
            shown[column] = [*cells, *last]
            columns[column] = Column(heading, pattern)
            if self.ranged(column):
                shown[f"{column}_range"] = shown[column]
                columns[f"{column}_range"] = Column(
                    joined(COLON, heading, RANGE), f"range {pattern}"
                )
        return pd.DataFrame(shown, dtype=object), columns

    def alt(self) -> list[Sentence]:
        """The alternative text, panel by panel, or of all dots of a pair together."""
        own_name, found = self.names.get(self.highlight or ""), []
        for together in [list(self.pair)] if self.pair else [[column] for column in self.titles]:
            sizes: dict[tuple[Text, ...], Any] = {
                (name, self.pair.get(column, Text())): cell
                for column in together
                for name, cell in zip(self.names.values(), self.frame[column], strict=True)
            }
            reach = any(map(self.ranged, together))
            title, pattern = self.titles[together[0]], self.patterns[together[0]]
            kind = RANGES if reach else DOTS
            found += alt_text.bars(sizes, title, pattern, kind, reach, own_name)
        if self.reference is not None:
            name, value = self.reference
            words = Words()(_("line to compare with: "))
            found.append(words("<name>, <x>", name=name, x=(value, pattern)).end())
        return found

    def draw(self, layout: Layout) -> Figure:
        """The figure, in the current language."""
        panels = [list(self.pair)] if self.pair else [[column] for column in self.titles]
        lines = [row_name(name, layout).count("\n") + 1 for name in self.names.values()]
        height = 0.8 + sum(max(0.27, 0.17 * each + 0.08) for each in lines)
        rows, columns = (len(panels), 1) if layout.narrow else (1, len(panels))
        key = [name for name in self.pair.values() if any(name)]
        key += [RANGE] * any(map(self.ranged, self.titles))
        more = len(key) * 0.21 if layout.narrow else 0.35 * bool(key)
        more += layout.pick(0.2, 0.4) * (self.reference is not None)
        figure, grid = canvas(layout, height * rows + more, rows, columns, sharey=not layout.narrow)
        reference = self.reference and (self.reference[0], float(self.reference[1]))
        others = [reference[1]] if reference else []
        for axes, own in zip(grid.flat, panels, strict=True):
            called = [self.pair.get(column, self.titles[column]) for column in own]
            panel = Panel(axes, self.names, called, self.patterns[own[0]], self.highlight)
            room = 0.15 if columns == 1 and not layout.narrow else 0.45
            panel.draw(list(map(self.marks, own)), others, room)
            panel.finish(self.titles[own[0]], layout, columns == 1)
            if reference:
                panel.compare(*reference, layout)
        draw_key(figure, layout, key)
        return figure
