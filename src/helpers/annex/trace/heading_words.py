"""Words of headings and dates by language, where the descriptor does not give a document's own."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from babel import Locale, UnknownLocaleError

# By the kind of section, as `headings` of a document has them.
_WORDS: dict[str, dict[str, Sequence[str]]] = {
    "nl": {
        "summary": ("samenvatting", "managementsamenvatting"),
        "chapter": ("hoofdstuk",),
        "appendix": ("bijlage", "appendix"),
    },
    "en": {
        "summary": ("executive summary", "summary"),
        "chapter": ("chapter",),
        "appendix": ("appendix", "annex"),
    },
    "de": {
        "summary": ("zusammenfassung", "kurzfassung"),
        "chapter": ("kapitel",),
        "appendix": ("anhang", "anlage"),
    },
    "fr": {
        "summary": ("résumé", "synthèse"),
        "chapter": ("chapitre",),
        "appendix": ("annexe",),
    },
}
_CONTENTS = re.compile(
    r"[\W_]*(?:inhoud|(?:table of )?contents|inhalt|sommaire|table des mati[eè]res)", re.I
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def words(kind: str, lang: str) -> Sequence[str]:
    """What the heading of a kind of section begins with; none for a section, and in a language that
    is not known here."""
    return _WORDS.get(lang.partition("-")[0], {}).get(kind, ())


def begins_contents(line: str) -> bool:
    """Whether a line is the heading of a table of contents, in any of the languages."""
    return bool(_CONTENTS.match(line))


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
