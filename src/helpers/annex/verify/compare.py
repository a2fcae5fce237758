"""Two manifests, and the pages of two annexes: which numbers, verdicts, charts and texts moved."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from ...language import Text
from . import page_text
from .differences import CHANGED, GONE, NEW, Difference
from .numbers import numbers, verdicts

_LINES = 3  # of a text that changed are shown
_NUMBERS = Text("een andere tabel eronder", "another table under it")
_DRAWN = Text("dezelfde tabel, anders getekend", "the same table, drawn otherwise")
_SUMS = Text(
    "alleen controlesommen van bronbestanden die anders geschreven zijn",
    "only checksums of inputs that are written otherwise",
)
_NONE: Mapping[str, Text] = MappingProxyType({})


def inputs(was: dict, now: dict, written: Mapping[str, Text] = _NONE) -> list[Difference]:
    """What the annexes were made of, and with: files and versions.

    written: inputs that say the same and are only written otherwise, with what differs.
    """
    found = [
        replace(each, note=written.get(each.name, each.note), same=each.name in written)
        for each in _by_name("input", was["inputs"], now["inputs"], lambda digest: digest[:12])
    ]
    return found + list(_by_name("version", was["environment"], now["environment"], str))


def results(
    was: dict, now: dict, folder: Path, fresh: Path, written: Mapping[str, Text] = _NONE
) -> list[Difference]:
    """What came out: numbers and verdicts by their ids, then charts, texts and other files."""
    pairs = page_text.moved(was, now, folder, fresh)
    found = [*numbers(was["quantities"], now["quantities"], pairs), *verdicts(was, now)]
    told = {each.name for each in found} | set(pairs.values())
    sums = {now["inputs"][name]: was["inputs"][name] for name in written}
    return [*found, *_files(was, now, folder, fresh, sums), *_rest(was, now, told, written)]


def edited(difference: Difference, was: dict, now: dict, folder: Path, fresh: Path) -> Difference:
    """The same difference of a file, with what its copy says and what was built, where a fresh run
    gives what the manifest lists."""
    name = difference.name
    listed, built = (each["outputs"].get(name) for each in (was, now))
    if difference.part != "file" or difference.same or not listed or listed != built:
        return difference
    told = _lines(name, fresh, folder)
    if not any((told.was, told.now)):
        return difference
    note = Text(*(f"{a}; {b}" for a, b in zip(difference.note, told.note, strict=True)))
    return replace(difference, note=note, was=told.was, now=told.now)


def _files(
    was: dict, now: dict, folder: Path, fresh: Path, sums: dict[str, str]
) -> Iterator[Difference]:
    """Files that came out otherwise: a chart once, by its table if that changed.

    sums: checksums of inputs that say the same, and what they were. A page prints them.
    """
    old, new = ({n: f["sha256"] for n, f in each["outputs"].items()} for each in (was, now))
    changed = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    for chart in sorted({chart_of(name) for name in changed} - {""}):
        parts = [{chart_of(name) for name in names} for names in (old, new)]
        note = _NUMBERS if f"{chart}.csv" in changed else _DRAWN
        if not all(chart in part for part in parts):
            note = NEW if chart in parts[1] else GONE
        yield Difference("chart", chart, note)
    for name in changed:
        if name.endswith(".html") and old.get(name) == _exchanged(fresh / name, sums):
            yield Difference("text", name, _SUMS, same=True)
        elif name.endswith(".html"):
            yield _text(name, old, new, folder, fresh)
        elif not chart_of(name):
            yield Difference("other", name, _came_or_went(name, old, new))


def _exchanged(page: Path, sums: dict[str, str]) -> str:
    """The digest of a page with other checksums on it; empty for a page that is not there."""
    content = page.read_bytes() if sums and page.exists() else b""
    for now, was in sums.items():
        content = content.replace(now.encode(), was.encode())
    return hashlib.sha256(content).hexdigest() if content else ""


def _rest(
    was: dict, now: dict, told: set[str], written: Mapping[str, Text]
) -> Iterator[Difference]:
    """Parts of the manifest that differ in another way than was told.

    told: ids of the numbers and claims that were.
    """
    files = {*was["inputs"], *now["inputs"]} - {*written}
    changed = {name for name in files if was["inputs"].get(name) != now["inputs"].get(name)}
    for name in sorted({*was, *now} - {"inputs", "environment", "outputs"}):
        before, after = (each.get(name) for each in (was, now))
        if name in ("quantities", "claims"):
            before, after = ([i for i in part if i["id"] not in told] for part in (before, after))
        if name == "contents":
            sides = (before, after)
            before, after = ({n: d for n, d in part.items() if n not in changed} for part in sides)
        if _text_of(before) == _text_of(after):
            continue
        if name == "tables" and any(file.startswith("data/") for file in changed):
            continue
        yield Difference("other", f"manifest.json: {name}", CHANGED)


def chart_of(name: str) -> str:
    """The chart that a file belongs to; empty for other files."""
    found = re.fullmatch(r"(charts/.+?)(-wide\.svg|-narrow\.svg|\.csv)", name)
    return found[1] if found else ""


def _text(name: str, old: dict, new: dict, folder: Path, fresh: Path) -> Difference:
    if name not in old or name not in new:
        return Difference("text", name, _came_or_went(name, old, new))
    return _lines(name, folder, fresh)


def _lines(name: str, folder: Path, fresh: Path) -> Difference:
    """How a text differs: in its lines, else in its attributes, such as addresses."""
    words = Text("regels weg: {}, nieuw: {}", "lines gone: {}, new: {}")
    for attributes in (False, True):
        before, after = (page_text.lines(place, name, attributes) for place in (folder, fresh))
        if before != after:
            marks = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
            gone, came = ([mark[1:] for mark in marks if mark[0] == sign] for sign in "-+")
            note = Text(*(each.format(len(gone), len(came)) for each in words))
            ends = (" / ".join(each[:_LINES]) for each in (gone, came))
            return Difference("text", name, note, *ends)
        words = Text(
            "dezelfde woorden; attributen (zoals adressen) weg: {}, nieuw: {}",
            "the same words; attributes (such as addresses) gone: {}, new: {}",
        )
    return Difference("text", name, Text("dezelfde woorden, andere vorm",
                                         "the same words in another form"))  # fmt: skip


def _by_name(part: str, was: dict, now: dict, show) -> Iterator[Difference]:
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            note = _came_or_went(name, was, now)
            ends = (show(each[name]) if name in each else "" for each in (was, now))
            yield Difference(part, name, note, *ends)


def _came_or_went(name: str, was: dict, now: dict) -> Text:
    if name in was and name in now:
        return CHANGED
    return NEW if name in now else GONE


def _text_of(part: object) -> str:
    """As JSON, which tells 1 from true."""
    return json.dumps(part, sort_keys=True)


def total(was: dict) -> dict[str, int]:
    """How many of each part there are to compare."""
    outputs = was["outputs"]
    return {
        "file": len(outputs) + 1,  # and the manifest
        "input": len(was["inputs"]),
        "version": len(was["environment"]),
        "number": len(was["quantities"]),
        "verdict": len(was["claims"]),
        "chart": len({chart_of(name) for name in outputs} - {""}),
        "text": sum(name.endswith(".html") for name in outputs),
        "other": sum(not chart_of(n) and not n.endswith(".html") for n in outputs) + 2,
    }
