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
_NUMBER = re.compile(
    r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-][0-9]+)?"
)  # as `value_format.machine` writes one
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\Z)')


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


def rows(text: str) -> list[list[str]]:
    """The cells of a text as `csv_text` writes it, row by row.

    Raises `ValueError` where the text is another kind of CSV, which readers could read differently:
    a quote inside a cell without quotes, a row that another sign ends, one of another length.
    """
    found: list[list[str]] = [[]]
    place = 0
    while place < len(text):
        cell = _CELL.match(text, place)
        if not cell:
            raise ValueError(f"{text[place : place + 30]!r} in row {len(found)}")
        found[-1].append(cell[2] if cell[1] is None else cell[1].replace('""', '"'))
        place = cell.end()
        if cell[3] == "," and place == len(text):
            found[-1].append("")
        if cell[3] == "\r\n" and place < len(text):
            found.append([])
    for number, row in enumerate(found, 1):
        if len(row) != len(found[0]):
            told = f"{len(row)} cells in row {number}, after {len(found[0])} in the first"
            raise ValueError(told)
    return found


def live(cell: str) -> bool:
    """Whether a spreadsheet would run a cell: a formula that `csv_text` would have defused."""
    return bool(_FORMULA.search(cell)) and not _NUMBER.fullmatch(cell)


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
