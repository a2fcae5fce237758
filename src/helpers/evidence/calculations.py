"""What an array of quantities computes: cell by cell, in all, in groups, and as it goes on."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray
from pandas.api.types import is_list_like

from ..errors import warn_of_overlap
from ..language import is_missing
from ..limits import FORMULA_INPUTS
from . import reductions
from .bounded import plain_number
from .column import MIXED, OwnCells, ReadCells
from .quantities import Quantity, missing

_RUNNING = {"cumsum": "sum", "cummin": "min", "cummax": "max"}
_PANDAS = (pd.Series, pd.Index, pd.DataFrame)


class Calculating(ExtensionArray):
    """The calculations of `QuantityArray`, which holds the cells. unit: of all, or `mixed`."""

    unit: str
    held: ReadCells | OwnCells

    @classmethod
    def of(cls, cells: Iterable, unit: str = ""):
        """An array of quantities and missing values."""
        raise NotImplementedError

    @property
    def cells(self) -> np.ndarray:
        """The quantities."""
        raise NotImplementedError

    def floats(self) -> np.ndarray:
        """The values, NaN where missing."""
        raise NotImplementedError

    def _nothing(self) -> Quantity:
        return missing("" if self.unit == MIXED else self.unit)

    def _each(self, work: Callable[[Any, Any], Any], other):
        """`work` of each cell and a value, or the values beside it, as an array of quantities. A
        missing operand gives a missing cell."""
        if isinstance(other, _PANDAS):
            return NotImplemented
        others = list(other) if is_list_like(other) else [other] * len(self)
        if len(others) != len(self):
            raise ValueError(f"Lengths must match: {len(self)} and {len(others)}")
        pairs = zip(self.cells, others, strict=True)
        found = self.of([_worked(work, a, b) for a, b in pairs])
        return found if found.unit else self.of(found, self.unit)

    def __add__(self, other):
        return self._each(operator.add, other)

    def __radd__(self, other):
        return self._each(lambda a, b: b + a, other)

    def __sub__(self, other):
        return self._each(operator.sub, other)

    def __rsub__(self, other):
        return self._each(lambda a, b: b - a, other)

    def __mul__(self, other):
        return self._each(operator.mul, other)

    def __rmul__(self, other):
        return self._each(lambda a, b: b * a, other)

    def __truediv__(self, other):
        return self._each(operator.truediv, other)

    def __rtruediv__(self, other):
        return self._each(lambda a, b: b / a, other)

    def __neg__(self):
        return self._each(lambda a, _: -a, 0)

    def __pos__(self):
        return self

    def __abs__(self):
        return self._each(lambda a, _: abs(a), 0)

    def _as_floats(self, work: Callable, other, swapped: bool = False):
        """An operation without a rule for bounds, on floats."""
        if isinstance(other, _PANDAS):
            return NotImplemented
        other = other.floats() if isinstance(other, Calculating) else other
        other = np.nan if not is_list_like(other) and is_missing(other) else other
        return work(other, self.floats()) if swapped else work(self.floats(), other)

    def __pow__(self, other):
        return self._as_floats(operator.pow, other)

    def __rpow__(self, other):
        return self._as_floats(operator.pow, other, swapped=True)

    def __floordiv__(self, other):
        return self._as_floats(operator.floordiv, other)

    def __rfloordiv__(self, other):
        return self._as_floats(operator.floordiv, other, swapped=True)

    def __mod__(self, other):
        return self._as_floats(operator.mod, other)

    def __rmod__(self, other):
        return self._as_floats(operator.mod, other, swapped=True)

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

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

    def __eq__(self, other):
        return self._compared(operator.eq, other)

    def __ne__(self, other):
        return self._compared(operator.ne, other)

    def __lt__(self, other):
        return self._compared(operator.lt, other)

    def __le__(self, other):
        return self._compared(operator.le, other)

    def __gt__(self, other):
        return self._compared(operator.gt, other)

    def __ge__(self, other):
        return self._compared(operator.ge, other)

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs):
        """The sum, mean, median, min or max as a quantity; other statistics as a float."""
        if name in reductions.NAMES:
            found = self._one(name, skipna, kwargs.get("min_count", 0))
            return self.of([found], found.unit or self.unit) if keepdims else found
        number = getattr(pd.Series(self.floats()), name)(skipna=skipna, **kwargs)
        return np.array([number]) if keepdims else number

    def _one(self, how: str, skipna: bool = True, min_count: int = 0) -> Quantity:
        gone = self.isna()
        known = len(self) - int(gone.sum())
        if not known or known < min_count or (known < len(self) and not skipna):
            return self._nothing()
        array = self[~gone] if known < len(self) else self
        if isinstance(held := array.held, ReadCells):
            overlaps = held.column.overlaps
            if how in ("sum", "mean") and overlaps and (message := overlaps.warning(held.at)):
                warn_of_overlap(message)
            if known > FORMULA_INPUTS and held.column.unit != MIXED:
                return reductions.reduce_column(how, held.column, held.at, self.unit)
        return reductions.reduce(how, list(array.cells))

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs):
        """`cumsum`, `cummin` and `cummax` as quantities, others as floats."""
        if name not in _RUNNING:
            return getattr(pd.Series(self.floats()), name)(skipna=skipna, **kwargs).array
        found: list[Quantity] = []
        parts: list[Quantity] = []
        for cell in self.cells:
            if is_missing(cell) and (skipna or not parts):
                found.append(self._nothing())
                parts = parts if skipna else [self._nothing()]
                continue
            if len(parts) == FORMULA_INPUTS:  # a formula of few inputs, the first a sum itself
                parts = [found[-1]]
            parts.append(cell)
            broken = is_missing(parts[0])
            found.append(self._nothing() if broken else reductions.running(_RUNNING[name], parts))
        return self.of(found, self.unit)

    def _groupby_op(self, *, how: str, has_dropped_na, min_count, ngroups, ids, **kwargs):
        """The reductions and running totals of pandas' groups, with the same results as above."""
        if how in ("first", "last"):
            return super()._groupby_op(  # type: ignore[misc]  # not in the stubs
                how=how, has_dropped_na=has_dropped_na, min_count=min_count, ngroups=ngroups,
                ids=ids, **kwargs,
            )  # fmt: skip
        members = [np.flatnonzero(ids == group) for group in range(ngroups)]
        if how in reductions.NAMES:
            skipna = kwargs.get("skipna", True)
            return self.of([self[at]._one(how, skipna, min_count) for at in members], self.unit)
        if how in _RUNNING:
            found = np.full(len(self), self._nothing(), dtype=object)
            for at in members:
                found[at] = self[at]._accumulate(how, **kwargs).cells
            return self.of(found, self.unit)
        grouped = pd.Series(self.floats()).groupby(np.where(ids < 0, np.nan, ids))
        numbers = getattr(grouped, how)(**kwargs)
        return numbers.to_numpy() if how in _AS_LONG else numbers.reindex(range(ngroups)).to_numpy()


_AS_LONG = ("rank", "cumprod")


def _worked(work: Callable, cell: Quantity, other) -> Quantity | None:
    nothing = is_missing(other) and getattr(other, "origin", None) is None
    return None if nothing or cell.origin is None else work(cell, other)
