"""Checks a frame before its chart is drawn; each problem names the column and the value."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Any, SupportsFloat, TypeGuard

import pandas as pd

from ..errors import ChartError, Problem, listed, nearest, quoted
from ..evidence.arithmetic import Quantity
from ..language import Text, is_missing
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

    def _add(self, found: str, expected: str, column: Hashable = None) -> None:
        where = "" if column is None else f", column {column}"
        self.problems.append(Problem(self._place + where, found, expected))

    def _each(self, column: Hashable, fits: Callable[[object], bool], expected: str) -> None:
        for row, value in self._frame.get(column, pd.Series()).items():
            if not fits(value):
                self._add(f"{_shown(value)} in row {row!r}", expected, column)

    def rows(self) -> Fit:
        """The frame has rows; raises `ChartError` if not, as no other check would make sense."""
        if self._frame.empty:
            self._add("no rows", "at least one: nothing would be drawn")
            self.check()
        return self

    def measured(self) -> str:
        """The only column with quantities; raises `ChartError` if there are more or none."""
        known = self._frame.items()
        found = [str(n) for n, cells in known if any(isinstance(c, Quantity) for c in cells)]
        return self._only(found, "with quantities", "to show")

    def other(self, *taken: str | None) -> str:
        """The only other column; raises `ChartError` if there are more or none."""
        found = [str(name) for name in self._frame if name not in taken]
        return self._only(found, f"beside {taken[0]!r}", "that names the rows")

    def _only(self, found: list[str], which: str, role: str) -> str:
        if len(found) != 1:
            shown = f"{_list(found) or 'no column'} {which}"
            self._add(shown, f"one, or the name of the column {role}")
            self.check()
        return found[0]

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
        names = self._called(column, self._frame[column], given, option, every)
        if names is not None:
            self.named(column, names, every)
        return names or {}

    def axis(self, index: pd.Index, given: Names, option: str) -> dict[str, Text]:
        """The display names of the rows or columns of a frame, in its order by default."""
        wanted = list(index) if given is None else given
        return self._called(index.name or option, index, wanted, option) or {}

    def _called(
        self, column: Hashable, values: Iterable, given: Names, option: str, every: bool = False
    ) -> dict[Any, Text] | None:
        """The names that `given` holds, or those of the descriptor; `None` if it lacks one."""
        if isinstance(given, Mapping):
            return dict(given)
        table = defaults.table_of(self._frame)
        wanted = values if given is None else given
        found = defaults.values(column, wanted, table, every and given is None)
        if isinstance(found, Problem):
            self._put(found, option)
            return None
        return (
            found if given is None else {value: found[value] for value in given if value in found}
        )

    def title(self, column: Hashable, option: str, cells: Iterable = ()) -> Text:
        """The title of a column by the descriptor, with the unit of `cells`, for a mark or panel
        that has no other name."""
        found = defaults.title(column, cells, defaults.table_of(self._frame))
        if isinstance(found, Problem):
            self._put(found, option)
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
        place = f"{self._place}, {problem.place}"
        self.problems.append(problem._replace(place=place, remedy=ways))

    def years(self) -> Fit:
        """Every row has a year, which is a whole number."""
        self._each("year", _whole, "a year in every row")
        return self

    def numbers(self, *columns: str, positive: bool = False, negative: bool = True) -> Fit:
        """All values of these columns are numbers or missing, and at least one is known. positive:
        they are above 0, as a logarithmic axis needs. negative: whether they may be below 0."""
        own = [column for column in columns if column in self._frame]
        if own and len(self._frame) and self._frame[own].isna().all(axis=None):
            self._add("no known value", "at least one: all are missing", ", ".join(own))
        fits, expected = (
            (lambda value: float(value) > 0, "a number above 0, for log=True")
            if positive
            else (lambda value: negative or float(value) >= 0, "a number")
        )
        expected += "" if negative else " of 0 or more"
        for column in own:
            self._each(
                column,
                lambda v: is_missing(v) or (_is_number(v) and math.isfinite(v) and fits(v)),
                expected,
            )
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

    def exactly(self, rows: Collection, columns: Collection) -> Fit:
        """The frame has exactly these rows and columns, each once; raises `ChartError` if not, as
        no check of its cells would make sense."""
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
        self.check()
        return self

    def drawn(self, column: str, by: str) -> Fit:
        """Each value of `by` has a known number, as readers look for a mark of each name."""
        if column in self._frame and by in self._frame:
            known = set(self._frame[by][self._frame[column].notna()])
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

    def option(self, fits: bool, found: str, expected: str) -> Fit:
        """An option fits the others: one that can't be obeyed would silently have no effect."""
        if not fits:
            self._add(found, expected)
        return self

    def check(self, *others: Fit) -> None:
        """Raise `ChartError` with the problems of this frame and of the others, if any."""
        if problems := [p for fit in (self, *others) for p in fit.problems]:
            raise ChartError(problems)


def _is_number(value: object) -> TypeGuard[SupportsFloat]:
    plain = isinstance(value, (str, bytes)) or not hasattr(value, "__float__")
    return not plain and not is_missing(value)


def _whole(value: object) -> TypeGuard[SupportsFloat]:
    return _is_number(value) and float(value) % 1 == 0


def _shown(value) -> str:
    if is_missing(value):
        return "missing"
    return f"{float(value):g}" if _is_number(value) else quoted(str(value))


def _list(values: Iterable) -> str:
    return listed(map(repr, values), 5)
