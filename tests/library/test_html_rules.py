"""What a notebook may give as a part of a page: whole in itself, and nothing that frames a page."""

import pytest

from helpers.annex.rules.html_rules import in_part

WHOLE = [
    "", "x", "a &lt;/p&gt; b",
    '<div class="text"><p>x <a href="evidence.html#a">1</a><br>y</p></div>',
    "<ul><li>x</li><li>y</li></ul>", '<img src="../charts/a.svg" alt="x">', "<P>x</p>",
    "<table><caption>x</caption><thead><tr><th>x</th></tr></thead><tbody></tbody></table>",
]  # fmt: skip


@pytest.mark.parametrize("html", WHOLE)
def test_a_part_that_is_whole_passes(html):
    """Text, and elements that each end where they began."""
    assert list(in_part(html)) == []


BROKEN = {
    "</p></div></main><footer>bye": "<main>",
    "</div></div><div><div>": "</div> as tag 1, read as <div>",
    "<p>x</p></div><p>y</p>": "</div> as tag 3, read as <p>",
    "<p>x</b></p>": "</b> as tag 2, read as </p>",
    "<p>x": "<nothing> as tag 2, read as </p>",
    "x</p>": "read as <p>",
    "<p>x<div>y</div></p>": "as element",
    "<!-- </div> -->": "</div> as tag 1",
    '<p title="</p>">x</p>': "</p> as tag 3, read as <nothing>",
    "</main><main>": "<main>",
    "<header>x</header>": "<header>",
    "<footer>x</footer>": "<footer>",
    "<nav>x</nav>": "<nav>",
    '<link rel="stylesheet" href="../style.css">': "<link>",
    '<meta name="a" content="b">': "<meta>",
    "<title>x</title>": "<title>",
    '<base href="a">': "<base>",
    "<style>a{}</style>": "<style>",
    '<body class="x">': "<body>",
    "x</body>y": "<body>",
    '<html lang="en">': "<html>",
    "</HEAD>": "<head>",
    '<img src="//example.org/a.svg" alt="x">': "loading '//example.org",
}


@pytest.mark.parametrize("html", BROKEN)
def test_a_part_that_is_not_is_refused(html):
    """An end without a beginning could end what is around the part; a beginning without an end
    takes in what follows."""
    told = [found for found, _ in in_part(html)]
    assert any(BROKEN[html] in found for found in told), told
