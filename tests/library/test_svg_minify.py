from helpers.charts.svg_minify import HALO, minify

DRAWN = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "x" "y">
<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="10pt">
 <metadata>made by</metadata>
 <defs><style type="text/css">*{x: y}</style></defs>
 <g id="figure_1"><g id="line2d_3"/>
  <path d="M 1.23456 2
L 3.5 4
z
" clip-path="url(#cut)" style="fill: #fff; stroke: #000"/>
  <path d="M 0 0" style="fill: #fff; stroke: #000"/>
  <clipPath id="cut"><rect width="1.006001"/></clipPath>
  <text style="font-size: 8px; font-family: 'A', serif" transform="rotate(-0 1.5 2)">0.0833 f</text>
 </g>
</svg>
"""


def test_what_is_not_drawn_goes():
    """Prolog, metadata, unused ids and empty groups go; an id that is used stays."""
    got = minify(DRAWN)
    for part in ("<?xml", "DOCTYPE", "metadata", "figure_1", "line2d_3", "rotate("):
        assert part not in got
    assert '<clipPath id="i0">' in got
    assert ".s0{fill:#fff;stroke:#000;clip-path:url(#i0)}" in got


def test_what_svg_2_does_not_need_goes():
    """A reference needs no namespace, and the picture neither a version nor a type of its style."""
    old = '<svg xmlns:xlink="x" version="1.1"><style type="text/css"></style><path id="a"/>'
    got = minify(old + '<use xlink:href="#a"/><text>xlink:href="x" version="1.1"</text></svg>')
    assert got == (
        '<svg><style></style><path id="i0"/><use href="#i0"/>'
        '<text>xlink:href="x" version="1.1"</text></svg>\n'
    )


def test_what_is_clipped_alike_says_so_once():
    """Clipping is part of a style, also of a shape without another."""
    mark = '<path clip-path="url(#c)"/>'
    got = minify(f'<svg><style></style><clipPath id="c"/>{mark}{mark}</svg>')
    assert got == (
        '<svg><style>.s0{clip-path:url(#i0)}</style><clipPath id="i0"/>'
        '<path class="s0"/><path class="s0"/></svg>\n'
    )


def test_equal_styles_are_written_once():
    """A style stands once, as a class; the typeface on all words."""
    got = minify(DRAWN.replace(' clip-path="url(#cut)"', ""))
    assert got.count("fill:#fff;stroke:#000") == 1
    assert got.count('class="s0"') == 2
    assert "text{font-family:'A', serif}" in got
    assert "font-size:8px" in got


def test_marks_are_rounded_and_words_are_not():
    """Places are rounded to a hundredth of a point; the words of a label never change."""
    got = minify(DRAWN)
    assert 'd="M1.23 2L3.5 4z"' in got
    assert 'width="1.01"' in got
    assert ">0.0833 f</text>" in got


def test_a_halo_keeps_its_edge():
    """The group of a label with a white edge gets it, whatever is slimmed."""
    got = minify(f'<svg><style></style><g id="{HALO}"><text>x</text></g></svg>')
    assert "paint-order:stroke" in got


def test_groups_keep_words_together_and_nothing_else():
    """A group that says nothing goes, unless it holds the lines of a label."""
    got = minify(
        "<svg><style></style><g><g><path/></g><g><text>a</text><text>b</text></g></g></svg>"
    )
    assert got == "<svg><style></style><g><path/><g><text>a</text><text>b</text></g></g></svg>\n"


def test_words_are_never_taken_for_marks():
    """A label that looks like code stays as it is written."""
    words = 'say id="x" style="y: z" d="M 1"'
    assert f"<text>{words}</text>" in minify(f"<svg><style></style><text>{words}</text></svg>")


def test_factors_and_typefaces_are_kept():
    """A scale is not rounded, and two typefaces stay with their words."""
    got = minify(
        '<svg><style></style><g transform="scale(0.015625)"><path/></g>'
        "<text style=\"font-family: 'A'\">a</text><text style=\"font-family: 'B'\">b</text></svg>"
    )
    assert "scale(0.015625)" in got
    assert "font-family:'A'" in got and "font-family:'B'" in got


def test_references_follow_their_ids():
    """A mark that is used by reference is still found under its short name."""
    got = minify('<svg><style></style><path id="m0a1"/><use xlink:href="#m0a1"/></svg>')
    assert '<path id="i0"/><use href="#i0"/>' in got
