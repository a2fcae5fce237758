"""Exact bounds, and arithmetic that keeps them.

A reported number stands for every number that would be reported that way. Endpoints are
fractions; `None` is no bound. What is computed from intervals holds every result of their members.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

Number = int | float | str | Fraction


@dataclass(frozen=True)
class Interval:
    """All numbers from `low` to `high`, ends included; an end that is `None` is unbounded.

    Raises ValueError when low is above high.
    """

    low: Fraction | None
    high: Fraction | None

    def __post_init__(self):
        if None not in (self.low, self.high) and self.low > self.high:
            raise ValueError(f"an interval from {self.low} to {self.high}: low is above high")

    def __add__(self, other: Interval) -> Interval:
        return _interval(self._low + other._low, self._high + other._high)

    def __neg__(self) -> Interval:
        return _interval(-self._high, -self._low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        ends = [_times(a, b) for a in self._ends for b in other._ends]
        return _interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient; unbounded on the side where the divisor comes near 0, unknown around it."""
        if other._low < 0 < other._high or other._low == other._high == 0:
            return UNKNOWN
        low = -math.inf if other._high == 0 else _inverse(other._high)
        high = math.inf if other._low == 0 else _inverse(other._low)
        return self * _interval(low, high)

    def __pow__(self, exponent: int) -> Interval:
        """A whole, positive power. A variable that occurs once is not taken for two."""
        if exponent < 1:
            raise ValueError(f"exponent {exponent}; a whole number of 1 or more")
        ends = [end**exponent for end in self._ends]
        around = exponent % 2 == 0 and self._low < 0 < self._high
        return _interval(Fraction(0) if around else min(ends), max(ends))

    def root(self, degree: int) -> Interval:
        """The n-th root of what is not negative, rounded outwards to 30 digits: few roots are
        fractions, and this interval holds them all. Raises ValueError below 0."""
        if not self.known:
            return UNKNOWN
        if degree < 1 or self._low < 0:
            raise ValueError(f"root {degree} of {self.low}; a root of 1 or more, of 0 or more")
        low, high = (_root(end, degree, way) for end, way in zip(self._ends, _WAYS, strict=True))
        return _interval(low, high)

    def whole(self) -> Interval:
        """The whole numbers inside, from the first to the last: half a person is not counted.

        Raises ValueError when there is none."""
        low = None if self.low is None else Fraction(math.ceil(self.low))
        return Interval(low, None if self.high is None else Fraction(math.floor(self.high)))

    def __contains__(self, number: Number) -> bool:
        return self._low <= exact(number) <= self._high

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self._low <= other._high and other._low <= self._high

    def surely_above(self, other: Interval) -> bool:
        """Whether every number here is larger than every number there."""
        return self._low > other._high

    def may_exceed(self, other: Interval) -> bool:
        """Whether some number here is larger than some number there."""
        return self._high > other._low

    @property
    def width(self) -> Fraction | None:
        """High less low; `None` when unbounded."""
        return None if None in (self.low, self.high) else self.high - self.low

    @property
    def known(self) -> bool:
        """Whether there is a bound at all."""
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


_WAYS = (ROUND_FLOOR, ROUND_CEILING)
UNKNOWN = Interval(None, None)


@functools.lru_cache(maxsize=4096)
def exact(number: Number) -> Fraction:
    """The fraction that is written: 0.1 is one tenth, not the nearest binary number."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


def exactly(number: Number) -> Interval:
    """One number and no other."""
    return Interval(exact(number), exact(number))


def reported(
    number: Number,
    last_digit: Number,
    below: Number | None = Fraction(1, 2),
    above: Number | None = Fraction(1, 2),
) -> Interval:
    """All numbers that may be reported as `number`.

    last_digit: what one unit of its last significant digit counts. below, above: how many of
    those units it may lie off, half a unit when nothing qualifies it; `None` for no bound.
    """
    number, unit = exact(number), exact(last_digit)
    low = None if below is None else number - exact(below) * unit
    return Interval(low, None if above is None else number + exact(above) * unit)


def _times(a, b):
    """The product of two ends, in which 0 times no bound is 0."""
    return Fraction(0) if 0 in (a, b) else a * b


def _inverse(end):
    return Fraction(0) if math.isinf(end) else 1 / end


def _root(end, degree: int, way: str):
    if degree == 1 or math.isinf(end):
        return end
    with localcontext(prec=45):
        root = (Decimal(end.numerator) / end.denominator) ** (Decimal(1) / degree)
    with localcontext(prec=30, rounding=way):
        return Fraction(+root)


def _interval(low, high) -> Interval:
    """An interval from ends that may be infinite."""
    return Interval(*(None if math.isinf(end) else Fraction(end) for end in (low, high)))
