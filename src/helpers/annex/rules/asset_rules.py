"""What stands beside the pages: the style sheet, drawings and tables, which a reader can also open
by themselves. They draw and tell, and do nothing else: no script or formula, nothing from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from ...errors import Problem, quoted
from ...files.hidden_characters import SEEN, unseen
from ...formats import csv_files

# What helpers.charts draws with.
_DRAWN = {"svg", "g", "defs", "style", "path", "rect", "text", "tspan", "use", "clipPath"}
_ATTRIBUTES = {
    "class", "clip-path", "d", "height", "href", "id", "transform", "type", "version", "viewBox",
    "width", "x", "y",
}  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}"
_INSIDE = re.compile(r"#[\w.-]+")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.I | re.S)
# What makes a style sheet fetch something or run it; `url(#mark)` is a part of the same file.
_FETCHES = re.compile(
    r"(?<![\w])(?:url|src|image|(?:-webkit-)?image-set|(?:-webkit-)?cross-fade|element|expression)"
    r"\((?!\s*['\"]?#[\w.-]+['\"]?\s*\))|@import|@charset|@namespace|@font-face|@document"
    r"|-moz-binding|(?<![\w-])behavior\s*:|</?\w|<!",
    re.I,
)


def problems(files: Mapping[str, str | bytes | Path]) -> list[Problem]:
    """What is wrong with the style sheets, drawings and tables among the files of an annex, by
    file; in a table by row and column, counted from 1 with the headings.

    files: content, or a file that has it, by its path inside the annex.
    """
    rules = {".css": _style, ".svg": _drawing, ".csv": _table}
    found = []
    for path, content in files.items():
        if rule := rules.get(Path(path).suffix):
            text = content if isinstance(content, str) else _text(content)
            for wrong, expected, *where in rule(text):
                found.append(Problem(", ".join([path, *where]), wrong, expected))
    return found


def _text(content: bytes | Path) -> str:
    content = content.read_bytes() if isinstance(content, Path) else content
    return content.decode("utf-8")


def _table(text: str) -> Iterator[tuple[str, str] | tuple[str, str, str]]:
    """What a spreadsheet would run or a reader not see. The mark before the text says UTF-8."""
    try:
        rows = csv_files.rows(text.removeprefix("\ufeff"))
    except ValueError as error:
        yield str(error), "CSV with commas, quotes around what needs them, and rows of one length"
        return
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            place = f"row {number}, column {column}"
            if hidden := unseen(cell):
                yield quoted(cell), f"{SEEN} (here {hidden})", place
            if csv_files.live(cell):
                yield quoted(cell), "a number, or words that no spreadsheet runs", place


def _style(text: str) -> Iterator[tuple[str, str]]:
    """What a style sheet may not hold, even in a comment: what looks like one may stand between
    quotes. Escapes are read first."""
    for read in (_plain(text), _plain(_COMMENT.sub("", text))):
        if match := _FETCHES.search(read):
            yield repr(match[0]), "a style that fetches and runs nothing"
            return


def _plain(text: str) -> str:
    """A style sheet with its escapes read."""

    def character(match: re.Match) -> str:
        number = int(match[1], 16) if match[1] else 0
        return match[2] or (chr(number) if 0 < number < 0x110000 else "\ufffd")

    return _ESCAPE.sub(character, text)


def _drawing(text: str) -> Iterator[tuple[str, str]]:
    # A declaration can name entities and style sheets that are elsewhere.
    if match := re.search(r"<[!?]\S{0,20}", text):
        yield match[0], "a drawing without declarations"
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield str(error), "a drawing in XML"
        return
    if root.tag != f"{_SVG}svg":
        yield f"<{root.tag}>", "a drawing, svg"
    for element in root.iter():
        tag = element.tag.removeprefix(_SVG)
        if tag not in _DRAWN:
            yield f"<{tag}>", "marks and words only"
        if tag == "style":
            yield from _style("".join(element.itertext()))
        elif hidden := unseen(element.text or ""):
            yield f"words that nobody sees in <{tag}>", f"{SEEN} ({hidden})"
        if hidden := unseen(element.tail or ""):
            yield f"words that nobody sees behind <{tag}>", f"{SEEN} ({hidden})"
        yield from _attributes(tag, element.attrib)
    yield from _repeated(root)


def _repeated(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """A mark that uses one that uses another may be drawn more often than there are atoms: each
    such step can multiply. matplotlib takes one step, to the form of a point."""
    marks = [element for element in root.iter() if element.get("id") is not None]
    nested = {e.get("id") for e in marks if next(e.iter(f"{_SVG}use"), None) is not None}
    for element in root.iter(f"{_SVG}use"):
        for target in (element.get("href"), element.get(f"{_LINK}href")):
            if target and target.removeprefix("#") in nested:
                yield f"<use> of {target!r}, with <use> in it", "a mark that uses no other"


def _attributes(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in attributes.items():
        short = name.removeprefix(_LINK)
        if short not in _ATTRIBUTES:
            yield f"<{tag}> with {short}", "no handler, style or other attribute than a chart has"
        if short == "href" and not _INSIDE.fullmatch(value):
            yield f"<{tag}> using {value[:60]!r}", "a mark of the same drawing"
        elif match := _FETCHES.search(_plain(value)):
            yield f"<{tag}> with {match[0]!r} in {short}", "a value that fetches nothing"
