"""The rules for what stands beside the pages: drawings and the style sheet."""

import pytest

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
    """The style sheet and a drawing are in order, as text and as files."""
    (tmp_path / "a").write_text(DRAWING, encoding="utf-8")
    files = {"style.css": STYLE, "a.svg": tmp_path / "a", "b.svg": DRAWING.encode(), "c.csv": "<!"}
    assert asset_rules.problems(files) == []


STYLES = [
    "@import 'x.css';", "@IMPORT url(x)", "a{b:url(//x.org/y)}", "a{b:URL( 'x.png' )}",
    "a{b:url(data:image/png,x)}", "a{b:u\\72l(x)}", "a{b:\\75 rl(x)}", "@\\69mport 'x'",
    "a{b:url/**/(x)}", "a{b:image-set('x' 1x)}", "a{b:-webkit-image-set(url(x) 1x)}",
    "a{b:cross-fade(url(x))}", "@font-face{src:url(x)}", "a{b:expression(x)}",
    "a{-moz-binding:url(x)}", "a{behavior:url(x)}", "a{}</style><script>", "a{b:src('x')}",
    "/* x */ @import 'x'; /* y", "a{content:'/*'} @import 'x'; b{content:'*/'}",
    "a{b:url(#x),url(y)}", "<!-- x", "@namespace url(x);",
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_a_style_that_fetches_is_refused(style):
    """By itself and in a drawing, however it is written."""
    assert told("style.css", f"{STYLE}\n{style}")[0].startswith("style.css: found ")
    inside = DRAWING.replace(".s0{fill:#fff}", style.replace("<", "&lt;"))
    assert told("a.svg", inside)[0].startswith("a.svg: found ")


def test_a_style_may_use_its_own_marks():
    """A part of the same file is nothing from outside, and smooth scrolling is no behaviour."""
    assert told("a.css", "a{clip-path:url(#i0);mask:url('#i1');scroll-behavior:smooth}") == []


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
    "cut elsewhere": ("url(#i1)", "url(//x.org/a.svg#i1)", "'url(' in clip-path"),
    "hidden cut": ("url(#i1)", "u\\72l(x)", "'url(' in clip-path"),
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
    "hidden words": ("@import", "\u202e", "words that nobody sees in <text>"),
    "hidden words behind": ("</text>", "<tspan/>\u202e</text>", "nobody sees behind <tspan>"),
    "hidden words in a group": ("</g>", "</g>\u200b", "nobody sees behind <g>"),
    "marks in marks": ("</defs>", '<g id="i2"><use xlink:href="#i0"/></g></defs><use href="#i2"/>',
                       "<use> of '#i2', with <use> in it"),
    "mark of a mark": ("</defs>", '<use id="i2" href="#i0"/></defs><use xlink:href="#i2"/>',
                       "<use> of '#i2'"),
    "mark in itself": ("<g ", '<g id="i2"><use href="#i2"/></g><g ', "<use> of '#i2'"),
    "two of one name": ("</defs>", '<g id="i2"><use href="#i0"/></g><g id="i2"/></defs>'
                        '<use href="#i2"/>', "<use> of '#i2'"),
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


def test_a_table_of_numbers_and_words_passes():
    """Numbers below 0 and small ones, empty cells, quotes and what was defused are in order."""
    text = '\ufeffa,b\r\n-3,1e-06\r\n-0.5,\r\n"x, ""y""\nz",\'=1\r\n"a;\'=1",-1e+20\r\n'
    assert told("charts/a.csv", text) == []


LIVE = [
    '=HYPERLINK("//x.org")', "@SUM(A:A)", "=cmd|'/c calc'!A", "+1", "-x", "--1", "\tx", " =1",
    "＝1", "x;=1", "x; @y", "x\n-y", "-1;=2", "-3-x", "-", "1\n=2",
]  # fmt: skip


@pytest.mark.parametrize("cell", LIVE)
def test_a_cell_that_a_spreadsheet_would_run_is_refused(cell):
    """It is told by file, row and column, with quotes or without; a heading too."""
    written = '"' + cell.replace('"', '""') + '"'
    expected = f"found {cell!r}; expected a number, or words that no spreadsheet runs"
    assert told("charts/a.csv", f"a,b\r\nc,{written}\r\n") == [
        f"charts/a.csv, row 2, column 2: {expected}"
    ]
    assert told("a.csv", f"\ufeff{written},b\r\n") == [f"a.csv, row 1, column 1: {expected}"]
    if not set(cell) & set('"\n'):
        assert told("a.csv", cell) == [f"a.csv, row 1, column 1: {expected}"]


@pytest.mark.parametrize(("cell", "named"), [
    ("a\u202eb", "U+202E, character 2"), ("\ufeff", "U+FEFF, character 1"),
    ('"\ra"', "U+000D, character 1"), ("a\0", "U+0000, character 2"),
])  # fmt: skip
def test_a_cell_that_nobody_sees_is_refused(cell, named):
    """A hidden character is told with its place in the cell."""
    lines = told("a.csv", f"\ufeffa\r\n{cell}\r\n")
    assert lines[0].startswith("a.csv, row 2, column 1: found ")
    assert f"(here {named})" in lines[0]


@pytest.mark.parametrize(("text", "found"), [
    ('a"b\r\n', "'a\"b\\r\\n' in row 1"), ('"a"b\r\n', "in row 1"), ('"a\r\n', "in row 1"),
    ("a\nb", "in row 1"), ("a\r\nb\rc", "in row 2"), ('a\r\n"b" ,c', "in row 2"),
    ("a,b\r\nc\r\n", "1 cells in row 2, after 2 in the first"),
    ("a\r\nb,\r\n", "2 cells in row 2"), ("a\r\n\r\nb,c", "2 cells in row 3"),
])  # fmt: skip
def test_another_kind_of_csv_is_refused(text, found):
    """What readers of CSV read differently is told by row."""
    [line] = told("a.csv", text)
    assert found in line and "expected CSV with commas" in line


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
show_chart(chart, caption=Text("a", "a"), alt=Text("een lijn", "a line"))"""
    root = project(_01_a=notebook(code))
    assert main(["build"]) == 1
    told = capsys.readouterr().err
    assert "charts/01_a-1-nl-wide.svg: found <svg> with onload" in told
    assert len(told.splitlines()) == 4
    assert not (root / "annex").exists()
