"""Measures: quantities computed from quantities, each with its formula. No function reads a file.

A missing input gives a missing quantity, never 0; a divisor that can't be above 0 gives one without
value and bounds. Of columns a measure gives a column, cell by cell. A formula uses an input once,
or the range would be too wide. A new measure is a function here that calls `derive`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from .evidence.arithmetic import Quantity, checked, derive, total
from .evidence.by_cell import by_cell
from .evidence.conversions import as_euros, in_millions, in_unit
from .evidence.intervals import UNKNOWN, Interval, exactly
from .language import Text

__all__ = [
    "ShiftShare", "annual_growth", "as_euros", "change", "complement", "constant_prices",
    "growth_factor", "growth_ratio", "implied_number", "implied_total", "in_millions", "in_unit",
    "index_numbers", "per_unit", "relative_growth", "share", "share_of_sum", "shift_share",
    "total", "value_before", "yearly_change",
]  # fmt: skip


def __dir__() -> list[str]:
    """What Tab offers: no modules that this one imports."""
    return __all__


_ONE, _HUNDRED = exactly(1), exactly(100)


@by_cell
def growth_ratio(start: Quantity, end: Quantity) -> Quantity:
    """Growth ratio: end / start, a ratio."""
    return derive(
        "growth_ratio", "end / start", "ratio", lambda start, end: _quotient(end, start),
        name=Text("groeifactor", "growth factor"), words=Text("begin, eind", "start, end"),
        of="end", start=start, end=end,
    )  # fmt: skip


@by_cell
def annual_growth(start: Quantity, end: Quantity, years: int) -> Quantity:
    """Compound annual growth rate (CAGR), a ratio: (end / start) ^ (1 / years) − 1.

    Source: Eurostat, Statistics Explained, glossary "Compound annual growth rate".
    """
    if years < 1:
        raise ValueError(f"growth over {years} years; a whole number of 1 or more")
    return derive(
        "annual_growth", f"(end / start) ^ (1 / {years}) − 1", "ratio",
        lambda start, end: _quotient(end, start).root(years) - _ONE,
        name=Text("groei per jaar", "growth per year"), words=Text("begin, eind", "start, end"),
        of="end", percent=True, start=start, end=end,
    )  # fmt: skip


@by_cell
def change(before: Quantity, after: Quantity) -> Quantity:
    """Relative change, a ratio: after / before − 1."""
    return derive(
        "change", "after / before − 1", "ratio",
        lambda before, after: _quotient(after, before) - _ONE,
        name=Text("verandering", "change"), words=Text("ervoor, daarna", "before, after"),
        of="after", percent=True, before=before, after=after,
    )  # fmt: skip


@by_cell
def growth_factor(rate: Quantity) -> Quantity:
    """The growth factor of a growth rate in per cent, a ratio: 1 + rate / 100."""
    return derive(
        "growth_factor", "1 + rate / 100", "ratio", lambda rate: _ONE + rate / _HUNDRED,
        name=Text("groeifactor uit een percentage", "growth factor from a percentage"),
        words=Text("percentage", "rate"), rate=checked(rate).to("percent"),
    )  # fmt: skip


def yearly_change(series: pd.Series) -> pd.Series:
    """`change` from the year before, for a series of quantities indexed by year.

    A year whose predecessor is not in the series has no change (missing).
    """
    return change(series.reindex(series.index - 1).set_axis(series.index), series)


@by_cell
def share(part: Quantity, whole: Quantity) -> Quantity:
    """The share of a part in the whole, a ratio: part / whole."""
    return derive(
        "share", "part / whole", "ratio", lambda part, whole: _quotient(part, whole),
        name=Text("aandeel", "share"), words=Text("deel, geheel", "part, whole"),
        percent=True, part=part, whole=whole,
    )  # fmt: skip


def share_of_sum(part: Quantity, others: Sequence[Quantity]) -> Quantity:
    """The share of a part in the sum of itself and others, a ratio: 1 / (1 + others / part)."""
    return derive(
        "share_of_sum", "1 / (1 + others / part)", "ratio",
        lambda part, others: _ONE / (_ONE + _quotient(others, part)),
        name=Text("aandeel in een som", "share of a sum"),
        words=Text("deel, andere", "part, others"), percent=True, part=part, others=total(others),
    )  # fmt: skip


@by_cell
def implied_total(part: Quantity, share: Quantity) -> Quantity:
    """The whole that a part and its share in per cent imply: part / (share / 100)."""
    return derive(
        "implied_total", "part / (share / 100)", checked(part).unit,
        lambda part, share: _quotient(part, share / _HUNDRED),
        name=Text("totaal dat uit een aandeel volgt", "total implied by a share"),
        words=Text("deel, aandeel", "part, share"), alike=False,
        part=part, share=checked(share).to("percent"),
    )  # fmt: skip


@by_cell
def value_before(end: Quantity, factor: Quantity) -> Quantity:
    """The starting value that an end and a growth factor imply: end / factor."""
    return derive(
        "value_before", "end / factor", checked(end).unit,
        lambda end, factor: _quotient(end, factor),
        name=Text("beginwaarde", "starting value"), words=Text("eind, factor", "end, factor"),
        alike=False, end=end, factor=checked(factor).to("ratio"),
    )  # fmt: skip


@by_cell
def relative_growth(factor: Quantity, base_factor: Quantity) -> Quantity:
    """Growth relative to a base, a ratio: factor / base_factor; above 1, `factor` grew more."""
    return derive(
        "relative_growth", "factor / base_factor", "ratio",
        lambda factor, base_factor: _quotient(factor, base_factor),
        name=Text("groei ten opzichte van een andere", "growth relative to another"),
        words=Text("factor, factor elders", "factor, base factor"),
        factor=factor, base_factor=base_factor,
    )  # fmt: skip


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
    """
    base = checked(base_factor).to("ratio")
    words = Text("eind, factor, factor elders", "end, factor, base factor")
    made = functools.partial(
        derive, words=words, alike=False, end=end, factor=checked(factor).to("ratio")
    )
    return ShiftShare(
        made("shift_share_change", "end × (1 − 1 / factor)", checked(end).unit,
             lambda end, factor: end * (_ONE - _quotient(_ONE, factor)),
             name=Text("verandering in bedrag", "change in amount"),
             words=Text("eind, factor", "end, factor")),
        made("shift_share_base_effect", "(end / factor) × (base_factor − 1)", checked(end).unit,
             lambda end, factor, base_factor: _quotient(end, factor) * (base_factor - _ONE),
             name=Text("groei als elders", "growth as elsewhere"), base_factor=base),
        made("shift_share_differential", "end × (1 − base_factor / factor)", checked(end).unit,
             lambda end, factor, base_factor: end * (_ONE - _quotient(base_factor, factor)),
             name=Text("verschil met elders", "difference from elsewhere"), base_factor=base),
    )  # fmt: skip


def constant_prices(values: pd.Series, price_index: pd.Series, base_year: int) -> pd.Series:
    """Values indexed by year in the prices of `base_year`: value × index(base) / index(year);
    missing without a price index. Raises KeyError if the base year has none."""
    base, indices = price_index.loc[base_year], price_index.reindex(values.index)

    def priced(year: int, value: Quantity) -> Quantity:
        if year == base_year:
            return value
        return derive(
            "constant_prices", "value × base_index / index", checked(value).unit,
            lambda value, base_index, index: _quotient(value * base_index, index),
            name=Text("in constante prijzen", "in constant prices"),
            words=Text("waarde, indexcijfer basisjaar, indexcijfer", "value, base index, index"),
            alike=False, value=value, base_index=base, index=indices.loc[year],
        )  # fmt: skip

    found = [priced(year, value) for year, value in zip(values.index, values, strict=True)]
    return pd.Series(found, index=values.index, dtype="quantity")


def index_numbers(series: pd.Series, base_year: int) -> pd.Series:
    """The series, indexed by year, as index numbers: 100 in `base_year`, by definition."""
    base = series.loc[base_year]

    def number(year: int, value: Quantity) -> Quantity:
        if year == base_year:
            return derive(
                "index_base", "100", "index", lambda base: _HUNDRED, base=base,
                name=Text("indexcijfer, begin", "index number, base"), words=Text("basis", "base"),
            )  # fmt: skip
        return derive(
            "index_number", "100 × value / base", "index",
            lambda value, base: _quotient(_HUNDRED * value, base), value=value, base=base,
            name=Text("indexcijfer", "index number"), words=Text("waarde, basis", "value, base"),
        )  # fmt: skip

    found = [number(year, value) for year, value in zip(series.index, series, strict=True)]
    return pd.Series(found, index=series.index, dtype="quantity[index]")


@by_cell
def per_unit(value: Quantity, units: Quantity) -> Quantity:
    """Value per unit (per job, per project, per inhabitant): value / units."""
    return derive(
        "per_unit", "value / units", f"{checked(value).unit}/{checked(units).unit}",
        lambda value, units: _quotient(value, units),
        name=Text("per eenheid", "per unit"), words=Text("waarde, eenheden", "value, units"),
        alike=False, value=value, units=units,
    )  # fmt: skip


@by_cell
def implied_number(total: Quantity, per_head: Quantity) -> Quantity:
    """The number of persons that a total and an amount per head imply: total / per_head."""
    return derive(
        "implied_number", "total / per_head", "persons",
        lambda total, per_head: _quotient(total, per_head),
        name=Text("aantal dat uit twee bedragen volgt", "number implied by two amounts"),
        words=Text("totaal, per hoofd", "total, per head"),
        total=checked(total).to("EUR"), per_head=checked(per_head).to("EUR"),
    )  # fmt: skip


@by_cell
def complement(share: Quantity) -> Quantity:
    """The rest of the whole, a ratio: 1 − share."""
    return derive(
        "complement", "1 − share", "ratio", lambda share: _ONE - share,
        name=Text("de rest", "the rest"), words=Text("aandeel", "share"), percent=True,
        share=checked(share).to("ratio"),
    )  # fmt: skip


def _quotient(above: Interval, below: Interval) -> Interval:
    """The quotient; unknown if the divisor can't be above 0, as a ratio to it has no meaning."""
    return UNKNOWN if below.high is not None and below.high <= 0 else above / below
