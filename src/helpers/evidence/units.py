"""Units: their names, their scales, and conversion.

A unit is a word such as `EUR_m`, `jobs` or `ratio`, or a quotient of two (`EUR_m/jobs`). The
suffixes `_k`, `_m` and `_bn` stand for thousands, millions and billions. Numbers are added or
divided into a share only if their units are the same; only units of one scale are converted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from ..errors import LIBRARY, EvidenceError, Problem, nearest, quoted
from ..language import Text
from ..messages import _

NO_CURRENCY = "unspecified_currency"  # an amount of money printed without a currency

# Units that convert into each other, each with its factor to the first of its scale.
_SCALES: tuple[dict[str, Fraction], ...] = (
    {"EUR": Fraction(1), "EUR_k": Fraction(10**3), "EUR_m": Fraction(10**6),
     "EUR_bn": Fraction(10**9)},
    {"ratio": Fraction(1), "percent": Fraction(1, 100)},
    {"persons": Fraction(1), "persons_k": Fraction(1000), "viewers": Fraction(1)},
)  # fmt: skip

# Display names of the units that this library uses; the descriptor names all others.
LABELS = {
    "EUR": _("euros"),
    "EUR_k": _("thousand euros"),
    "EUR_m": _("million euros"),
    "EUR_bn": _("billion euros"),
    "ratio": _("ratio"),
    "percent": _("per cent"),
    "persons": _("persons"),
    "persons_k": _("thousand persons"),
    "viewers": _("viewers"),
    "fte": _("FTE"),
    NO_CURRENCY: _("amount without currency"),
    "index": _("index number"),
    "rank": _("place in a ranking"),
    "years": _("years"),
    "per EUR": _("foreign currency per euro"),
}

_ONE = {"/years": _("year")}  # singular, as the denominator of a quotient

_MULTIPLES = {"k": 10**3, "m": 10**6, "bn": 10**9}


def multiple(unit: str) -> int:
    """The multiple that the suffix of a unit stands for: a million for `EUR_m`, 1 for `jobs`."""
    return _MULTIPLES.get(unit.partition("/")[0].rpartition("_")[2], 1)


def factor(unit: str, wanted: str) -> Fraction | None:
    """The factor that converts `unit` to `wanted`; `None` when they are not of one scale."""
    if unit == wanted:
        return Fraction(1)
    for scale in _SCALES:
        if unit in scale and wanted in scale:
            return scale[unit] / scale[wanted]
    return None


def per(unit: str, other: str) -> str:
    """The unit of a quotient; `ratio` for equal units.

    Raises `EvidenceError` if the divisor is a quotient itself, as `a/b/c` means `a/b` by `c`.
    """
    if unit == other:
        return "ratio"
    if "/" in other:
        expected = "a divisor whose unit is no quotient"
        raise EvidenceError(Problem("a calculation", f"{unit} divided by {other}", expected))
    return f"{unit}/{other}"


def times(unit: str, other: str) -> str:
    """The unit of a product: `EUR` of `ratio` and `EUR`, and of `EUR/jobs` and `jobs`.

    Raises `EvidenceError` for any other pair: `jobs × jobs` has no name."""
    for one, two in ((unit, other), (other, unit)):
        above, __, below = one.rpartition("/")
        if one == "ratio" or (above and below == two):
            return two if one == "ratio" else above
    expected = "a ratio, or a quotient and its divisor"
    remedy = "Take plain numbers with .astype(float) if no unit is needed"
    raise EvidenceError(Problem("a calculation", f"{unit} times {other}", expected, remedy))


def base(unit: str) -> tuple[str, Fraction]:
    """The first unit of the scale of a unit, and the factor to it: `EUR` and 1000 for `EUR_k`."""
    scale = next((scale for scale in _SCALES if unit in scale), {unit: Fraction(1)})
    return next(iter(scale)), scale[unit]


def label(unit: str, known: Mapping[str, Text], place: str = "a number") -> Text:
    """The display name of a unit. known: names from the tables, by unit; the singular for use as a
    denominator by the unit after a slash (`/jobs`). place: where the unit is used, for messages.

    Raises `EvidenceError` for a unit that neither the tables nor this module name.
    """
    if wrong := unnamed(unit, known):
        raise EvidenceError(Problem(place, f"the unit {quoted(unit)}", *wrong))
    above, __, below = unit.rpartition("/")
    if not above:
        return known[unit] if unit in known else LABELS[unit]
    top, base = label(above, known), {**_ONE, **known}.get(f"/{below}") or label(below, known)
    return _("{} per {}").format(top, base)


def unnamed(unit: str, known: Mapping[str, Text]) -> tuple[str, str] | tuple[()]:
    """Expected value and remedy for a unit without a display name; empty when it has one. A
    quotient has one when each of its parts has one."""
    named = {**known, **LABELS}
    first, *below = unit.split("/")
    for part in (first, *below):
        if part not in named:
            words = {
                word.casefold(): name
                for name, called in sorted(named.items(), reverse=True)
                if not re.search("[./]", name)  # `missions.rows` and `/jobs` are no units of values
                for word in (*called, name)
            }
            near = nearest(part.casefold(), words, 0.6)
            whose = f" for {quoted(part)}" if below else ""
            meant = f"Write {words[near]}, or name" if near else "Name"
            return (
                f"a unit that a table's categories or {LIBRARY}/evidence/units.py name{whose}",
                f"{meant} a new one as a category of a unit column, with label and label_nl",
            )
    return ()


def contradicted(column: str, unit: str) -> str:
    """The unit in the name of a column (`value_eur_m`) if it is not `unit`; empty if it is, or if
    the name has none."""
    ends = (name for name in LABELS if "_" in name and column.endswith(f"_{name.lower()}"))
    return next((name for name in ends if unit.partition("/")[0] != name), "")
