"""Compares the numbers and verdicts of two manifests by their ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ...claims.verdicts import VERDICTS
from ...language import Text
from .differences import GONE, NEW, Difference

_VALUE = ("value", "low", "high")
_OTHER_ROWS = Text("dezelfde waarde, uit andere rijen", "the same value, from other rows")


def numbers(
    was: list[dict], now: list[dict], pairs: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Difference]:
    """Numbers that are new or gone, or whose value, range or evidence changed.

    pairs: old id to new id of numbers in the same place on a page (see `page_text.moved`).
    """
    old, new = ({item["id"]: item for item in items} for items in (was, now))
    for id in [*old, *(id for id in new if id not in old and id not in pairs.values())]:
        if id in pairs:
            after = new[pairs[id]]
            note = _on_pages(after, _moved(old[id], after) or _OTHER_ROWS)
            shown = Text(*(f"{words}, {after['id']}" for words in written(after)))
            yield Difference("number", id, note, written(old[id]), shown)
        elif id not in new:
            yield Difference("number", id, _on_pages(old[id], GONE), written(old[id]))
        elif id not in old:
            yield Difference("number", id, _on_pages(new[id], NEW), "", written(new[id]))
        elif how := _moved(old[id], new[id]):
            note = _on_pages(new[id], how)
            yield Difference("number", id, note, written(old[id]), written(new[id]))


def _on_pages(item: dict, note: Text) -> Text:
    """A note with the pages that print the number."""
    pages = ", ".join(item.get("pages", []))
    return Text(*(f"{words} ({pages})" for words in note)) if pages else note


def _moved(old: dict, new: dict) -> Text | None:
    """How a number differs; `None` when it does not."""
    if old.get("value") != new.get("value"):
        return _by(old, new)
    if any(old.get(name) != new.get(name) for name in _VALUE):
        return Text("dezelfde waarde, andere bandbreedte", "the same value with another range")
    rest = {*old, *new} - {"claims", "pages"}
    other = sorted(name for name in rest if old.get(name) != new.get(name))
    return _same("waarde", "value", other) if other else None


def _same(nl: str, en: str, other: list[str]) -> Text:
    names = ", ".join(other)
    article = "hetzelfde" if nl == "oordeel" else "dezelfde"
    return Text(f"{article} {nl}, maar anders: {names}", f"the same {en}, but other: {names}")


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


def written(item: dict) -> Text:
    """A number of a manifest with its range and unit; `?` if unknown, `...` for an open end."""
    value, low, high = (item.get(name) for name in _VALUE)
    shown = "?" if value is None else f"{value:.9g}"
    ends = ["..." if end is None else f"{end:.9g}" for end in (low, high)]
    width = "" if low == high == value else " ({} {} {})"
    unit = f" {item.get('unit', '')}".rstrip()
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
            note = flipped if before and after else NEW if after else GONE
            yield Difference("verdict", id, note, before, after)
        elif old[id] != new[id]:
            other = sorted(k for k in {*old[id], *new[id]} if old[id].get(k) != new[id].get(k))
            yield Difference("verdict", id, _same("oordeel", "verdict", other), before, after)


def _verdict(claim: dict | None) -> Text | str:
    if claim is None:
        return ""
    inside, outside = (claim.get(name) or "" for name in ("internal", "external"))
    own, other = (VERDICTS.get(each, Text(each, each)) for each in (inside, outside))
    if not outside:
        return own
    return Text(f"{own.nl}; volgens een reeks {other.nl}", f"{own.en}; by a series {other.en}")
