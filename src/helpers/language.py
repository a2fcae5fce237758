"""Numbers, dates and lists in the current language; and what `texts` and `locales` offer."""

from __future__ import annotations

import datetime
import functools
import math
import re
import sys
import types
from collections.abc import Iterable
from decimal import ROUND_HALF_UP
from typing import TYPE_CHECKING, Literal

import pandas as pd
from babel import dates, lists, numbers

from .amounts import money  # noqa: F401 (as below)
from .locales import (  # noqa: F401 (notebooks and helpers have them from here)
    choose,
    current,
    facts,
    languages,
    locale,
    lowered,
    name_of,
    names_of,
    own_name,
    use,
)
from .messages import COLON, _
from .number_patterns import read_pattern, rounded
from .texts import (  # noqa: F401 (notebooks and helpers have them from here)
    Text,
    english,
    foreign,
    given,
    has_words,
    is_lacking,
    lacking,
    marked,
    shown_in,
    text,
    worded,
)

if TYPE_CHECKING:
    from typing_extensions import TypeIs

UNKNOWN = _("unknown")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class _CallableModule(types.ModuleType):
    """Makes this module callable: `language("nl")` sets what JupyterLab shows."""

    def __call__(self, language: str) -> None:
        """Set the current language. Raises ValueError for one that the project lacks."""
        choose(language)


sys.modules[__name__].__class__ = _CallableModule


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
    written = numbers.format_decimal(exact, parsed, locale=locale(lang))
    if pattern.endswith("%"):  # as CLDR has it: `12,5 %` in German
        spaces = re.search(r"(\s?)%", locale(lang).percent_formats[None].pattern)
        written = f"{written[:-1]}{spaces[1] if spaces else ''}{written[-1]}"
    return written.replace(" ", _NO_BREAK_SPACE)


def plural(value: float | int, *forms: str) -> str:
    """The form of a word for a number, by the plural rule of the current language.

    forms: singular and plural; or one for each category of CLDR that the language has, in its order
    (zero, one, two, few, many, other). Raises ValueError for another number of forms.

    >>> language.plural(2, "visit", "visits")
    'visits'
    """
    rule = locale(current()).plural_form
    kinds = [kind for kind in _PLURALS if kind in {*rule.tags, "other"}]
    if len(forms) == 2:
        return forms[rule(value) != "one"]
    if len(forms) != len(kinds):
        wanted = f"2 forms, or {len(kinds)}: {', '.join(kinds)}"
        raise ValueError(f"{len(forms)} forms, {'|'.join(forms)!r}, in {current()}; write {wanted}")
    return forms[kinds.index(rule(value))]


_PLURALS = ("zero", "one", "two", "few", "many", "other")


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
    if value.freqstr == "D":
        return _day(value.start_time, current())
    return dates.format_skeleton("yMMMM", value.start_time, locale=locale(current()))


def _day(day: datetime.datetime, lang: str) -> str:
    """A day in words; its first part may be an ordinal number, as in `1er novembre 2017`."""
    words = dates.format_date(day, "long", locale=locale(lang))
    first = facts(lang).first_day if day.day == 1 else ""
    return re.sub(r"^1(?=\s)", first, words) if first else words


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
    return lists.format_list([text(item) for item in items], style, locale(current()))


def labelled(label: object, words: object) -> str:
    """A label and what it labels in the current language: `Source: Eurostat`, `Source : Eurostat`.

    >>> language.labelled("Source", "Eurostat")
    'Source: Eurostat'
    """
    return f"{label}{text(COLON)}{words}"


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
