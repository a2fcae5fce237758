"""Parses the header and the cells of a table strictly, by the names and types of its columns.

Nothing is coerced. What pandas would accept silently (`NA` as missing, `007` as 7, `inf` as a
number, `1,5` as text) is refused with a message that gives the valid notation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from ..errors import quoted
from ..files.folders import FILE
from ..files.hidden_characters import SEEN, unseen
from ..limits import CELL_CHARACTERS
from . import number_advice

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # in a column with a `pattern`
PERIOD = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")

# What spreadsheets and libraries write for a missing value. Here a missing value is an empty cell,
# so that nobody has to guess whether `NA` is a value.
_MISSING = {"na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", "inf", "-inf"}
# At most 18 digits, which fit in 64 bits: a longer number is a typing error.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_EXACT_LENGTH = 15  # up to this length, a float keeps every digit


class Unreadable(ValueError):
    """The text of a cell is invalid in its column. The message describes what is valid."""


def read(text: str, field: Mapping) -> object:
    """Parse the text of one cell by its field in the descriptor; an empty cell is `None`.

    Raises `Unreadable` for text that is invalid.
    """
    rules = field.get("constraints", {})
    if len(text) > CELL_CHARACTERS:
        raise Unreadable(f"at most {CELL_CHARACTERS:,} characters, not {len(text):,}")
    if text == "":
        if rules.get("required"):
            raise Unreadable("a value, which is required here")
        return None
    if text != text.strip():
        raise Unreadable("no spaces before or after the value")
    if text.lower() in _MISSING:
        raise Unreadable("an empty cell when the value is unknown")
    value = _READERS[field["type"]](text, field)
    for rule, (broken, right) in _RULES.items():
        if rule in rules and broken(text, value, rules[rule]):
            limit = ", ".join(rules[rule]) if rule == "enum" else rules[rule]
            whose = "categories" if rule == "enum" and "categories" in field else rule
            where = f"the `{whose}` of {field.get('name', 'the column')} in {FILE}"
            raise Unreadable(f"{right.format(limit, len(text))}, {where}")
    return value


def column(values: list, field: Mapping) -> pd.Series:
    """A series of parsed cells, with the dtype for their field in the descriptor."""
    rules = field.get("constraints", {})
    if field.get("period"):
        return pd.Series([pd.NaT if v is None else v for v in values], dtype="object")
    if "enum" in rules:
        return pd.Series(pd.Categorical(values, categories=rules["enum"]))
    return pd.Series(values, dtype=_DTYPES[field["type"]])


def _integer(text: str, field: Mapping) -> int:
    if not _INTEGER.fullmatch(text):
        raise Unreadable(number_advice.advice(text, whole=True))
    return int(text)


def _number(text: str, field: Mapping) -> float:
    if not _NUMBER.fullmatch(text):
        raise Unreadable(number_advice.advice(text, whole=False))
    if len(text) > _EXACT_LENGTH and Decimal(text) != Decimal(repr(float(text))):
        raise Unreadable(f"no more digits than a float keeps: {float(text)!r}")
    return float(text)


def _boolean(text: str, field: Mapping) -> bool:
    if text not in {"true", "false"}:
        raise Unreadable("true or false")
    return text == "true"


def _string(text: str, field: Mapping) -> object:
    if found := unseen(text):
        raise Unreadable(f"{SEEN} (here {found})")
    if field.get("period") or ("pattern" in field.get("constraints", {}) and _DAY.fullmatch(text)):
        value = _period(text)
        return value if field.get("period") else text
    if field.get("regex"):
        try:
            re.compile(text)
        except (re.error, OverflowError) as error:
            raise Unreadable(f"a regular expression ({error})") from None
    return text


def _period(text: str) -> pd.Period:
    if not PERIOD.fullmatch(text):
        raise Unreadable("a year, month or day as 2017, 2017-11 or 2017-11-09")
    try:
        return pd.Period(text, freq={4: "Y", 7: "M", 10: "D"}[len(text)])
    except ValueError:
        raise Unreadable("a day that the calendar has") from None


_DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "string": "str"}
_READERS = {"integer": _integer, "number": _number, "boolean": _boolean, "string": _string}
TYPES = frozenset(_READERS)


# By constraint: whether a cell (its text and value) breaks it, and what the message expects.
_RULES = {
    "enum": (lambda text, value, words: text not in words, "one of {}"),
    "minimum": (lambda text, value, least: value < least, "at least {}"),
    "maximum": (lambda text, value, most: value > most, "at most {}"),
    "exclusiveMinimum": (lambda text, value, bound: value <= bound, "more than {}"),
    "exclusiveMaximum": (lambda text, value, bound: value >= bound, "less than {}"),
    "minLength": (lambda text, value, least: len(text) < least, "at least {} characters, not {}"),
    "maxLength": (lambda text, value, most: len(text) > most, "at most {} characters, not {}"),
    "pattern": (lambda text, value, form: not re.fullmatch(form, text), "text of the form {}"),
}  # fmt: skip


_WRONG_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}  # instead of commas


def header_faults(header: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Problems of a header: found, expected, and the column, empty for the whole row."""
    if len(header) == 1 < len(wanted):
        for separator, name in _WRONG_SEPARATORS.items():
            if sorted(header[0].split(separator)) == sorted(wanted):
                yield f"{name} between the columns", "commas, in every row", ""
                return
    for name, times in sorted(Counter(header).items()):
        shown = quoted(name)
        if times > 1:
            yield f"column {shown} {times} times", "each column once", shown[1:-1]
        if name not in wanted:
            expected = f"one of {', '.join(wanted)}, or describe it in {FILE}"
            yield f"column {shown}", expected, shown[1:-1]
    for name in wanted:
        if name not in header:
            yield "no such column", f"the columns {', '.join(wanted)}", name
    if sorted(header) == sorted(wanted) and list(header) != list(wanted):
        yield ", ".join(header), f"the order {', '.join(wanted)}", ""
