"""Every printed number read back: what a reader sees agrees with the number that a page marks.

Independent on purpose: it shares nothing with the code that writes numbers (`helpers.language`,
`helpers.formats.value_format`), so that a fault there stops the build instead of reaching a page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .html_rules import said

# How each language prints a number: the sign between thousands, the decimal sign, what shortens an
# amount, and the word for a number that is not known.
_THOUSANDS, _DECIMAL = {"nl": r"\.", "en": ","}, {"nl": ",", "en": r"\."}
_SHORT = {
    "nl": {" dzd.": 10**3, " mln": 10**6, " mld": 10**9},
    "en": {"k": 10**3, "m": 10**6, "bn": 10**9},
}
_UNKNOWN = {"nl": "onbekend", "en": "unknown"}
_NUMBER = {
    lang: re.compile(
        rf"(?P<minus>-)?(?P<euro>€ ?)?(?P<sign>-)?"
        rf"(?P<whole>\d{{1,3}}(?:{_THOUSANDS[lang]}\d{{3}})+|\d+)"
        rf"(?:{_DECIMAL[lang]}(?P<decimals>\d+))?"
        rf"(?P<short>{'|'.join(map(re.escape, _SHORT[lang]))})?(?P<percent>%)?",
        re.ASCII,
    )
    for lang in _SHORT
}
# What is typed beside a number, or above its column, and says how much one of it is.
_WORDS = {
    "duizend": 10**3, "dzd": 10**3, "thousand": 10**3, "k": 10**3,
    "miljoen": 10**6, "mln": 10**6, "million": 10**6, "m": 10**6,
    "miljard": 10**9, "mld": 10**9, "billion": 10**9, "bn": 10**9,
    **dict.fromkeys(("%", "procent", "percent", "per cent"), Fraction(1, 100)),
}  # fmt: skip
_AFTER = re.compile(
    r"(?: ?(?P<word>%)| ?(?P<long>(?:duizend|dzd|thousand|miljoen|mln|million|miljard|mld|billion"
    r"|procent|per ?cent)\b)|(?P<short>(?:k|m|bn)\b))"
)
_ABOVE = re.compile(
    r"(?<!per )\b(duizend|thousand|miljoen|million|miljard|billion|procent|per ?cent)\b"
)
_JOINED = re.compile(r"\d[.,]?<>|(?:^|[\s(])[-−]<>|<>[.,]?\d")  # a digit or sign outside of a mark
_OF_UNIT = {"k": 10**3, "m": 10**6, "bn": 10**9}  # the end of a unit's name, as of EUR_m
_EXPECTED = "the marked number, as the language of the page writes it"


def faults(tree: LexborHTMLParser, records: Mapping[str, Mapping]) -> Iterator[tuple[str, str]]:
    """Every `<data>` of a page whose text is not its number: what was found, what would be right.

    A text is read in the language of its part of the page; it may lie off by half a unit of its
    last digit, an end of a range by less than one unit, outwards. With the scale that stands beside
    it or above its column (million, per cent, €) it must be the number of the evidence. Words as
    printed in the evaluation must be those of the row. records: of the evidence (`trail.record`),
    by id.
    """
    for node in tree.css("data"):
        lang = _language(node)
        text, value = _plain(node.text()), said(node, "value")
        record = _evidence(node, records)
        printed = _printed(record, records)
        if printed and text == _plain(printed):
            continue
        before, after = _beside(node, after=False), _beside(node, after=True)
        if value == "":
            right = text == _UNKNOWN.get(lang)
        else:
            side = -1 if after[:1] == "–" else int(before[-1:] == "–")
            scale, unit = _scale(node, before, text, after), record.get("unit", "ratio")
            percent = "%" in text or scale == _WORDS["%"]
            right = (
                not _JOINED.search(f"{before}<>{after}")
                and (not percent or unit in ("ratio", "percent"))
                and ("€" not in text or unit.startswith("EUR"))
                and _agrees(text, value, side, scale, _numbers(record), lang)
            )
        if not right:
            shown = f"{before[-2:]}{text}{after[:12]}".strip()
            yield f"{shown!r} for {value or 'an unknown number'}", _EXPECTED


def _numbers(record: Mapping) -> tuple[Fraction, ...] | None:
    """The number of a record and its bounds, in ones of what it counts (euros, or parts of one);
    `None` when there is no record."""
    if not record:
        return None
    unit = record.get("unit", "").split("/")[0]
    scale = Fraction(1, 100) if unit == "percent" else _OF_UNIT.get(unit.rpartition("_")[2], 1)
    found = (record.get(name) for name in ("value", "low", "high"))
    return tuple(Fraction(str(number)) * scale for number in found if number is not None)


def _scale(node: LexborNode, before: str, text: str, after: str) -> Fraction | None:
    """What one of a number counts by the words beside it, or above its column; `None` where
    nothing is said."""
    if match := _AFTER.match(after):
        return Fraction(_WORDS[match["word"] or match["long"] or match["short"]])
    if "€" in text + before[-2:]:
        return Fraction(1)
    above = _ABOVE.findall(_heading(node).lower())
    return Fraction(_WORDS[above[0]]) if len(set(above)) == 1 and "%" not in text else None


@functools.lru_cache(maxsize=8192)
def _agrees(
    text: str,
    value: str,
    side: int,
    scale: Fraction | None,
    known: tuple[Fraction, ...] | None,
    lang: str,
) -> bool:
    """Whether a text says the number `value` and, where a scale is said, one of the known ones.
    side: -1 for the lower end of a range, 1 for the upper one, 0 for a single number."""
    side = {"≤ ": 1, "≥ ": -1}.get(text[:2], side)
    read = _read(text.removeprefix("≤ ").removeprefix("≥ "), lang)
    if read is None:
        return False
    number, digit, scaled = read
    if scaled and known is not None:
        return any(_near(number - each, each, digit, side) for each in known)
    return _near(number - Fraction(value), Fraction(value), digit, side) and (
        scale is None
        or any(_near(number * scale - each, each, digit * scale, side) for each in known or ())
    )


def _near(off: Fraction, number: Fraction, digit: Fraction, side: int) -> bool:
    """Whether a text lies off a number by rounding alone; a mark holds nine digits."""
    slack = abs(number) / 10**8
    return abs(off) <= digit / 2 + slack or (side != 0 and -slack <= off * side < digit + slack)


def _read(text: str, lang: str) -> tuple[Fraction, Fraction, bool] | None:
    """The number that a text says, what one unit of its last digit counts, and whether it
    says a scale (an amount, or per cent); `None` when it is no number in the language."""
    match = _NUMBER[lang].fullmatch(text) if lang in _NUMBER else None
    if not match:
        return None
    decimals = match["decimals"] or ""
    digits = re.sub(r"\D", "", match["whole"]) + decimals
    unit = Fraction(_SHORT[lang].get(match["short"], 1), 10 ** len(decimals))
    unit /= 100 if match["percent"] else 1
    minus = -1 if match["minus"] or match["sign"] else 1
    scaled = bool(match["euro"] or match["short"] or match["percent"])
    return int(digits) * unit * minus, unit, scaled


def _language(node: LexborNode) -> str:
    while node is not None and not said(node, "lang"):
        node = node.parent
    return "" if node is None else said(node, "lang")


def _beside(node: LexborNode, after: bool) -> str:
    """What a reader sees right before or after a number, a few words of it."""
    node, found = node.parent if node.parent.tag == "a" else node, ""
    while len(found) < 15 and (node := node.next if after else node.prev) is not None:
        part = node.text_content if node.tag == "-text" else node.text()
        found = found + (part or "") if after else (part or "") + found
    return _plain(found)


def _heading(node: LexborNode) -> str:
    """The words above the column that a number stands in; empty outside of a table."""
    while node is not None and node.tag not in ("td", "th", "main"):
        node = node.parent
    if node is None or node.tag == "main":
        return ""
    place = [cell.mem_id for cell in node.parent.css("td, th")].index(node.mem_id)
    table = node.parent.parent.parent
    heads = table.css("thead th")
    return heads[place].text() if place < len(heads) else ""


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _evidence(node: LexborNode, records: Mapping[str, Mapping]) -> Mapping:
    """The record that a number leads to, or in whose entry it stands; empty when there is none."""
    while node is not None:
        id = said(node, "href").rpartition("#")[2] if node.tag == "a" else said(node, "id")
        if id in records:
            return records[id]
        node = node.parent
    return {}


def _printed(record: Mapping, records: Mapping[str, Mapping]) -> str:
    """The words of the evaluation that a number was read from; empty for others."""
    if record.get("derivation", {}).get("measure") == "as_euros":
        [read] = record["derivation"]["inputs"].values()
        record = records[read]
    return record.get("row", {}).get("raw", "")
