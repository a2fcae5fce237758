"""The numbers that a printed text may mean: `75 Mio.`, `£1.2 million`, `one-third`, `10-jarige`."""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Iterator, Mapping
from fractions import Fraction

from .notation import BUILT_IN, Notation, folded, is_language, notation

_DIGITS = re.compile(r"\d+(?:[.,' ]\d+)*")
_SIGNS = "$€£¥₩₹₽₺₴₫₱฿₦₡₪"
_EXTRA = ",-"  # as in Dutch and German prices: `7.000,-`


def read(
    raw: str, lang: str = "", scales: Mapping[str, float] | None = None
) -> tuple[set[Fraction], bool]:
    """The numbers that a printed text may mean, empty for a text that can't be read as one number;
    and whether it is a percentage.

    lang: the language of the text; without one it is read in each that has words for numbers. In
    one that CLDR does not know nothing can be read. scales: more words such as `Mio`, with what
    they stand for.
    """
    more = tuple((folded(word).rstrip("."), str(n)) for word, n in (scales or {}).items())
    results = [_read(folded(raw), each, more) for each in ([lang] if lang else BUILT_IN)]
    return set().union(*(numbers for numbers, _ in results)), any(cent for _, cent in results)


@functools.lru_cache(maxsize=8192)
def _read(
    text: str, lang: str, more: tuple[tuple[str, str], ...]
) -> tuple[frozenset[Fraction], bool]:
    if not is_language(lang):
        return frozenset(), False
    reader = _Reader(notation(lang), {word: Fraction(number) for word, number in more})
    return frozenset(reader.whole(text)), reader.percentage


class _Reader:
    """Reads one text. percentage: whether it ends in a word for per cent."""

    def __init__(self, known: Notation, more: Mapping[str, Fraction]):
        self.known, self.scales = known, {**known.scales, **more}
        self.percentage = False

    def whole(self, text: str) -> set[Fraction]:
        """The readings of a text with its currency or its per cent."""
        bare = _without(text, self.known.percent, "%")
        self.percentage = bare != text
        amount = _without(bare, self.known.money, _SIGNS, self.known.of)
        if amount != bare:
            self.scales |= self.known.letters
        return set(self._number(amount.strip().removesuffix(_EXTRA)))

    def _number(self, text: str) -> Iterator[Fraction]:
        if not text:
            return
        if _DIGITS.fullmatch(text):
            yield from self._digits(text)
            return
        yield from self.known.words.get(text, ())
        for end in filter(text.endswith, self.known.ordinal_ends + self.known.adjective_ends):
            head = text.removesuffix(end).rstrip("- ")
            if head.isdecimal():
                yield Fraction(int(head))
            elif end in self.known.adjective_ends:
                yield from self.known.words.get(head, ())
        for article in self.known.article:
            if rest := _after(text, article):
                yield from self.known.words.get(rest, ())
                yield from filter(None, [self.scales.get(rest.rstrip("."))])
            if " " in text and (parts := re.fullmatch(rf"(\S+) {re.escape(article)} (\S+)", text)):
                yield from self._scaled(parts[1], parts[2])  # half a million
        for at in re.finditer(r"(?<=\d)(?=[^\W\d_])| |-", text):
            head, word = text[: at.start()], text[at.end() :]
            yield from self._scaled(head, word)
            yield from self._parts(head, word)

    def _scaled(self, head: str, word: str) -> Iterator[Fraction]:
        """`head` times the scale that a word is. Before one, `1.135` may be a decimal number."""
        scale = self.scales.get(word.rstrip("."))
        if scale is None:
            return
        if re.fullmatch(r"\d{1,3}[.,]\d{3}", head):
            yield Fraction(head.replace(",", ".")) * scale
        for number in self._number(head):
            yield number * scale

    def _parts(self, head: str, word: str) -> Iterator[Fraction]:
        """`two-thirds`, `drie kwart`: so many of a fraction."""
        part = self.known.fractions.get(word)
        if part is not None and head:
            for number in self.known.words.get(head, ()):
                if number.denominator == 1:
                    yield number * part

    def _digits(self, text: str) -> Iterator[Fraction]:
        """Digits with separators. A decimal separator before three digits may be one of thousands,
        as in a text that has the notation of another language."""
        separators = re.findall(r"[.,' ]", text)
        joined, kinds = re.sub(r"\D", "", text), {*separators}
        if not separators:
            yield Fraction(joined)
        elif re.fullmatch(r"\d{1,3}(?:[.,' ]\d{3})+", text) and len(kinds) == 1:
            yield Fraction(joined)
            if separators == [self.known.decimal]:
                yield Fraction(text.replace(",", "."))
        elif len(separators) == 1 and separators[0] in ".,":
            yield Fraction(text.replace(",", "."))
        elif mixed := re.fullmatch(r"(\d{1,3}(?:([.,' ])\d{3})+)(?!\2)[.,](\d+)", text):
            yield Fraction(f"{joined[: -len(mixed[3])]}.{mixed[3]}")


def _without(text: str, words: Container[str], signs: str, of: tuple[str, ...] = ()) -> str:
    """A text without one of the words or signs before or behind it, and without `of` that joins it.
    A sign may have letters that say whose it is: `US$`, `$US`, `CN¥`."""
    parts = text.split(" ")
    for size in range(min(5, len(parts) - 1), 0, -1):
        last = " ".join(parts[-size:])
        if last in words or any(last.removeprefix(join) in words for join in of):
            return _joined(" ".join(parts[:-size]), of)
        if " ".join(parts[:size]) in words:
            return " ".join(parts[size:])
    before = re.match(rf"[a-z]{{0,3}}[{signs}](?:[a-z]{{2}}\b)?", text)
    behind = re.search(rf"(?: [a-z]{{2,3}})?[{signs}]$|[{signs}][a-z]{{2}}$", text)
    found = before or behind
    return text if not found else _joined(text[: found.start()] + text[found.end() :], of)


def _joined(text: str, of: tuple[str, ...]) -> str:
    """A text without the word at its end that joins a currency to it."""
    return next((text.removesuffix(f" {join}") for join in of if text.endswith(f" {join}")), text)


def _after(text: str, article: str) -> str:
    """What follows an article; empty without it."""
    return text.removeprefix(f"{article} ") if text.startswith(f"{article} ") else ""
