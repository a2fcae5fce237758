"""The pandas dtype of measured columns: `quantity[EUR_m]`, with the evidence of every cell.

Ordinary pandas, matplotlib and seaborn work on such a column. Sums, means, ratios, differences and
the like are quantities again; what has no rule for bounds (a standard deviation, a correlation)
gives floats, as `astype(float)` does. A missing cell is missing to pandas, whatever the reason.

Source: the interface of pandas' `ExtensionArray`; pint-pandas uses it for units in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionDtype, register_extension_dtype, take
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_list_like

from ..language import is_missing
from . import units
from .calculations import Calculating
from .column import ReadColumn
from .quantities import Quantity, checked, missing

MIXED = "mixed"  # instead of a unit: each cell has its own
_NAME = re.compile(r"quantity(?:\[(?P<unit>[^\[\]]+)\])?")
_PANDAS = (pd.Series, pd.Index, pd.DataFrame)


@register_extension_dtype
class QuantityDtype(ExtensionDtype):
    """The dtype `quantity[unit]`. Without a unit it stands for the unit of the cells, and for
    `quantity[mixed]` if they have several."""

    _metadata = ("unit",)
    type = Quantity
    kind = "f"
    _is_numeric = True

    def __init__(self, unit: str = ""):
        self.unit = unit

    @property
    def name(self) -> str:
        """As written in `astype`."""
        return f"quantity[{self.unit}]" if self.unit else "quantity"

    @property
    def na_value(self) -> Quantity:
        """A missing cell."""
        return missing("" if self.unit == MIXED else self.unit)

    @classmethod
    def construct_from_string(cls, string: str) -> QuantityDtype:
        """The dtype of a name. Raises TypeError for another text."""
        if not isinstance(string, str):
            raise TypeError(f"'construct_from_string' expects a string, got {type(string)}")
        if found := _NAME.fullmatch(string):
            return cls(found["unit"] or "")
        raise TypeError(f"Cannot construct a 'QuantityDtype' from '{string}'")

    @classmethod
    def construct_array_type(cls) -> type[QuantityArray]:
        """The class of its arrays."""
        return QuantityArray

    def _get_common_dtype(self, dtypes: list) -> ExtensionDtype | None:
        """Of columns that are put under each other: the first unit if the others convert to it."""
        if not all(isinstance(dtype, QuantityDtype) for dtype in dtypes):
            return None
        named = [dtype.unit for dtype in dtypes if dtype.unit]
        same = named and all(units.factor(unit, named[0]) is not None for unit in named)
        return QuantityDtype(named[0] if same else MIXED if named else "")


class QuantityArray(Calculating):
    """A column of quantities: cells of a column as read, by position, or quantities of its own."""

    __array_priority__ = 1000  # numpy leaves `numbers * column` to the column

    def __init__(
        self, cells: Sequence[Quantity] | np.ndarray, unit: str,
        column: ReadColumn | None = None, at: np.ndarray | None = None,
    ):  # fmt: skip
        """cells: quantities in `unit`; without any, those of `column` at the positions `at`, -1
        standing for a missing one. `of` and `_from_sequence` convert units."""
        self.unit, self.column, self.at = unit, column, at
        self._own = cells if column is None else None

    @classmethod
    def read(cls, column: ReadColumn) -> QuantityArray:
        """All cells of a column as read."""
        unit = column.units if isinstance(column.units, str) else MIXED
        return cls([], unit, column, np.arange(len(column.keys)))

    @classmethod
    def of(cls, cells: Sequence, unit: str = "") -> QuantityArray:
        """Quantities and missing values (of any kind) as an array in a unit; without one in the
        unit that all have, or mixed.

        Raises `EvidenceError` for a plain number, and for a unit that does not convert."""
        known = [checked(cell) for cell in cells]
        if not unit:
            named = list(dict.fromkeys(cell.unit for cell in known if cell.unit))
            unit = named[0] if len(named) == 1 else MIXED if named else ""
        own = np.empty(len(known), dtype=object)
        own[:] = known if unit == MIXED else [cell.to(unit) for cell in known]
        return cls(own, unit)

    @classmethod
    def _from_sequence(cls, scalars, *, dtype=None, copy: bool = False) -> QuantityArray:
        unit = QuantityDtype.construct_from_string(dtype).unit if isinstance(dtype, str) else ""
        unit = dtype.unit if isinstance(dtype, QuantityDtype) else unit
        if isinstance(scalars, _PANDAS):
            scalars = scalars.array
        if isinstance(scalars, QuantityArray) and unit in ("", scalars.unit):
            return scalars.copy() if copy else scalars
        return cls.of(list(scalars), unit)

    @classmethod
    def _from_factorized(cls, values, original) -> QuantityArray:
        return cls.of(list(values), original.unit)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[QuantityArray]) -> QuantityArray:
        first = to_concat[0]
        if first.column is not None and all(each.column is first.column for each in to_concat):
            at = np.concatenate([each.at for each in to_concat])
            return cls([], first.unit, first.column, at)
        return cls(np.concatenate([each.cells for each in to_concat]), first.unit)

    @property
    def dtype(self) -> QuantityDtype:
        """`quantity[unit]`."""
        return QuantityDtype(self.unit)

    @property
    def cells(self) -> np.ndarray:
        """The quantities, as an object array."""
        if self._own is not None:
            return np.asarray(self._own, dtype=object)
        found = np.empty(len(self), dtype=object)
        found[:] = [self._cell(position) for position in self.at]
        return found

    def _cell(self, position: int) -> Quantity:
        if position < 0:
            return missing("" if self.unit == MIXED else self.unit)
        cell = self.column.cell(position)
        return cell if self.unit == MIXED else cell.to(self.unit)

    def floats(self) -> np.ndarray:
        """The values as float64, NaN where missing or unknown."""
        if self._own is not None:
            return np.array([float(cell) for cell in self._own], dtype=float)
        factor = units.factor(self.column.units, self.unit) if self.unit != MIXED else 1
        found = self.column.numbers.take(self.at).floats(factor)
        return np.where(self.at < 0, np.nan, found)

    def __len__(self) -> int:
        return len(self.at if self._own is None else self._own)

    def __getitem__(self, item):
        if isinstance(item, tuple):
            item = self._only(item)
        item = check_array_indexer(self, item)
        if self._own is None:
            found = self.at[item]
            whole = isinstance(found, np.ndarray)
            return type(self)([], self.unit, self.column, found) if whole else self._cell(found)
        found = self._own[item]
        return type(self)(found, self.unit) if isinstance(found, np.ndarray) else found

    @staticmethod
    def _only(item: tuple):
        """The indexer in a tuple that also has an Ellipsis, as pandas passes for two dimensions."""
        rest = [part for part in item if part is not Ellipsis]
        if len(rest) > 1:
            raise IndexError("too many indices for array.")
        return rest[0] if rest else slice(None)

    def __setitem__(self, key, value) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        one = not is_list_like(value)
        given = QuantityArray.of([value] if one else list(value), self.unit).cells
        self._own = self.cells.copy()
        self.column, self.at = None, None
        self._own[key] = given[0] if one else given

    def isna(self) -> np.ndarray:
        """Whether each cell is missing, or unknown."""
        if self._own is None:
            return (self.at < 0) | ~self.column.numbers.known[0][self.at]
        return np.array([cell.value is None for cell in self._own], dtype=bool)

    def copy(self) -> QuantityArray:
        """An array of the same cells."""
        if self._own is None:
            return type(self)([], self.unit, self.column, self.at.copy())
        return type(self)(self._own.copy(), self.unit)

    def view(self, dtype=None) -> QuantityArray:
        """An array that shares the cells. Raises NotImplementedError for another dtype."""
        if dtype is not None:
            raise NotImplementedError(dtype)
        return type(self)(self._own, self.unit, self.column, self.at)

    @property
    def nbytes(self) -> int:
        """The size of the positions or of the references to quantities."""
        return 8 * len(self)

    def take(self, indices, *, allow_fill: bool = False, fill_value=None) -> QuantityArray:
        """Cells by position; with `allow_fill` -1 gives `fill_value`, missing by default."""
        empty = not allow_fill or is_missing(fill_value)
        if self._own is None and empty:
            at = take(self.at, indices, allow_fill=allow_fill, fill_value=-1)
            return type(self)([], self.unit, self.column, at)
        fill = self.dtype.na_value if empty else checked(fill_value)
        cells = take(self.cells, indices, allow_fill=allow_fill, fill_value=fill)
        return type(self)(cells, self.unit)

    def astype(self, dtype, copy: bool = True):
        """Another unit (`quantity[EUR_bn]`), floats, objects (the quantities) or texts."""
        dtype = pd.api.types.pandas_dtype(dtype)
        if isinstance(dtype, QuantityDtype):
            if dtype.unit in ("", self.unit):
                return self.copy() if copy else self
            named = MIXED not in (self.unit, dtype.unit)
            if self._own is None and named and units.factor(self.unit, dtype.unit) is not None:
                return type(self)([], dtype.unit, self.column, self.at)
            return type(self).of(self.cells, dtype.unit)
        return super().astype(dtype, copy)

    def __array__(self, dtype=None, copy=None) -> np.ndarray:
        if dtype is not None and np.dtype(dtype) == np.dtype(object):
            return self.cells
        return np.asarray(self.floats(), dtype=dtype)

    def _formatter(self, boxed: bool = False):
        return lambda cell: "missing" if is_missing(cell) else f"{float(cell):.10g}"

    def _values_for_argsort(self) -> np.ndarray:
        return self.floats()

    def _values_for_factorize(self):
        return self.cells, np.nan

    def _cast_pointwise_result(self, values):
        if any(isinstance(value, Quantity) for value in values):
            return type(self).of(values)
        return super()._cast_pointwise_result(values)

    def map(self, mapper, na_action=None):
        """As pandas' own; quantities stay an array of quantities."""
        return self._cast_pointwise_result(super().map(mapper, na_action))

    def _quantile(self, qs, interpolation: str):
        return pd.Series(self.floats()).quantile(qs, interpolation).array
