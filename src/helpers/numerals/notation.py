"""How a language prints numbers: its separators, the words of its numbers and scales, its money.

`nl.toml`, `en.toml`, `de.toml` and `fr.toml` have it for these languages, with all spellings that
texts use. For any other language it is what CLDR has, without words for numbers.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_name, list_currencies

# Where two of them have one word for different numbers (`billion`), the earlier one counts.
BUILT_IN = ("nl", "en", "de", "fr")


@dataclass(frozen=True)
class Notation:
    """How a language prints numbers. All words are folded (`folded`).

    decimal, groups: the decimal separator, and those of thousands, the usual one first. words: of
    whole numbers, ordinals and fractions; a word may mean several (`derde`: 3 or 1/3). fractions:
    those that a number may come before. scales: words such as `million`. letters: those that are
    scales only beside a currency. money: signs, codes and names of currencies, with the ISO codes
    of those that each may mean, none for a general word such as `dollar`. unknown: what stands in
    place of a number that nobody knows.
    """

    decimal: str
    groups: str
    percent: frozenset[str]
    money: Mapping[str, frozenset[str]]
    scales: Mapping[str, Fraction]
    letters: Mapping[str, Fraction] = field(default_factory=dict)
    words: Mapping[str, frozenset[Fraction]] = field(default_factory=dict)
    fractions: Mapping[str, Fraction] = field(default_factory=dict)
    article: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    ordinal_ends: tuple[str, ...] = ()
    adjective_ends: tuple[str, ...] = ()
    unknown: str = "unknown"  # as in all words of the library that lack a translation


def folded(text: str) -> str:
    """A text for comparison: small letters, plain spaces, hyphens and apostrophes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub("[‐‑–—−]", "-", re.sub("[’‘ʼ`]", "'", text)).split())


def is_language(lang: str) -> bool:
    """Whether CLDR knows a language."""
    try:
        return bool(notation(lang))
    except ValueError:
        return False


@functools.cache
def notation(lang: str) -> Notation:
    """How a language prints numbers. Raises ValueError for a language that CLDR does not know."""
    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"unknown language {lang!r}") from None
    if locale.language in BUILT_IN:
        return _typed(locale)
    compact = dict(_compact(locale))
    symbols = locale.number_symbols[locale.default_numbering_system]
    return Notation(
        folded(symbols["decimal"]),
        folded(symbols["group"]) + " ",
        frozenset({"%", folded(symbols["percentSign"])}),
        _money(locale),
        {word: scale for word, scale in compact.items() if not _is_letter(word)},
        {word: scale for word, scale in compact.items() if _is_letter(word)},
    )


@functools.cache
def _read(lang: str) -> dict:
    """The file of a language that is built in."""
    return tomllib.loads(Path(__file__).with_name(f"{lang}.toml").read_text(encoding="utf-8"))


def scales(lang: str) -> dict[str, Fraction]:
    """The words such as `million` of a language that is built in."""
    return {folded(word): Fraction(number) for word, number in _read(lang)["scales"].items()}


def _typed(locale: Locale) -> Notation:
    typed = _read(locale.language)
    numbers = [typed["ones"], typed["tens"], typed["others"], typed["ordinals"]]
    known: dict[str, set[Fraction]] = {}
    for word, number in itertools.chain(*map(dict.items, numbers), _compounds(typed)):
        known.setdefault(folded(word), set()).add(Fraction(str(number)))
    fractions = {folded(word): Fraction(part) for word, part in typed["fractions"].items()}
    for word, part in fractions.items():
        known.setdefault(word, set()).add(part)
    return Notation(
        typed["decimal"],
        typed["groups"],
        _names(typed["percent"]),
        {**dict.fromkeys(_names(typed["money"]), frozenset()), **_money(locale)},
        scales(locale.language),
        {word: Fraction(number) for word, number in typed["letters"].items()},
        {word: frozenset(each) for word, each in known.items()},
        fractions,
        unknown=typed["unknown"],
        **{key: tuple(map(folded, typed[key])) for key in (
            "article", "of", "ordinal_ends", "adjective_ends",
        )},
    )  # fmt: skip


def _names(words: list[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


def _compounds(typed: dict) -> Iterator[tuple[str, int]]:
    """`vijfentwintig`, `twenty-five`: each way to say a ten with a one."""
    for ten, one, way in itertools.product(typed["tens"], typed["ones"], typed["compounds"]):
        yield way.format(ten=ten, one=one), typed["tens"][ten] + typed["ones"][one]


def _money(locale: Locale) -> dict[str, frozenset[str]]:
    """Signs, codes and names of all currencies in a language."""
    found: dict[str, set[str]] = {}
    counts = (0, 1, 1.5, 2, 3, 6, 7, 11, 100, 10**6)  # for each form that a noun may have
    forms = {locale.plural_form(count): count for count in counts}
    for code in list_currencies():
        names = {code, locale.currencies.get(code), locale.currency_symbols.get(code)}
        names |= {get_currency_name(code, count, locale) for count in forms.values()}
        for name in filter(None, names):
            found.setdefault(folded(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isascii()


def _compact(locale: Locale) -> Iterator[tuple[str, Fraction]]:
    """The words and abbreviations of thousands, millions and so on that CLDR has."""
    for formats in locale.compact_decimal_formats.values():
        for by_size in formats.values():
            for size, pattern in by_size.items():
                zeros, word = pattern.pattern.count("0"), pattern.pattern.replace("'", "")
                word = folded(word.replace("0", "")).rstrip(".")
                if zeros and word:
                    yield word, Fraction(int(size), 10 ** (zeros - 1))
