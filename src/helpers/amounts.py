"""Amounts of money: their units (`EUR`, `USD_m`), what these are called, and how they are written.

Where a currency and a scale stand, `17,56 Mio. €` or `€17.56m`, is in the catalogues of `messages`.
"""

from __future__ import annotations

import functools
import re
from decimal import ROUND_HALF_UP

import pandas as pd
from babel import numbers

from .locales import current, languages, locale
from .messages import _
from .number_patterns import read_pattern, rounded
from .texts import Text, text

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MULTIPLES = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}
# Dutch: mln and mld, as the Taalunie's list of abbreviations has them. English: the m and bn of the
# United Kingdom's official statistics. German: Tsd., Mio. and Mrd., as Duden has them. French: the
# k€, M€ and Md€ of Insee's publications.
_WRITTEN = {
    "": _("{symbol}{number}", "amount"),
    "k": _("{symbol}{number}k", "amount"),
    "m": _("{symbol}{number}m", "amount"),
    "bn": _("{symbol}{number}bn", "amount"),
}
_CALLED = {
    "k": _("thousand {}", "amount"),
    "m": _("million {}", "amount"),
    "bn": _("billion {}", "amount"),
}


@functools.cache
def currencies() -> frozenset[str]:
    """The ISO 4217 codes of all currencies, former ones included."""
    return frozenset(numbers.list_currencies())


def split(unit: str) -> tuple[str, str] | None:
    """The code of the currency of a unit and its scale, `("USD", "m")` of `USD_m`; `None` for a
    unit that is no amount of one currency."""
    code, mark, scale = unit.partition("_")
    known = code in currencies() and scale in MULTIPLES and bool(mark) == bool(scale)
    return (code, scale) if known else None


def label(unit: str) -> Text:
    """What the unit of an amount is called: `million US dollars`.

    Raises ValueError for a unit that is no amount of one currency.
    """
    code, scale = _split(unit)
    names = _names(code, 2)
    return _CALLED[scale].format(names).map(_elided) if scale else names


def rate_label(code: str) -> Text:
    """What a rate of exchange to a currency is called: `foreign currency per euro`."""
    return _("foreign currency per {}").format(_names(code, 1))


def _names(code: str, count: int) -> Text:
    """The name of a currency in each language, as it is beside a number."""
    return Text(*(numbers.get_currency_name(code, count, lang) for lang in languages()))


def _elided(words: str) -> str:
    """French: `millions d’euros`."""
    return re.sub(r"^(milliers|millions|milliards) de (?=[aeiouéè])", r"\1 d’", words)


def _split(unit: str) -> tuple[str, str]:
    if (found := split(unit)) is None:
        raise ValueError(f"unit {unit!r}; a currency, such as EUR, EUR_k, EUR_m or EUR_bn")
    return found


def money(value: float | int, unit: str, pattern: str = "#,##0.##") -> str:
    """Format an amount with an abbreviated scale: `€ 17,56 mln`, `€17.56m`, `17,56 Mio. €`.

    unit: a currency, such as `EUR`, `USD_k`, `CNY_m` or `GBP_bn`. Raises ValueError for another
    unit, an invalid pattern or a percentage pattern.

    >>> language.money(17.56, "EUR_m", "0.0")
    '€17.6m'
    """
    parsed = read_pattern(pattern)
    if pattern.endswith("%"):
        raise ValueError(f"percentage pattern {pattern!r} for an amount; write {pattern[:-1]!r}")
    code, scale = _split(unit)
    if pd.isna(value):
        return text(_("unknown"))
    digits = rounded(value, parsed, ROUND_HALF_UP)
    symbol = numbers.get_currency_symbol(code, current())
    number = numbers.format_decimal(abs(digits), parsed, locale=locale(current()))
    amount = _placed(_WRITTEN[scale].word(current()), symbol, number)
    if digits < 0:
        amount = _negative(amount, symbol)
    return amount.replace(" ", _NO_BREAK_SPACE)


def _placed(written: str, symbol: str, digits: str) -> str:
    """A currency and a number in their places; a symbol of letters stands apart from both the
    number and the abbreviation of a scale: `CHF 5m`, `5 Md CHF`."""
    before, __, after = written.partition("{symbol}")
    apart = [" " if symbol[0].isalpha() and before[-1:] not in ("", " ", _NO_BREAK_SPACE) else ""]
    apart += [" " if symbol[-1].isalpha() and after.startswith("{number}") else ""]
    return f"{before}{apart[0]}{symbol}{apart[1]}{after}".format(number=digits)


def _negative(amount: str, symbol: str) -> str:
    """An amount below zero: the minus before everything, or before the number, as CLDR says."""
    sign = numbers.get_minus_sign_symbol(locale(current()))
    signed = locale(current()).currency_formats["standard"].prefix[1]
    if re.search("¤.*-", signed) and amount.startswith(symbol):
        return re.sub(r"(?=\d)", sign, amount, count=1)
    return f"{sign}{amount}"
