"""A number with its evidence: bounds, unit, period, and the row or the derivation it comes from.

Arithmetic keeps the evidence. `a + b` converts units of one scale and refuses others; a plain
number multiplies or divides (`a * 2`), and then stands in the formula. What has no rule for bounds,
such as a power, gives a float, which no page shows.
"""

from __future__ import annotations

import functools
import math
import numbers
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction

from pandas.api.types import is_list_like

from ..errors import EvidenceError, Problem
from ..language import Text, is_missing
from ..messages import _
from . import added_rows, units
from .bounded import Bounded, is_computed, not_measured, plain_number, swapped, unit_mismatch
from .derivation import Derivation, shown_number
from .intervals import UNKNOWN, Interval, exactly
from .rows import Row, span

SUM, DIFFERENCE = _("sum"), _("difference")


class Quantity(Bounded):
    """A number with its evidence, and arithmetic that keeps it. Without a value it is `Unknown`.

    >>> exports - earlier
    4000000 EUR, ... (difference-...)
    """

    def __new__(cls, value: Fraction | None, *_, **__):
        return object.__new__(Quantity) if value is not None else float.__new__(Unknown, math.nan)

    def __getnewargs__(self):
        return (self.value,)

    def __add__(self, other):
        if isinstance(other, int) and other == 0:  # the start of Python's sum()
            return self
        if plain_number(other) is not None:
            return self._shifted(other, "+", SUM)
        return _total([self, other], added_rows.check_overlap)

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        if plain_number(other) is not None:
            return self._shifted(other, "−", DIFFERENCE)
        return derive(
            "difference", "a − b", self.unit, lambda a, b: a - b, name=DIFFERENCE, a=self,
            b=checked(other).to(self.unit),
        )  # fmt: skip

    def __rsub__(self, other):
        return (-self)._shifted(other, "+", SUM)

    def __neg__(self):
        name = _("negative")
        return derive("negative", "−a", self.unit, lambda a: -a, name=name, a=self)

    def __abs__(self):
        words = _("a without its minus sign")
        return derive("absolute", words, self.unit, lambda a: abs(a), a=self)

    def __mul__(self, other):
        return self._times(other, "×") if plain_number(other) is not None else _product(self, other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        if plain_number(other) is not None:
            return self._times(other, "/")
        same = units.factor(checked(other).unit, self.unit) is not None
        other = checked(other).to(self.unit) if same else checked(other)
        unit = units.per(self.unit, other.unit)
        return derive("ratio", "a / b", unit, lambda a, b: a / b, name=_("ratio"),
                      alike=False, a=self, b=other)  # fmt: skip

    def __rtruediv__(self, other):
        above = self._constant(other, self.unit)
        name = _("inverse")
        formula = f"{shown_number(other)} / a"
        return derive("inverse", formula, "ratio", lambda a: above / a, name=name, a=self)

    def _times(self, number, sign: str) -> Quantity:
        factor = exactly(number)
        work = {"×": lambda a: a * factor, "/": lambda a: a / factor}[sign]
        formula = f"a {sign} {shown_number(number)}"
        return derive("multiple", formula, self.unit, work, name=_("multiple"), a=self)

    def _shifted(self, number, sign: str, name: Text) -> Quantity:
        by = self._constant(number, self.unit)
        work = {"+": lambda a: a + by, "−": lambda a: a - by}[sign]
        return derive(
            "shifted", f"a {sign} {shown_number(number)}", "ratio", work, name=name, a=self
        )

    def _constant(self, number, beside: str) -> Interval:
        """A plain number beside this quantity, which must be a ratio: others are no plain number.

        Raises `EvidenceError` for any other unit."""
        if self.unit != "ratio":
            raise not_measured(number, beside)
        return exactly(number)


class Unknown(Quantity, float):  # type: ignore[misc]  # it computes as a quantity
    """A quantity without a value. It is a NaN too, as pandas takes nothing else that is not its own
    for missing: `pd.isna` is true for it."""


def _beside(work: Callable, plain: Callable) -> Callable:
    """A method that leaves a column, a frame or an array to its own (`quantity * column`), and
    computes with a computed float in floats."""

    @functools.wraps(work)
    def method(self, other):
        if is_list_like(other):
            return NotImplemented
        if is_computed(other) and not is_missing(other):
            return plain(float(self), float(other))
        return work(self, other)

    return method


def _on_floats(work: Callable) -> Callable:
    """A method without a rule for bounds, as no unit has a power or a remainder."""
    return lambda self, other: work(float(self), self.in_this_unit(other))


for _work in (pow, operator.floordiv, operator.mod, divmod):
    setattr(Quantity, f"__{_work.__name__}__", _on_floats(_work))
    setattr(Quantity, f"__r{_work.__name__}__", _on_floats(swapped(_work)))
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "divmod"):
    _work = getattr(operator, _name, divmod)
    for _side, _plain in ((f"__{_name}__", _work), (f"__r{_name}__", swapped(_work))):
        setattr(Quantity, _side, _beside(getattr(Quantity, _side), _plain))
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    _method = f"__{_name}__"
    setattr(Quantity, _method, _beside(getattr(Quantity, _method), getattr(operator, _name)))
numbers.Number.register(Quantity)  # matplotlib draws what is one


def derive(
    measure: str, formula: str | Text, unit: str, work: Callable[..., Interval], /, *,
    name: Text | None = None, words: Text | None = None, of: str = "", percent: bool = False,
    alike: bool = True, **inputs: Quantity,
) -> Quantity:  # fmt: skip
    """A quantity computed from others; missing when an input is missing.

    work: computes an interval from the inputs' intervals, given by name; it should use each input
    once, as interval arithmetic would otherwise widen the range. name, words, of, percent:
    texts for the register, see `Derivation`. alike: whether all inputs must have one unit.

    Raises `EvidenceError` for a measure without its texts, a plain number as input, or units that
    differ while `alike` is true.

    >>> derive("double", "2 × a", "EUR", lambda a: a + a, name=Text("dubbel", "double"), a=exports)
    24000000 EUR, ... (double-...)
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
    known = {name: checked(item) for name, item in inputs.items()}
    if any(item.origin is None for item in known.values()):
        return missing(unit)
    first, *rest = known.values()
    for item in rest if alike else ():
        if item.unit != first.unit:
            raise unit_mismatch(item, first.unit)
    period = span([item.period for item in known.values()])
    bounds = work(**{name: item.bounds for name, item in known.items()})
    values = {name: exactly(q.value) for name, q in known.items() if q.value is not None}
    value = work(**values).low if len(values) == len(known) else None
    return Quantity(value, bounds, unit, origin, period)


def total(parts: Sequence[Quantity]) -> Quantity:
    """The sum of quantities, in the unit of the first; a part that is a sum itself is replaced by
    its parts. Warns of rows that are counted twice.

    >>> measures.total([exports, earlier])
    20000000 EUR, ... (sum-...)
    """
    return _total(parts, added_rows.check)


def _total(parts: Sequence[Quantity], check: Callable[[Sequence[Quantity]], None]) -> Quantity:
    flat: list[Quantity] = []
    first, *rest = parts
    unit = checked(first).unit
    for part in (first, *rest):
        inside = checked(part).origin
        if isinstance(inside, Derivation) and inside.adds:
            flat += (each.to(unit) for each in inside.inputs.values())
        else:
            flat.append(part.to(unit))
    check(flat)
    named = {f"a{number}": part for number, part in enumerate(flat, 1)}
    origin = Derivation("sum", " + ".join(named), named, name=SUM)
    return computed(origin, unit, lambda **each: functools.reduce(operator.add, each.values()))


def missing(unit: str = "") -> Quantity:
    """A missing cell: no value, no bounds, and no row that says so."""
    return Quantity(None, UNKNOWN, unit, None)


def unknown(unit: str, origin: Row | Derivation, period=()) -> Quantity:
    """An unknown number: no value and no bounds."""
    return Quantity(None, UNKNOWN, unit, origin, period)


def exact_count(number: int, unit: str, origin: Derivation, period=()) -> Quantity:
    """A counted number: exact, without a range."""
    return Quantity(Fraction(number), exactly(number), unit, origin, period)


def _product(a: Quantity, b: Quantity) -> Quantity:
    """The product, if its unit has a name: of a share and anything, or of `EUR/jobs` and `jobs`."""
    a, b = (q.to("ratio") if q.unit == "percent" else q for q in (a, checked(b)))
    return derive(
        "product", "a × b", units.times(a.unit, b.unit), lambda a, b: a * b,
        name=_("product"), alike=False, a=a, b=b,
    )  # fmt: skip


def checked(item: object, remedy: str = "") -> Quantity:
    """A quantity as it is, and any missing value as a missing quantity. remedy: for a message.

    Raises `EvidenceError` for a plain number, which says nothing of where it comes from."""
    if not isinstance(item, Quantity):
        if not is_missing(item):
            raise not_measured(item, remedy=remedy)
        return missing()
    return item
