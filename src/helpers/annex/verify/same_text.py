"""Finds out whether a changed file has the same content in another form.

Only the digest of the old file is known. If the new bytes with other line ends, or with or without
a byte order mark, have that digest, nothing else changed. For tables, notebooks and JSON the
manifest also has a digest of their parsed content.
"""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Callable
from itertools import product
from pathlib import Path

from ...errors import DataError
from ...files import reading
from ...language import Text
from ...messages import _

_WRITTEN = _("only line ends or a byte order mark differ")
_CELLS = _("the same rows; only how cells are written differs, such as their quoting")
_BOOK = _("the same cells; only outputs, counts or metadata that no build reads differ")
_JSON = _("the same content; only how the JSON is written differs")


def inputs(was: dict, now: dict, find: Callable[[str], Path]) -> dict[str, Text]:
    """The inputs of two manifests with the same content in another form: a note on each, by name.

    find: gives the path of an input of the later manifest.
    """
    found = {}
    for name in sorted(was["inputs"].keys() & now["inputs"].keys()):
        old, new = was["inputs"][name], now["inputs"][name]
        if old != new and (note := _of_input(name, was, now, find(name))):
            found[name] = note
    return found


def _of_input(name: str, was: dict, now: dict, path: Path) -> Text | None:
    try:
        if note := only(reading.content(path, "an input"), was["inputs"][name]):
            return note
    except DataError:
        return None
    old, new = (each["contents"].get(name) for each in (was, now))
    tables = ([t for t in each["tables"].values() if t["path"] == name] for each in (was, now))
    before, after = tables
    if old and old == new:
        return _BOOK if name.endswith(".ipynb") else _JSON
    # The digests of rows include the column names: those of an empty table are not known.
    return _CELLS if before == after and any(table["rows"] for table in after) else None


def only(content: bytes, digest: str) -> Text | None:
    """A note if `content` has the SHA-256 `digest` after a change of line ends, the last one
    included, or of the byte order mark alone; `None` if it has more differences or none."""
    text = content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    text = text if b"\n" in text else text.replace(b"\r", b"\n")
    core = text.rstrip(b"\n")
    last = text[len(core) :]
    for mark, end, ending in product((b"", BOM_UTF8), (b"\n", b"\r\n"), {last, b"", b"\n"}):
        was = mark + (core + ending).replace(b"\n", end)
        if hashlib.sha256(was).hexdigest() == digest:
            return _WRITTEN if was != content else None
    return None
