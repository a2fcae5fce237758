"""Sentences that a program makes: in every language, with fields for their numbers and names."""

from __future__ import annotations

import re
from typing import Any

from .. import language
from ..language import Text
from ..locales import capitalised

Sentence = tuple[Text, dict[str, Any]]  # a text with fields, and the values of these

YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


class Words:
    """A sentence in the making: parts in every language, with the values of their fields.

    `Words()(_("<n> times"), n=(quantity, "0.0"))`: a value, or a pair of it and its pattern, stands
    in angle brackets. Words are a `Text`, or the same in all languages. `end` gives the sentence.
    """

    def __init__(self) -> None:
        self.parts: list[Text] = []
        self.values: dict[str, Any] = {}

    def __call__(self, words: Text | str, **values) -> Words:
        """Add words; their fields get names of their own."""
        written = {name: self._field(name, value) for name, value in values.items()}
        each = Text.same(words) if isinstance(words, str) else words
        self.parts.append(Text(*(_put(own, written, at) for at, own in enumerate(each))))
        return self

    def _field(self, name: str, value) -> Text:
        """A value as a field with a name of its own; with a pattern if it is a pair."""
        own, spec = f"{name}{len(self.values)}", ""
        if isinstance(value, Text) and YEAR.search(" ".join(value)):
            return self._dated(value, own)
        if isinstance(value, tuple) and not isinstance(value, Text):
            value, spec = value
        self.values[own] = value
        return Text.same(f"{{{own}:{spec}}}" if spec else f"{{{own}}}")

    def _dated(self, words: Text, own: str) -> Text:
        """A name with years in it: they are fields, as any number in a sentence."""
        fields = {year: f"{own}_{year}" for year in YEAR.findall(" ".join(words))}
        self.values |= {field: language.year(int(year)) for year, field in fields.items()}

        def escaped(text: str) -> str:
            text = text.replace("{", "{{").replace("}", "}}")
            return YEAR.sub(lambda match: f"{{{fields[match[0]]}}}", text)

        return words.map(escaped)

    def end(self) -> Sentence:
        """The sentence, with a capital and a full stop."""
        whole = ["".join(parts) for parts in zip(*self.parts, strict=True)]
        first = re.match(r"{(\w+)}", whole[0])
        if first and isinstance(name := self.values[first[1]], Text):
            self.values[first[1]] = name.map(capitalised)
        return Text(*(f"{capitalised(words)}." for words in whole)), self.values


def _put(words: str, fields: dict[str, Text], language_at: int) -> str:
    """Words with each `<name>` replaced by its field."""
    return re.sub(r"<(\w+)>", lambda match: fields[match[1]][language_at], words)
