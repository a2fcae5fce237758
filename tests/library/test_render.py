from collections import Counter

import nbformat
import pytest
from bs4 import BeautifulSoup

from conftest import notebook, once
from helpers.annex.pages import markup, render
from helpers.annex.register import sheets
from helpers.annex.rules import coverage
from helpers.errors import NotebookError
from helpers.language import Text
from helpers.present import MIME

SVG = '<svg width="72pt" height="36pt"></svg>'
SOURCE = {
    "id": "trade-01", "group": "evaluation", "url": "", "work": "", "lang": "",
    "label": {"nl": "trade-01", "en": "trade-01"},
    "place": {"nl": "evaluatie, hoofdstuk 3", "en": "evaluation, chapter 3"},
    "detail": {"nl": "landen", "en": "countries"},
}  # fmt: skip


def link(html: str, folder: str = "") -> str:
    """The links of a register of one number and one claim."""
    claims = {"claim-01": "evidence-claims.html#claim-01"}
    return markup.link(html, {"trade-01": "evidence.html#trade-01"}, claims, folder)


def pages(books: dict) -> list[render.Page]:
    """The pages of notebooks that have run, by name."""
    bodies = [body for name, book in books.items() for body in render.bodies(name, book)]
    render.check(bodies)
    return render.pages(bodies, link, once)


def output(kind: str, role: str, nl: dict, en: dict):
    bundle = {
        "kind": kind, "role": role, "sources": [SOURCE], "shown": ["trade-01"],
        "evidence": [{"id": "trade-01"}], "nl": nl, "en": en,
    }  # fmt: skip
    return nbformat.v4.new_output("display_data", data={MIME: bundle, "text/plain": "x"})


def book(*outputs, **options):
    made = notebook("code = 1", **options)
    made.cells[2].outputs = list(outputs)
    return made


def page(lang: str, *outputs) -> BeautifulSoup:
    made = pages({"01_a": book(text("short", "headline"), text("up to", "through"),
                               text("long", "finding"), *outputs, said=False)})  # fmt: skip
    return BeautifulSoup(next(p.html for p in made if p.lang == lang), "html.parser")


CSV = {"csv": "a,b"}
DATA = '<table><tbody><tr><td><data value="2" data-id="trade-01">2</data></td></tr></tbody></table>'
CHART = output(
    "chart", "chart",
    {"wide": SVG, "narrow": SVG, "alt": "een <b>lijn</b>", "caption": "Lijn", "data": DATA, **CSV},
    {"wide": SVG, "narrow": SVG, "alt": "a line", "caption": "Line", "data": DATA, **CSV},
)  # fmt: skip
TABLE = output(
    "table", "table",
    {"html": "<table><tbody></tbody></table>", "caption": "Rij", "label": "Rij"},
    {"html": "<table><tbody></tbody></table>", "caption": "Row", "label": "Row"},
)  # fmt: skip


def text(words: str, role: str = "text"):
    return output("text", role, {"html": f"<p>{words} nl</p>"}, {"html": f"<p>{words} en</p>"})


def test_page_per_language():
    """Each language has its own page, marked as such, which links to its twin."""
    dutch = page("nl")
    assert dutch.html["lang"] == "nl"
    assert dutch.h1.text == "Titel"
    assert dutch.select_one(".twin a")["href"] == "../en/01_a.html"
    assert page("en").h1.text == "Title"


def test_charts_and_tables_are_numbered():
    """Charts and tables are numbered apart, in the page's language, with caption and source."""
    dutch = page("nl", CHART, TABLE, CHART)
    captions = [c.text for c in dutch.select("figcaption, .body > .table caption")]
    assert [c.split(".")[0] for c in captions] == ["Figuur 1", "Tabel 1", "Figuur 2"]
    assert "Bron: trade-01 (evaluatie, hoofdstuk 3)" in captions[0]


def test_nothing_shown_is_lost():
    """A page holds as many charts and tables as the notebook showed."""
    dutch = page("nl", CHART, TABLE, CHART, text("a"))
    assert len(dutch.select("figure.chart img")) == 2
    assert len(dutch.select(".body > .table > table")) == 1
    assert len(dutch.select("details.data table")) == 2
    assert "a nl" in dutch.main.text


def test_chart_files():
    """A chart is a picture per language and room, and a file with its numbers; the picture has the
    words of its alt text."""
    made = pages({"01_a": book(CHART)})
    dutch = next(p for p in made if p.lang == "nl")
    ends = ("-wide.svg", "-narrow.svg", ".csv")
    assert set(dutch.files) == {f"charts/01_a-1-nl{end}" for end in ends}
    assert dutch.files["charts/01_a-1-nl.csv"] == "\ufeffa,b"
    link = BeautifulSoup(dutch.html, "html.parser").select_one("details.data a[download]")
    assert link["href"] == "../charts/01_a-1-nl.csv"
    picture = BeautifulSoup(dutch.html, "html.parser").figure.img
    assert (picture["alt"], picture["width"], picture["height"]) == ("een lijn", "96", "48")


def test_numbers_lead_to_the_register():
    """Every number with evidence is a link to its entry."""
    number = page("nl", CHART).select_one("details.data data")
    assert number.parent["href"] == "evidence.html#trade-01"
    assert not number.has_attr("data-id")


def test_typed_parts_stand_on_the_page_as_they_are_given():
    """A numeral of a cell of prose is found by its cell, also where the prose names a claim."""
    made = book()
    words = "| {} | x |\n|---|---|\n| claim-01 | 7 |"
    made.cells += [
        nbformat.v4.new_markdown_cell(words.format(own), metadata={"tags": [lang]})
        for lang, own in {"nl": "uitspraak", "en": "claim"}.items()
    ]
    dutch = pages({"01_a": made})[0]
    assert len(dutch.typed) == 2
    assert all(html in dutch.html for _, html in dutch.typed)
    assert 'href="evidence-claims.html#claim-01"' in dutch.html


def test_many_numbers_are_cited_by_their_count():
    """More than six numbers of one place are named by how many they are."""
    shown = text("a")
    shown.data[MIME]["sources"] = [{**SOURCE, "id": f"trade-{n:02d}"} for n in range(1, 8)]
    assert page("en", shown).select("small.source")[-1].text == (
        "Source: 7 numbers (evaluation, chapter 3)"
    )


def test_rows_in_a_line():
    """Neighbouring rows are written as a span."""
    assert sheets.compact(["v-01", "v-02", "v-03", "v-07", "w"]) == "v-01…03, v-07, w"
    assert sheets.compact(["v-09", "v-10", "w-11"]) == "v-09…10, w-11"


def test_headline_and_finding_follow_the_title():
    """What was computed further down is read first."""
    words = page("en", text("body")).main.text
    places = [words.index(part) for part in ("Title", "short en", "long en", "body en")]
    assert places == sorted(places)


def test_sources_are_listed():
    """Every source of the page is in its list; a reported number leads to its register entry."""
    english = page("en", text("a"))
    assert english.select_one("small.source a")["href"] == "evidence.html#trade-01"
    assert "countries" in english.select_one("#source-trade-01").text


def test_series_lead_to_the_list():
    """A series or section leads to the list of sources on the page."""
    series = {**SOURCE, "id": "cbs-1", "group": "statistics", "place": {"nl": "", "en": ""}}
    shown = text("a")
    shown.data[MIME]["sources"] = [series]
    english = page("en", shown)
    link = english.select("small.source a")[-1]["href"]
    assert english.select_one(link) is not None


def test_code_is_folded_once_per_stretch():
    """The code between two pieces of prose is in one closed disclosure."""
    made = notebook("first = 1", "second = 2")
    html = pages({"01_a": made})[0].html
    folded = BeautifulSoup(html, "html.parser").select("details.code")
    assert len(folded) == 1
    assert "first" in folded[0].text
    assert "second" in folded[0].text
    assert not folded[0].has_attr("open")


def test_prose_is_never_markup():
    """HTML in a prose cell is shown as text."""
    made = notebook(title_nl="<script>x</script>")
    html = pages({"01_a": made})[0].html
    assert "<script" not in html


def test_headings_have_an_anchor():
    """Headings can be led to, two that are alike apart; the list of contents has the upper ones."""
    made = book()
    words = "## Wat *is* `a < b`?\n\n### Deel\n\n## Deel\n\n#### Klein\n\n## Deel"
    both = {"nl": words, "en": words.replace("Wat", "What")}
    made.cells += [
        nbformat.v4.new_markdown_cell(own, metadata={"tags": [lang]}) for lang, own in both.items()
    ]
    dutch = BeautifulSoup(pages({"01_a": made})[0].html, "html.parser")
    found = dutch.select(".body h2, .body h3, .body h4")[:5]
    assert [h.get("id") for h in found] == ["wat-is-a-b", "deel", "deel-2", None, "deel-3"]
    links = dutch.select("nav.contents a")
    assert [(a["href"], a.text) for a in links] == [
        ("#wat-is-a-b", "Wat is a < b?"),
        ("#deel-2", "Deel"),
        ("#deel-3", "Deel"),
        ("#sources", "Bronnen"),
    ]


def test_pages_link_to_each_other():
    """Each page names the others by their short name and marks itself."""
    books = {"01_a": book(title_nl="Eerste", title_en="First"), "02_b": book()}
    html = pages(books)[0].html
    links = BeautifulSoup(html, "html.parser").select("header nav a")
    assert [(a.text, a.get("aria-current")) for a in links] == [
        ("Eerste", "page"),
        ("Titel", None),
        ("Register", None),
    ]


def test_front_page_lists_headlines():
    """The front page names each theme with its one-line finding, in both languages."""
    made = pages({"01_a": book()})
    made_front = render.front(
        made, Text("T", "T"), Text("nl", "en"), Counter(bound=1234, place=5), link
    )
    front = BeautifulSoup(made_front.html, "html.parser")
    assert "headline nl" in front.select_one("section[lang=nl]").text
    assert front.select_one("section[lang=en] a")["href"] == "en/01_a.html"
    assert "Alle 1.239 cijfers" in front.select_one("section[lang=nl] .share").text
    share = front.select_one("section[lang=en] .share").text
    assert "All 1,239 numerals in the text of the themes" in share
    assert "accounted for (100.0%): 1,234 lead" in share
    assert "Drawings are not counted" in share


def test_unknown_output_is_an_error():
    """An output that the page can't show is an error, never dropped in silence."""
    picture = nbformat.v4.new_output("display_data", data={"image/png": "x", "text/plain": "y"})
    with pytest.raises(NotebookError, match=r"01_a\.ipynb, cell \[1\]: found image/png"):
        pages({"01_a": book(picture)})


def test_missing_title_is_an_error():
    """A notebook without a title in a language is an error that says what is wanted."""
    made = book()
    made.cells.pop(0)
    with pytest.raises(NotebookError, match="tagged nl"):
        pages({"01_a": made})


def test_alt_text_is_one_attribute():
    """A quote in an alternative text does not end it."""
    own = {"wide": SVG, "narrow": SVG, "caption": "c", "data": DATA, **CSV}
    both = ({**own, "alt": f'{of} "a" &lt;x&gt;'} for of in ("van", "of"))
    assert page("en", output("chart", "chart", *both)).figure.img["alt"] == 'of "a" <x>'


def test_notebooks_have_titles_and_short_names_of_their_own():
    """Two with the same could not be told apart in the menu."""
    first, second = book(title_nl="Handel", title_en="Trade"), book(title_nl="Handel")
    second.metadata["annex"] = {"nl": "Tweede", "en": "trade"}
    with pytest.raises(NotebookError) as error:
        pages({"01_a": first, "02_b": second})
    told = [str(problem) for problem in error.value.problems if "as in" in str(problem)]
    assert told == [
        "notebooks/02_b.ipynb: found 'Handel' as title (nl), as in 01_a.ipynb; "
        "expected a title of its own",
        "notebooks/02_b.ipynb: found 'trade' as short name (en), as in 01_a.ipynb; "
        "expected a short name of its own",
    ]


def test_numerals_are_told_by_their_cell():
    """What prose and printed text type is told once in both languages, and not by its page."""
    made = notebook("print('x')", "9")
    stream = nbformat.v4.new_output("stream", text='"7" 8 5 4 6\n')
    made.cells[2].outputs = [stream]
    made.cells[3].outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "9"})]
    for lang, words in (("nl", "In 2019 waren er 15."), ("en", "Then there were fifteen.")):
        made.cells.append(nbformat.v4.new_markdown_cell(words, metadata={"tags": [lang]}))
    with pytest.raises(NotebookError) as error:
        coverage.summed(map(coverage.located, pages({"01_a": made})))
    assert [(problem.place, problem.found) for problem in error.value.problems] == [
        ("notebooks/01_a.ipynb, cell [1]",
         """7 in '"7" 8 5 4 6'; 8 in '"7" 8 5 4 6'; 5 in '"7" 8 5 4 6'; 2 more"""),
        ("notebooks/01_a.ipynb, cell [2]", "9 in '9'"),
        ("notebooks/01_a.ipynb, the cell that begins 'In 2019 waren er 15.'",
         "2019 in 'In 2019 waren er 15.'; 15 in 'In 2019 waren er 15.'"),
    ]  # fmt: skip
