"""Whether a file says the same as it did, and is only written otherwise.

Of a file that changed there is only the old digest. It tells more than that: if the present content
with other line ends, or without a byte order mark, has that digest, then nothing else changed.
Tables, notebooks and JSON have a digest of what is read of them as well.
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

_WRITTEN = Text(
    "alleen regeleinden of een byte order mark verschillen",
    "only line ends or a byte order mark differ",
)
_CELLS = Text(
    "dezelfde rijen; alleen hoe cellen zijn geschreven verschilt, zoals aanhalingstekens",
    "the same rows; only how cells are written differs, such as their quoting",
)
_BOOK = Text(
    "dezelfde cellen; alleen uitvoer, tellers of metadata die geen bouw leest verschillen",
    "the same cells; only outputs, counts or metadata that no build reads differ",
)
_JSON = Text(
    "dezelfde inhoud; alleen hoe de JSON is geschreven verschilt",
    "the same content; only how the JSON is written differs",
)


def inputs(was: dict, now: dict, find: Callable[[str], Path]) -> dict[str, Text]:
    """The inputs of two manifests that say the same and are written otherwise: what differs, by
    their names.

    find: where the file of an input of the later one is.
    """
    found = {}
    for name in sorted(was["inputs"].keys() & now["inputs"].keys()):
        old, new = was["inputs"][name], now["inputs"][name]
        if old != new and (note := _of_input(name, was, now, find(name))):
            found[name] = note
    return found


def _of_input(name: str, was: dict, now: dict, path: Path) -> Text | None:
    try:
        content = reading.content(path, "an input")
    except DataError:
        return None
    old, new = (each["contents"].get(name) for each in (was, now))
    tables = ([t for t in each["tables"].values() if t["path"] == name] for each in (was, now))
    before, after = tables
    if note := only(content, was["inputs"][name]):
        return note
    if old and old == new:
        return _BOOK if name.endswith(".ipynb") else _JSON
    # A table without rows has no digest that would tell its columns.
    return _CELLS if before == after and any(table["rows"] for table in after) else None


def only(content: bytes, digest: str) -> Text | None:
    """Told of a text that is another than the one that has the digest (SHA-256) by line ends, the
    one at its end included, or a byte order mark alone; `None` where more differs."""
    text = content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    text = text if b"\n" in text else text.replace(b"\r", b"\n")
    core = text.rstrip(b"\n")
    last = text[len(core) :]
    for mark, end, ending in product((b"", BOM_UTF8), (b"\n", b"\r\n"), {last, b"", b"\n"}):
        was = mark + (core + ending).replace(b"\n", end)
        if hashlib.sha256(was).hexdigest() == digest:
            return _WRITTEN if was != content else None
    return None
