"""The gate of the build, on a small page that is right and on pages broken one rule at a time."""

from collections import Counter
from types import SimpleNamespace

import pytest

from helpers.annex import gate
from helpers.errors import NotebookError

PAGE = """<html lang="nl"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:;
 style-src 'self'; base-uri 'none'; form-action 'none'">
<link rel="stylesheet" href="../style.css"><link rel="icon" href="data:,"></head><body><main>
<div class="body">
<h1>Vraag</h1><h2 id="a">Deel</h2><h3>Onderdeel</h3><h2>Deel</h2>
<figure class="chart"><picture><source srcset="a-narrow.svg">
<img src="a.svg" alt="Lijn van 1 naar 2"></picture></figure>
<div class="table" role="region" aria-label="Tabel" tabindex="0"><table>
<caption>Rijen</caption><thead><tr><th scope="col">Wat</th></tr></thead>
<tbody><tr><th scope="row">een</th></tr></tbody></table></div>
<p>Zie <a href="https://example.org/">daar</a> en <a href="#a">hier</a>.</p>
</div></main></body></html>"""


def problems(html: str, **counts: int) -> list[str]:
    page = SimpleNamespace(path="nl/a.html", html=html, counts=Counter(counts))
    try:
        gate.check([page])
    except NotebookError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_page_that_is_right_passes():
    """A page with alt text, captions, headers, regions and policy has no problem."""
    assert problems(PAGE, chart=1, table=1) == []


BROKEN = {
    "no alt": (' alt="Lijn van 1 naar 2"', "", "alt ''"),
    "filler": ("Lijn van 1 naar 2", "Figuur 3", "alt 'Figuur 3'"),
    "file name": ("Lijn van 1 naar 2", "a-wide.svg", "alt 'a-wide.svg'"),
    "no caption": ("<caption>Rijen</caption>", "", "without a caption"),
    "empty caption": ("<caption>Rijen", "<caption> ", "without a caption"),
    "no scope": (' scope="col"', "", "without scope"),
    "empty header": ('<th scope="col">Wat', '<th scope="col">', "empty"),
    "no region": (' role="region"', "", "outside a region"),
    "no label": (' aria-label="Tabel"', "", "outside a region"),
    "no focus": (' tabindex="0"', "", "outside a region"),
    "two titles": ("<h2>Deel</h2>", "<h1>Deel</h1>", "2 headings h1"),
    "skipped level": ('<h2 id="a">Deel</h2>', "", "'Onderdeel' after h1"),
    "no language": ('<html lang="nl">', "<html>", "no language"),
    "same id": ("<h3>", '<h3 id="a">', "id 'a' 2 times"),
    "no policy": ("default-src 'none'", "default-src *", "another content policy"),
    "wider policy": ("form-action 'none'", "form-action 'none'; script-src *", "another content"),
    "stock alt": ("Lijn van 1 naar 2", "No description has been provided", "alt 'No desc"),
    "kind as alt": ("Lijn van 1 naar 2", "Lijngrafiek", "alt 'Lijngrafiek'"),
    "odd scope": ('scope="col"', 'scope="banana"', "without scope"),
    "no header row": ('<th scope="col">Wat</th>', "<td>Wat</td>", "without a row of headers"),
    "blank label": ('aria-label="Tabel"', 'aria-label=" "', "outside a region"),
    "style": ("<h1>", "<style>@import 'x'</style><h1>", "<style>"),
    "drawing": ("<h1>", "<svg><image></image></svg><h1>", "<svg>"),
    "field": ("<h1>", "<input><h1>", "<input>"),
    "second picture": ("a-narrow.svg", "a.svg 1x, https://x.org/b.svg 2x", "loading 'https:"),
    "hidden scheme": ('src="a.svg"', 'src="ht&#10;tps://x.org/a.svg"', "loading 'https:"),
    "root": ('src="a.svg"', 'src="/etc/a.svg"', "loading '/etc"),
    "backslash": ('src="a.svg"', 'src="\\\\x.org/a.svg"', "loading '//x.org"),
    "style as data": ('href="../style.css"', 'href="data:text/css,x"', "loading 'data:"),
    "hidden script": ("https://example.org/", "java&#9;script:x", "leading to 'javascript:x'"),
    "script": ("<h1>", "<script>x</script><h1>", "<script>"),
    "frame": ("<h1>", '<iframe src="a.html"></iframe><h1>', "<iframe>"),
    "handler": ("<h1>", '<h1 onclick="x">', "with onclick"),
    "inline style": ("<h1>", '<h1 style="color: red">', "with style"),
    "outside picture": ('src="a.svg"', 'src="https://example.org/a.svg"', "loading 'https:"),
    "outside, no scheme": ('src="a.svg"', 'src="//example.org/a.svg"', "loading '//"),
    "outside source": ('srcset="a-n', 'srcset="http://example.org/a-n', "loading 'http:"),
    "outside style": ('href="../style', 'href="https://example.org/style', "loading 'https:"),
    "script address": ("https://example.org/", " javascript:x", "leading to 'javascript:x'"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_page_fails(name):
    """Each rule, broken alone, is told with the page, what was found and what is right."""
    old, new, found = BROKEN[name]
    assert old in PAGE
    (told,) = problems(PAGE.replace(old, new, 1), chart=1, table=1)
    assert told.startswith("nl/a.html")
    assert found in told


@pytest.mark.parametrize(("lost", "counts"), [("chart", {"chart": 2}), ("table", {"table": 2})])
def test_a_lost_output_fails(lost, counts):
    """A page with fewer charts or tables than its notebook showed is not published."""
    (told,) = problems(PAGE, **counts)
    assert f"1 {lost}s" in told
    assert "the 2 that the notebook showed" in told


def test_all_problems_are_told():
    """Every rule that a page breaks is told at once."""
    assert len(problems("<p>x</p>")) == 3
