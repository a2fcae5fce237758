"""The ledger of claims: each row of `claims.csv` worked out from the rows that it names.

An input names a quantity (`trade-05`), a value of a series or a date (`table:column=value,...`),
a column of rows (`table:column=value|value>column`), or is a plain number or word.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from . import claims, tables
from .errors import DataError, Problem
from .intervals import UNKNOWN
from .language import is_missing

_HEDGES = {"nearly": "bijna", "more than": "meer dan", "approx": "circa"}


_EXPECTED = "a quantity, or conditions that one row of a table meets"


class _Nothing(Exception):
    """A claim names what is not there: found, expected."""


class Ledger:
    """All tables that claims name, and the rules for hedge words, read once.

    width: 2 doubles and 0.5 halves what a hedge word allows.
    """

    def __init__(self, data: Path | None = None, width: float = 1):
        self.data, self.width = data, width
        self.hedges = tables.load("hedges", data).set_index("hedge")
        self.quantities = tables.load("quantities", data).set_index("id")
        self._names = set(tables.names(data))
        self._tables: dict[str, pd.DataFrame] = {}

    def findings(self) -> pd.DataFrame:
        """The claims with their verdicts, in the order of the ledger.

        Added columns: `internal` and `external` (a verdict; external missing when no official
        series is named), `computed` and `official` (the numbers, missing when unknown), `low`,
        `high` and `width` of the internal range.

        Raises `DataError` with every claim that names an operation or row that is not there.
        """
        frame = tables.load("claims", self.data)
        rows, problems = [], []
        for row in frame.itertuples():
            try:
                rows.append(self._row(row))
            except _Nothing as error:
                problems.append(Problem(f"claims.csv, row {row.id}", *error.args))
        if problems:
            raise DataError(problems)
        return pd.concat([frame, pd.DataFrame(rows)], axis=1)

    def _row(self, row) -> dict:
        inside = self._judge(row, row.inputs)
        outside = None if is_missing(row.series) else self._judge(row, row.series)
        figure = inside.computed
        return {
            "internal": inside.verdict,
            "external": outside.verdict if outside else None,
            "computed": _float(figure.number if figure else None),
            "official": _float(outside.computed.number if outside and outside.computed else None),
            "low": _float(figure.bounds.low if figure else None),
            "high": _float(figure.bounds.high if figure else None),
            "width": _float(figure.bounds.width if figure else None),
        }

    def _judge(self, row, inputs) -> claims.Finding:
        if is_missing(inputs):
            claimed = self.figure(row.claimed) if not is_missing(row.claimed) else None
            return claims.Finding("undecided", claims.Figure(None, UNKNOWN), claimed)
        items = [item.strip() for item in inputs.split(";")]
        if row.operation in claims.EVENTS:
            return claims.happened(claims.EVENTS[row.operation](*map(self._thing, items)))
        if row.operation not in claims.ARITHMETIC:
            known = ", ".join([*claims.ARITHMETIC, *claims.EVENTS])
            raise _Nothing(repr(row.operation), f"one of {known}")
        computed = claims.compute(row.operation, [self.figure(item) for item in items])
        return claims.judge(computed, self.figure(row.claimed))

    def figure(self, name: str) -> claims.Figure:
        """The figure that an input names: a quantity or one value of a series."""
        if name in self.quantities.index:
            return claims.figure(self.quantities.loc[name], self.hedges, self.width)
        rows = self._rows(name)
        if len(rows) != 1:
            raise _Nothing(f"{name!r}, which names {len(rows)} rows", _EXPECTED)
        return self._of_series(rows.iloc[0])

    def _of_series(self, row: pd.Series) -> claims.Figure:
        column = "value_eur_m" if "value_eur_m" in row else "value"
        if is_missing(row[column]):
            return claims.Figure(None, UNKNOWN)
        scale = Fraction(10**6) if column == "value_eur_m" or row.get("unit") == "EUR_m" else 1
        number = Fraction(str(row[column])) * scale
        word, digit = row.get("hedge"), Fraction(scale)
        if hedged := isinstance(word, str):
            # A press figure such as 'nearly 9 billion': its last digit is the last that is not 0.
            digit = Fraction(10) ** (len(str(int(number))) - len(str(int(number)).rstrip("0")))
        read = SimpleNamespace(
            value=number, last_digit=digit, hedge=_HEDGES[word] if hedged else None
        )
        return claims.figure(read, self.hedges)

    def _thing(self, item: str):
        """What an event function takes: a figure, a date, a column of rows, a number or a word."""
        if item in self.quantities.index:
            return self.figure(item)
        if ":" not in item and ">" not in item:
            return int(item) if item.isdigit() else item
        rows = self._rows(item.split(">")[0])
        if ">" in item:
            return rows[item.split(">")[1]].dropna().tolist()
        dates = [_date(row) for row in rows.itertuples()]
        return dates[0] if len(dates) == 1 else dates

    def _rows(self, name: str) -> pd.DataFrame:
        table, _, conditions = name.partition(":")
        if table not in self._names:
            raise _Nothing(repr(name), _EXPECTED)
        if table not in self._tables:
            self._tables[table] = tables.load(table, self.data)
        frame = self._tables[table]
        for condition in filter(None, conditions.split(",")):
            column, _, values = condition.partition("=")
            if column not in frame:
                raise _Nothing(f"{name!r}, column {column!r}", "a column of that table")
            frame = frame[frame[column].astype(str).isin(values.split("|"))]
        return frame


def _date(row) -> pd.Period:
    """The date of a row: its `date`, or its year and month as far as known."""
    if hasattr(row, "date"):
        return row.date
    if is_missing(row.month):
        return pd.Period(year=row.year, freq="Y")
    return pd.Period(year=row.year, month=row.month, freq="M")


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)
