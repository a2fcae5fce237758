"""Compares the numbers and verdicts of two manifests by their ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ...claims.verdicts import VERDICTS
from ...language import Text
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
                note = Text(*(f"{words} ({pages})" for words in note))
            yield Difference("number", id, note, written(before), written(after, own))


def _how(old: dict | None, new: dict | None) -> Text | None:
    """How a number differs; `None` when it does not."""
    if old is None or new is None:
        return GONE if old else NEW
    if old.get("value") != new.get("value"):
        return _by(old, new)
    if any(old.get(name) != new.get(name) for name in _VALUE):
        return Text("dezelfde waarde, andere bandbreedte", "the same value with another range")
    return _same("dezelfde waarde", "the same value", old, new, ("claims", "pages"))


def _same(nl: str, en: str, old: dict, new: dict, aside: Sequence[str] = ()) -> Text | None:
    """A note on what else differs, `aside` left out; `None` when nothing does."""
    other = ", ".join(name for name, _ in apart(old, new) if name not in aside)
    return Text(f"{nl}, maar anders: {other}", f"{en}, but other: {other}") if other else None


def _by(old: dict, new: dict) -> Text:
    before, after = old.get("value"), new.get("value")
    if before is None:
        return Text("was onbekend", "unknown before")
    if after is None:
        return Text("nu onbekend", "unknown now")
    step, inside = f"{after - before:+.9g}", _inside(old, after)
    return Text(f"verschil {_dutch(step)}; {inside.nl}", f"moved by {step}; {inside.en}")


def _inside(old: dict, value: float) -> Text:
    low, high = old.get("low"), old.get("high")
    if low is None and high is None:
        return Text("geen bandbreedte om aan te toetsen", "no range to hold it to")
    holds = (low is None or low <= value) and (high is None or value <= high)
    if holds:
        return Text("binnen de gepubliceerde bandbreedte", "inside the published range")
    return Text("buiten de gepubliceerde bandbreedte", "outside the published range")


def written(item: dict | None, more: str = "") -> Text | str:
    """A number of a manifest with its range and unit, and `more`; `?` if unknown, `...` for an open
    end; empty without a number."""
    if item is None:
        return ""
    value, low, high = (item.get(name) for name in _VALUE)
    shown = "?" if value is None else f"{value:.9g}"
    ends = ["..." if end is None else f"{end:.9g}" for end in (low, high)]
    width = "" if low == high == value else " ({} {} {})"
    unit = f" {item.get('unit', '')}".rstrip() + more
    nl, en = ((shown + width.format(ends[0], to, ends[1])) for to in ("tot", "to"))
    return Text(_dutch(nl) + unit, en + unit)


def _dutch(number: str) -> str:
    """Digits with a decimal comma."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", number)


def verdicts(was: dict, now: dict) -> Iterator[Difference]:
    """Claims that are new or gone, or whose verdict or test changed."""
    old, new = ({item["id"]: item for item in each["claims"]} for each in (was, now))
    for id in [*old, *(id for id in new if id not in old)]:
        before, after = (_verdict(items.get(id)) for items in (old, new))
        if before != after:
            flipped = Text("omgeslagen", "flipped")
            how = flipped if before and after else NEW if after else GONE
            yield Difference("verdict", id, how, before, after)
        elif note := _same("hetzelfde oordeel", "the same verdict", old[id], new[id]):
            yield Difference("verdict", id, note, before, after)


def _verdict(claim: dict | None) -> Text | str:
    if claim is None:
        return ""
    inside, outside = (claim.get(name) or "" for name in ("internal", "external"))
    own, other = (VERDICTS.get(each, Text(each, each)) for each in (inside, outside))
    if not outside:
        return own
    return Text(f"{own.nl}; volgens een reeks {other.nl}", f"{own.en}; by a series {other.en}")
