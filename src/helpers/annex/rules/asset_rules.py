"""Rules for SVG files, which a browser can open directly, without the content policy of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from ...charts.svg_minify import ELEMENTS
from ...errors import Problem
from ...files.hidden_characters import SEEN, unseen

# The attributes that `charts` writes.
_ATTRIBUTES = {
    "class", "clip-path", "d", "fill", "height", "href", "id", "patternUnits", "transform", "type",
    "version", "viewBox", "width", "x", "y",
}  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}"


def problems(files: Mapping[str, str | bytes | Path]) -> list[Problem]:
    """Problems of the SVG files of an annex: content that could run code or load something, such as
    markup in table cells that was not escaped, in the browser of whoever opens one.

    files: content, or the path of a file with the content, by path in the annex.
    """
    return [
        Problem(path, found, expected)
        for path, content in files.items()
        if path.endswith(".svg")
        for found, expected in _drawing(content)
    ]


def _drawing(content: str | bytes | Path) -> Iterator[tuple[str, str]]:
    text = content.read_bytes() if isinstance(content, Path) else content
    text = text.decode("utf-8") if isinstance(text, bytes) else text
    # A declaration can refer to external entities and style sheets.
    if match := re.search(r"<[!?]\S{0,20}", text):
        yield match[0], "a drawing without declarations"
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield str(error), "a drawing in XML"
        return
    if hidden := unseen("".join(root.itertext())):
        yield "text with an invisible character", f"{SEEN} ({hidden})"
    for element in root.iter():
        tag = element.tag.removeprefix(_SVG)
        if tag not in ELEMENTS:
            yield f"<{tag}>", "shapes and text only"
        for name, value in element.attrib.items():
            short = name.removeprefix(_LINK)
            if short not in _ATTRIBUTES:
                yield f"<{tag}> with {short}", "no event handler, style or other attribute"
            elif short == "href" and not value.startswith("#"):
                yield f"<{tag}> using {value[:60]!r}", "an element of the same drawing"
