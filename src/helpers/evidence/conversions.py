"""Quantities in another unit, for notebooks that show numbers of different scales together."""

from __future__ import annotations

import pandas as pd

from ..language import is_missing
from ..messages import _
from .arithmetic import Quantity, derive
from .array import QuantityDtype
from .units import NO_CURRENCY


def in_unit(values: pd.Series, unit: str) -> pd.Series:
    """A series of quantities, converted to another unit of their scale; missing values are kept.

    >>> measures.in_unit(values, "EUR_k").loc[2016]
    8200 EUR_k, 8150 to 8250 (foreign_investment.2016)
    """
    return values.astype(QuantityDtype(unit))


def as_euros(quantity: Quantity) -> Quantity:
    """An amount printed without a currency, read as euros; any other quantity unchanged.

    >>> measures.as_euros(exports)
    12000000 EUR, 12000000 to 12500000 (trade-01)
    """
    if is_missing(quantity) or quantity.unit != NO_CURRENCY:
        return quantity
    return derive(
        "as_euros", _("amount, read as euros"), "EUR",
        lambda amount: amount,
        name=_("amount, read as euros", "chosen"),
        words=_("amount"), amount=quantity,
    )  # fmt: skip


def in_millions(quantity: Quantity) -> Quantity:
    """An amount of a million euros or more in millions of euros; any other quantity unchanged.

    >>> measures.in_millions(exports)
    12 EUR_m, 12 to 12.5 (trade-01)
    """
    large = not is_missing(quantity) and quantity.unit == "EUR" and float(quantity) >= 1e6
    return quantity.to("EUR_m") if large else quantity
