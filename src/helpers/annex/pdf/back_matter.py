"""What stands at the back of the PDF, so that chapters read through: the words and numbers of
figures, long tables, and code. Where it stood a link leads there, and back."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import BeautifulSoup, Tag

from ... import language
from ..pages.labels import WORDS

PARTS = ("figures", "tables", "code")  # of the back, in this order; each has a heading in `WORDS`
_LOWER = {"h2": "h4", "h3": "h5"}  # headings of a table's own page, below its title, an h3
_NEW = BeautifulSoup("", "html.parser").new_tag


class BackMatter:
    """tables: the pages of tables that have one of their own, by name, as `section`s."""

    def __init__(self, tables: dict[str, Tag]):
        self._tables = tables
        self._taken: dict[str, list[tuple[str, str, list[Tag]]]] = {part: [] for part in PARTS}

    def take(self, chapter: Tag, name: str, short: str) -> None:
        """Move what belongs at the back out of a chapter, and leave a link to each part of it.
        name, short: of the chapter."""
        taken = {
            "figures": [_figure(part) for part in chapter.select("figure details.data")],
            "tables": [self._table(link) for link in chapter.select("a.apart")],
            "code": [
                _code(part, f"{name}--code-{number}", f"{language.text(WORDS['code'])} {number}")
                for number, part in enumerate(chapter.select("details.code"), 1)
            ],
        }
        for part, entries in taken.items():
            if entries:
                self._taken[part].append((name, short, entries))

    def _table(self, link: Tag) -> Tag:
        """The page of a table to which a link leads, as a part of the back, without its sources:
        its chapter names them."""
        table = self._tables.pop(str(link["href"]).removeprefix("#"))
        link["class"], pointer = "to-back", link.find_parent(class_="pointer")
        top, body = table.select_one(".lead"), table.select_one(".body")
        assert pointer and top and top.h1 and body
        for sources in body.select("section.sources"):
            sources.decompose()
        for heading in body.select(", ".join(_LOWER)):
            heading.name = _LOWER[heading.name]
        place, title = str(top.h1["id"]), top.h1.get_text()
        return _entry(place, str(pointer["id"]), title, body.extract())

    def sections(self) -> list[Tag]:
        """A section for each part that is not empty, with what each chapter has of it."""
        assert not self._tables, f"no chapter leads to {sorted(self._tables)}"
        return [_section(part, taken) for part, taken in self._taken.items() if taken]


def _section(part: str, taken: Sequence[tuple[str, str, list[Tag]]]) -> Tag:
    title = language.text(WORDS[f"{part}_pdf"])
    made = _NEW("section", attrs={"class": f"theme {part}", "data-short": title})
    made.append(_NEW("h1", id=part, string=title))
    for name, short, entries in taken:
        made.append(_NEW("h2", id=f"{part}--{name}", string=short))
        made.extend(entries)
    return made


def _link(place: str, words: str) -> Tag:
    return _NEW("a", href=f"#{place}", string=words, attrs={"class": "to-back"})


def _entry(place: str, origin: str, title: str, content: Tag) -> Tag:
    """What was taken, under a heading that leads back to where it stood."""
    heading = _NEW("h3", id=place)
    heading.append(_link(origin, title))
    content.insert(0, heading)
    content.name, content["class"] = "section", "entry"
    return content


def _figure(part: Tag) -> Tag:
    """The description and the numbers of a figure, under its caption."""
    figure, summary = part.find_parent("figure"), part.summary
    assert figure and figure.figcaption and summary
    place = f"{figure['id']}--data"
    pointer = _NEW("p", attrs={"class": "pointers"})
    pointer.append(_link(place, summary.extract().get_text()))
    figure.insert_after(pointer)
    title = " ".join(figure.figcaption.get_text().split())
    return _entry(place, str(figure["id"]), title, part.extract())


def _code(part: Tag, place: str, label: str) -> Tag:
    """Code; its link stands on the line of that of the figure before it, if there is one."""
    pointer = part.find_previous_sibling(lambda tag: tag.name != "small")  # the line of sources
    if pointer is not None and "pointers" in pointer.get_attribute_list("class"):
        pointer.append(" · ")
    else:
        pointer = _NEW("p", attrs={"class": "pointers"})
        part.insert_before(pointer)
    link = _link(place, label)
    link["id"] = origin = f"{place}--from"
    pointer.append(link)
    assert part.summary
    part.summary.decompose()
    return _entry(place, origin, label, part.extract())
