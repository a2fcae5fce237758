"""Small changes to HTML that the helpers wrote: what they write is found, the rest is spared."""

from html import escape

import pytest
from bs4 import BeautifulSoup

from conftest import q
from helpers import language
from helpers.annex.pages.markup import anchor, bare, link, plain, unquoted
from helpers.formats.value_format import marked

NUMBER = '<data value="2" data-id="trade-01">2</data>'


SHEETS = {"trade-01": "evidence-01_a.html#trade-01"}


def test_a_number_leads_to_its_entry():
    """A number becomes a link to the sheet of its entry, and keeps its value and its language."""
    raw = '<data value="2" data-id="trade-01" lang="nl">ruim 2 &lt;</data>'
    assert link(f"<p>{NUMBER}, {raw}</p>", SHEETS, {}, "nl/") == (
        '<p><a href="nl/evidence-01_a.html#trade-01"><data value="2">2</data></a>, '
        '<a href="nl/evidence-01_a.html#trade-01"><data value="2" lang="nl">ruim 2 &lt;</data></a>'
        "</p>"
    )


def test_quotes_stay_only_where_html_needs_them():
    """Without the other quotes a reader of HTML finds the same elements, attributes and words."""
    html = (
        '<p id="vóór" class="a b" title="x=y" data-l=""><a href="b.html#c-1">"d"=\'e\'</a>'
        '<a href="https://x.org/f/">g="h"</a><a href="i?j=k&amp;l">m</a><data value="-1.5"></data>'
        '<b title="n &gt; o" lang="en">p</b></p>'
    )
    assert BeautifulSoup(bare(html), "html.parser") == BeautifulSoup(html, "html.parser")
    assert bare(html) == (
        '<p id=vóór class="a b" title="x=y" data-l=""><a href=b.html#c-1>"d"=\'e\'</a>'
        '<a href="https://x.org/f/">g="h"</a><a href="i?j=k&amp;l">m</a><data value=-1.5></data>'
        '<b title="n &gt; o" lang=en>p</b></p>'
    )


@pytest.mark.parametrize("spec", ["0.0", "raw", "range 0.0"])
def test_every_number_that_the_helpers_mark_is_linked(spec):
    """Whatever a sentence or table writes of a number, each `<data>` in it leads to the entry."""
    with language.use("en"):
        html = marked(q(2.5, 2, 3, id="trade-01"), spec)
    found = BeautifulSoup(link(html, SHEETS, {}), "html.parser").select("data")
    assert found
    assert {number.parent.get("href") for number in found} == {"evidence-01_a.html#trade-01"}
    assert not any(number.has_attr("data-id") for number in found)


@pytest.mark.parametrize("html", [
    "<data value='2'>2</data>", "&lt;data value=&quot;2&quot;&gt;2",
    '<data value="2" data-id="other">2</data>',
])  # fmt: skip
def test_other_numbers_are_left_alone(html):
    """A number without evidence, or whose evidence has no entry, is no link, nor is one that is
    shown as text."""
    assert link(html, SHEETS, {}) == html


@pytest.mark.parametrize("id", ["claim-01", "H & M: 7"])
def test_a_cell_with_a_claim_leads_to_it(id):
    """Whatever the form of its ids: a claim is linked where its id is all that a cell holds."""
    text = escape(id)
    linked = f'<a href="claims.html#1">{text}</a>'
    rest = f"<td>{text} x</td><td>claim-02</td></tr><p>{text}</p>"
    html = f"<tr><th>{text}</th><td>{text}</td>{rest}"
    assert link(html, {}, {id: "claims.html#1"}) == (
        f"<tr><th>{linked}</th><td>{linked}</td>{rest}"
    )


def test_quotes_are_unescaped_in_text_only():
    """Quotes stand as they are in a text; in a value a double quote stays what it is."""
    html = '<p title="a &quot;b&quot; &#x27;c&#x27;">&quot;d&quot; &#39;e&#39; &amp;quot; &lt;</p>'
    short = "<p title=\"a &quot;b&quot; 'c'\">\"d\" 'e' &amp;quot; &lt;</p>"
    assert unquoted(html) == short
    assert str(BeautifulSoup(html, "html.parser")) == str(BeautifulSoup(short, "html.parser"))


def test_plain_text_and_anchor():
    """Words without their tags, and the name of a place that follows from them."""
    assert plain(f"ruim <b>{NUMBER}</b> &amp; &lt;meer&gt;") == "ruim 2 & <meer>"
    assert anchor(" Wat is: één, twee?") == "wat-is-één-twee"
