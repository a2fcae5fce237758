"""How many false figures does the test of claims catch, and how many false alarms does it raise?

Run: .venv/bin/python benchmarks/claims.py

Generates random sums of reported numbers. A true claim is the sum, rounded; a false one is outside
the range of all sums that the reported parts allow. The generator is seeded: all runs are equal.
"""

from __future__ import annotations

import random
from fractions import Fraction

from helpers.claims.verdicts import compute, judge
from helpers.evidence.arithmetic import Quantity, Row
from helpers.evidence.intervals import reported

RUNS = 2_000


def rounded(number: Fraction, digit: Fraction) -> Fraction:
    """The number as it would be reported, halves rounded up."""
    return ((number / digit + Fraction(1, 2)) // 1) * digit


def figure(number: Fraction, digit: Fraction, name: str) -> Quantity:
    """A number as reported, with the range that its last digit allows."""
    origin = Row("quantities", name, "value", reported=True)
    return Quantity(number, reported(number, digit), "EUR", origin)


def case(chance: random.Random) -> tuple[list[Quantity], Fraction, Fraction]:
    """Reported parts, their true sum, and the last digit of the reported sum."""
    digit = Fraction(10) ** chance.randint(-2, 6)
    parts = [Fraction(chance.randint(1, 99_999), 100) * digit for _ in range(chance.randint(2, 5))]
    figures = [
        figure(rounded(part, digit), digit, f"part-{number:02d}")
        for number, part in enumerate(parts, 1)
    ]
    return figures, sum(parts), digit


def verdict(figures: list[Quantity], claim: Fraction, digit: Fraction) -> str:
    return judge(compute("sum", figures), figure(claim, digit, "claim-01")).verdict


def main() -> None:
    chance = random.Random(2020)
    caught = alarms = 0
    for _ in range(RUNS):
        figures, total, digit = case(chance)
        alarms += verdict(figures, rounded(total, digit), digit) == "contradicted"
        bounds = compute("sum", figures).bounds
        off = bounds.width * Fraction(chance.randint(1, 400), 100) + digit
        false = chance.choice([bounds.low - off, bounds.high + off])
        caught += verdict(figures, rounded(false, digit), digit) == "contradicted"
    print(f"false figures outside the bounds: {RUNS}, caught: {caught} ({caught / RUNS:.1%})")
    print(f"true rounded figures: {RUNS}, false alarms: {alarms}")


if __name__ == "__main__":
    main()
