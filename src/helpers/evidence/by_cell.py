"""Measures of quantities that take whole columns and frames too."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd


def by_cell(measure: Callable) -> Callable[..., Any]:
    """Decorate a function from quantities to a quantity: of columns it gives a column, aligned by
    their index, of frames a frame with a column for each of the first's. Other arguments hold for
    every cell."""

    @functools.wraps(measure)
    def each(*args, **kwargs):
        given = inspect.signature(measure).bind(*args, **kwargs).arguments
        frames = [value for value in given.values() if isinstance(value, pd.DataFrame)]
        if frames:
            found = pd.DataFrame({name: each(**_column(given, name)) for name in frames[0]})
            found.columns.name = frames[0].columns.name
            return found
        series = {name: value for name, value in given.items() if isinstance(value, pd.Series)}
        if not series:
            return measure(*args, **kwargs)
        rows = pd.DataFrame(series)
        cells = [
            measure(**{**given, **dict(zip(series, row, strict=True))})
            for row in rows.itertuples(index=False, name=None)
        ]
        return pd.Series(cells, rows.index, dtype="quantity", name=next(iter(series.values())).name)

    return each


def _column(given: dict[str, Any], name: Hashable) -> dict[str, Any]:
    """The arguments for one column of the frames among them."""
    return {key: v[name] if isinstance(v, pd.DataFrame) else v for key, v in given.items()}
