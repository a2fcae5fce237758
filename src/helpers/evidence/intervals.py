"""Interval arithmetic on exact fractions.

A reported number stands for every number that rounds to it. Endpoints are fractions; `None` means
unbounded. The result of an operation contains the results for all members of its operands.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

Number = int | float | str | Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """The closed interval from `low` to `high`; an endpoint that is `None` is unbounded.

    Raises ValueError when low is above high.
    """

    low: Fraction | None
    high: Fraction | None

    def __post_init__(self):
        if self.low is not self.high and self._low > self._high:
            raise ValueError(f"an interval from {self.low} to {self.high}: low is above high")

    def __add__(self, other: Interval) -> Interval:
        return _interval(self._low + other._low, self._high + other._high)

    def __neg__(self) -> Interval:
        return _interval(-self._high, -self._low)

    def __abs__(self) -> Interval:
        ends = [abs(end) for end in self._ends]
        return _interval(Fraction(0) if self._low < 0 < self._high else min(ends), max(ends))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if other.low and other.low is other.high:  # one number, as often: faster
            first = None if self.low is None else self.low * other.low
            same = self.low is self.high
            last = first if same or self.high is None else self.high * other.low
            last = None if self.high is None else last
            return Interval(first, last) if other.low > 0 else Interval(last, first)
        ends = [_times(a, b) for a in self._ends for b in other._ends]
        return _interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient: unbounded on one side if an endpoint of the divisor is 0, and `UNKNOWN`
        if the divisor contains 0 in its interior."""
        if other._low < 0 < other._high or other._low == other._high == 0:
            return UNKNOWN
        low = -math.inf if other._high == 0 else _inverse(other._high)
        high = math.inf if other._low == 0 else _inverse(other._low)
        return self * _interval(low, high)

    def __pow__(self, exponent: int) -> Interval:
        """The power for a whole exponent of 1 or more. Narrower than repeated multiplication,
        which would treat the factors as independent. Raises ValueError below 1."""
        if exponent < 1:
            raise ValueError(f"exponent {exponent}; a whole number of 1 or more")
        ends = [end**exponent for end in self._ends]
        around = exponent % 2 == 0 and self._low < 0 < self._high
        return _interval(Fraction(0) if around else min(ends), max(ends))

    def root(self, degree: int) -> Interval:
        """The n-th root, rounded outwards to 30 digits, as few roots are fractions.

        Raises ValueError for a negative interval or a degree below 1."""
        if not self.known:
            return UNKNOWN
        if degree < 1 or self._low < 0:
            raise ValueError(f"root {degree} of {self.low}; a degree from 1 of a number from 0")
        low, high = (_root(end, degree, way) for end, way in zip(self._ends, _OUTWARD, strict=True))
        return _interval(low, high)

    def __contains__(self, number: Number) -> bool:
        return self._low <= exact(number) <= self._high

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals intersect."""
        return self._low <= other._high and other._low <= self._high

    def surely_above(self, other: Interval) -> bool:
        """Whether every number of this interval is larger than every number of `other`."""
        return self._low > other._high

    def may_exceed(self, other: Interval) -> bool:
        """Whether some number of this interval is larger than some number of `other`."""
        return self._high > other._low

    @property
    def width(self) -> Fraction | None:
        """`high - low`; `None` when unbounded."""
        return None if self.low is None or self.high is None else self.high - self.low

    @property
    def known(self) -> bool:
        """Whether at least one side is bounded."""
        return (self.low, self.high) != (None, None)

    @property
    def _low(self):
        return -math.inf if self.low is None else self.low

    @property
    def _high(self):
        return math.inf if self.high is None else self.high

    @property
    def _ends(self):
        return self._low, self._high


_OUTWARD = (ROUND_FLOOR, ROUND_CEILING)
UNKNOWN = Interval(None, None)


@functools.lru_cache(maxsize=4096)
def exact(number: Number) -> Fraction:
    """A number as the fraction of its decimal notation: 0.1 is one tenth, not the nearest float."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


def exactly(number: Number) -> Interval:
    """The interval that contains one number only."""
    end = number if isinstance(number, Fraction) else exact(number)
    return Interval(end, end)


def reported(
    number: Number,
    last_digit: Number,
    below: Number | None = Fraction(1, 2),
    above: Number | None = Fraction(1, 2),
) -> Interval:
    """The interval of all numbers that may be reported as `number`.

    last_digit: the value of one unit of its last significant digit. below, above: how far the true
    number may be below or above, in those units; `None` for no bound. The default, half a unit,
    suits a rounded number.
    """
    number, unit = exact(number), exact(last_digit)
    low = None if below is None else number - exact(below) * unit
    return Interval(low, None if above is None else number + exact(above) * unit)


def _times(a, b):
    """The product of two endpoints; 0 times infinity is 0 here, not NaN."""
    return a * b if a and b else Fraction(0)


def _inverse(end):
    return Fraction(0) if _infinite(end) else 1 / end


def _root(end, degree: int, rounding: str):
    if degree == 1 or _infinite(end):
        return end
    with localcontext(prec=45):
        root = (Decimal(end.numerator) / end.denominator) ** (Decimal(1) / degree)
    with localcontext(prec=30, rounding=rounding):
        return Fraction(+root)


def _interval(low, high) -> Interval:
    """An interval from endpoints that may be infinite."""
    first, last = None if _infinite(low) else low, None if _infinite(high) else high
    return Interval(first, first if low is high else last)


def _infinite(end) -> bool:
    return isinstance(end, float)  # `math.isinf` would make a float of every fraction
