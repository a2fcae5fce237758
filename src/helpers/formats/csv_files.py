"""A table as CSV text (RFC 4180) for spreadsheets and programs, in the current language."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from .. import language
from ..evidence.arithmetic import Quantity
from ..messages import _
from . import html_tables, value_format
from .html_tables import Column

EVIDENCE = _("number in the register")
LOW, HIGH = _("lower bound"), _("upper bound")
# The start of a formula in a spreadsheet (OWASP, CSV injection), full-width characters included: at
# the start of a text, and after a semicolon, tab or line end, which some spreadsheets take for the
# end of a cell, even inside quotes.
_FORMULA = re.compile(
    r"\A(?=[ \xa0]*[=+\-@＝＋－＠\t\r\n\0])" r'|(?<=[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠])'
)


def csv_text(frame: pd.DataFrame, columns: Mapping[str, Column]) -> str:
    """The named columns of a frame as CSV.

    A column of quantities becomes two: the number, to nine digits, and the id of its evidence; a
    column of ranges becomes the lower and the upper bound. Numbers have a decimal point and no
    thousands separator in every language; an unknown one is an empty cell. A text that a
    spreadsheet would run as a formula is escaped with an apostrophe.
    """
    records = list(html_tables.rows(frame))
    parts = []
    for name, column in columns.items():
        values = [html_tables.cell(record, name) for record in records]
        if any(isinstance(value, Quantity) for value in values):
            parts.append(_number_columns(values, column))
        else:
            cells = [_text_cell(value, column) for value in values]
            parts.append([[_escaped(language.text(column.label)), *cells]])
    out = io.StringIO()
    lines = zip(*itertools.chain.from_iterable(parts), strict=True)
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def _number_columns(values: Sequence, column: Column) -> list[list[str]]:
    """Two columns of cells, each with its header: the numbers and their ids, or both bounds."""
    known = [value if isinstance(value, Quantity) else None for value in values]
    label = language.text(column.label)
    if column.pattern.startswith("range "):
        ends = [None if q is None else q.bounds for q in known]
        low = [value_format.machine(None if end is None else end.low) for end in ends]
        high = [value_format.machine(None if end is None else end.high) for end in ends]
        names = (f"{label}, {language.text(name)}" for name in (LOW, HIGH))
        return [[_escaped(name), *cells] for name, cells in zip(names, (low, high), strict=True)]
    numbers = [value_format.machine(None if q is None else q.value) for q in known]
    ids = ["" if q is None else _escaped(q.id) for q in known]
    return [
        [_escaped(label), *numbers],
        [_escaped(language.labelled(label, language.text(EVIDENCE))), *ids],
    ]


def _text_cell(value, column: Column) -> str:
    if language.is_missing(value):
        return ""
    if column.names:
        return _escaped(language.text(column.names[str(value)]))
    if isinstance(value, pd.Period):
        return str(value)
    return str(int(value)) if column.year else _escaped(value_format.written(value))


def _escaped(words: str) -> str:
    return _FORMULA.sub("'", words)
