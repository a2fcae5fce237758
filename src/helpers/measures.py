"""Measures: numbers from numbers. Pure: nothing is read, written or drawn here.

Unknown in, unknown out: a missing input gives NaN, never 0.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
import pandas as pd


def growth_ratio(start: float, end: float) -> float:
    """How many times as large: end / start. Raises ValueError when start is not positive."""
    return end / _positive(start, "start")


def annual_growth(start: float, end: float, years: float) -> float:
    """Compound annual growth rate (CAGR) as a fraction: (end / start) ** (1 / years) - 1.

    Source: Eurostat, Statistics Explained, glossary "Compound annual growth rate".
    """
    return growth_ratio(start, end) ** (1 / _positive(years, "years")) - 1


def yearly_change(series: pd.Series) -> pd.Series:
    """Change on the year before, as a fraction, of a series indexed by year.

    A year whose predecessor is not in the series has no change (NaN).
    """
    before = series.reindex(series.index - 1).to_numpy(dtype=float)
    return series.astype(float) / before - 1


def share(part: float, whole: float) -> float:
    """Part of the whole as a fraction. Raises ValueError when the whole is not positive."""
    return part / _positive(whole, "whole")


def implied_total(part: float, share_of_total: float) -> float:
    """The whole that a part and its stated share imply: part / share."""
    return part / _positive(share_of_total, "share_of_total")


def value_before(end: float, growth: float) -> float:
    """The starting value that an end and a stated growth (a fraction) imply: end / (1 + growth)."""
    return end / _positive(1 + growth, "1 + growth")


def ratio_of_ratios(start: float, end: float, base_start: float, base_end: float) -> float:
    """Growth relative to a base: (end / start) / (base_end / base_start).

    1 means that both grew alike; above 1 the first grew more.
    """
    return growth_ratio(start, end) / growth_ratio(base_start, base_end)


class ShiftShare(NamedTuple):
    """A change in two parts that add up to it, in the unit of the input."""

    change: float
    base_effect: float
    differential: float


def shift_share(start: float, end: float, base_start: float, base_end: float) -> ShiftShare:
    """Split a change into what growth at the base's rate would give, and the difference.

    base_effect = start * (base_end / base_start - 1); differential = change - base_effect.
    A description, not an explanation: the differential has no cause attached.

    Source: the two-term form of Dunn (1960), "A statistical and analytical technique for
    regional analysis", Papers of the Regional Science Association 6, 97-112.
    """
    change = end - start
    base_effect = start * (growth_ratio(base_start, base_end) - 1)
    return ShiftShare(change, base_effect, change - base_effect)


def constant_prices(values: pd.Series, price_index: pd.Series, base_year: int) -> pd.Series:
    """Values indexed by year in the prices of `base_year`: value * index[base] / index[year].

    A year without a price index is NaN. Raises KeyError when the base year has none.
    """
    base = price_index.loc[base_year]
    return values.astype(float) * base / price_index.reindex(values.index).astype(float)


def index_numbers(series: pd.Series, base_year: int) -> pd.Series:
    """The series, indexed by year, as index numbers: 100 in `base_year`."""
    return series.astype(float) / _positive(series.loc[base_year], f"value of {base_year}") * 100


def per_unit(value: float, units: float) -> float:
    """Value per unit (per job, per project, per inhabitant): value / units."""
    return value / _positive(units, "units")


class Gap(NamedTuple):
    """Years without an event between two years with one."""

    after: int
    before: int
    years: int


def gaps(years: pd.Series) -> list[Gap]:
    """The stretches without an event, in order, between the first year and the last."""
    present = sorted({int(year) for year in years.dropna()})
    pairs = itertools.pairwise(present)
    return [Gap(a, b, b - a - 1) for a, b in pairs if b - a > 1]


def alternates(going: pd.Series, coming: pd.Series, first: int, last: int) -> pd.DataFrame:
    """Each year from first to last against the rhythm "one year out, the next year in".

    Shape: one row per year: `year`, `outgoing` and `incoming` (counts), `pattern`: `outgoing`,
    `incoming`, `both` or `none`, and `fits`: whether the year has just one direction and the year
    before had just the other (the first year only needs one direction).
    """
    years = range(first, last + 1)
    frame = pd.DataFrame({"year": years})
    frame["outgoing"] = [int((going == year).sum()) for year in years]
    frame["incoming"] = [int((coming == year).sum()) for year in years]
    pair = [(out > 0, back > 0) for out, back in zip(frame.outgoing, frame.incoming, strict=True)]
    word = {
        (True, False): "outgoing",
        (False, True): "incoming",
        (True, True): "both",
        (False, False): "none",
    }
    frame["pattern"] = [word[p] for p in pair]
    other = frame.pattern.map({"outgoing": "incoming", "incoming": "outgoing"})
    frame["fits"] = other.notna() & (frame.pattern.shift() == other)
    frame.loc[0, "fits"] = other.notna()[0]
    return frame


def rank_range(low: pd.Series, high: pd.Series, name: str) -> tuple[int, int]:
    """The best and worst place, largest first, that `name` can have among ranges.

    low, high: bounds indexed by name; a missing bound is unbounded (0 below, infinity above).
    """
    low, high = low.fillna(0.0), high.fillna(np.inf)
    others = low.index != name
    certainly_above = (low[others] > high[name]).sum()
    possibly_above = (high[others] > low[name]).sum()
    return int(certainly_above) + 1, int(possibly_above) + 1


def _positive(value: float, name: str) -> float:
    if not pd.isna(value) and value <= 0:
        raise ValueError(f"{name} is {value}; a number above 0 is needed to divide by")
    return value
