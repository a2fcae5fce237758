"""Measures: quantities from quantities, each with its formula. Pure: no file, no chart.

Unknown in, unknown out: a missing input gives NaN, never 0; a base that is not above 0 gives a
quantity without value and bounds. In no formula does an input stand
twice, so that no range is wider than it need be.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from .evidence.intervals import UNKNOWN, Interval, exactly
from .evidence.quantities import Quantity, derive, total
from .evidence.units import NO_CURRENCY
from .language import is_missing

_ONE, _HUNDRED = exactly(1), exactly(100)


def growth_ratio(start: Quantity, end: Quantity) -> Quantity:
    """How many times as large: end / start, a ratio."""
    return derive(
        "growth_ratio", "end / start", "ratio", lambda start, end: _over(end, start),
        start=start, end=end,
    )  # fmt: skip


def annual_growth(start: Quantity, end: Quantity, years: int) -> Quantity:
    """Compound annual growth rate (CAGR), a ratio: (end / start) ^ (1 / years) − 1.

    Source: Eurostat, Statistics Explained, glossary "Compound annual growth rate".
    """
    if years < 1:
        raise ValueError(f"growth over {years} years; a whole number of 1 or more")
    return derive(
        "annual_growth", f"(end / start) ^ (1 / {years}) − 1", "ratio",
        lambda start, end: _over(end, start).root(years) - _ONE, start=start, end=end,
    )  # fmt: skip


def change(before: Quantity, after: Quantity) -> Quantity:
    """Relative change, a ratio: after / before − 1."""
    return derive(
        "change", "after / before − 1", "ratio",
        lambda before, after: _over(after, before) - _ONE, before=before, after=after,
    )  # fmt: skip


def growth_factor(rate: Quantity) -> Quantity:
    """The factor of a growth rate in per cent, a ratio: 1 + rate / 100."""
    return derive(
        "growth_factor", "1 + rate / 100", "ratio", lambda rate: _ONE + rate / _HUNDRED,
        rate=_in(rate, "percent"),
    )  # fmt: skip


def yearly_change(series: pd.Series) -> pd.Series:
    """`change` on the year before, of a series of quantities indexed by year.

    A year whose predecessor is not in the series has no change (NaN).
    """
    before = series.reindex(series.index - 1)
    pairs = zip(before, series, strict=True)
    return pd.Series([change(a, b) for a, b in pairs], index=series.index, dtype=object)


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Part of the whole, a ratio: part / whole."""
    return derive(
        "share", "part / whole", "ratio", lambda part, whole: _over(part, whole),
        part=part, whole=whole,
    )  # fmt: skip


def share_of_sum(part: Quantity, others: Sequence[Quantity]) -> Quantity:
    """Part of the sum of itself and others, a ratio: 1 / (1 + others / part)."""
    return derive(
        "share_of_sum", "1 / (1 + others / part)", "ratio",
        lambda part, others: _ONE / (_ONE + _over(others, part)),
        part=part, others=total(others),
    )  # fmt: skip


def implied_total(part: Quantity, share: Quantity) -> Quantity:
    """The whole that a part and its share in per cent imply: part / (share / 100)."""
    return derive(
        "implied_total", "part / (share / 100)", _unit(part),
        lambda part, share: _over(part, share / _HUNDRED),
        alike=False, part=part, share=_in(share, "percent"),
    )  # fmt: skip


def value_before(end: Quantity, factor: Quantity) -> Quantity:
    """The starting value that an end and a growth factor imply: end / factor."""
    return derive(
        "value_before", "end / factor", _unit(end), lambda end, factor: _over(end, factor),
        alike=False, end=end, factor=_in(factor, "ratio"),
    )  # fmt: skip


def relative_growth(factor: Quantity, base_factor: Quantity) -> Quantity:
    """Growth relative to a base, a ratio: factor / base_factor.

    1 means that both grew alike; above 1 the first grew more.
    """
    return derive(
        "relative_growth", "factor / base_factor", "ratio",
        lambda factor, base_factor: _over(factor, base_factor),
        factor=factor, base_factor=base_factor,
    )  # fmt: skip


class ShiftShare(NamedTuple):
    """A change in two parts that add up to it, in the unit of the input."""

    change: Quantity
    base_effect: Quantity
    differential: Quantity


def shift_share(end: Quantity, factor: Quantity, base_factor: Quantity) -> ShiftShare:
    """Split a change into what growth at the base's rate would give, and the difference.

    end: the value at the end; factor: end / start, its growth; base_factor: that of the base.
    base_effect = (end / factor) * (base_factor − 1); differential = change − base_effect.
    A description, not an explanation: the differential has no cause attached.

    Source: the two-term form of Dunn (1960), "A statistical and analytical technique for
    regional analysis", Papers of the Regional Science Association 6, 97-112.
    """
    inputs = {"end": end, "factor": _in(factor, "ratio"), "base_factor": _in(base_factor, "ratio")}
    own = {name: inputs[name] for name in ("end", "factor")}
    made = functools.partial(derive, alike=False)
    return ShiftShare(
        made("shift_share_change", "end × (1 − 1 / factor)", _unit(end),
             lambda end, factor: end * (_ONE - _over(_ONE, factor)), **own),
        made("shift_share_base_effect", "(end / factor) × (base_factor − 1)", _unit(end),
             lambda end, factor, base_factor: _over(end, factor) * (base_factor - _ONE),
             **inputs),
        made("shift_share_differential", "end × (1 − base_factor / factor)", _unit(end),
             lambda end, factor, base_factor: end * (_ONE - _over(base_factor, factor)),
             **inputs),
    )  # fmt: skip


def constant_prices(values: pd.Series, price_index: pd.Series, base_year: int) -> pd.Series:
    """Values indexed by year in the prices of `base_year`: value × index(base) / index(year).

    A year without a price index is NaN. Raises KeyError when the base year has none.
    """
    base = price_index.loc[base_year]

    def priced(year: int, value: Quantity) -> Quantity:
        if year == base_year or is_missing(value):
            return value
        return derive(
            "constant_prices", "value × base_index / index", value.unit,
            lambda value, base_index, index: _over(value * base_index, index),
            alike=False, value=value, base_index=base, index=price_index.get(year),
        )  # fmt: skip

    return pd.Series({year: priced(year, value) for year, value in values.items()}, dtype=object)


def index_numbers(series: pd.Series, base_year: int) -> pd.Series:
    """The series, indexed by year, as index numbers: 100 in `base_year`, by definition."""
    base = series.loc[base_year]

    def number(year: int, value: Quantity) -> Quantity:
        if year == base_year:
            return derive("index_base", "100", "index", lambda base: _HUNDRED, base=base)
        return derive(
            "index_number", "100 × value / base", "index",
            lambda value, base: _over(_HUNDRED * value, base), value=value, base=base,
        )  # fmt: skip

    return pd.Series({year: number(year, value) for year, value in series.items()}, dtype=object)


def per_unit(value: Quantity, units: Quantity) -> Quantity:
    """Value per unit (per job, per project, per inhabitant): value / units."""
    return derive(
        "per_unit", "value / units", f"{_unit(value)}/{_unit(units)}",
        lambda value, units: _over(value, units), alike=False, value=value, units=units,
    )  # fmt: skip


def implied_number(total: Quantity, per_head: Quantity) -> Quantity:
    """How many persons a total and the amount per head imply: total / per_head."""
    return derive(
        "implied_number", "total / per_head", "persons",
        lambda total, per_head: _over(total, per_head),
        total=_in(total, "EUR"), per_head=_in(per_head, "EUR"),
    )  # fmt: skip


def complement(share: Quantity) -> Quantity:
    """What is left of the whole, a ratio: 1 − share."""
    return derive(
        "complement", "1 − share", "ratio", lambda share: _ONE - share, share=_in(share, "ratio")
    )


def in_unit(values: pd.Series, unit: str) -> pd.Series:
    """A series of quantities in another unit of their scale; missing ones stay missing."""
    return values.map(lambda quantity: _in(quantity, unit), na_action="ignore")


def as_euros(quantity: Quantity) -> Quantity:
    """An amount printed without a currency, read as euros; anything else as it is."""
    if is_missing(quantity) or quantity.unit != NO_CURRENCY:
        return quantity
    return derive(
        "as_euros", "amount, read as euros", "EUR", lambda amount: amount, amount=quantity
    )


def in_millions(quantity: Quantity) -> Quantity:
    """Euros from a million up in millions of euros; anything else as it is."""
    large = not is_missing(quantity) and quantity.unit == "EUR" and float(quantity) >= 1e6
    return quantity.to("EUR_m") if large else quantity


def _unit(quantity: Quantity) -> str:
    return "" if is_missing(quantity) else quantity.unit


def _in(quantity: Quantity, unit: str) -> Quantity:
    return quantity if is_missing(quantity) else quantity.to(unit)


def _over(above: Interval, below: Interval) -> Interval:
    """The quotient; unknown where the base can't be above 0: there is nothing to divide by."""
    return UNKNOWN if below.high is not None and below.high <= 0 else above / below
