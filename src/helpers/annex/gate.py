"""What no page may be published without, and what none may hold: checked in every build.

The rules that need no browser; the page tests add those of axe-core and of the eye (contrast,
reflow). A page that breaks one is not published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag

from ..errors import NotebookError, Problem

_POLICY = {
    "default-src 'none'", "img-src 'self' data:", "style-src 'self'", "base-uri 'none'",
    "form-action 'none'",
}  # fmt: skip
_BANNED = (
    "script, style, svg, iframe, frame, object, embed, applet, form, input, button, select,"
    " textarea, base, audio, video, meta[http-equiv=refresh], [ping], [background], [formaction]"
)
_FILLER = re.compile(
    r"(?:chart|figure|image|picture|plot|figuur|grafiek|afbeelding|plaatje|\w*grafiek)?[\s\d.]*"
    r"|no description.*", re.I | re.S,
)  # fmt: skip
_FILE = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp)", re.I)
_LOADED = {"src", "srcset", "imagesrcset", "poster", "data"}  # what a browser fetches by itself
_OURS = re.compile(r"(?!/)[^:]*")  # a file of the annex
_LEADS = re.compile(r"(?!//)(?:https?:|mailto:|[^:]*$)", re.I)  # where a reader may go


def check(pages: Iterable) -> None:
    """Raise `NotebookError` with every rule that a page breaks, naming page and element.

    pages: with `path` and `html`; of a page made from a notebook also `counts`, the charts and
    tables that were shown in it.
    """
    problems = []
    for page in pages:
        soup = BeautifulSoup(page.html, "html.parser")
        for rule in (_images, _tables, _headings, _names, _offline, _lost):
            problems += [
                Problem(page.path, found, expected) for found, expected in rule(soup, page)
            ]
    if problems:
        raise NotebookError(problems)


def _images(soup: BeautifulSoup, page) -> Iterator[tuple[str, str]]:
    for image in soup.find_all("img"):
        alt = image.get("alt", "").strip()
        if _FILLER.fullmatch(alt) or _FILE.fullmatch(alt):
            yield f"{_name(image)} with alt {alt!r}", "words for those who can't see the picture"


def _tables(soup: BeautifulSoup, page) -> Iterator[tuple[str, str]]:
    for table in soup.find_all("table"):
        caption = table.find("caption")
        if caption is None or not caption.get_text(strip=True):
            yield f"{_name(table)} without a caption", "a caption"
        for head in table.find_all("th"):
            if head.get("scope") not in ("col", "row"):
                yield f"{_name(head)} without scope", 'scope="col" or "row"'
            if not head.get_text(strip=True):
                yield f"{_name(head)}, empty", "a header with words"
        top = table.find("tr")
        if top is None or top.find("td") or not top.find("th"):
            yield f"{_name(table)} without a row of headers", "a first row of headers, th"
        region = table.parent
        named = region.get("role") == "region" and region.get("aria-label", "").strip()
        if not named or region.get("tabindex") != "0":
            yield f"{_name(table)} outside a region", "a labelled region that can be scrolled"


def _headings(soup: BeautifulSoup, page) -> Iterator[tuple[str, str]]:
    found = soup.find_all(re.compile(r"^h[1-6]$"))
    first = sum(heading.name == "h1" for heading in found)
    if first != 1:
        yield f"{first} headings h1", "one"
    level = 0
    for heading in found:
        now = int(heading.name[1])
        if now > level + 1:
            yield f"{_name(heading)} after h{level}", f"h{level + 1}"
        level = now


def _names(soup: BeautifulSoup, page) -> Iterator[tuple[str, str]]:
    root = soup.html
    if root is None or not root.get("lang"):
        yield "no language", "<html lang>"
    for id, times in Counter(element["id"] for element in soup.select("[id]")).items():
        if times > 1:
            yield f"id {id!r} {times} times", "an id once"


def _offline(soup: BeautifulSoup, page) -> Iterator[tuple[str, str]]:
    policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')
    if policy is None or {part.strip() for part in policy["content"].split(";")} != _POLICY:
        yield "another content policy, or none", "; ".join(sorted(_POLICY))
    for element in soup.select(_BANNED):
        yield _name(element), "no script, style, frame, form or drawing in a page"
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"{_name(element)} with {name}", "no style or handler in an element"
            for address in _addresses(name, value):
                if wrong := _wrong(element.name, name, address):
                    yield f"{_name(element)} {wrong} {address[:60]!r}", "a file of the annex"


def _addresses(name: str, value: str) -> list[str]:
    """The addresses in an attribute, as a browser reads them: without blanks and controls."""
    if name not in _LOADED | {"href", "xlink:href"}:
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


def _lost(soup: BeautifulSoup, page) -> Iterator[tuple[str, str]]:
    kinds = {"chart": "main figure.chart img", "table": ".body > .table > table"}
    for kind, shown in getattr(page, "counts", {}).items():
        arrived = len(soup.select(kinds[kind]))
        if arrived != shown:
            yield f"{arrived} {kind}s", f"the {shown} that the notebook showed"


def _name(element: Tag) -> str:
    """An element as a reader finds it: its tag, and its words or its address."""
    words = " ".join(element.get_text(" ", strip=True).split())[:50]
    words = words or element.get("src") or element.get("href") or element.get("id") or ""
    shown = element.find_parent(["figure", "div"], id=re.compile(r"-\d+$"))
    where = f" in {shown['id']}" if shown else ""
    return f"<{element.name}> {words!r}{where}" if words else f"<{element.name}>{where}"
