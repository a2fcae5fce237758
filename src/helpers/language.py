"""Dutch and English: which one is being written, and how each writes numbers, dates and lists."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import math
import os
import re
import sys
import types
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import NamedTuple

import pandas as pd
from babel import Locale, dates, lists, numbers

LANGUAGES = ("nl", "en")
PRINTED = "nl"  # the language of the document that the tables transcribe
_LOCALES = {"nl": Locale("nl", "NL"), "en": Locale("en", "GB")}
# The number patterns that may be used, of all that CLDR allows: Babel takes any text for one.
PATTERN = re.compile(r"(?:0|#,##0)(?:\.(?=[0#]{1,9}%?\Z)0*#*)?%?")
_SIGNS = re.compile(r"([#0.,]*)[.,]([#0]*)")
_PYTHON = re.compile(r"[+ ]?(?P<group>,?)(?:\.(?P<decimals>\d))?(?P<kind>[dfFgGn%]?)")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Text(NamedTuple):
    """The same words in both languages."""

    nl: str
    en: str


UNKNOWN = Text("onbekend", "unknown")

_reader = os.environ.get("ANNEX_LANGUAGE", "en")
_current = contextvars.ContextVar("language", default=_reader if _reader in LANGUAGES else "en")


def current() -> str:
    """The language being written now: `nl` or `en`."""
    return _current.get()


class _Chooser(types.ModuleType):
    """This module as notebooks use it: `helpers.language("nl")` sets what JupyterLab shows."""

    def __call__(self, language: str) -> None:
        """Write in `nl` or `en` from here on."""
        _current.set(_known(language))


sys.modules[__name__].__class__ = _Chooser


@contextlib.contextmanager
def use(language: str) -> Iterator[None]:
    """Write in `language` inside the block."""
    token = _current.set(_known(language))
    try:
        yield
    finally:
        _current.reset(token)


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}; one of {', '.join(LANGUAGES)}")
    return language


def text(words: Text | str) -> str:
    """The words in the current language; a plain string is the same in both."""
    return words if isinstance(words, str) else getattr(words, current())


def foreign(lang: str) -> str:
    """The attribute that says of words in `lang` what they are in, on a page in another language;
    nothing on a page in theirs, or when `lang` is empty."""
    return f' lang="{escape(lang)}"' if lang not in ("", current()) else ""


@functools.cache
def read_pattern(written: str) -> numbers.NumberPattern:
    """A number pattern, read strictly: the same in every language, as CLDR writes it (`0`, `0.0`,
    `#,##0.##`, `0.0%`).

    Raises ValueError for any other text, with the pattern that was probably meant.
    """
    if PATTERN.fullmatch(written):
        return numbers.parse_pattern(written)
    meant = " or ".join(map(repr, _meant(written))) or "one such as '0', '0.0', '#,##0.00', '0.0%'"
    raise ValueError(f"number pattern {written!r}; write {meant}")


def _meant(written: str) -> list[str]:
    """The patterns that someone may have meant who wrote the signs of a language, or of Python."""
    body, percent = written.removesuffix("%"), "%" * written.endswith("%")
    found: list[str] = []
    if written and (python := _PYTHON.fullmatch(written)):
        decimals, percent = "0" * int(python["decimals"] or 0), "%" * (python["kind"] == "%")
        found.append(f"{'#,##0' if python['group'] else '0'}.{decimals}".rstrip("."))
    elif signs := _SIGNS.fullmatch(body):  # the last sign is that of decimals, or of thousands
        whole, decimals = signs.groups()
        grouped = re.search("[.,]", whole) is not None
        found.append(f"{'#,##0' if grouped else '0'}.{decimals}".rstrip("."))
        if not grouped and decimals in ("0", "##0", "000"):
            found.append("#,##0")
    return [each + percent for each in found if PATTERN.fullmatch(each)]


def number(value: float | int, pattern: str = "#,##0.###", rounding: str = ROUND_HALF_UP) -> str:
    """A number by a pattern such as `#,##0.0` or `0.0%`, rounded half up (or as the decimal
    module's `rounding` says).

    Missing values are written as the word for unknown, never as 0. Raises ValueError for what is
    no pattern (see `read_pattern`).
    """
    return text(UNKNOWN) if is_missing(value) else _figure(value, pattern, rounding, current())


@functools.lru_cache(maxsize=8192)
def _figure(value: float | int, pattern: str, rounding: str, lang: str) -> str:
    parsed = read_pattern(pattern)
    exact = _rounded(value, parsed, rounding)
    written = numbers.format_decimal(exact, parsed, locale=_LOCALES[lang])
    return written.replace(" ", _NO_BREAK_SPACE)


def _rounded(value: float | int, parsed: numbers.NumberPattern, rounding: str) -> Decimal:
    """The number with the decimals that a pattern has; Babel alone would round half to even."""
    exact = Decimal(str(value)).scaleb(parsed.scale)
    exact = exact.quantize(Decimal(1).scaleb(-parsed.frac_prec[1]), rounding) + 0  # no -0
    return exact.scaleb(-parsed.scale)


# How amounts of a scale are shortened.
_SCALES = {
    "": Text("", ""), "k": Text(" dzd.", "k"), "m": Text(" mln", "m"), "bn": Text(" mld", "bn"),
}  # fmt: skip


def money(value: float | int, unit: str, pattern: str = "#,##0.##") -> str:
    """An amount in euros, as short as each language writes it: `€ 17,56 mln`, `€17.56m`.

    unit: `EUR`, `EUR_k`, `EUR_m` or `EUR_bn`. Raises ValueError for another unit, and for what is
    no pattern or one of percentages.
    """
    parsed = read_pattern(pattern)
    if pattern.endswith("%"):
        raise ValueError(f"number pattern {pattern!r} of an amount; write {pattern[:-1]!r}")
    currency, _, scale = unit.partition("_")
    if currency != "EUR" or scale not in _SCALES:
        raise ValueError(f"unit {unit!r}; one of EUR, EUR_k, EUR_m, EUR_bn")
    if is_missing(value):
        return text(UNKNOWN)
    sign = f"¤ {pattern};¤ -{pattern}" if current() == "nl" else f"¤{pattern}"
    digits = _rounded(value, parsed, ROUND_HALF_UP)
    written = numbers.format_currency(
        digits, "EUR", sign, locale=_LOCALES[current()], currency_digits=False
    )
    return f"{written}{text(_SCALES[scale])}".replace(" ", _NO_BREAK_SPACE)


def plural(value: float | int, one: str, more: str) -> str:
    """The word that goes with a number: `bezoek` with 1, `bezoeken` with 0 or 2."""
    return one if Locale(current()).plural_form(value) == "one" else more


def period(value: pd.Period) -> str:
    """A year, month or day: `2017`, `november 2017`, `9 november 2017`."""
    if is_missing(value):
        return text(UNKNOWN)
    if value.freqstr.startswith("Y"):
        return str(value.year)
    pattern = "d MMMM y" if value.freqstr == "D" else "MMMM y"
    return dates.format_date(value.start_time, pattern, locale=_LOCALES[current()])


def year(number_of_year: int) -> pd.Period:
    """A year as a date, which a sentence may hold."""
    if not 1500 <= int(number_of_year) <= 2100:
        raise ValueError(f"year {number_of_year}; a year from 1500 to 2100")
    return pd.Period(year=int(number_of_year), freq="Y")


def join(items: Iterable[str | Text]) -> str:
    """A list in running text: `a, b and c`, `a, b en c`."""
    return lists.format_list([text(item) for item in items], locale=_LOCALES[current()])


def is_missing(value: object) -> bool:
    """Whether a value from a table is unknown (`None`, `NaN`, `NaT`, `<NA>`)."""
    return (
        value is None
        or value is pd.NA
        or value is pd.NaT
        or (isinstance(value, float) and math.isnan(value))
    )
