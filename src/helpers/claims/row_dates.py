"""The dates of rows, of tables that give them in different columns."""

from __future__ import annotations

import pandas as pd

from ..language import is_missing


def date(row) -> pd.Period:
    """The date of a row, as `itertuples` gives it: its `date`, or its year and, if it has a known
    one, its month."""
    if hasattr(row, "date"):
        return row.date
    if is_missing(month := getattr(row, "month", None)):
        return pd.Period(year=row.year, freq="Y")
    return pd.Period(year=row.year, month=month, freq="M")
