"""Measures: quantities computed from quantities, each with its formula. No function reads a file.

A missing input gives a missing quantity, never 0; a divisor that can't be above 0 gives one without
value and bounds. Of columns a measure gives a column, cell by cell. A formula uses an input once,
or the range would be too wide. A new measure is a function here that calls `derive`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .evidence.arithmetic import Quantity, checked, derive, total
from .evidence.by_cell import by_cell
from .evidence.conversions import as_euros, in_millions, in_unit
from .evidence.intervals import exactly
from .messages import _
from .year_series import ShiftShare, constant_prices, index_numbers, quotient, shift_share

__all__ = [
    "ShiftShare", "annual_growth", "as_euros", "change", "complement", "constant_prices",
    "growth_factor", "growth_ratio", "implied_total", "in_millions", "in_unit",
    "index_numbers", "per_unit", "relative_growth", "share", "share_of_sum", "shift_share",
    "total", "value_before", "yearly_change",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports

_ONE, _HUNDRED = exactly(1), exactly(100)


@by_cell
def growth_ratio(start: Quantity, end: Quantity) -> Quantity:
    """Growth ratio: end / start, a ratio.

    >>> measures.growth_ratio(earlier, exports)
    1.5 ratio, ... (growth_ratio-...)
    """
    return derive(
        "growth_ratio", "end / start", "ratio", lambda start, end: quotient(end, start),
        name=_("growth factor"), words=_("start, end"),
        of="end", start=start, end=end,
    )  # fmt: skip


@by_cell
def annual_growth(start: Quantity, end: Quantity, years: int) -> Quantity:
    """Compound annual growth rate (CAGR), a ratio: (end / start) ^ (1 / years) − 1.

    Source: Eurostat, Statistics Explained, glossary "Compound annual growth rate".

    >>> measures.annual_growth(earlier, exports, years=1)
    0.5 ratio, ... (annual_growth-...)
    """
    if years < 1:
        raise ValueError(f"growth over {years} years; a whole number of 1 or more")
    return derive(
        "annual_growth", f"(end / start) ^ (1 / {years}) − 1", "ratio",
        lambda start, end: quotient(end, start).root(years) - _ONE,
        name=_("growth per year"), words=_("start, end"),
        of="end", percent=True, start=start, end=end,
    )  # fmt: skip


@by_cell
def change(before: Quantity, after: Quantity) -> Quantity:
    """Relative change, a ratio: after / before − 1.

    >>> measures.change(earlier, exports)
    0.5 ratio, ... (change-...)
    """
    return derive(
        "change", "after / before − 1", "ratio",
        lambda before, after: quotient(after, before) - _ONE,
        name=_("change"), words=_("before, after"),
        of="after", percent=True, before=before, after=after,
    )  # fmt: skip


@by_cell
def growth_factor(rate: Quantity) -> Quantity:
    """The growth factor of a growth rate in per cent, a ratio: 1 + rate / 100.

    >>> measures.growth_factor(measures.change(earlier, exports).to("percent"))
    1.5 ratio, ... (growth_factor-...)
    """
    return derive(
        "growth_factor", "1 + rate / 100", "ratio", lambda rate: _ONE + rate / _HUNDRED,
        name=_("growth factor from a percentage"),
        words=_("rate"), rate=checked(rate).to("percent"),
    )  # fmt: skip


def yearly_change(series: pd.Series) -> pd.Series:
    """`change` from the year before, for a series of quantities indexed by year.

    A year whose predecessor is not in the series has no change (missing).

    >>> measures.yearly_change(values).loc[2017]
    0.5 ratio, ... (change-...)
    """
    return change(series.reindex(series.index - 1).set_axis(series.index), series)


@by_cell
def share(part: Quantity, whole: Quantity) -> Quantity:
    """The share of a part in the whole, a ratio: part / whole.

    >>> measures.share(earlier, exports)
    0.666667 ratio, ... (share-...)
    """
    return derive(
        "share", "part / whole", "ratio", lambda part, whole: quotient(part, whole),
        name=_("share"), words=_("part, whole"),
        percent=True, part=part, whole=whole,
    )  # fmt: skip


def share_of_sum(part: Quantity, others: Sequence[Quantity]) -> Quantity:
    """The share of a part in the sum of itself and others, a ratio: 1 / (1 + others / part).

    >>> measures.share_of_sum(earlier, [exports])
    0.4 ratio, ... (share_of_sum-...)
    """
    return derive(
        "share_of_sum", "1 / (1 + others / part)", "ratio",
        lambda part, others: _ONE / (_ONE + quotient(others, part)),
        name=_("share of a sum"),
        words=_("part, others"), percent=True, part=part, others=total(others),
    )  # fmt: skip


@by_cell
def implied_total(part: Quantity, share: Quantity) -> Quantity:
    """The whole that a part and its share in per cent imply: part / (share / 100).

    >>> measures.implied_total(earlier, measures.share(earlier, exports).to("percent"))
    12000000 EUR, ... (implied_total-...)
    """
    return derive(
        "implied_total", "part / (share / 100)", checked(part).unit,
        lambda part, share: quotient(part, share / _HUNDRED),
        name=_("total implied by a share"),
        words=_("part, share"), alike=False,
        part=part, share=checked(share).to("percent"),
    )  # fmt: skip


@by_cell
def value_before(end: Quantity, factor: Quantity) -> Quantity:
    """The starting value that an end and a growth factor imply: end / factor.

    >>> measures.value_before(exports, measures.growth_ratio(earlier, exports))
    8000000 EUR, ... (value_before-...)
    """
    return derive(
        "value_before", "end / factor", checked(end).unit,
        lambda end, factor: quotient(end, factor),
        name=_("starting value"), words=_("end, factor"),
        alike=False, end=end, factor=checked(factor).to("ratio"),
    )  # fmt: skip


@by_cell
def relative_growth(factor: Quantity, base_factor: Quantity) -> Quantity:
    """Growth relative to a base, a ratio: factor / base_factor; above 1, `factor` grew more.

    >>> growth = measures.growth_ratio(earlier, exports)
    >>> measures.relative_growth(growth, measures.growth_ratio(earlier, imports))
    1.09091 ratio, ... (relative_growth-...)
    """
    return derive(
        "relative_growth", "factor / base_factor", "ratio",
        lambda factor, base_factor: quotient(factor, base_factor),
        name=_("growth relative to another"),
        words=_("factor, base factor"),
        factor=factor, base_factor=base_factor,
    )  # fmt: skip


@by_cell
def per_unit(value: Quantity, units: Quantity) -> Quantity:
    """Value per unit (per job, per project, per inhabitant): value / units.

    >>> measures.per_unit(exports, projects)
    4000000 EUR/projects, ... (per_unit-...)
    """
    return derive(
        "per_unit", "value / units", f"{checked(value).unit}/{checked(units).unit}",
        lambda value, units: quotient(value, units),
        name=_("per unit"), words=_("value, units"),
        alike=False, value=value, units=units,
    )  # fmt: skip


@by_cell
def complement(share: Quantity) -> Quantity:
    """The rest of the whole, a ratio: 1 − share.

    >>> measures.complement(measures.share(earlier, exports))
    0.333333 ratio, ... (complement-...)
    """
    return derive(
        "complement", "1 − share", "ratio", lambda share: _ONE - share,
        name=_("the rest"), words=_("share"), percent=True,
        share=checked(share).to("ratio"),
    )  # fmt: skip
