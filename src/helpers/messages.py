"""The words of the library: English in the code, in other languages from a catalogue for each.

A catalogue is `locale/<language>/LC_MESSAGES/helpers.po`, which translators edit with the usual
tools of gettext (`make messages` brings it up to date). Babel reads it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from babel.messages.pofile import read_po

from .locales import FOLDER, SOURCE
from .texts import Text, filled


class Message(Text):
    """A text of the library, looked up when it is shown: which languages a project has is not known
    when a module is imported."""

    __slots__ = ("_context", "_english", "_fields", "_named")

    def __init__(self, english: str, context: str = "", *fields: Any, **named: Any):
        self._english, self._context = english, context
        self._fields, self._named = fields, named

    def word(self, lang: str) -> str:
        """The words in one language; English where its catalogue lacks them, which a test tells."""
        words = _catalogue(lang).get((self._context, self._english), self._english)
        return filled(words, lang, self._fields, self._named) if self._filled else words

    @property
    def _filled(self) -> bool:
        return bool(self._fields or self._named)

    def format(self, *fields: Any, **named: Any) -> Text:
        """As for any text; in any language that the library has, too."""
        if self._filled:
            return super().format(*fields, **named)
        return Message(self._english, self._context, *fields, **named)


def _(english: str, context: str = "") -> Text:
    """A text of the library. context: tells two English texts apart that have different
    translations.

    >>> _("Figure").word("nl")
    'Figuur'
    """
    return Message(english, context)


# Between a label and what it labels, and between items; in French with a space before.
COLON, SEMICOLON = _(": "), _("; ")
UNWRITTEN = _("[to be written]")  # where an author must write


def translated() -> list[str]:
    """The languages into which the words are translated, English first."""
    return [SOURCE, *sorted(path.parent.parent.name for path in FOLDER.glob("*/*/helpers.po"))]


@functools.cache
def _catalogue(lang: str) -> Mapping[tuple[str, str], str]:
    """The translations in a language by context and English text; none of those marked as unsure
    (`fuzzy`)."""
    path = FOLDER / lang / "LC_MESSAGES" / "helpers.po"
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=lang)
    return {
        (message.context or "", str(message.id)): str(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }
