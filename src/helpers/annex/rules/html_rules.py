"""What a page may hold, and a part of one: elements, attributes and addresses. All else is refused.

The lists are of what the templates, the helpers and prose (Markdown) write, no more. For readers:
words of a table that were not escaped would be markup on a page; and for who writes prose: a link
to a file that is not there is told with its cell.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...files.hidden_characters import SEEN, unseen

_ELEMENTS = frozenset(
    {
        "html", "head", "title", "meta", "link", "body", "header", "main", "footer", "nav",
        "section", "div", "p", "a", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
        "dl", "dt", "dd", "blockquote", "pre", "code", "br", "hr", "table", "caption", "thead",
        "tbody", "tr", "th", "td", "figure", "figcaption", "picture", "source", "img", "details",
        "summary", "b", "i", "em", "strong", "small", "del", "q", "cite", "data", "time",
    }
)  # fmt: skip
_ATTRIBUTES = frozenset(
    {
        "alt", "aria-current", "aria-hidden", "aria-label", "aria-labelledby", "charset", "class",
        "content", "data-id", "data-l", "datetime", "download", "height", "href", "hreflang",
        "http-equiv", "id", "lang", "media", "name", "rel", "role", "scope", "src", "srcset",
        "start", "tabindex", "title", "value", "width",
    }
)  # fmt: skip
_HEAD = {"title", "meta", "link"}  # in the head of a page and nowhere else
# What a browser fetches by itself, and links.
_ADDRESSED = {"src", "srcset", "href"}
_OURS = re.compile(r"(?!/)[^:]*")  # without a scheme or a root
_AWAY = re.compile(r"https?:|mailto:", re.I)  # where a reader may go too
_PLACE = re.compile(r"-\d+$")  # the end of the name of a chart or table


def strange(
    tree: LexborHTMLParser, html: str, leads: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """What does not belong in a page, each with what would be right; the page parsed, and as text,
    of which parsers leave out some characters.

    leads: whether an address, relative to the page, is that of a file of the annex; see `inside`.
    """
    if hidden := unseen(html):
        place = int(hidden.rpartition(" ")[2])
        yield f"in {html[max(0, place - 30) : place + 30]!r}", f"{SEEN} (here {hidden})"
        return
    for node in tree.root.traverse(include_text=True):
        if node.is_element_node:
            yield from _element(node, leads)
        elif hidden := unseen(node.text_content or node.comment_content or ""):
            yield f"{name(node.parent)} with a character that nobody sees", f"{SEEN} ({hidden})"


def in_part(html: str) -> Iterator[tuple[str, str]]:
    """The same of a part of a page, as a cell gives it, wherever the page will be."""
    yield from strange(LexborHTMLParser(f"<body>{html}"), html, lambda address: True)


def inside(page: str, files: Collection[str]) -> Callable[[str], bool]:
    """Whether an address on a page, by its path in the annex, is that of one of its files; the
    part of a file that it names is not looked at."""

    @cache
    def leads(path: str) -> bool:
        return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) in files

    def file(address: str) -> bool:
        path = address.partition("#")[0]
        return path == "" or leads(path)

    return file


def _element(element: LexborNode, leads: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    tag, attributes = element.tag, element.attributes
    if tag in _HEAD and element.parent.tag != "head":
        yield name(element), "this element in the head of a page alone"
    if tag not in _ELEMENTS or _refreshes(attributes):
        yield name(element), "an element of plain text, lists, tables or pictures"
    for each, value in attributes.items():
        if each not in _ATTRIBUTES:
            expected = "no style or handler, and no attribute that the templates have not"
            yield f"{name(element)} with {each}", expected
        if hidden := unseen(value or ""):
            yield f"{name(element)} with {each} that nobody sees", f"{SEEN} ({hidden})"
        for address in _addresses(each, value or ""):
            if wrong := _wrong(tag, each, address, leads):
                expected = "a file of the annex; a link may lead to http, https and mailto too"
                yield f"{name(element)} {wrong} {address[:60]!r}", expected


def _refreshes(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element sends the reader elsewhere, as `<meta http-equiv="refresh">` does."""
    return (attributes.get("http-equiv") or "").strip().lower() == "refresh"


def _addresses(attribute: str, value: str) -> list[str]:
    """The addresses in an attribute, as a browser reads them: without blanks and controls."""
    if attribute not in _ADDRESSED:
        return []
    each = [part.split()[0] for part in value.split(",") if part.split()]
    found = each if attribute.endswith("srcset") else [value]
    return [re.sub(r"[\x00-\x20]", "", address).replace("\\", "/") for address in found]


def _wrong(tag: str, attribute: str, address: str, leads: Callable[[str], bool]) -> str:
    """What is wrong with an address, in a word; empty when nothing is."""
    ours = bool(_OURS.fullmatch(address)) and leads(address)
    if attribute == "href" and tag == "a":
        return "" if ours or _AWAY.match(address) else "leading to"
    empty = tag == "link" and address == "data:,"
    return "" if empty or ours else "loading"


def said(element: LexborNode, attribute: str) -> str:
    """The value of an attribute; empty when there is none, or no such attribute."""
    return element.attributes.get(attribute) or ""


def name(element: LexborNode) -> str:
    """An element as a reader finds it: its tag, and its words or its address."""
    words = " ".join(element.text(separator=" ").split())[:50]
    words = words or next(filter(None, (said(element, n) for n in ("src", "href", "id"))), "")
    where, shown = "", element.parent
    while shown is not None and not where:
        if shown.tag in ("figure", "div") and _PLACE.search(said(shown, "id")):
            where = f" in {said(shown, 'id')}"
        shown = shown.parent
    return f"<{element.tag}> {words!r}{where}" if words else f"<{element.tag}>{where}"
