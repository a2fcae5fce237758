"""Words such as *all*, *most*, *after each* or *none*, held to the rows that they speak of.

`choose` picks the words that hold; a `Check` given to `say`, `show_chart` or `show_table` stops the
build when the words written there hold no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

import pandas as pd
from pandas.api.types import is_list_like

from .errors import EvidenceError, Problem, listed, quoted
from .evidence.arithmetic import Quantity, checked
from .evidence.intervals import exactly
from .language import Text, text

__all__ = ["Check", "choose", "each", "every", "extents", "highest", "lowest", "none", "only"]
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports

EXTENTS = ("all", "none", "all_but_one", "one", "half", "most", "minority")


class Check(NamedTuple):
    """Whether what a sentence says of rows holds; what was found, and what would be right."""

    holds: bool
    found: str
    expected: str


def extents(part: Quantity, whole: Quantity) -> tuple[str, ...]:
    """What may be said of how much of a whole a part is, the most telling first: `all`, `none`,
    `all_but_one`, `one`, `half`, `most` (over half, not all), `minority` (under half, not none).

    Of two numbers with ranges only what holds for every number in them, which may be nothing.
    Raises `EvidenceError` for units that do not fit, for numbers that are unknown, for a part
    larger than its whole and for a whole of nothing.

    >>> statements.extents(counts.count(visits[visits.year == 1995]), counts.count(visits))
    ('one', 'minority')
    """
    whole = checked(whole).to(checked(part).unit)
    some, low, high = part.value, part.bounds.low, part.bounds.high
    of, least, most = whole.value, whole.bounds.low, whole.bounds.high
    if (
        some is None or low is None or high is None or of is None or least is None or most is None
        or not 0 <= some <= of or not least > 0
    ):  # fmt: skip
        found, expected = f"{some} of {of}", "a known part of a whole above 0"
        remedy = "Show the words only where there is something to count"
        raise EvidenceError(Problem("words for how much of a whole", found, expected, remedy))
    true = [_extents(*both) for both in ((some, of), (low, most), (min(high, least), least))]
    return tuple(each for each in EXTENTS if all(extents.get(each) for extents in true))


def _extents(some: Fraction, of: Fraction) -> dict[str, bool]:
    if some in (0, of):
        return {"all": some == of, "none": some == 0}
    return {
        "all_but_one": some == of - 1, "one": some == 1, "half": 2 * some == of,
        "most": 2 * some > of, "minority": 2 * some < of,
    }  # fmt: skip


def choose(part: Quantity, whole: Quantity, words: Mapping[str, Text]) -> Text:
    """The words for how much of the whole the part is.

    words: by extent (see `extents`); of several that hold, the most telling one. Raises
    `EvidenceError` where none of them holds, which stops the build, and ValueError for another
    extent or no words at all.

    >>> both = {"all": Text("alle", "all"), "minority": Text("enkele", "some")}
    >>> found = counts.count(visits[visits.year == 1995])
    >>> text(statements.choose(found, counts.count(visits), both))
    'some'
    """
    if not words or words.keys() - set(EXTENTS):
        unknown = listed(sorted(words.keys() - set(EXTENTS))) or "nothing"
        raise ValueError(f"words for {unknown}; the extents are {', '.join(EXTENTS)}")
    true = extents(part, whole)
    for each in true:
        if each in words:
            return words[each]
    raise EvidenceError(
        Problem(
            f"the words {text(next(iter(words.values())))[:60]!r}",
            f"{part.value} of {whole.value}: {' or '.join(true) or 'their ranges allow several'}",
            f"what words are written for: {', '.join(words)}",
            "Write words that hold now",
        )
    )


def none(rows: pd.DataFrame | pd.Series) -> Check:
    """That there are no such rows.

    >>> statements.none(visits[visits.year > 2020]).holds
    True
    """
    return Check(not len(rows), f"{len(rows)} rows: {listed(map(str, rows.index), 5)}", "no rows")


def every(rows: pd.DataFrame, holds: pd.Series) -> Check:
    """That something holds of every row, and that there are rows.

    holds: true or false, by row; missing counts as false.

    >>> statements.every(visits, visits.year >= 1995).holds
    True
    """
    met = holds.reindex(rows.index).fillna(False).astype(bool)
    found = f"not of {listed(map(str, rows.index[~met]), 5)}" if len(rows) else "no rows"
    return Check(bool(len(rows)) and bool(met.all()), found, f"of every one of {len(rows)} rows")


def each(wanted: Iterable, present: Collection) -> Check:
    """That each of the wanted values is present: after each mission, in each year; and that there
    are such values.

    >>> statements.each([1995, 1996], [1995]).found
    'none for 1996'
    """
    wanted = list(wanted)
    lacking = [one for one in wanted if one not in set(present)]
    found = f"none for {listed(map(str, lacking), 5)}" if wanted else "nothing to look for"
    return Check(bool(wanted) and not lacking, found, "one for each")


def only(present: Iterable, allowed: Collection) -> Check:
    """That no other values are present than those allowed, and that there are some.

    >>> statements.only(["press", "series"], ["series"]).found
    'also press'
    """
    present = list(present)
    others = dict.fromkeys(one for one in present if one not in set(allowed))
    found = f"also {listed(map(str, others), 5)}" if present else "nothing at all"
    return Check(bool(present) and not others, found, f"only {listed(map(str, allowed), 5)}")


def highest(values: pd.Series, named: Iterable) -> Check:
    """That the named rows, in any order, have the highest values; no other one is as high, or may
    be higher by its range.

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
    wanted, known = list(named), values.dropna()
    ranks = known.map(float).rank(method="max", ascending=ascending)
    first = ranks.index[ranks <= len(wanted)]
    found = f"the {what} {len(wanted)}: {listed(map(str, first), 5)}"
    holds = bool(wanted) and set(first) == set(wanted)
    if holds and (near := _near(known[wanted], known.drop(wanted), ascending)):
        holds, found = False, f"by their ranges perhaps also {listed(map(str, near), 5)}"
    return Check(holds, found, f"the {what} at {listed(map(str, wanted), 5)}, and no other")


def _near(ours: pd.Series, others: pd.Series, ascending: bool) -> list:
    """The names of others that may be higher than one of ours, or lower, by their ranges."""
    own, beside = (
        [getattr(one, "bounds", None) or exactly(one) for one in each] for each in (ours, others)
    )
    return [
        name
        for name, other in zip(others.index, beside, strict=True)
        if any(o.may_exceed(other) if ascending else other.may_exceed(o) for o in own)
    ]


def stop_unless(checks: Check | Iterable[Check], words: str) -> None:
    """Raise `EvidenceError` with every check that does not hold. words: of the sentence."""
    one = isinstance(checks, Check) or not is_list_like(checks)
    place = f"the words {words[:60]!r}"
    problems = []
    for check in [checks] if one else checks:
        if not isinstance(check, Check):
            expected, remedy = "a check", "Write one such as holds=statements.none(rows)"
            problems.append(Problem(place, f"holds={quoted(str(check))}", expected, remedy))
        elif not check.holds:
            remedy = "Write words that hold now"
            problems.append(Problem(place, check.found, check.expected, remedy))
    if problems:
        raise EvidenceError(problems)
