"""Words such as *all*, *most*, *after each* or *none*, held to the rows that they speak of.

`choose` picks the words that hold; a `Check` given to `say`, `show_chart` or `show_table` stops the
build when the words written there hold no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from .errors import EvidenceError, Problem
from .evidence.arithmetic import Quantity
from .language import Text, text

__all__ = ["Check", "choose", "each", "every", "extents", "highest", "lowest", "none", "only"]

EXTENTS = ("all", "none", "all_but_one", "one", "half", "most", "minority")


def __dir__() -> list[str]:
    """What Tab offers: no modules that this one imports."""
    return __all__


class Check(NamedTuple):
    """Whether what a sentence says of rows holds; what was found, and what would be right."""

    holds: bool
    found: str
    expected: str


def extents(part: Quantity, whole: Quantity) -> tuple[str, ...]:
    """What may be said of how much of a whole a part is, the most telling first: `all`, `none`,
    `all_but_one`, `one`, `half`, `most` (over half, not all), `minority` (under half, not none).

    Raises `EvidenceError` for numbers that are unknown, for a part larger than its whole and for a
    whole of nothing.

    >>> statements.extents(counts.count(visits[visits.year == 1995]), counts.count(visits))
    ('one', 'minority')
    """
    some, of = part.value, whole.value
    if some is None or of is None or not 0 <= some <= of or not of:
        found = f"{part.value} of {whole.value}"
        raise EvidenceError(Problem("an extent", found, "a known part of a whole above 0"))
    if some in (0, of):
        return ("all",) if some else ("none",)
    true = {
        "all_but_one": some == of - 1, "one": some == 1, "half": 2 * some == of,
        "most": 2 * some > of, "minority": 2 * some < of,
    }  # fmt: skip
    return tuple(each for each in EXTENTS if true.get(each))


def choose(part: Quantity, whole: Quantity, words: Mapping[str, Text]) -> Text:
    """The words for how much of the whole the part is.

    words: by extent (see `extents`); of several that hold, the most telling one. Raises
    `EvidenceError` where none of them holds, which stops the build, and ValueError for another
    extent.

    >>> both = {"all": Text("alle", "all"), "minority": Text("enkele", "some")}
    >>> found = counts.count(visits[visits.year == 1995])
    >>> text(statements.choose(found, counts.count(visits), both))
    'some'
    """
    if unknown := ", ".join(sorted(words.keys() - set(EXTENTS))):
        raise ValueError(f"words for {unknown}; the extents are {', '.join(EXTENTS)}")
    true = extents(part, whole)
    for each in true:
        if each in words:
            return words[each]
    raise EvidenceError(
        Problem(
            f"the words {text(next(iter(words.values())))[:60]!r}",
            f"{part.value} of {whole.value}: {' or '.join(true)}",
            f"what words are written for: {', '.join(words)}",
            "Write words that hold now",
        )
    )


def none(rows: pd.DataFrame | pd.Series) -> Check:
    """That there are no such rows.

    >>> statements.none(visits[visits.year > 2020]).holds
    True
    """
    return Check(not len(rows), f"{len(rows)} rows: {_some(rows.index)}", "no rows")


def every(rows: pd.DataFrame, holds: pd.Series) -> Check:
    """That something holds of every row, and that there are rows.

    holds: true or false, by row; missing counts as false.

    >>> statements.every(visits, visits.year >= 1995).holds
    True
    """
    met = holds.fillna(False).astype(bool)
    found = f"not of {_some(rows.index[~met])}" if len(rows) else "no rows"
    return Check(bool(len(rows)) and bool(met.all()), found, f"of every one of {len(rows)} rows")


def each(wanted: Iterable, present: Collection) -> Check:
    """That each of the wanted values is present: after each mission, in each year.

    >>> statements.each([1995, 1996], [1995]).found
    'none for 1996'
    """
    lacking = [one for one in wanted if one not in set(present)]
    return Check(not lacking, f"none for {_some(lacking)}", "one for each")


def only(present: Iterable, allowed: Collection) -> Check:
    """That no other values are present than those allowed.

    >>> statements.only(["press", "series"], ["series"]).found
    'also press'
    """
    others = list(dict.fromkeys(one for one in present if one not in set(allowed)))
    return Check(not others, f"also {_some(others)}", f"only {_some(list(allowed))}")


def highest(values: pd.Series, named: Iterable) -> Check:
    """That the named rows, in any order, have the highest values, and no other one as high.

    values: numbers or quantities by name; missing ones are left out, so the words must say that
    they speak of the known ones.

    >>> statements.highest(values, [values.idxmax()]).holds
    True
    """
    return _extreme(values, named, "highest", ascending=False)


def lowest(values: pd.Series, named: Iterable) -> Check:
    """As `highest`, of the lowest values.

    >>> statements.lowest(values, [values.idxmax()]).holds
    False
    """
    return _extreme(values, named, "lowest", ascending=True)


def _extreme(values: pd.Series, named: Iterable, what: str, ascending: bool) -> Check:
    wanted = list(named)
    ranks = values.dropna().map(float).rank(method="max", ascending=ascending)
    found = ranks.index[ranks <= len(wanted)]
    expected = f"the {what} at {_some(wanted)}, and no other"
    return Check(set(found) == set(wanted), f"the {what} {len(wanted)}: {_some(found)}", expected)


def stop_unless(checks: Check | Iterable[Check], words: str) -> None:
    """Raise `EvidenceError` with every check that does not hold. words: of the sentence."""
    given = [checks] if isinstance(checks, Check) else list(checks)
    problems = [
        Problem(
            f"the words {words[:60]!r}", check.found, check.expected, "Write words that hold now"
        )
        for check in given
        if not check.holds
    ]
    if problems:
        raise EvidenceError(problems)


def _some(values: Iterable) -> str:
    every = list(map(str, values))
    return ", ".join(every[:5]) + (f" and {len(every) - 5} more" if len(every) > 5 else "")
