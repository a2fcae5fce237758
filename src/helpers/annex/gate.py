"""What no page may be published without, and what none may hold: checked in every build.

The rules that need no browser, on the page as a browser reads it (HTML5); the page tests add those
of axe-core and of the eye (contrast, reflow). A page that breaks one is not published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..errors import Problem

_POLICY = {
    "default-src 'none'", "img-src 'self' data:", "style-src 'self'", "base-uri 'none'",
    "form-action 'none'",
}  # fmt: skip
_BANNED = {
    "script", "style", "svg", "iframe", "frame", "object", "embed", "applet", "form", "input",
    "button", "select", "textarea", "base", "audio", "video",
    # What these hold is read by some browsers and not by others, or by rules of its own.
    "template", "noscript", "math",
}  # fmt: skip
_BANNED_WITH = {"ping", "background", "formaction"}
_FILLER = re.compile(
    r"(?:chart|figure|image|picture|plot|figuur|grafiek|afbeelding|plaatje|\w*grafiek)?[\s\d.]*"
    r"|no description.*", re.I | re.S,
)  # fmt: skip
_FILE = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp)", re.I)
# What a browser fetches by itself, and links.
_ADDRESSED = {"src", "srcset", "imagesrcset", "poster", "data", "href", "xlink:href"}
_OURS = re.compile(r"(?!/)[^:]*")  # a file of the annex
_LEADS = re.compile(r"(?!//)(?:https?:|mailto:|[^:]*$)", re.I)  # where a reader may go
_START = re.compile(r"<([a-zA-Z][^\s/>]*)")
_FRAME = {"html", "head", "body"}
_PLACE = re.compile(r"-\d+$")  # the end of the name of a chart or table


def problems(page) -> list[Problem]:
    """Every rule that a page breaks, naming page and element; by its `path`, `html` and, of a page
    made from a notebook, `counts` (the charts and tables that were shown in it) alone."""
    tree = LexborHTMLParser(page.html)
    found = [f for rule in (_images, _tables, _headings, _names, _offline) for f in rule(tree)]
    found += [*_lost(tree, getattr(page, "counts", {})), *_misread(tree, page.html)]
    return [Problem(page.path, *each) for each in found]


def _images(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for image in tree.css("img"):
        alt = _said(image, "alt").strip()
        if _FILLER.fullmatch(alt) or _FILE.fullmatch(alt):
            yield f"{_name(image)} with alt {alt!r}", "words for those who can't see the picture"


def _tables(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for table in tree.css("table"):
        caption = table.css_first("caption")
        if caption is None or not caption.text().strip():
            yield f"{_name(table)} without a caption", "a caption"
        for head in table.css("th"):
            if _said(head, "scope") not in ("col", "row"):
                yield f"{_name(head)} without scope", 'scope="col" or "row"'
            if not head.text().strip():
                yield f"{_name(head)}, empty", "a header with words"
        top = table.css_first("tr")
        if top is None or top.css_first("td") or not top.css_first("th"):
            yield f"{_name(table)} without a row of headers", "a first row of headers, th"
        region = table.parent
        named = _said(region, "role") == "region" and _said(region, "aria-label").strip()
        if not named or _said(region, "tabindex") != "0":
            yield f"{_name(table)} outside a region", "a labelled region that can be scrolled"


def _headings(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    found = tree.css("h1, h2, h3, h4, h5, h6")
    first = sum(heading.tag == "h1" for heading in found)
    if first != 1:
        yield f"{first} headings h1", "one"
    level = 0
    for heading in found:
        now = int(heading.tag[1])
        if now > level + 1:
            yield f"{_name(heading)} after h{level}", f"h{level + 1}"
        level = now


def _names(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    if not _said(tree.root, "lang"):
        yield "no language", "<html lang>"
    for id, times in Counter(_said(element, "id") for element in tree.css("[id]")).items():
        if times > 1:
            yield f"id {id!r} {times} times", "an id once"


def _offline(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    # Elsewhere than in the head a browser takes no notice of it.
    policy = tree.css_first('head > meta[http-equiv="Content-Security-Policy" i]')
    said = _said(policy, "content") if policy else ""
    if {part.strip() for part in said.split(";")} != _POLICY:
        yield "another content policy, or none", "; ".join(sorted(_POLICY))
    for element in tree.root.traverse():
        tag, attributes = element.tag, element.attributes
        if tag in _BANNED or not _BANNED_WITH.isdisjoint(attributes) or _refreshes(attributes):
            yield _name(element), "no script, style, frame, form or drawing in a page"
        for name, value in attributes.items():
            if name == "style" or name.startswith("on"):
                yield f"{_name(element)} with {name}", "no style or handler in an element"
            for address in _addresses(name, value or ""):
                if wrong := _wrong(tag, name, address):
                    yield f"{_name(element)} {wrong} {address[:60]!r}", "a file of the annex"


def _refreshes(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element sends the reader elsewhere, as `<meta http-equiv="refresh">` does."""
    return (attributes.get("http-equiv") or "").strip().lower() == "refresh"


def _addresses(name: str, value: str) -> list[str]:
    """The addresses in an attribute, as a browser reads them: without blanks and controls."""
    if name not in _ADDRESSED:
        return []
    each = [part.split()[0] for part in value.split(",") if part.split()]
    found = each if name.endswith("srcset") else [value]
    return [re.sub(r"[\x00-\x20]", "", address).replace("\\", "/") for address in found]


def _wrong(tag: str, name: str, address: str) -> str:
    """What is wrong with an address, in a word; empty when nothing is."""
    if name == "href" and tag == "a":
        return "" if _LEADS.match(address) else "leading to"
    empty = tag == "link" and address == "data:,"
    return "" if empty or _OURS.fullmatch(address) else "loading"


def _lost(tree: LexborHTMLParser, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    kinds = {"chart": "main figure.chart img", "table": ".body > .table > table"}
    for kind, shown in counts.items():
        arrived = len(tree.css(kinds[kind]))
        if arrived != shown:
            yield f"{arrived} {kind}s", f"the {shown} that the notebook showed"


def _misread(tree: LexborHTMLParser, html: str) -> Iterator[tuple[str, str]]:
    """Readers of HTML differ in what they make of mistakes, and a page can hide in the difference;
    so every element must stand where it is written. What frames a page may be left out."""
    written = (tag.lower() for tag in _START.findall(html))
    elements = (node.tag.lower() for node in tree.root.traverse() if node.is_element_node)
    both = ([tag for tag in tags if tag not in _FRAME] for tags in (written, elements))
    for place, (tag, read) in enumerate(zip_longest(*both, fillvalue="nothing"), 1):
        if tag != read:
            yield f"<{tag}> as element {place}, read as <{read}>", "HTML without a mistake"
            return


def _said(element: LexborNode, name: str) -> str:
    """The value of an attribute; empty when there is none, or no such attribute."""
    return element.attributes.get(name) or ""


def _name(element: LexborNode) -> str:
    """An element as a reader finds it: its tag, and its words or its address."""
    words = " ".join(element.text(separator=" ").split())[:50]
    words = words or next(filter(None, (_said(element, n) for n in ("src", "href", "id"))), "")
    where, shown = "", element.parent
    while shown is not None and not where:
        if shown.tag in ("figure", "div") and _PLACE.search(_said(shown, "id")):
            where = f" in {_said(shown, 'id')}"
        shown = shown.parent
    return f"<{element.tag}> {words!r}{where}" if words else f"<{element.tag}>{where}"
