"""The pandas dtype of measured columns: `quantity[EUR_m]`, with the evidence of every cell.

Ordinary pandas, matplotlib and seaborn work on such a column. Sums, means, ratios, differences and
the like are quantities again; what has no rule for bounds (a standard deviation, a correlation)
gives floats, as `astype(float)` does. A missing cell is missing to pandas, whatever the reason.

Source: the interface of pandas' `ExtensionArray`; pint-pandas uses it for units in the same way.
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionDtype, no_default, register_extension_dtype, take
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_integer, is_list_like, pandas_dtype

from ..language import is_missing
from . import excel_cells, units  # noqa: F401 (tells pandas)
from .arithmetic import Quantity, checked, missing
from .calculations import Calculating
from .column import MIXED, OwnCells, ReadCells, ReadColumn, as_objects

_IN_COLUMN = "Leave the cell missing, or compute with plain numbers: .astype(float)"
_NAME = re.compile(r"quantity(?:\[(?P<unit>[^\[\]]+)\])?")


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
    def name(self) -> str:  # type: ignore[override]
        """As written in `astype`."""
        return f"quantity[{self.unit}]" if self.unit else "quantity"

    __repr__ = ExtensionDtype.__str__

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
    def construct_array_type(cls) -> builtins.type[QuantityArray]:
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
    """A column of quantities in one unit, or `mixed`: n cells, as read or of its own."""

    __array_priority__ = 1000  # numpy leaves `numbers * column` to the column

    def __init__(self, held: ReadCells | OwnCells, unit: str):
        """`of` and `_from_sequence` make one of quantities, with their units converted."""
        self._shared, self.unit = [held], unit

    @property
    def held(self) -> ReadCells | OwnCells:  # type: ignore[override]
        """The cells, which setting one replaces, for all views of the array."""
        return self._shared[0]

    @classmethod
    def read(cls, column: ReadColumn) -> QuantityArray:
        """All cells of a column as read."""
        return cls(ReadCells(column, column.positions), column.unit)

    @classmethod
    def of(cls, cells: Iterable, unit: str = "") -> QuantityArray:
        """Quantities and missing values (of any kind) as an array in a unit; without one in the
        unit that all have, or mixed.

        Raises `EvidenceError` for a plain number, and for a unit that does not convert."""
        known = [checked(cell, _IN_COLUMN) for cell in cells]
        if not unit:
            named = list(dict.fromkeys(cell.unit for cell in known if cell.unit))
            unit = named[0] if len(named) == 1 else MIXED if named else ""
        return cls(
            OwnCells(as_objects(known if unit == MIXED else [q.to(unit) for q in known])), unit
        )

    @classmethod
    def _from_sequence(cls, scalars, *, dtype=None, copy: bool = False) -> QuantityArray:
        named = QuantityDtype.construct_from_string(dtype) if isinstance(dtype, str) else dtype
        unit = named.unit if isinstance(named, QuantityDtype) else ""
        if isinstance(scalars, pd.Series | pd.Index):
            scalars = scalars.array
        if isinstance(scalars, QuantityArray):
            return scalars.astype(QuantityDtype(unit), copy=copy)
        return cls.of(list(scalars), unit)

    @classmethod
    def _from_factorized(cls, values, original) -> QuantityArray:
        return cls.of(list(values), original.unit)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[QuantityArray]) -> QuantityArray:
        read = [each.held for each in to_concat if isinstance(each.held, ReadCells)]
        if len(read) == len(to_concat) and len({id(held.column) for held in read}) == 1:
            at = np.concatenate([held.at for held in read])
            return cls(ReadCells(read[0].column, at), to_concat[0].unit)
        return cls(OwnCells(np.concatenate([each.cells for each in to_concat])), to_concat[0].unit)

    @property
    def dtype(self) -> QuantityDtype:
        """`quantity[unit]`."""
        return QuantityDtype(self.unit)

    @property
    def cells(self) -> np.ndarray:  # type: ignore[override]
        """The quantities, as an object array."""
        if isinstance(self.held, OwnCells):
            return self.held.quantities
        return as_objects([self._cell(place) for place in range(len(self))])

    def _cell(self, place: int) -> Quantity:
        cell = self.held.cell(place)
        return cell if self.unit == MIXED else cell.to(self.unit)

    def floats(self) -> np.ndarray:
        """The values as float64, NaN where missing or unknown."""
        return self.held.floats(self.unit)

    def __len__(self) -> int:
        return len(self.held)

    def _selected(self, at) -> QuantityArray:
        """The cells at some positions, or of a slice or mask."""
        if isinstance(self.held, ReadCells):
            return type(self)(ReadCells(self.held.column, self.held.at[at]), self.unit)
        return type(self)(OwnCells(self.held.quantities[at]), self.unit)

    def __getitem__(self, item):
        if isinstance(item, tuple):  # of pandas, with an Ellipsis for a second dimension
            item = next((part for part in item if part is not Ellipsis), slice(None))
        item = check_array_indexer(self, item)
        if is_integer(item):
            return self._cell(int(item))
        whole = isinstance(item, slice) and item == slice(None)
        found = self.view() if whole else self._selected(item)
        found._readonly = self._readonly and isinstance(item, slice)  # type: ignore[attr-defined]
        return found

    def __setitem__(self, key, value) -> None:
        if self._readonly:  # type: ignore[attr-defined]  # not in the stubs
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        whole = is_list_like(value)
        if whole and is_integer(key):
            raise ValueError("setting one cell with several values")
        given = QuantityArray.of(list(value) if whole else [value], self.unit).cells
        cells = self.cells.copy()
        cells[key] = given if whole else given[0]
        self._shared[0] = OwnCells(cells)

    def isna(self) -> np.ndarray:
        """Whether each cell is missing, or unknown."""
        return self.held.isna()

    def copy(self) -> QuantityArray:
        """An array of the same cells; setting one makes them its own."""
        return type(self)(self.held, self.unit)

    def view(self, dtype=None) -> QuantityArray:
        """An array that shares the cells. Raises NotImplementedError for another dtype."""
        if dtype is not None:
            raise NotImplementedError(dtype)
        found = type(self)(self.held, self.unit)
        found._shared = self._shared
        return found

    @property
    def nbytes(self) -> int:
        """The size of the positions or of the references to quantities."""
        return 8 * len(self)

    def take(self, indices, *, allow_fill: bool = False, fill_value=None) -> QuantityArray:
        """Cells by position; with `allow_fill` -1 gives `fill_value`, missing by default."""
        empty = not allow_fill or is_missing(fill_value)
        if isinstance(self.held, ReadCells) and empty:
            at = take(self.held.at, indices, allow_fill=allow_fill, fill_value=-1)
            return type(self)(ReadCells(self.held.column, np.asarray(at)), self.unit)
        fill = self.dtype.na_value if empty else checked(fill_value, _IN_COLUMN).to(self.unit)
        cells = take(self.cells, indices, allow_fill=allow_fill, fill_value=fill)
        return type(self)(OwnCells(np.asarray(cells)), self.unit)

    def astype(self, dtype, copy: bool = True):
        """Another unit (`quantity[EUR_bn]`), floats, objects (the quantities) or texts.

        Raises `EvidenceError` for a unit that the cells do not convert to."""
        dtype = pandas_dtype(dtype)
        if isinstance(dtype, np.dtype) and dtype.kind in "iuf":  # refuses a missing whole number
            return pd.Series(self.floats()).astype(dtype).to_numpy()
        if not isinstance(dtype, QuantityDtype):
            return super().astype(dtype, copy)
        if dtype.unit in ("", self.unit):
            return self.copy() if copy else self
        if isinstance(self.held, ReadCells) and units.factor(self.unit, dtype.unit) is not None:
            return type(self)(self.held, dtype.unit)
        return type(self).of(self.cells, dtype.unit)

    def __array__(self, dtype=None, copy=None) -> np.ndarray:
        if copy is False:
            raise ValueError("floats are made of a column of quantities, which is a copy")
        if dtype is not None and np.dtype(dtype) == np.dtype(object):
            return self.cells.copy()
        return np.asarray(self.statistical(), dtype=dtype)

    def to_numpy(self, dtype=None, copy: bool = False, na_value=no_default) -> np.ndarray:
        """The floats, or what `dtype` says; always an array of its own."""
        # pandas puts the values of a frame back into columns (`T`, `where`), and asks for those of
        # one column as others ask for the numbers of a series.
        of_frame = dtype is None and sys._getframe(1).f_code.co_name == "as_array"
        found = np.asarray(self, dtype=object if of_frame else dtype)
        if na_value is not no_default:
            found[self.isna()] = na_value
        return found

    def _cast_pointwise_result(self, values):
        if any(isinstance(value, Quantity) for value in values):
            return type(self).of(values)
        return super()._cast_pointwise_result(values)  # type: ignore[misc]  # not in the stubs

    def map(self, mapper, na_action=None):
        """As pandas' own; quantities stay an array of quantities."""
        return self._cast_pointwise_result(super().map(mapper, na_action))
