"""Compares printed words whatever line breaks, quotes and hyphens a copy has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LINE_HYPHEN = "\N{HYPHEN}"  # marks a hyphen at a line end: of the word, or of hyphenation
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_EITHER = f"[{LINE_HYPHEN}{SOFT_HYPHEN}]"
_LETTER = r"[^\W\d_]"
GROUP = "\N{SYMBOL FOR SPACE}"  # marks a space between thousands: `13 800` is one number
NUMERAL = re.compile(rf"\d+(?:[.,]\d+|[{GROUP}']\d{{3}}(?!\d))*")
# A space that does not break, or a thin one, before three digits.
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))")
# Spaces inside French quotation marks; German ones turn the other way and have none.
_INSIDE = re.compile(r"(?<!\w)«\s+|\s+»(?!\w)")

# One character for each quote and dash; invisible characters are removed.
_SAME = str.maketrans(
    "‘’‚‛′“”„‟″«»–—−\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{HORIZONTAL BAR}",
    '\'\'\'\'\'"""""""-------',
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\ufeff",
)
_ESCAPE = re.compile(r"\\(?![^\W_])")  # of Markdown, before a punctuation mark or a line end
_SPACED_OUT = re.compile(r"(?<!\S)\S(?: {1,3}\S(?!\S)){4,}")


def clean(text: str) -> str:
    """Normalise ligatures, superscripts, quotes, dashes and spaces.

    Line ends and soft hyphens are kept; letter-spaced words are closed up; spaces that do not break
    between thousands become `GROUP`.
    """
    text = _INSIDE.sub('"', _GROUPED.sub(GROUP, text))
    text = _ESCAPE.sub("", unicodedata.normalize("NFKC", text).translate(_SAME))
    return _SPACED_OUT.sub(_closed_up, text)


def _closed_up(match: re.Match) -> str:
    if not re.search(f"(?:{_LETTER} ){{2}}{_LETTER}", match[0]):
        return match[0]  # a row of figures
    return " ".join(word.replace(" ", "") for word in re.split(" {2,}", match[0]))


def joined(text: str) -> str:
    """Join the lines of clean text, with `LINE_HYPHEN` for each hyphen at a line end."""
    text = re.sub(rf"{SOFT_HYPHEN}\s*\n\s*", SOFT_HYPHEN, text)
    text = re.sub(r"(https?://\S*/)\s*\n\s*(?=\w)", r"\1", text)
    text = re.sub(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)", LINE_HYPHEN, text)
    return re.sub(r"\s+", " ", text).strip()


def grouped(text: str) -> str:
    """Joined text with `GROUP` for any space between figures that may be one of thousands."""
    numbers = r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d]|[.,]\d{3})"
    return re.sub(numbers, lambda match: match[0].replace(" ", GROUP), text)


def readings(text: str) -> list[str]:
    """Joined text for rules, which do not know `LINE_HYPHEN`, in three variants: hyphens at line
    ends kept, kept with a space behind them, or dropped within words. The numerals and their order
    are the same in each."""
    dropped = re.sub(f"(?<={_LETTER}){_EITHER}(?={_LETTER})", "", text)
    wrapped = text.replace(LINE_HYPHEN, "- ")
    ways = (re.sub(_EITHER, "-", way).replace(GROUP, " ") for way in (text, wrapped, dropped))
    return list(dict.fromkeys(ways))


def shown(text: str) -> str:
    """Joined text for a message."""
    return text.replace(LINE_HYPHEN, "-").replace(SOFT_HYPHEN, "").replace(GROUP, " ")


def pattern(words: str, marks: Sequence[str] = ()) -> str:
    """A regular expression that matches `words` in joined text, but not in a longer word or number.

    marks: footnote marks that may follow the words without a space.
    """
    words = re.sub(r"\s+", " ", clean(words).replace(SOFT_HYPHEN, "")).strip()
    inside = re.escape(words)
    inside = re.sub(rf"(?<=\d)(?:\\ |{GROUP})(?=\d{{3}}(?!\d))", f"[ {GROUP}]", inside)
    inside = re.sub(r"(?:\\ )?(?=[;:!?%])", " ?", inside)  # French sets these apart
    inside = re.sub(r"(?<=\w)\\-\\ ", lambda _: f"(?:- ?|{_EITHER})", inside)
    inside = re.sub(r"(?<=\w)\\-", lambda _: f"(?:-|{_EITHER})", inside)
    inside = re.sub(f"(?<={_LETTER})(?={_LETTER})", f"{_EITHER}?", inside)
    before = rf"(?<![\w{SOFT_HYPHEN}])" if words[0].isalnum() else ""
    before = rf"(?<![\w.,{GROUP}])(?<!\d')" if words[0].isdigit() else before
    fused = f"(?:{'|'.join(map(re.escape, marks))})?" if marks else ""
    after = (
        rf"(?!\d|[.,{GROUP}]\d|'\d{{3}})"
        if words[-1].isdigit()
        else rf"(?!{SOFT_HYPHEN}?{_LETTER})"
    )
    return before + inside + fused + after
