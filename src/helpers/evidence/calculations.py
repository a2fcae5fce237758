"""What an array of quantities computes: cell by cell, in all, in groups, and as it goes on."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray
from pandas.api.types import is_list_like

from ..language import is_missing
from ..limits import FORMULA_INPUTS
from . import added_rows, reductions, units
from .arithmetic import Quantity, missing
from .bounded import Statistic, is_computed, plain_number, swapped
from .column import MIXED, OwnCells, ReadCells
from .intervals import exactly
from .rows import Row

_RUNNING = {"cumsum": "sum", "cummin": "min", "cummax": "max"}
_AS_LONG = ("rank", "cumprod")
_PANDAS = (pd.Series, pd.Index, pd.DataFrame)


class Calculating(ExtensionArray):
    """The calculations of `QuantityArray`, which holds the cells. unit: of all, or `mixed`. cells:
    the quantities. floats: the values, NaN where missing. of: an array of quantities."""

    unit: str
    held: ReadCells | OwnCells
    cells: np.ndarray
    floats: Callable[[], np.ndarray]
    of: Callable[..., Any]

    def statistical(self) -> np.ndarray:
        """As `floats`, in the unit of the first cell where they have several.

        Raises `EvidenceError` for a unit that does not convert into it."""
        if self.unit != MIXED:
            return self.floats()
        first = next((cell.unit for cell in self.cells if cell.unit), "")
        return self.of(self.cells, first).floats()

    def _nothing(self) -> Quantity:
        return missing("" if self.unit == MIXED else self.unit)

    def _each(self, work: Callable[[Any, Any], Any], other):
        """`work` of each cell and a value, or the values beside it, as an array of quantities. A
        missing operand gives a missing cell; a computed float gives floats."""
        if isinstance(other, _PANDAS):
            return NotImplemented
        if is_computed(other):
            return self._as_floats(work, other)
        others = list(other) if is_list_like(other) else [other] * len(self)
        if len(others) != len(self):
            raise ValueError(f"Lengths must match: {len(self)} and {len(others)}")
        pairs = zip(self.cells, others, strict=True)
        found = self.of([_worked(work, a, b) for a, b in pairs])
        return found if found.unit else self.of(found, self._unit_after(work, other))

    def _unit_after(self, work: Callable[[Any, Any], Any], other) -> str:
        """The unit of results that are all missing, or none: that of an example."""
        if isinstance(other, Calculating):
            other = missing(other.unit)
        given = other if is_list_like(other) else [other]
        named = [_example(b.unit) if isinstance(b, Quantity) and b.unit else b for b in given]
        beside = [b for b in named if not is_missing(b)]
        if MIXED in (self.unit, getattr(other, "unit", "")) or not (self.unit and beside):
            return self.unit
        return work(_example(self.unit), beside[0]).unit

    def __neg__(self):
        return self._each(lambda a, _: -a, 0)

    def __pos__(self):
        return self.copy()

    def __abs__(self):
        return self._each(lambda a, _: abs(a), 0)

    def _as_floats(self, work: Callable, other):
        """An operation without a rule for bounds, on floats."""
        if isinstance(other, _PANDAS):
            return NotImplemented
        if isinstance(other, Calculating):
            same = units.factor(other.unit, self.unit) is not None
            other = (self.of(other.cells, self.unit) if same else other).statistical()
        elif not is_list_like(other):
            other = _number(other, self.unit)
        elif np.asarray(other).dtype == object:
            other = np.array([_number(each, self.unit) for each in other], dtype=float)
        return work(self.statistical(), other)

    def _compared(self, work: Callable, other):
        """True or false for each cell; false where one is missing, as for floats. A plain number is
        in the unit of the column.

        Raises `EvidenceError` for a unit that does not convert, and for what is no number."""
        if isinstance(other, _PANDAS):
            return NotImplemented
        if not is_list_like(other) and plain_number(other) is not None:
            return work(self.floats(), float(other))
        others = list(other) if is_list_like(other) else [other] * len(self)
        if len(others) != len(self):
            raise ValueError(f"Lengths must match: {len(self)} and {len(others)}")
        none = work is operator.ne
        pairs = zip(self.cells, others, strict=True)
        found = [none if is_missing(a) or is_missing(b) else work(a, b) for a, b in pairs]
        return np.array(found, dtype=bool)

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs):
        """The sum, mean, median, min or max as a quantity; other statistics as a float."""
        if name in reductions.NAMES:
            found = self._one(name, skipna, kwargs.get("min_count", 0))
            return self.of([found], found.unit or self.unit) if keepdims else found
        if name == "count":
            return int((~self.isna()).sum())
        number = getattr(pd.Series(self.statistical()), name)(skipna=skipna, **kwargs)
        if keepdims:
            return pd.arrays.NumpyExtensionArray(np.array([number]))
        return Statistic(number) if isinstance(number, float) else number

    def _one(self, how: str, skipna: bool = True, min_count: int = 0) -> Quantity:
        gone = self.isna()
        known = len(self) - int(gone.sum())
        if not known or known < min_count or (known < len(self) and not skipna):
            return self._nothing()
        array = self[~gone] if known < len(self) else self
        held = array.held
        if isinstance(held, ReadCells) and known > FORMULA_INPUTS and held.column.unit != MIXED:
            return reductions.reduce_column(how, held.column, held.at, self.unit)
        return reductions.reduce(how, list(array.cells))

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs):
        """`cumsum`, `cummin` and `cummax` as quantities, others as floats."""
        if name not in _RUNNING:
            return getattr(pd.Series(self.statistical()), name)(skipna=skipna, **kwargs).array
        if name == "cumsum" and len(self):
            added_rows.check(self.cells)
        found: list[Quantity] = []
        parts: list[Quantity] = []
        last = self._nothing()
        for cell in self.cells:
            if is_missing(cell) and (skipna or not parts):
                found.append(self._nothing())
                parts = parts if skipna else [self._nothing()]
                continue
            if len(parts) == FORMULA_INPUTS:  # a formula of few inputs, the first a sum itself
                parts = [last]
            parts.append(cell)
            broken = is_missing(parts[0])
            last = self._nothing() if broken else reductions.running(_RUNNING[name], parts)
            found.append(last)
        return self.of(found, self.unit)

    def _groupby_op(self, *, how: str, has_dropped_na, min_count, ngroups, ids, **kwargs):
        """The reductions and running totals of pandas' groups, with the same results as above."""
        if how in ("first", "last"):
            return super()._groupby_op(  # type: ignore[misc]  # not in the stubs
                how=how, has_dropped_na=has_dropped_na, min_count=min_count, ngroups=ngroups,
                ids=ids, **kwargs,
            )  # fmt: skip
        order = np.argsort(ids, kind="stable")
        members = np.split(order, np.searchsorted(ids[order], range(ngroups)))[1:]
        if how in reductions.NAMES:
            skipna = kwargs.get("skipna", True)
            return self.of([self[at]._one(how, skipna, min_count) for at in members], self.unit)
        if how in _RUNNING:
            found = np.full(len(self), self._nothing(), dtype=object)
            for at in members:
                found[at] = self[at]._accumulate(how, **kwargs).cells
            return self.of(found, self.unit)
        grouped = pd.Series(self.statistical()).groupby(np.where(ids < 0, np.nan, ids))
        if how == "rank":
            kwargs["method"] = kwargs.pop("ties_method")
        numbers = getattr(grouped, how)(**kwargs)
        return numbers.to_numpy() if how in _AS_LONG else numbers.reindex(range(ngroups)).to_numpy()

    def round(self, decimals: int = 0) -> ExtensionArray:
        """Rounded values, as `Float64`: pandas puts no plain array in the place of a column."""
        return pd.array(np.round(self.statistical(), decimals), dtype="Float64")

    def value_counts(self, dropna: bool = True) -> pd.Series:
        """How often each quantity occurs, equal values being the same."""
        found = pd.Series(self.cells).value_counts(sort=False, dropna=dropna)
        found.index = pd.Index(self.of(found.index, self.unit))
        return found

    def _mode(self, dropna: bool = True):
        """The most frequent quantities, equal values being the same."""
        often = self.value_counts(dropna)
        return self.of(often.index[often == often.max()], self.unit)

    def _formatter(self, boxed: bool = False):
        return lambda cell: "missing" if is_missing(cell) else f"{float(cell):.10g}"

    def isin(self, values) -> np.ndarray:
        """Which are equal to one of some quantities or plain numbers."""
        listed = list(values)
        plain = [item for item in listed if plain_number(item) is not None]
        found = np.isin(self.floats(), np.array(plain, dtype=float))
        for item in listed:
            if isinstance(item, Quantity) and not is_missing(item):
                found |= self == item
        return found | self.isna() if any(map(is_missing, listed)) else found

    def _values_for_argsort(self) -> np.ndarray:
        return self.statistical()

    def _values_for_factorize(self):
        return self.cells, np.nan

    def _quantile(self, qs, interpolation: str):
        return pd.Series(self.statistical()).quantile(list(qs), interpolation).array  # type: ignore[call-overload]


def _define(name: str, method: str, work: Callable) -> None:
    setattr(Calculating, f"__{name}__", lambda self, other: getattr(self, method)(work, other))


for _name in ("add", "sub", "mul", "truediv"):
    _define(_name, "_each", _work := getattr(operator, _name))
    _define(f"r{_name}", "_each", swapped(_work))
for _name in ("pow", "mod", "floordiv", "divmod"):
    _define(_name, "_as_floats", _work := getattr(operator, _name, divmod))
    _define(f"r{_name}", "_as_floats", swapped(_work))
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    _define(_name, "_compared", getattr(operator, _name))


def _number(item, unit: str) -> float:
    """A plain number, or the value of a quantity, in a unit if it converts."""
    return np.nan if is_missing(item) else _example(unit).in_this_unit(item)


def _example(unit: str) -> Quantity:
    return Quantity(Fraction(1), exactly(1), unit, Row("", "", ""))


def _worked(work: Callable, cell: Quantity, other) -> Quantity | None:
    nothing = is_missing(other) and getattr(other, "origin", None) is None
    return None if nothing or cell.origin is None else work(cell, other)
