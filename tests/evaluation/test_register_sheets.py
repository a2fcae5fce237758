"""The sheets of the register as a reader uses them: short, unfolded by a link, and on paper."""

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT
from helpers.tables import frames

ENTRIES = [
    "nl/evidence.html#budgets-23", "en/evidence-claims.html#claim-53",
    "en/evidence-series.html#goods_trade.2003_China_border_crossing_exports",
    "nl/evidence.html#source-cbs-85427ned",
]  # fmt: skip
SEEN = """id => {
  const part = document.getElementById(id), place = part.getBoundingClientRect();
  return part.checkVisibility({contentVisibilityAuto: true}) && place.height > 0;
}"""
INSIDE = """id => {
  const {top, bottom} = document.getElementById(id).getBoundingClientRect();
  return top > -1 && bottom <= innerHeight;
}"""
FOLD = "() => document.querySelectorAll('details').forEach(part => { part.open = false; })"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_error_of_the_document_has_one_place(built, lang):
    """The rows of the table and the contradicted claims, by section in the order of the document;
    each with its words, and each that concerns a number or claim with a link to it."""
    path = built / lang / "evidence-errors.html"
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    listed = page.select(".fault")
    rows = frames.load("errata", ROOT / "data").set_index("id")
    ids = [fault["id"] for fault in listed]
    assert set(rows.index) == {id for id in ids if id.startswith("errata")}
    claims = [id for id in ids if id.startswith("claim")]
    assert len(claims) == len(set(claims)) > 5
    order = frames.load("sections", ROOT / "data").section.tolist()
    places = [order.index(rows.section[id]) for id in ids if id in rows.index]
    assert places == sorted(places)
    for fault in listed:
        if fault["id"] in rows.index:
            assert rows.loc[fault["id"], f"description_{lang}"] in fault.text
        else:
            assert fault.select_one(f'a[href="evidence-claims.html#{fault["id"]}"]')
    (number,) = (fault for fault in listed if fault["id"] == "errata-08")
    assert number.select_one('a[href="evidence.html#region-07"]')


@pytest.mark.browser
@pytest.mark.parametrize("address", ENTRIES)
def test_a_link_unfolds_what_it_leads_to(built, chromium, address):
    """An entry is seen when its address is opened, in its group and its line; with both folded it
    is seen still while it is the target, and on paper all are."""
    id = address.partition("#")[2]
    tab = chromium.new_page(reduced_motion="reduce")  # at once, not gliding
    tab.goto(f"{built.as_uri()}/{address}")
    assert tab.evaluate(SEEN, id)
    assert tab.evaluate(INSIDE, id)
    tab.evaluate(FOLD)
    assert tab.evaluate(SEEN, id)
    tab.goto(f"{built.as_uri()}/{address.partition('#')[0]}")
    assert not tab.evaluate(SEEN, id)
    tab.emulate_media(media="print")
    assert tab.evaluate(SEEN, id)
    tab.close()


@pytest.mark.browser
def test_a_reader_can_scan_each_sheet(built, chromium):
    """At 1280 px no sheet is longer than 8,000, and its title fits a tab of a browser."""
    for path in sorted((built / "nl").glob("evidence*.html")):
        tab = chromium.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(path.as_uri())
        assert tab.evaluate("() => document.documentElement.scrollHeight") <= 8000, path.name
        assert len(tab.title()) <= 70, tab.title()
        tab.close()
