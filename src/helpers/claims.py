"""A statement and the figures that can test it: a verdict. Nothing is decided by hand.

A claim is a row: an operation of the closed set below, the rows it is computed from, and the row
that states it. Reads no files: tables and bounds are handed in.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from .intervals import UNKNOWN, Interval, exactly, reported
from .language import Text, is_missing

VERDICTS = {
    "reproduced": Text("nagerekend", "reproduced"),
    "consistent": Text("verenigbaar", "consistent"),
    "contradicted": Text("tegengesproken", "contradicted"),
    "undecided": Text("niet te beslissen", "undecided"),
}
_HUNDRED, _ONE = exactly(100), exactly(1)
_WORKING_DAYS = exactly(Fraction(52 * 5, 12))  # a month, before leave and holidays


@dataclass(frozen=True)
class Figure:
    """A number as read (`None` when unknown) and all numbers that it may stand for."""

    number: Fraction | None
    bounds: Interval


@dataclass(frozen=True)
class Finding:
    """A verdict, what was computed, and what stated; both `None` for a claim about events."""

    verdict: str
    computed: Figure | None = None
    claimed: Figure | None = None


def figure(row, hedges: pd.DataFrame, width: float = 1) -> Figure:
    """The figure of a row with `value`, `last_digit` and `hedge`, by the rules for hedge words.

    hedges: indexed by the word, `below` and `above` in units of the last digit, missing for no
    bound. width: 2 doubles what the words allow, 0.5 halves it.

    Raises KeyError for a hedge word without a rule.
    """
    if is_missing(row.value):
        return Figure(None, UNKNOWN)
    below = above = Fraction(1, 2)
    if not is_missing(row.hedge):
        rule = hedges.loc[row.hedge]
        below, above = (_allowed(rule[side], width) for side in ("below", "above"))
    bounds = reported(row.value, row.last_digit, below, above)
    return Figure(Fraction(str(row.value)), bounds)


def _allowed(units: float, width: float) -> Fraction | None:
    return None if is_missing(units) else Fraction(str(units)) * Fraction(str(width))


def _total(parts: Sequence) -> object:
    first, *rest = parts
    for part in rest:
        first = first + part
    return first


# From figures to a figure. Each works on numbers and on intervals alike; in none does an input
# occur twice, so that no range is wider than it need be.
ARITHMETIC: dict[str, Callable] = {
    "same": lambda one, a: a,
    "sum": lambda one, *parts: _total(parts),
    "difference": lambda one, a, b: a - b,
    "ratio": lambda one, a, b: a / b,
    "percent_of": lambda one, a, b: one(_HUNDRED) * (a / b),
    "growth_percent": lambda one, a, b: one(_HUNDRED) * (a / b - one(_ONE)),
    "growth_factor": lambda one, percent: one(_ONE) + percent / one(_HUNDRED),
    "fte_of_days": lambda one, days: days / one(_WORKING_DAYS),
}


def compute(operation: str, inputs: Sequence[Figure]) -> Figure:
    """The result of an arithmetic operation on figures: its number and its bounds."""
    work = ARITHMETIC[operation]
    bounds = work(lambda constant: constant, *(item.bounds for item in inputs))
    numbers = [item.number for item in inputs]
    number = None if None in numbers else work(lambda constant: constant.low, *numbers)
    return Figure(number, bounds)


def judge(computed: Figure, claimed: Figure) -> Finding:
    """`reproduced` when the computed number is one that would be stated as the claim;
    `consistent` when the ranges meet; `contradicted` when they can't; else `undecided`."""
    if not (computed.bounds.known and claimed.bounds.known):
        verdict = "undecided"
    elif computed.number is not None and computed.number in claimed.bounds:
        verdict = "reproduced"
    else:
        verdict = "consistent" if computed.bounds.meets(claimed.bounds) else "contradicted"
    return Finding(verdict, computed, claimed)


def happened(holds: bool | None) -> Finding:
    """The verdict on a claim about events: it holds, it does not, or it can't be said."""
    return Finding({True: "reproduced", False: "contradicted", None: "undecided"}[holds])


def every_n_years(years: Sequence[int], n: int) -> bool | None:
    """Whether events come every n-th year: each step between years with one is n."""
    present = sorted(set(years))
    if len(present) < 2:
        return None
    return all(b - a == n for a, b in itertools.pairwise(present))


def fill_the_gaps(years: Sequence[int], others: Sequence[int]) -> bool | None:
    """Whether every year without an event, from first to last, has one of the other kind."""
    if not years:
        return None
    gaps = set(range(min(years), max(years) + 1)) - set(years)
    return gaps <= set(others)


def not_before(later: pd.Period, earlier: pd.Period) -> bool | None:
    """Whether the first date is not before the second, as far as both are known."""
    if is_missing(later) or is_missing(earlier):
        return None
    return later.end_time >= earlier.start_time


def same_year(*dates: pd.Period | Sequence[pd.Period]) -> bool | None:
    """Whether all dates given, singly or as a list, are of one year."""
    every = [date for item in dates for date in (item if isinstance(item, list) else [item])]
    return None if any(map(is_missing, every)) else len({date.year for date in every}) == 1


def years_apart(first: pd.Period, second: pd.Period, years: int) -> bool:
    """Whether the second date is in the year of the n-th anniversary of the first."""
    return second.year - first.year == years


def not_larger(part: Figure, whole: Figure) -> bool | None:
    """Whether a part can be no larger than the whole."""
    if not (part.bounds.known and whole.bounds.known):
        return None
    return (
        part.bounds.low is None or whole.bounds.high is None or part.bounds.low <= whole.bounds.high
    )


def all_marked(marks: Sequence[bool]) -> bool | None:
    """Whether every one of the rows carries the mark."""
    return all(marks) if len(marks) else None


def as_many(things: Sequence, figure: Figure) -> bool | None:
    """Whether there are as many things as the figure says."""
    return None if figure.number is None else len(things) == figure.number


def all_present_but(names: Sequence[str], present: Sequence[str], exception: str) -> bool:
    """Whether every name but the exception is present, and the exception is not."""
    return set(names) - set(present) == {exception}


EVENTS: Mapping[str, Callable] = {
    function.__name__: function
    for function in (
        every_n_years,
        fill_the_gaps,
        not_before,
        same_year,
        years_apart,
        not_larger,
        all_marked,
        all_present_but,
        as_many,
    )
}
