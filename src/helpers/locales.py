"""The languages of a project, and which of them is the current one.

They stand in the descriptor (`annex.languages`).
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError, lists

from .errors import DataError
from .files import folders, settings

CODE = re.compile(r"[a-z]{2,3}")  # of a language, as in ISO 639
SOURCE = "en"  # the language in the code: of messages, and of words without a translation
_REGIONS = {SOURCE: "GB"}  # Babel writes `en` as the United States do: `November 9, 2017`

FOLDER = Path(__file__).parent / "locale"  # with a folder for each language of the library

_found: tuple[str, ...] = ()  # of the project, once they are set or looked up
_current = contextvars.ContextVar[str]("language")  # inside `use`
_chosen = ""  # what a notebook shows, in every cell and widget; some of these have another context


def languages() -> tuple[str, ...]:
    """The codes of the project's languages, the first one first: `("nl", "en")`.

    They are those of `set_languages`, else those of the descriptor that belongs to the working
    folder; English alone outside a project."""
    global _found
    if not _found:
        _found = read_languages(_data())
    return _found


def _data() -> Path | None:
    try:
        return folders.data()
    except DataError:
        return None


def read_languages(data: Path | None) -> tuple[str, ...]:
    """The languages that the descriptor in a data folder names; English if it names none or can't
    be read, of which the checks of the tables tell."""
    named = settings.settings(data).get("languages") if data else None
    listed = named if isinstance(named, list) else []
    known = [each for each in listed if isinstance(each, str) and is_language(each)]
    return tuple(dict.fromkeys(known)) or (SOURCE,)


def is_language(code: str) -> bool:
    """Whether a code is that of a language of which Babel knows how it writes numbers and dates."""
    try:
        return bool(CODE.fullmatch(code)) and Locale.parse(code) is not None
    except (UnknownLocaleError, ValueError):
        return False


def set_languages(codes: tuple[str, ...]) -> None:
    """Set the languages of the project that this process is about."""
    global _found
    _found = codes


@functools.cache
def locale(lang: str) -> Locale:
    """How a language writes numbers, dates and lists, by Babel."""
    return Locale(lang, _REGIONS.get(lang))


class Facts(NamedTuple):
    """What the library must know of a language beside its catalogue, from `words.toml`.

    typical: frequent words. contents, summary, chapter: what headings of a document begin with.
    section, sections, appendix, appendices, footnote: what parts of a document are called, in each
    form that stands before a number. capitals: whether nouns begin with a capital. first_day: how
    the first day of a month is written, if not as `1`."""

    typical: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    chapter: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    appendix: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()
    footnote: tuple[str, ...] = ()
    capitals: bool = False
    first_day: str = ""


@functools.cache
def facts(lang: str) -> Facts:
    """What the library knows of a language; of one that it lacks (which the checks tell), nothing
    but what is usual."""
    path = FOLDER / lang / "words.toml"
    if not path.is_file():
        return Facts()
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    read: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
    return Facts(**read)


def lowered(words: str, lang: str) -> str:
    """Words of a label as they stand inside a sentence: with a small first letter, unless the
    language writes nouns with a capital.

    >>> locales.lowered("Figure", "en"), locales.lowered("Abbildung", "de")
    ('figure', 'Abbildung')
    """
    return words if facts(lang).capitals else words[:1].lower() + words[1:]


def name_of(lang: str) -> str:
    """The English name of a language, for messages: `Dutch`."""
    return str(locale(lang).get_language_name(SOURCE))


def names_of(langs: Iterable[str]) -> str:
    """The English names of languages, for messages: `Dutch and English`."""
    return lists.format_list([name_of(lang) for lang in langs], locale=locale(SOURCE))


def called(lang: str) -> str:
    """The name of a language in the current one: `Dutch`."""
    return capitalised(str(locale(lang).get_language_name(current())))


def own_name(lang: str) -> str:
    """What a language calls itself: `Nederlands`."""
    return capitalised(str(locale(lang).get_language_name()))


def capitalised(words: str) -> str:
    """Words with a capital at their beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]


def current() -> str:
    """The current output language: that of `use`, else the one chosen, else English or, in a
    project without it, the first one.

    >>> language.current()
    'en'
    """
    if (inside := _current.get("")) or (inside := _chosen):
        return inside
    known, wanted = languages(), os.environ.get("ANNEX_LANGUAGE", "")
    return next((each for each in (wanted, SOURCE) if each in known), known[0])


def choose(lang: str) -> None:
    """Set the current language for the whole process. Raises ValueError as `use` does."""
    global _chosen
    _chosen = _checked(lang)


@contextlib.contextmanager
def use(lang: str) -> Iterator[None]:
    """Set the current language inside the block. Raises ValueError for one that the project lacks.

    >>> with language.use("nl"):
    ...     language.number(1234.5)
    '1.234,5'
    """
    token = _current.set(_checked(lang))
    try:
        yield
    finally:
        _current.reset(token)


def _checked(lang: str) -> str:
    if lang not in languages():
        raise ValueError(f"unknown language {lang!r}; one of {', '.join(languages())}")
    return lang
