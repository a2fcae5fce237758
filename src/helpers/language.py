"""Dutch and English: which one is being written, and how each writes numbers, dates and lists."""

from __future__ import annotations

import contextlib
import contextvars
import math
import os
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import pandas as pd
from babel import dates, lists, numbers

LANGUAGES = ("nl", "en")
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
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


def choose(language: str) -> None:
    """Set the language that JupyterLab shows from here on."""
    _current.set(_known(language))


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


def number(value: float | int, pattern: str = "#,##0.###", rounding: str = ROUND_HALF_UP) -> str:
    """A number by a Unicode (CLDR) pattern such as `#,##0.0` or `0.0%`, rounded half up (or as
    the decimal module's `rounding` says).

    Missing values are written as the word for unknown, never as 0.
    """
    if is_missing(value):
        return text(UNKNOWN)
    parsed = numbers.parse_pattern(pattern)
    exact = Decimal(str(value)).scaleb(parsed.scale)
    exact = exact.quantize(Decimal(1).scaleb(-parsed.frac_prec[1]), rounding) + 0  # no -0
    written = numbers.format_decimal(
        exact.scaleb(-parsed.scale), pattern, locale=_LOCALES[current()]
    )
    return written.replace(" ", _NO_BREAK_SPACE)


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
