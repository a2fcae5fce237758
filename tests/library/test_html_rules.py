"""What a cell may give as a part of a page."""

import pytest

from conftest import mistakes
from helpers.annex.rules.html_rules import fragment_violations

WHOLE = [
    "", "x", "a &lt;/p&gt; b",
    '<div class="text"><p>x <a href="evidence.html#a">1</a><br>y</p></div>',
    "<ul><li>x</li><li>y</li></ul>", '<img src="../charts/a.svg" alt="x">', "<P>x</p>",
    "<table><caption>x</caption><thead><tr><th>x</th></tr></thead><tbody></tbody></table>",
]  # fmt: skip


@pytest.mark.parametrize("html", WHOLE)
def test_a_part_that_is_whole_passes(html):
    """Text, lists, tables and pictures, however their elements are written."""
    assert list(fragment_violations(html)) == []


BROKEN = {
    '<link rel="stylesheet" href="../style.css">': "<link>",
    '<meta name="a" content="b">': "<meta>",
    "<title>x</title>": "<title>",
    '<base href="a">': "<base>",
    "<style>a{}</style>": "<style>",
    '<img src="//example.org/a.svg" alt="x">': "loading '//example.org",
}


@pytest.mark.parametrize("html", BROKEN)
def test_a_part_that_is_not_is_refused(html):
    """What is no text, list, table or picture is told, and what would be fetched from elsewhere."""
    told = [found for found, _ in fragment_violations(html)]
    assert any(BROKEN[html] in found for found in told), told


MISTAKES = [
    "</p></div></main><footer>bye", "<p>x</p></div>", "<p>x</b></p>", "<div>x",
    "<p>x<div>y</div></p>", "<p id=a id=b>x</p>", "<p><b>x</p><p>y</b></p>", "a &foo; b",
    "<table><tr><p>x</p></tr></table>", "<!-- a --!>",
]  # fmt: skip


@pytest.mark.parametrize("html", MISTAKES)
def test_a_mistake_in_a_page_is_seen(html):
    """The look at the built pages sees what readers of HTML would read differently."""
    frame = "<!DOCTYPE html><html lang='en'><head><title>x</title></head><body>{}</body></html>"
    assert mistakes(frame.format("<p>x</p>")) == []
    assert mistakes(frame.format(html)) != []
