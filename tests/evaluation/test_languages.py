"""Both languages of a page are one page: the same numbers, charts and tables, in other words."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from conftest import NAMES
from helpers.tables import evidence_frames, frames

# Words that both languages write alike.
ALIKE = {"media", "sport", "memorandum", "contract", "index, 2002 = 100", "Status", "Plan",
         "Partners", "Argument", "China (CBS)"}  # fmt: skip


def pair(built, name: str) -> list[BeautifulSoup]:
    """The page in Dutch and in English."""
    files = [built / lang / f"{name}.html" for lang in ("nl", "en")]
    return [BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser") for file in files]


def differences(dutch: BeautifulSoup, english: BeautifulSoup) -> list[str]:
    """What one page shows and the other does not: numbers with their evidence, charts, tables."""

    def shown(page: BeautifulSoup) -> dict[str, object]:
        numbers = page.select("main a > data")
        return {
            "numbers": Counter((n.parent["href"], n["value"]) for n in numbers),
            "charts": len(page.select("figure.chart")),
            "tables": [len(t.select("tr")) for t in page.select("main table")],
            "headings": [h.name for h in page.select("main h1, main h2, main h3")],
            "sources": [li["id"] for li in page.select(".sources li[id]")],
            "places": len(page.select(".sources li")),
        }

    first, second = shown(dutch), shown(english)
    return [name for name in first if first[name] != second[name]]


def labels(svg: str) -> Iterator[str]:
    """The labels of a chart, whose lines stand in one group each, on one line."""
    for group in ElementTree.fromstring(svg).iter():
        if lines := [text.text or "" for text in group.findall("{*}text")]:
            yield " ".join(lines)


def untranslated(dutch: str, english: str, names: set[str]) -> set[str]:
    """Labels of a chart (SVG) that are the same in both languages and no names or acronyms."""
    words = [set(labels(svg)) for svg in (dutch, english)]
    return {w for w in set.intersection(*words) if re.search("[a-z]{2}", w)} - names


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Names of places, as the data have them, and what the evaluation prints in Dutch."""
    places = set(frames.load("province_budgets").province)
    places |= set(frames.load("province_partners").partner)
    printed = {q.raw for q in evidence_frames.reported_numbers() if q.raw}
    return places | printed | {"China"} | ALIKE


@pytest.mark.parametrize("name", NAMES)
def test_both_pages_show_the_same(built, name):
    """Both pages have the same numbers with the same evidence, charts, tables and sources."""
    dutch, english = pair(built, name)
    assert differences(dutch, english) == []
    assert len(dutch.select("main a > data")) > 10


PAGE = BeautifulSoup(
    '<main><h1>a</h1><p><a href="evidence.html#x"><data value="1">1</data></a></p>'
    '<figure class="chart"></figure><table><tr></tr></table></main>',
    "html.parser",
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("#x", "#y", "numbers"), ('value="1"', 'value="2"', "numbers"), ("figure", "div", "charts"),
        ("<tr></tr>", "<tr></tr><tr></tr>", "tables"), ("h1>", "h2>", "headings"),
    ],
)  # fmt: skip
def test_a_page_that_differs_is_noticed(old, new, told):
    """Another id, value, chart, row or heading in one of the languages is told."""
    other = BeautifulSoup(str(PAGE).replace(old, new), "html.parser")
    assert differences(PAGE, PAGE) == []
    assert differences(PAGE, other) == [told]


def test_no_label_is_left_untranslated(built, names):
    """In every chart the labels of the two languages differ, but for names."""
    found = {}
    for path in sorted((built / "charts").glob("*-nl-*.svg")):
        twin = path.with_name(path.name.replace("-nl-", "-en-"))
        if same := untranslated(*(p.read_text(encoding="utf-8") for p in (path, twin)), names):
            found[path.name] = same
    assert found == {}


def test_an_untranslated_label_is_noticed(names):
    """A label that is the same in both languages is told; a name or a number is not."""
    svg = "<text>exports</text><text>Utrecht</text><text>2017</text><text>{}</text>"
    assert untranslated(svg.format("jaar"), svg.format("year"), names) == {"exports"}


def test_no_heading_of_a_table_is_left_untranslated(built, names):
    """The headings of tables differ between the languages, but for names."""
    for name in NAMES:
        heads = (page.select(".body > .table thead th, details.data thead th")
                 for page in pair(built, name))  # fmt: skip
        same = {nl.text for nl, en in zip(*heads, strict=True) if nl.text == en.text}
        words = {text for text in same if re.search("[a-z]{2}", text)}
        assert words <= names


@pytest.mark.parametrize("name", NAMES)
def test_each_page_links_to_its_twin(built, name):
    """The Dutch page leads to the English one and back, each named in its own language."""
    dutch, english = pair(built, name)
    there, back = (page.select_one(".twin a") for page in (dutch, english))
    assert (there["href"], there["lang"], there.text) == (f"../en/{name}.html", "en", "English")
    assert (back["href"], back["lang"], back.text) == (f"../nl/{name}.html", "nl", "Nederlands")


@pytest.mark.parametrize("name", NAMES)
def test_printed_words_say_their_language(built, name):
    """On an English page Dutch words as printed are marked as Dutch, and the other way round."""
    dutch, english = pair(built, name)
    printed = {
        q.raw for q in evidence_frames.reported_numbers() if re.search("[a-z]{3}", q.raw or "")
    }
    for number in english.select("main data"):
        if number.text in printed:
            assert number["lang"] == "nl", number.text
    assert not dutch.select("main data[lang=nl]")
    assert not english.select("main data[lang=en]")
