import itertools
import re

import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from test_alt_text import said
from test_charts import inside, legends

from conftest import q
from helpers import charts, claims, counts, tables
from helpers.annex.pages import render
from helpers.charts.figure_fit import light
from helpers.charts.key import Item, draw_key, readable_on
from helpers.charts.style import FILLS, Layout, canvas
from helpers.errors import ChartError
from helpers.language import Text

ROWS = {"x": Text("handel", "trade"), "y": Text("bezoeken", "visits")}
PARTS = {
    "a": Text("klopt", "reproduced"), "b": Text("tegengesproken", "contradicted"),
    "c": Text("open", "undecided"),
}  # fmt: skip
UNIT = Text("uitspraken", "statements")
BOTH = pytest.mark.parametrize("narrow", [False, True])


def frame(**rows) -> pd.DataFrame:
    """Quantities by row, of the segments a, b and so on."""
    parts = list("abcdefgh")[: max(map(len, rows.values()))]
    return pd.DataFrame.from_dict(rows, "index", columns=parts).map(q)


def stacked(of: pd.DataFrame, **options):
    names, parts = ({k: t[k] for k in keys} for t, keys in ((ROWS, of.index), (PARTS, of)))
    return charts.stacked(of, names=names, series_names=parts, unit=UNIT, **options)


def shares(*ranges) -> pd.DataFrame:
    """A row of quantities with ranges, in per cent."""
    return pd.DataFrame([[q(*each, unit="percent") for each in ranges]], ["x"], list("ab"))


def segments(figure) -> list[list[float]]:
    """The start and length of each segment, by bar from the top."""
    bars = sorted(figure.axes[0].patches, key=lambda bar: (bar.get_y(), bar.get_x()))
    by_bar = itertools.groupby(bars, key=lambda bar: bar.get_y())
    return [[(round(b.get_x(), 6), round(b.get_width(), 6)) for b in own] for _, own in by_bar]


def words(figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


@BOTH
def test_segments_follow_each_other(narrow):
    """Each begins where the one before it ends, in the order of names; one of 0 is not drawn."""
    figure = stacked(frame(x=[30, 0, 20], y=[10, 15, 5])).figure("en", narrow)
    assert segments(figure) == [[(0, 30), (30, 20)], [(0, 10), (10, 15), (25, 5)]]


@BOTH
def test_every_value_and_total_is_written(narrow):
    """In or above its segment, with the total at the end of its bar."""
    figure = stacked(frame(x=[30, 0, 20], y=[1, 15, 5])).figure("en", narrow)
    assert sorted(words(figure)) == sorted(["30", "20", "50", "1", "15", "5", "21"] + [
        name.en for name in ROWS.values() if narrow
    ])  # fmt: skip
    ends = {text.get_text(): text.xy for text in figure.axes[0].texts if hasattr(text, "xy")}
    assert (ends["50"][0], ends["21"][0]) == (50, 21)
    assert figure.axes[0].get_xlabel() == "statements; total at the end"


@BOTH
@pytest.mark.parametrize("values", [[100, 1, 1], [1, 1, 100], [1, 1, 1], [3, 2, 1]])
def test_values_do_not_touch(values, narrow):
    """A value wider than its segment stands above it, apart from others and within the picture."""
    figure = stacked(frame(x=values, y=[100, 100, 0]), marks={"b": "✕"}).figure("nl", narrow)
    assert inside(figure)
    axes = figure.axes[0]
    boxes = [text.get_window_extent() for text in axes.texts]
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    bars = [patch.get_window_extent() for patch in axes.patches]
    within = [
        any(bar.x0 <= box.x0 and box.x1 <= bar.x1 for bar in bars if bar.overlaps(box))
        for box in boxes
    ]
    beside = [not any(bar.overlaps(box) for bar in bars) for box in boxes]
    assert all(a or b for a, b in zip(within, beside, strict=True))


def test_too_many_values_for_a_bar_are_told():
    """Where small segments have no room for their values the chart says so."""
    small = pd.DataFrame({f"p{n}": [q(1_000_000_001)] for n in range(6)}, ["x"])
    small["p5"] = q(100_000_000_000)
    names = {part: Text(part, part) for part in small}
    chart = charts.stacked(small, names={"x": ROWS["x"]}, series_names=names, unit=UNIT)
    with pytest.raises(ChartError, match=r"5 segments too small .* Join some"):
        chart.svg("nl", narrow=True)


def test_shares_have_no_total():
    """They have an axis in per cent of the whole instead."""
    figure = stacked(shares((60,), (40,)), pattern="0").figure("nl")
    assert words(figure) == ["60", "40"]
    assert segments(figure) == [[(0, 60), (60, 40)]]
    assert figure.axes[0].get_xlim() == (0, 100)
    assert figure.axes[0].get_xlabel() == "uitspraken"


def lines(figure) -> list[list[float]]:
    return [list(line.get_xdata()) for line in figure.axes[0].lines]


def test_a_range_is_drawn_at_the_edge():
    """From the lowest to the highest place where a segment may end; the end of a whole is certain,
    that of amounts is as wide as their sum, and a number without a range has no line."""
    of = shares((60, 58, 63), (40, 37, 42))
    assert lines(stacked(of, ranges=True).figure("nl")) == [[58, 63]]
    amounts = of.map(lambda value: q(value.value, value.bounds.low, value.bounds.high))
    assert lines(stacked(amounts, ranges=True).figure("nl")) == [[58, 63], [95, 105]]
    assert lines(stacked(frame(x=[60, 40]), ranges=True).figure("nl")) == []


def key(figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(lambda each: each in figure.artists)
            if hasattr(text, "get_text") and text.get_text()]  # fmt: skip


@BOTH
def test_the_key_stands_above(narrow):
    """The segments in their order with their signs, those of which there are none, and what a line
    below an edge is: within the picture and above the bars."""
    chart = stacked(frame(x=[60, 0, 40]), marks={"a": "●", "b": "✕"})
    figure = chart.figure("en", narrow)
    assert key(figure) == ["●", "reproduced", "✕", "contradicted (none)", "undecided"]
    assert legends(figure) == []
    figure.canvas.svg()
    width, _ = figure.bbox.size
    top = figure.axes[0].get_window_extent().y1
    for artist in figure.artists:
        box = artist.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= width
        assert box.y0 >= top
    ranged = stacked(shares((60, 58, 63), (40, 37, 42)), ranges=True)
    assert key(ranged.figure("en", narrow))[-1] == "range of the edge"


def test_a_long_key_has_several_lines():
    """Each item is on one line, and the next line is below it."""
    figure, _ = canvas(Layout(narrow=True), 2)
    one = draw_key(figure, [Item(Text("kort", "short"), "#000000")])
    figure, _ = canvas(Layout(narrow=True), 2)
    long = Text("een naam die bijna een regel lang is", "a name of almost one line")
    assert draw_key(figure, [Item(long, "#000000")] * 3) > one * 2


def test_a_sign_stands_before_its_value():
    """So that colour is not the only cue; a segment without a sign has its number only."""
    figure = stacked(frame(x=[30, 20]), marks={"a": "●"}).figure("en")
    assert set(words(figure)) == {"50", "● 30", "20"}


def dark(colour: str) -> tuple[float, ...]:
    """A colour as a dark page shows it: inverted, its hue turned by half, as CSS defines them."""
    red, green, blue = (1 - part for part in to_rgb(colour))
    grey = 2 * (0.213 * red + 0.715 * green + 0.072 * blue)
    return tuple(min(max(grey - part, 0), 1) for part in (red, green, blue))


def contrast(one, other) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*FILLS, *claims.COLOURS.values()])
def test_a_value_can_be_read_in_its_segment(colour):
    """At a contrast of 4.5 to 1, on a light and on a dark page."""
    for seen in (to_rgb, dark):
        assert contrast(seen(readable_on(colour)), seen(colour)) >= 4.5


def test_neighbours_differ_without_their_hue():
    """Printed in grey, each segment is at 3 to 1 to the next one."""
    for one, other in itertools.pairwise(FILLS):
        for seen in (to_rgb, dark):
            assert contrast(seen(one), seen(other)) >= 3


def test_verdicts_have_the_colours_of_their_signs():
    """A verdict looks the same in a chart and in a table."""
    css = (render.TEMPLATES / "annex" / "style.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#\w+);", css.partition("@media")[0]))
    for verdict in ("reproduced", "contradicted"):
        name = re.search(rf"\.mark\.{verdict} {{ color: var\(--(\w+)\)", css)[1]
        assert named[name] == claims.COLOURS[verdict].lower()
    assert claims.COLOURS.keys() == claims.MARKS.keys() == claims.VERDICTS.keys()


def test_one_bar_has_no_name():
    """A series is one bar; the table behind it has a row per segment, and the total."""
    whole = pd.Series({"a": q(30), "b": q(0), "c": q(20)})
    chart = charts.stacked(whole, series_names=PARTS, unit=UNIT, ranges=True)
    assert segments(chart.figure("nl")) == [[(0, 30), (30, 20)]]
    assert inside(chart.figure("nl", narrow=True))
    columns = chart.columns
    assert [column.label.en for column in columns.values()] == ["part", "statements", "range"]
    assert [columns["part"].names[key].en for key in chart.data.part] == [
        "reproduced", "contradicted", "undecided", "total",
    ]  # fmt: skip
    assert chart.data.value.map(float).tolist() == [30, 0, 20, 50]
    assert said(chart)["en"] == (
        "Bar in parts, statements. Reproduced: 30. Contradicted: 0. Undecided: 20."
    )


def test_a_column_of_a_table_can_be_one_bar():
    """A series of quantities as tables hold them."""
    values = tables.load("foreign_investment").value_eur_m.iloc[:2].set_axis(["a", "b"])
    two = {part: PARTS[part] for part in "ab"}
    assert len(segments(charts.stacked(values, series_names=two).figure("nl"))[0]) == 2


def test_bars_as_a_table():
    """A row per bar, a column per segment, its range beside it, and the total of amounts."""
    chart = stacked(frame(x=[30, 20], y=[1, 2]), ranges=True)
    assert [column.label.nl for column in chart.columns.values()] == [
        "naam", "klopt", "klopt: bandbreedte", "tegengesproken", "tegengesproken: bandbreedte",
        "totaal",
    ]  # fmt: skip
    assert list(chart.data) == list(chart.columns)
    assert chart.data.iloc[:, -1].map(float).tolist() == [50, 3]
    assert "totaal" not in {c.label.nl for c in stacked(shares((60,), (40,))).columns.values()}


def test_the_total_of_counts_is_a_count():
    """The entry of a total says which rows it has counted, as that of any count."""
    visits = tables.load("missions")
    chart = charts.stacked(counts.count_by(visits, "year", "direction"))
    total = chart.data.iloc[0, -1]
    assert total.id == counts.count(visits[visits.year == chart.data.iloc[0, 0]]).id


def test_stacked_bars_are_told():
    """What is drawn, with the names of row and segment, and with ranges where they are shown."""
    told = said(stacked(shares((60, 58, 63), (40, 37, 42)), ranges=True, pattern="0"))["nl"]
    assert told == (
        "Gestapelde staven, uitspraken. Handel, klopt: 60 (58–63). "
        "Handel, tegengesproken: 40 (37–42)."
    )


@pytest.mark.parametrize(
    ("values", "options", "told"),
    [
        ([30, None], {}, r"column b: found missing in row 'x'; .*leave its row out"),
        ([30, -2], {}, r"column b: found -2 in row 'x'; expected a known number from 0"),
        ([1, 2], {"marks": {"z": "●"}}, r"marks for 'z'"),
        ([1, 2], {"colours": {"a": "#000000"}}, r"colours: found none for 'b'"),
        ([1] * 7, {}, r"colours: found none for 'g'; expected a colour for each segment"),
    ],
)
def test_what_can_not_be_stacked_is_told(values, options, told):
    """A length that is unknown or below 0, a sign or colour without its segment."""
    of = frame(x=values)
    parts = {part: Text(part, part) for part in of}
    with pytest.raises(ChartError, match=told):
        charts.stacked(of, names={"x": ROWS["x"]}, series_names=parts, unit=UNIT, **options)


@pytest.mark.parametrize("value", [q(3, 2, None), q(3, None, 4), 3.0])
def test_a_range_needs_both_bounds(value):
    """A line without an end would be drawn as one that has it."""
    of = frame(x=[1, 2]).assign(b=value)
    with pytest.raises(ChartError, match=r"column b: .*expected a quantity with both bounds"):
        stacked(of, ranges=True)


@pytest.mark.parametrize("value", ["x", float("inf"), None])
def test_all_that_is_wrong_is_told_at_once(value):
    """Each cell, and units that differ."""
    of = frame(x=[1, 2], y=[3, 4])
    of.loc["x", "a"], of.loc["y", "b"] = value, q(3, unit="jobs")
    with pytest.raises(ChartError) as told:
        charts.stacked(of, names=ROWS, series_names={part: PARTS[part] for part in "ab"})
    assert "column a" in str(told.value)
    assert "the units EUR, jobs" in str(told.value)


def test_bars_without_rows_are_told():
    """As any chart does."""
    with pytest.raises(ChartError, match=r"charts\.stacked, frame: found no rows"):
        charts.stacked(pd.DataFrame({"a": []}))
