"""The current output language, Dutch or English; numbers, dates and lists formatted in it."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import math
import os
import sys
import types
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

import pandas as pd
from babel import Locale, dates, lists, numbers

from .number_patterns import PATTERN, read_pattern, rounded  # noqa: F401 (by which others ask for them)

if TYPE_CHECKING:
    from typing_extensions import TypeIs

LANGUAGES = ("nl", "en")
NAMES = {"nl": "Dutch", "en": "English"}  # of the languages, for messages
_LOCALES = {"nl": Locale("nl", "NL"), "en": Locale("en", "GB")}
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Text(NamedTuple):
    """A text in each language, in the order of `LANGUAGES`; empty where a translation is missing.

    `Text("...")` is in the first language alone, `Text(en="...")` in another one alone. Wherever it
    is missing, the text is shown in the first language that has it: in JupyterLab and in a draft.
    The whole annex needs every translation.

    >>> language.text(Text("bezoek", "visit"))
    'visit'
    """

    nl: str = ""
    en: str = ""


UNKNOWN = Text("onbekend", "unknown")

# What a notebook shows, in every cell and widget; some of these have a context of their own.
_chosen = next((each for each in LANGUAGES if each == os.environ.get("ANNEX_LANGUAGE")), "en")
_current = contextvars.ContextVar[str]("language")  # inside `use`
_lacking = contextvars.ContextVar[dict[Text, None]]("lacking")


def current() -> str:
    """The current output language: `nl` or `en`.

    >>> language.current()
    'en'
    """
    return _current.get(_chosen)


class _CallableModule(types.ModuleType):
    """Makes this module callable: `helpers.language("nl")` sets what JupyterLab shows."""

    def __call__(self, language: str) -> None:
        """Set the current language to `nl` or `en`. Raises ValueError for any other."""
        global _chosen
        _chosen = _checked(language)


sys.modules[__name__].__class__ = _CallableModule


@contextlib.contextmanager
def use(language: str) -> Iterator[None]:
    """Set the current language inside the block. Raises ValueError for an unknown one.

    >>> with language.use("nl"):
    ...     language.number(1234.5)
    '1.234,5'
    """
    token = _current.set(_checked(language))
    try:
        yield
    finally:
        _current.reset(token)


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; one of {', '.join(LANGUAGES)}")
    return language


def text(words: Text | str) -> str:
    """The text in the language of `shown_in`; a plain string is returned unchanged.

    >>> language.text(Text("bezoek"))
    'bezoek'
    """
    if isinstance(words, str):
        return words
    lang = shown_in(words)
    if lang != current() and (found := _lacking.get(None)) is not None:
        found[words] = None
    return getattr(words, lang)


def given(words: Text) -> dict[str, str]:
    """The text in each language that it has, by language."""
    return {lang: own for lang, own in zip(LANGUAGES, words, strict=True) if own.strip()}


def is_lacking(words: Text) -> bool:
    """Whether a text has words in some languages only."""
    return 0 < len(given(words)) < len(LANGUAGES)


def shown_in(words: Text) -> str:
    """The language in which a text is shown: the current one unless the text lacks it, else the
    first that it has."""
    known = given(words)
    return current() if current() in known else next(iter(known), current())


@contextlib.contextmanager
def lacking() -> Iterator[dict[Text, None]]:
    """Collect the texts that the block shows in another language than the current one, as keys."""
    found: dict[Text, None] = {}
    token = _lacking.set(found)
    try:
        yield found
    finally:
        _lacking.reset(token)


def marked(words: Text | str) -> str:
    """As `text`, but as HTML, which says the language if it is not the current one."""
    own = current() if isinstance(words, str) else shown_in(words)
    html = escape(text(words))
    return f"<span{foreign(own)}>{html}</span>" if own != current() else html


def foreign(lang: str) -> str:
    """The HTML attribute ` lang="..."` for text in `lang`; an empty string when `lang` is the
    current language or empty."""
    return f' lang="{escape(lang)}"' if lang not in ("", current()) else ""


def number(value: float | int, pattern: str = "#,##0.###", rounding: str = ROUND_HALF_UP) -> str:
    """Format a number with a pattern such as `#,##0.0` or `0.0%`.

    rounding: a rounding mode of the `decimal` module. A missing value gives the word for unknown,
    never 0. Raises ValueError for an invalid pattern (see `read_pattern`).

    >>> language.number(0.125, "0.0%")
    '12.5%'
    """
    return text(UNKNOWN) if is_missing(value) else _formatted(value, pattern, rounding, current())


@functools.lru_cache(maxsize=8192)
def _formatted(value: float | int, pattern: str, rounding: str, lang: str) -> str:
    parsed = read_pattern(pattern)
    exact = rounded(value, parsed, rounding)
    written = numbers.format_decimal(exact, parsed, locale=_LOCALES[lang])
    return written.replace(" ", _NO_BREAK_SPACE)


# The suffix of an amount, by the scale suffix of its unit.
_SCALES = {
    "": Text("", ""), "k": Text(" dzd.", "k"), "m": Text(" mln", "m"), "bn": Text(" mld", "bn"),
}  # fmt: skip


def money(value: float | int, unit: str, pattern: str = "#,##0.##") -> str:
    """Format an amount in euros with an abbreviated scale: `€ 17,56 mln`, `€17.56m`.

    unit: `EUR`, `EUR_k`, `EUR_m` or `EUR_bn`. Raises ValueError for another unit, an invalid
    pattern or a percentage pattern.

    >>> language.money(17.56, "EUR_m", "0.0")
    '€17.6m'
    """
    parsed = read_pattern(pattern)
    if pattern.endswith("%"):
        raise ValueError(f"percentage pattern {pattern!r} for an amount; write {pattern[:-1]!r}")
    currency, _, scale = unit.partition("_")
    if currency != "EUR" or scale not in _SCALES:
        raise ValueError(f"unit {unit!r}; one of EUR, EUR_k, EUR_m, EUR_bn")
    if is_missing(value):
        return text(UNKNOWN)
    currency_pattern = f"¤ {pattern};¤ -{pattern}" if current() == "nl" else f"¤{pattern}"
    digits = rounded(value, parsed, ROUND_HALF_UP)
    written = numbers.format_currency(
        digits, "EUR", currency_pattern, locale=_LOCALES[current()], currency_digits=False
    )
    return f"{written}{text(_SCALES[scale])}".replace(" ", _NO_BREAK_SPACE)


def plural(value: float | int, one: str, more: str) -> str:
    """The singular (`one`) or plural (`more`) of a word, by the current language's plural rule.

    >>> language.plural(2, "visit", "visits")
    'visits'
    """
    return one if Locale(current()).plural_form(value) == "one" else more


def period(value: pd.Period) -> str:
    """Format a year, month or day: `2017`, `november 2017`, `9 november 2017`.

    A missing value gives the word for unknown.

    >>> language.period(pd.Period("2017-11", "M"))
    'November 2017'
    """
    if is_missing(value):
        return text(UNKNOWN)
    if value.freqstr.startswith("Y"):
        return str(value.year)
    pattern = "d MMMM y" if value.freqstr == "D" else "MMMM y"
    return dates.format_date(value.start_time, pattern, locale=_LOCALES[current()])


def year(number_of_year: int) -> pd.Period:
    """A year as a period, for use in a sentence, where `say` refuses a plain number.

    Raises ValueError for a year outside 1500-2100.

    >>> language.year(2017)
    Period('2017', 'Y-DEC')
    """
    if not 1500 <= int(number_of_year) <= 2100:
        raise ValueError(f"year {number_of_year}; a year from 1500 to 2100")
    return pd.Period(year=int(number_of_year), freq="Y")


def join(items: Iterable[str | Text], style: Literal["standard", "or"] = "standard") -> str:
    """Join items as a list in running text: `a, b and c`, `a, b en c`; or with `or`.

    >>> language.join(["a", "b", Text("c", "c")])
    'a, b and c'
    """
    return lists.format_list([text(item) for item in items], style, _LOCALES[current()])


def is_missing(value: object) -> TypeIs[None]:
    """Whether a value from a table is unknown (`None`, `NaN`, `NaT`, `<NA>`).

    Typed as if `None` were the only missing value: the others have no type of their own.
    """
    return (
        value is None
        or value is pd.NA
        or value is pd.NaT
        or (isinstance(value, float) and math.isnan(value))
    )
