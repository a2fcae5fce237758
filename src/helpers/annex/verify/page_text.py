"""What a page says, and which numbers stand where, read from its HTML."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...errors import DataError
from ...files import reading
from ...limits import PAGE_TAGS
from .integrity import link

_LINED = (".csv", ".svg", ".css", ".json")  # files whose text is read by its lines


def lines(folder: Path, name: str, attributes: bool = False) -> list[str]:
    """The words of a page of an annex, a line for each piece; the lines of another text. None for
    a file that is not there, leads elsewhere, or is larger than any page.

    attributes: also what stands in its attributes, such as addresses and alternative texts.
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
    """The ids of the numbers on a page, in the order in which they stand there: each is a link to
    its entry."""
    links = LexborHTMLParser(_content(folder, name)).css('a[href*="#"]:has(> data)')
    return [(node.attributes["href"] or "").rpartition("#")[2] for node in links]


def moved(was: dict, now: dict, folder: Path, fresh: Path) -> dict[str, str]:
    """Which number stands now where another stood: the id of a computed number is made of what it
    is computed from, so that it is another when a row comes or goes.

    was, now: manifests. Paired are only ids that are in one of them alone, of the same measure.
    """
    old, new = ({q["id"]: q for q in each["quantities"]} for each in (was, now))
    found: dict[str, str] = {}
    for name in sorted(was["outputs"].keys() & now["outputs"].keys()):
        if name.endswith(".html") and was["outputs"][name] != now["outputs"][name]:
            before, after = numbers(folder, name), numbers(fresh, name)
            for one, other in _exchanged(before, after):
                alone = one in old and one not in new and other in new and other not in old
                fits = alone and _measure(old[one]) == _measure(new[other])
                if fits and one not in found and other not in found.values():
                    found[one] = other
    return found


def _exchanged(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of what stands in the same places of two lists that are otherwise alike."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "replace" and end - start == stop - begin:
            yield from zip(before[start:end], after[begin:stop], strict=True)


def _measure(item: dict) -> tuple:
    return item.get("derivation", {}).get("measure"), item["unit"]


def _content(folder: Path, name: str) -> bytes:
    """What is read of a file: nothing of what leads out of the annex, as a statement would quote
    a reviewer's own file, and nothing of what is too large."""
    try:
        content = b"" if link(folder, folder / name) else reading.content(folder / name, "a page")
    except DataError:
        return b""
    return b"" if name.endswith(".html") and content.count(b"<") > PAGE_TAGS else content
