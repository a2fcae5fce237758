"""What a page may hold, and a part of one: elements, attributes and addresses. All else is refused.

The lists are of what the templates, the helpers and prose (Markdown) write, no more.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from itertools import zip_longest
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
_FRAME = {"html", "head", "body"}
# What frames a page: the templates' part of it, and nothing that a notebook gives.
_OUTSIDE = _HEAD | _FRAME | {"header", "main", "footer", "nav"}
VOID = {
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
}  # fmt: skip
_TAG = re.compile(r"<(/?[a-zA-Z][^\s/>]*)")
# What a browser fetches by itself, and links.
_ADDRESSED = {"src", "srcset", "href"}
_OURS = re.compile(r"(?!/)[^:]*")  # without a scheme or a root
_AWAY = re.compile(r"https?:|mailto:", re.I)  # where a reader may go too
_PLACE = re.compile(r"-\d+$")  # the end of the name of a chart or table


def strange(
    tree: LexborHTMLParser, html: str, leads: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """What does not belong in a page, each with what would be right; the page parsed, and as text,
    as parsers leave out what some readers of HTML do not.

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
    """The same of a part of a page, as a notebook gives it, wherever the page will be: it is whole
    in itself, and has nothing of the frame of a page."""
    tree = LexborHTMLParser(html)
    found = list(strange(tree, html, lambda address: True))
    for tag in dict.fromkeys(tag.lower().lstrip("/") for tag in _TAG.findall(html)):
        if tag in _OUTSIDE:
            found.append((f"<{tag}>", "no element that frames a page"))
    yield from found or misread(tree, html)


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


def misread(tree: LexborHTMLParser, html: str) -> Iterator[tuple[str, str]]:
    """Readers of HTML differ in what they make of mistakes, and a page can hide in the difference;
    so every element must begin and end where it is written. What frames a page may be left out."""
    found = map(str.lower, _TAG.findall(html))
    written = [tag for tag in found if tag.lstrip("/") not in _FRAME]
    if written == (read := list(_tags(tree.root))):
        return
    starts = ([tag for tag in tags if tag[0] != "/"] for tags in (written, read))
    for kind, both in (("element", starts), ("tag", (written, read))):
        for place, (tag, own) in enumerate(zip_longest(*both, fillvalue="nothing"), 1):
            if tag != own:
                yield f"<{tag}> as {kind} {place}, read as <{own}>", "HTML without a mistake"
                return


def _tags(root: LexborNode) -> Iterator[str]:
    """The tags of a tree as they would be written, without those that frame a page."""
    opened: list[tuple[int, str]] = []  # elements around the one at hand
    for node in root.traverse():
        if not node.is_element_node or (tag := node.tag.lower()) in _FRAME:
            continue
        around = node.parent.mem_id
        while opened and opened[-1][0] != around:
            yield f"/{opened.pop()[1]}"
        yield tag
        if tag not in VOID:
            opened.append((node.mem_id, tag))
    yield from (f"/{tag}" for _, tag in reversed(opened))


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
