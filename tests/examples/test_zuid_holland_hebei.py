"""The second relation, Zuid-Holland – Hebei: a project of several texts in two languages, without
an evaluation. Expected values are typed from the texts."""

import csv
import re

import nbformat
import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT, use_languages
from helpers import tables
from helpers.annex.build import build
from helpers.annex.plan.plan import Plan
from helpers.annex.run import notebook_rules
from helpers.annex.verify import result
from helpers.claims import Ledger, checks

PROJECT = ROOT / "examples" / "zuid-holland-hebei"
DATA = PROJECT / "data"
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
DUTCH = {"jaarplan-2019", "greenport-2016", "gs-2017-07", "gs-2019-07", "katwijk-2021"}
ENGLISH = {
    "review-2017", "mission-2016", "mission-2018", "website-2016", "new-year-2018",
    "new-year-2020", "mission-2019", "iq-2017",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _languages():
    with use_languages(("nl", "en")):
        yield


@pytest.fixture(scope="module")
def annex(tmp_path_factory):
    """The annex of the example, built once."""
    out = tmp_path_factory.mktemp("zuid-holland-hebei") / "annex"
    with use_languages(("nl", "en")):
        build(Plan(PROJECT, DATA, out))
    return out


@pytest.fixture(scope="module")
def pages(annex):
    """The parsed pages, by their path."""
    paths = [annex / "index.html", *annex.glob("nl/*.html"), *annex.glob("en/*.html")]
    return {
        path.relative_to(annex).as_posix(): LexborHTMLParser(path.read_text(encoding="utf-8"))
        for path in paths
    }


def cells(table: str) -> list[dict]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(page) -> str:
    return " ".join(page.css_first("main").text(separator=" ").split())


def test_tables_have_no_problems():
    """Every table is valid, and so is what one says of another."""
    assert checks.problems(DATA) == []


def test_a_fresh_run_agrees(annex):
    """Verify finds the same files, inputs and results."""
    found = result.verify(annex, PROJECT, DATA)
    assert found.failed is None or not found.failed
    assert found.agrees


def test_texts_by_language():
    """Five texts are in Dutch and eight in English, in the descriptor and in their table."""
    listed = {row["document"]: row["language"] for row in cells("texts")}
    assert {name for name, lang in listed.items() if lang == "nl"} == DUTCH
    assert {name for name, lang in listed.items() if lang == "en"} == ENGLISH
    from helpers.tables.documents import documents

    assert {name: each.language for name, each in documents(DATA).items()} == listed


def test_tables_have_the_rows_of_the_facts():
    """22 numbers, 5 visits, 13 results and 9 dates."""
    names = ("quantities", "missions", "outcomes", "milestones")
    assert [len(cells(name)) for name in names] == [22, 5, 13, 9]


@pytest.mark.parametrize(
    ("id", "low", "value", "high", "unit", "document"),
    [
        ("relation-01", 9.5, 10, 10.5, "years", "review-2017"),
        ("relation-03", 8.5, 9, 9.5, "years", "website-2016"),
        ("region-01", 74_500_000, 75_000_000, 75_500_000, "persons", "website-2016"),
        ("missions-01", 40, 50, 60, "persons", "greenport-2016"),
        ("missions-02", 25, 25, 25, "organisations", "website-2016"),
        ("missions-03", 25, 25, 27.5, "persons", "iq-2017"),
        ("missions-04", 55, 55, 55, "persons", "mission-2018"),
        ("missions-08", 30, 30, 30, "organisations", "mission-2019"),
        ("events-01", 400, 400, 450, "persons", "review-2017"),
        ("events-04", 100, 200, 300, "persons", "gs-2017-07"),
        ("results-01", 12, 12, 12, "agreements", "review-2017"),
    ],
)
def test_number(id, low, value, high, unit, document):
    """A number of the texts has the value, range and unit that its words have."""
    number = tables.reported_numbers(DATA)[id]
    assert [float(each) for each in (number.bounds.low, number.value, number.bounds.high)] == [
        low, value, high,
    ]  # fmt: skip
    assert number.unit == unit
    assert next(r["document"] for r in cells("quantities") if r["id"] == id) == document


@pytest.mark.parametrize(
    ("id", "verdict"),
    [
        ("claim-01", "reproduced"),  # ten years from 2007 to 2017
        ("claim-03", "reproduced"),  # nine years from 2007 to 2016
        ("claim-04", "contradicted"),  # nine years from 1993
        ("claim-05", "contradicted"),  # Pudong from 2004
        ("claim-06", "contradicted"),  # Pudong from 2008
        ("claim-08", "undecided"),  # 45 years, from an unknown one
        ("claim-10", "contradicted"),  # 25 September 2016, a Sunday
        ("claim-11", "contradicted"),  # 24 September 2016, a Saturday
        ("claim-14", "undecided"),  # about 50 people
        ("claim-22", "undecided"),  # a dozen papers
        ("claim-24", "undecided"),  # 75 million inhabitants
    ],
)
def test_verdict(id, verdict):
    """A statement has the verdict that the dates of the texts give it."""
    assert Ledger(DATA).findings().internal[id] == verdict


def test_days_of_the_week():
    """The two readings of the departure in 2016 are a Saturday and a Sunday."""
    dates = tables.load("milestones", DATA).date
    assert dates["milestone-06"].strftime("%Y-%m-%d %A") == "2016-09-24 Saturday"
    assert dates["milestone-05"].strftime("%Y-%m-%d %A") == "2016-09-25 Sunday"


def test_pages(pages):
    """There is a page per theme and a register in each language, and none of series."""
    names = ["01_missions", "02_results", "evidence", "evidence-01_missions", "evidence-02_results",
             "evidence-claims", "evidence-errors"]  # fmt: skip
    assert sorted(pages) == sorted(
        [
            "index.html",
            "en/index.html",
            *(f"{lang}/{n}.html" for lang in ("nl", "en") for n in names),
        ]
    )
    for path, page in pages.items():
        lang = "en" if path.startswith("en/") else "nl"
        assert page.css_first("html").attributes["lang"] == lang


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_register_lists_every_text(pages, lang):
    """Each text is in the register with its title in its own language, its address and language."""
    page, names = pages[f"{lang}/evidence.html"], {"nl": "Nederlands", "en": "Engels"}
    names = names if lang == "nl" else {"nl": "Dutch", "en": "English"}
    for name in DUTCH | ENGLISH:
        row, own = page.css_first(f"[id='document-{name}']"), "nl" if name in DUTCH else "en"
        assert row.css_first("cite").attributes.get("lang") == (None if own == lang else own)
        assert row.css_first("a").attributes["href"].startswith(("https://", "http://"))
        assert row.css("td")[-1].text() == names[own]
    assert "http://dutchsino.com/2018/06/" in text(page)
    assert page.css_first("#publishers") is None  # there are none beside those of the texts


def test_quotes_have_the_language_of_their_text(pages):
    """What a text prints is marked with the language of that text, in sentences, tables and the
    register."""
    for lang in ("nl", "en"):
        quotes = {
            quote.text(): quote.attributes["lang"]
            for quote in pages[f"{lang}/evidence.html"].css("summary q")
        }
        assert {
            quotes[words] for words in ("over 400", "10th", "a dozen", "roughly one-third")
        } == {"en"}
        assert {quotes[words] for words in ("zo’n 50", "circa 200", "10 jarige", "twee")} == {"nl"}
    dutch, english = (pages[f"{lang}/01_missions.html"] for lang in ("nl", "en"))
    marked = {each.text() for each in dutch.css("main [lang=en]")}
    assert {"The Hague in September", "From 17 to 22 November", "over 25", "over 400"} <= marked
    assert "4 - 9 juni" not in marked
    marked = {each.text() for each in english.css("main [lang=nl]")}
    assert {"4 - 9 juni", "zo’n 50", "circa 200"} <= marked
    assert not marked & {"The Hague in September", "over 25", "over 400", "55"}


@pytest.mark.parametrize(
    ("path", "readings"),
    [
        ("nl/01_missions.html", ["24 september 2016", "25 september 2016"]),
        ("nl/01_missions.html", ["16 november 2019", "17 november 2019"]),
        ("en/01_missions.html", ["24 September 2016", "25 September 2016"]),
        ("nl/02_results.html", ["in 2004 volgens het jaarplan", "in 2008 volgens Greenport"]),
        ("en/02_results.html", ["in 2004 by the year plan", "in 2008 by Greenport"]),
        ("en/02_results.html", ["10th", "nine years", "Counted from 2007 both hold"]),
        ("nl/evidence-errors.html", ["De missie van 2016 vertrekt op een zaterdag",
                                     "De missie van 2016 vertrekt op een zondag"]),
    ],
)  # fmt: skip
def test_both_readings_are_shown(pages, path, readings):
    """Where texts contradict each other a page has what each of them says."""
    found = text(pages[path])
    assert [words for words in readings if words not in found] == []


def test_no_english_on_dutch_pages(pages):
    """A Dutch page has no sentence in English: what is English there is marked so, as titles of
    texts and their words are, or is the calculation."""
    words = re.compile(r"\b(the|were|with|which|that|not|found|by|and|said|both)\b", re.I)
    for path, page in pages.items():
        if path.startswith("en/"):
            continue
        page = LexborHTMLParser(page.html)
        for part in page.css("[lang=en], code, details.code"):
            part.decompose()
        found = re.sub(r"https?://\S+", "", text(page))
        assert words.findall(found) == [], path


def test_texts_are_called_by_their_names(pages):
    """A page calls a text as a citation does, not by its key."""
    for path, page in pages.items():
        page = LexborHTMLParser(page.html)
        for part in page.css("code, details.code"):
            part.decompose()
        assert "greenport-2016" not in text(page), path
    assert "bericht van Greenport" in text(pages["nl/01_missions.html"])


def test_pages_claim_no_more_than_the_texts(pages):
    """The pages name no licence that the descriptor does not grant, no evaluation that there is,
    and no list of changes that the project does not have."""
    for path, page in pages.items():
        every = page.css_first("body").text(separator=" ")
        assert "CC BY" not in every, path
        assert "CHANGELOG" not in every, path
        assert not re.search(r"\b(the|de) (evaluation|evaluatie)\b", every), path
    assert "Only the openings of these texts were read" in text(pages["en/index.html"])
    assert "alleen het begin gelezen" in text(pages["index.html"])


def test_numbers_are_those_of_the_facts(pages):
    """Every number in the headlines, key figures and findings is one of the facts or a count of
    their rows."""
    known = {"1", "2", "3", "4", "5", "6", "12", "13", "24", "25", "40", "55", "60",
             "2016", "2017", "2018", "2019", "2021"}  # fmt: skip
    for path in (
        "nl/01_missions.html",
        "en/01_missions.html",
        "nl/02_results.html",
        "en/02_results.html",
    ):
        leads = pages[path].css(".headline, .finding, .key")
        assert leads
        found = set(re.findall(r"\d+", " ".join(each.text(separator=" ") for each in leads)))
        assert found <= known, path


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def book(request):
    return nbformat.read(request.param, as_version=4)


def test_notebooks_are_clean(book):
    """Notebooks have no outputs, no typed figure in prose, and no word for a cause."""
    causal = re.compile(r"\b(dankzij|leidde[n]? tot|zorgde[n]? voor|thanks to|caused|led to)\b")
    for cell in book.cells:
        assert not cell.get("outputs")
        assert not causal.search(cell.source), cell.source
        assert cell.cell_type == "code" or not re.search(r"\d", cell.source), cell.source


def test_notebooks_have_the_order_of_all(book):
    """A question as title, sections, limits, appendix; data and definitions are folded."""
    english = [c for c in book.cells if "en" in c.metadata.get("tags", [])]
    heads = [cell.source.split("\n")[0] for cell in english]
    assert re.fullmatch(r"# .+\?", heads[0])
    assert heads[1:3] == ["## Data", "## Definitions and choices"]
    assert heads[-2] == "## Limits of this chapter"
    assert heads[-1].startswith("## Appendix: ")
    assert ["background" in cell.metadata.tags for cell in english[1:4]] == [True, True, False]


def test_style_of_notebooks():
    """Cells are short, imports stand at the head and are of helpers made for notebooks."""
    assert list(notebook_rules.style(NOTEBOOKS, stored=True)) == []
