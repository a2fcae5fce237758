"""Texts with fields such as `{growth:0.0%}`, filled in with numbers that keep their evidence."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from html import escape

from .. import language, locales
from ..errors import EvidenceError, Problem
from ..language import Text
from . import html_tables, value_format

_ID = re.compile(r"[a-z]+-\d{2,3}")


def check(words: Text, values: Mapping, *more: Text) -> None:
    """Check that all languages of a text use the same fields, and that `values` has exactly those.

    Raises ValueError if not, and `EvidenceError` for a text with digits among the values: such a
    number would have no evidence."""
    used: set[str] = set()
    for text in (words, *more):
        if not isinstance(text, Text):
            raise ValueError(f"{str(text)[:50]!r} as a plain text; write Text(...)")
        fields = {lang: _fields(words) for lang, words in language.given(text).items()}
        named = set().union(*fields.values())
        for lang, own in fields.items():
            if lacking := ", ".join(sorted(named - own.keys())):
                which = f"the {language.name_of(lang)} of {language.text(text)[:50]!r}"
                raise ValueError(f"fields differ: {which} lacks {lacking}")
        for name in sorted(named):
            patterns = [sorted(own[name]) for own in fields.values() if own[name]]
            if any(each != patterns[0] for each in patterns):
                shown = " and ".join(map(str, patterns))
                raise ValueError(f"patterns of {name} differ: {shown}; write the same in all")
        used |= named
    if odd := sorted(used ^ set(values)):
        for name in odd:
            if isinstance(values.get(name), str) and locales.is_language(name):
                raise ValueError(
                    f"a text in {name!r}; the project has {', '.join(language.languages())}"
                )
        raise ValueError(f"fields and values differ in {', '.join(odd)}")
    for name, value in values.items():
        for text in html_tables.items([value]):
            if isinstance(text, str) and any(map(str.isdigit, text)) and not _ID.fullmatch(text):
                expected = "a quantity, a year (language.year), or words without a figure"
                raise EvidenceError(Problem(f"the value {name}", repr(text), expected))


def fill(text: Text, values: Mapping) -> str:
    """The text as HTML, with its fields filled in and linked to their evidence. Where it lacks the
    current language, it is in another, with the numbers in that language too, and says so."""
    parts, words, lang = [], language.text(text), language.shown_in(text)
    with language.use(lang):
        for between, name, spec, _ in string.Formatter().parse(words):
            parts.append(escape(between, quote=False))
            if name is not None:
                parts.append(value_format.marked(values[name], spec or ""))
    html = "".join(parts)
    return html if lang == language.current() else f"<span{language.foreign(lang)}>{html}</span>"


def _fields(words: str) -> dict[str, set[str]]:
    """The fields of a text by name, each with the set of its number patterns."""
    found: dict[str, set[str]] = {}
    for _, name, spec, conversion in string.Formatter().parse(words):
        if name is None or spec is None:  # text after the last field
            continue
        if conversion:
            raise ValueError(f"{{{name}!{conversion}}} in {words[:50]!r}; write {{{name}}}")
        if not name.isidentifier():
            raise ValueError(f"{{{name}}} in {words[:50]!r}; write {{x:0.0}}, with x=a quantity")
        patterns = found.setdefault(name, set())
        if spec != "raw" and not spec.startswith("plural "):
            patterns.add(spec)
    return found
