"""Many numbers with their bounds as whole numbers of one scale: exact, and fast to add."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .intervals import UNKNOWN, Interval, exact, reported


@dataclass(frozen=True, eq=False)
class Scaled:
    """n numbers, each with its value, lower bound and upper bound, as multiples of 1 / scale.

    ends: whole numbers, 3 × n: `int64`, or Python's own where one is too large. known: 3 × n;
    whether there is such a value, or bound.
    """

    scale: int
    ends: np.ndarray
    known: np.ndarray

    def take(self, at: np.ndarray) -> Scaled:
        """Those at some positions."""
        return Scaled(self.scale, self.ends.take(at, axis=1), self.known.take(at, axis=1))

    def fractions(self, position: int) -> list[Fraction | None]:
        """The value, lower and upper bound of one number; `None` where there is none."""
        pairs = zip(self.ends[:, position], self.known[:, position], strict=True)
        return [Fraction(int(end), self.scale) if known else None for end, known in pairs]

    def floats(self, factor: Fraction = Fraction(1)) -> np.ndarray:
        """The values times a factor as float64, each the float nearest to it; NaN when unknown."""
        numbers, known = self.ends[0], self.known[0]
        above, below = factor.numerator, self.scale * factor.denominator
        exact = numbers.dtype != object and above == 1 and below < 2**53
        if exact and (not len(numbers) or np.abs(numbers).max() < 2**53):
            return np.where(known, numbers / below, np.nan)
        pairs = zip(numbers.tolist(), known, strict=True)
        found = [float(Fraction(n * above, below)) if is_known else np.nan for n, is_known in pairs]
        return np.array(found, dtype=float)

    def whole(self, which: np.ndarray) -> Scaled:
        """With the bounds of some numbers, a true or false for each, narrowed to whole ones."""
        value, low, high = self.ends
        low = np.where(which, -(-low // self.scale) * self.scale, low)
        high = np.where(which, high // self.scale * self.scale, high)
        return Scaled(self.scale, np.stack([value, low, high]), self.known)

    def reduced(self, how: str) -> tuple[Fraction | None, Interval]:
        """The `sum`, `mean`, `min`, `max` or `median` of at least one number, and its bounds; all
        grow with each number, so that the bounds are those of the bounds."""
        infinite = 0, -1, 1  # a missing value is unknown, a missing bound infinite, by its sign
        sides = zip(self.ends, self.known, infinite, strict=True)
        ends = [_WORK[how](*side) for side in sides]
        value, *bounds = (None if end is None else Fraction(end) / self.scale for end in ends)
        return value, Interval(*bounds)


def scaled(ends: Sequence[Sequence[Fraction | None]]) -> Scaled:
    """Numbers from their values, lower and upper bounds: n of each, `None` where there is none."""
    known = [[end is not None for end in side] for side in ends]
    scale = 1
    for side in ends:
        for end in side:
            if end is not None:
                scale = math.lcm(scale, end.denominator)
    whole = [[0 if end is None else int(end * scale) for end in side] for side in ends]
    return Scaled(scale, narrowed(whole), np.array(known, dtype=bool))


def rounded(values: np.ndarray, digits: np.ndarray) -> Scaled:
    """Numbers as written, NaN for none, that stand for half a unit of their last digit up and down:
    n floats each, of which the shortest decimal notation counts (0.1 is one tenth)."""
    known = ~np.isnan(values)
    values, digits = np.where(known, values, 0.0), np.where(known, digits, 0.0)
    both = np.concatenate([values, digits])
    for decimals in range(16):
        whole = np.rint(both * 10.0**decimals)
        if (np.abs(whole) < 2**53).all() and (whole / 10.0**decimals == both).all():
            number, digit = np.split(whole.astype(np.int64), 2)
            ends = np.stack([2 * number, 2 * number - digit, 2 * number + digit])
            return Scaled(2 * 10**decimals, ends, np.stack([known] * 3))
    numbers = [exact(v) if there else None for v, there in zip(values.tolist(), known, strict=True)]
    pairs = zip(numbers, digits.tolist(), strict=True)
    spans = [UNKNOWN if value is None else reported(value, digit) for value, digit in pairs]
    return scaled([numbers, [each.low for each in spans], [each.high for each in spans]])


def narrowed(numbers: Sequence[Sequence[int]]) -> np.ndarray:
    """Whole numbers as int64 where all fit, else as Python's own, which have no limit."""
    fits = all(-(2**63) <= number < 2**63 for row in numbers for number in row)
    return np.array(numbers, dtype=np.int64 if fits else object)


def whole_sum(numbers: np.ndarray) -> int:
    """The exact sum of whole numbers, which may have more than 64 bits: the sum of int64 is right
    but for a multiple of 2**64, which a sum of floats is close enough to tell."""
    if numbers.dtype == object:
        return sum(numbers.tolist())
    rest = int(numbers.sum())
    return rest + round((float(numbers.sum(dtype=float)) - rest) / 2**64) * 2**64


def _sum(ends, known, infinite):
    return whole_sum(ends) if known.all() else None


def _mean(ends, known, infinite):
    return Fraction(whole_sum(ends), len(ends)) if known.all() else None


def _min(ends, known, infinite):
    beyond = infinite == 1 and known.any()  # an infinite upper bound is never the smallest
    return int(ends[known].min()) if known.all() or beyond else None


def _max(ends, known, infinite):
    beyond = infinite == -1 and known.any()
    return int(ends[known].max()) if known.all() or beyond else None


def _median(ends, known, infinite):
    if not (known.all() or infinite):
        return None
    gone = [None] * int((~known).sum())
    line = sorted(ends[known].tolist())
    line = gone + line if infinite < 0 else line + gone
    middle = line[(len(line) - 1) // 2 : len(line) // 2 + 1]
    return None if None in middle else Fraction(sum(middle), len(middle))


_WORK: dict[str, Callable[[np.ndarray, np.ndarray, int], int | Fraction | None]] = {
    "sum": _sum, "mean": _mean, "min": _min, "max": _max, "median": _median,
}  # fmt: skip
