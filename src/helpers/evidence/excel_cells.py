"""`frame.to_excel` writes a quantity as its number, by pandas' own writer of .xlsx files."""

from __future__ import annotations

from pandas.io.excel import register_writer  # type: ignore[attr-defined]  # not in the stubs
from pandas.io.excel._openpyxl import OpenpyxlWriter

from .arithmetic import Quantity


class NumberWriter(OpenpyxlWriter):
    """The writer `openpyxl`, which would write what it does not know as text."""

    def _value_with_fmt(self, val):
        return super()._value_with_fmt(float(val) if isinstance(val, Quantity) else val)


register_writer(NumberWriter)
