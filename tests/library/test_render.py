from dataclasses import replace

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell

from conftest import notebook, once, use_languages
from helpers import language
from helpers.annex.pages import front, markup, render, source_links
from helpers.annex.pages.labels import labels
from helpers.annex.register import sheets
from helpers.annex.rules import coverage
from helpers.annex.run.notebook_files import BRIEF
from helpers.errors import NotebookError
from helpers.language import Text
from helpers.present import MIME
from helpers.tables.publication import Publication
from helpers.tables.sources import Source

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
    return render.pages(bodies, link, lambda id: "stated", labels(TOLD), once)


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
DRAWN = (
    {"wide": SVG, "narrow": SVG, "alt": "een <b>lijn</b>", "caption": "Lijn", "data": DATA, **CSV},
    {"wide": SVG, "narrow": SVG, "alt": "a line", "caption": "Line", "data": DATA, **CSV},
)  # fmt: skip
LEAD, CHART = output("chart", "lead", *DRAWN), output("chart", "chart", *DRAWN)
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
    """Charts and tables are numbered apart, in the page's language."""
    dutch = page("nl", LEAD, TABLE, CHART)
    captions = [c.text for c in dutch.select("figcaption, .body > .table caption")]
    assert [c.split(".")[0] for c in captions] == ["Figuur 1", "Tabel 1", "Figuur 2"]


def test_nothing_shown_is_lost():
    """A page holds as many charts and tables as the notebook showed."""
    dutch = page("nl", LEAD, TABLE, CHART, text("a"))
    assert len(dutch.select("figure.chart img")) == 2
    assert len(dutch.select(".body > .table > table")) == 1
    assert len(dutch.select("details.data table")) == 2
    assert "a nl" in dutch.main.text


def test_chart_files():
    """A chart is a picture per language and room, and a file with its numbers; the picture has the
    words of its alt text."""
    made = pages({"01_a": book(LEAD)})
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
    number = page("nl", LEAD).select_one("details.data data")
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


def cited(id: str, group: str, label: str, place: str = "", **own) -> dict:
    """A source with the same words in each language."""
    words = {"label": label, "place": place, "detail": ""}
    return {"id": id, "group": group, "url": "", "work": "", "lang": "", **own,
            **{part: {"nl": each, "en": each} for part, each in words.items()}}  # fmt: skip


def test_a_section_has_one_line_of_sources():
    """Each source of a section is named once: places in the evaluation without ids, then the
    publications as their publishers call them, each a link to the list; the code follows."""
    series = cited("cbs-1", "statistics", "CBS, Handel", work="Handel", lang="nl")
    number = cited("trade-01", "evaluation", "trade-01", "evaluation, chapter 3")
    other = cited("trade-02", "evaluation", "trade-02", "evaluation, appendix 2")
    section = cited("3", "evaluation", "evaluation, chapter 3")
    first, second = text("a"), text("b")
    first.data[MIME]["sources"] = [series, number]
    second.data[MIME]["sources"] = [other, section, series]
    made = with_sections([("## One", []), (None, [first, second])])
    lines = made.select(".body small.source")
    assert [line.text for line in lines] == [
        "Source: evaluation, appendix 2; chapter 3 · CBS, Handel"
    ]
    link = lines[0].select_one("a")
    assert (link["href"], link["lang"]) == ("#source-cbs-1", "nl")
    assert made.select_one("#source-cbs-1") is not None
    assert lines[0].find_next_sibling("details")["class"] == ["code"]


def with_sections(cells: list, lang: str = "en") -> BeautifulSoup:
    """The page of a notebook that goes on with pairs of prose (words, further tags) and cells of
    code with their outputs (`None`, outputs)."""
    made = book()
    for words, more in cells:
        if words is None:
            made.cells.append(nbformat.v4.new_code_cell("x = 1", outputs=more))
            continue
        for own in ("nl", "en"):
            cell = nbformat.v4.new_markdown_cell(f"{words} {own}", metadata={"tags": [own, *more]})
            made.cells.append(cell)
    html = next(p.html for p in pages({"01_a": made}) if p.lang == lang)
    return BeautifulSoup(html, "html.parser")


def test_background_is_folded_at_the_end():
    """A section tagged as background stands after all others, closed, with its heading as summary,
    up to the next heading; it is last in the contents, whose link opens it."""
    dutch = with_sections(
        [("## Data", ["background"]), (None, [TABLE]), ("more", []), ("## Then", []), ("rest", [])],
        "nl",
    )
    folded = dutch.select_one(".body > details.background")
    assert folded.summary.h2.text == "Data nl"
    assert not folded.has_attr("open")
    assert "more nl" in folded.text
    assert folded.select_one("table") is not None
    assert "rest nl" not in folded.text
    assert [a["href"] for a in dutch.select(".contents a")] == ["#then-nl", "#data-nl", "#sources"]
    inside = folded.select_one("#data-nl")  # browsers open what holds the target
    assert inside.find_parent("summary") is None
    assert folded.find_next_sibling()["class"] == ["sources"]


def test_background_begins_with_a_heading():
    """Prose without a heading, and a heading further down in a folded section, are refused: readers
    would not see what was folded."""
    with pytest.raises(NotebookError) as error:
        with_sections([("words", ["background"])])
    problem = error.value.problems[0]
    assert problem.place == "notebooks/01_a.ipynb, the cell that begins 'words nl'"
    assert problem.found == "the tag 'background' on other prose"
    with pytest.raises(NotebookError, match="heading further down in a section tagged"):
        with_sections([("## Data\n\nx\n\n## More", ["background"])])


def test_a_table_apart_has_a_page_of_its_own():
    """In its place are the caption and a link; its page has the table, its sources and a way back,
    and its twin in the other language has the same name."""
    long = output("table", "apart", *(TABLE.data[MIME][lang] for lang in ("nl", "en")))
    bodies = render.bodies("01_a", book(TABLE, long))
    theme = render.pages(bodies, link, lambda id: "stated", labels(TOLD), once)[0]
    dutch, english = render.apart(bodies, link, labels(TOLD), once)
    found = BeautifulSoup(theme.html, "html.parser")
    assert [t["id"] for t in found.select(".body > .table")] == ["tabel-1"]
    assert found.select_one("#tabel-2 p").text == "Tabel 2. Rij"
    assert found.select_one("#tabel-2 a")["href"] == "01_a-table-2.html"
    assert theme.counts == {"table": 1, "apart": 1, "chart": 0}
    assert (dutch.path, english.path) == ("nl/01_a-table-2.html", "en/01_a-table-2.html")
    own = BeautifulSoup(dutch.html, "html.parser")
    assert own.h1.text == "Tabel 2: Titel"
    assert own.select_one("main a")["href"] == "01_a.html#tabel-2"
    assert own.select_one("#tabel-2 caption").text == "Tabel 2. Rij"
    assert "countries" not in own.text
    books = [*render.bodies("00_a", book(long)), *render.bodies("five_minutes", book())]
    menu = BeautifulSoup(render.apart(books, link, labels(TOLD), once)[0].html, "html.parser")
    assert menu.select_one("header nav a")["href"] == "five_minutes.html"
    assert "landen" in own.select_one("#sources li").text
    assert own.select_one(".twin a")["href"] == "../en/01_a-table-2.html"


def test_no_notebook_is_called_as_the_page_of_a_table():
    """One of the two pages would replace the other."""
    long = output("table", "apart", *(TABLE.data[MIME][lang] for lang in ("nl", "en")))
    with pytest.raises(NotebookError) as error:
        pages({"01_a": book(long), "01_a-table-1": book(title_nl="Twee", title_en="Two")})
    (problem,) = error.value.problems
    assert problem.found == "01_a-table-1.ipynb"


def test_rows_in_a_line():
    """Neighbouring rows are written as a span."""
    assert sheets.compact(["v-01", "v-02", "v-03", "v-07", "w"]) == "v-01…03, v-07, w"
    assert sheets.compact(["v-09", "v-10", "w-11"]) == "v-09…10, w-11"


def test_headline_and_finding_follow_the_title():
    """What was computed further down is read first: the answer, its chart, what to read in it, the
    key figures, and up to when."""
    key = text('<data value="2" data-id="trade-01">2</data> key', "key")
    words = page("en", text("body"), key, LEAD).main.text
    read = ("Title", "short en", "Figure 1.", "long en", "2 key en", "up to en", "body en")
    places = [words.index(part) for part in read]
    assert places == sorted(places)


def test_a_key_figure_has_a_number():
    """What it rests on could not be told."""
    with pytest.raises(NotebookError, match="found a key figure without a number; expected a q"):
        page("en", text("words", "key"))


def test_sources_are_listed():
    """Every source of the page is in its list, folded at its end."""
    english = page("en", text("a"))
    assert "countries" in english.select_one("details:not([open]) #sources li").text


def test_what_is_cited_from_one_place_is_listed_together():
    """Of the evaluation the list has each place once, in its order, with all that it gave."""
    cited = [
        SOURCE | {"id": id, "place": {"nl": "", "en": place}, "detail": {"nl": "", "en": detail}}
        for id, place, detail in (
            ("trade-01", "chapter 10", "countries"), ("trade-02", "chapter 9", "goods"),
            ("trade-03", "chapter 10", "ports"), ("chapter 9", "", ""),
        )
    ]  # fmt: skip
    cited[3]["label"] = {"nl": "", "en": "chapter 9"}
    with language.use("en"):
        assert source_links.grouped(cited) == {
            "evaluation": [
                {"publisher": "chapter 9", "detail": "goods"},
                {"publisher": "chapter 10", "detail": "countries; ports"},
            ]
        }


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


TOLD = Publication(
    Text("Brug", "Bridge"), Text("Over", "About"), (Text("Makers nl", "Makers en"),), "", "1.2",
    "2026-11-26", Text("Besloten.", "Decided."),
    Source("news", "statistics", Text("Krant", "Paper"), Text("", ""), Text("", ""),
           url="https://example.org/n"),
    Text("Vrij te gebruiken.", "Free to use."), True,
)  # fmt: skip


def fronts(books: dict, told=TOLD, register=()) -> dict[str, BeautifulSoup]:
    """The front pages of notebooks that have run, by path. register: its sheets."""
    made = front.pages(pages(books), register, told, labels(told), link, paper=True)
    return {page.path: BeautifulSoup(page.html, "html.parser") for page in made}


def test_a_front_page_per_language():
    """That of the first language stands above the folders; each leads to the other, to the pages of
    its language and to its PDF."""
    both = fronts({"01_a": book()})
    assert [*both] == ["index.html", "en/index.html"]
    dutch, english = both.values()
    assert dutch.select_one(".twin a")["href"] == "en/index.html"
    assert english.select_one(".twin a")["href"] == "../index.html"
    assert (dutch.html["lang"], english.html["lang"]) == ("nl", "en")
    leads = {path: [a["href"] for a in page.select(".offers a")] for path, page in both.items()}
    assert leads == {
        "index.html": ["nl/01_a.html", "nl/evidence.html", "annex-nl.pdf"],
        "en/index.html": ["01_a.html", "evidence.html", "../annex-en.pdf"],
    }
    assert english.select_one("link")["href"] == "../style.css"
    both = fronts({"01_a": book(), BRIEF: book(title_nl="Kort", title_en="Brief")})
    sheets = [page.select(".offers a")[1]["href"] for page in both.values()]
    assert sheets == ["five_minutes-nl.pdf", "../five_minutes-en.pdf"]


def test_the_front_page_offers_the_errors_of_the_document_if_there_are_any():
    """By their title in the language of the page, and no further sheet."""
    register = [
        render.Page(name, lang, f"{name} in {lang}", "")
        for lang in ("nl", "en") for name in ("evidence-claims", "evidence-errors")
    ]  # fmt: skip
    own = fronts({"01_a": book()}, register=register)
    assert [a.text for a in own["en/index.html"].select(".offers a[href^=evidence]")] == [
        "Register of numbers", "evidence-errors in en",
    ]  # fmt: skip
    assert own["index.html"].select_one("[href='nl/evidence-errors.html']")
    assert fronts({"01_a": book()})["index.html"].select_one("[href*=errors]") is None


def test_front_page_says_what_it_is():
    """Title, outcome with its source, makers, date, version and contact; what the descriptor does
    not say is said to be unknown."""
    dutch = fronts({"01_a": book()})["index.html"]
    assert dutch.h1.text == "Cijferbijlage: Brug"
    assert dutch.select_one(".outcome strong").text == "Besloten."
    assert dutch.select_one(".outcome a")["href"] == "https://example.org/n"
    told = [dd.text for dd in dutch.select(".imprint dd")]
    assert told[:3] == ["Makers nl", "26 november 2026", "1.2"]
    assert told[-1] == "geen adres bekend"
    empty = Publication(TOLD.title, TOLD.description, (), "a@example.org", "", "", None, None,
                        Text(), True)  # fmt: skip
    bare = fronts({"01_a": book()}, empty)["en/index.html"]
    told = [dd.text for dd in bare.select(".imprint dd")]
    assert told[:3] == ["not known"] * 3
    assert told[-1] == "a@example.org"
    assert bare.select_one(".outcome") is None


def test_a_front_page_names_the_list_of_changes_if_there_is_one():
    """A project without CHANGELOG.md is not said to have it."""
    for changes in (True, False):
        page = fronts({"01_a": book()}, replace(TOLD, changes=changes))["en/index.html"]
        assert ("CHANGELOG.md" in page.select_one(".imprint").text) == changes


def test_a_front_page_of_the_short_page_alone():
    """A draft of the short page has no theme to show, and offers just that page."""
    page = fronts({"five_minutes": book()})["en/index.html"]
    assert [a["href"] for a in page.select(".offers a")] == [
        "five_minutes.html", "../five_minutes-en.pdf", "evidence.html", "../annex-en.pdf",
    ]  # fmt: skip
    assert page.select("h2") == []


def test_an_outcome_from_a_source_without_an_address():
    """A section or a table has none: it is named, and no link leads back to the same page."""
    place = Text("evaluatie, samenvatting", "evaluation, summary")
    source = Source("Summary", "evaluation", Text("s", "s"), place, Text("", ""))
    page = fronts({"01_a": book()}, replace(TOLD, source=source))["index.html"]
    assert page.select_one(".outcome small").text == "Bron: evaluatie, samenvatting"
    assert page.select(".outcome a") == []


def test_a_column_without_lines_is_left_out():
    """Its heading would stand over nothing."""
    page = fronts({"01_a": book(text("gap", "unknown"))})["en/index.html"]
    assert [h2.text for h2 in page.select(".columns3 h2")] == ["What is not known"]


def test_front_page_answers():
    """The first notebook with its picture, what is official, stated and unknown in a column each,
    and every other theme with its answer and its small picture."""
    first = book(LEAD, text("series", "official"), text("claim", "stated"))
    second = book(LEAD, text("gap", "unknown"), title_nl="Twee", title_en="Two")
    english = fronts({"00_a": first, "01_b": second})["en/index.html"]
    assert english.select_one(".first h2").text == "Title"
    assert "headline en" in english.select_one(".first").text
    images = [(image["src"], image["alt"]) for image in english.select("figure img")]
    assert images == [
        ("../charts/00_a-1-en-narrow.svg", "a line"), ("../charts/01_b-1-en-narrow.svg", "a line"),
    ]  # fmt: skip
    columns = [section.text.split("\n") for section in english.select(".columns3 section")]
    assert [(words[1], words[2]) for words in columns] == [
        ("What official figures say", "series en"),
        ("What only the evaluation says", "claim en"), ("What is not known", "gap en"),
    ]  # fmt: skip
    assert [a.text for a in english.select(".themes h3 a")] == ["Two"]
    assert "headline en" in english.select_one(".themes").text


def test_the_short_page_comes_first():
    """It is offered first and heads the menu, needs no finding, is no theme to turn to, and its
    code is at its end."""
    short = book(text("answer", "headline"), said=False, title_nl="Kort", title_en="Short")
    short.cells += [
        nbformat.v4.new_markdown_cell("## Deel", metadata={"tags": ["nl"]}),
        nbformat.v4.new_markdown_cell("## Part", metadata={"tags": ["en"]}),
        nbformat.v4.new_code_cell("more = 1"),
    ]
    books = {"00_a": book(), "five_minutes": short}
    english = fronts(books)["en/index.html"]
    assert english.select_one(".offers a")["href"] == "five_minutes.html"
    assert english.select(".themes li") == []
    theme, own = (BeautifulSoup(p.html, "html.parser") for p in pages(books)[:2])
    assert [a.text for a in theme.select("header nav a")] == ["Kort", "Titel", "Register"]
    assert theme.select(".turn a") == own.select(".turn a") == []
    folded = own.select("details.code")
    assert len(folded) == 1
    assert "more" in folded[0].text


def test_the_lead_is_the_first_chart():
    """A further one would stand above charts that come before it by number."""
    with pytest.raises(NotebookError, match="found lead=True on a further chart"):
        page("nl", CHART, LEAD)


def test_a_theme_with_charts_has_a_lead():
    """Without one the top of its page, and the front page, would have no picture; the short page
    needs none."""
    with pytest.raises(NotebookError, match=r"cell \[1\]: found no chart as the lead"):
        pages({"01_a": book(CHART)})
    assert pages({"five_minutes": book(CHART)})


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
    assert page("en", output("chart", "lead", *both)).figure.img["alt"] == 'of "a" <x>'


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


@pytest.mark.parametrize("langs", [("en",), ("nl", "en"), ("nl", "de", "en")])
def test_a_link_to_each_other_language(langs):
    """Both on a page of a notebook and on the front page; in one language none, nor a place for
    it. The front page of the first language stands above the folders."""
    with use_languages(langs):
        made = notebook("x = 1", said=False)
        made.cells = [
            new_markdown_cell(f"# Titel {language.name_of(lang)}", metadata={"tags": [lang]})
            for lang in langs
        ]
        bodies = render.bodies("01_a", made)
        own = render.pages(bodies, link, lambda id: "stated", labels(TOLD), once)
        told = replace(TOLD, title=Text.same("Brug"), description=Text.same("Over"),
                       contributors=(), outcome=None, source=None, licence=Text())  # fmt: skip
        fronts = front.pages(own, (), told, labels(told), link, paper=False)
        assert [page.path for page in own] == [f"{lang}/01_a.html" for lang in langs]
        assert [page.path for page in fronts] == [
            "index.html", *(f"{lang}/index.html" for lang in langs[1:])
        ]  # fmt: skip
        for page in (*own, *fronts):
            html = BeautifulSoup(page.html, "html.parser")
            others = [lang for lang in langs if lang != page.lang]
            assert [a["hreflang"] for a in html.select(".twin a")] == others
            assert bool(html.select(".twin")) is bool(others)


def test_the_licence_is_the_one_that_the_descriptor_states():
    """Below each page; without one there is no such line."""
    page = fronts({"01_a": book()})["en/index.html"]
    assert page.footer.text.strip() == "Evidence annex. Free to use."
    told = replace(TOLD, licence=Text())
    bare, __ = front.pages([], (), told, labels(told), link, paper=False)
    html = BeautifulSoup(bare.html, "html.parser")
    assert html.footer is None


def test_words_for_other_documents_than_an_evaluation():
    """Only where the one document is called evaluation do pages speak of the evaluation."""
    own, other = labels(TOLD), labels(replace(TOLD, evaluation=False))
    assert own["reported"].en == "What the evaluation reports"
    assert other["reported"].en == "What documents report"
    assert own.keys() == other.keys()
    assert not [words for words in other.values() if "evaluati" in f"{words.en}{words.nl}".lower()]
