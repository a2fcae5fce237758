"""Parse a number, an amount or a percentage as a page of a language shows it, and the words beside
it. Shares nothing with the code that formats them."""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import NamedTuple

from ...numerals.notation import BUILT_IN, Notation, folded, is_language, notation, scales

_SIGN = r"[^\s\w.,;:()-]"
_NAME = rf"([A-Z]{{3}}|[A-Z]{{0,3}}{_SIGN}{{1,2}}|{_SIGN}[A-Z]{{2}})"  # CHF, US$, €, $US
_BEFORE, _BEHIND = re.compile(rf"(?:^|[\s(]){_NAME} ?$"), re.compile(rf" ?{_NAME}(?!\w)")


class Shown(NamedTuple):
    """A number as a page shows it. digit: what one unit of its last digit counts. scaled: whether
    it has a scale, a currency or per cent. money: the codes of the currencies that it may be in;
    `None` without one."""

    number: Fraction
    digit: Fraction
    scaled: bool
    money: frozenset[str] | None


def unknown(lang: str) -> str:
    """What a page of a language shows for an unknown number."""
    return notation(lang).unknown


@functools.lru_cache(maxsize=8192)
def read(text: str, lang: str) -> Shown | None:
    """Parse a text; `None` when it is no number in the language, or the language has no known
    notation."""
    known = _known(lang)
    match = _pattern(known).fullmatch(folded(text)) if known else None
    if not known or not match:
        return None
    scale, percent, behind = _behind(known, match["behind"].strip())
    names = [name for name in (match["before"], behind) if name]
    money = frozenset().union(*(known.money.get(name, ()) for name in names))
    if scale is None or len(names) > 1 or (names and not money):
        return None
    if not names and scale != 1 and not percent:
        return None  # an abbreviated scale is that of an amount
    decimals = match["decimals"] or ""
    digit = Fraction(scale.numerator, scale.denominator * 10 ** len(decimals))
    sign = "-" if match["minus"] or match["sign"] else ""
    number = int(sign + re.sub(r"\D", "", match["whole"]) + decimals)
    scaled = bool(names or percent or scale != 1)
    shown = Fraction(number * digit.numerator, digit.denominator)
    return Shown(shown, digit, scaled, money if names else None)


def _known(lang: str) -> Notation | None:
    return notation(lang) if is_language(lang) else None


@functools.cache
def _pattern_of(decimal: str, group: str) -> re.Pattern:
    return re.compile(
        rf"(?P<minus>-)?(?P<before>[^\d\s-]*)(?: (?=\d|-\d))?(?P<sign>-)?"
        rf"(?P<whole>[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+|[0-9]+)"
        rf"(?:{re.escape(decimal)}(?P<decimals>[0-9]+))?(?P<behind>\D*)"
    )


def _pattern(known: Notation) -> re.Pattern:
    return _pattern_of(known.decimal, known.groups[0])


def _behind(known: Notation, text: str) -> tuple[Fraction | None, bool, str]:
    """What stands behind the digits: its scale (`None` when it is something else), whether it is
    per cent, and the name of a currency."""
    if text == "%":
        return Fraction(1, 100), True, ""
    if not text:
        return Fraction(1), False, ""
    words = {"": Fraction(1), **known.letters, **known.scales}
    for word in sorted(words, key=len, reverse=True):
        for written in (f"{word}.", word):
            rest = text.removeprefix(written).strip()
            if text.startswith(written) and (not rest or rest in known.money):
                return words[word], False, rest
    return None, False, ""


class _Beside(NamedTuple):
    """What finds the words beside a number in a language: those after it, those in the header of
    its column, a scale before a currency; and what the words multiply by."""

    after: re.Pattern
    above: re.Pattern
    scale: re.Pattern
    words: dict[str, Fraction]


@functools.cache
def _beside(known_in: str) -> _Beside | None:
    if (known := _known(known_in)) is None:
        return None
    every = [scales(lang) for lang in reversed(BUILT_IN)]
    # A text may have left the long words of another language untranslated.
    words = {word: scale for each in every for word, scale in each.items() if len(word) > 5}
    cents = dict.fromkeys([*known.percent, "procent", "percent", "per cent"], Fraction(1, 100))
    words |= {**known.scales, **cents}
    long = _any(word for word in words if len(word) > 3)
    return _Beside(
        re.compile(rf"(?: ?({_any(words)})(?!\w)|({_any(known.letters)})\b)"),
        re.compile(rf"(?<!\bper )(?<!\bpro )(?<!\bpar )(?<!\bje )(?<!\bpour )\b({long})(?!\w)"),
        re.compile(rf" ?(?i:{_any([*known.scales, *known.letters])})\b\.?"),
        {**words, **known.letters},
    )


def _any(words) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


@functools.lru_cache(maxsize=8192)
def scale_after(text: str, lang: str) -> Fraction | None:
    """The scale or per cent that a text begins with; `None` without one."""
    if (beside := _beside(lang)) is None:
        return None
    match = beside.after.match(" " * text[:1].isspace() + folded(text))
    return beside.words[match[1] or match[2]] if match else None


@functools.lru_cache(maxsize=8192)
def scales_above(text: str, lang: str) -> frozenset[Fraction]:
    """The scales that a column header names."""
    if (beside := _beside(lang)) is None:
        return frozenset()
    return frozenset(beside.words[word] for word in beside.above.findall(folded(text)))


@functools.lru_cache(maxsize=8192)
def money_beside(before: str, after: str, lang: str) -> frozenset[str] | None:
    """The codes of the currency whose sign or code stands right before a number or behind it, with
    or without a scale; `None` without one."""
    known, beside = _known(lang), _beside(lang)
    if known is None or beside is None:
        return None
    scale = beside.scale.match(after)
    sides = _BEFORE.search(before), _BEHIND.match(after[scale.end() :] if scale else after)
    found = [known.money.get(folded(side[1]), frozenset()) for side in sides if side]
    return next((codes for codes in found if codes), None)
