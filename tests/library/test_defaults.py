import inspect
import json

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from conftest import q
from helpers import charts, counts, present, tables
from helpers.charts import defaults, table_headers
from helpers.errors import ChartError, EvidenceError, Problem
from helpers.language import Text

YEARS = [2000, 2001] * 2
UNIT = Text("eenheid", "unit")
FLOWS = pd.DataFrame({
    "year": YEARS, "direction": ["incoming"] * 2 + ["outgoing"] * 2,
    "value": [q(1000, unit="EUR"), q(2000, unit="EUR"), q(3000, unit="EUR"), q(4000, unit="EUR")],
})  # fmt: skip


def headers(chart) -> list[str]:
    """The column headers of the table behind a chart, in English."""
    return [column.label.en for column in chart.columns.values()]


def test_names_and_order_are_those_of_the_descriptor():
    """Lines are named and ordered as the descriptor labels their column; the unit is that of the
    quantities."""
    chart = charts.lines(FLOWS, y="value", series="direction")
    assert headers(chart) == ["year", "outgoing, euros", "incoming, euros"]
    assert ">uitgaand<" in chart.svg("nl")


def test_values_in_order_are_named_by_the_descriptor():
    """An author who wants another order names the values alone."""
    chart = charts.lines(FLOWS, series="direction", names=["incoming", "outgoing"])
    assert headers(chart) == ["year", "incoming, euros", "outgoing, euros"]


def test_a_pivot_is_drawn_as_it_is():
    """Years as index and a column per line, in the order of the frame."""
    wide = FLOWS.pivot(index="year", columns="direction", values="value")
    chart = charts.lines(wide)
    assert headers(chart) == ["year", "incoming, euros", "outgoing, euros"]
    assert chart.data["outgoing"].map(float).tolist() == [3000, 4000]
    one = charts.lines(wide["outgoing"].rename("value_eur_m"))
    assert headers(one) == ["year", "value_eur_m, euros"]


def test_a_frame_of_numbered_rows_is_not_one_of_years():
    """Rows that are only numbered have no year: the year is asked for."""
    with pytest.raises(ChartError, match="found no column 'year'"):
        charts.lines(FLOWS.drop(columns="year"), series="direction")


def test_panels_are_named_too():
    """So are the panels of small multiples, and the level of an index that names them."""
    frame = FLOWS.assign(status=["signed", "signed", "intended", "intended"], series="a")
    names = {"a": Text("a", "a")}
    chart = charts.lines(frame, y="value", names=names, panel="status")
    assert headers(chart) == ["year", "signed, a, euros", "intended, a, euros"]
    wide = FLOWS.assign(status="signed").pivot(
        index=["status", "year"], columns="direction", values="value"
    )
    assert headers(charts.lines(wide, panel="status"))[1] == "signed, incoming, euros"


def test_a_unit_converts():
    """The id of a unit converts the numbers and labels the axis; another scale is refused."""
    chart = charts.lines(FLOWS, series="direction", unit="EUR_k")
    assert headers(chart)[1] == "outgoing, thousand euros"
    assert chart.data["outgoing"].map(float).tolist() == [3, 4]
    bars = charts.bars(
        pd.Series([q(1500)], index=["outgoing"]).rename_axis("direction"), unit="EUR_k"
    )
    assert bars.data["value"].map(float).tolist() == [1.5]
    with pytest.raises(EvidenceError, match="unit EUR; expected unit ratio"):
        charts.lines(FLOWS, series="direction", unit="ratio")


def test_bars_of_a_series_and_of_segments_are_named():
    """A series has its names in its index, a table in the names of its axes."""
    bars = charts.bars(pd.Series([q(1), q(2)], index=["incoming", "outgoing"], name="n")
                       .rename_axis("direction"))  # fmt: skip
    assert headers(bars) == ["name", "euros"]
    assert list(bars.columns["direction"].names) == ["incoming", "outgoing"]
    visits = tables.load("missions")
    parts = charts.stacked(counts.count_by(visits, "direction", "year"))
    assert parts.columns["direction"].names["outgoing"].nl == "uitgaand"
    assert headers(parts) == ["name", "1995", "1996", "1998", "total"]


def test_a_column_is_a_panel_of_dots():
    """Dots take a frame as it is: a row per row, and a panel per column, named by its title."""
    years = [q(1, unit="years"), q(2, unit="years")]
    frame = pd.DataFrame({"year": years}, pd.Index(["outgoing", "incoming"], name="direction"))
    chart = charts.dots(frame)
    assert headers(chart) == ["name", "year, years"]
    assert list(chart.columns["direction"].names) == ["outgoing", "incoming"]
    assert chart.data.year.tolist() == years
    with pytest.raises(ChartError, match=r"column nowhere: found no title"):
        charts.dots(frame.assign(nowhere=None))


def test_a_unit_that_a_title_names_is_not_repeated():
    """Whatever the capitals."""
    assert defaults.joined("Fte", "fte") == "Fte"
    assert defaults.joined("Budget", "euro") == "Budget, euro"


def test_lanes_without_events_are_kept():
    """A timeline has all sides of the descriptor, those without events too."""
    marks = pd.DataFrame({"year": [2000], "label_nl": ["x"], "label_en": ["x"]})
    frame = pd.DataFrame({"year": [1999], "direction": ["incoming"], "status": ["signed"]})
    chart = charts.timeline(frame, side="direction", kind="status", milestones=marks)
    assert list(chart.columns["direction"].names) == ["outgoing", "incoming"]
    assert list(chart.columns["status"].names) == ["signed", "intended"]


@pytest.mark.parametrize(
    ("frame", "options", "told"),
    [
        (FLOWS.rename(columns={"direction": "way"}), {"series": "way"},
         "column way: found no labels for 'incoming', 'outgoing'; .*here by names="),
        (FLOWS.assign(direction="sideways"), {"series": "direction"}, "no labels for 'sideways'"),
        (FLOWS.assign(value=[q(1), q(2, unit="index"), q(3), q(4)]), {"series": "direction"},
         "found the units EUR, index; expected one unit"),
        (FLOWS.assign(value=1.5), {"y": "value", "series": "direction"},
         "no unit in its numbers; .*Give unit="),
        (FLOWS.assign(more=FLOWS.value), {"series": "direction"},
         "found 'value', 'more' with quantities"),
        (FLOWS, {"series": "direction", "panels": {"x": Text("x", "x")}},
         "found panels without the column"),
    ],
)  # fmt: skip
def test_what_has_no_default_is_told(frame, options, told):
    """Names and units that neither the descriptor nor the author gives."""
    with pytest.raises(ChartError, match=told):
        charts.lines(frame, **options)


@pytest.fixture
def two_labels(example_copy, monkeypatch):
    """A descriptor in which two tables label one value differently, and one alike."""
    path = example_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    missions, ties = (
        next(t for t in package["resources"] if t["name"] == name)
        for name in ("missions", "outcomes")
    )
    field = next(f for f in missions["schema"]["fields"] if f["name"] == "direction")
    other = json.loads(json.dumps(field))
    other["categories"][0]["label"] = "going out"
    other["title"] = "Way"
    status = next(f for f in ties["schema"]["fields"] if f["name"] == "status")
    ties["schema"]["fields"][ties["schema"]["fields"].index(status)] = other
    path.write_text(json.dumps(package), encoding="utf-8")
    monkeypatch.setenv("ANNEX_DATA", str(example_copy))


def test_tables_that_differ_are_told(two_labels):
    """Where two tables label a value differently, both are named; the rows of one decide."""
    found = defaults.values("direction", ["outgoing"])
    assert isinstance(found, Problem)
    assert "missions: outgoing = uitgaand / outgoing" in found.found
    assert "outcomes: outgoing = uitgaand / going out" in found.found
    assert defaults.values("direction", ["outgoing"], "outcomes")["outgoing"].en == "going out"
    title = defaults.title("direction")
    assert isinstance(title, Problem) and "Way" in title.found
    assert defaults.title("direction", (), "missions").en == "direction"


def test_labels_of_other_values_do_not_matter(two_labels):
    """A column of a table is named where all tables agree about the values that it has."""
    shown = table_headers.headers(pd.DataFrame({"direction": ["incoming"]}), {"direction": UNIT})
    assert shown["direction"].names["incoming"].en == "incoming"


def test_a_table_is_headed_by_the_descriptor(monkeypatch):
    """A table takes its headers, labels and years from the descriptor; a column per language is
    one; an author adds or replaces what is missing."""
    outputs = []
    monkeypatch.setattr(present, "publish_display_data", outputs.append)
    frame = tables.load("missions")
    present.show_table(frame[["direction", "year"]], caption=Text("a", "b"), source=["5"])
    ties = tables.load("local_ties")
    present.show_table(ties, ["id", "note", "year"], caption=Text("a", "b"), source=["5"])
    chosen = {"id": Text("sleutel", "key"), "year": None}
    present.show_table(ties, chosen, caption=Text("a", "b"), source=["5"])
    read = [BeautifulSoup(out[present.MIME]["nl"]["html"], "html.parser") for out in outputs]
    rows = [[[cell.text for cell in row(["th", "td"])] for row in table("tr")] for table in read]
    assert rows[0][:2] == [["direction", "year"], ["uitgaand", "1995"]]
    assert rows[1][:2] == [["id", "note_nl", "year"], ["tie-01", "Formele vriendschap.", "1993"]]
    assert rows[2][0] == ["sleutel", "year"]
    with pytest.raises(ChartError, match=r"a table, column what: found no title.*labels="):
        present.show_table(frame.assign(what="x"), caption=Text("a", "b"))


TIES = pd.DataFrame({"year": [q(1, unit="years")], "direction": ["incoming"]})


@pytest.mark.parametrize(
    ("frame", "columns", "told"),
    [
        (TIES.iloc[:0], None, "found no rows or columns"),
        (TIES[[]], None, "found no rows or columns"),
        (TIES.year, None, r"found Series; .*reset_index\(\)"),
        (TIES.set_index("direction"), None, r"the index direction; .*not shown.*reset_index\(\)"),
        (TIES, ["yaer"], "column yaer: found no such column; expected one of year, direction"),
    ],
)
def test_what_no_table_can_show_is_told(frame, columns, told):
    """Nothing, no frame, an index that would be lost, or a column that is not there: in a table and
    in the data behind a chart."""
    caption = Text("a", "b")
    with pytest.raises(ChartError, match=f"^a table.*{told}"):
        present.show_table(frame, columns, caption=caption)
    with pytest.raises(ChartError, match=f"^the data of a chart.*{told}"):
        present.show_chart(lambda axes: None, data=frame, columns=columns, caption=caption)


def test_an_index_is_left_out_where_columns_are_named():
    """Its author has chosen what is shown."""
    assert list(table_headers.headers(TIES.set_index("direction"), ["year"])) == ["year"]


def test_what_a_cell_refers_to_is_named():
    """In the rows of a table a section, a source and a unit have their names, and truth its words;
    a column of that name in another frame is text."""
    frame = tables.load("missions").assign(
        seen=[True] + [False] * (len(tables.load("missions")) - 1)
    )
    shown = table_headers.headers(frame, ["section", "seen"], {"seen": Text("gezien", "seen")})
    assert shown["section"].names["Appendix 3"].en == "evaluation, appendix 3"
    assert (shown["seen"].names["True"].nl, shown["seen"].names["False"].en) == ("ja", "no")
    own = pd.DataFrame({"section": ["left", "right"]})
    assert table_headers.headers(own, ["section"])["section"].names is None
    numbers = tables.load("quantities").iloc[:1].assign(unit="EUR_m")
    assert table_headers.headers(numbers, ["unit"])["unit"].names["EUR_m"].en == "million euros"


def test_a_text_without_letters_is_its_own_name():
    """A stretch of years needs no translation; a word does."""
    assert defaults.values("stretch", ["2001–2005"])["2001–2005"].nl == "2001–2005"
    assert isinstance(defaults.values("stretch", ["2001–2005", "later"]), Problem)


@pytest.mark.parametrize("function", [getattr(charts, name) for name in charts.__all__[1:]])
def test_signatures_are_true(function):
    """Completion and help show the options that an author may give, and an example."""
    parameters = inspect.signature(function).parameters
    assert "layout" not in parameters
    assert all(p.kind == p.KEYWORD_ONLY for name, p in parameters.items() if name != "frame")
    assert all(p.annotation is not p.empty for p in parameters.values())
    assert f"charts.{function.__name__}(" in function.__doc__


def test_columns_of_a_pivot_are_called_by_their_labels():
    """A column that a pivot named after a value has the value's label and the unit."""
    frame = pd.DataFrame({"incoming": [q(1)], "outgoing": [q(2)]})
    frame.columns.name = "direction"
    shown = table_headers.headers(frame)
    assert [column.label.en for column in shown.values()] == ["incoming, euros", "outgoing, euros"]


def test_headers_that_readers_could_not_tell_apart_are_refused():
    """Two columns of one unit without a title would have the same header."""
    with pytest.raises(ChartError, match="columns a and b: found the header 'euros' twice"):
        table_headers.headers(pd.DataFrame({"a": [q(1)], "b": [q(2)]}))
