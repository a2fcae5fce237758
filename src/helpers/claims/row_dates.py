"""The dates of rows, of tables that give them in different columns."""

from __future__ import annotations

import pandas as pd
from pandas.api.typing import NaTType

from ..language import is_missing


def dates(rows: pd.DataFrame) -> pd.Period | NaTType | list[pd.Period | NaTType]:
    """The dates of rows; of one row its date."""
    found = [date(row) for row in rows.itertuples()]
    return found[0] if len(found) == 1 else found


def date(row) -> pd.Period | NaTType:
    """The date of a row, as `itertuples` gives it: its `date`, or its year and, if it has a known
    one, its month; missing without a year."""
    if hasattr(row, "date"):
        return row.date
    if is_missing(row.year):
        return pd.NaT
    if is_missing(month := getattr(row, "month", None)):
        return pd.Period(year=row.year, freq="Y")
    return pd.Period(year=row.year, month=month, freq="M")
