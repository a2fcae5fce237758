"""Minify the SVG of matplotlib: attributes that it repeats in each element are written once.

Written by hand because the SVG optimisers on PyPI have had no release for years, and because
text must stay text and the lines of one label must stay in one group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# The elements that a picture may have; annex.rules refuses any other.
ELEMENTS = frozenset(
    {"svg", "g", "defs", "style", "path", "rect", "text", "tspan", "use", "clipPath", "pattern"}
)
HALO = "halo"  # the id of groups whose text gets a white outline, readable on lines

_HALO_STYLE = "paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round"
_NOISE = re.compile(r"<\?xml[^>]*>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.S)
# What SVG 2 has no need of: `href` needs no namespace of its own there.
_OLD = re.compile(r' xmlns:xlink="[^"]*"| version="1\.1"| type="text/css"|xlink:(?=href=)')
_EMPTY = re.compile(r"<g[^>]*/>|<g[^>]*></g>|<defs/>")
# A group without attributes, around shapes only: one around text keeps a label's lines together.
_BARE_GROUP = re.compile(r"<g>((?:(?!</?g|<text).)*)</g>", re.S)
_STYLE = re.compile(r' style="([^"]*)"')
_CLIP = re.compile(r' clip-path="([^"]*)"')
_FONT = re.compile(r'font-family: ([^;"]*)')
_NO_ROTATION = re.compile(r' transform="rotate\(-?0(?:\.0*)? [^)]*\)"')
_TAG = re.compile(r"<[^/>][^>]*>")  # that opens an element
_ID, _USED = re.compile(r' id="([^"]*)"'), re.compile(r'<[^>]*(?:url\(|href=")#([^")]+)')
_REFERENCE = re.compile(r'(url\(|href=")#([^")]+)')
_DECIMALS = re.compile(r"-?\d+\.\d{2,}")
_PATH = re.compile(r' d="([^"]*)"')
_COMMAND, _ITSELF = re.compile(r"\s*([MLHVCSQZmlhvcsqz])\s*"), r"\1"


def minify(svg: str) -> str:
    """The same picture with no unused ids, coordinates rounded to 0.1 point, styles as classes."""
    svg = svg.replace(f'<g id="{HALO}">', f'<g style="{_HALO_STYLE}">')
    svg = re.sub(r">\s+<", "><", _NOISE.sub("", svg)).strip()
    names = {id: f"i{number}" for number, id in enumerate(dict.fromkeys(_USED.findall(svg)))}
    svg = _TAG.sub(lambda m: _short(_renamed(m[0], names)), svg)
    for idle, kept in ((_EMPTY, ""), (_BARE_GROUP, r"\1")):
        while (fewer := idle.sub(kept, svg)) != svg:
            svg = fewer
    return _classed(svg)


def _renamed(tag: str, names: Mapping[str, str]) -> str:
    """A tag with short ids, if they are referenced, and without the others."""
    if named := _ID.search(tag):
        kept = f' id="{names[named[1]]}"' if named[1] in names else ""
        tag = tag.replace(named[0], kept, 1)
    return _REFERENCE.sub(lambda m: f"{m[1]}#{names[m[2]]}", tag) if "#" in tag else tag


def _short(tag: str) -> str:
    """A tag with its coordinates rounded to 0.1, a thirtieth of a millimetre, and without what
    changes nothing; not the text between tags."""
    if "rotate(" in tag:
        tag = _NO_ROTATION.sub("", tag)
    if "xlink" in tag or "text/css" in tag:
        tag = _OLD.sub("", tag)
    if "scale(" in tag or "matrix(" in tag:
        return tag  # a scale factor must not be rounded like a coordinate
    tag = _DECIMALS.sub(lambda m: f"{float(m[0]):.1f}".rstrip("0").rstrip("."), tag)
    return _PATH.sub(lambda m: f' d="{_COMMAND.sub(_ITSELF, m[1]).strip()}"', tag)


def _classed(svg: str) -> str:
    """Move style and clipping into classes, and a font that all text shares into one rule."""
    fonts = set(_FONT.findall(svg))
    shared = fonts.pop() if len(fonts) == 1 else ""
    names: dict[str, str] = {}

    def name(match: re.Match) -> str:
        parts = [part.strip() for part in match[1].split(";")]
        kept = [p for p in parts if p and not (shared and p.startswith("font-family:"))]
        style = ";".join(part.replace(": ", ":") for part in kept)
        return f' class="{names.setdefault(style, f"s{len(names)}")}"' if style else ""

    svg = _TAG.sub(lambda m: _STYLE.sub(name, _clip_as_style(m[0])), svg)
    rules = "".join(f".{short}{{{style}}}" for style, short in names.items())
    face = f"text{{font-family:{shared}}}" if shared else ""
    return svg.replace("</style>", f"{face}{rules}</style>", 1) + "\n"


def _clip_as_style(tag: str) -> str:
    """A tag with what it is clipped to as part of its style, which many others share."""
    if clip := _CLIP.search(tag):
        style = _STYLE.search(tag)
        both = f' style="{f"{style[1]};" if style else ""}clip-path:{clip[1]}"'
        tag = tag.replace(style[0], "") if style else tag
        return tag.replace(clip[0], both)
    return tag
