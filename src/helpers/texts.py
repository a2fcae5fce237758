"""A text in the languages of the project."""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from .locales import CODE, SOURCE, current, languages

_lacking = contextvars.ContextVar[dict["Text", None]]("lacking")


class Text:
    """A text in the languages of the project; empty where a translation is missing.

    `Text("bezoek", "visit")` is in the order of the languages, `Text("...")` in the first one
    alone, `Text(en="...")` in the one named. Wherever a language is missing, the text is shown in
    the first language that has it: in JupyterLab and in a draft. The whole annex needs every
    translation. To iterate over it gives its words in the order of `languages`.

    Raises ValueError for more words than languages, and for a language that the project lacks.

    >>> language.text(Text("bezoek", "visit"))
    'visit'
    """

    __slots__ = ("_words",)

    def __init__(self, *words: str, **named: str):
        known = languages() if words or named else ()
        if len(words) > len(known):
            listed = ", ".join(known)
            raise ValueError(f"{len(words)} texts, such as {words[-1][:50]!r}, in {listed} only")
        if other := [lang for lang in named if lang not in known]:
            raise ValueError(f"a text in {other[0]!r}; the project has {', '.join(known)}")
        self._words: Mapping[str, str] = {**dict(zip(known, words, strict=False)), **named}

    @classmethod
    def same(cls, word: object) -> Text:
        """The same word in every language."""
        return cls(*[str(word)] * len(languages()))

    def word(self, lang: str) -> str:
        """The words in one language; empty if it lacks that."""
        return self._words.get(lang, "")

    def map(self, change: Callable[[str], str]) -> Text:
        """The text with its words changed in each language."""
        return Text(*map(change, self))

    def format(self, *fields: Any, **named: Any) -> Text:
        """The text with its fields filled in, as `str.format` does; of a field that is a `Text` the
        words in the same language. Empty in a language that this text or a field lacks."""
        return Text(*(filled(self.word(lang), lang, fields, named) for lang in languages()))

    def _asdict(self) -> dict[str, str]:
        """The words by language, those that are missing as empty ones."""
        return dict(zip(languages(), self, strict=True))

    def __getattr__(self, lang: str) -> str:
        if CODE.fullmatch(lang):
            return self.word(lang)
        raise AttributeError(f"{type(self).__name__} has no {lang!r}")

    def __iter__(self) -> Iterator[str]:
        return iter([self.word(lang) for lang in languages()])

    def __len__(self) -> int:
        return len(languages())

    def __getitem__(self, at: int) -> str:
        return self.word(languages()[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __lt__(self, other: Text) -> bool:
        return tuple(self) < tuple(other)

    def __repr__(self) -> str:
        return f"Text({', '.join(f'{lang}={word!r}' for lang, word in self._asdict().items())})"


def filled(words: str, lang: str, fields: Sequence, named: Mapping[str, Any]) -> str:
    """Words in a language with their fields filled in, as `Text.format` does."""
    every = [each for each in (*fields, *named.values()) if isinstance(each, Text)]
    if any(not each.word(lang) and any(each) for each in every):
        return ""
    own = [each.word(lang) if isinstance(each, Text) else each for each in fields]
    return words.format(
        *own, **{k: v.word(lang) if isinstance(v, Text) else v for k, v in named.items()}
    )


def worded(row: Any, name: str) -> Text:
    """The text that a row or an object of the descriptor has under a name: `name_<language>` for a
    language, else plain `name`, which is in the language that has no word of its own.

    row: a mapping, a series or a named tuple. Missing values are empty."""
    cells = row._asdict() if hasattr(row, "_asdict") else row
    found = {lang: cells.get(f"{name}_{lang}", cells.get(name)) for lang in languages()}
    return Text(**{lang: word for lang, word in found.items() if isinstance(word, str)})


def has_words(row: Any, name: str) -> bool:
    """Whether a row has a text under a name, in any language."""
    return any(worded(row, name))


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
    return words.word(lang)


def given(words: Text) -> dict[str, str]:
    """The text in each language that it has, by language."""
    return {lang: own for lang, own in words._asdict().items() if own.strip()}


def english(words: Text) -> str:
    """The text in English, or else in the first language that it has: for programs."""
    return words.word(SOURCE) or next(iter(given(words).values()), "")


def is_lacking(words: Text) -> bool:
    """Whether a text has words in some languages only."""
    return len({bool(word.strip()) for word in words}) > 1


def shown_in(words: Text) -> str:
    """The language in which a text is shown: the current one unless the text lacks it, else the
    first that it has."""
    lang = current()
    return lang if words.word(lang).strip() else next(iter(given(words)), lang)


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
