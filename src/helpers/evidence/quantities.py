"""A number with its evidence: bounds, unit, period, and the row or the derivation it comes from.

Arithmetic on quantities keeps the evidence and checks units: `a + b` of euros and millions of
euros raises an error, and so does a plain number as operand. A comparison converts units of one
scale.
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

# Columns that an id omits: `value`, also with its unit, such as `value_eur_m`.
MEASURED = ("value", *(f"value_{unit.lower()}" for unit in units.LABELS if " " not in unit))


@dataclass(frozen=True)
class Row:
    """A cell of a table. key: of the row. raw: the text as printed, in the language `lang`. source:
    the id to cite (its own, or that of a series). reported: whether the report gives this number;
    then its key alone is its id."""

    table: str
    key: str
    column: str
    raw: str = ""
    source: str = ""
    lang: str = ""
    reported: bool = False

    @property
    def id(self) -> str:
        """The id of the cell on all pages."""
        if self.reported:
            return self.key
        column = [] if self.column in MEASURED else [self.column]
        return re.sub(r"[^\w.-]+", "_", ".".join([self.table, self.key, *column]))


@dataclass(frozen=True, eq=False, repr=False)
class Quantity:
    """A number (`None` when unknown), all numbers it may stand for, and where it comes from.

    unit: as in `evidence.units`. period: first and last day, month or year as text, or empty.
    written_from: the quantity in the unit of its row or derivation, if this one was converted.
    """

    value: Fraction | None
    bounds: Interval
    unit: str
    origin: Row | Derivation
    period: tuple[str, str] | tuple[()] = ()
    written_from: Quantity | None = None

    @functools.cached_property
    def id(self) -> str:
        """The id of its entry in the register of evidence, the same in every unit."""
        return self.origin.id

    @property
    def raw(self) -> str:
        """The text as printed; empty for a computed number."""
        if isinstance(self.origin, Row):
            return self.origin.raw
        read = self.origin.measure == "as_euros"
        return next(iter(self.origin.inputs.values())).raw if read else ""

    def to(self, unit: str) -> Quantity:
        """The same number in another unit of its scale, with the same id, as it is no new number.

        Raises `EvidenceError` when the two units have no scale in common.
        """
        factor = units.factor(self.unit, unit)
        if factor is None:
            raise _unit_mismatch(self, unit)
        value = None if self.value is None else self.value * factor
        bounds = self.bounds * exactly(factor)
        origin = self.written_from or self
        return replace(self, value=value, bounds=bounds, unit=unit, written_from=origin)

    def __repr__(self) -> str:
        """For exploring in JupyterLab: `17.56 EUR_m, 17.555 to 17.565 (investment-02)`."""
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
        unit = units.per(self.unit, _checked(other).unit)
        return derive(
            "ratio", "a / b", unit, lambda a, b: a / b,
            name=Text("verhouding", "ratio"), alike=False, a=self, b=other,
        )  # fmt: skip

    def __rtruediv__(self, other):
        return math.nan if is_missing(other) else NotImplemented

    def __lt__(self, other) -> bool:
        return float(self) < self._comparable(other)

    def __gt__(self, other) -> bool:
        return float(self) > self._comparable(other)

    def _comparable(self, other) -> float:
        """The value of `other` in the unit of this quantity; NaN when missing or unknown."""
        return math.nan if is_missing(other) else float(_checked(other).to(self.unit))


def derive(
    measure: str, formula: str | Text, unit: str, work: Callable[..., Interval], /, *,
    name: Text | None = None, words: Text | None = None, of: str = "", percent: bool = False,
    alike: bool = True, **inputs: Quantity,
) -> Quantity:  # fmt: skip
    """A quantity computed from others; NaN when an input is missing.

    work: computes an interval from the inputs' intervals, given by name; it should use each input
    once, as interval arithmetic would otherwise widen the range. name, words, of, percent: texts
    for the register, see `Derivation`. alike: whether all inputs must have one unit.

    Raises `EvidenceError` for a measure without its texts, a plain number as input, or units that
    differ while `alike` is true.
    """
    origin = Derivation(measure, formula, inputs, name=name, words=words, of=of, percent=percent)
    return computed(origin, unit, work, alike)


def computed(
    origin: Derivation, unit: str, work: Callable[..., Interval], alike: bool = True
) -> Quantity:
    """As `derive`, for inputs whose names are only known at run time."""
    inputs = origin.inputs
    if not isinstance(unit, str):
        place = f"the measure {origin.measure!r}"
        raise EvidenceError(Problem(place, f"the unit {unit!r}", "the name of a unit"))
    if origin.percent and unit != "ratio":
        remedy = "Leave out percent=True, or derive a ratio"
        raise EvidenceError(
            Problem(f"the measure {origin.measure!r}", f"the unit {unit}", "ratio", remedy)
        )
    if any(map(is_missing, inputs.values())):
        return math.nan  # type: ignore[return-value]  # missing is NaN until the dtype settles it
    for item in inputs.values():
        _checked(item)
    if alike:
        first, *rest = inputs.values()
        for item in rest:
            if item.unit != first.unit:
                raise _unit_mismatch(item, first.unit)
    period = span([item.period for item in inputs.values()])
    bounds = work(**{name: item.bounds for name, item in inputs.items()})
    known = {name: exactly(q.value) for name, q in inputs.items() if q.value is not None}
    value = work(**known).low if len(known) == len(inputs) else None
    return Quantity(value, bounds, unit, origin, period)


def total(parts: Sequence[Quantity]) -> Quantity:
    """The sum of quantities of one unit; a part that is a sum itself is replaced by its parts."""
    flat: list[Quantity] = []
    for part in parts:
        inside = getattr(part, "origin", None)
        if isinstance(inside, Derivation) and inside.formula == " + ".join(inside.inputs):
            flat += inside.inputs.values()
        else:
            flat.append(part)
    named = {f"a{number}": part for number, part in enumerate(flat, 1)}
    unit = next((part.unit for part in flat if isinstance(part, Quantity)), "")
    origin = Derivation("sum", " + ".join(named), named, name=Text("som", "sum"))
    return computed(origin, unit, lambda **each: _sum(each.values()))


def _sum(intervals) -> Interval:
    first, *rest = intervals
    for item in rest:
        first = first + item
    return first


def exact_count(number: int, unit: str, origin: Derivation, period=()) -> Quantity:
    """A counted number: exact, without a range."""
    return Quantity(Fraction(number), exactly(number), unit, origin, period)


def unknown(unit: str, origin: Row | Derivation, period=()) -> Quantity:
    """An unknown number: no value and no bounds."""
    return Quantity(None, UNKNOWN, unit, origin, period)


def unit_of(quantity: Quantity) -> str:
    """The unit of a quantity; empty for a missing one."""
    return "" if is_missing(quantity) else quantity.unit


def to_unit(quantity: Quantity, unit: str) -> Quantity:
    """A quantity in another unit of its scale; a missing one stays missing."""
    return quantity if is_missing(quantity) else quantity.to(unit)


def span(periods: Sequence[tuple]) -> tuple[str, str] | tuple[()]:
    """The period from the earliest start to the latest end; empty periods are ignored."""
    known = [period for period in periods if period]
    return (min(p[0] for p in known), max(p[1] for p in known)) if known else ()


def _checked(item: object) -> Quantity:
    if not isinstance(item, Quantity):
        expected = "a quantity, which says where it comes from"
        remedy = "Take it from a table (tables.load), or count rows (counts.count)"
        found = f"the plain value {item!r}"
        raise EvidenceError(Problem("a calculation", found, expected, remedy))
    return item


def _unit_mismatch(item: Quantity, wanted: str) -> EvidenceError:
    fits = units.factor(item.unit, wanted) is not None
    remedy = f"Write it in that unit first: .to({wanted!r})" if fits else ""
    place, found = f"quantity {item.id}", f"unit {item.unit}"
    return EvidenceError(Problem(place, found, f"unit {wanted}", remedy))
