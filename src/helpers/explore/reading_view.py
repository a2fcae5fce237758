"""Amounts by several readings of what is not explained: ranges, and places in the ranking."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial

import pandas as pd

from .. import charts, language, ranges
from ..charts import defaults
from ..errors import ChartError, Problem
from ..formats import html_tables, value_format
from ..language import Text
from ..messages import _
from . import controls
from .controls import Choice
from .view import Shown, View

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
    0 or more; called with the chosen value of each choice, by name. Rows have the labels of the
    descriptor, or else their own names. choices: the readings.
    highlight: the row whose place is told at first. panels, patterns: as for `charts.dots`.

    Raises `ChartError` for a row that does not exist.

    >>> sign = explore.Choice(Text("teken", "sign"), {2: Text("dubbel", "double")})
    >>> read = lambda sign: pd.DataFrame({"paid": [exports * sign, earlier]}, ["ours", "theirs"])
    >>> named = {"paid": Text("betaald, euro", "paid, euros")}
    >>> list(explore.readings(read, {"sign": sign}, highlight="ours", panels=named).controls)
    ['sign', '_measure', '_row']
    """
    first = read(**{name: choice.first for name, choice in choices.items()})
    if highlight not in first.index:
        expected = f"one of {', '.join(map(str, first.index))}"
        raise ChartError(Problem("explore.readings, highlight", repr(highlight), expected))
    columns = map(str, first)
    titles = dict(panels or {name: controls.title(first, name, first[name]) for name in columns})
    named = defaults.values(first.index.name, first.index)
    rows = named if isinstance(named, dict) else {name: defaults.same(name) for name in first.index}
    every = {
        **choices,
        _MEASURE: Choice(_("Rank by"), titles),
        _ROW: Choice(_("Place of"), rows, highlight),
    }
    return View(partial(_drawn, read, titles, patterns, rows), every)


def _drawn(
    read: Callable[..., pd.DataFrame], titles: Mapping[str, Text],
    patterns: Mapping[str, str] | None, names: Mapping[Hashable, Text], /, **chosen,
) -> Shown:  # fmt: skip
    """The ranges of one reading, and the place of a row. names: of the rows."""
    row, measure = chosen.pop(_ROW), chosen.pop(_MEASURE)
    frame = read(**chosen)[list(titles)]
    values, title = frame[measure], titles[measure]
    named, what = names[row], language.text(title)
    if row not in values.index:
        return Shown([_("{}: not in this reading.").format(named)])
    place, of = value_format.written(ranges.rank(values, row), "range 0"), len(values)
    said = [_("{}: place {} of {} ({}, the highest first).").format(named, place, of, what)]
    for name, words in titles.items():
        if unknown := [names[key] for key in frame.index[frame[name].isna()]]:
            which, what = language.join(unknown), language.text(words)
            said.append(_("Unknown ({}): {}.").format(what, which))
    ordered = frame.sort_values(measure, ascending=False)
    own = {key: names[key] for key in ordered.index}
    chart = charts.dots(ordered, names=own, highlight=row, panels=titles, patterns=patterns)
    return Shown(said, chart, html_tables.table(chart.data, chart.columns))
