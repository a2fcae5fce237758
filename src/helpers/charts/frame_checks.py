"""Checks a frame before its chart is drawn; each problem names the column and the value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import SupportsFloat, TypeGuard

import pandas as pd

from ..errors import ChartError, Problem, listed, nearest, quoted
from ..evidence.arithmetic import Quantity
from ..language import Text
from . import defaults
from .defaults import Names


class Fit:
    """Collects the problems of a frame for one chart; `check` raises them all.

    kind: the name of the chart function. what: the name of its parameter for the frame.
    Raises `ChartError` if `frame` is no DataFrame.
    """

    def __init__(self, kind: str, frame: pd.DataFrame, what: str = "frame"):
        self._place, self._frame = f"charts.{kind}, {what}", frame
        self.problems: list[Problem] = []
        if not isinstance(frame, pd.DataFrame):
            raise ChartError(Problem(self._place, type(frame).__name__, "a DataFrame"))

    def _add(self, found: str, expected: str, column: str | None = None) -> None:
        where = "" if column is None else f", column {column}"
        self.problems.append(Problem(self._place + where, found, expected))

    def _each(self, column: str, fits: Callable[[object], bool], expected: str) -> None:
        for row, value in self._frame.get(column, pd.Series()).items():
            if not fits(value):
                self._add(f"{_shown(value)} in row {row!r}", expected, column)

    def rows(self) -> Fit:
        """The frame has rows; raises `ChartError` if not, as no other check would make sense."""
        if self._frame.empty:
            self._add("no rows", "at least one: nothing would be drawn")
            self.check()
        return self

    def has(self, *columns: str | None) -> Fit:
        """The frame has these columns."""
        for column in columns:
            if column is not None and column not in self._frame:
                near = nearest(str(column), map(str, self._frame)) or "none"
                self._add(f"no column {column!r}", f"one of its columns, such as {near!r}")
        return self

    def named(self, column: str | None, names: Collection | None, unused: bool = False) -> Fit:
        """Every value of a column has a name in `names`; every name has a row, unless `unused`."""
        if not names:
            if column is not None:
                self._add("no names for its values", "a name for each value", column)
        elif column in self._frame and len(self._frame):
            values = self._frame[column]
            if missing := int(values.isna().sum()):
                self._add(f"{missing} missing", "a value in every row", column)
            found = list(dict.fromkeys(values.dropna()))
            if unnamed := [value for value in found if value not in names]:
                self._add(_list(unnamed), "only values that have a name", column)
            if not unused and (absent := [name for name in names if name not in found]):
                self._add(f"no row with {_list(absent)}", "a row for each name", column)
        return self

    def names(
        self, column: str | None, given: Names, option: str, every: bool = False
    ) -> dict[str, Text]:
        """The display names of the values of a column, in drawing order.

        given: the names themselves, or the values in order; by default every value, named and
        ordered by the descriptor. option: the parameter that takes names. every: whether values
        without a row are drawn too; else each name must have a row."""
        if column is None or column not in self._frame:
            if column is None and given:
                self._add(f"{option} without the column", "the column that they name")
            return dict(given) if isinstance(given, Mapping) else {}
        names: Mapping[str, Text] | Problem
        if isinstance(given, Mapping):
            names = given
        else:
            wanted = list(self._frame[column] if given is None else given)
            table, all_labels = defaults.table_of(self._frame), every and given is None
            names = defaults.values(column, wanted, table, all_labels)
            if isinstance(names, Problem):
                self._put(names, option)
                return {}
            names = names if given is None else {value: names[value] for value in wanted}
        self.named(column, names, every)
        return dict(names)

    def axis(self, index: pd.Index, given: Names, option: str) -> dict[str, Text]:
        """The display names of the rows or columns of a frame, in its order by default."""
        if isinstance(given, Mapping):
            return dict(given)
        wanted = list(index if given is None else given)
        found = defaults.values(index.name or option, wanted)
        if isinstance(found, Problem):
            self._put(found, option)
            return {}
        return {value: found[value] for value in wanted}

    def title(self, column: str) -> Text:
        """The title of a column by the descriptor, for a mark that has no other name."""
        found = defaults.title(column, (), defaults.table_of(self._frame))
        if isinstance(found, Problem):
            self._put(found, "names")
            return defaults.same(column)
        return found

    def unit(self, column: str, given: Text | str | None) -> Text:
        """The label of the unit of a column: the one given, or that of a unit by its id, else the
        unit of its quantities."""
        if isinstance(given, Text):
            return given
        if isinstance(given, str):
            return defaults.unit_label(given)
        cells = self._frame.get(column, ())
        found = defaults.unit(cells)
        if found is None and column in self._frame and len(self._frame):
            expected = "quantities, whose unit is known"
            found = Problem(f"column {column}", "no unit in its numbers", expected)
        if isinstance(found, Problem):
            self._put(found, "unit")
        return found if isinstance(found, Text) else defaults.same("")

    def _put(self, problem: Problem, option: str) -> None:
        """Add a problem of `defaults`. option: the parameter that makes up for the lack."""
        ways = f"{problem.remedy}; here by {option}=" if problem.remedy else f"Give {option}="
        self.problems.append(replace(problem, place=f"{self._place}, {problem.place}", remedy=ways))

    def years(self) -> Fit:
        """Every row has a year, which is a whole number."""
        self._each("year", _whole, "a year in every row")
        return self

    def numbers(self, column: str, least: float | None = None) -> Fit:
        """All values of a column are numbers or missing, at least one is known, and none is below
        `least`."""
        if len(self._frame) and column in self._frame and self._frame[column].map(_unknown).all():
            self._add("no known value", "at least one: all are missing", column)
        self._each(column, lambda value: _unknown(value) or _is_number(value), "a number")
        if least is not None:
            expected = f"a number from {least:g}, as the axis begins there"
            self._each(column, lambda v: not _is_number(v) or float(v) >= least, expected)
        return self

    def once(self, *columns: str | None) -> Fit:
        """No two rows have the same values in these columns, which identify a mark."""
        own = [column for column in columns if column is not None]
        if all(column in self._frame for column in own):
            twice = self._frame[self._frame.duplicated(own)][own].drop_duplicates()
            for values in twice.itertuples(index=False):
                shown = ", ".join(f"{c} {v!r}" for c, v in zip(own, values, strict=True))
                self._add(f"more than one row of {shown}", "one row for each mark")
        return self

    def cells(self, rows: Collection, columns: Collection) -> Fit:
        """The frame has exactly these rows and columns, each once, and a count in each cell."""
        for axis, keys, wanted in (
            ("row", self._frame.index, rows), ("column", self._frame.columns, columns),
        ):  # fmt: skip
            if not wanted:
                self._add(f"no names for {axis}s", f"a name for each {axis}")
            if absent := [key for key in wanted if key not in keys]:
                self._add(f"no {axis} {_list(absent)}", f"one of {_list(keys)}")
            if unnamed := [key for key in keys if key not in wanted]:
                self._add(f"{axis} {_list(unnamed)}", f"only {axis}s that have a name")
            if not keys.is_unique:
                twice = _list(keys[keys.duplicated()].unique())
                self._add(f"{axis} {twice} twice", f"each {axis} once")
        for column in columns if not self.problems else ():
            self._each(column, lambda v: _whole(v) and float(v) >= 0, "a count: 0, 1, 2 …")
        return self

    def drawn(self, column: str, by: str) -> Fit:
        """Each value of `by` has a known number, as readers look for a mark of each name."""
        if column in self._frame and by in self._frame:
            known = set(self._frame[by][[not _unknown(value) for value in self._frame[column]]])
            unused = [name for name in self._frame[by].dropna().unique() if name not in known]
            if unused:
                self._add(
                    f"no known value for {_list(unused)}",
                    "at least one known value for each",
                    column,
                )
        return self

    def among(self, what: str, chosen: Iterable, known: Collection) -> Fit:
        """The values that an option names exist: a misspelt one would silently have no effect."""
        if absent := [each for each in chosen if each not in known]:
            self._add(f"{what} for {_list(absent)}", f"one of {_list(known)}")
        return self

    def check(self, *others: Fit) -> None:
        """Raise `ChartError` with the problems of this frame and of the others, if any."""
        if problems := [p for fit in (self, *others) for p in fit.problems]:
            raise ChartError(problems)


def _unknown(value) -> bool:
    if isinstance(value, Quantity):
        return value.value is None
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def _is_number(value: object) -> TypeGuard[SupportsFloat]:
    plain = isinstance(value, (str, bytes)) or not hasattr(value, "__float__")
    return not plain and not _unknown(value)


def _whole(value: object) -> TypeGuard[SupportsFloat]:
    return _is_number(value) and float(value) % 1 == 0


def _shown(value) -> str:
    if _unknown(value):
        return "missing"
    return f"{float(value):g}" if _is_number(value) else quoted(str(value))


def _list(values: Iterable) -> str:
    return listed(map(repr, values), 5)
