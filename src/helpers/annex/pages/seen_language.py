"""In which language HTML is, by the words that occur in it."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

from ...errors import Problem, quoted
from ...language import facts, languages, name_of
from .markup import plain

# HTML that begins with words in another language than the page, as their translation is missing.
_ELSEWHERE = re.compile(r'(?:<p>)?<span lang="([^"]*)">')
_FILLED = re.compile(r'<(data|time|code|pre)\b[^>]*>.*?</\1>|<span class="value">.*?</span>', re.S)


def language_of(html: str, lang: str) -> str:
    """The language of the words of an output, on a page in `lang`."""
    elsewhere = _ELSEWHERE.match(html)
    return elsewhere[1] if elsewhere else lang


def other_language(html: str, lang: str) -> str:
    """The words that show that HTML is in another language than `lang`, comma-separated; empty if
    it is not, or if fewer than two words show it. Filled-in values and code are ignored."""
    words = re.findall(r"[^\W\d_]+", plain(_FILLED.sub(" ", html)).lower())
    known = _typical(languages())
    for other in languages():
        typical = [word for word in words if word in known[other]]
        if other != lang and len(typical) > 1 and not known[lang].intersection(words):
            return ", ".join(dict.fromkeys(typical))
    return ""


def untranslated(place: str, *each: str) -> Iterator[Problem]:
    """Problems of a text that is the same in two languages, or whose languages are swapped.

    each: its HTML, by `languages()`. Accepts names alone; ignores a text that `other_language`
    reports already."""
    if any(map(other_language, each, languages())):
        return
    texts = [plain(_FILLED.sub(" ", html)) for html in each]
    words = [re.findall(r"[^\W\d_]+", text) for text in texts]
    known = zip(languages(), each, words, strict=True)
    for (one, html, first), (two, __, second) in itertools.combinations(known, 2):
        shown, names = quoted(" ".join(plain(html).split())), [name_of(one), name_of(two)]
        if first == second and len(first) > 1 and any(map(str.islower, first)):
            which = "both languages" if len(languages()) == 2 else " and ".join(names)
            yield Problem(place, f"{shown} in {which}", "the words of each language")
        elif _only_in(two, first) and _only_in(one, second):
            expected = f"words in {names[0]}, and {names[1]} ones in {names[1]}"
            yield Problem(place, f"{shown} in {names[0]}", expected)


def _only_in(lang: str, words: Sequence[str]) -> bool:
    """Whether words are recognised as being in this language and in no other."""
    known = _typical(languages())
    return {own for own in known if known[own].intersection(map(str.lower, words))} == {lang}


@functools.cache
def _typical(langs: tuple[str, ...]) -> dict[str, set[str]]:
    """Frequent words that occur in one of these languages only, by language."""
    every = {lang: set(facts(lang).typical) for lang in langs}
    return {
        lang: own.difference(*(words for other, words in every.items() if other != lang))
        for lang, own in every.items()
    }
