"""What a page says, and which numbers stand where, read from its HTML."""

from __future__ import annotations

import difflib
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

_BLANK = LexborHTMLParser("")


def lines(page: Path) -> list[str]:
    """The words of a page, a line for each piece; none for a page that is not there."""
    body = _read(page).body
    pieces = body.traverse(include_text=True) if body else ()
    texts = (" ".join((n.text_content or "").split()) for n in pieces if not n.is_element_node)
    return [text for text in texts if text]


def numbers(page: Path) -> list[str]:
    """The ids of the numbers on a page, in the order in which they stand there."""
    return [node.attributes["data-id"] or "" for node in _read(page).css("data[data-id]")]


def moved(was: dict, now: dict, folder: Path, fresh: Path) -> dict[str, str]:
    """Which number stands now where another stood: the id of a computed number is made of what it
    is computed from, so that it is another when a row comes or goes.

    was, now: manifests. Paired are only ids that are in one of them alone, of the same measure.
    """
    old, new = ({q["id"]: q for q in each["quantities"]} for each in (was, now))
    found: dict[str, str] = {}
    for name in sorted(was["outputs"].keys() & now["outputs"].keys()):
        if name.endswith(".html") and was["outputs"][name] != now["outputs"][name]:
            before, after = numbers(folder / name), numbers(fresh / name)
            for one, other in _exchanged(before, after):
                alone = one in old and one not in new and other in new and other not in old
                fits = alone and _measure(old[one]) == _measure(new[other])
                if fits and one not in found and other not in found.values():
                    found[one] = other
    return found


def _exchanged(before: list[str], after: list[str]):
    """Pairs of what stands in the same places of two lists that are otherwise alike."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "replace" and end - start == stop - begin:
            yield from zip(before[start:end], after[begin:stop], strict=True)


def _measure(item: dict) -> tuple:
    return item.get("derivation", {}).get("measure"), item["unit"]


def _read(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_bytes()) if page.is_file() else _BLANK
