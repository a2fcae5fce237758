"""Words of headings and dates by language, where the descriptor does not give a document's own."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from babel import Locale, UnknownLocaleError

from ... import locales
from ...messages import translated

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def words(kind: str, lang: str) -> Sequence[str]:
    """What the heading of a kind of section begins with; none for a section, and in a language that
    is not known here."""
    known = locales.facts(lang.partition("-")[0])
    kinds = {"summary": known.summary, "chapter": known.chapter, "appendix": known.appendix}
    return kinds.get(kind, ())


@functools.cache
def contents() -> re.Pattern:
    """Matches the heading of a table of contents, in any of the languages."""
    every = itertools.chain(*(locales.facts(lang).contents for lang in translated()))
    return re.compile(rf"[\W_]*(?:{'|'.join(map(re.escape, every))})", re.I)


def is_date(text: str, lang: str) -> bool:
    """Whether the text after a day's number goes on with a month: `12. Dezember 2016`."""
    return text.casefold().startswith(_months(lang))


@functools.cache
def _months(lang: str) -> tuple[str, ...]:
    try:
        months = Locale.parse(lang, sep="-").months
    except (UnknownLocaleError, ValueError):
        return ("\0",)
    names = {name.casefold() for form in months.values() for name in form["wide"].values()}
    return tuple(names)


def order(mark: str) -> int:
    """The place of the figure or letter of a section: `B` is 2, `II` too, and `I` is 1. Letters
    that are Roman figures are read as these, as a document has more of them."""
    if mark.isdigit():
        return int(mark)
    if any(letter not in _ROMAN for letter in mark):
        return ord(mark[0]) - ord("A") + 1
    values = [_ROMAN[letter] for letter in mark]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
