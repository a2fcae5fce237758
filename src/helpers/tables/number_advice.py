"""Suggests valid notations for a number that is not plain; never parses it as one of them.
For whoever types figures from print, where decimal commas, thousands separators, currencies and
percent signs are usual.

Cells hold digits, a minus and a decimal point. For a separator that may be of thousands or of
decimals (`17,960`) both are suggested, as the wrong guess is wrong by a factor of a thousand.
"""

from __future__ import annotations

import re

from ..limits import NUMBER_DIGITS

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_UNIT = re.compile(r"[€$£¥%‰]|EUR|USD|CNY")  # belongs in the unit column
_GROUPS = re.compile(r"-?[0-9]{1,3}([ '’.,_][0-9]{3})+")


def advice(text: str, whole: bool) -> str:
    """The expected notation for a text that is no plain number. whole: for a column of whole
    numbers."""
    kind, example = (
        ("a whole number in digits", "2017") if whole
        else ("a plain number with a decimal point", "17.56")
    )  # fmt: skip
    hyphened = re.sub("[−–]", "-", _UNIT.sub("", text).strip())
    digits = re.sub(r"\s", " ", hyphened).removeprefix("+")
    found = _candidates(digits)
    if whole and len(found) == 1:
        found = [re.sub(r"\.0+$", "", found[0])]
    may_be = [number for number in found if not whole or "." not in number]
    if found and not may_be:
        return f"{kind}; a decimal needs a column of type number"
    if not may_be:
        nothing = "" if any(map(str.isnumeric, text)) else "; an empty cell when unknown"
        return f"{kind}, such as {example}{nothing}"
    if len(found) > 1:
        choice = f"{' or '.join(found)}? Leave out a thousands separator"
        return f"{kind}: {choice}" + (", and decimals need a column of numbers" if whole else "")
    numbers = may_be[0]
    if _UNIT.search(text):
        return f"{kind}, with its unit in another column: {numbers}"
    return f"no leading zeros: {numbers}" if re.match(r"-?0[0-9]", digits) else f"{kind}: {numbers}"


def _candidates(text: str) -> list[str]:
    """The plain numbers that a text may mean: none, one, or two that differ by a factor of 1000."""
    decimal, joined = text.replace(",", "."), re.sub(r"[ '’.,_]", "", text)
    separators = re.findall(r"[ '’.,_]", text)
    found = []
    if _GROUPS.fullmatch(text) and len({*separators}) == 1:
        ambiguous = len(separators) == 1 and separators[0] in ".,"
        if ambiguous and re.match(r"-?0[.,]", text):
            found = [decimal]
        else:
            found = [joined, *[decimal] * (ambiguous and not joined.lstrip("-").startswith("0"))]
    elif mixed := re.fullmatch(r"(-?[0-9]{1,3}(?:([ '’.,_])[0-9]{3})+)(?!\2)[.,]([0-9]+)", text):
        found = [f"{re.sub('[^-0-9]', '', mixed[1])}.{mixed[3]}"]
    elif part := re.fullmatch(r"(-?)0*([0-9]*?)\.([0-9]*)", decimal):
        number = f"{part[1]}{part[2] or '0'}.{part[3]}".removesuffix(".")
        found = [number] if re.search("[0-9]", text) else []
    elif zeros := re.fullmatch(r"(-?)0*([0-9]+)", text):
        found = [zeros[1] * (zeros[2] != "0") + zeros[2]]
    return [number for number in found if _PLAIN.fullmatch(number) and len(number) <= NUMBER_DIGITS]
