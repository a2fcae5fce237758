"""Whether a frame holds what a chart of it needs: told by column and value before it is drawn."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

import pandas as pd

from ..errors import ChartError, Problem, quoted
from ..quantities import Quantity

_MANY = 5  # values that are named in one message


class Fit:
    """What is wrong with a frame for one chart; `hold` raises all of it.

    kind: of the chart, as its function is called. what: which of its frames.
    """

    def __init__(self, kind: str, frame: pd.DataFrame, what: str = "frame"):
        self._place, self._frame = f"charts.{kind}, {what}", frame
        self.problems: list[Problem] = []
        if not isinstance(frame, pd.DataFrame):
            raise ChartError(Problem(self._place, type(frame).__name__, "a DataFrame"))

    def _tell(self, where: str, found: str, expected: str) -> None:
        self.problems.append(Problem(self._place + where, found, expected))

    def rows(self) -> Fit:
        """It has rows; else there is nothing more to say of it."""
        if self._frame.empty:
            self._tell("", "no rows", "at least one: nothing would be drawn")
            self.hold()
        return self

    def has(self, *columns: str | None) -> Fit:
        """It has these columns."""
        known = [str(name) for name in self._frame]
        for column in columns:
            if column is not None and column not in self._frame:
                near = difflib.get_close_matches(str(column), known, 1, 0) or ["none"]
                self._tell("", f"no column {column!r}", f"one of its columns, such as {near[0]!r}")
        return self

    def _values(self, column: str | None) -> pd.Series:
        known = column is not None and column in self._frame
        return self._frame[column] if known else pd.Series(dtype=object)

    def named(self, column: str | None, names: Collection | None, idle: bool = False) -> Fit:
        """Every value of a column has a name, and, but for `idle`, every name a row."""
        if column is None:
            return self
        if not names:
            self._tell(f", column {column}", "no names for its values", "a name for each value")
            return self
        values = self._values(column)
        if column not in self._frame or not len(values):
            return self
        if missing := int(values.isna().sum()):
            self._tell(f", column {column}", f"{missing} missing", "a value in every row")
        found = list(dict.fromkeys(values.dropna()))
        if unnamed := [value for value in found if value not in names]:
            self._tell(f", column {column}", _list(unnamed), "only values that have a name")
        if not idle and (absent := [name for name in names if name not in found]):
            self._tell(f", column {column}", f"no row with {_list(absent)}", "a row for each name")
        return self

    def years(self, column: str = "year") -> Fit:
        """Every row has a year, a whole number."""
        for row, value in self._values(column).items():
            if pd.isna(value) or int(value) != value:
                self._tell(f", column {column}", f"{value} in row {row}", "a year in every row")
        return self

    def numbers(self, column: str, least: float | None = None) -> Fit:
        """Its values are numbers, some of them known, none below `least`."""
        values = self._values(column)
        if len(values) and values.map(_unknown).all():
            self._tell(f", column {column}", "no known value", "at least one: all are missing")
        for row, value in values.items():
            if _unknown(value):
                continue
            if isinstance(value, (str, bytes)) or not hasattr(value, "__float__"):
                self._tell(f", column {column}", f"{quoted(str(value))} in row {row}", "a number")
            elif least is not None and float(value) < least:
                self._tell(f", column {column}", f"{float(value):g} in row {row}",
                           f"a number from {least:g}, as the axis begins there")  # fmt: skip
        return self

    def once(self, *columns: str | None) -> Fit:
        """No two rows are the same mark."""
        own = [column for column in columns if column is not None]
        if all(column in self._frame for column in own):
            twice = self._frame[self._frame.duplicated(own)][own].drop_duplicates()
            for values in twice.head(_MANY).itertuples(index=False):
                told = ", ".join(f"{c} {v!r}" for c, v in zip(own, values, strict=True))
                self._tell("", f"more than one row of {told}", "one: they would be one mark")
        return self

    def cells(self, rows: Collection, columns: Collection) -> Fit:
        """It has these rows and columns, each once, and in each cell a count."""
        for axis, keys, wanted in (
            ("row", self._frame.index, rows), ("column", self._frame.columns, columns),
        ):  # fmt: skip
            if not wanted:
                self._tell("", f"no names for {axis}s", f"a name for each {axis}")
            if absent := [key for key in wanted if key not in keys]:
                self._tell("", f"no {axis} {_list(absent)}", f"one of {_list(keys)}")
            if unnamed := [key for key in keys if key not in wanted]:
                self._tell("", f"{axis} {_list(unnamed)}", f"only {axis}s that have a name")
            if not keys.is_unique:
                twice = _list(keys[keys.duplicated()].unique())
                self._tell("", f"{axis} {twice} twice", f"each {axis} once")
        if not self.problems:
            for column in columns:
                self._counts(column)
        return self

    def _counts(self, column) -> None:
        for row, value in self._frame[column].items():
            number = None if _unknown(value) else float(value)
            if number is None or number < 0 or number != int(number):
                found = "missing" if number is None else f"{number:g}"
                self._tell(f", column {column}", f"{found} in row {row!r}", "a count: 0, 1, 2 …")

    def drawn(self, column: str, by: str) -> Fit:
        """For each value of `by` a number is known, so that its name stands beside something."""
        if column in self._frame and by in self._frame:
            known = set(self._frame[by][[not _unknown(value) for value in self._frame[column]]])
            idle = [name for name in self._frame[by].dropna().unique() if name not in known]
            if idle:
                self._tell(f", column {column}", f"no known value for {_list(idle)}", "one of each")
        return self

    def among(self, what: str, chosen: Iterable, known: Collection) -> Fit:
        """An option is only about what has a name."""
        if absent := [each for each in chosen if each not in known]:
            self._tell(f", {what}", f"nothing for {_list(absent)}", f"one of {_list(known)}")
        return self

    def hold(self, *others: Fit) -> None:
        """Raise `ChartError` with all that is wrong, here and with the other frames."""
        if problems := [p for fit in (self, *others) for p in fit.problems]:
            raise ChartError(problems)


def _unknown(value) -> bool:
    if isinstance(value, Quantity):
        return value.value is None
    return bool(pd.isna(value))


def _list(values: Iterable) -> str:
    values = list(values)
    told = ", ".join(map(repr, values[:_MANY]))
    return told + (f" and {len(values) - _MANY} more" if len(values) > _MANY else "")
