"""A number with its evidence: bounds, unit, period, and the row or the derivation it comes from.

Arithmetic on quantities keeps the evidence and checks units: `a + b` of euros and millions of
euros is an error, and so is a plain number where a quantity belongs. A comparison converts units of
one scale.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..errors import EvidenceError, Problem
from ..language import Text, is_missing
from . import units
from .derivation import Derivation
from .intervals import UNKNOWN, Interval, exactly

# Columns of values, which go without saying: `value`, or with its unit, such as `value_eur_m`.
MEASURED = ("value", *(f"value_{unit.lower()}" for unit in units.LABELS if " " not in unit))


@dataclass(frozen=True)
class Row:
    """The cell of a table: table, key of the row, column, the words as printed and their language,
    and what is to be cited for it (its own id, or the id of a series). reported: whether the
    document says it; the key alone is its id then."""

    table: str
    key: str
    column: str
    raw: str = ""
    source: str = ""
    lang: str = ""
    reported: bool = False

    @property
    def id(self) -> str:
        """Names the cell on every page."""
        if self.reported:
            return self.key
        column = [] if self.column in MEASURED else [self.column]
        return re.sub(r"[^\w.-]+", "_", ".".join([self.table, self.key, *column]))


@dataclass(frozen=True, eq=False, repr=False)
class Quantity:
    """A number (`None` when unknown), all numbers it may stand for, and where it comes from.

    unit: by `helpers.units`. period: first and last day, month or year as text, or empty.
    written_from: the quantity in the unit of its row or derivation, when this one is in another.
    """

    value: Fraction | None
    bounds: Interval
    unit: str
    origin: Row | Derivation
    period: tuple[str, str] | tuple[()] = ()
    written_from: Quantity | None = None

    @functools.cached_property
    def id(self) -> str:
        """The id of its entry in the register of evidence, whatever unit it is written in."""
        return self.origin.id

    @property
    def raw(self) -> str:
        """The words as printed; empty for what was computed."""
        if isinstance(self.origin, Row):
            return self.origin.raw
        read = self.origin.measure == "as_euros"
        return next(iter(self.origin.inputs.values())).raw if read else ""

    def to(self, unit: str) -> Quantity:
        """The same number written in another unit of its scale: no new number, so the same id.

        Raises `EvidenceError` when the two units have no scale in common.
        """
        factor = units.factor(self.unit, unit)
        if factor is None:
            raise _unfit(self, unit)
        value = None if self.value is None else self.value * factor
        bounds = self.bounds * exactly(factor)
        origin = self.written_from or self
        return replace(self, value=value, bounds=bounds, unit=unit, written_from=origin)

    def __repr__(self) -> str:
        """For someone who explores: `17.56 EUR_m, 17.555 to 17.565 (investment-02)`."""
        if self.value is None:
            return f"unknown {self.unit} ({self.id})"
        low, high = (
            "…" if end is None else f"{float(end):g}" for end in (self.bounds.low, self.bounds.high)
        )
        return f"{float(self):g} {self.unit}, {low} to {high} ({self.id})"

    def __float__(self) -> float:
        return math.nan if self.value is None else float(self.value)

    def __add__(self, other):
        return self if isinstance(other, int) and other == 0 else total([self, other])

    __radd__ = __add__

    def __sub__(self, other):
        return derive(
            "difference", "a − b", self.unit, lambda a, b: a - b,
            name=Text("verschil", "difference"), a=self, b=other,
        )  # fmt: skip

    def __truediv__(self, other):
        if is_missing(other):
            return math.nan
        unit = units.per(self.unit, _quantity(other).unit)
        return derive(
            "ratio", "a / b", unit, lambda a, b: a / b,
            name=Text("verhouding", "ratio"), alike=False, a=self, b=other,
        )  # fmt: skip

    def __rtruediv__(self, other):
        return math.nan if is_missing(other) else NotImplemented

    def __lt__(self, other) -> bool:
        return float(self) < self._alike(other)

    def __gt__(self, other) -> bool:
        return float(self) > self._alike(other)

    def _alike(self, other) -> float:
        """What this is compared with, in the unit of this; NaN when missing or unknown."""
        return math.nan if is_missing(other) else float(_quantity(other).to(self.unit))


def derive(
    measure: str, formula: str | Text, unit: str, work: Callable[..., Interval], /, *,
    name: Text | None = None, words: Text | None = None, of: str = "", percent: bool = False,
    alike: bool = True, **inputs: Quantity,
) -> Quantity | float:  # fmt: skip
    """A quantity computed from others; NaN when an input is missing.

    work: from the inputs' intervals, by name, to an interval; no input twice, or the range is
    wider than it need be. name, words, of, percent: what the register says of it, see
    `Derivation`. alike: whether all inputs must have one unit.

    Raises `EvidenceError` for a measure without its words, a plain number as input, or units that
    differ where they may not.
    """
    origin = Derivation(measure, formula, inputs, name=name, words=words, of=of, percent=percent)
    if percent and unit != "ratio":
        remedy = "Leave out percent=True, or derive a ratio"
        raise EvidenceError(
            Problem(f"the measure {measure!r}", f"the unit {unit}", "ratio", remedy)
        )
    if any(map(is_missing, inputs.values())):
        return math.nan
    for item in inputs.values():
        _quantity(item)
    if alike:
        first, *rest = inputs.values()
        for item in rest:
            if item.unit != first.unit:
                raise _unfit(item, first.unit)
    period = span([item.period for item in inputs.values()])
    bounds = work(**{name: item.bounds for name, item in inputs.items()})
    if any(item.value is None for item in inputs.values()):
        return Quantity(None, bounds, unit, origin, period)
    value = work(**{name: exactly(item.value) for name, item in inputs.items()})
    return Quantity(value.low, bounds, unit, origin, period)


def total(parts: Sequence[Quantity]) -> Quantity | float:
    """The sum of quantities of one unit; of a sum, its parts are taken."""
    flat: list[Quantity] = []
    for part in parts:
        inside = getattr(part, "origin", None)
        sums = isinstance(inside, Derivation) and inside.measure == "sum"
        flat += inside.inputs.values() if sums else [part]
    named = {f"a{number}": part for number, part in enumerate(flat, 1)}
    unit = next((part.unit for part in flat if isinstance(part, Quantity)), "")
    return derive(
        "sum", " + ".join(named), unit, lambda **each: _sum(each.values()),
        name=Text("som", "sum"), **named,
    )  # fmt: skip


def _sum(intervals) -> Interval:
    first, *rest = intervals
    for item in rest:
        first = first + item
    return first


def exact_count(number: int, unit: str, origin: Derivation, period=()) -> Quantity:
    """A number that was counted and has no range."""
    return Quantity(Fraction(number), exactly(number), unit, origin, period)


def unknown(unit: str, origin: Row | Derivation, period=()) -> Quantity:
    """A number that is not known."""
    return Quantity(None, UNKNOWN, unit, origin, period)


def unit_of(quantity: Quantity | float) -> str:
    """The unit of a quantity; none of a missing one."""
    return "" if is_missing(quantity) else quantity.unit


def to_unit(quantity: Quantity | float, unit: str) -> Quantity | float:
    """A quantity in another unit of its scale; a missing one stays missing."""
    return quantity if is_missing(quantity) else quantity.to(unit)


def span(periods: Sequence[tuple]) -> tuple[str, str] | tuple[()]:
    """From the first beginning to the last end of periods, those not known left out."""
    known = [period for period in periods if period]
    return (min(p[0] for p in known), max(p[1] for p in known)) if known else ()


def _quantity(item: object) -> Quantity:
    if not isinstance(item, Quantity):
        expected = "a quantity, which says where it comes from"
        remedy = "Take it from a table (tables.load), or count rows (counts.count)"
        found = f"the plain value {item!r}"
        raise EvidenceError(Problem("a calculation", found, expected, remedy))
    return item


def _unfit(item: Quantity, wanted: str) -> EvidenceError:
    fits = units.factor(item.unit, wanted) is not None
    remedy = f"Write it in that unit first: .to({wanted!r})" if fits else ""
    place, found = f"quantity {item.id}", f"unit {item.unit}"
    return EvidenceError(Problem(place, found, f"unit {wanted}", remedy))
