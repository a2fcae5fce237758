"""A number of the register as it is written: with the digits that its range bears, its range
rounded outwards, and its sum with the figures in it, each a link to its entry."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from functools import cache

from markupsafe import Markup, escape

from ... import language
from ...evidence.intervals import exact
from ...formats import value_format
from ...language import Text

_MOST = 6  # decimals
_SURE, _ROUGH = 4, 2  # significant digits of an exact number without end, and of the vaguest one
_UNITLESS = {"ratio", "percent", "index", "factor"}  # figures of these stand in a sum as they are


def percent(record: Mapping) -> bool:
    """Whether the number of a record is shown as a percentage, as a share or change is."""
    return record.get("derivation", {}).get("percent", False)


def value(record: Mapping) -> Markup:
    """The value of a record as `data`: a read one with all its digits, a computed one with those
    that its range bears."""
    return _data(record["value"], _decimals(record), percent(record), ROUND_HALF_UP)


def plain(number: float | None) -> Markup:
    """A number without a record as `data`."""
    return _data(number, _MOST, False, ROUND_HALF_UP)


def bounds(record: Mapping) -> Markup:
    """The range of a record, a digit longer than its value and rounded outwards; empty for a number
    that is exact, and one dash for one without any bound."""
    low, high = record["low"], record["high"]
    if low == high:
        return Markup("" if low is not None else "–")
    digits = _decimals(record) + ("derivation" in record)
    least = _data(low, digits, percent(record), ROUND_FLOOR, "≥ " if high is None else "")
    most = _data(high, digits, percent(record), ROUND_CEILING, "≤ " if low is None else "")
    return least if high is None else most if low is None else least + "–" + most


def around(record: Mapping) -> Markup:
    """As `bounds`, of a number that was read: how far it may lie to either side, if equally far."""
    number, low, high = (record[name] for name in ("value", "low", "high"))
    if None in (number, low, high) or low == high:
        return bounds(record)
    below, above = exact(number) - exact(low), exact(high) - exact(number)
    return Markup("± ") + plain(float(above)) if below == above else bounds(record)


def _decimals(record: Mapping) -> int:
    """Decimals of a value: the finest whose unit is no smaller than half the range."""
    number, low, high = (record[name] for name in ("value", "low", "high"))
    if "row" in record or not number or number == int(number):
        return _MOST
    scale = 100 if percent(record) else 1
    size = math.floor(math.log10(abs(number) * scale))
    half = 0 if low is None or high is None else (high - low) / 2 * scale
    digits = math.floor(-math.log10(half)) if half else _SURE - 1 - size
    return min(max(digits, _ROUGH - 1 - size, 0), _MOST)


def _data(
    number: float | None, decimals: int, percent: bool, rounding: str, mark: str = ""
) -> Markup:
    return _written(number, decimals, percent, rounding, mark, language.current())


@cache  # numbers of a table repeat
def _written(
    number: float | None, decimals: int, percent: bool, rounding: str, mark: str, lang: str
) -> Markup:
    with language.use(lang):
        pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
        unknown = language.text(language.UNKNOWN)
        end = "%" if percent else ""
        text = unknown if number is None else language.number(number, pattern + end, rounding)
    return Markup(f'<data value="{value_format.machine(number)}">{mark}{escape(text)}</data>')


def formula(written: str | Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> Markup:
    """A formula in words in the current language. words: the name of each input, by language."""
    if not isinstance(written, str):
        return Markup(language.marked(Text(**written)))
    own = {name: Markup(language.marked(Text(**each))) for name, each in words.items()}
    return Markup("").join(own.get(part, part) for part in re.split(r"(\w+)", written))


def figures(
    record: Mapping, records: Mapping[str, Mapping], href: Callable[[str], str],
    unit: Callable[[Mapping], str],
) -> Markup | None:  # fmt: skip
    """The formula of a record with the figures in it, each linked; `None` for one in words.

    href: the address of a number's entry. unit: the name of a number's unit, which is written where
    the inputs have several.
    """
    derivation = record["derivation"]
    inputs = {name: records[id] for name, id in derivation["inputs"].items()}
    if not isinstance(derivation["formula"], str) or not inputs:
        return None
    mixed = len({each["unit"] for each in inputs.values()} - _UNITLESS) > 1
    written = {}
    for name, each in inputs.items():
        own = f" {escape(unit(each))}" if mixed and each["unit"] not in _UNITLESS else ""
        written[name] = Markup(f'<a href="{href(each["id"])}">{value(each)}</a>{own}')
    parts = re.split(r"(\w+)", derivation["formula"])
    return Markup("").join(written.get(part, escape(part)) for part in parts)
