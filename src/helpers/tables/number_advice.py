"""Numbers as people write them, and the plain number that each may be: advice, never a reading.
For who types figures over from print, where a decimal comma, a mark between thousands, a currency
and a percent sign are usual.

Tables hold digits, a minus and a decimal point. A mark that separates thousands for one reader and
decimals for another (`17,960`) is asked about, as the wrong guess is wrong by a thousand.
"""

from __future__ import annotations

import re

from ..limits import NUMBER_DIGITS

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_BESIDE = re.compile(r"[€$£¥%‰]|EUR|USD|CNY")  # belongs in the column of the unit
_GROUPS = re.compile(r"-?[0-9]{1,3}([ '’.,_][0-9]{3})+")


def advice(text: str, whole: bool) -> str:
    """What would be right instead of a text that is no plain number; whole: in a column of whole
    numbers."""
    kind, example = (
        ("a whole number in digits", "2017") if whole
        else ("a plain number with a decimal point", "17.56")
    )  # fmt: skip
    digits = _digits(_BESIDE.sub("", text).strip())
    found = _readings(digits)
    if whole and len(found) == 1:
        found = [re.sub(r"\.0+$", "", found[0])]
    may_be = [number for number in found if not whole or "." not in number]
    if found and not may_be:
        return f"{kind}; a decimal needs a column of type number"
    if not may_be:
        nothing = "" if any(map(str.isnumeric, text)) else "; an empty cell when unknown"
        return f"{kind}, such as {example}{nothing}"
    if len(found) > 1:
        asked = f"{' or '.join(found)}? A mark between thousands is left out"
        return f"{kind}: {asked}" + (", and decimals need a column of numbers" if whole else "")
    numbers = may_be[0]
    if _BESIDE.search(text):
        return f"{kind}, as the unit stands elsewhere: {numbers}"
    return f"no leading zeros: {numbers}" if re.match(r"-?0[0-9]", digits) else f"{kind}: {numbers}"


def _digits(text: str) -> str:
    """The same with a hyphen for the minus of print, and plain spaces; no plus sign."""
    return re.sub(r"\s", " ", re.sub("[−–]", "-", text)).removeprefix("+")


def _readings(text: str) -> list[str]:
    """The plain numbers that a text may be: none, one, or two that differ by a thousand."""
    decimal, joined = text.replace(",", "."), re.sub(r"[ '’.,_]", "", text)
    marks = re.findall(r"[ '’.,_]", text)
    found = []
    if _GROUPS.fullmatch(text) and len({*marks}) == 1:
        asked = len(marks) == 1 and marks[0] in ".,"
        if asked and re.match(r"-?0[.,]", text):
            found = [decimal]
        else:
            found = [joined, *[decimal] * (asked and not joined.lstrip("-").startswith("0"))]
    elif mixed := re.fullmatch(r"(-?[0-9]{1,3}(?:([ '’.,_])[0-9]{3})+)(?!\2)[.,]([0-9]+)", text):
        found = [f"{re.sub('[^-0-9]', '', mixed[1])}.{mixed[3]}"]
    elif part := re.fullmatch(r"(-?)0*([0-9]*?)\.([0-9]*)", decimal):
        number = f"{part[1]}{part[2] or '0'}.{part[3]}".removesuffix(".")
        found = [number] if re.search("[0-9]", text) else []
    elif zeros := re.fullmatch(r"(-?)0*([0-9]+)", text):
        found = [zeros[1] * (zeros[2] != "0") + zeros[2]]
    return [number for number in found if _PLAIN.fullmatch(number) and len(number) <= NUMBER_DIGITS]
