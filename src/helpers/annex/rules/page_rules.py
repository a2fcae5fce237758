"""Rules that every page must meet; a build does not publish a page that breaks one.

These are the rules that need no browser, checked on the tree of an HTML5 parser. The page tests add
axe-core's rules and visual ones (contrast, reflow) in a browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

from ...errors import Problem
from ...limits import WINDOW_TITLE_CHARACTERS
from . import printed_numbers
from .html_rules import described, file_checker, value_of, violations

_POLICY = {
    "default-src 'none'", "img-src 'self' data:", "style-src 'self'", "base-uri 'none'",
    "form-action 'none'",
}  # fmt: skip
_NO_DESCRIPTION = re.compile(
    r"(?:chart|figure|image|picture|plot|figuur|grafiek|afbeelding|plaatje|\w*grafiek)?[\s\d.]*"
    r"|no description.*", re.I | re.S,
)  # fmt: skip
_FILE_NAME = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp)", re.I)


def problems(page, files: Collection[str], records: Mapping[str, Mapping]) -> list[Problem]:
    """Every violation of a rule by a page, with its path and the element.

    page: an object with `path`, `html` and, if made from a notebook, `counts` (of the charts and
    tables that the notebook showed). files: paths in the annex, the only ones that a page may load.
    records: of the evidence, by id.
    """
    tree = LexborHTMLParser(page.html)
    found = [
        f
        for rule in (_title, _images, _tables, _headings, _ids, _content_policy)
        for f in rule(tree)
    ]
    found += violations(tree, page.html, file_checker(page.path, files))
    found += printed_numbers.faults(tree, records)
    found += _displays(tree, getattr(page, "counts", {}))
    return [Problem(page.path, *each) for each in found]


def _title(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    title = tree.css_first("head > title")
    if title is not None and len(words := title.text().strip()) > WINDOW_TITLE_CHARACTERS:
        found = f"<title> {words!r} of {len(words)} characters"
        yield found, f"at most {WINDOW_TITLE_CHARACTERS}: shorten the title or short name"


def _images(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for image in tree.css("img"):
        alt = value_of(image, "alt").strip()
        if _NO_DESCRIPTION.fullmatch(alt) or _FILE_NAME.fullmatch(alt):
            yield f"{described(image)} with alt {alt!r}", "a description of the image"


def _tables(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for table in tree.css("table"):
        caption = table.css_first("caption")
        if caption is None or not caption.text().strip():
            yield f"{described(table)} without a caption", "a caption"
        for head in table.css("th"):
            if value_of(head, "scope") not in ("col", "row"):
                yield f"{described(head)} without scope", 'scope="col" or "row"'
            if not head.text().strip():
                yield f"{described(head)}, empty", "a header with text"
        top = table.css_first("tr")
        if top is None or top.css_first("td") or not top.css_first("th"):
            yield f"{described(table)} without a row of headers", "a first row of headers, th"
        region = table.parent
        native = region is not None and region.tag == "section"
        named = native and value_of(region, "aria-label").strip()
        if not named or value_of(region, "tabindex") != "0":
            expected = 'in a <section> with aria-label and tabindex="0"'
            yield f"{described(table)} outside a region", expected


def _headings(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    found = tree.css("h1, h2, h3, h4, h5, h6")
    first = sum(heading.tag == "h1" for heading in found)
    if first != 1:
        yield f"{first} headings h1", "exactly one"
    level = 0
    for heading in found:
        now = int(str(heading.tag)[1])
        if now > level + 1:
            yield f"{described(heading)} after h{level}", f"h{level + 1}"
        level = now


def _ids(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    if not value_of(tree.root, "lang"):
        yield "no language", "<html lang>"
    for id, times in Counter(value_of(element, "id") for element in tree.css("[id]")).items():
        if times > 1:
            yield f"id {id!r} {times} times", "a unique id"


def _content_policy(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    # Browsers ignore a policy outside of the head.
    policies = tree.css('head > meta[http-equiv="Content-Security-Policy" i]')
    content = value_of(policies[0], "content") if len(policies) == 1 else ""
    if {part.strip() for part in content.split(";")} != _POLICY:
        yield "another content policy, none, or several", "; ".join(sorted(_POLICY))


def _displays(tree: LexborHTMLParser, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    kinds = {
        "chart": "main figure.chart img",
        "table": "main .table[id] > table",
        "apart": "main a.apart",
    }
    for kind, shown in counts.items():
        arrived = len(tree.css(kinds[kind]))
        if arrived != shown:
            yield f"{arrived} {kind}s", f"the {shown} that the notebook showed"
