"""Combine the pages of one language into one HTML document for the PDF."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from urllib.parse import unquote, urldefrag

from bs4 import BeautifulSoup, Tag

from ... import language
from ...errors import AnnexError, Problem
from ..pages.labels import WORDS
from ..pages.render import Page
from . import table_fit

SCHEME = "annex:"  # URL scheme of charts and fonts, the only ones that WeasyPrint may fetch


def document(pages: Sequence[Page], files: Collection[str], title: str, about: str) -> str:
    """The HTML of the document: title page, contents, and a section for each page.

    files: path of each chart in the annex. Raises `AnnexError` for an image that is no chart of
    the annex.
    """
    words = {key: language.text(WORDS[key]) for key in ("annex", "contents_pdf", "numbers_pdf")}
    whole = BeautifulSoup(
        f'<!DOCTYPE html><html lang="{language.current()}"><head><title></title></head><body>'
        '<section class="cover"><p class="kind"></p><p class="title"></p><p></p><p></p></section>'
        '<nav class="contents"><p></p><ul></ul></nav></body></html>',
        "html.parser",
    )
    _part(whole, "title").string = f"{title}: {words['annex']}"
    lines = (words["annex"], title, about, words["numbers_pdf"])
    for line, text in zip(whole.select(".cover p"), lines, strict=True):
        line.string = text
    _part(whole, ".contents p").string = words["contents_pdf"]
    names = {page.name for page in pages}
    for page in pages:
        _part(whole, "body").append(_section(page, names, files))
    for heading in whole.select("section.theme h1, section.theme h2"):
        entry = whole.new_tag("li", attrs={"class": heading.name})
        entry.append(whole.new_tag("a", href=f"#{heading['id']}", string=heading.get_text()))
        _part(whole, ".contents ul").append(entry)
    places = {part["id"] for part in whole.select("[id]")}
    for link in whole.select("a[href^='#']"):
        if unquote(str(link["href"])[1:]) not in places:
            link.unwrap()
    return str(whole)


def _part(tag: Tag, selector: str) -> Tag:
    """The element that a selector finds; for elements that the templates always write."""
    found = tag.select_one(selector)
    assert found is not None, selector
    return found


def _section(page: Page, names: set[str], files: Collection[str]) -> Tag:
    """The content of one page, its anchors prefixed so that they are unique in the document."""
    main = _part(BeautifulSoup(page.html, "html.parser"), "main#content")
    main.name, main.attrs = "section", {"class": "theme", "data-short": page.short or page.title}
    for part in main.select("nav, source"):
        part.decompose()
    for part in main.select("picture"):
        part.unwrap()
    for part in main.select("[id]"):
        part["id"] = f"{page.name}--{part['id']}"
    _part(main, "h1")["id"] = page.name
    for picture in main.select("img"):
        _picture(picture, page, files)
    for paragraph in main.select("p:has(a[download])"):
        paragraph.decompose()  # a download link is useless on paper
    for link in main.select("a[href]"):
        _link(link, page.name, names)
    _unfold(main, page.name)
    for table in main.select("table"):
        table_fit.fit(table)
    return main


def _unfold(main: Tag, name: str) -> None:
    """Expand `<details>`: data tables, background and sources in place, code in a section at the
    end of the chapter."""
    for heading in main.select("details > summary > h2"):
        summary, part = heading.find_parent("summary"), heading.find_parent("details")
        assert summary and part
        summary.unwrap()
        part.name = "section"
    for part in main.select("details.data"):
        part.name = "div"
        _part(part, "summary").decompose()  # the caption of the table says the same
    end, word = BeautifulSoup("", "html.parser"), language.text(WORDS["code"])
    for number, part in enumerate(main.select("details.code"), 1):
        place, label = f"{name}--code-{number}", f"{word} {number}"
        pointer = end.new_tag("p", attrs={"class": "to-code"})
        pointer.append(end.new_tag("a", href=f"#{place}", string=label))
        part.insert_before(pointer)
        _part(part, "summary").decompose()
        part.name = "div"
        part.insert(0, end.new_tag("h3", id=place, string=label))
        end.append(part.extract())
    if end.contents:
        main.append(end.new_tag("h2", id=f"{name}--code", string=word))
        main.append(end)


def _picture(picture: Tag, page: Page, files: Collection[str]) -> None:
    name = str(picture["src"]).removeprefix("../")
    if unquote(name) not in files:
        raise AnnexError(Problem(page.path, f"the picture {name}", "a chart of the annex"))
    picture.attrs = {"src": SCHEME + name, "alt": str(picture.get("alt", ""))}


def _link(link: Tag, here: str, names: set[str]) -> None:
    """Point a link to its target inside the PDF. An external link also shows its URL as text; one
    to another file of the annex is removed."""
    target, place = urldefrag(str(link["href"]))
    if re.match(r"https?:|mailto:", target):
        if link.get_text() != link["href"]:
            link.insert_after(f" ({link['href']})")
        return
    name = target.removesuffix(".html") or here
    if name not in names:
        link.unwrap()
        return
    link["href"] = f"#{name}--{place}" if place else f"#{name}"
