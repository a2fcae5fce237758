"""A table as CSV text (RFC 4180) for spreadsheets and programs, in the current language."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from .. import language
from ..evidence.quantities import Quantity
from ..language import Text
from . import html_tables, value_format
from .html_tables import Column

EVIDENCE = Text("nummer in het register", "number in the register")
LOW, HIGH = Text("ondergrens", "lower bound"), Text("bovengrens", "upper bound")
# What a spreadsheet takes for the start of a formula (OWASP, CSV injection), wide forms too; and
# for the end of a cell, where it reads semicolons or tabs for commas, whatever quotes stand there.
_FORMULA = re.compile(
    r"\A(?=[ \xa0]*[=+\-@＝＋－＠\t\r\n\0])" r'|(?<=[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠])'
)


def csv_text(frame: pd.DataFrame, columns: Mapping[str, Column]) -> str:
    """The named columns of a frame: numbers to nine digits, each followed by the id of its evidence
    (a range by neither: its number stands beside it).

    Numbers have a point and no thousands sign, whatever the language. Unknown is an empty cell. A
    text that a spreadsheet would run as a formula gets an apostrophe before that; a number never.
    """
    records = frame.to_dict("records")
    parts = []
    for name, column in columns.items():
        values = [html_tables.cell(record, name) for record in records]
        parts.append(_numbers(values, column) if _bound(values) else _words(values, column))
    out = io.StringIO()
    lines = zip(*itertools.chain.from_iterable(parts), strict=True)
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def _bound(values: Sequence) -> bool:
    return any(isinstance(value, Quantity) for value in values)


def _numbers(values: Sequence, column: Column) -> list[list[str]]:
    """A number and the id of its evidence, or both bounds: a column of cells for each."""
    known = [value if isinstance(value, Quantity) else None for value in values]
    label = language.text(column.label)
    if column.pattern.startswith("range "):
        ends = [None if q is None else q.bounds for q in known]
        low = [value_format.machine(None if end is None else end.low) for end in ends]
        high = [value_format.machine(None if end is None else end.high) for end in ends]
        names = (f"{label}, {language.text(name)}" for name in (LOW, HIGH))
        return [[_text(name), *cells] for name, cells in zip(names, (low, high), strict=True)]
    numbers = [value_format.machine(None if q is None else q.value) for q in known]
    ids = ["" if q is None else _text(q.id) for q in known]
    return [[_text(label), *numbers], [_text(f"{label}: {language.text(EVIDENCE)}"), *ids]]


def _words(values: Sequence, column: Column) -> list[list[str]]:
    return [[_text(language.text(column.label)), *(_word(value, column) for value in values)]]


def _word(value, column: Column) -> str:
    if language.is_missing(value):
        return ""
    if column.names:
        return _text(language.text(column.names[str(value)]))
    if isinstance(value, pd.Period):
        return str(value)
    return str(int(value)) if column.year else _text(value_format.written(value))


def _text(words: str) -> str:
    return _FORMULA.sub("'", words)
