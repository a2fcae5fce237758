"""The gate of the build, on a small page that is right and on pages broken one rule at a time."""

from collections import Counter
from types import SimpleNamespace

import pytest

from helpers.annex.rules import page_rules

PAGE = """<html lang="nl"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:;
 style-src 'self'; base-uri 'none'; form-action 'none'">
<link rel="stylesheet" href="../style.css"><link rel="icon" href="data:,"></head><body><main>
<div class="body">
<h1>Vraag</h1><h2 id="a">Deel</h2><h3>Onderdeel</h3><h2>Deel</h2>
<figure class="chart"><picture><source srcset="a-narrow.svg">
<img src="a.svg" alt="Lijn van 1 naar 2"></picture></figure>
<section class="table" id="table-1" aria-label="Tabel" tabindex="0"><table>
<caption>Rijen</caption><thead><tr><th scope="col">Wat</th></tr></thead>
<tbody><tr><th scope="row">een</th></tr></tbody></table></section>
<p>Zie <a href="https://example.org/">daar</a> en <a href="#a">hier</a>.</p>
</div></main></body></html>"""

FILES = {"index.html", "style.css", "nl/a.html", "nl/a.svg", "nl/a-narrow.svg", "charts/é 1.svg"}


def problems(html: str, **counts: int) -> list[str]:
    page = SimpleNamespace(path="nl/a.html", html=html, counts=Counter(counts))
    return [str(problem) for problem in page_rules.problems(page, FILES, {})]


def test_a_page_that_is_right_passes():
    """A page with alt text, captions, headers, regions and policy has no problem."""
    assert problems(PAGE, chart=1, table=1) == []


def test_addresses_of_files_of_the_annex_pass():
    """A page may lead to itself, to another page, a file with its name in code, and away."""
    for address in ("a.html#b", "", "../index.html", "../nl/a.html", "../charts/%C3%A9%201.svg",
                    "./a.svg", "HTTPS://example.org/a?b", "mailto:a@example.org"):  # fmt: skip
        assert problems(PAGE.replace('href="#a"', f'href="{address}"')) == []


BROKEN = {
    "picture outside": ('src="a.svg"', 'src="../../outside/x.png"', "loading '../../outside/x"),
    "picture that is not there": ('src="a.svg"', 'src="b.svg"', "loading 'b.svg'"),
    "source that is not there": ("a-narrow.svg", "a.svg 1x, b.svg 2x", "loading 'b.svg'"),
    "style outside": ('href="../style.css"', 'href="../../../evil.css"', "loading '../../../evil"),
    "out and in": ('href="../style.css"', 'href="../../annex/style.css"', "loading '../../annex"),
    "page that is not there": ('href="#a"', 'href="b.html#a"', "leading to 'b.html#a'"),
    "page outside": ('href="#a"', 'href="%2e%2e/%2e%2e/index.html"', "leading to '%2e"),
    "root of the disk": ('href="#a"', 'href="/index.html"', "leading to '/index"),
    "folder": ('href="#a"', 'href=".."', "leading to '..'"),
    "another style": ("<h1>", '<link rel="stylesheet" href="../style.css"><h1>', "<link> '../st"),
    "another description": ("<h1>", '<meta name="a" content="b"><h1>', "<meta>"),
    "policy too late": (
        "<h1>",
        '<meta http-equiv="Content-Security-Policy" content="x"><h1>',
        "<meta>",
    ),
    "another title": ("<h1>", "<title>x</title><h1>", "<title> 'x'"),
    "two policies": (
        "<link",
        '<meta http-equiv="Content-Security-Policy" content="x"><link',
        "none, or several",
    ),
    "no alt": (' alt="Lijn van 1 naar 2"', "", "alt ''"),
    "filler": ("Lijn van 1 naar 2", "Figuur 3", "alt 'Figuur 3'"),
    "file name": ("Lijn van 1 naar 2", "a-wide.svg", "alt 'a-wide.svg'"),
    "no caption": ("<caption>Rijen</caption>", "", "without a caption"),
    "empty caption": ("<caption>Rijen", "<caption> ", "without a caption"),
    "no scope": (' scope="col"', "", "without scope"),
    "empty header": ('<th scope="col">Wat', '<th scope="col">', "empty"),
    "no region": ("section", "div", "outside a region"),
    "no label": (' aria-label="Tabel"', "", "outside a region"),
    "no focus": (' tabindex="0"', "", "outside a region"),
    "long title": ("</head>", f"<title>{'x' * 71}</title></head>", "of 71 characters"),
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
    "drawing": ("<h1>", "<svg></svg><h1>", "<svg>"),
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


# What a browser makes of HTML that no one would write: a page can't hide from the gate in it.
HIDDEN = {
    "capitals": ("<h1>", "<SCRIPT>x</SCRIPT><h1>", "<script>"),
    "capitals in a name": ("<h1>", '<H1 ONCLICK="x">', "with onclick"),
    "slash for a blank": ("<a href=", "<a/href=javascript:x title=", "leading to 'javascript:x'"),
    "no blank": ('href="#a"', 'href="#a"onclick="x"', "with onclick"),
    "no quotes": ('src="a.svg"', "src=//example.org/a.svg", "loading '//"),
    "backquotes": ('src="a.svg"', "src=`https://x.org/a.svg`", "loading '`https:"),
    "no value": ("<h1>", "<h1 onclick>", "with onclick"),
    "end of a line": ("<h1>", "<h1\nstyle='color:red'>", "with style"),
    "first of two": ('alt="Lijn', 'alt="" alt="Lijn', "alt ''"),
    "first of two addresses": ('src="a.svg"', 'src="//x.org/a.svg" src="a.svg"', "loading '//"),
    "other name": ("<h1>", '<image src="//x.org/a.svg" alt="Lijn"><h1>', "loading '//"),
    "template": ("<h1>", "<template><script>x</script></template><h1>", "<template>"),
    "shadow": ("<h1>", "<template shadowrootmode=open><p>x</p></template><h1>", "<template>"),
    "nothing to run": ("<h1>", '<noscript><p title="</noscript><b>x</b>"></p></noscript><h1>',
                       "<noscript>"),
    "formula": ("<h1>", "<math><mi>x</mi></math><h1>", "<math>"),
    "in a drawing": ("<h1>", "<svg/><h1>", "<svg>"),
    "not closed": ("<h1>", "<h1><b><script>x</script>", "<script>"),
    "in a table": ("<thead>", "<script>x</script><thead>", "<script>"),
    "in the head": ("<head>", "<head><base href='a'>", "<base>"),
    "after the end": ("</html>", "</html><script>x</script>", "<script>"),
    "second body": ("<h1>", "<body onload=x><h1>", "with onload"),
    "second root": ("<h1>", "<html onclick=x><h1>", "with onclick"),
    "comment that ends early": ("<h1>", "<!--><script>x</script>--><h1>", "<script>"),
    "comment that ends oddly": ("<h1>", "<!-- --!><script>x</script>--><h1>", "<script>"),
    "no comment": ("<h1>", "<![CDATA[><script>x</script>]]><h1>", "<script>"),
    "in a title": ("<head>", "<head><title></title><script>x</script></title>", "<script>"),
    "new address": ("<head>", "<head><META HTTP-EQUIV=Refresh CONTENT='0;//x.org'>", "<meta>"),
    "policy in the body": ("<head>", "<head><p>x</p>", "another content policy"),
    "policy without content": (' content="default-src', ' data-x="default-src', "another content"),
    "caption in a comment": ("<caption>Rijen", "<caption><!-- Rijen -->", "without a caption"),
    "header in a comment": ('<th scope="col">Wat', '<th scope="col"><!-- Wat -->', "empty"),
    "scope without a value": ('scope="col"', "scope", "without scope"),
    "language without a value": ('lang="nl"', "lang", "no language"),
    "misplaced": ("<table>", "<table><h1>Vraag</h1>", "2 headings h1"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_a_page_is_read_as_a_browser_reads_it(name):
    """What a browser finds in a page that is odd, the gate finds too."""
    old, new, found = HIDDEN[name]
    assert old in PAGE
    told = problems(PAGE.replace(old, new, 1), chart=1, table=1)
    assert any(found in problem for problem in told), told


def test_words_that_look_like_elements_are_none():
    """What is written about HTML, escaped, is text."""
    shown = "<!-- script --><p title='&lt;script>'>&lt;script&gt; <b>a < b</b></p><h1>"
    assert problems(PAGE.replace("<h1>", shown, 1), chart=1, table=1) == []


@pytest.mark.parametrize(
    ("lost", "counts"), [("chart", {"chart": 2}), ("table", {"table": 2}), ("apart", {"apart": 2})]
)
def test_a_lost_output_fails(lost, counts):
    """A page with fewer charts, tables or links to tables than its notebook showed is refused."""
    link = '<a class="apart" href="a.html">b</a><h1>'
    (told,) = problems(PAGE.replace("<h1>", link), **counts)
    assert f"1 {lost}s" in told
    assert "the 2 that the notebook showed" in told


def test_a_chart_that_was_moved_out_is_lost():
    """A chart counts where a browser shows it."""
    moved = PAGE.replace("<figure", "</main><figure", 1)
    assert any("0 charts" in told for told in problems(moved, chart=1, table=0))


def test_all_problems_are_told():
    """Every rule that a page breaks is told at once."""
    assert len(problems("<p>x</p>")) == 3
