"""Which HTML elements, attributes and URLs a page, or a fragment of one, may have.

The lists have only what the templates, the helpers and prose (Markdown) write. They protect readers
from markup in table cells that were not escaped, and tell authors of a link to a missing file.
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
        "http-equiv", "id", "lang", "media", "name", "rel", "scope", "src", "srcset",
        "start", "tabindex", "title", "value", "width",
    }
)  # fmt: skip
_HEAD = {"title", "meta", "link"}  # allowed only in the head of a page
# Attributes with URLs, which a browser loads or a reader can follow.
_URL_ATTRIBUTES = {"src", "srcset", "href"}
_ENDS = "".join(map(chr, range(33)))  # what browsers drop at the ends of a URL
_RELATIVE = re.compile(r"(?!/)[^:]*")  # no scheme, no leading slash
_EXTERNAL = re.compile(r"https?:|mailto:", re.I)  # allowed in links only
# A reference to a character, other than those that every page has.
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|#34|#39|#x27);)")
_DISPLAY_ID = re.compile(r"-\d+$")  # the id of a chart or table ends with its number


def violations(
    tree: LexborHTMLParser, html: str, exists: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """Yield (found, expected) for everything in a page that is not allowed.

    tree: the parsed page. html: its source, as parsers drop some characters. exists: whether a URL,
    relative to the page, is that of a file of the annex; see `file_checker`.
    """
    if hidden := unseen(html):
        place = int(hidden.rpartition(" ")[2])
        yield f"in {html[max(0, place - 30) : place + 30]!r}", f"{SEEN} (here {hidden})"
        return
    assert tree.root is not None  # a parser of HTML always makes one
    may_hide = bool(_REFERENCE.search(html))  # or no text can have what the source has not
    for node in tree.root.traverse(include_text=may_hide):
        if node.is_element_node:
            yield from _element(node, exists, may_hide)
        elif hidden := unseen(node.text_content or node.comment_content or ""):
            around = described(node if node.parent is None else node.parent)
            yield f"{around} with an invisible character", f"{SEEN} ({hidden})"


def fragment_violations(html: str) -> Iterator[tuple[str, str]]:
    """Like `violations`, for the HTML of one cell; relative URLs are not checked."""
    yield from violations(LexborHTMLParser(f"<body>{html}"), html, lambda url: True)


def file_checker(page: str, files: Collection[str]) -> Callable[[str], bool]:
    """A function that tells whether a URL on a page is that of a file of the annex; it ignores the
    fragment of the URL. page: path of the page in the annex. files: paths of all files."""

    @cache
    def exists(path: str) -> bool:
        return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) in files

    def file(url: str) -> bool:
        path = url.partition("#")[0]
        return path == "" or exists(path)

    return file


def _element(
    element: LexborNode, exists: Callable[[str], bool], may_hide: bool
) -> Iterator[tuple[str, str]]:
    tag, attributes, parent = element.tag or "", element.attributes, element.parent
    if tag in _HEAD and (parent is None or parent.tag != "head"):
        yield described(element), "this element in the head of a page alone"
    if tag not in _ELEMENTS or _refreshes(attributes):
        yield described(element), "an element of plain text, lists, tables or pictures"
    for each, value in attributes.items():
        if each not in _ATTRIBUTES:
            expected = "no style, no event handler, only attributes of the templates"
            yield f"{described(element)} with {each}", expected
        if may_hide and (hidden := unseen(value or "")):
            found = f"{described(element)} with an invisible character in {each}"
            yield found, f"{SEEN} ({hidden})"
        for url in _urls(each, value or "") if each in _URL_ATTRIBUTES else ():
            if verb := _url_fault(tag, each, url, exists):
                expected = "a file of the annex; a link may lead to http, https and mailto too"
                yield f"{described(element)} {verb} {url[:60]!r}", expected


def _refreshes(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element redirects the reader, as `<meta http-equiv="refresh">` does."""
    return (attributes.get("http-equiv") or "").strip().lower() == "refresh"


def _urls(attribute: str, value: str) -> list[str]:
    """The URLs in an attribute, without the whitespace and controls that browsers drop."""
    each = [part.split()[0] for part in value.split(",") if part.split()]
    found = each if attribute.endswith("srcset") else [value]
    bare = (re.sub(r"[\t\n\r]", "", url.strip(_ENDS)) for url in found)
    return [url.replace("\\", "/") for url in bare]


def _url_fault(tag: str, attribute: str, url: str, exists: Callable[[str], bool]) -> str:
    """Empty if a URL is allowed; else the verb for the message, "leading to" or "loading"."""
    internal = bool(_RELATIVE.fullmatch(url)) and exists(url)
    if attribute == "href" and tag == "a":
        return "" if internal or _EXTERNAL.match(url) else "leading to"
    empty = tag == "link" and url == "data:,"
    return "" if empty or internal else "loading"


def ancestors(node: LexborNode | None) -> Iterator[LexborNode]:
    """A node and its ancestors, innermost first; none of `None`."""
    while node is not None:
        yield node
        node = node.parent


def value_of(element: LexborNode | None, attribute: str) -> str:
    """The value of an attribute; empty if it, its value or the element is missing."""
    return (element.attributes.get(attribute) if element is not None else "") or ""


def described(element: LexborNode) -> str:
    """An element for messages: its tag, its text or URL, and the chart or table that it is in."""
    words = " ".join(element.text(separator=" ").split())[:50]
    words = words or next(filter(None, (value_of(element, n) for n in ("src", "href", "id"))), "")
    ids = (value_of(n, "id") for n in ancestors(element.parent) if n.tag in ("figure", "section"))
    where = next((f" in {id}" for id in ids if _DISPLAY_ID.search(id)), "")
    return f"<{element.tag}> {words!r}{where}" if words else f"<{element.tag}>{where}"
