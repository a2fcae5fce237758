"""A number with its bounds, unit, period and origin: how it converts, compares and is written."""

from __future__ import annotations

import functools
import math
import numbers
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Self

import numpy as np

from ..errors import LIBRARY, EvidenceError, Problem
from ..language import is_missing
from . import units, views
from .derivation import Derivation
from .intervals import Interval, exact, exactly
from .rows import Row

if TYPE_CHECKING:
    from .arithmetic import Quantity


class Bounded:
    """A number (`None` when unknown), all numbers it may stand for, and where it comes from.

    unit: as in `evidence.units`. origin: `None` for a missing cell, which no row and no calculation
    gives. period: first and last day, month or year as text, or empty. written_from: the quantity
    in the unit of its row or derivation, if this one was converted.
    """

    value: Fraction | None
    bounds: Interval
    unit: str
    origin: Row | Derivation | None
    period: tuple[str, str] | tuple[()]
    written_from: Quantity | None

    # No dataclass: pandas would make columns of its fields.
    def __init__(self, value, bounds, unit, origin, period=(), written_from=None):
        self.__dict__.update(
            value=value, bounds=bounds, unit=unit, origin=origin, period=period,
            written_from=written_from,
        )  # fmt: skip

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a quantity does not change; {name} can't be set")

    def replaced(self, **changes) -> Self:
        """The quantity with other parts, by name."""
        kind = next(each for each in type(self).__mro__ if not issubclass(each, float))
        parts = {name: self.__dict__[name] for name in Bounded.__annotations__}
        return kind(**parts | changes)  # type: ignore[return-value]

    @functools.cached_property
    def id(self) -> str:
        """The id of its entry in the register of evidence, the same in every unit; empty for a
        missing cell."""
        return "" if self.origin is None else self.origin.id

    @property
    def raw(self) -> str:
        """The text as printed; empty for a computed number."""
        if isinstance(self.origin, Row):
            return self.origin.raw
        read = self.origin is not None and self.origin.measure == "as_euros"
        return next(iter(self.origin.inputs.values())).raw if read else ""  # type: ignore[union-attr]

    def to(self, unit: str) -> Self:
        """The same number in another unit of its scale, with the same id, as it is no new number.

        Raises `EvidenceError` when the two units have no scale in common.
        """
        if unit == self.unit:
            return self
        if self.origin is None:
            return self.replaced(unit=unit)
        factor = units.factor(self.unit, unit)
        if factor is None:
            raise unit_mismatch(self, unit)
        value = None if self.value is None else self.value * factor
        bounds = self.bounds * exactly(factor)
        whole = self.written_from or self
        return self.replaced(value=value, bounds=bounds, unit=unit, written_from=whole)

    def trail(self) -> object:
        """Its derivation down to rows and sources: a tree that unfolds in JupyterLab, and indented
        text elsewhere.

        >>> exports.trail()
        12,000,000 euros: exports across the bridge
        ...
        """
        if not views.known:
            expected, remedy = "tables, which name its rows and units", f"Import {LIBRARY}.tables"
            raise EvidenceError(Problem("trail()", "no tables", expected, remedy))
        return views.known[0].Trail(self)

    def _repr_html_(self) -> str | None:
        return views.known[0].card(self) if views.known else None  # JupyterLab shows the text then

    def __repr__(self) -> str:
        """As text: `17.56 EUR_m, 17.555 to 17.565 (investment-02)`."""
        if self.origin is None:
            return f"missing {self.unit}".rstrip()
        if self.value is None:
            return f"unknown {self.unit} ({self.id})"
        low, high = (
            "…" if end is None else _short(end) for end in (self.bounds.low, self.bounds.high)
        )
        return f"{_short(self.value)} {self.unit}, {low} to {high} ({self.id})"

    def __str__(self) -> str:
        """The number alone, as it goes into a CSV file."""
        return f"{float(self):.15g}"

    def __format__(self, spec: str) -> str:
        return format(float(self), spec) if spec else str(self)

    def __bool__(self) -> bool:
        return self.value != 0  # as a float; NaN is true

    def __float__(self) -> float:
        return math.nan if self.value is None else float(self.value)

    def __int__(self) -> int:
        return int(float(self))

    def __round__(self, digits: int | None = None):
        return round(float(self), digits)

    def __eq__(self, other) -> bool:
        number = plain_number(other)
        if isinstance(other, Bounded):
            if units.factor(other.unit, self.unit) is None:
                return False
            number = other.to(self.unit).value
        return self.value is not None and self.value == number

    def __hash__(self) -> int:
        return hash(float(self))  # as of the plain number, to which it is equal

    def __lt__(self, other) -> bool:
        return float(self) < self._comparable(other)

    def __gt__(self, other) -> bool:
        return float(self) > self._comparable(other)

    def __le__(self, other) -> bool:
        return float(self) <= self._comparable(other)

    def __ge__(self, other) -> bool:
        return float(self) >= self._comparable(other)

    def __array_ufunc__(self, ufunc, method: str, *inputs, **kwargs):
        """numpy computes with the number, but for arithmetic, which this class has."""
        plain = ufunc.__name__ not in _ARITHMETIC or any(map(is_computed, inputs))
        given = [_in_numpy(item, plain) for item in inputs]
        return getattr(ufunc, method)(*given, **kwargs)

    def __array_function__(self, func, types, args, kwargs):
        """So do its functions, such as `linspace`."""
        named = {name: _in_numpy(item, True) for name, item in kwargs.items()}
        return func(*(_in_numpy(item, True) for item in args), **named)

    def in_this_unit(self, other) -> float:
        """The value of what is computed with in floats, converted if its unit can be."""
        same = isinstance(other, Bounded) and units.factor(other.unit, self.unit) is not None
        return float(other.to(self.unit) if same else other)

    def _comparable(self, other) -> float:
        """The value of `other` in the unit of this quantity, a plain number being in it already;
        NaN when unknown."""
        if isinstance(other, Bounded):
            return float(other.to(self.unit))
        number = plain_number(other)
        if number is None and not is_missing(other):
            raise not_measured(other)
        return math.nan if number is None else float(number)


def _short(number: Fraction) -> str:
    """A number in a few digits, without a power of ten where it is large."""
    return f"{float(number):.0f}" if abs(number) >= 10**6 else f"{float(number):g}"


_ARITHMETIC = (
    "add", "subtract", "multiply", "divide", "negative", "absolute", "power", "floor_divide",
    "remainder", "divmod", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal",
)  # fmt: skip


def _in_numpy(item, plain: bool):
    """A quantity as a float, or as the only object of an array; anything else as it is."""
    if not isinstance(item, Bounded):
        return item
    if plain:
        return float(item)
    found = np.empty((), dtype=object)
    found[()] = item
    return found


def plain_number(item: object) -> Fraction | None:
    """A plain number exactly as written; `None` for anything else, NaN included."""
    if isinstance(item, Bounded | bool) or not isinstance(item, numbers.Real | Decimal):
        return None
    return exact(item) if math.isfinite(item) else None  # type: ignore[arg-type]


class Statistic(float):
    """A number from quantities by a rule without bounds. pandas makes a Python float of numpy's,
    which could not be told from a number that somebody types."""


def is_computed(item: object) -> bool:
    """Whether numbers come from a computation in floats, such as a standard deviation, which has
    lost its unit and its evidence: nobody types numbers of numpy."""
    if isinstance(item, Statistic):
        return True
    kind = getattr(getattr(item, "dtype", None), "kind", "")
    return kind == "f" and not isinstance(item, Bounded) and not getattr(item, "unit", "")


def not_measured(item: object, beside: str = "", remedy: str = "") -> EvidenceError:
    """The error for a plain value where only a quantity will do. beside: the unit next to it."""
    expected = "a quantity, which says where it comes from"
    remedy = remedy or "Take it from a table (tables.load), or count rows (counts.count)"
    found = f"the plain value {item!r}" + (f" beside {beside}" if beside else "")
    return EvidenceError(Problem("a calculation", found, expected, remedy))


def unit_mismatch(item: Bounded, wanted: str) -> EvidenceError:
    """The error for a unit that is not the one wanted, nor converted to it without being asked."""
    fits = units.factor(item.unit, wanted) is not None
    remedy = f"Write it in that unit first: .to({wanted!r})" if fits else ""
    place, found = f"quantity {item.id}", f"unit {item.unit}"
    return EvidenceError(Problem(place, found, f"unit {wanted}", remedy))


def swapped(work: Callable) -> Callable:
    """An operation with its operands exchanged: that of `2 * a`, from that of `a * 2`."""
    return lambda a, b: work(b, a)
