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


def test_of_elements_that_are_alike_each_is_checked():
    """A link or picture behind an allowed one with the same attributes is checked as well, and so
    are two that are refused; a fragment does not hide where a link leads to."""
    html = (
        '<a href="#x">1</a><a href="#x">2</a><a href="ftp://a">3</a><a href="ftp://a">4</a>'
        '<a href="a#x">5</a><a href="a#x:y">6</a><img src="a" alt="x"><img src="//b" alt="x">'
    )
    told = [found for found, _ in fragment_violations(html)]
    assert told == [
        "<a> '3' leading to 'ftp://a'", "<a> '4' leading to 'ftp://a'",
        "<a> '6' leading to 'a#x:y'", "<img> '//b' loading '//b'",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    ["&#8238;", "<!-- \u202e -->", '<b id="a">x</b><b id="&#8203;">x</b>'],
)
def test_an_invisible_character_is_seen_however_it_is_written(html):
    """As a character reference, in a comment, in an attribute."""
    assert "invisible" in str([*fragment_violations(f"<p>x</p>{html}")])


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
