"""Units: their names, their scales, and conversion.

A unit is a word such as `EUR_m`, `jobs` or `ratio`, or a quotient of two (`EUR_m/jobs`). The
suffixes `_k`, `_m` and `_bn` stand for thousands, millions and billions. Every currency is a unit
by its code of ISO 4217, and so is `per EUR`, a rate of exchange. Numbers are added or divided into
a share only if their units are the same; only units of one scale are converted, and no currency
into another one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction

from .. import amounts
from ..errors import LIBRARY, EvidenceError, Problem, nearest, quoted
from ..language import Text
from ..messages import _

NO_CURRENCY = "unspecified_currency"  # an amount of money printed without a currency

# Units other than currencies that convert into each other, with the factor to the first of each.
_SCALES: tuple[dict[str, Fraction], ...] = (
    {"ratio": Fraction(1), "percent": Fraction(1, 100)},
    {"persons": Fraction(1), "persons_k": Fraction(1000), "viewers": Fraction(1)},
)  # fmt: skip

# Display names of the units that this library uses, without those of currencies (`named`); the
# descriptor names all others.
LABELS = {
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
}

_ONE = {"/years": _("year")}  # singular, as the denominator of a quotient

_RATE = "per "


def multiple(unit: str) -> int:
    """The multiple that the suffix of a unit stands for: a million for `EUR_m`, 1 for `jobs`."""
    return amounts.MULTIPLES.get(unit.partition("/")[0].rpartition("_")[2], 1)


def factor(unit: str, wanted: str) -> Fraction | None:
    """The factor that converts `unit` to `wanted`; `None` when they are not of one scale."""
    if unit == wanted:
        return Fraction(1)
    (first, times), (other, size) = base(unit), base(wanted)
    return times / size if first == other else None


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
    if money := amounts.split(unit):
        return money[0], Fraction(amounts.MULTIPLES[money[1]])
    scale = next((scale for scale in _SCALES if unit in scale), {unit: Fraction(1)})
    return next(iter(scale)), scale[unit]


def own_label(unit: str) -> Text | None:
    """The display name of a unit that this library knows by itself; `None` for any other."""
    if amounts.split(unit):
        return amounts.label(unit)
    if unit.startswith(_RATE) and (code := unit.removeprefix(_RATE)) in amounts.currencies():
        return amounts.rate_label(code)
    return LABELS.get(unit)


def label(unit: str, known: Mapping[str, Text], place: str = "a number") -> Text:
    """The display name of a unit. known: names from the tables, by unit; the singular for use as a
    denominator by the unit after a slash (`/jobs`). place: where the unit is used, for messages.

    Raises `EvidenceError` for a unit that neither the tables nor this module name.
    """
    if wrong := unnamed(unit, known):
        raise EvidenceError(Problem(place, f"the unit {quoted(unit)}", *wrong))
    above, __, below = unit.rpartition("/")
    if not above:
        return known[unit] if unit in known else own_label(unit) or Text()
    top, base = label(above, known), {**_ONE, **known}.get(f"/{below}") or label(below, known)
    return _("{} per {}").format(top, base)


def unnamed(unit: str, known: Mapping[str, Text]) -> tuple[str, str] | tuple[()]:
    """Expected value and remedy for a unit without a display name; empty when it has one. A
    quotient has one when each of its parts has one."""
    named = {**known, **LABELS}
    first, *below = unit.split("/")
    for part in (first, *below):
        if part not in named and own_label(part) is None:
            code = part[:3].upper()
            if code in amounts.currencies():  # `EUR_mm`, `eur`
                forms = (f"{code}_{scale}".rstrip("_") for scale in amounts.MULTIPLES)
                named |= {form: amounts.label(form) for form in forms}
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
                f"{meant} a new one as a category of a unit column, with a label in each language",
            )
    return ()


def unlisted(unit: str, currencies: Collection[str]) -> tuple[str, str] | tuple[()]:
    """Expected value and remedy for a unit of a currency that a project does not have; empty for
    others. currencies: `annex.currencies` of the descriptor; any is right where it lists none."""
    codes = {found[0] for part in unit.split("/") if (found := amounts.split(part))}
    if not currencies or codes <= set(currencies):
        return ()
    return f"a currency of annex.currencies: {', '.join(currencies)}", "Add it there if it is meant"


def contradicted(column: str, unit: str) -> str:
    """The unit in the name of a column (`value_eur_m`) if it is not `unit`; empty if it is, or if
    the name has none."""
    parts = column.rsplit("_", 2)[1:]
    money = f"{parts[0].upper()}_{parts[1]}" if len(parts) == 2 else ""
    ends = (name for name in LABELS if "_" in name and column.endswith(f"_{name.lower()}"))
    named = [*([money] if amounts.split(money) else []), *ends]
    return next((name for name in named if unit.partition("/")[0] != name), "")
