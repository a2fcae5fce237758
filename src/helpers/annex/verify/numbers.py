"""Compares the numbers and verdicts of two manifests by their ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from babel.numbers import get_decimal_symbol

from ...claims.verdicts import VERDICTS
from ...language import Text, locale
from ...messages import _
from .differences import GONE, NEW, Difference, apart

_VALUE = ("value", "low", "high")


def numbers(
    was: list[dict], now: list[dict], pairs: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Difference]:
    """Numbers that are new or gone, or whose value, range or evidence changed.

    pairs: old id to new id of numbers in the same place on a page (see `page_text.moved`).
    """
    old, new = ({item["id"]: item for item in items} for items in (was, now))
    for id in [*old, *(id for id in new if id not in old and id not in pairs.values())]:
        before, after = old.get(id), new.get(pairs.get(id, id))
        if note := _how(before, after):
            own = f", {pairs[id]}" if id in pairs else ""
            if pages := ", ".join((after or before or {}).get("pages", [])):
                note = _("{} ({})").format(note, pages)
            yield Difference("number", id, note, written(before), written(after, own))


def _how(old: dict | None, new: dict | None) -> Text | None:
    """How a number differs; `None` when it does not."""
    if old is None or new is None:
        return GONE if old else NEW
    if old.get("value") != new.get("value"):
        return _by(old, new)
    if any(old.get(name) != new.get(name) for name in _VALUE):
        return _("the same value with another range")
    return _same(_("the same value, but other: {}"), old, new, ("claims", "pages"))


def _same(words: Text, old: dict, new: dict, aside: Sequence[str] = ()) -> Text | None:
    """A note on what else differs, `aside` left out; `None` when nothing does."""
    other = ", ".join(name for name, __ in apart(old, new) if name not in aside)
    return words.format(other) if other else None


def _by(old: dict, new: dict) -> Text:
    before, after = old.get("value"), new.get("value")
    if before is None:
        return _("unknown before")
    if after is None:
        return _("unknown now")
    step, inside = f"{after - before:+.9g}", _inside(old, after)
    return _("moved by {}; {}").format(_Digits(step), inside)


def _inside(old: dict, value: float) -> Text:
    low, high = old.get("low"), old.get("high")
    if low is None and high is None:
        return _("no range to hold it to")
    holds = (low is None or low <= value) and (high is None or value <= high)
    if holds:
        return _("inside the published range")
    return _("outside the published range")


def written(item: dict | None, more: str = "") -> Text | str:
    """A number of a manifest with its range and unit, and `more`; `?` if unknown, `...` for an open
    end; empty without a number."""
    if item is None:
        return ""
    value, low, high = (item.get(name) for name in _VALUE)
    shown = "?" if value is None else f"{value:.9g}"
    ends = ["..." if end is None else f"{end:.9g}" for end in (low, high)]
    unit = f" {item.get('unit', '')}".rstrip() + more
    if low == high == value:
        return _("{}{}").format(_Digits(shown), unit)
    return _("{} ({} to {}){}").format(_Digits(shown), *map(_Digits, ends), unit)


class _Digits(Text):
    """A number with the decimal separator of each language, and with all its digits."""

    __slots__ = ("_number",)

    def __init__(self, number: str):
        self._number = number

    def word(self, lang: str) -> str:
        """The number as the language writes it."""
        separator = get_decimal_symbol(locale(lang))
        return re.sub(r"(?<=\d)\.(?=\d)", separator, self._number)


def verdicts(was: dict, now: dict) -> Iterator[Difference]:
    """Claims that are new or gone, or whose verdict or test changed."""
    old, new = ({item["id"]: item for item in each["claims"]} for each in (was, now))
    for id in [*old, *(id for id in new if id not in old)]:
        before, after = (_verdict(items.get(id)) for items in (old, new))
        if before != after:
            how = _("flipped") if before and after else NEW if after else GONE
            yield Difference("verdict", id, how, before, after)
        elif note := _same(_("the same verdict, but other: {}"), old[id], new[id]):
            yield Difference("verdict", id, note, before, after)


def _verdict(claim: dict | None) -> Text | str:
    if claim is None:
        return ""
    inside, outside = (claim.get(name) or "" for name in ("internal", "external"))
    own, other = (VERDICTS.get(each, Text.same(each)) for each in (inside, outside))
    if not outside:
        return own
    return _("{}; by a series {}").format(own, other)
