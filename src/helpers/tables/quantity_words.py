"""What is said of a quantity in the current language: value, range, name, formula and origin."""

from __future__ import annotations

import math
import re

from .. import language
from ..evidence.arithmetic import Quantity
from ..evidence.derivation import Derivation
from ..evidence.rows import Row
from ..formats import value_format
from ..listing import and_more
from ..messages import _
from .row_places import RowPlaces

_DIGITS = 4  # of a small number, at least
_NAMED = 2  # inputs of inputs in the name of a number
_SMALL, _LARGE = 1e-6, 1e15  # of numbers that are written without a power of ten
_ENDS = 90, 40  # characters of a long formula that are shown: at its beginning and end


def value(quantity: Quantity, places: RowPlaces) -> str:
    """A number with its unit as people write it: `17.56 million euros`, `61.2%`."""
    if quantity.value is None:
        unknown = language.text(_("unknown"))
        return unknown if quantity.origin else language.text(_("missing"))
    if _is_extreme(quantity):
        return f"{float(quantity):.4g} {places.unit(quantity.unit)}"
    number = language.number(float(quantity), _pattern(quantity))
    return number if _percent(quantity) else f"{number} {places.unit(quantity.unit)}"


def bounds(quantity: Quantity) -> str:
    """The numbers that it may stand for, without its unit."""
    ends = quantity.bounds.low, quantity.bounds.high
    if quantity.value is not None and ends == (quantity.value, quantity.value):
        return language.text(_("just this number"))
    if _is_extreme(quantity):
        return "–".join("…" if end is None else f"{float(end):.4g}" for end in ends)
    return value_format.written(quantity, f"range {_pattern(quantity)}")


def name(quantity: Quantity, places: RowPlaces, depth: int = _NAMED) -> str:
    """What a number is called: as its row, or its measure and what that is of."""
    origin = quantity.origin
    if origin is None:
        return language.text(_("missing cell"))
    if isinstance(origin, Row):
        return places.row_name(origin)
    if origin.name is None:
        return formula(origin)
    called = language.text(origin.name).replace("{unit}", places.unit(quantity.unit))
    main = origin.inputs.get(origin.of) or next(iter(origin.inputs.values()), None)
    if main is None or not depth:
        return called
    rest = len(origin.inputs) - 1 if "a1" in origin.inputs else 0  # `a1`, `a2`, …: all alike
    words = language.labelled(called, name(main, places, depth - 1))
    return ", ".join([words, *([and_more(rest)] if rest else [])])


def formula(origin: Derivation) -> str:
    """A formula with the names of its inputs; of a long one its beginning and end."""
    if isinstance(origin.formula, str):
        own = {key: language.text(words) for key, words in origin.called.items()}
        parts = re.split(r"(\w+)", origin.formula)
        words = "".join(own.get(part) or part for part in parts)
    else:
        words = language.text(origin.formula)
    first, last = _ENDS
    if len(words) <= first + last:
        return words
    return f"{words[:first].rpartition(' ')[0]} … {words[-last:].partition(' ')[2]}"


def evidence(quantity: Quantity, places: RowPlaces) -> dict[str, str]:
    """Where a number comes from, by label, without its inputs: the words as printed, the cell and
    the source; or the formula and the rows that were counted."""
    origin = quantity.origin
    if origin is None:
        none = language.text(_("none: an empty cell, or no row gives this number"))  # fmt: skip
        return {language.text(_("evidence")): none}
    if isinstance(origin, Row):
        unread = _("the row mentions this number and does not give it")
        known = language.text(unread) if quantity.value is None else ""
        found = {
            language.text(_("value")): known,
            language.text(_("as printed")): f"‘{origin.raw}’" if origin.raw else "",
            language.text(_("cell")): places.cell(origin),
            language.text(_("source")): places.cited([origin.source]),
        }
        return {label: words for label, words in found.items() if words}
    found = {language.text(_("computed as")): formula(origin)}
    if quantity.value is None:
        why = language.text(_("unknown, as an input is"))
        found[language.text(_("value"))] = why
    if origin.table:
        found[language.text(_("rows"))] = places.counted(origin.table, origin.rows)
        found[language.text(_("source"))] = places.cited(origin.sources)
    return found


def _percent(quantity: Quantity) -> bool:
    origin = quantity.origin
    return isinstance(origin, Derivation) and origin.percent and quantity.unit == "ratio"


def _sizes(quantity: Quantity) -> list[float]:
    """The sizes of the value and the bounds, as far as they are known and not 0."""
    ends = (quantity.value, quantity.bounds.low, quantity.bounds.high)
    return [abs(float(end)) for end in ends if end]


def _is_extreme(quantity: Quantity) -> bool:
    """Whether it has too many digits to read, so that a power of ten is written."""
    return any(not _SMALL <= size < _LARGE for size in _sizes(quantity))


def _pattern(quantity: Quantity) -> str:
    """A number pattern with at least a few digits of a small number."""
    size = min(_sizes(quantity), default=1) * (100 if _percent(quantity) else 1)
    decimals = min(max(3, _DIGITS - 1 - math.floor(math.log10(size))), 9)
    return "#,##0." + "#" * decimals + "%" * _percent(quantity)
