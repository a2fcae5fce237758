"""Ranges of numbers: their width, bounds such as "at most", and the ranks that they allow."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from .evidence.arithmetic import Quantity, checked, computed, derive, missing
from .evidence.derivation import Derivation
from .evidence.intervals import Interval, exact, exactly
from .language import Text, is_missing
from .messages import _

__all__ = ["at_least", "at_most", "ends", "rank", "up_to", "width"]
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports


def width(quantity: Quantity) -> Quantity:
    """The width of the range: high − low; missing if it is missing or unbounded.

    >>> ranges.width(exports)
    500000 EUR, ... (width-...)
    """
    reach = checked(quantity).bounds.width
    if reach is None:
        return missing(checked(quantity).unit)
    size = exactly(reach)
    return derive(
        "width", _("high − low"), quantity.unit, lambda quantity: size,
        name=_("width of the range"),
        words=_("quantity"), quantity=quantity,
    )  # fmt: skip


def ends(quantity: Quantity) -> tuple[Quantity, Quantity]:
    """The lowest and the highest number of a range, to write each in words of its own; missing
    where the range has no end.

    >>> ranges.ends(exports)[1]
    12500000 EUR, ... (highest-...)
    """
    low, high = checked(quantity).bounds.low, quantity.bounds.high
    lowest = _("lowest value of quantity")
    highest = _("highest value of quantity")
    return _end("lowest", lowest, low, quantity), _end("highest", highest, high, quantity)


def _end(measure: str, formula: Text, end: Fraction | None, quantity: Quantity) -> Quantity:
    if end is None:
        return missing(quantity.unit)
    whole = exactly(end)
    name = _("end of the range")
    return derive(
        measure, formula, quantity.unit, lambda quantity: whole, name=name,
        words=_("quantity"), quantity=quantity,
    )  # fmt: skip


def at_most(quantity: Quantity) -> Quantity:
    """A number that is an upper bound: its range becomes 0 to the number.

    >>> ranges.at_most(exports)
    12000000 EUR, 0 to 12500000 (at_most-...)
    """
    reach = Interval(exact(0), quantity.bounds.high)
    return _with_bounds(
        "at_most", _("0 to quantity"), reach, quantity,
        name=_("at most"), words=_("quantity"),
    )  # fmt: skip


def at_least(quantity: Quantity) -> Quantity:
    """A number that is a lower bound: its range has no upper bound.

    >>> ranges.at_least(exports)
    12000000 EUR, 12000000 to … (at_least-...)
    """
    reach = Interval(quantity.bounds.low, None)
    return _with_bounds(
        "at_least", _("quantity and more"), reach, quantity,
        name=_("at least"), words=_("quantity"),
    )  # fmt: skip


def up_to(quantity: Quantity, high: Quantity) -> Quantity:
    """A number whose range extends to another number of the same unit.

    >>> ranges.up_to(earlier, exports)
    8000000 EUR, 7500000 to 12500000 (up_to-...)
    """
    reach = Interval(quantity.bounds.low, high.bounds.high)
    return _with_bounds(
        "up_to", _("quantity to high"), reach, quantity,
        name=_("up to"), words=_("quantity, high"), high=high,
    )  # fmt: skip


def _with_bounds(
    measure: str, formula: Text, reach: Interval, quantity: Quantity, **more
) -> Quantity:
    """The number with the bounds `reach` and its own value."""
    read = derive(measure, formula, quantity.unit, lambda **_: reach, quantity=quantity, **more)
    return read.replaced(value=quantity.value)


def rank(values: pd.Series, name: str) -> Quantity:
    """The rank of `name` by size, the largest first; equal values share the better rank.

    values: quantities by name; an unknown one stands for any value from 0. The bounds are
    the best and the worst rank that the ranges of all values allow.

    >>> ranges.rank(pd.Series({"then": earlier, "now": exports}), "then")
    2 rank, 2 to 2 (rank-...)
    """
    reach = {
        key: Interval(exact(0), None) if is_missing(q) else q.bounds for key, q in values.items()
    }
    own = reach.pop(name)
    best = 1 + sum(other.surely_above(own) for other in reach.values())
    worst = 1 + sum(other.may_exceed(own) for other in reach.values())
    known = {f"of_{number}": q for number, q in enumerate(values.dropna(), 1)}
    units = {q.unit for q in known.values()}
    point = None if is_missing(values[name]) else 1 + sum(values.dropna() > values[name])
    words = _("place of {} among {}, {} of them known").format(name, len(values), len(known))
    bounds, origin = Interval(exact(best), exact(worst)), Derivation("rank", words, known)
    place = computed(origin, "rank", lambda **_: bounds, alike=len(units) > 1)
    return place.replaced(value=None if point is None else exact(point))
