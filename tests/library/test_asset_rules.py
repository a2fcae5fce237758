"""What stands beside the pages: the rules for drawings, and the project's own style sheet."""

import pytest
import tinycss2

from conftest import notebook
from helpers.annex.cli import main
from helpers.annex.pages import render
from helpers.annex.rules import asset_rules

STYLE = (render.TEMPLATES / "annex" / "style.css").read_text(encoding="utf-8")
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="9pt" height="9pt"><defs><style type="text/css">.s0{fill:#fff}</style>'
    '<path id="i0" d="M0 0"/></defs><g clip-path="url(#i1)"><use xlink:href="#i0" x="1"/>'
    '<text class="s0">url(x) &lt;script&gt; @import</text></g></svg>'
)


def told(name: str, text: str) -> list[str]:
    return [str(problem) for problem in asset_rules.problems({name: text})]


def test_what_the_project_has_passes(tmp_path):
    """A drawing is in order, as text, bytes and file; other files are not looked at."""
    (tmp_path / "a").write_text(DRAWING, encoding="utf-8")
    files = {"style.css": STYLE, "a.svg": tmp_path / "a", "b.svg": DRAWING.encode(), "c.csv": "<!"}
    assert asset_rules.problems(files) == []


DRAWN = {
    "script": ("<g ", "<script>x</script><g ", "<script>"),
    "script elsewhere": ("<g ", '<script xlink:href="#x"/><g ', "<script>"),
    "HTML inside": ("<g ", "<foreignObject/><g ", "<foreignObject>"),
    "HTML": ("<g ", '<b xmlns="http://www.w3.org/1999/xhtml"/><g ', "b>"),
    "handler": ("<g ", '<g onload="x" ', "<g> with onload"),
    "picture": ("<g ", '<image href="x.png"/><g ', "<image>"),
    "link": ("<g ", '<a href="https://x.org"/><g ', "<a>"),
    "mark elsewhere": ('"#i0" x', '"//x.org/a.svg#i0" x', "using '//x.org"),
    "mark as data": ('"#i0" x', '"data:image/svg+xml,x#y" x', "using 'data:"),
    "script as mark": ('"#i0" x', '"javascript:x" x', "using 'javascript:"),
    "plain address": ("xlink:href", "href", None),
    "style": ("<g ", '<g style="x" ', "<g> with style"),
    "moving": ("<g ", '<animate attributeName="href"/><g ', "<animate>"),
    "setting": ("<g ", '<set to="x"/><g ', "<set>"),
    "filter": ("<g ", "<filter/><g ", "<filter>"),
    "declaration": ("<svg", '<!DOCTYPE x [<!ENTITY y "z">]><svg', "<!DOCTYPE"),
    "style sheet": ("<svg", '<?xml-stylesheet href="x"?><svg', "<?xml-stylesheet"),
    "comment": ("<g ", "<!-- x --><g ", "<!--"),
    "CDATA": ("<g ", "<text><![CDATA[x]]></text><g ", "<![CDATA["),
    "not closed": ("</g>", "", "mismatched tag"),
    "unknown entity": ("&lt;", "&x;", "undefined entity"),
    "hidden words": ("@import", "\u202e", "text with an invisible character"),
    "hidden words behind": ("</text>", "<tspan/>\u202e</text>", "text with an invisible character"),
    "hidden words in a group": ("</g>", "</g>\u200b", "text with an invisible character"),
    "base": ("<g ", '<g xml:base="//x.org" ', "base"),
    "another root": ("svg xm", "svg:x xmlns:svg=\"y\" xm", None),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_that_does_more_is_refused(name):
    """Each is told with the file and what was found."""
    old, new, found = DRAWN[name]
    assert old in DRAWING
    lines = told("charts/a.svg", DRAWING.replace(old, new, 1))
    assert all(line.startswith("charts/a.svg: found ") for line in lines)
    if name == "plain address":
        assert lines == []
    else:
        assert lines and (found is None or found in lines[0])


# What makes a style sheet fetch something.
FETCHING = {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element"}


def fetched(style: str) -> set[str]:
    """What a style sheet would fetch, as another reader of CSS than a browser finds it."""
    found, waiting = set(), list(tinycss2.parse_stylesheet(style))
    while waiting:
        node = waiting.pop()
        assert node.type != "error", node.message
        if node.type == "at-rule" and node.lower_at_keyword in ("import", "font-face"):
            found.add(f"@{node.lower_at_keyword}")
        if node.type == "url" or (node.type == "function" and node.lower_name in FETCHING):
            found.add(node.serialize())
        for part in ("prelude", "content", "arguments"):
            waiting += getattr(node, part, None) or []
    return found


STYLES = {
    "@IMPORT 'x.css';": "@import", "@\\69mport 'x';": "@import",
    "@font-face{src:local(x)}": "@font-face",
    "a{b:url(//x.org/y)}": "url(//x.org/y)", "a{b:u\\72l('x')}": 'url("x")',
    "@media print{a{b:image-set('x' 1x)}}": 'image-set("x" 1x)', "/*/*/@import 'x';/**/": "@import",
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_what_a_style_sheet_would_fetch_is_found(style):
    """However it is written: the look at the project's own sees what it looks for."""
    assert fetched(f"{STYLE}\n{style}") == {STYLES[style]}


def test_the_style_sheet_fetches_nothing():
    """It brings in no other one, no typeface and no picture."""
    assert fetched(STYLE) == set()


@pytest.mark.slow
def test_a_forged_picture_stops_the_build(project, capsys):
    """A picture that does more than draw is told by its file, and nothing is published."""
    code = """import pandas as pd
from helpers import charts, tables
from helpers.language import Text
from helpers.present import show_chart
charts.Chart.svg = lambda self, narrow=False: (
    '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" onload="alert()"></svg>')
part = tables.load("quantities").head(1)
chart = charts.bars(part, value="value", row="id", names={part.id.iloc[0]: Text("a", "a")},
                    unit=Text("x", "x"))
show_chart(chart, lead=True, caption=Text("a", "a"), alt=Text("een lijn", "a line"))"""
    root = project(_01_a=notebook(code))
    assert main(["build"]) == 1
    told = capsys.readouterr().err
    assert "charts/01_a-1-nl-wide.svg: found <svg> with onload" in told
    assert len(told.splitlines()) == 4
    assert not (root / "annex").exists()
