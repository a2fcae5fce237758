"""Verdicts on claims, computed from figures; nothing is decided by hand.

A claim is a row: one of the operations below, the rows it is computed from, and the row that
states it. Reads no files: callers pass the quantities.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from .. import measures, ranges
from ..evidence import units
from ..evidence.arithmetic import Quantity, derive, total
from ..evidence.intervals import exactly
from ..language import Text, is_missing
from ..messages import _
from . import lists

VERDICTS = {
    "reproduced": _("reproduced"),
    "consistent": _("consistent"),
    "contradicted": _("contradicted"),
    "undecided": _("undecided"),
}
# Symbols, so that verdicts differ without colour too.
MARKS = {"reproduced": "●", "consistent": "◐", "contradicted": "✕", "undecided": "○"}
# Of segments of a chart; the signs on the pages have those of the two that decide.
COLOURS = {
    "reproduced": "#0072B2",
    "consistent": "#A9D0EC",
    "contradicted": "#A8201A",
    "undecided": "#D9DEE3",
}
_WORKING_DAYS = exactly(Fraction(52 * 5, 12))  # per month, without leave and holidays


@dataclass(frozen=True)
class Finding:
    """A verdict, and the quantities computed and claimed; `None` for a claim about events."""

    verdict: str
    computed: Quantity | None = None
    claimed: Quantity | None = None


def _fte_of_days(days: Quantity) -> Quantity:
    return derive(
        "fte_of_days",
        _("days per month / (52 × 5 / 12)"),
        "fte", lambda days: days / _WORKING_DAYS,
        name=_("FTE from days"), words=_("days"), days=days,
    )  # fmt: skip


def _fall(before: Quantity, after: Quantity) -> Quantity:
    return measures.complement(measures.share(after, before)).to("percent")


def _place(own: Quantity, *others: Quantity) -> Quantity:
    """The place of a number among itself and the others, the largest first. Whatever is not among
    them might be larger: the place holds among the given ones only."""
    every = {item.id: item for item in (own, *others)}  # the column given may hold `own` as well
    names = {id: getattr(item.origin, "key", id).replace("|", " ") for id, item in every.items()}
    return ranges.rank(pd.Series(every).rename(names), names[own.id])


# Operations on quantities, each with its display name and function. `compute` converts all inputs
# to the unit of the first if possible.
_ARITHMETIC: Mapping[str, tuple[Text, Callable[..., Quantity]]] = {
    "same": (_("the same number"), lambda a: a),
    "sum": (_("sum"), lambda *parts: total(parts)),
    "difference": (_("difference"), lambda a, b: a - b),
    "ratio": (_("ratio"), lambda a, b: a / b),
    "percent_of": (
        _("share"), lambda a, b: measures.share(a, b).to("percent"),
    ),
    "growth_percent": (
        _("growth in per cent"),
        lambda a, b: measures.change(b, a).to("percent"),
    ),
    "growth_factor": (_("growth factor"), measures.growth_factor),
    "fall_percent": (_("fall in per cent"), _fall),
    "fte_of_days": (_("FTE from days"), _fte_of_days),
    # On columns of rows: the first input among all of them.
    "place": (_("place from the largest down"), _place),
}  # fmt: skip
ARITHMETIC = {name: function for name, (__, function) in _ARITHMETIC.items()}


def compute(operation: str, inputs: Sequence[Quantity]) -> Quantity:
    """The result of an arithmetic operation. Raises `EvidenceError` for units that do not fit."""
    first = inputs[0].unit
    alike = [item.to(first) if units.factor(item.unit, first) else item for item in inputs]
    return ARITHMETIC[operation](*alike)


def judge(computed: Quantity, claimed: Quantity) -> Finding:
    """`reproduced` when the computed number would be reported as the claimed one; otherwise
    `consistent` when the ranges overlap, and `contradicted` when they do not. `undecided` when
    one of the two has no bounds.

    Raises `EvidenceError` when the two have no unit in common."""
    if not (computed.bounds.known and claimed.bounds.known):
        return Finding("undecided", computed, claimed)
    claimed = measures.as_euros(claimed)
    computed = computed.to(claimed.unit)
    low, high, number = claimed.bounds.low, claimed.bounds.high, computed.value
    # A number at the upper bound would be rounded up to the next number.
    on_edge = number == high and claimed.value not in (low, high)
    if number is not None and number in claimed.bounds and not on_edge:
        verdict = "reproduced"
    else:
        verdict = "consistent" if computed.bounds.meets(claimed.bounds) else "contradicted"
    return Finding(verdict, computed, claimed)


def happened(holds: bool | None) -> Finding:
    """The verdict on a claim about events. holds: `None` if that can't be determined."""
    return Finding({True: "reproduced", False: "contradicted", None: "undecided"}[holds])


def every_n_years(years: Sequence[int], n: Quantity) -> bool | None:
    """Whether events come every n years: consecutive years with an event differ by n."""
    present = sorted(set(years))
    if len(present) < 2 or n.value is None:
        return None
    return all(b - a == n.value for a, b in itertools.pairwise(present))


def fill_the_gaps(years: Sequence[int], others: Sequence[int]) -> bool | None:
    """Whether every year without an event, between the first and the last, is in `others`."""
    if not years:
        return None
    gaps = set(range(min(years), max(years) + 1)) - set(years)
    return gaps <= set(others)


def not_before(later: pd.Period, earlier: pd.Period) -> bool | None:
    """Whether `later` does not end before `earlier` starts; `None` if one is missing."""
    if is_missing(later) or is_missing(earlier):
        return None
    return later.end_time >= earlier.start_time


def same_year(*dates: pd.Period | Sequence[pd.Period]) -> bool | None:
    """Whether all dates, given singly or in lists, are of one year."""
    every = [date for item in dates for date in (item if isinstance(item, Sequence) else [item])]
    if not every or any(map(is_missing, every)):
        return None
    return len({date.year for date in every}) == 1


def years_apart(first: pd.Period, second: pd.Period, years: Quantity) -> bool | None:
    """Whether the years of the two dates differ by `years`."""
    if is_missing(first) or is_missing(second) or years.value is None:
        return None
    return second.year - first.year == years.value


def not_larger(part: Quantity, whole: Quantity) -> bool | None:
    """Whether the part may be at most the whole, within their ranges."""
    if not (part.bounds.known and whole.bounds.known):
        return None
    low, high = part.bounds.low, whole.to(part.unit).bounds.high
    return low is None or high is None or low <= high


def all_marked(marks: Sequence[bool | None]) -> bool | None:
    """Whether the mark is true in every row; `None` without rows, and if an unknown one may not."""
    if False in marks:
        return False
    return True if marks and None not in marks else None


def as_many(things: Sequence, quantity: Quantity) -> bool | None:
    """Whether the number of things equals the quantity."""
    return None if quantity.value is None else len(things) == quantity.value


def all_present_but(names: Sequence[str], present: Sequence[str], exception: str) -> bool:
    """Whether all names except `exception` are present, and `exception` is not."""
    return set(names) - set(present) == {exception}


def all_different(values: Sequence[object | None]) -> bool | None:
    """Whether no value occurs twice; `None` if an unknown one may."""
    known = [value for value in values if value is not None]
    if len(set(known)) < len(known):
        return False
    return True if values and len(known) == len(values) else None


def all_alike(values: Sequence[object | None]) -> bool | None:
    """Whether all values are equal; `None` for fewer than two, and if an unknown one may differ."""
    if len({value for value in values if value is not None}) > 1:
        return False
    return True if len(values) > 1 and None not in values else None


# Operations on events, dates and rows, each with its display name.
_EVENTS: Mapping[Callable, Text] = {
    every_n_years: _("every so many years"),
    fill_the_gaps: _("fills the gaps"),
    not_before: _("not before"),
    same_year: _("the same year"),
    years_apart: _("years apart"),
    not_larger: _("no more than"),
    all_marked: _("all in the list"),
    all_present_but: _("all but one"),
    as_many: _("as many"),
    all_different: _("all different"),
    all_alike: _("the same everywhere"),
    lists.several: _("two or more"),
    lists.named: _("is named"),
    lists.named_for_all: _("is named for all"),
    lists.not_for_all: _("not for all"),
    lists.some_repeated: _("some more than once"),
    lists.since: _("from that year on"),
    lists.all_since: _("not from before that year"),
    lists.first_in_later_half: _("for the first time in the later half"),
    lists.share_rose: _("larger share than before"),
    lists.over_half: _("more than half"),
}
EVENTS: Mapping[str, Callable] = {function.__name__: function for function in _EVENTS}
# The operations that compare the rows of one input with each other.
AMONG_ROWS = {"place", "every_n_years", "same_year", "all_different", "all_alike"}

# Display names of all operations, for pages.
LABELS: Mapping[str, Text] = {
    **{name: label for name, (label, __) in _ARITHMETIC.items()},
    **dict(zip(EVENTS, _EVENTS.values(), strict=True)),
}
