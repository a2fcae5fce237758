"""Outputs that no second build could repeat: refused, as the annex must be the same again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# What Python and ipykernel write of themselves, and what it is.
_PASSING = {
    "an address in memory": re.compile(r"<[^<>\n]{1,200} at 0x[0-9a-fA-F]+(?:>|\b)"),
    "the file of a cell": re.compile(r"[^\s\"']*\bipykernel_\d+\b[^\s\"']*"),
}


def unrepeatable(book, places: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """What stands in text outputs and is another at each build: number of the cell, what was found,
    what would be right.

    book: a notebook that has run. places: folders of this machine, by what they are.
    """
    here = {what: re.compile(rf"(?<!\w){re.escape(p)}(?!\w)") for what, p in places.items()}
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            for what, pattern in {**_PASSING, **here}.items():
                if found := pattern.search(text):
                    expected = f"words or quantities, as {what} is never twice the same"
                    yield number, found[0], expected
