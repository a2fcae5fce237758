"""Numerals in running text that are no figures: of sections, footnotes, charts and tables, in the
words of the languages of the project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ...language import Text, languages, locale
from ...messages import _

# Words before a numeral that is no figure: of one place in a document, and of several.
_SECTION, _SECTIONS = (
    _("section, chapter, §", "before a number"), _("sections, chapters", "before numbers")
)  # fmt: skip
_APPENDIX, _APPENDICES = _("appendix", "before a number"), _("appendices", "before numbers")
_FOOTNOTE = _("footnote", "before a number")
_LABELS = _("Figure"), _("Table")
NUMBER = r"\d{1,2}(?:\.\d{1,2})*"


class Patterns(NamedTuple):
    """section: of a place in a document, with `appendix` or `appendices` where it is one. rules: of
    numerals in running text that are no figures."""

    section: re.Pattern
    rules: dict[str, re.Pattern]


def patterns() -> Patterns:
    """Those of the languages of the project."""
    return _patterns_of(languages())


@cache
def _patterns_of(langs: Sequence[str]) -> Patterns:
    one, many = _any_of(_SECTION), _any_of(_SECTIONS)
    appendix, appendices = _any_of(_APPENDIX), _any_of(_APPENDICES)
    pairs = (locale(lang).list_patterns["standard"]["2"] for lang in langs)
    between = "|".join(re.escape(pair.replace("{0}", "").replace("{1}", "")) for pair in pairs)
    several = rf"{NUMBER}(?:(?:, |–|{between}){NUMBER})*(?!\d)"
    place = _any_of(_SECTION, _APPENDIX, _FOOTNOTE)
    return Patterns(
        re.compile(
            rf"{one} {NUMBER}|(?P<appendix>{appendix}) {NUMBER}"
            rf"|(?:{many}|(?P<appendices>{appendices})) {several}",
            re.I,
        ),
        {
            "place": re.compile(rf"{place} \d{{1,2}}(?:\.\d){{0,2}}(?![\d.,]*\d)", re.I),
            "label": re.compile(rf"{_any_of(*_LABELS)} \d{{1,2}}\b", re.I),
            "method": re.compile(r"SHA-256"),
            "id": re.compile(r"\b[a-z]+-\d{2,3}\b"),
        },
    )


def _any_of(*texts: Text) -> str:
    """The pattern of any of the words of some texts, in every language of the project."""
    words = {each for text in texts for own in text for each in own.split(", ")}
    forms = sorted(map(re.escape, words), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(forms)})"
