"""The gate of the build, on a small page that is right and on pages broken one rule at a time."""

from collections import Counter
from types import SimpleNamespace

import pytest

from helpers.annex import gate
from helpers.errors import NotebookError

PAGE = """<html lang="nl"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'">
<link rel="stylesheet" href="../style.css"><link rel="icon" href="data:,"></head><body><main><div class="body">
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
    "two titles": ("<h2>Deel</h2>", "<h1>Deel</h1>", "2 headings h1"),
    "skipped level": ('<h2 id="a">Deel</h2>', "", "'Onderdeel' after h1"),
    "no language": ('<html lang="nl">', "<html>", "no language"),
    "same id": ("<h3>", '<h3 id="a">', "id 'a' 2 times"),
    "no policy": ("default-src 'none'", "default-src *", "no content policy"),
    "script": ("<h1>", "<script>x</script><h1>", "<script>"),
    "frame": ("<h1>", '<iframe src="a.html"></iframe><h1>', "<iframe>"),
    "handler": ("<h1>", '<h1 onclick="x">', "with onclick"),
    "inline style": ("<h1>", '<h1 style="color: red">', "with style"),
    "outside picture": ('src="a.svg"', 'src="https://example.org/a.svg"', "loading 'https:"),
    "outside, no scheme": ('src="a.svg"', 'src="//example.org/a.svg"', "loading '//"),
    "outside source": ('srcset="a-n', 'srcset="http://example.org/a-n', "loading 'http:"),
    "outside style": ('href="../style', 'href="https://example.org/style', "loading 'https:"),
    "script address": ("https://example.org/", " javascript:x", "to ' javascript:x'"),
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
