"""The sections of a page: what a notebook shows from one heading of level 2 to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from . import source_links
from .displays import Apart

CODE = '<details class="code">'  # how folded code begins
_MARK = re.compile(r'<h2[^>]* id="([^"]*)"|data-id="([^"]*)"')  # a section, or a number
_HEADING = re.compile(r'\s*<h2 id="([^"]*)">(.*?)</h2>', re.S)


@dataclass
class Section:
    """parts: its HTML in order, without the heading. place: the anchor; empty before the first
    heading. heading: its words as HTML. foreign: the attribute that names their language if the
    page is in another. sources: those of its outputs, by id. folded: whether it is background,
    which stands folded at the end."""

    place: str = ""
    heading: str = ""
    foreign: str = ""
    folded: bool = False
    parts: list[str] = field(default_factory=list)
    sources: dict[str, dict] = field(default_factory=dict)

    def html(self) -> str:
        """The section, with one line of its sources before the code at its end. A link to a folded
        one opens it, as its anchor stands inside what is folded."""
        parts = [part for part in self.parts if part]
        end = len(parts) - (parts[-1:] != [] and parts[-1].startswith(CODE))
        parts.insert(end, source_links.line(self.sources.values()))
        inside = "".join(parts)
        if not self.folded:
            return self.title() + inside
        return (
            f'<details class="background"><summary>{self.title()}</summary>'
            f'<div id="{self.place}">{inside}</div></details>'
        )

    def title(self) -> str:
        """The heading as HTML; empty before the first one."""
        if not self.place:
            return ""
        anchor = "" if self.folded else f' id="{self.place}"'
        return f"<h2{anchor}{self.foreign}>{self.heading}</h2>"


class Content(NamedTuple):
    """What only the pages of a body show. opening, closing, html: HTML before the key figures,
    between them and the table of contents, and after it. typed: cell and HTML of prose and printed
    text. apart: tables on pages of their own, by the name of the page. sources: all, by id."""

    opening: str
    closing: str
    html: str
    typed: list[tuple[str, str]]
    apart: dict[str, Apart]
    sources: dict[str, dict]


def split_heading(html: str) -> tuple[str, str, str] | None:
    """Anchor, words and the HTML that follows, of prose that begins with a heading of level 2."""
    found = _HEADING.match(html)
    return (found[1], found[2], html[found.end() :]) if found else None


def in_order(sections: Iterable[Section]) -> list[Section]:
    """The sections as a page has them: what is background last."""
    return sorted(sections, key=lambda section: section.folded)


def places_of_numbers(html: str, contents: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The place in `contents`, by anchor, of the section that has a number first, by the id of the
    number; -1 before the first section."""
    found: dict[str, int] = {}
    place, anchors = -1, [anchor for anchor, _ in contents]
    for anchor, id in _MARK.findall(html):
        place = anchors.index(anchor) if anchor in anchors else place
        if id:
            found.setdefault(id, place)
    return found
