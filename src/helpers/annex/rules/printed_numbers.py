"""Parse every number shown on a page and compare it with the value in its `<data>` element.

Deliberately shares no code with the formatting of numbers (`language`, `amounts`,
`formats.value_format`), so that a bug there stops the build instead of reaching a page.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import number_texts
from .html_rules import ancestors, value_of

_JOINED = re.compile(r"\d[.,]?<>|(?:^|[\s(])[-−]<>|<>[.,]?\d")  # digit or sign next to the element
_UNIT_SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9}  # scale by the end of a unit's name: EUR_m
_PERCENT = Fraction(1, 100)
_BOUNDS = ("value", "low", "high")  # the numbers of a record
_EXPECTED = "the value of its <data>, formatted in the language of the page"


def faults(tree: LexborHTMLParser, records: Mapping[str, Mapping]) -> Iterator[tuple[str, str]]:
    """Every `<data>` of a page whose text does not match its value: (found, expected).

    A text is parsed in the language of its element. It may differ from the value by half a unit of
    its last digit; a bound of a range by less than one unit, outwards. Multiplied by the scale next
    to it or in its column header (million, per cent, €) it must equal the evidence, and a currency
    must be that of the evidence. A text printed
    in the evaluation must be that of its row.

    records: of the evidence (`trail.record`), by id.
    """
    langs = {
        node.mem_id: lang
        for outer in tree.css("[lang]")  # an inner one after those that it is in
        if (lang := value_of(outer, "lang"))
        for node in outer.css("data")
    }
    headers = _column_headers(tree)
    for node in tree.css("data"):
        text, value = _plain(node.text()), value_of(node, "value")
        record = _evidence(node, records)
        printed = _printed(record, records)
        if printed and text == _plain(printed):
            continue
        before, after = _adjacent(node, after=False), _adjacent(node, after=True)
        known = (record.get("unit", "ratio"), *map(record.get, _BOUNDS)) if record else None
        lang = langs.get(node.mem_id, "")
        within = (headers.get(each.mem_id) for each in ancestors(node)) if headers else ()
        header = next(filter(None, within), "")
        if not _is_right(text, value, before, after, header, known, lang):
            shown = f"{before[-2:]}{text}{after[:12]}".strip()
            yield f"{shown!r} for {value or 'an unknown number'}", _EXPECTED


@functools.lru_cache(maxsize=8192)
def _is_right(
    text: str,
    value: str,
    before: str,
    after: str,
    header: str,
    known: tuple | None,
    lang: str,
) -> bool:
    """Whether a text, with what stands beside it and in its column header, says its number.

    known: unit, value and bounds by the record of its evidence; `None` without one."""
    if value == "":
        return text == number_texts.unknown(lang)
    side = -1 if after[:1] == "–" else int(before[-1:] == "–")
    money = _money(text, before, after, lang)
    scale, unit = _scale(text, header, after, money, lang), known[0] if known else "ratio"
    percent = "%" in text or scale == _PERCENT
    return (
        not _JOINED.search(f"{before}<>{after}")
        and (not percent or unit in ("ratio", "percent"))
        and (money is None or unit[:3] in money)
        and _agrees(text, value, side, scale, known, lang)
    )


def _numbers(unit: str, *numbers: float | None) -> Iterator[Fraction]:
    """The value and bounds of a record, in units of scale 1 (euros, ratios)."""
    name = unit.split("/")[0]
    scale = _PERCENT if name == "percent" else _UNIT_SCALES.get(name.rpartition("_")[2], 1)
    return (_exact(str(number)) * scale for number in numbers if number is not None)


@functools.lru_cache(maxsize=8192)
def _exact(digits: str) -> Fraction:
    return Fraction(Decimal(digits))  # which reads a text faster than a fraction does


def _money(text: str, before: str, after: str, lang: str) -> frozenset[str] | None:
    """The codes of the currency that a number is in, by its text or what stands next to it."""
    read = number_texts.read(_bare(text), lang)
    if read is not None and read.money is not None:
        return read.money
    return number_texts.money_beside(before, after, lang)


def _scale(
    text: str, header: str, after: str, money: frozenset[str] | None, lang: str
) -> Fraction | None:
    """The scale of a number by the words next to it or in its column header; `None` without one."""
    if (scale := number_texts.scale_after(after, lang)) is not None:
        return scale
    if money is not None:
        return Fraction(1)
    above = number_texts.scales_above(header, lang)
    return next(iter(above)) if len(above) == 1 and "%" not in text else None


@functools.lru_cache(maxsize=8192)
def _agrees(
    text: str,
    value: str,
    side: int,
    scale: Fraction | None,
    known: tuple | None,
    lang: str,
) -> bool:
    """Whether a text matches the number `value` and, with a scale, one of the numbers of `known`.

    side: -1 for the lower bound of a range, 1 for the upper one, 0 for a single number."""
    side = {"≤ ": 1, "≥ ": -1}.get(text[:2], side)
    read = number_texts.read(_bare(text), lang)
    if read is None:
        return False
    number, digit, scaled, _ = read
    numbers = _numbers(*known) if known else ()
    if scaled and known:
        return any(_rounded(number, each, digit, side) for each in numbers)
    return _rounded(number, _exact(value), digit, side) and (
        scale is None
        or any(_rounded(number * scale, each, digit * scale, side) for each in numbers)
    )


def _rounded(shown: Fraction, number: Fraction, digit: Fraction, side: int) -> bool:
    """Whether a number can be shown so, rounded; `number` itself has nine digits.

    digit: the value of one unit of the last digit shown."""
    if shown == number:  # as most are: a difference of fractions takes long
        return True
    off, slack = shown - number, abs(number) / 10**8
    return abs(off) <= digit / 2 + slack or (side != 0 and -slack <= off * side < digit + slack)


def _bare(text: str) -> str:
    return text.removeprefix("≤ ").removeprefix("≥ ")


def _adjacent(node: LexborNode, after: bool) -> str:
    """The text right before or after a number, at least 15 characters if there are."""
    outer, found = node.parent, ""
    node = outer if outer is not None and outer.tag == "a" else node
    while len(found) < 15 and (beside := node.next if after else node.prev) is not None:
        part = beside.text_content if beside.tag == "-text" else beside.text()
        found = found + (part or "") if after else (part or "") + found
        node = beside
    return _plain(found)


def _column_headers(tree: LexborHTMLParser) -> dict[int, str]:
    """The text of the column header of each cell of a table, by `mem_id` of the cell."""
    found: dict[int, str] = {}
    for table in tree.css("table"):
        heads = [head.text() for head in table.css("thead th")]
        for row in table.css("tr"):
            cells = [cell.mem_id for cell in row.css("td, th")]
            found.update(zip(cells, itertools.chain(heads, itertools.repeat("")), strict=False))
    return found


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def _evidence(node: LexborNode, records: Mapping[str, Mapping]) -> Mapping:
    """The record that a number links to, or whose entry contains it; empty when there is none."""
    for each in ancestors(node):
        id = value_of(each, "href").rpartition("#")[2] if each.tag == "a" else value_of(each, "id")
        if each.tag == "summary" and (folded := each.next) is not None:
            id = value_of(folded if folded.tag == "dl" else folded.next or folded, "id")
        if id in records:
            return records[id]
    return {}


def _printed(record: Mapping, records: Mapping[str, Mapping]) -> str:
    """The text in the evaluation that a number was transcribed from; empty for others."""
    derivation = record.get("derivation", {})
    if derivation.get("measure") == "as_euros" and len(derivation["inputs"]) == 1:
        [read] = derivation["inputs"].values()
        record = records[read]
    return record.get("row", {}).get("raw", "")
