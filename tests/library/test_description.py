"""What `tables.describe` shows: all tables, one of them, in each language, as HTML and as text."""

import json
import subprocess
import sys

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import TINY, mistakes
from helpers import language, tables
from helpers.errors import DataError
from helpers.language import Text
from helpers.listing import Grid, Listing
from helpers.tables import publication


def change(data, name: str, **properties) -> None:
    """Give a column of the table `visits` other properties."""
    package = json.loads(json.dumps(TINY))
    (field,) = (f for f in package["resources"][1]["schema"]["fields"] if f["name"] == name)
    field.update(properties)
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize(
    ("people", "published_by"),
    [
        ([{"title": "A"}, {"title": "B"}], ["A", "B"]),
        ([{"title": "A", "roles": ["author"]}, {"title": "B", "roles": ["publisher"]}], ["B"]),
        ([{"title": "A", "roles": ["author"]}], []),
        ([{"path": "https://example.org"}], []),
    ],
)
def test_who_publishes(tiny, people, published_by):
    """A contributor with other roles than that of publisher is not said to have published it."""
    package = {**TINY, "contributors": people}
    (tiny / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    told = publication.read(tiny)
    assert [name.en for name in told.contributors] == published_by
    assert told.contact == people[0].get("path", "")


def test_every_table_has_a_line():
    """Rows, columns, period and sources of each table, as a frame too."""
    found = tables.describe().frame
    assert found.loc["foreign_investment"].tolist() == [
        "Foreign investment", 3, 3, "2016–2018", 2, "rows",
    ]  # fmt: skip
    assert found.loc["missions", ["period", "sources"]].tolist() == ["1995–1998", 1]
    assert found.loc["hedges", ["period", "sources"]].tolist() == ["", 0]
    assert list(found.index)[:3] == ["quantities", "hedges", "sections"]


def test_short_texts_stay_in_a_line():
    """A period is not broken at its dash; a column with a longer text is, at its spaces."""
    table = LexborHTMLParser(tables.describe()._repr_html_()).css_first("table")
    (row,) = (r for r in table.css("tr") if r.text().startswith("foreign_investment"))
    kinds = {cell.text(): cell.attributes.get("class") for cell in row.css("td")}
    assert (kinds["2016–2018"], kinds["Foreign investment"]) == ("short", None)


def test_a_table_says_what_it_covers():
    """File, key, period, years without a row, and the sources with the number of their rows."""
    told = repr(tables.describe("local_ties"))
    for line in (
        "file:                 data/statistics/local_ties.csv",
        "a row is named by:    id",
        "period:               1993–1995",
        "years without a row:  1994",
        "count-2019  Count of 2019. Bridge Watch, 2019     2",
    ):
        assert line in told.splitlines(), line


def test_a_column_says_what_it_holds():
    """Label, unit, values, number of empty cells and meaning of each column."""
    amounts = tables.describe("foreign_investment").frame
    assert amounts.loc["value_eur_m"].tolist() == [
        "value_eur_m", "EUR_m (million euros)", "number", 0, "",
    ]  # fmt: skip
    assert amounts.loc["source", "meaning"] == "Refers to statistics_sources.id."
    with language.use("nl"):
        numbers = tables.describe("quantities").frame
    assert list(numbers) == ["naam", "eenheid", "waarden", "leeg", "betekenis"]
    assert numbers.loc["theme", "waarden"] == "trade (handel), investment (investering)"
    assert numbers.loc["value", "eenheid"] == "per rij: kolom unit"
    assert numbers.loc["period_start", "waarden"] == "jaar, maand of dag"


def test_bounds_and_forms_of_values_are_told(tiny):
    """A smallest value, both ends, and a pattern; empty cells are counted."""
    change(tiny, "cost", constraints={"minimum": 0, "maximum": 900})
    found = tables.describe("visits", tiny).frame
    assert found["values"].tolist() == [
        "text", "whole number, ≥ 1980", "number, 0–900", "out (outgoing), in (incoming)",
        "true or false", "year, month or day", "text",
    ]  # fmt: skip
    assert found["empty"].tolist() == [0, 1, 1, 0, 0, 1, 1]
    change(tiny, "id", constraints={"pattern": "v-[0-9]"})
    assert tables.describe("visits", tiny).frame.loc["id", "values"] == "text, v-[0-9]"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"in": ["out"]}, "Do not add up together: in is part of out."),
        ("any", "Rows with different values count the same things: add up those of one value."),
    ],
)
def test_what_overlaps_is_told(tiny, rule, told):
    """The property `overlap` in words."""
    change(tiny, "direction", overlap=rule)
    assert tables.describe("visits", tiny).frame.loc["direction", "meaning"] == told


def test_a_series_with_a_gap_is_named(tiny):
    """Of the series that the other columns of the key make, those that lack a year."""
    package = json.loads(json.dumps(TINY))
    schema = package["resources"][1]["schema"]
    schema["primaryKey"] = ["year", "place"]
    (tiny / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    rows = "".join(f"v,{y},1,out,true,,{p}\n" for y, p in [(2001, "A"), (2003, "A"), (2002, "B")])
    head = "id,year,cost,direction,listed,when,place\n"
    (tiny / "visits.csv").write_text(head + rows, encoding="utf-8")
    (tiny / "places.csv").write_text("place\nA\nB\n", encoding="utf-8")
    told = repr(tables.describe("visits", tiny)).splitlines()
    assert "series with gaps:   1 of 2: A (2002)" in told
    assert not any(line.startswith("years without a row") for line in told)


@pytest.mark.parametrize("lang", ("nl", "en"))
@pytest.mark.parametrize("name", [None, "quantities"])
def test_the_view_is_an_accessible_table(lang, name):
    """Sound HTML: each table that has columns has a caption and a scope on each header; it can be
    scrolled by keyboard, and says its language."""
    with language.use(lang):
        html = tables.describe(name)._repr_html_()
    assert mistakes(f"<!doctype html><title>x</title>{html}") == []
    page = LexborHTMLParser(html)
    assert page.css_first("div.listing").attributes["lang"] == lang
    assert all(head.attributes.get("scope") in ("col", "row") for head in page.css("th"))
    for table in page.css("table:has(thead)"):
        assert table.css_first("caption").text()
    for table in page.css("table.facts"):
        assert table.attributes["aria-label"] == page.css_first(".title").text()
    for region in page.css("div.wide"):
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["aria-label"]


def test_words_of_a_table_are_escaped(tiny):
    """What the descriptor says is shown as it is, and is no markup."""
    change(tiny, "cost", description="<b>paid</b> & owed", title="<i>cost</i>")
    html = tables.describe("visits", tiny)._repr_html_()
    assert "&lt;b&gt;paid&lt;/b&gt; &amp; owed" in html and "&lt;i&gt;cost" in html
    assert not LexborHTMLParser(html).css("b, i")


def test_every_part_of_a_view_is_escaped():
    """Title, paragraphs, facts, and of a table its caption, headers, cells and what is below it."""
    evil = "<b>&amp;"
    grid = Grid(evil, [evil, evil], [[evil, Text(evil, evil)]], evil)
    html = Listing(evil, [evil], {evil: evil}, [grid])._repr_html_()
    assert html.count("&lt;b&gt;&amp;amp;") == 12  # title and caption are names of tables too
    assert not LexborHTMLParser(html).css("b")


@pytest.mark.parametrize("ask", [tables.describe, tables.load])
def test_a_wrong_name_gets_the_nearest(ask):
    """The message names all tables, and the one that was probably meant."""
    with pytest.raises(DataError) as error:
        ask("mission")
    assert "found no table 'mission'; expected one of quantities, hedges," in str(error.value)
    assert str(error.value).endswith("Write 'missions', or describe a new table there.")
    with pytest.raises(DataError, match=r"Describe a new table there\.$"):
        ask("zzz")


def test_an_invalid_table_is_told_at_once(tiny):
    """Not when JupyterLab asks for the view, which would show nothing."""
    (tiny / "places.csv").write_text("place\nUtrecht\nUtrecht\n", encoding="utf-8")
    with pytest.raises(DataError, match="not used in row 2"):
        tables.describe("places", tiny)
    with pytest.raises(DataError, match="not used in row 2"):
        tables.describe(data=tiny)


def test_lines_of_text_fit_a_terminal():
    """No line is longer than a hundred characters."""
    for name in (None, *tables.names()):
        assert max(map(len, repr(tables.describe(name)).splitlines())) <= 100


def test_the_tables_load_nothing_heavy():
    """No build waits for what shows things in JupyterLab."""
    code = "import sys, helpers.tables; print(sorted({'matplotlib', 'IPython'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
