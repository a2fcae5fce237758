"""Measures of series by year: index numbers, constant prices, and a change in two parts.

`measures` offers them with the others.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import pandas as pd

from .evidence.arithmetic import Quantity, checked, derive
from .evidence.intervals import UNKNOWN, Interval, exactly
from .messages import _

_ONE, _HUNDRED = exactly(1), exactly(100)


class ShiftShare(NamedTuple):
    """A change and the two parts that add up to it, in the unit of the input."""

    change: Quantity
    base_effect: Quantity
    differential: Quantity


def shift_share(end: Quantity, factor: Quantity, base_factor: Quantity) -> ShiftShare:
    """Split a change into the change at the growth rate of the base, and the difference.

    end: the value at the end; factor: its growth factor, end / start; base_factor: the growth
    factor of the base. base_effect = (end / factor) * (base_factor − 1); differential = change −
    base_effect. A decomposition only: it says nothing about the cause of the differential.

    Source: the two-term form of Dunn (1960), Papers of the Regional Science Association 6, 97-112.

    >>> growth = measures.growth_ratio(earlier, exports)
    >>> measures.shift_share(exports, growth, base_factor=growth).differential
    0 EUR, ... (shift_share_differential-...)
    """
    base = checked(base_factor).to("ratio")
    words = _("end, factor, base factor")
    made = functools.partial(
        derive, words=words, alike=False, end=end, factor=checked(factor).to("ratio")
    )
    return ShiftShare(
        made("shift_share_change", "end × (1 − 1 / factor)", checked(end).unit,
             lambda end, factor: end * (_ONE - quotient(_ONE, factor)),
             name=_("change in amount"),
             words=_("end, factor")),
        made("shift_share_base_effect", "(end / factor) × (base_factor − 1)", checked(end).unit,
             lambda end, factor, base_factor: quotient(end, factor) * (base_factor - _ONE),
             name=_("growth as elsewhere"), base_factor=base),
        made("shift_share_differential", "end × (1 − base_factor / factor)", checked(end).unit,
             lambda end, factor, base_factor: end * (_ONE - quotient(base_factor, factor)),
             name=_("difference from elsewhere"), base_factor=base),
    )  # fmt: skip


def constant_prices(values: pd.Series, price_index: pd.Series, base_year: int) -> pd.Series:
    """Values indexed by year in the prices of `base_year`: value × index(base) / index(year);
    missing without a price index. Raises KeyError if the base year has none.

    >>> prices = measures.index_numbers(values, base_year=2016)
    >>> measures.constant_prices(values, prices, base_year=2016).loc[2017]
    8.2 EUR_m, ... (constant_prices-...)
    """
    base, indices = price_index.loc[base_year], price_index.reindex(values.index)

    def priced(year: int, value: Quantity) -> Quantity:
        if year == base_year:
            return value
        return derive(
            "constant_prices", "value × base_index / index", checked(value).unit,
            lambda value, base_index, index: quotient(value * base_index, index),
            name=_("in constant prices"),
            words=_("value, base index, index"),
            alike=False, value=value, base_index=base, index=indices.loc[year],
        )  # fmt: skip

    found = [priced(year, value) for year, value in zip(values.index, values, strict=True)]
    return pd.Series(found, index=values.index, dtype="quantity")


def index_numbers(series: pd.Series, base_year: int) -> pd.Series:
    """The series, indexed by year, as index numbers: 100 in `base_year`, by definition.

    >>> measures.index_numbers(values, base_year=2016).loc[2017]
    150 index, ... (index_number-...)
    """
    base = series.loc[base_year]

    def number(year: int, value: Quantity) -> Quantity:
        if year == base_year:
            return derive(
                "index_base", "100", "index", lambda base: _HUNDRED, base=base,
                name=_("index number, base"), words=_("base"),
            )  # fmt: skip
        return derive(
            "index_number", "100 × value / base", "index",
            lambda value, base: quotient(_HUNDRED * value, base), value=value, base=base,
            name=_("index number"), words=_("value, base"),
        )  # fmt: skip

    found = [number(year, value) for year, value in zip(series.index, series, strict=True)]
    return pd.Series(found, index=series.index, dtype="quantity[index]")


def quotient(above: Interval, below: Interval) -> Interval:
    """The quotient; unknown if the divisor can't be above 0, as a ratio to it has no meaning."""
    return UNKNOWN if below.high is not None and below.high <= 0 else above / below
