"""A value as each language writes it: as text, or as HTML that is bound to its evidence."""

from __future__ import annotations

import functools
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from html import escape
from typing import NamedTuple

import pandas as pd

from .. import language
from ..errors import EvidenceError, Problem
from ..evidence.quantities import Quantity
from ..language import Text

ANY = "#,##0.###"  # the pattern of a number for which none is given


class _Form(NamedTuple):
    """How a quantity is written: `number`, `raw`, `range`, `money` or `plural`, with a number
    pattern or, for `plural`, the words for one and for more."""

    kind: str
    pattern: str = ""
    forms: tuple[str, ...] = ()


@functools.cache
def form(spec: str) -> _Form:
    """What stands behind the colon of a field, or is the pattern of a column.

    Raises ValueError for anything but the forms that `written` lists.
    """
    kind, blank, rest = spec.partition(" ")
    if kind == "plural":
        forms = tuple(rest.split("|"))
        if len(forms) != 2 or not all(map(str.strip, forms)):
            raise ValueError(f"{spec!r}; write both words, such as 'plural visit|visits'")
        return _Form(kind, forms=forms)
    if spec == "raw":
        return _Form(spec)
    if kind in ("range", "money") and blank:
        language.read_pattern(rest)
        return _Form(kind, rest)
    if blank or (len(spec) > 1 and spec.isalpha()):
        known = "a number pattern, 'raw', 'range 0.0', 'money 0.0' or 'plural visit|visits'"
        raise ValueError(f"{spec!r}; write {known}")
    language.read_pattern(spec or ANY)
    return _Form("number", spec or ANY)


def written(value, spec: str = "") -> str:
    """A value as plain text: a quantity by its pattern, `raw` as printed, `range 0.0` its bounds,
    `money 0.0` as an amount, `plural visit|visits` as the word that goes with it.

    Raises `EvidenceError` for a plain number, or a text with a figure in it.
    """
    how = form(spec)
    if isinstance(value, Quantity):
        if how.kind == "plural":
            count = 2 if value.value is None else float(value)  # unknown: 'unknown visits'
            return language.plural(count, *how.forms)
        return "–".join(text for _, text in _parts(value, how))
    if isinstance(value, (list, tuple)) and not isinstance(value, Text):
        if not value:
            expected = "items, or a sentence without the list"
            raise EvidenceError(Problem("a sentence or table", "an empty list", expected))
        return language.join([written(item, spec) for item in value])
    if language.is_missing(value):
        return language.text(language.UNKNOWN)
    if isinstance(value, (pd.Period, str, Text)):
        _bare(value, spec)
        return language.period(value) if isinstance(value, pd.Period) else language.text(value)
    remedy = "Give counts.count(frame) for rows, language.year for a year, Column(..., year=True)"
    expected = "a quantity, which says where it comes from"
    found = f"the plain value {value!r}"
    raise EvidenceError(Problem("a sentence or table", found, expected, remedy))


def marked(value, spec: str = "") -> str:
    """The same as HTML: numbers as `<data>` with the id of their evidence, dates as `<time>`."""
    how = form(spec)
    if isinstance(value, Quantity):
        if how.kind == "plural":
            return escape(written(value, spec))
        lang = getattr(value.origin, "lang", "") if how.kind == "raw" else ""
        foreign = language.foreign(lang)
        parts = [
            f'<data value="{number}" data-id="{value.id}"{foreign}>{escape(text)}</data>'
            for number, text in _parts(value, how)
        ]
        return "–".join(parts)
    if isinstance(value, pd.Period):
        words = written(value, spec)
        when = "" if words == str(value) else f' datetime="{value}"'
        return f"<time{when}>{escape(words)}</time>"
    if isinstance(value, (list, tuple)) and value and not isinstance(value, Text):
        return language.join([marked(item, spec) for item in value])
    return f'<span class="value">{escape(written(value, spec))}</span>'


def _bare(value, spec: str) -> None:
    """Refuse a pattern where it would do nothing."""
    if spec:
        expected = "no pattern: words and dates are written as they are"
        raise EvidenceError(Problem("a sentence or table", f"{spec!r} for {value!r}", expected))


def _parts(quantity: Quantity, how: _Form) -> list[tuple[str, str]]:
    """What is written of a quantity, each with the number that it says."""
    value = machine(quantity.value)
    if how.pattern.endswith("%") and quantity.unit != "ratio":  # 3.5 would be written as 350%
        found = f"the pattern {how.pattern!r} for {quantity.id} in {quantity.unit}"
        ways = "quantity.to('ratio')" if quantity.unit == "percent" else "a pattern without %"
        raise EvidenceError(Problem("a sentence or table", found, ways))
    if how.kind == "raw":
        if not quantity.raw:
            expected = "a number that was printed, for its words"
            raise EvidenceError(Problem("a sentence or table", quantity.id, expected))
        return [(value, quantity.raw)]
    if how.kind == "money":
        amount = None if quantity.value is None else float(quantity.value)
        return [(value, language.money(amount, quantity.unit, how.pattern))]
    if how.kind == "number":
        return [(value, _figure(quantity.value, how.pattern))]
    # Ends are rounded outwards: what is written holds the whole range.
    low, high = quantity.bounds.low, quantity.bounds.high
    least, most = (
        _figure(end, how.pattern, way) for end, way in ((low, ROUND_FLOOR), (high, ROUND_CEILING))
    )
    if not quantity.bounds.known:
        return [("", least)]
    if low is None:
        return [(machine(high), f"≤ {most}")]
    if high is None:
        return [(machine(low), f"≥ {least}")]
    ends = [(machine(low), least), (machine(high), most)]
    return ends[:1] if least == most else ends


def _figure(number, pattern: str, rounding: str = ROUND_HALF_UP) -> str:
    return language.number(None if number is None else float(number), pattern, rounding)


def machine(number) -> str:
    """A number for programs to read: a point, nine digits at most; empty when unknown."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else f"{float(number):.9g}"
