"""Compares two annexes by their manifests and pages: inputs, numbers, verdicts, charts, texts."""

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
from ...messages import _
from . import page_text
from .differences import CHANGED, Difference, apart
from .numbers import numbers, verdicts

_LINES = 3  # lines that are shown of a changed text
_NUMBERS = _("other data behind it")
_DRAWN = _("the same data, drawn differently")
_SUMS = _("only checksums of inputs with the same content in another format")
_NONE: Mapping[str, Text] = MappingProxyType({})


def inputs(was: dict, now: dict, written: Mapping[str, Text] = _NONE) -> list[Difference]:
    """Differences of inputs and versions.

    was, now: manifests. written: inputs with the same content in another form, with a note on it.
    """
    found = []
    for part, key, shown in (("input", "inputs", 12), ("version", "environment", None)):
        for name, how in apart(was[key], now[key]):
            old, new = (each[key].get(name, "")[:shown] for each in (was, now))
            note, same = written.get(name, how), name in written
            found.append(Difference(part, name, note, old, new, same=same))
    return found


def results(
    was: dict, now: dict, folder: Path, fresh: Path, written: Mapping[str, Text] = _NONE
) -> list[Difference]:
    """Differences of numbers and verdicts, by id, then of charts, texts, other files and the rest
    of the manifest.

    folder, fresh: the annexes of `was` and `now`. written: as for `inputs`.
    """
    pairs = page_text.moved(was, now, folder, fresh)
    found = [*numbers(was["quantities"], now["quantities"], pairs), *verdicts(was, now)]
    reported = {each.name for each in found} | set(pairs.values())
    sums = {now["inputs"][name]: was["inputs"][name] for name in written}
    return [*found, *_files(was, now, folder, fresh, sums), *_rest(was, now, reported, written)]


def edited(difference: Difference, was: dict, now: dict, folder: Path, fresh: Path) -> Difference:
    """The same difference; for an edited file with the lines as built and as in the copy. The lines
    are known only if a fresh run gives the file that the manifest lists."""
    name = difference.name
    listed, built = (each["outputs"].get(name) for each in (was, now))
    if difference.part != "file" or difference.same or not listed or listed != built:
        return difference
    text = _lines(name, fresh, folder)
    if not any((text.was, text.now)):
        return difference
    note = _("{}; {}").format(difference.note, text.note)
    return replace(difference, note=note, was=text.was, now=text.now)


def _files(
    was: dict, now: dict, folder: Path, fresh: Path, sums: dict[str, str]
) -> Iterator[Difference]:
    """Output files that differ; the files of a chart are one difference.

    sums: old checksum by new one, of inputs with the same content: pages print checksums.
    """
    old, new = ({n: f["sha256"] for n, f in each["outputs"].items()} for each in (was, now))
    changed = dict(apart(old, new))
    came_or_went = dict(apart(*({chart_of(name): True for name in names} for names in (old, new))))
    for chart in sorted({chart_of(name) for name in changed} - {""}):
        note = _NUMBERS if f"{chart}.csv" in changed else _DRAWN
        yield Difference("chart", chart, came_or_went.get(chart, note))
    for name, how in changed.items():
        if not name.endswith(".html"):
            if not chart_of(name):
                yield Difference("other", name, how)
        elif how != CHANGED:
            yield Difference("text", name, how)
        elif old[name] == _exchanged(fresh / name, sums):
            yield Difference("text", name, _SUMS, same=True)
        else:
            yield _lines(name, folder, fresh)


def _exchanged(page: Path, sums: dict[str, str]) -> str:
    """The digest of a page after its checksums are replaced by `sums`."""
    content = page.read_bytes()
    for now, was in sums.items():
        content = content.replace(now.encode(), was.encode())
    return hashlib.sha256(content).hexdigest()


def _rest(
    was: dict, now: dict, reported: set[str], written: Mapping[str, Text]
) -> Iterator[Difference]:
    """Parts of the manifest that differ in a way that no other difference shows.

    reported: ids of the numbers and claims that a difference shows.
    """
    changed = dict(apart(was["inputs"], now["inputs"])).keys() - written.keys()
    explained = {"inputs", "environment", "outputs"}
    if any(file.startswith("data/") for file in changed):
        explained.add("tables")

    def left(side: dict, name: str) -> str:
        """As JSON, as Python holds 1, 1.0 and True for equal."""
        part = side.get(name)
        if name in ("quantities", "claims"):
            part = [item for item in side[name] if item["id"] not in reported]
        elif name == "contents":
            part = {n: digest for n, digest in side[name].items() if n not in changed}
        return json.dumps(part, sort_keys=True)

    for name in sorted({*was, *now} - explained):
        if left(was, name) != left(now, name):
            yield Difference("other", f"manifest.json: {name}", CHANGED)


def chart_of(name: str) -> str:
    """The path of the chart that a file belongs to, without suffix; empty for other files."""
    found = re.fullmatch(r"(charts/.+?)(-wide\.svg|-narrow\.svg|\.csv)", name)
    return found[1] if found else ""


def _lines(name: str, folder: Path, fresh: Path) -> Difference:
    """How a text differs: in its lines, or else in its attributes, such as addresses."""
    words = _("lines gone: {}, new: {}")
    for attributes in (False, True):
        before, after = (page_text.lines(place, name, attributes) for place in (folder, fresh))
        if before != after:
            marks = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
            gone, came = ([mark[1:] for mark in marks if mark[0] == sign] for sign in "-+")
            note = words.format(len(gone), len(came))
            old, new = (" / ".join(each[:_LINES]) for each in (gone, came))
            return Difference("text", name, note, old, new)
        words = _("the same words; attributes (such as addresses) gone: {}, new: {}")
    return Difference("text", name, _("the same words in another form"))  # fmt: skip


def total(was: dict) -> dict[str, int]:
    """How many items each part of a manifest has to compare."""
    outputs = was["outputs"]
    return {
        "file": len(outputs) + 1,  # with the manifest
        "input": len(was["inputs"]),
        "version": len(was["environment"]),
        "number": len(was["quantities"]),
        "verdict": len(was["claims"]),
        "chart": len({chart_of(name) for name in outputs} - {""}),
        "text": sum(name.endswith(".html") for name in outputs),
        "other": sum(not chart_of(n) and not n.endswith(".html") for n in outputs) + 2,
    }
