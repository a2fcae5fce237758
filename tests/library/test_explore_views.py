"""Views with controls: what a choice shows, driven by setting the value of a control."""

import base64
import json
import os
import re
from fractions import Fraction

import pandas as pd
import pytest

from conftest import q, titled
from helpers import explore, tables
from helpers.errors import ChartError, NotebookError
from helpers.explore.controls import Pick
from helpers.explore.view import Shown, View, _plain
from helpers.language import Text, use


def column(name, kind="string", **more):
    """A column of a descriptor; `values` become its categories, as `label` and `label_nl`."""
    if values := more.pop("values", {}):
        more["constraints"] = {"enum": list(values)}
        more["categories"] = [
            {"value": value, "label": en, "label_nl": nl} for value, (nl, en) in values.items()
        ]
    return {"name": name, "type": kind, **more}


FLOWS = {"in": ("invoer", "imports"), "out": ("uitvoer", "exports"), "re": ("door", "transit")}
TABLES = titled({"resources": [
    {
        "name": "flows", "path": "flows.csv",
        "schema": {
            "primaryKey": ["year", "flow", "way"],
            "fields": [
                column("year", "integer"),
                column("flow", values=FLOWS, overlap={"re": "out"}),
                column("way", values={"a": ("manier a", "way a"), "b": ("manier b", "way b")},
                       overlap="any"),
                column("value", "number", unit="EUR_m", last_digit=1),
                column("broken", "boolean"),
                column("source"),
            ],
            "foreignKeys": [{"fields": ["source"], "reference": {
                "resource": "statistics_sources", "fields": ["id"]}}],
        },
    },
    {
        "name": "trips", "path": "trips.csv",
        "row": {"label": "trips", "label_nl": "reizen"},
        "schema": {
            "primaryKey": ["id"],
            "fields": [
                column("id"), column("year", "integer"),
                column("side", values={"out": ("heen", "there"), "in": ("terug", "back")}),
                column("listed", "boolean", overlap="any"),
                column("again", overlap="repeats"),
                column("note_nl"), column("note_en"),
            ],
            "foreignKeys": [{"fields": ["again"], "reference": {
                "resource": "trips", "fields": ["id"]}}],
        },
    },
]})["resources"]  # fmt: skip
FLOW_ROWS = """year,flow,way,value,broken,source
2001,in,a,10,false,cbs-83028ned
2001,out,a,20,false,cbs-83028ned
2001,re,a,5,false,cbs-83028ned
2002,in,a,12,true,cbs-83028ned
2002,out,a,22,true,cbs-83028ned
2004,out,a,24,false,cbs-83028ned
2004,out,b,30,false,cbs-83028ned
"""
TRIP_ROWS = """id,year,side,listed,again,note_nl,note_en
t-1,2001,out,true,,eerste,first
t-2,2002,out,true,,,
t-3,2002,in,true,,derde,third
t-4,,in,true,,zonder jaar,without a year
t-5,2002,out,true,t-2,nog eens,once more
t-6,2003,out,false,,elders,elsewhere
"""


@pytest.fixture(autouse=True)
def project(example_copy, monkeypatch):
    """The example with two more tables, outside a build."""
    path = example_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] += TABLES
    path.write_text(json.dumps(package), encoding="utf-8")
    (example_copy / "flows.csv").write_text(FLOW_ROWS, encoding="utf-8")
    (example_copy / "trips.csv").write_text(TRIP_ROWS, encoding="utf-8")
    monkeypatch.chdir(example_copy.parent)
    monkeypatch.delenv("ANNEX_KERNEL", raising=False)


def said(view) -> str:
    """The words that a view shows, without its picture and its table."""
    return _plain(view.content.value)


def picture(view) -> str:
    """The SVG that a view shows; empty without one."""
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', view.content.value)
    return base64.b64decode(found[1]).decode() if found else ""


def cells(view) -> list[list[str]]:
    """The table that a view shows, without its header."""
    rows = re.findall(r"<tr>(.*?)</tr>", view.content.value, re.S)[1:]
    return [[_plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def lines(**more):
    return explore.lines(
        tables.load("flows"), value="value", series="flow", by=["way"], breaks="broken", **more
    )


def trips(frame=None, **more):
    options = {"by": ["side"], "count": ("side", "year"), "columns": ["id", "year", "note"]}
    frame = tables.load("trips") if frame is None else frame
    return explore.rows(frame, **options | more)


# Lines


def test_a_choice_of_lines_is_drawn():
    """Values, labels and the table are those of the chosen lines."""
    view = lines(start={"flow": ["in"]})
    assert said(view) == (
        "2 of 7 values. The method changed in 2002: the lines are interrupted there."
    )
    assert cells(view) == [["2001", "10"], ["2002", "12"]]
    assert ">imports<" in picture(view) and ">exports<" not in picture(view)
    view.controls["flow"].value = ("out",)
    assert cells(view) == [["2001", "20"], ["2002", "22"], ["2004", "24"]]
    assert ">exports<" in picture(view) and ">imports<" not in picture(view)


def test_other_rows_are_never_added():
    """One way is chosen: that of the other is neither in its line nor beside it."""
    view = lines(start={"way": "b"})
    assert cells(view) == [["2004", "30"]]
    assert "No values: imports and transit." in said(view)


def test_lines_that_overlap_are_told():
    """Where one line counts in another, it is said that they can't be added up."""
    view = lines(start={"flow": ["out", "re"]})
    told = "Count partly the same, so not to be added up: transit and exports."
    assert told in said(view)
    view.controls["flow"].value = ("in", "out")
    assert "added up" not in said(view)
    ways = explore.lines(tables.load("flows"), value="value", series="way", by=["flow"],
                         start={"flow": "out"})  # fmt: skip
    assert "not to be added up: way a and way b." in said(ways)


def test_a_line_stops_at_a_break_and_at_a_year_without_a_value():
    """Of four years with a break in the second and nothing in the third, no two are joined."""
    view = lines(start={"flow": ["out"]})
    figure = view._draw(way="a", flow=("out",)).chart.figure()
    marked = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [list(line.get_xdata()) for line in marked] == [[2001], [2002], [2004]]


PRICES = pd.Series([q(50, unit="index"), q(100, unit="index")], [2001, 2002], dtype="quantity")


def test_constant_prices_are_those_of_the_base_year():
    """At half the price level 20 is 40 in prices of 2002; a year without an index is told."""
    view = lines(prices=PRICES, start={"flow": ["out"]})
    assert view.controls["_base"].disabled
    view.controls["_prices"].value = "constant"
    assert not view.controls["_base"].disabled
    assert cells(view) == [["2001", "40"], ["2002", "22"]]
    assert "In prices of 2002. Left out, without a price index: 2003 and 2004." in said(view)
    view.controls["_base"].value = 2001
    assert cells(view) == [["2001", "20"], ["2002", "11"]]


def test_an_empty_choice_is_said_in_words():
    """Without a line, and where the chosen one has no values, there is no picture."""
    view = lines()
    for chosen in ((), ("re",)):
        view.controls["way"].value = "b"
        view.controls["flow"].value = chosen
        assert "There is nothing to draw: choose something else." in said(view)
        assert picture(view) == ""
    assert "No values: transit." in said(view)


def test_rows_that_no_control_tells_apart_are_refused():
    """Two rows for one line and year would have to be added."""
    with pytest.raises(ChartError, match=r"1 more rows of one mark.*by=\[...\]"):
        explore.lines(tables.load("flows"), value="value", series="flow")


@pytest.mark.parametrize(("more", "found"), [
    ({"start": {"flow": ["up"]}}, "found 'up'; expected some of 'in', 'out', 're'"),
    ({"start": {"year": 2001}}, "found year; expected columns that are chosen from: way, flow"),
    ({"prices": PRICES.rename({2001: 1901, 2002: 1902})}, "found other years"),
])  # fmt: skip
def test_an_option_that_does_not_fit_is_refused(more, found):
    """It would have no effect."""
    with pytest.raises(ChartError, match=re.escape(found)):
        lines(**more)


# Rows


def test_a_choice_of_rows_is_counted_and_listed():
    """The counts of each pair, and the rows with their notes."""
    view = trips(start={"side": "in"})
    assert said(view) == "2 of 6 trips. year unknown for 1: not in the picture."
    assert cells(view) == [["t-3", "2002", "third"], ["t-4", "", "without a year"]]
    assert "back, 02" not in picture(view) and ">back<" in picture(view)
    view.controls["side"].value = "out"
    assert [row[0] for row in cells(view)] == ["t-1", "t-2", "t-6"]


def test_a_period_leaves_out_what_has_no_year():
    """Within the whole period rows without a year are kept; within a part they are told."""
    frame = tables.load("trips")
    view = trips(frame[frame.listed], period="year")
    assert [row[0] for row in cells(view)] == ["t-1", "t-2", "t-3", "t-4"]
    view.controls["_from"].value = 2002
    assert [row[0] for row in cells(view)] == ["t-2", "t-3"]
    told = "Left out, as without a year they can't be placed in a period: 1."
    assert told in said(view)
    view.controls["_to"].value = 2001
    assert said(view).startswith("0 of 5 trips.") and "No row fits this choice." in said(view)
    assert picture(view) == "" and cells(view) == []


def test_a_repetition_counts_if_the_reader_says_so():
    """It is left out, and told; counted, the warning of the library is shown."""
    frame = tables.load("trips")
    view = trips(frame[frame.listed])
    assert "t-5" not in [row[0] for row in cells(view)]
    assert "Repetitions, which do not count: 1." in said(view)
    view.controls["_again"].value = True
    assert "t-5" in [row[0] for row in cells(view)]
    told = "Mind: trips: rows that overlap are counted together: rows that repeat each other"
    assert told in said(view)


def test_other_rows_that_overlap_are_warned_of():
    """A count across two lists has the warning that a build would stop at; of one list not."""
    view = trips(by=["listed", "side"], start={"listed": True})
    assert "Mind" not in said(view)
    view.controls["listed"].value = Pick.ALL
    assert "Mind: trips: rows that overlap are counted together: rows with and without listed" in (
        said(view)
    )
    with use("nl"):
        names = [name for name, _ in trips(by=["listed"]).controls["listed"].options]
    assert names == ["alle", "ja", "nee"]


def test_a_missing_value_can_be_chosen():
    """Rows that do not state something are a choice of their own."""
    view = trips(by=["year"])
    assert [name for name, _ in view.controls["year"].options] == [
        "all", "2001", "2002", "2003", "not stated",
    ]  # fmt: skip
    view.controls["year"].value = Pick.MISSING
    assert [row[0] for row in cells(view)] == ["t-4"]
    assert picture(view) == ""


def test_a_long_table_is_cut_and_says_so(monkeypatch):
    """The picture counts all rows."""
    monkeypatch.setattr("helpers.explore.row_view.MOST", 2)
    view = trips()
    assert len(cells(view)) == 2
    assert "5 of 6 trips." in said(view) and "The table shows the first 2." in said(view)


# Verdicts: 'over 12 million' may stand for 12 to 12.5, and the series has 12.3 (12.25 to 12.35).


def flipped(view) -> list[tuple[str, str, str]]:
    return [(row[0], row[3][2:], row[4][2:]) for row in cells(view)]


@pytest.mark.parametrize(("width", "verdict"), [
    ("0", "contradicted"),  # 12 exactly
    ("1/2", "consistent"),  # 12 to 12.25
    ("1", None), ("2", None),  # 12 to 13
])  # fmt: skip
def test_a_width_flips_the_verdicts_that_it_should(width, verdict):
    """What is listed is the claim whose verdict differs from the published one."""
    view = explore.verdicts()
    view.controls["width"].value = Fraction(width)
    assert flipped(view) == ([("claim-01", "reproduced", verdict)] if verdict else [])
    many = 1 if verdict else 0
    against = f"its own figures 0; figures from outside {many}"
    told = f"The verdict changes on {many} of 2 claims ({against})."
    assert said(view) == f"{told} Undecided, and without figures from outside: 1."


def test_a_width_can_be_that_of_one_word():
    """The width of another word flips nothing."""
    view = explore.verdicts()
    view.controls["width"].value = Fraction(0)
    view.controls["word"].value = "circa"
    assert flipped(view) == []
    view.controls["word"].value = "ruim"
    assert flipped(view) == [("claim-01", "reproduced", "contradicted")]


def test_a_width_changes_nothing_outside_the_view():
    """Numbers that other cells load keep their published ranges."""
    view = explore.verdicts()
    view.controls["width"].value = Fraction(10)
    assert tables.reported_numbers()["trade-01"].bounds.high == 12_500_000


# Readings


def read(sign):
    """`circa 11 million` read as one of the words of the table: 9 to 13, or 11 to 11.5."""
    rules = tables.load("hedges", plain=True).set_index("hedge")
    rules.loc["circa"] = rules.loc[sign]
    reported = tables.reported_numbers(hedges=rules)
    values = reported[["trade-01", "trade-05", "trade-04", "investment-03"]]
    return pd.DataFrame({"value": values.tolist()}, index=pd.Index(["a", "b", "c", "d"], name="at"))


SIGNS = explore.Choice(
    Text("teken", "sign"), {"circa": Text("omtrent", "about"), "ruim": Text("ruim", "over")}
)


def test_a_reading_changes_ranges_and_places():
    """Read as `about`, b may be 13 and pass a (12 to 12.5); read as `over`, it can't. The unknown
    one is told, and may be above both."""
    view = explore.readings(read, {"sign": SIGNS}, highlight="a")
    title = "value, euros"
    assert said(view) == f"a: place 1–3 of 4 ({title}, the highest first). Unknown ({title}): d."
    assert cells(view)[1][2] == "9,000,000–13,000,000"
    view.controls["sign"].value = "ruim"
    assert "a: place 1–2 of 4" in said(view)
    assert cells(view)[1][2] == "11,000,000–11,500,000"
    view.controls["_row"].value = "b"
    assert "b: place 2–3 of 4" in said(view)


def test_a_row_that_does_not_exist_is_refused():
    """It would never be told."""
    with pytest.raises(ChartError, match="found 'e'; expected one of a, b, c, d"):
        explore.readings(read, {"sign": SIGNS}, highlight="e")


# What all views share


def view_of(draw):
    options = {"x": Text("iks", "x"), "y": Text("ygrek", "y")}
    return View(draw, {"letter": explore.Choice(Text("letter", "letter"), options)})


def test_an_error_is_shown_where_the_picture_was():
    """With its problem, or its traceback, until the next choice; the first one is raised."""

    def draw(letter):
        if letter == "y":
            raise ZeroDivisionError("no <ys>")
        return Shown(["fine"])

    view = view_of(draw)
    view.controls["letter"].value = "y"
    assert "This could not be drawn. ZeroDivisionError('no <ys>')" in said(view)
    assert "line " in said(view) and "<ys>" not in view.content.value
    view.controls["letter"].value = "x"
    assert said(view) == "fine"
    with pytest.raises(ZeroDivisionError):
        view_of(lambda letter: draw("y"))


def test_what_is_printed_is_shown():
    """Nothing else would show it, as no cell runs."""
    view = view_of(lambda letter: print("hello") or Shown(["fine"]))
    assert said(view) == "fine\nPrinted: hello"


def test_a_view_keeps_its_language():
    """A view that was made in Dutch answers in Dutch, whatever cells say later."""
    with use("nl"):
        view = lines(start={"flow": ["in"]})
    assert [view.controls[name].description for name in ("way", "flow")] == ["way", "flow"]
    assert [name for name, _ in view.controls["flow"].options] == ["invoer", "uitvoer", "door"]
    view.controls["flow"].value = ("out",)
    assert said(view).startswith("3 van 7 waarden.")
    assert 'lang="nl"' in view.content.value and ">uitvoer<" in picture(view)


def test_a_picture_has_an_alternative_text():
    """That of the chart, in the language of the view."""
    view = lines(start={"flow": ["in"]})
    alt = re.search(r'<img alt="([^"]+)"', view.content.value)[1]
    assert "10" in alt and "12" in alt


def test_without_a_front_end_its_words_and_picture_are_there(monkeypatch):
    """What it shows is also an output of its own, with what was chosen, and as plain text."""
    outputs = []
    monkeypatch.setattr("helpers.explore.view.publish_display_data", outputs.append)
    lines(start={"flow": ["in"]})._ipython_display_()
    widget, copy = outputs
    assert "application/vnd.jupyter.widget-view+json" in widget
    assert widget["text/plain"].startswith("way: way a; flow: imports\n2 of 7 values.")
    assert "way: way a; flow: imports" in copy["text/html"]
    assert "data:image/svg+xml" in copy["text/html"]


def test_a_build_refuses_a_view(monkeypatch):
    """It names the tag that keeps a cell out of a build."""
    monkeypatch.setitem(os.environ, "ANNEX_KERNEL", "1")
    with pytest.raises(NotebookError, match="Give the cell the tag explore"):
        lines()
