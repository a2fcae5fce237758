"""How many false statements does the test of claims catch, and how many false alarms does it raise?

Run: .venv/bin/python benchmarks/claims.py

Makes true and false statements for each operation, without using it. For numbers: a true one is the
result of the unrounded inputs, rounded as it would be reported; a false one lies outside every
result that the reported inputs allow. For events and lists of rows: rows of which the statement
holds, and rows of which it does not. An operation that looks for something in a list that need not
be complete can't contradict: what it does not find is to be left undecided, never reproduced. The
generator is seeded: all runs are equal. An operation without cases here is an error.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from helpers.claims.verdicts import ARITHMETIC, EVENTS, compute, happened, judge
from helpers.evidence.arithmetic import Quantity, Row
from helpers.evidence.intervals import reported

RUNS = 1_000
LEAST_CAUGHT = 0.99


def rounded(number: Fraction, digit: Fraction) -> Fraction:
    """The number as it would be reported, halves rounded up."""
    return ((number / digit + Fraction(1, 2)) // 1) * digit


def figure(number, digit, unit: str = "EUR", name: str = "part-01") -> Quantity:
    """A number as reported, with the range that its last digit allows."""
    number, digit = Fraction(number), Fraction(digit)
    origin = Row("quantities", name, "value", reported=True)
    return Quantity(number, reported(number, digit), unit, origin)


# How each operation on numbers is worked out here, how many inputs it takes (None: two to five),
# and the units of inputs and result.
NUMBERS: dict[str, tuple[Callable[..., Fraction], int | None, str, str]] = {
    "same": (lambda a: a, 1, "EUR", "EUR"),
    "sum": (lambda *parts: sum(parts, Fraction(0)), None, "EUR", "EUR"),
    "difference": (lambda a, b: a - b, 2, "EUR", "EUR"),
    "ratio": (lambda a, b: a / b, 2, "EUR", "ratio"),
    "percent_of": (lambda a, b: 100 * a / b, 2, "EUR", "percent"),
    "growth_percent": (lambda a, b: 100 * (a - b) / b, 2, "EUR", "percent"),
    "fall_percent": (lambda a, b: 100 * (a - b) / a, 2, "EUR", "percent"),
    "place": (lambda a, *b: Fraction(1 + sum(one > a for one in b)), None, "EUR", "rank"),
    "growth_factor": (lambda percent: 1 + percent / 100, 1, "percent", "ratio"),
    "fte_of_days": (lambda days: days * 12 / 260, 1, "days_per_month", "fte"),
}


def number_case(chance: random.Random, operation: str) -> tuple[str, str]:
    """The verdicts on a true and on a false number."""
    work_out, count, unit, result_unit = NUMBERS[operation]
    digit = Fraction(10) ** chance.randint(-2, 6)
    parts = [
        Fraction(chance.randint(100, 99_999), 100) * digit
        for _ in range(count or chance.randint(2, 5))
    ]
    printed = [rounded(part, digit) for part in parts]
    figures = [
        figure(number, digit, unit, f"part-{place:02d}") for place, number in enumerate(printed, 1)
    ]
    last = digit if result_unit == unit else Fraction(10) ** chance.randint(-2, 0)
    corners = itertools.product(*([n - digit / 2, n + digit / 2] for n in printed))
    results = [work_out(*corner) for corner in corners]
    low, high = min(results), max(results)
    off = (high - low) * Fraction(chance.randint(1, 400), 100) + last
    false = chance.choice([low - off, high + off])
    computed = compute(operation, figures)
    true, wrong = (
        judge(computed, figure(rounded(claim, last), last, result_unit, "claim-01")).verdict
        for claim in (work_out(*parts), false)
    )
    return true, wrong


Case = tuple[tuple, tuple]  # the arguments of a true and of a false statement


def some_years(chance: random.Random, least: int = 1) -> list[int]:
    """Different years, in order."""
    return sorted(chance.sample(range(1990, 2020), chance.randint(least, 12)))


def letters(chance: random.Random, least: int = 1) -> list[str]:
    """Different words of one letter, none of which is e, t or z."""
    return chance.sample("abcdfghjklmnpqr", chance.randint(least, 9))


def date(chance: random.Random, year: int) -> pd.Period:
    """A date in that year, of which the month may be unknown."""
    month = chance.randint(0, 12)
    if not month:
        return pd.Period(year=year, freq="Y")
    return pd.Period(year=year, month=month, freq="M")


def mixed(chance: random.Random, values: list) -> list:
    return chance.sample(values, len(values))


def every_n_years(chance: random.Random) -> Case:
    n, count = chance.randint(2, 5), chance.randint(2, 9)
    years = [1990 + n * place for place in range(count)]
    every = figure(n, 1, "years")
    return (mixed(chance, years), every), (mixed(chance, [*years[:-1], years[-1] + 1]), every)


def fill_the_gaps(chance: random.Random) -> Case:
    years = [1985, *some_years(chance), 2025]
    gaps = sorted(set(range(1985, 2026)) - set(years))
    lacking = chance.choice(gaps)
    more = chance.sample(years, 2)
    return (years, mixed(chance, gaps + more)), (years, [y for y in gaps + more if y != lacking])


def not_before(chance: random.Random) -> Case:
    year = chance.randint(1990, 2020)
    here, later = date(chance, year), date(chance, year + chance.randint(1, 5))
    return (later, here), (here, later)


def same_year(chance: random.Random) -> Case:
    year = chance.randint(1990, 2020)
    dates = [date(chance, year) for _ in range(chance.randint(1, 4))]
    other = date(chance, year + chance.choice([-1, 1]))
    return (date(chance, year), dates), (other, dates)


def years_apart(chance: random.Random) -> Case:
    year, years = chance.randint(1990, 2020), chance.randint(1, 25)
    first, second = date(chance, year), date(chance, year + years)
    stated, other = (figure(n, 1, "years") for n in (years, years + chance.choice([-1, 1])))
    return (first, second, stated), (first, second, other)


def not_larger(chance: random.Random) -> Case:
    part = chance.randint(1, 500)
    whole = part + chance.randint(0, 500)
    larger = whole + chance.randint(2, 500)
    return (figure(part, 1), figure(whole, 1)), (figure(larger, 1), figure(whole, 1))


def all_marked(chance: random.Random) -> Case:
    marks = [True] * chance.randint(1, 9)
    return (marks,), (mixed(chance, [*marks, False]),)


def as_many(chance: random.Random) -> Case:
    things = letters(chance)
    count = figure(len(things), 1)
    return (things, count), (chance.choice([[*things, "z"], things[1:]]), count)


def all_present_but(chance: random.Random) -> Case:
    names = letters(chance, 2)
    present = mixed(chance, [*names, *names[:1]])
    false = chance.choice([[*present, "z"], [name for name in present if name != names[0]]])
    return ([*names, "z"], present, "z"), ([*names, "z"], false, "z")


def all_different(chance: random.Random) -> Case:
    values = letters(chance)
    return (values,), (mixed(chance, [*values, values[0]]),)


def all_alike(chance: random.Random) -> Case:
    values = [chance.choice("abc")] * chance.randint(2, 6)
    return (values,), (mixed(chance, [*values, "z"]),)


def several(chance: random.Random) -> Case:
    count = chance.randint(2, 9)
    false = [chance.choice("abc")] * chance.randint(0, 5)
    if chance.random() < 0.5:
        return (figure(count, 1),), (figure(chance.randint(0, 1), 1),)
    return (letters(chance, 2),), (false,)


def named(chance: random.Random) -> Case:
    words = letters(chance)
    texts = mixed(chance, ["a word with e, t and zz", *(f"- {word.upper()} -" for word in words)])
    wanted = chance.sample(words, chance.randint(1, len(words)))
    return (texts, *wanted), (texts, *wanted, "z")


def named_for_all(chance: random.Random) -> Case:
    names = letters(chance, 2)
    texts = [chance.choice(["eggs", "and Tea"]) for _ in names]
    false = chance.choice([texts[1:], mixed(chance, [*texts[1:], "steak"])])
    words = names + names[:1], "eggs", "tea"
    return (texts, *words), (false, *words)


def not_for_all(chance: random.Random) -> Case:
    names = letters(chance, 2)
    values = ["a"] * len(names)
    fewer = values[: chance.randint(0, len(names) - 1)]
    return (fewer, names + names[:1]), (values, names + names[:1])


def some_repeated(chance: random.Random) -> Case:
    values = letters(chance, 2)
    once = values[: chance.randint(0, 1)] * chance.randint(1, 3)
    return (mixed(chance, values + values[:2]),), (mixed(chance, values + once),)


def since(chance: random.Random) -> Case:
    years = some_years(chance)
    start = date(chance, years[0])
    return (mixed(chance, years), start), (mixed(chance, [*years, years[0] - 1]), start)


def all_since(chance: random.Random) -> Case:
    years = some_years(chance)
    start = date(chance, years[0] - chance.randint(0, 3))
    return (mixed(chance, years), start), (mixed(chance, [*years, start.year - 1]), start)


def first_in_later_half(chance: random.Random) -> Case:
    start, half = chance.randint(1980, 2000), chance.randint(2, 15)
    later = [start + half + chance.randint(1, half) for _ in range(chance.randint(1, 6))]
    dates = date(chance, start), date(chance, start + 2 * half)
    return (later, *dates), ([*later, start + chance.randint(0, half)], *dates)


def share_rose(chance: random.Random) -> Case:
    before, whole = chance.randint(0, 8), chance.randint(9, 20)
    more = chance.randint(before + 1, whole)
    times = chance.randint(1, 3)
    groups = ["a"] * before, ["a"] * whole, ["a"] * (more * times), ["a"] * (whole * times)
    same = chance.randint(0, before)
    return groups, (groups[0], groups[1], ["a"] * (same * times), groups[3])


def over_half(chance: random.Random) -> Case:
    part = chance.randint(10, 500)
    whole = figure(2 * part, 1)
    return (figure(part + 2, 1), whole), (figure(part - 2, 1), whole)


ROWS: dict[str, Callable[[random.Random], Case]] = {
    function.__name__: function
    for function in (
        every_n_years, fill_the_gaps, not_before, same_year, years_apart, not_larger, all_marked,
        as_many, all_present_but, all_different, all_alike, several, named, named_for_all,
        not_for_all, some_repeated, since, all_since, first_in_later_half,
        share_rose, over_half,
    )
}  # fmt: skip

# What is not found in a list that need not be complete is undecided.
CONFIRM_ONLY = {"several", "named", "named_for_all"}


def row_case(chance: random.Random, operation: str) -> tuple[str, str]:
    """The verdicts on a true and on a false statement about events or rows."""
    true, false = (
        happened(EVENTS[operation](*arguments)).verdict for arguments in ROWS[operation](chance)
    )
    return true, false


def measured(runs: int, seed: int = 2020) -> dict[str, tuple[int, int]]:
    """By operation: how many of the false statements were caught, and how many true ones raised an
    alarm. A true statement about rows is to be reproduced, one about numbers not contradicted.

    Raises LookupError with the operations that have no cases here, or that are no more.
    """
    if odd := {*NUMBERS, *ROWS} ^ {*ARITHMETIC, *EVENTS}:
        raise LookupError(f"operations without cases, or cases without operation: {sorted(odd)}")
    found = {}
    for operation in [*ARITHMETIC, *EVENTS]:
        chance = random.Random(f"{seed} {operation}")
        case = number_case if operation in NUMBERS else row_case
        verdicts = [case(chance, operation) for _ in range(runs)]
        right = "undecided" if operation in CONFIRM_ONLY else "contradicted"
        fine = {"reproduced"} if operation in ROWS else {"reproduced", "consistent"}
        found[operation] = (
            sum(false == right for _, false in verdicts),
            sum(true not in fine for true, _ in verdicts),
        )
    return found


def main() -> int:
    found = measured(RUNS)
    print(f"{RUNS} true and {RUNS} false statements for each operation")
    print(f"{'operation':22}{'caught':>8}{'false alarms':>14}")
    for operation, (caught, alarms) in found.items():
        note = "  (left undecided)" if operation in CONFIRM_ONLY else ""
        print(f"{operation:22}{caught / RUNS:>8.1%}{alarms:>14}{note}")
    caught, alarms = (sum(numbers) for numbers in zip(*found.values(), strict=True))
    share = caught / RUNS / len(found)
    print(f"all {len(found)} operations: caught {share:.1%}, false alarms {alarms}")
    least = min(caught for caught, _ in found.values()) / RUNS
    return int(least < LEAST_CAUGHT or alarms > 0)


if __name__ == "__main__":
    sys.exit(main())
