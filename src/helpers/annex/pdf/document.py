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
from .back_matter import BackMatter

_APART = "apart-page"  # the class of the page of one table
SCHEME = "annex:"  # URL scheme of charts and fonts, the only ones that WeasyPrint may fetch


def document(
    pages: Sequence[Page],
    files: Collection[str],
    title: str,
    about: str,
    imprint: Sequence[str] = (),
) -> str:
    """The HTML of the document: title page, contents, a section for each page, and the back.

    files: path of each chart in the annex. imprint: lines of the title page. Raises `AnnexError`
    for an image that is no chart of the annex.
    """
    words = {key: language.text(WORDS[key]) for key in ("annex", "contents_pdf", "numbers_pdf")}
    whole = _empty(title)
    cover, contents = whole.new_tag("section", attrs={"class": "cover"}), whole.new_tag("nav")
    cover.append(whole.new_tag("p", string=words["annex"], attrs={"class": "kind"}))
    cover.append(whole.new_tag("p", string=title, attrs={"class": "title"}))
    for line in (about, words["numbers_pdf"], *imprint):
        cover.append(whole.new_tag("p", string=line))
    contents["class"] = "contents"
    contents.extend([whole.new_tag("p"), whole.new_tag("ul")])
    _part(whole, "body").extend([cover, contents])
    _part(whole, ".contents p").string = words["contents_pdf"]
    names = {page.name for page in pages}
    made = {page.name: _section(page, names, files) for page in pages}
    back = BackMatter(
        {name: made.pop(name) for name in names if _APART in str(made[name]["class"])}
    )
    for page in pages:
        if page.name in made:
            back.take(made[page.name], page.name, page.short)
    _part(whole, "body").extend([*made.values(), *back.sections()])
    for table in whole.select("table"):
        table_fit.fit(table)
    aside = ":is(.background, .sources) h2"  # of every chapter, so not in the contents
    for heading in whole.select(f"section.theme h1, section.theme h2:not({aside})"):
        entry = whole.new_tag("li", attrs={"class": heading.name})
        entry.append(whole.new_tag("a", href=f"#{heading['id']}", string=heading.get_text()))
        _part(whole, ".contents ul").append(entry)
    return _finished(whole)


def sheet(page: Page, files: Collection[str], title: str, imprint: Sequence[str] = ()) -> str:
    """The HTML of one page, without what a screen folds; `imprint` at its foot."""
    whole = _empty(title)
    main = _section(page, {page.name}, files)
    main["class"] = "sheet"
    for part in main.select("details, section.sources"):
        part.decompose()
    for line in imprint:
        main.append(whole.new_tag("p", string=line, attrs={"class": "through"}))
    for table in main.select("table"):
        table_fit.fit(table)
    _part(whole, "body").append(main)
    return _finished(whole)


def _empty(title: str) -> BeautifulSoup:
    name = language.text(WORDS["annex"])
    whole = BeautifulSoup(
        f'<!DOCTYPE html><html lang="{language.current()}"><head><title></title></head>'
        "<body></body></html>",
        "html.parser",
    )
    _part(whole, "title").string = language.labelled(title, name)
    return whole


def _finished(whole: BeautifulSoup) -> str:
    """The HTML of a document, without links that lead nowhere in it."""
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
    del page.html  # of all pages it takes much memory, and is made anew if it is asked for again
    kinds = " ".join(["theme", *({_APART} & set(main.get_attribute_list("class")))])
    main.name, main.attrs = "section", {"class": kinds, "data-short": page.short or page.title}
    for part in main.select("nav, source"):
        part.decompose()
    for part in main.select("picture"):
        part.unwrap()
    for part in main.select("[id]"):
        part["id"] = f"{page.name}--{part['id']}"
    _part(main, "h1")["id"] = page.name
    for summary in main.select("summary:has(> h2)"):
        _open(summary)
    for picture in main.select("img"):
        _picture(picture, page, files)
    for paragraph in main.select("p:has(a[download])"):
        paragraph.decompose()  # a download link is useless on paper
    for link in main.select("a[href]"):
        _link(link, page.name, names)
    return main


def _open(summary: Tag) -> None:
    """Show a section that is folded on a screen, with its anchor at its heading."""
    content = summary.find_next_sibling()
    assert content and summary.h2 and summary.parent
    summary.h2["id"] = content.attrs.pop("id")
    summary.parent.name = "section"
    summary.unwrap()


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
    name = unquote(target).removesuffix(".html") or here
    if name not in names:
        link.unwrap()
        return
    link["href"] = f"#{name}--{place}" if place else f"#{name}"
