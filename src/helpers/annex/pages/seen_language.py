"""In which language HTML is, by the words that occur in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from ...errors import Problem, quoted
from ...language import facts, languages, name_of, names_of
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
    words = re.findall(r"[^\W\d_]+", _said(html).lower())
    known = _typical(languages())
    own = known.get(lang, set())
    if own.isdisjoint(words):
        for other in languages():
            typical = [word for word in words if word in known[other]]
            if other != lang and own and len(typical) > 1:
                return ", ".join(dict.fromkeys(typical))
    return ""


def untranslated(place: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Problems of a text that is the same in several languages, or whose languages are swapped.
    texts: its HTML, by language. Accepts names alone; ignores a text that `other_language` reports
    already."""
    if any(other_language(html, lang) for lang, html in texts.items()):
        return
    said = {lang: _said(html) for lang, html in texts.items()}
    words = {lang: tuple(re.findall(r"[^\W\d_]+", text)) for lang, text in said.items()}
    alike: dict[tuple[str, ...], list[str]] = {}
    for lang, own in words.items():
        alike.setdefault(own, []).append(lang)
    for own, langs in alike.items():
        if len(langs) > 1 and len(own) > 1 and any(map(str.islower, own)):
            shown = quoted(" ".join(plain(texts[langs[0]]).split()))
            yield Problem(place, f"{shown} in {names_of(langs)}", "the words of each language")
    seen = {
        lang: other for lang, own in words.items() if (other := _only_in(own)) not in ("", lang)
    }
    if swapped := [lang for lang, other in seen.items() if other in seen]:
        first, *others = dict.fromkeys([*swapped, *(seen[lang] for lang in swapped)])
        found = f"{quoted(' '.join(plain(texts[first]).split()))} in {name_of(first)}"
        more = "".join(f", and {name_of(lang)} ones in {name_of(lang)}" for lang in others)
        yield Problem(place, found, f"words in {name_of(first)}{more}")


def _said(html: str) -> str:
    return plain(_FILLED.sub(" ", html))


def _only_in(words: Sequence[str]) -> str:
    """The language of the project in which alone words are recognised; empty if none or several."""
    lower = {*map(str.lower, words)}
    known = _typical(languages())
    found = [own for own in languages() if not lower.isdisjoint(known[own])]
    return found[0] if len(found) == 1 else ""


@functools.cache
def _typical(langs: tuple[str, ...]) -> dict[str, set[str]]:
    """Frequent words that occur in one of these languages only, by language."""
    every = {lang: set(facts(lang).typical) for lang in langs}
    return {
        lang: own.difference(*(words for other, words in every.items() if other != lang))
        for lang, own in every.items()
    }
