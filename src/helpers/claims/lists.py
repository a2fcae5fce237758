"""Operations on lists of rows: how many there are, what they name, and from which year on.

A list of what was reported need not be complete. So an operation that looks for something in it
says true or, if it is not there, `None`: what is not reported may still have happened.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from .. import measures
from ..evidence.arithmetic import Quantity
from ..language import is_missing


def several(things: Sequence | Quantity) -> bool | None:
    """Whether there are two or more: different values, or as many as a quantity counts. `None` for
    fewer, as the list need not name all."""
    number = things.value if isinstance(things, Quantity) else len(set(things))
    return True if number is not None and number >= 2 else None


def named(texts: Sequence, *words: str | int) -> bool | None:
    """Whether every word stands in at least one of the texts: as a whole word, in capitals or not.
    `None` if one does not, as the list need not name all."""
    every = "\n".join(map(str, texts))
    found = [re.search(rf"(?<!\w){re.escape(str(word))}(?!\w)", every, re.I) for word in words]
    return True if found and all(found) else None


def named_for_all(texts: Sequence[str], names: Sequence[str], *words: str) -> bool | None:
    """Whether there is a text for each of the different names, and every text has one of the words.
    `None` if not, as a text that lacks the words may leave them out."""
    if not texts or len(texts) < len(set(names)):
        return None
    return True if all(any(named([text], word) for word in words) for text in texts) else None


def not_for_all(values: Sequence, names: Sequence) -> bool | None:
    """Whether fewer values are given than there are different names."""
    return len(values) < len(set(names)) if len(names) else None


def some_repeated(values: Sequence) -> bool | None:
    """Whether at least two of the values occur more than once."""
    counts = Counter(values)
    return sum(number > 1 for number in counts.values()) >= 2 if counts else None


def since(years: Sequence[int], start: pd.Period) -> bool | None:
    """Whether the first of the years is that of `start`: false if one is earlier, and `None` if
    none is or all are later, as the list need not name all."""
    if not years or is_missing(start) or min(years) > start.year:
        return None
    return min(years) == start.year


def all_since(years: Sequence[int | None], start: pd.Period) -> bool | None:
    """Whether none of the years is before that of `start`; `None` if an unknown one may be."""
    known = [year for year in years if year is not None]
    if not years or is_missing(start):
        return None
    if known and min(known) < start.year:
        return False
    return None if len(known) < len(years) else True


def first_in_later_half(years: Sequence[int], start: pd.Period, end: pd.Period) -> bool | None:
    """Whether the first of the years lies in the later half of the years from `start` to `end`."""
    if not years or is_missing(start) or is_missing(end):
        return None
    return 2 * min(years) > start.year + end.year


def share_rose(
    before: Sequence, all_before: Sequence, after: Sequence, all_after: Sequence
) -> bool | None:
    """Whether `after` is a larger part of `all_after` than `before` is of `all_before`."""
    if not (all_before and all_after):
        return None
    return Fraction(len(after), len(all_after)) > Fraction(len(before), len(all_before))


def over_half(part: Quantity, whole: Quantity) -> bool | None:
    """Whether the part is more than half the whole; `None` if their ranges allow both.

    Raises `EvidenceError` for units that do not fit."""
    bounds = measures.share(part, whole.to(part.unit)).to("percent").bounds
    if bounds.low is not None and bounds.low > 50:
        return True
    return False if bounds.high is not None and bounds.high <= 50 else None
