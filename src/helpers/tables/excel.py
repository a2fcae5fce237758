"""Quantities as numbers in Excel files: pandas would write their texts, as it knows only its own
kinds of numbers in a cell."""

from __future__ import annotations

import math

from pandas.io.excel import register_writer  # type: ignore[attr-defined]  # the stubs lack it
from pandas.io.excel._openpyxl import OpenpyxlWriter

from ..evidence.quantities import Quantity


class QuantityWriter(OpenpyxlWriter):
    """The writer of `to_excel` for files that end in .xlsx, a quantity as its value; empty when
    unknown or missing."""

    def _value_with_fmt(self, val):
        if isinstance(val, Quantity):
            val = "" if math.isnan(number := float(val)) else number
        return super()._value_with_fmt(val)


def use() -> None:
    """Have pandas write Excel files so."""
    register_writer(QuantityWriter)
