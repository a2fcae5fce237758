"""Amounts by several readings of what is not explained: ranges, and places in the ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from .. import charts, language, ranges
from ..charts import defaults
from ..errors import ChartError, Problem
from ..formats import html_tables, value_format
from ..language import Text
from . import controls
from .controls import Choice
from .view import Shown, View, told

_ROW, _MEASURE = "_row", "_measure"  # controls of its own, after those that were given


def readings(
    read: Callable[..., pd.DataFrame],
    choices: Mapping[str, Choice],
    *,
    highlight: str,
    panels: Mapping[str, Text] | None = None,
    patterns: Mapping[str, str] | None = None,
) -> View:
    """Values with their ranges under each reading, and the place that one row may have.

    read: makes the frame of a reading: one row per name in its index, and columns of quantities of
    0 or more. It is called with the chosen value of each choice, by name. choices: the readings.
    highlight: the row whose place is told at first. panels, patterns: as for `charts.ranges`.

    Raises `ChartError` for a row that does not exist.

        explore.readings(read, {"sign": explore.Choice(Text("teken", "sign"), signs)},
                         highlight="north")
    """
    first = read(**{name: choice.first for name, choice in choices.items()})
    if highlight not in first.index:
        expected = f"one of {', '.join(map(str, first.index))}"
        raise ChartError(Problem("explore.readings, highlight", repr(highlight), expected))
    titles = dict(panels or {str(name): controls.measured(first, str(name)) for name in first})
    rows = {name: defaults.same(name) for name in sorted(first.index)}
    shown = _Readings(read, titles, patterns)
    every = {
        **choices,
        _MEASURE: Choice(Text("Rangschik naar", "Rank by"), titles),
        _ROW: Choice(Text("Plaats van", "Place of"), rows, highlight),
    }
    return View(shown.draw, every)


@dataclass(frozen=True)
class _Readings:
    """What makes a frame, and how it is drawn."""

    read: Callable[..., pd.DataFrame]
    titles: Mapping[str, Text]
    patterns: Mapping[str, str] | None

    def draw(self, **chosen) -> Shown:
        """The ranges of one reading, and the place of a row."""
        row, measure = chosen.pop(_ROW), chosen.pop(_MEASURE)
        frame = self.read(**chosen)[list(self.titles)]
        values, title = frame[measure], self.titles[measure]
        if row not in values.index:
            absent = told(f"{row} staat niet in deze lezing.", f"{row} is not in this reading.")
            return Shown([absent])
        place = value_format.written(ranges.rank(values, row), "range 0")
        of = len(values)
        said = [told(f"{row}: plaats {place} van {of} ({title.nl}, de hoogste eerst).",
                     f"{row}: place {place} of {of} ({title.en}, the highest first).")]  # fmt: skip
        for name, words in self.titles.items():
            if unknown := list(frame.index[frame[name].isna()]):
                which, what = language.join(unknown), language.text(words)
                said.append(told(f"Onbekend ({what}): {which}.", f"Unknown ({what}): {which}."))
        ordered = frame.sort_values(measure, ascending=False)
        chart = charts.ranges(ordered, highlight=row, panels=self.titles, patterns=self.patterns)
        return Shown(said, chart, html_tables.table(chart.data, chart.columns))
