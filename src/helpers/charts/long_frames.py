"""Frames with a row per year, as `pivot` makes them, in long form: a row per year and series."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import pandas as pd

from .defaults import Names
from .frame_checks import Fit

SERIES, VALUE, ONLY = "series", "value", ""


def long_form(
    kind: str, frame: pd.DataFrame | pd.Series, y: str | None, series: str | None, names: Names
) -> tuple[pd.DataFrame, str, str | None, Names]:
    """The frame in long form, with its columns `y` and `series` and the names of its series.

    kind: the name of the chart function. A long frame is returned as it is; of a wide one (years as
    index, a column per series) or a series, `y` and `series` are made."""
    single = isinstance(frame, pd.Series)
    wide = frame.to_frame(frame.name or VALUE) if isinstance(frame, pd.Series) else frame
    fit = Fit(kind, wide).rows()
    keys = [name or "year" for name in wide.index.names]
    whole = all(isinstance(year, Integral) and int(year) >= 1500 for year in wide.index)
    if single or (y is None and "year" not in wide and (wide.index.names != [None] or whole)):
        y = str(wide.columns[0]) if single else VALUE
        if not single:
            series = series or str(wide.columns.name or SERIES)
            names = list(wide) if names is None else names
        parts, series_of = [], list[Any](wide)
        for column in series_of:
            part = wide[[column]].set_axis([y], axis=1).rename_axis(keys)
            part[series or ONLY] = column
            parts.append(part)
        return pd.concat(parts).reset_index(), y, series, names
    if series is None and (SERIES in wide or names):
        series = SERIES
    return wide, y or fit.measured(), series, names
