"""In which language HTML is, by the words that occur in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...errors import Problem, quoted
from ...language import languages
from .markup import plain

# Frequent words that occur in one of the languages only.
_TYPICAL = {
    "nl": {
        "aan", "bij", "dat", "de", "deze", "dit", "een", "en", "er", "geen", "het", "hier", "hoe",
        "naar", "niet", "ook", "staat", "uit", "van", "voor", "wat", "welke", "worden", "wordt",
        "zijn", "zo",
    },
    "en": {
        "and", "are", "be", "been", "by", "for", "from", "have", "here", "how", "it", "its", "not",
        "that", "the", "there", "these", "this", "to", "what", "which", "with",
    },
}  # fmt: skip
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
    words = re.findall(r"[a-z]+", plain(_FILLED.sub(" ", html)).lower())
    for other in languages():
        typical = [word for word in words if word in _TYPICAL[other]]
        if other != lang and len(typical) > 1 and not _TYPICAL[lang].intersection(words):
            return ", ".join(dict.fromkeys(typical))
    return ""


def untranslated(place: str, *both: str) -> Iterator[Problem]:
    """Problems of a text that is the same in both languages, or whose languages are swapped.

    both: its HTML, by `languages()`. Accepts names alone; ignores a text that `other_language`
    reports already."""
    if any(map(other_language, both, languages())):
        return
    texts = [plain(_FILLED.sub(" ", html)) for html in both]
    dutch, english = (re.findall(r"[^\W\d_]+", text) for text in texts)
    if dutch == english and len(dutch) > 1 and any(map(str.islower, dutch)):
        found = f"{quoted(' '.join(plain(both[0]).split()))} in both languages"
        yield Problem(place, found, "the words of each language")
    elif _only_in("en", dutch) and _only_in("nl", english):
        found = f"{quoted(' '.join(plain(both[0]).split()))} in Dutch"
        yield Problem(place, found, "words in Dutch, and English ones in English")


def _only_in(lang: str, words: Sequence[str]) -> bool:
    """Whether words are recognised as being in this language and in no other."""
    found = {own for own in languages() if _TYPICAL[own].intersection(map(str.lower, words))}
    return found == {lang}
