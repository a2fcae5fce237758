"""Format a value in the current language: as plain text, or as HTML with its evidence id."""

from __future__ import annotations

import functools
import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from html import escape
from typing import NamedTuple

import pandas as pd

from .. import language
from ..errors import EvidenceError, Problem
from ..evidence.arithmetic import Quantity
from ..language import Text

ANY = "#,##0.###"  # the default number pattern


class _Spec(NamedTuple):
    """A parsed format specification: its kind (`number`, `raw`, `range`, `money` or `plural`) and
    a number pattern or, for `plural`, the singular and plural word (`visit|visits`)."""

    kind: str
    pattern: str = ""


@functools.cache
def read_spec(spec: str) -> _Spec:
    """Parse the format specification of a field (after its colon) or of a column.

    Raises ValueError for a specification that `written` does not list.
    """
    kind, blank, rest = spec.partition(" ")
    if kind == "plural":
        words = rest.split("|")
        if len(words) != 2 or not all(map(str.strip, words)):
            raise ValueError(f"{spec!r}; write both words, such as 'plural visit|visits'")
        return _Spec(kind, rest)
    if spec == "raw":
        return _Spec(spec)
    if kind in ("range", "money") and blank:
        language.read_pattern(rest)
        return _Spec(kind, rest)
    if blank or (len(spec) > 1 and spec.isalpha()):
        known = "a number pattern, 'raw', 'range 0.0', 'money 0.0' or 'plural visit|visits'"
        raise ValueError(f"{spec!r}; write {known}")
    language.read_pattern(spec or ANY)
    return _Spec("number", spec or ANY)


def written(value, spec: str = "") -> str:
    """A value as plain text.

    spec: of a quantity: a number pattern, `raw` for its text as printed, `range 0.0` for its
    bounds, `money 0.0` for an amount, `plural visit|visits` for the singular or plural word.
    Raises ValueError for an invalid specification; `EvidenceError` for a plain number, an empty
    list, or a specification that does not fit the value.
    """
    parsed = read_spec(spec)
    if isinstance(value, Quantity):
        if parsed.kind == "plural":
            count = 2 if value.value is None else float(value)  # unknown: 'unknown visits'
            return language.plural(count, *parsed.pattern.split("|"))
        return "–".join(text for _, text in _parts(value, parsed))
    if isinstance(value, (list, tuple)) and not isinstance(value, Text):
        if not value:
            expected = "items, or a sentence without the list"
            raise EvidenceError(Problem("a sentence or table", "an empty list", expected))
        return language.join([written(item, spec) for item in value])
    if language.is_missing(value):
        return language.text(language.UNKNOWN)
    if isinstance(value, (pd.Period, str, Text)):
        if spec:
            expected = "no pattern: words and dates are written as they are"
            found = f"{spec!r} for {value!r}"
            raise EvidenceError(Problem("a sentence or table", found, expected))
        return language.period(value) if isinstance(value, pd.Period) else language.text(value)
    remedy = "Give counts.count(frame) for rows, language.year for a year, Column(..., year=True)"
    expected = "a quantity, which says where it comes from"
    found = f"the plain value {value!r}"
    raise EvidenceError(Problem("a sentence or table", found, expected, remedy))


def marked(value, spec: str = "") -> str:
    """As `written`, but as HTML: a number as `<data>` with the id of its evidence, a period as
    `<time>`."""
    parsed = read_spec(spec)
    if isinstance(value, Quantity) and value.origin:
        if parsed.kind == "plural":
            return escape(written(value, spec))
        lang = getattr(value.origin, "lang", "") if parsed.kind == "raw" else ""
        foreign = language.foreign(lang)
        parts = [
            f'<data value="{number}" data-id="{value.id}"{foreign}>{escape(text)}</data>'
            for number, text in _parts(value, parsed)
        ]
        return "–".join(parts)
    if isinstance(value, pd.Period):
        words = written(value, spec)
        when = "" if words == str(value) else f' datetime="{value}"'
        return f"<time{when}>{escape(words)}</time>"
    if isinstance(value, (list, tuple)) and value and not isinstance(value, Text):
        return language.join([marked(item, spec) for item in value])
    text = written(value, spec)
    html = language.marked(value) if isinstance(value, Text) else escape(text)
    return f'<span class="value">{html}</span>'


def _parts(quantity: Quantity, parsed: _Spec) -> list[tuple[str, str]]:
    """The parts of a formatted quantity, two for a range: (machine-readable number, text)."""
    value = machine(quantity.value)
    if parsed.pattern.endswith("%") and quantity.unit != "ratio":  # 3.5 would be written as 350%
        found = f"the pattern {parsed.pattern!r} for {quantity.id} in {quantity.unit}"
        ways = "quantity.to('ratio')" if quantity.unit == "percent" else "a pattern without %"
        raise EvidenceError(Problem("a sentence or table", found, ways))
    if parsed.kind == "raw":
        if not quantity.raw:
            expected = "a number that was printed, as only that has a `raw` text"
            raise EvidenceError(Problem("a sentence or table", quantity.id, expected))
        return [(value, quantity.raw)]
    if parsed.kind == "money":
        return [(value, language.money(float(quantity), quantity.unit, parsed.pattern))]
    if parsed.kind == "number":
        return [(value, _number(quantity.value, parsed.pattern))]
    # Bounds are rounded outwards, so that the range shown contains the exact range.
    low, high = quantity.bounds.low, quantity.bounds.high
    least = _number(low, parsed.pattern, ROUND_FLOOR)
    most = _number(high, parsed.pattern, ROUND_CEILING)
    if not quantity.bounds.known:
        return [("", least)]
    if low is None:
        return [(machine(high), f"≤ {most}")]
    if high is None:
        return [(machine(low), f"≥ {least}")]
    ends = [(machine(low), least), (machine(high), most)]
    return ends[:1] if least == most else ends


def _number(number, pattern: str, rounding: str = ROUND_HALF_UP) -> str:
    return language.number(math.nan if number is None else float(number), pattern, rounding)


def machine(number) -> str:
    """A number in machine-readable form: decimal point, up to nine significant digits; an empty
    string when unknown."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else f"{float(number):.9g}"


def joined(between: str | Text, *parts: Text) -> Text:
    """Texts as one, in each language that all of them have; if there is none, each part is in the
    first language that it has."""
    rows, between = list(zip(*parts, strict=True)), _same(between)
    if any(map(all, rows)):
        return Text(
            *(b.join(row) if all(row) else "" for b, row in zip(between, rows, strict=True))
        )
    first = [next(iter(language.given(part).values()), "") for part in parts]
    filled = ([own or other for own, other in zip(row, first, strict=True)] for row in rows)
    return Text(*(b.join(row) for b, row in zip(between, filled, strict=True)))


def _same(words: str | Text) -> Text:
    return words if isinstance(words, Text) else Text.same(words)
