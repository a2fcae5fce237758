"""Every printed number read back: what a reader sees agrees with the number that a page marks.

Independent on purpose: it shares nothing with the code that writes numbers (`helpers.language`,
`helpers.tabular`), so that a fault there stops the build instead of reaching a page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .allowed import said

# How each language prints a number: the sign between thousands, the decimal sign, what shortens an
# amount, and the word for a number that is not known.
_THOUSANDS, _DECIMAL = {"nl": r"\.", "en": ","}, {"nl": ",", "en": r"\."}
_SHORT = {
    "nl": {" dzd.": 10**3, " mln": 10**6, " mld": 10**9},
    "en": {"k": 10**3, "m": 10**6, "bn": 10**9},
}
_UNKNOWN = {"nl": "onbekend", "en": "unknown"}
_EUROS = {"EUR": 1, "EUR_k": 10**3, "EUR_m": 10**6, "EUR_bn": 10**9}
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
_EXPECTED = "the marked number, as the language of the page writes it"


def faults(tree: LexborHTMLParser, records: Mapping[str, Mapping]) -> Iterator[tuple[str, str]]:
    """Every `<data>` of a page whose text is not its number: what was found, what would be right.

    A text is read in the language of its part of the page; it may lie off by half a unit of its
    last digit, an end of a range by less than one unit, outwards. Words as printed in the
    evaluation must be those of the row. records: of the evidence (`trail.record`), by id.
    """
    for node in tree.css("data"):
        lang = _language(node)
        text, value = node.text().replace("\N{NO-BREAK SPACE}", " "), said(node, "value")
        record = _evidence(node, records)
        printed = _printed(record, records)
        if printed and text == printed.replace("\N{NO-BREAK SPACE}", " "):
            continue
        if value == "":
            right = text == _UNKNOWN.get(lang)
        else:
            side = -_touches(node, after=True) or _touches(node, after=False)
            right = _agrees(text, value, side, _euros(record) if "€" in text else None, lang)
        if not right:
            yield f"{text!r} for {value or 'an unknown number'}", _EXPECTED


def _euros(record: Mapping) -> Fraction | None:
    """The number of a record in euros; `None` when it is no known amount."""
    scale = _EUROS.get(record.get("unit", ""))
    return Fraction(str(record["value"])) * scale if scale and record["value"] is not None else None


@functools.lru_cache(maxsize=8192)
def _agrees(text: str, value: str, side: int, euros: Fraction | None, lang: str) -> bool:
    """Whether a text says the number `value`, or the amount `euros` if it is one. side: -1 for the
    lower end of a range, 1 for the upper one, 0 for a single number."""
    side = {"≤ ": 1, "≥ ": -1}.get(text[:2], side)
    read = _read(text.removeprefix("≤ ").removeprefix("≥ "), lang)
    if read is None:
        return False
    number, unit, amount = read
    wanted = euros if amount else Fraction(value)
    if wanted is None:
        return False
    off, slack = number - wanted, abs(wanted) / 10**8  # a mark holds nine digits
    return abs(off) <= unit / 2 + slack or (side != 0 and -slack <= off * side < unit + slack)


def _read(text: str, lang: str) -> tuple[Fraction, Fraction, bool] | None:
    """The number that a text says, what one unit of its last digit counts, and whether it is an
    amount in euros; `None` when it is no number in the language."""
    match = _NUMBER[lang].fullmatch(text) if lang in _NUMBER else None
    if not match:
        return None
    decimals = match["decimals"] or ""
    digits = re.sub(r"\D", "", match["whole"]) + decimals
    unit = Fraction(_SHORT[lang].get(match["short"], 1), 10 ** len(decimals))
    unit /= 100 if match["percent"] else 1
    minus = -1 if match["minus"] or match["sign"] else 1
    return int(digits) * unit * minus, unit, bool(match["euro"])


def _language(node: LexborNode) -> str:
    while node is not None and not said(node, "lang"):
        node = node.parent
    return "" if node is None else said(node, "lang")


def _touches(node: LexborNode, after: bool) -> bool:
    """Whether a dash joins the number to another one: it is an end of a range."""
    outer = node.parent if node.parent.tag == "a" else node
    beside = outer.next if after else outer.prev
    text = (beside.text_content or "") if beside is not None else ""
    return text[:1] == "–" if after else text[-1:] == "–"


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
