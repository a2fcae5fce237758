"""What JupyterLab shows of a quantity, and the trail of its derivation."""

import functools
import time

import nbformat
import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import mistakes, notebook, q
from helpers import counts, language, measures, tables
from helpers.annex.build import build
from helpers.annex.plan.plan import Plan
from helpers.annex.run.notebook_files import EXPLORE
from helpers.errors import AnnexError, EvidenceError
from helpers.evidence import views
from helpers.evidence.arithmetic import missing
from helpers.evidence.rows import Row


def words(html: str) -> dict[str, str]:
    """The facts of a view, by label."""
    rows = LexborHTMLParser(html).css("tr")
    return {row.css_first("th").text(): row.css_first("td").text() for row in rows}


@pytest.fixture
def ratio():
    """A ratio of two cells of a series."""
    values = tables.load("foreign_investment").value_eur_m
    return values.iloc[0] / values.iloc[1]


def test_a_reported_number_shows_its_row():
    """Value and unit as people write them, range, words as printed, cell and section."""
    html = tables.reported_numbers()["trade-01"]._repr_html_()
    assert "12,000,000 euros" in html and "exports across the bridge" in html
    assert words(html) == {
        "may stand for": "12,000,000–12,500,000",
        "unit": "EUR",
        "as printed": "‘ruim 12 miljoen’",
        "cell": "data/report/quantities.csv, row 2 (trade-01), column value",
        "source": "evaluation, section 5.1.2",
        "period": "2017",
        "id": "trade-01",
    }


def test_it_is_shown_in_the_current_language():
    """Numbers, units, names and labels."""
    with language.use("nl"):
        html = tables.reported_numbers()["trade-01"]._repr_html_()
    assert "12.000.000 euro<" in html and "uitvoer over de brug" in html
    assert words(html)["kan staan voor"] == "12.000.000–12.500.000"
    assert words(html)["bron"] == "evaluatie, paragraaf 5.1.2"


def test_a_computed_number_shows_its_formula(ratio):
    """The formula with the names of its inputs, and the inputs; a share as a percentage."""
    reported = tables.reported_numbers()
    html = measures.share(reported["trade-04"], reported["trade-01"])._repr_html_()
    found = words(html)
    assert 'title">66.667%<' in html
    assert found["computed as"] == "part / whole"
    assert found["input part"] == "8,000,000 euros: exports across the bridge (trade-04)"
    assert words(ratio._repr_html_())["computed as"] == "a / b"


def test_the_trail_leads_to_the_rows(ratio):
    """An indented tree as text: each input below its number, with file and row."""
    assert repr(ratio.trail()).splitlines() == [
        "0.6667 ratio: ratio: 2016: value_eur_m",
        "· may stand for: 0.6599–0.6735",
        "· unit: ratio",
        "· computed as: a / b",
        "· period: 2016–2017",
        f"· id: {ratio.id}",
        "    a = 8.2 million euros: 2016: value_eur_m",
        "    · may stand for: 8.15–8.25",
        "    · unit: EUR_m",
        "    · cell: data/statistics/foreign_investment.csv, row 2 (2016), column value_eur_m",
        "    · source: Statistics Office, Trade across the bridge",
        "    · period: 2016",
        "    · id: foreign_investment.2016",
        "    b = 12.3 million euros: 2017: value_eur_m",
        "    · may stand for: 12.25–12.35",
        "    · unit: EUR_m",
        "    · cell: data/statistics/foreign_investment.csv, row 3 (2017), column value_eur_m",
        "    · source: Statistics Office, Trade across the bridge",
        "    · period: 2017",
        "    · id: foreign_investment.2017",
    ]


@pytest.mark.parametrize("lang", ("nl", "en"))
def test_the_trail_unfolds(lang, ratio):
    """A `details` for each number, nested as the formula is, the first one open; sound HTML."""
    with language.use(lang):
        html = (ratio * 2).trail()._repr_html_()
    assert mistakes(f"<!doctype html><title>x</title>{html}") == []
    page = LexborHTMLParser(html)
    assert len(page.css("details")) == 4
    assert len(page.css("details details details")) == 2
    assert len(page.css("details[open]")) == 1
    assert all(each.css_first("summary").text() for each in page.css("details"))


def test_counted_rows_are_named():
    """The file of a count, its rows, and their sources."""
    found = counts.count(tables.load("missions"))
    assert (
        "· rows: 3 of data/report/missions.csv: visit-01 (row 2), visit-02 (row 3), visit-03"
        in (repr(found.trail()))
    )
    assert words(found._repr_html_())["source"] == "evaluation, appendix 3"


def test_a_number_without_a_value_says_so():
    """Unknown, missing, and computed from an unknown one."""
    nothing = q(None, id="trade-04")
    assert 'title">unknown<' in nothing._repr_html_()
    found = words(nothing._repr_html_())
    assert found["value"] == "the row mentions this number and does not give it"
    assert found["may stand for"] == "unknown"
    assert "unknown, as an input is" in repr((nothing * 2).trail())
    gone = missing("EUR")
    assert 'title">missing<' in gone._repr_html_()
    assert words(gone._repr_html_()) == {
        "evidence": "none: an empty cell, or no row gives this number"
    }
    assert repr(gone.trail()).startswith("missing: missing cell\n· evidence: none")


def test_a_converted_number_says_from_what():
    """It has the id of the number in the unit of its row."""
    found = tables.load("foreign_investment").value_eur_m.iloc[0].to("EUR_k")
    assert words(found._repr_html_())["converted from"] == "8.2 million euros"


def test_a_number_used_twice_is_unfolded_once(ratio):
    """The second time it is named only."""
    told = repr((ratio + ratio * 2).trail())
    assert told.count("foreign_investment.csv, row 2") == 1
    assert "a = 0.6667 ratio: ratio: 2016: value_eur_m (see above)" in told


def test_many_inputs_are_shown_in_part():
    """Of sixty inputs the first, and how many more there are; of a long formula both ends."""
    many = [q(n, id=f"trade-{n}") for n in range(10, 70)]
    added = functools.reduce(lambda a, b: a + b, many)
    told = repr(added.trail()).splitlines()
    assert "    and 48 more" in told
    assert sum(" = " in line for line in told) == 12
    formula = words(added._repr_html_())["computed as"]
    assert formula.startswith("a1 + a2 + a3 + ") and " … " in formula
    assert formula.endswith(" + a59 + a60") and len(formula) < 140
    assert words(added._repr_html_())["further"] == "and 56 more"


def test_a_deep_derivation_ends_in_words():
    """Of a hundred steps the first; the message says how to see the rest, and that works."""
    number = q(1, unit="ratio")
    for _ in range(100):
        number = number * 2
    told = repr(number.trail())
    assert told.count(" = ") == 12
    last = " ".join(told.split()[-6:])
    assert last == 'Not unfolded further. The rest: quantity.origin.inputs["a"].trail()'
    assert "multiple" in repr(number.origin.inputs["a"].trail())


def test_numbers_of_any_size_are_written():
    """With a power of ten where they have too many digits to read, never as 0."""
    huge, tiny = q(10**40), q("1.5", "1", "2") / 10**12
    assert 'title">1e+40 euros<' in huge._repr_html_()
    assert words(tiny._repr_html_())["may stand for"] == "1e-12–2e-12"
    assert 'title">0.00012 euros<' in q("0.00012")._repr_html_()


def test_a_large_sum_is_shown_at_once(tmp_path, monkeypatch):
    """Fifty thousand rows: the first ten, how many more there are, within a second or two."""
    monkeypatch.setenv("ANNEX_DATA", str(_large(tmp_path, 50_000)))
    added = tables.load("foreign_investment").value_eur_m.sum()
    start = time.perf_counter()
    told = repr(added.trail())
    assert time.perf_counter() - start < 5
    assert "50,000 of data/statistics/foreign_investment.csv: 1 (row 2), 2 (row 3)," in told
    assert "and 49,990 more" in told.replace("\n ", "")


def _large(folder, rows: int):
    """A copy of the example with so many rows in a series."""
    import shutil

    from conftest import EXAMPLE

    data = shutil.copytree(EXAMPLE / "data", folder / "large")
    lines = "".join(f"{n},1.5,count-2019\n" for n in range(1, rows + 1))
    path = data / "statistics" / "foreign_investment.csv"
    path.write_text(f"year,value_eur_m,source\n{lines}", encoding="utf-8")
    return data


def test_words_of_tables_are_escaped():
    """A row's words are no markup."""
    origin = Row("<b>table</b>", "<i>", "value", raw="<script>", source="x", reported=True)
    number = q(1).replaced(origin=origin)
    for html in (number._repr_html_(), number.trail()._repr_html_()):
        assert "&lt;script&gt;" in html
        assert not LexborHTMLParser(html).css("b, i, script")


def test_a_row_that_is_gone_is_told(tmp_path, monkeypatch, example_copy):
    """A table that changed since, has errors, or is not of the project."""
    number = tables.load("foreign_investment").value_eur_m.iloc[2]
    monkeypatch.setenv("ANNEX_DATA", str(example_copy))
    path = example_copy / "statistics" / "foreign_investment.csv"
    path.write_text("year,value_eur_m,source\n2016,8.2,count-2019\n", encoding="utf-8")
    assert words(number._repr_html_())["cell"].startswith(
        "no longer in data/statistics/foreign_investment.csv (2018)"
    )
    path.write_text("year,value_eur_m,source\n2016,x,count-2019\n", encoding="utf-8")
    assert "which has errors (annex check)" in words(number._repr_html_())["cell"]
    monkeypatch.delenv("ANNEX_DATA")
    monkeypatch.chdir(tmp_path.anchor)
    assert "which is not in this project" in words(number._repr_html_())["cell"]


def test_without_tables_the_trail_says_what_is_missing(monkeypatch):
    """And the plain text stands for the view."""
    monkeypatch.setattr(views, "known", [])
    assert q(1)._repr_html_() is None
    with pytest.raises(EvidenceError, match=r"Import helpers\.tables"):
        q(1).trail()


def test_a_build_refuses_the_view(project):
    """With its cell and the ways out, one of which works."""
    start = "from helpers import tables\nn = tables.reported_numbers()['trade-01']"
    book = notebook(start, "n", "n.trail()", "tables.describe()")
    root = project(_01_first=book)
    with pytest.raises(AnnexError) as error:
        build(Plan(root, root / "data", root / "annex"))
    assert [str(problem) for problem in error.value.problems] == [
        f"notebooks/01_first.ipynb, cell [{number}]: found what JupyterLab shows of a number, its "
        "trail() or describe(); expected a sentence of present.say, or a last line that shows "
        "nothing. End that line with a semicolon, or give its value a name, to show nothing. Or "
        "tag the cell explore: it then runs in JupyterLab only."
        for number in (2, 3, 4)
    ]
    for cell in book.cells[3:6]:
        cell.metadata["tags"] = [EXPLORE]
    nbformat.write(book, root / "notebooks" / "01_first.ipynb")
    build(Plan(root, root / "data", root / "annex"))
    assert (root / "annex" / "index.html").exists()
