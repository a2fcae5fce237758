"""Fit tables to the width of a printed page, from measured text widths, before the layout."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import matplotlib
from bs4 import BeautifulSoup, Tag
from matplotlib.ft2font import FT2Font

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_NEW = BeautifulSoup("", "html.parser").new_tag
_HYPHENATED = 7.0  # the width in em that a column of words needs when long ones are hyphenated
_GAP = 7.0  # between two columns, in points: the 2.4 mm of pdf.css


@dataclass(frozen=True)
class _Setting:
    """A table style. name: its class in pdf.css. room: available width in points. size: font size
    in points. line: the width in em that long text may be wrapped to.
    """

    name: str
    room: float
    size: float
    line: float

    def width(self, needs: list[float]) -> float:
        return sum(need * self.size + _GAP for need in needs)

    def holds(self, needs: list[float]) -> bool:
        return self.width(needs) <= self.room


_PORTRAIT = (_Setting("plain", 493, 8, 13), _Setting("dense", 493, 7, 9))
_LANDSCAPE = _Setting("broad", 739, 7, 9)


def fit(table: Tag) -> None:
    """Change a table (inside its `section.table`) as little as needed for it to fit the page.

    In this order: a smaller font, a landscape page, a split into parts that each repeat the first
    column, line breaks inside words.
    """
    box = table.find_parent("section", class_="table")
    setting = next((s for s in _PORTRAIT if s.holds(_needs(table, s.line))), _LANDSCAPE)
    assert box is not None  # all templates put tables in one
    box["class"] = f"table {setting.name}"
    if setting is not _LANDSCAPE:
        return
    _include_heading(box)
    needs = _needs(table, 0)
    parts = [list(range(len(needs)))]
    if not setting.holds(needs) and not table.select_one("[colspan], [rowspan]"):
        parts = _parts(needs, setting)
    if not all(setting.holds([needs[place] for place in part]) for part in parts):
        box["class"] = f"table {setting.name} torn"
    elif len(parts) == 1:
        _size(table, setting)
    for part in parts[1:]:
        box.append(_part(table, part, captioned=False))
    if len(parts) > 1:
        table.replace_with(_part(table, parts[0], captioned=True))


def _size(table: Tag, setting: _Setting) -> None:
    """Give each column its width: what it needs, with long words hyphenated, and of the rest a part
    by how much text it has."""
    needs = _needs(table, _HYPHENATED)
    heads = table.select("thead th")
    if len(heads) == len(needs):
        words = ["figure" not in head.get_attribute_list("class") for head in heads]
        needs = [min(n, _HYPHENATED) if w else n for n, w in zip(needs, words, strict=True)]
    needs = needs if setting.holds(needs) else _needs(table, 0)
    beyond = [0.0] * len(needs)
    for row in table.select("tbody tr"):
        for place, cell in enumerate(row.find_all(["th", "td"], recursive=False)):
            beyond[place] += max(0.0, _em(cell.get_text(), False) - needs[place])
    spare, whole = setting.room - setting.width(needs), sum(beyond)
    group = _NEW("colgroup")
    for need, more in zip(needs, beyond, strict=True):
        width = setting.width([need]) + (spare * more / whole if whole else spare / len(needs))
        group.append(_NEW("col", style=f"width: {width:.1f}pt"))
    table.insert(1 if table.caption else 0, group)
    table["class"] = "sized"


def _needs(table: Tag, line: float) -> list[float]:
    """Minimum width of each column in em: of its longest word, or of text wrapped to `line` em."""
    needs: list[float] = []
    for row in table.select("tr"):
        for place, cell in enumerate(row.find_all(["th", "td"], recursive=False)):
            text, head = cell.get_text().strip(), cell.find_parent("thead") is not None
            if not head and "figure" in cell.get_attribute_list("class"):
                need = _em(text, head)  # numbers are not wrapped
            else:
                words = re.split(r"[ \n\t]+|(?<=-)", text)
                need = max(_em(word, head) for word in words)
                need = need if head else max(need, min(_em(text, head), line))
            needs += [0.0] * (place + 1 - len(needs))
            needs[place] = max(needs[place], need)
    return needs


@cache
def _em(text: str, bold: bool) -> float:
    """Width of a text in em, without line breaks."""
    font = _font(bold)
    font.set_text(text)
    return font.get_width_height()[0] / 64 / 100


@cache
def _font(bold: bool) -> FT2Font:
    font = FT2Font(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
    font.set_size(100, 72)
    return font


def _parts(needs: list[float], setting: _Setting) -> list[list[int]]:
    """Split the columns into the fewest parts that fit, of about equal length.

    Returns the column indices of each part; all parts begin with the first column."""
    alone = setting.room - setting.width(needs[:1])
    parts: list[list[int]] = [[]]
    for count in range(1, len(needs)):
        cuts = [1 + (len(needs) - 1) * n // count for n in range(count + 1)]
        parts = [list(range(a, b)) for a, b in pairwise(cuts)]
        if all(setting.width([needs[p] for p in part]) <= alone for part in parts):
            break
    return [[0, *part] for part in parts]


def _part(table: Tag, places: list[int], captioned: bool) -> Tag:
    """A copy of the table with only the columns at `places`; `captioned`: whether with caption."""
    part = copy(table)
    if part.caption and not captioned:
        part.caption.decompose()
    for row in part.select("tr"):
        for place, cell in enumerate(row.find_all(["th", "td"], recursive=False)):
            if place not in places:
                cell.decompose()
    return part


def _include_heading(box: Tag) -> None:
    """Move the heading before a table, and a paragraph between them, into the table's box, so that
    they move to the landscape page with it."""
    before = box.find_previous_siblings(limit=2)
    place = next((n for n, part in enumerate(before) if part.name in ("h2", "h3")), None)
    if place is not None and all(part.name in ("p", "div") for part in before[:place]):
        for part in before[: place + 1]:
            box.insert(0, part.extract())
