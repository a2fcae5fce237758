"""Reads the text of a page and the ids of its numbers from its HTML."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...errors import DataError
from ...files import reading
from ...limits import PAGE_BYTES, PAGE_DEPTH, PAGE_TAGS, TAG_BYTES
from .integrity import link

_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)")
_LONG_TAG = re.compile(rb"<[^>]{%d}" % TAG_BYTES)
_LINED = (".csv", ".svg", ".css", ".json")  # files whose text is read by its lines


def lines(folder: Path, name: str, attributes: bool = False) -> list[str]:
    """The text nodes of a page, or the lines of another text file. Empty for a file that is
    missing, a link, too large or not text.

    attributes: also those of the elements, such as addresses and alternative texts.
    """
    content = _content(folder, name)
    if not name.endswith(".html"):
        return content.decode("utf-8", "replace").splitlines() if name.endswith(_LINED) else []
    root = LexborHTMLParser(content).root
    nodes = root.traverse(include_text=True) if root else ()
    pieces = (piece for node in nodes for piece in _pieces(node, attributes))
    return [text for text in (" ".join(piece.split()) for piece in pieces) if text]


def _pieces(node: LexborNode, attributes: bool) -> Iterator[str]:
    if not node.is_element_node:
        yield node.text_content or ""
    elif attributes:
        yield from (f'{node.tag} {name}="{value}"' for name, value in node.attributes.items())


def numbers(folder: Path, name: str) -> list[str]:
    """The ids of the numbers on a page, in their order, from the links to their entries."""
    links = LexborHTMLParser(_content(folder, name)).css('a[href*="#"]:has(> data)')
    return [(node.attributes["href"] or "").rpartition("#")[2] for node in links]


def moved(was: dict, now: dict, folder: Path, fresh: Path) -> dict[str, str]:
    """Old id to new id of numbers in the same place on a page. The id of a computed number depends
    on its inputs, so it changes when a row is added or removed.

    was, now: manifests. Only ids that the other manifest lacks, of the same measure and unit, are
    paired.
    """
    old, new = ({q["id"]: _measure(q) for q in each["quantities"]} for each in (was, now))
    gone, came = {id: old[id] for id in old.keys() - new}, {id: new[id] for id in new.keys() - old}
    found: dict[str, str] = {}
    for name in sorted(was["outputs"].keys() & now["outputs"].keys()):
        if name.endswith(".html") and was["outputs"][name] != now["outputs"][name]:
            before, after = numbers(folder, name), numbers(fresh, name)
            for one, other in _exchanged(before, after):
                if one in gone and gone[one] == came.get(other):
                    found[one] = other
                    del gone[one], came[other]
    return found


def _exchanged(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of items that replace each other, one for one, in two similar lists."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "replace" and end - start == stop - begin:
            yield from zip(before[start:end], after[begin:stop], strict=True)


def _measure(item: dict) -> tuple:
    return item.get("derivation", {}).get("measure"), item["unit"]


def _content(folder: Path, name: str) -> bytes:
    """The content of a file; empty if it is a link, as a statement must not quote the reviewer's
    own files, or too large to parse."""
    try:
        content = b"" if link(folder, folder / name) else reading.content(folder / name, "a page")
    except DataError:
        return b""
    return b"" if name.endswith(".html") and _is_slow(content) else content


def _is_slow(page: bytes) -> bool:
    """Whether a page, which somebody handed over, was made to keep its parser busy for minutes."""
    if len(page) > PAGE_BYTES or page.count(b"<") > PAGE_TAGS or _LONG_TAG.search(page):
        return True
    depth, open_tags = 0, Counter[bytes]()
    for end, tag in _TAG.findall(page):
        change = -1 if end else 1
        if end and not open_tags[tag]:  # an end tag without its start closes nothing
            continue
        open_tags[tag] += change
        depth += change
        if depth > PAGE_DEPTH:
            return True
    return False
