import gc
import itertools
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from conftest import q
from helpers import charts
from helpers.charts.label_placement import spread
from helpers.charts.style import TEXT_COLOURS, Layout, wrap
from helpers.charts.svg_canvas import Canvas, drawing, no_garbage_collection
from helpers.errors import ChartError
from helpers.language import Text

YEARS = pd.DataFrame(
    {"year": [2000, 2001, 2002] * 2, "value": [1.0, 2, 3, 2, 3, 4], "series": ["a"] * 3 + ["b"] * 3}
)
NAMES = {"a": Text("invoer", "imports"), "b": Text("uitvoer", "exports")}
SVG = "http://www.w3.org/2000/svg"
UNIT = Text("miljard euro", "billion euros")


def texts(figure) -> list[str]:
    """All words drawn in a figure."""
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    found += [axes.get_xlabel() for axes in figure.axes] + [
        a.get_title("left") for a in figure.axes
    ]
    found += [tick.get_text() for axes in figure.axes for tick in axes.get_yticklabels()]
    return found


def legends(figure) -> list:
    """All boxes in a figure that explain marks away from the marks."""
    return [*figure.legends, *filter(None, (axes.get_legend() for axes in figure.axes))]


def inside(figure) -> bool:
    """Whether every word drawn lies within the picture."""
    figure.canvas.draw()
    width, height = figure.bbox.size
    every = figure.axes
    shown = [t for axes in every for t in (*axes.texts, axes.xaxis.label) if t.get_text()]
    return all(
        b.x0 >= -1 and b.y0 >= -1 and b.x1 <= width + 1 and b.y1 <= height + 1
        for b in (text.get_window_extent() for text in shown)
    )


def simple_lines(**options):
    return charts.lines(YEARS, y="value", names=NAMES, unit=UNIT, **options)


def test_lines_are_named_in_the_language():
    """Each line is named at its end, in the language asked for."""
    chart = simple_lines()
    dutch, english = chart.figure("nl"), chart.figure("en")
    assert {"invoer", "uitvoer", "miljard euro"} <= set(texts(dutch))
    assert {"imports", "exports", "billion euros"} <= set(texts(english))


def test_lines_start_at_zero():
    """The axis starts at 0, so that heights can be compared."""
    assert simple_lines().figure().axes[0].get_ylim()[0] == 0


def test_lines_below_zero_are_shown():
    """Falling below 0 is drawn, not cut off."""
    frame = YEARS.assign(value=[-5.0, 2, 3, 2, 3, 4])
    figure = charts.lines(frame, y="value", names=NAMES, unit=UNIT).figure()
    assert figure.axes[0].get_ylim()[0] < -5


def test_breaks_cut_the_line():
    """A line does not run over a change of method."""
    figure = simple_lines(breaks=[2002]).figure("en")
    pieces = [list(line.get_xdata()) for line in figure.axes[0].lines]
    assert [2000, 2001] in pieces
    assert [2000, 2001, 2002] not in pieces
    assert "change of method" in texts(figure)


def test_a_break_is_named_above_the_axes():
    """No line runs through the name of a break; of two rules that look alike one is named."""
    figure = simple_lines(breaks=[2001, 2002]).figure("en")
    figure.draw_without_rendering()
    (name,) = (t for t in figure.axes[0].texts if t.get_text() == "change of method")
    assert name.get_window_extent().y0 > figure.axes[0].bbox.y1


def test_the_axis_names_a_height_above_the_highest_value():
    """The highest value lies between two ticks, so that it can be read."""
    frame = YEARS.assign(value=[1.0, 2, 53, 2, 3, 4])
    axes = charts.lines(frame, y="value", names=NAMES, unit=UNIT).figure().axes[0]
    assert list(axes.get_yticks()) == [0, 20, 40, 60]
    assert axes.get_ylim()[1] > 60


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([95, 300, 930], ["100", "200", "500", "1,000"]),
        ([95, 120, 140], ["100", "120", "140"]),
        ([2, 30, 40000], ["10", "100", "1,000", "10,000"]),
    ],
)
def test_a_logarithmic_axis_has_round_numbers(values, ticks):
    """They are written in full, at least three; equal factors are equal heights; it is said."""
    frame = pd.DataFrame({"year": [2000, 2001, 2002], "value": values}).assign(series="a")
    figure = charts.lines(frame, y="value", names=ONE, unit=UNIT, log=True).figure("en")
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ticks
    one, two, four = axes.transData.transform([[2000, 100], [2000, 200], [2000, 400]])[:, 1]
    assert two - one == pytest.approx(four - two)
    assert "billion euros, logarithmic scale" in texts(figure)


def test_a_logarithmic_axis_refuses_what_it_cannot_show():
    """A value of 0 or less has no place on it, neither of a line nor stated elsewhere."""
    frame = pd.DataFrame({"year": [2000, 2001], "value": [1.0, 0], "series": "a"})
    points = frame.assign(value=[q(5), q(-2)])
    with pytest.raises(ChartError) as told:
        charts.lines(frame, y="value", names=ONE, unit=UNIT, points=points, log=True)
    assert [f"{p.place}: {p.found}" for p in told.value.problems] == [
        "charts.lines, frame, column value: 0 in row 1",
        "charts.lines, points, column value: -2 in row 1",
    ]


def test_diamonds_have_a_key():
    """What the diamonds are is said above the panel, in the language; without any there is none."""
    points = pd.DataFrame({"year": [2003], "value": [q(7)], "series": ["a"]})
    figure = simple_lines(points=points, stated=Text("opgegeven", "stated")).figure("en")
    (key,) = legends(figure)
    figure.draw_without_rendering()
    assert [t.get_text() for t in key.get_texts()] == ["stated"]
    assert key.get_window_extent().y0 > figure.axes[0].bbox.y1
    assert legends(simple_lines().figure("en")) == []


@pytest.mark.parametrize("narrow", [False, True])
def test_a_stated_value_of_the_first_year_stands_left_of_its_mark(narrow):
    """The years begin early enough for its words, which no line and no axis crosses."""
    points = pd.DataFrame({"year": [1999], "value": [q(2)], "series": ["a"]})
    figure = simple_lines(points=points).figure("en", narrow)
    figure.draw_without_rendering()
    (words,) = (t for t in figure.axes[0].texts if t.get_text() == "ruim 2")
    box, mark = words.get_window_extent(), figure.axes[0].transData.transform((1999, 2))
    assert figure.axes[0].bbox.x0 < box.x0 < box.x1 < mark[0]
    assert box.y0 < mark[1] < box.y1


@pytest.mark.parametrize("narrow", [False, True])
def test_panels_stand_below_each_other(narrow):
    """Panels of lines stand below each other, so that years are compared by eye."""
    frame = YEARS.assign(panel=["x"] * 3 + ["y"] * 3)
    chart = charts.lines(
        frame, y="value", names=NAMES, unit=UNIT, panel="panel",
        panels={"x": Text("een", "one"), "y": Text("twee", "two")},
    )  # fmt: skip
    above, below = chart.figure(narrow=narrow).axes
    assert above.get_gridspec().get_geometry() == (2, 1)
    assert above.get_xlim() == below.get_xlim()


def test_bars_say_unknown():
    """A missing value is the word for unknown, not a bar of 0."""
    frame = pd.DataFrame({"what": ["a", "b"], "value": [3.0, float("nan")]})
    chart = charts.bars(frame, value="value", row="what", names=NAMES, unit=UNIT)
    assert "onbekend" in texts(chart.figure("nl"))
    assert "3" in texts(chart.figure("nl"))


def parts():
    """Two rows of two parts; the part p of b is 0, its part q is not known."""
    frame = pd.DataFrame(
        {"what": list("abab"), "part": list("ppqq"), "value": [3.0, 0, 1, float("nan")]}
    )
    return charts.bars(
        frame, value="value", row="what", names=NAMES, unit=UNIT,
        series="part", series_names={"p": Text("een", "one"), "q": Text("twee", "two")},
    )  # fmt: skip


def test_parts_have_a_panel_each():
    """Each part is a panel of bars from 0 that is named above it, with every value written."""
    for narrow in (False, True):
        one, two = parts().figure("en", narrow).axes
        assert [one.get_title("left"), two.get_title("left")] == ["one", "two"]
        assert [t.get_text() for t in one.texts] == ["3", "0"]
        assert [t.get_text() for t in two.texts] == ["1", "unknown"]
        assert {bar.get_x() for axes in (one, two) for bar in axes.patches} == {0}


def test_parts_share_their_scale():
    """Bars of different parts can be compared by length."""
    one, two = parts().figure().axes
    assert one.get_xlim() == two.get_xlim()


def test_parts_stand_below_each_other_on_a_phone():
    """Panels of parts stand side by side on a desktop and below each other on a phone."""
    shapes = [parts().figure(narrow=n).axes[0].get_gridspec().get_geometry() for n in (False, True)]
    assert shapes == [(1, 2), (2, 1)]


def dots_of(*values):
    frame = pd.DataFrame({"p": list(values)}, pd.Index(list("abc"), name="who"))
    names = {key: Text(key, key) for key in "abc"}
    return charts.dots(frame, names=names, panels={"p": UNIT}, patterns={"p": "0"})


def reaches(axes) -> list[list[float]]:
    """From where to where each horizontal bar or line runs."""
    return [list(s[:, 0]) for group in axes.collections for s in group.get_segments()]


def at_marks(axes, marker: str) -> list[tuple[float, float]]:
    """Where the marks of a kind are."""
    own = [line for line in axes.lines if line.get_marker() == marker]
    return [point for line in own for point in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def test_ranges_show_what_they_hold():
    """A value is written, with a bar for its range; a missing one is unknown."""
    figure = dots_of(q(2, 1, 3), q(5), None).figure("en")
    assert {"2", "5", "unknown"} <= set(texts(figure))
    assert [1, 3] in reaches(figure.axes[0])
    assert at_marks(figure.axes[0], "o") == [(2, 0), (5, 1)]


@pytest.mark.parametrize("narrow", [False, True])
def test_an_open_range_has_an_arrow(narrow):
    """A range without an end runs to the edge of its side, with an arrow there and words."""
    axes = dots_of(q(2, None, 2), q(5, 5, None), q(4)).figure("en", narrow).axes[0]
    (left, first), (right, second) = *at_marks(axes, "<"), *at_marks(axes, ">")
    assert (first, second) == (0, 1)
    assert [left, 2] in reaches(axes) and [5, right] in reaches(axes)
    assert axes.get_xlim()[0] < left < 0 and 5.5 < right < axes.get_xlim()[1]
    assert {"2 or less", "5 or more", "4"} <= set(texts(axes.figure))
    assert inside(axes.figure)


def test_a_value_inside_an_open_range_is_no_end_of_it():
    """Of 3, read as 2 or more, it is not said that it is 3 or more: the arrow says what is open."""
    drawn = set(texts(dots_of(q(3, 2, None), q(5, None, 6), q(4)).figure("en")))
    assert {"3", "5", "4"} <= drawn
    assert not any("or more" in words or "or less" in words for words in drawn)


def test_words_beyond_the_edge_are_told():
    """A picture whose words are cut off is refused, with the words and where."""
    frame = pd.DataFrame({"x": [q(1)], "y": [q(2)]}, index=["a"])
    parts = {"x": Text("a" * 60, "a"), "y": NAMES["b"]}
    chart = charts.stacked(frame, names=ONE, series_names=parts, unit=UNIT)
    chart.svg("en", narrow=True)
    chart.check()
    chart.svg("nl", narrow=True)
    with pytest.raises(
        ChartError, match=r"the chart on a phone \(nl\): found 'a+' beyond its edge"
    ):
        chart.check()


def test_a_row_may_not_be_called_as_the_line_to_compare_with():
    """In the table below the chart one of the two would have the name of the other."""
    frame = pd.Series([q(1), q(2)], index=["reference", "b"])
    names = {"reference": NAMES["a"], "b": NAMES["b"]}
    with pytest.raises(ChartError, match="found a row 'reference'"):
        charts.dots(frame, names=names, unit=UNIT, reference=(UNIT, q(1)))


PAIR = {"s": Text("opgave", "stated"), "o": Text("bron", "source")}


def pair_of(one, two, names=NAMES, **options):
    frame = pd.DataFrame({"s": one, "o": two}, pd.Index(list(names)))
    return charts.dots(frame, names=names, series_names=PAIR, unit=UNIT, **options)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_pair_is_joined_and_named_above(narrow):
    """The dots of a row differ in marker, stand on one line that joins them, and a key above the
    panel names them; the lower value stands at the left of its dot, the higher at the right."""
    figure = pair_of([q(9), q(7)], [q(4), q(8)]).figure("en", narrow)
    axes, (key,) = figure.axes[0], figure.legends
    assert (at_marks(axes, "o"), at_marks(axes, "s")) == ([(9, 0), (7, 1)], [(4, 0), (8, 1)])
    assert [4, 9] in reaches(axes) and [7, 8] in reaches(axes)
    assert {t.get_text(): t.get_ha() for t in axes.texts} == {
        "4": "right", "9": "left", "7": "right", "8": "left"
    }  # fmt: skip
    assert [text.get_text() for text in key.get_texts()] == ["stated", "source"]
    assert inside(figure)
    assert key.get_window_extent().y0 >= axes.get_window_extent().y1


def test_half_of_a_pair_says_what_is_unknown():
    """Where one dot of a pair is not known, the words at the other say which."""
    figure = pair_of([q(9), None], [None, None]).figure("en")
    assert [t.get_text() for t in figure.axes[0].texts] == ["9 (source: unknown)", "unknown"]


@pytest.mark.parametrize("narrow", [False, True])
def test_what_rows_are_compared_with_is_named(narrow):
    """A reference is an upright line with its name and number above the panel, within reach of the
    axis, and the last row of the table."""
    chart = charts.dots(
        pd.Series([q(2), q(-3)], ["a", "b"]), names=NAMES, unit=UNIT, patterns="0.0",
        reference=(Text("inwoners", "inhabitants"), q("7.5")),
    )  # fmt: skip
    figure = chart.figure("en", narrow)
    axes = figure.axes[0]
    assert [7.5, 7.5] in [list(line.get_xdata()) for line in axes.lines]
    assert axes.get_xlim()[0] < -3 and axes.get_xlim()[1] > 7.5
    words = next(t for t in axes.texts if t.get_text() == "inhabitants: 7.5")
    assert words.get_window_extent().y0 >= axes.get_window_extent().y1
    assert inside(figure)
    assert chart.data["value"].map(float).tolist() == [2, -3, 7.5]
    assert chart.columns["row"].names[chart.data["row"].iloc[-1]].nl == "inwoners"


def test_the_highlighted_row_has_a_mark_of_its_own():
    """It differs in marker and weight, of a series as of a panel."""
    series = pd.Series([q(2), q(3)], ["a", "b"])
    one = charts.dots(series, names=NAMES, unit=UNIT, highlight="b")
    panel = charts.dots(series.to_frame("p"), names=NAMES, panels={"p": UNIT}, highlight="b")
    for axes in (chart.figure("en").axes[0] for chart in (one, panel)):
        assert (at_marks(axes, "o"), at_marks(axes, "s")) == ([(2, 0)], [(3, 1)])
        assert {t.get_text(): t.get_weight() for t in axes.texts} == {"2": "normal", "3": "bold"}


def test_a_bar_is_explained_where_there_is_one():
    """The key says what a bar is; without a range there is none."""
    ranged, exact = (dots_of(q(2, *ends), q(5), q(4)).figure("en") for ends in [(1, 3), ()])
    assert [text.get_text() for text in ranged.legends[0].get_texts()] == ["range"]
    assert exact.legends == []


def test_a_pair_in_another_unit():
    """The values of a pair and what they are compared with are converted together."""
    chart = pair_of([q(2e6)] * 2, [q(1e6)] * 2)
    frame = chart.data.set_index("row")[["s", "o"]]
    compared = (Text("x", "x"), q(3e6))
    shown = charts.dots(frame, names=NAMES, series_names=PAIR, unit="EUR_m", reference=compared)
    assert shown.data[["s", "o"]].map(float).to_numpy().tolist() == [[2, 1], [2, 1], [3, 3]]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"unit": UNIT}, "found unit= for panels"),
        ({"series_names": PAIR, "panels": PAIR}, "found panels= and series_names="),
        ({"reference": (UNIT, q(1))}, "found reference= for several panels"),
        ({"series_names": PAIR, "reference": (UNIT, q(None))}, "found a reference that is missing"),
        ({"series_names": PAIR, "reference": (UNIT, 2.0)}, "found a reference of 2.0"),
        (
            {"series_names": PAIR, "reference": (UNIT, q(1, unit="percent"))},
            "found a reference in percent; expected the unit of the values, EUR",
        ),
        ({"highlight": "z"}, "found highlight for 'z'"),
        ({"patterns": {"s": "0"}}, "found patterns for 'o'"),
        ({"series_names": ["o"]}, "labels|column 's'"),
    ],
)
def test_what_dots_can_not_obey_is_told(options, told):
    """An option that does not fit the others, or a number of another unit."""
    frame = pd.DataFrame({"s": [q(1), q(2)], "o": [q(1), q(2)]}, ["a", "b"])
    panels = {} if "series_names" in options else {"panels": PAIR}
    with pytest.raises(ChartError, match=told):
        charts.dots(frame, names=NAMES, **{**panels, **options})


def test_three_dots_in_a_row_are_told():
    """A row has one dot or two, so that each can be told from the other."""
    frame = pd.DataFrame({key: [q(1)] for key in "soz"}, ["a"])
    with pytest.raises(ChartError, match="found 3 dots in a row; expected one, or a pair"):
        charts.dots(frame, names=ONE, series_names={**PAIR, "z": UNIT}, unit=UNIT)


def test_a_value_stands_by_its_mark():
    """The value of a wide range is written above its mark, not at the far end of the bar."""
    figure = dots_of(q(2, 1, 9), q(5, 5, 5), None).figure("en")
    assert {t.get_text(): t.xy[0] for t in figure.axes[0].texts}["2"] == 2


def test_ranges_as_a_table():
    """The table behind the chart has the value and the range of each."""
    chart = dots_of(q(2, 1, 3), q(5, 5, None), None)
    assert list(chart.columns) == ["who", "p", "p_range"]
    assert list(dots_of(q(2), q(5), None).columns) == ["who", "p"]
    assert chart.data.p.notna().tolist() == [True, True, False]


def test_lines_as_a_table():
    """The table behind lines has a row per year and a column per line, and what is stated elsewhere
    beside it."""
    points = pd.DataFrame({"year": [2003], "value": [q(7)], "series": ["a"]})
    frame = YEARS.assign(value=[q(v) for v in YEARS.value])
    chart = charts.lines(frame, y="value", names=NAMES, unit=UNIT, points=points)
    assert list(chart.columns) == ["year", "a", "a stated", "b"]
    assert chart.columns["a stated"].label.en == "imports, stated elsewhere, billion euros"
    assert chart.data.year.tolist() == [2000, 2001, 2002, 2003]
    assert chart.data["a stated"].notna().tolist() == [False, False, False, True]
    assert chart.columns["a"].missing == Text()  # blank
    assert "ruim 7" in texts(chart.figure())


def test_panels_are_named_in_the_table():
    """The table behind small multiples names the panel of each column."""
    frame = YEARS.assign(value=[q(v) for v in YEARS.value], part="p")
    panels = {"p": Text("deel", "part")}
    chart = charts.lines(frame, y="value", names=NAMES, unit=UNIT, panel="part", panels=panels)
    assert chart.columns["p b"].label.nl == "deel, uitvoer, miljard euro"


VISITS = pd.DataFrame(
    {
        "year": [2000, 2000, 2000, 2001], "way": ["out", "out", "out", "in"],
        "who": ["x", "x", "y", "x"],
    }
)  # fmt: skip
MILESTONES = pd.DataFrame({"year": [2000], "label_nl": ["verdrag"], "label_en": ["treaty"]})


WAYS = {"out": Text("uit", "out"), "in": Text("in", "in")}


def timeline(milestones=MILESTONES, sides=WAYS):
    return charts.timeline(
        VISITS, side="way", sides=sides, milestones=milestones,
        kind="who", kinds={"x": Text("x", "x"), "y": Text("y", "y")},
    )  # fmt: skip


def marks(axes) -> list[tuple]:
    """Year and lane of each mark: the first lane floor below it."""
    floors = [segment[0][1] for lines in axes.collections[1:] for segment in lines.get_segments()]
    floors += [axes.get_ylim()[0]]
    points = axes.collections[0].get_offsets().tolist()
    return sorted((year, sum(floor < height for floor in floors)) for year, height in points)


@pytest.mark.parametrize("narrow", [False, True])
def test_timeline_has_a_panel_per_side_and_a_lane_per_kind(narrow):
    """A visit stands in the panel of its side, in the lane of its kind, at its year."""
    _, out, back, _ = timeline().figure("en", narrow).axes
    assert [out.get_title("left"), back.get_title("left")] == ["out", "in"]
    assert marks(out) == [(2000, 0), (2000, 0), (2000, 1)]
    assert marks(back) == [(2001, 0)]


def test_timeline_stacks_visits_of_a_year():
    """Two visits of one year and lane stand above each other, so that both can be counted."""
    out = timeline().figure().axes[1]
    points = {tuple(point) for point in out.collections[0].get_offsets().tolist()}
    assert len(points) == 3


@pytest.mark.parametrize("narrow", [False, True])
def test_a_side_has_the_lanes_that_it_has_events_of(narrow):
    """No lane is empty; a side without events says that there are none."""
    sides = {"out": Text("uit", "out"), "in": Text("in", "in"), "off": Text("weg", "off")}
    panels = timeline(sides=sides).figure("en", narrow).axes[1:-1]
    named = [[t.get_text() for t in (*a.texts, *a.get_yticklabels())] for a in panels]
    assert named == [["x", "y"], ["x"], ["none"]]


def test_milestones_are_numbered_rules_that_a_key_explains():
    """A milestone is a rule at its year in each panel, with a number above them, which stands with
    its name and year in the key; numbers go by years."""
    marks = pd.concat([MILESTONES.assign(year=2004, label_nl="einde"), MILESTONES])
    numbers, *panels, key = timeline(marks).figure("nl").axes
    assert [(t.get_text(), t.xy[0]) for t in numbers.texts] == [("1", 2000), ("2", 2004)]
    for axes in panels:
        assert [list(line.get_xdata()) for line in axes.lines] == [[2000, 2000], [2004, 2004]]
    assert [t.get_text() for t in key.texts] == ["1", "verdrag (2000)", "2", "einde (2004)"]


@pytest.mark.parametrize("narrow", [False, True])
def test_numbers_of_milestones_do_not_overlap(narrow):
    """Of milestones that are close, or of one year, one stands above the other; of those that are
    far apart all stand at one height."""
    close = MILESTONES.loc[[0, 0, 0, 0]].assign(year=[1950, 2000, 2000, 2001])
    figure = timeline(close).figure("en", narrow)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent().padded(1) for text in figure.axes[0].texts]
    assert boxes[0].y0 == boxes[1].y0
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_names_in_colour_can_be_read():
    """Every colour in which a line is named has a contrast of 4.5 to 1 with the page."""
    assert all(contrast(colour, "white") >= 4.5 for colour in TEXT_COLOURS)
    frame = YEARS.assign(series=["a"] * 3 + ["b"] * 3)
    drawn = charts.lines(frame, y="value", names=NAMES, unit=UNIT).figure().axes[0].texts
    assert {t.get_color() for t in drawn if t.get_fontweight() == "bold"} <= set(TEXT_COLOURS)


def contrast(one, other) -> float:
    """The contrast of two colours as WCAG 2 defines it."""
    light = []
    for colour in (one, other):
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
        ]
        light.append(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])
    return (max(light) + 0.05) / (min(light) + 0.05)


def test_what_stands_in_brackets_stays_together():
    """A line does not end within brackets."""
    assert wrap("bedrijven (CBS 2017)", 16) == "bedrijven\n(CBS 2017)"


def test_a_line_that_ends_early_is_named_at_its_end():
    """No line runs through its name, and none is drawn that is not of the data."""
    frame = YEARS[(YEARS.series == "a") | (YEARS.year < 2002)]
    figure = charts.lines(frame, y="value", names=NAMES, unit=UNIT).figure("en")
    axes = figure.axes[0]
    figure.draw_without_rendering()
    words = next(t for t in axes.texts if t.get_text() == "exports")
    assert words.xy == (2001, 3)
    name = words.get_window_extent()
    drawn = [line.get_transform().transform_path(line.get_path()) for line in axes.lines]
    assert not any(path.intersects_bbox(name, filled=False) for path in drawn)
    assert len(axes.lines) == 3  # two lines of data, and the one at 0


def test_stated_values_stand_free_of_lines():
    """The words of a stated value are at the side of its mark where no line runs through them."""
    for slope in (1, -1):
        values = [50 + 10 * slope * step for step in range(-5, 6)]
        frame = pd.DataFrame({"year": range(2000, 2011), "value": values})
        points = pd.DataFrame({"year": [2005], "value": [q(50)], "series": ["a"]})
        figure = charts.lines(
            frame.assign(series="a"), y="value", names={"a": NAMES["a"]}, unit=UNIT, points=points,
        ).figure("en")  # fmt: skip
        axes = figure.axes[0]
        figure.draw_without_rendering()
        box = next(t for t in axes.texts if t.xy[0] == 2005).get_window_extent()
        line = axes.lines[0]
        assert not line.get_transform().transform_path(line.get_path()).intersects_bbox(box, False)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("make", [simple_lines, timeline, parts])
def test_no_chart_has_a_legend(make, narrow):
    """What a mark means is said at the mark or above its panel."""
    assert legends(make().figure("nl", narrow)) == []


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("make", [simple_lines, timeline, parts])
def test_nothing_is_clipped(make, narrow):
    """All words lie within the picture, on a desktop and on a phone."""
    assert inside(make().figure("nl", narrow))


LONG = Text("euro per duizend inwoners van de provincie", "euros per thousand inhabitants of it")
AMOUNTS = pd.DataFrame({"p": [q(1), q(2)], "q": [q(3), q(4)]}, ["a", "b"])


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "chart",
    [
        charts.bars(AMOUNTS.p, names=NAMES, unit=LONG),
        charts.dots(AMOUNTS.p, names=NAMES, unit=LONG),
        charts.dots(AMOUNTS, names=NAMES, panels={"p": LONG, "q": LONG}),
        charts.stacked(AMOUNTS, names=NAMES, series_names={"p": UNIT, "q": UNIT}, unit=LONG),
    ],
    ids=["bars", "dots", "panels", "stacked"],
)
def test_a_long_unit_is_not_clipped(chart, narrow):
    """What stands below the axis lies within the picture, and beside no other panel's."""
    figure = chart.figure("nl", narrow)
    assert inside(figure)
    boxes = [axes.xaxis.label.get_window_extent() for axes in figure.axes]
    assert not any(one.overlaps(two) for one, two in itertools.combinations(boxes, 2))


def test_svg_is_the_same_every_time():
    """Equal data give equal bytes."""
    assert simple_lines().svg("nl") == simple_lines().svg("nl")


def test_numbers_on_axes_are_in_the_language_asked_for():
    """A picture in Dutch writes its scale in Dutch, whatever language is being written."""
    frame = YEARS.assign(value=YEARS.value / 2)
    chart = charts.lines(frame, y="value", names=NAMES, unit=UNIT, pattern="0.0")
    assert ">0,5<" in chart.svg("nl")
    assert ">0.5<" in chart.svg("en")


def test_a_picture_does_not_depend_on_those_before_it():
    """A chart is the same drawn first, last, again, and after others in another language, width,
    size of words or font: nothing that is kept of one picture shows in the next."""
    sizes = pd.Series({"a": 1.5, "b": 4.0})
    names = {"a": Text("noord", "north"), "b": Text("oost", "east")}  # as long in each language
    drawn = (simple_lines(), charts.bars(sizes, names=names, unit=UNIT))
    each = list(itertools.product(drawn, ("nl", "en"), (False, True)))
    first = [chart.svg(lang, narrow=narrow) for chart, lang, narrow in each]
    again = [chart.svg(lang, narrow=narrow) for chart, lang, narrow in reversed(each)]
    assert again == first[::-1]
    for (chart, lang, __), svg in zip(each, first, strict=True):
        own, other = (">noord<", ">north<") if lang == "nl" else (">north<", ">noord<")
        assert chart is drawn[0] or (own in svg and other not in svg)
    with matplotlib.rc_context({"font.size": 30, "font.sans-serif": ["DejaVu Sans Mono"]}):
        assert [chart.svg(lang, narrow=narrow) for chart, lang, narrow in each] == first


def test_words_are_measured_in_the_font_of_their_picture():
    """The same words in the same size are wider in the font that the settings have by then."""
    found = []
    for name in ("DejaVu Sans", "DejaVu Sans Mono"):
        with matplotlib.rc_context({"font.family": "sans-serif", "font.sans-serif": [name]}):
            figure = Figure()
            canvas = Canvas(figure)
            words = figure.text(0, 0, "iiii")
            found.append(words.get_window_extent(canvas.get_renderer()).width)
    assert found[0] < found[1]


def test_the_search_for_garbage_goes_on():
    """It is as it was after a picture, and after a picture that could not be drawn."""
    with pytest.raises(ZeroDivisionError), no_garbage_collection():
        assert not gc.isenabled()
        1 / 0  # noqa: B018
    assert gc.isenabled()


def test_spread_keeps_order_and_distance():
    """Labels that would overlap move apart and keep their order."""
    a, b, c = spread([1.0, 1.1, 5.0], 0.5)
    assert b - a == pytest.approx(0.5)
    assert c == 5.0


def test_layout_picks():
    """A layout chooses between the room of a desktop and that of a phone."""
    assert Layout(narrow=True).pick(1, 2) == 2


def test_settings_of_the_user_do_not_show():
    """A chart looks the same whatever the reader's matplotlibrc says."""
    chart = charts.lines(YEARS, y="value", names=NAMES, unit=UNIT)
    plain = chart.svg("en")
    with matplotlib.rc_context({"axes.linewidth": 9, "lines.marker": "x", "hatch.color": "red"}):
        assert chart.svg("en") == plain


@pytest.mark.parametrize(
    "words", ["US$ 5 en US$ 7", "$x^2$", r"$\frac$", "广东省", "＜省＞ 😀", "<b> & \"c\" 'd'"]
)
def test_labels_are_drawn_as_they_are_written(words):
    """A dollar is a dollar and no formula; ideographs, which the face that measures has not, are
    no reason for a warning."""
    frame = pd.DataFrame({"row": ["a", "b"], "value": [1.0, 2.0]})
    names = {"a": Text(words, words), "b": Text("b", "b")}
    chart = charts.bars(frame, value="value", row="row", names=names, unit=Text("n", "n"))
    drawn = [text.text for text in ElementTree.fromstring(chart.svg()).iter(f"{{{SVG}}}text")]
    assert words in " ".join(map(str, drawn))


ONE = {"a": NAMES["a"]}
GIVEN = pd.DataFrame({"year": [2000], "label_nl": ["x"], "label_en": ["x"]})


def drawn(shape: str, names=NAMES, /, **columns):
    """A chart of a kind, of a frame with these columns."""
    frame = pd.DataFrame(columns)
    panels = {"p": Text("deel", "part")}
    return {
        "lines": lambda: charts.lines(frame, y="value", names=names, unit=UNIT),
        "bars": lambda: charts.bars(frame, value="value", row="row", names=names, unit=UNIT),
        "dots": lambda: charts.dots(
            frame.set_index("row"), names=names, panels=panels, patterns={"p": "0"}, highlight="a"
        ),
        "stacked": lambda: charts.stacked(
            frame.set_index("row"), names=names, series_names=ONE, unit=UNIT
        ),
        "timeline": lambda: charts.timeline(
            frame, side="side", sides=names, kind="kind", kinds=names, milestones=GIVEN
        ),
    }[shape]()


COLUMNS = {
    "lines": ("year", "value", "series"), "bars": ("row", "value"),
    "dots": ("row", "p"), "stacked": ("row", "a"), "timeline": ("year", "side", "kind"),
}  # fmt: skip


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_chart_of_no_rows_is_told(kind):
    """A frame without rows is told by the kind of chart, whichever it is."""
    with pytest.raises(ChartError, match=rf"charts\.{kind}, frame: found no rows"):
        drawn(kind, **{name: [] for name in COLUMNS[kind]})


@pytest.mark.parametrize(
    ("kind", "columns", "told"),
    [
        ("bars", {"row": ["a"], "valeu": [1.0]}, "found no column 'value'; .*'valeu'"),
        ("timeline", {"jaar": [1], "side": ["a"], "kind": ["a"]}, "found no column 'year'"),
        ("lines", {"year": [1], "value": [1.0]}, "found no column 'series'"),
        ("bars", {"row": ["a", "c"], "value": [1.0, 2]}, "row: found 'c'; .*have a name"),
        ("bars", {"row": ["a"], "value": [1.0]}, "row: found no row with 'b'"),
        ("bars", {"row": ["a", None], "value": [1.0, 2]}, "row: found 1 missing"),
        ("timeline", {"year": [1], "side": ["z"], "kind": ["a"]}, "side: found 'z'"),
        ("dots", {"row": ["a", "b"], "p": [q(1)] * 2, "x": [q(1)] * 2}, "found column 'x'"),
        ("bars", {"row": ["a", "b"], "value": [None, q(None)]}, "value: found no known value"),
        ("lines", {"year": [1, 1], "value": [1.0, None], "series": ["a", "b"]}, "value for 'b'"),
        ("lines", {"year": [1, None], "value": [1, 2], "series": ["a", "b"]}, "missing in row 1"),
        ("lines", {"year": ["x"], "value": [1.0], "series": ["a"]}, "year: found 'x' in row 0"),
        ("lines", {"year": [float("inf")], "value": [1], "series": ["a"]}, "year: found inf in"),
        ("timeline", {"year": [pd.Period("2017")], "side": ["a"], "kind": ["a"]}, "found '2017'"),
        ("bars", {"row": ["a", "b", "b"], "value": [1.0, 2, 3]}, "more than one row of row 'b'"),
        ("lines", {"year": [1, 1], "value": [1.0, 2], "series": ["a"] * 2}, "year 1, series 'a'"),
        ("dots", {"row": ["a", "b", "a"], "p": [q(1)] * 3}, "found row 'a' twice"),
        ("dots", {"row": ["a", "b"], "p": ["x", q(1)]}, "found 'x' in row 'a'; .*a number"),
        ("dots", {"row": ["a", "b"], "p": [q(None), None]}, "column p: found no known value"),
        ("stacked", {"row": ["a", "b", None], "a": [1, 2, 3]}, "found row nan; .*that have a name"),
        ("bars", {"row": ["a", "b"], "value": ["x", "y"]}, "found 'x' in row 0"),
        ("bars", {"row": ["a", "b"], "value": [1.0, float("inf")]}, "found inf in row 1"),
        ("dots", {"row": ["a", "b"], "p": [float("inf"), q(1)]}, "found inf in row 'a'"),
        ("stacked", {"row": ["a", "a"], "a": [1, 2]}, "found row 'a' twice"),
        ("stacked", {"row": ["a", "b"], "b": [1, 2]}, "found no column 'a'"),
        ("stacked", {"row": ["a", "c"], "a": [1, 2]}, "found no row 'b'"),
    ],
)  # fmt: skip
def test_what_no_chart_can_show_is_told(kind, columns, told):
    """A column or name that lacks, a value twice, missing or out of reach: by column and value."""
    with pytest.raises(ChartError, match=rf"charts\.{kind}, frame.*{told}"):
        drawn(kind, **columns)


def test_a_row_without_a_name_is_told():
    """An index with a missing name, where no names are given."""
    with pytest.raises(ChartError, match=r"found row (nan|None); .*have a name"):
        charts.stacked(pd.DataFrame({1995: [q(1), q(2)]}, index=["2001–2005", None]))


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    ("kind", "names", "columns"),
    [
        ("lines", ONE, {"year": [2000], "value": [q(3)], "series": ["a"]}),
        ("lines", ONE, {"year": [1, 2], "value": [q(0)] * 2, "series": ["a"] * 2}),
        ("lines", ONE, {"year": [1, 2], "value": [q(-5), q(-3)], "series": ["a"] * 2}),
        ("lines", ONE, {"year": [1, 2, 3], "value": [q(1), q(None), None], "series": ["a"] * 3}),
        ("bars", ONE, {"row": ["a"], "value": [0.0]}),
        ("bars", NAMES, {"row": ["a", "b"], "value": [-5.0, -3]}),
        ("bars", NAMES, {"row": ["a", "b"], "value": [q(None), q(2)]}),
        ("dots", ONE, {"row": ["a"], "p": [q(0)]}),
        ("stacked", ONE, {"row": ["a"], "a": [0]}),
        ("timeline", ONE, {"year": [2001], "side": ["a"], "kind": ["a"]}),
    ],
)
def test_the_smallest_charts_are_drawn_whole(kind, names, columns, narrow):
    """One row, nothing but zeros, below zero, or some of it unknown: all words are in the picture,
    and each line, row and lane is named."""
    figure = drawn(kind, names, **columns).figure("nl", narrow)
    assert inside(figure)
    found = " ".join(texts(figure)).replace("\n", " ")
    assert all(name.nl in found for name in names.values())


def test_bars_below_zero_are_shown():
    """A bar below 0 lies left of it, within the picture."""
    axes = drawn("bars", row=["a", "b"], value=[-4.0, 2]).figure("nl").axes[0]
    assert axes.get_xlim()[0] < -4
    assert [patch.get_width() for patch in axes.patches] == [-4, 2]


def test_a_line_below_zero_hangs_from_it():
    """Where all values are below 0 the axis still has its 0."""
    frame = {"year": [1, 2], "value": [-5.0, -3], "series": ["a"] * 2}
    low, high = drawn("lines", ONE, **frame).figure("nl").axes[0].get_ylim()
    assert low < -5 and high == 0


def test_however_a_value_is_missing_its_line_is_interrupted():
    """A cell without a number gives one picture, whatever pandas writes in it."""
    drawn = {
        charts.lines(YEARS.assign(value=[1.0, missing, 3, 2, 3, 4]).astype({"value": object}),
                     y="value", names=NAMES, unit=UNIT).svg("en")
        for missing in (None, float("nan"), pd.NA)
    }  # fmt: skip
    assert len(drawn) == 1


LONG = "words longer than names"


def named_at_right(axes):
    axes.yaxis.set_major_formatter(lambda value, place: LONG)
    axes.tick_params(labelright=True)
    return axes.yaxis


def second_axis(axes):
    added = axes.secondary_yaxis("right")
    added.yaxis.set_major_formatter(lambda value, place: LONG)
    return added


@pytest.mark.parametrize(
    "add",
    [
        lambda axes: axes.text(1, 0.5, LONG, transform=axes.transAxes),
        lambda axes: axes.annotate(LONG, (1, 0.5), xycoords="axes fraction"),
        named_at_right,
        second_axis,
    ],
)
def test_what_a_reader_adds_to_a_chart_has_room(add):
    """Whatever is added to a finished figure lies within the picture."""
    figure = simple_lines().figure("en")
    added = add(figure.axes[0])
    figure.draw_without_rendering()
    assert added.get_tightbbox().x1 < figure.bbox.x1


def test_a_text_that_wraps_is_laid_out_for_itself():
    """The same words elsewhere keep their one line."""
    figure = Figure()
    canvas = Canvas(figure)
    words = "a few words that do not fit"
    wrapped, whole = (figure.text(0.9, y, words, wrap=wraps) for y, wraps in ((0.2, 1), (0.8, 0)))
    with drawing():
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in (wrapped, whole)]
    assert boxes[0].width < figure.bbox.width / 5 < boxes[1].width


def test_a_value_between_missing_ones_has_its_mark():
    """A missing value cuts a line; the value after it is marked, and the name stands at the last
    known one."""
    values = [float(n) for n in range(20)] + [None, 7.0, None]
    frame = {"year": range(2000, 2023), "value": values, "series": ["a"] * 23}
    axes = drawn("lines", ONE, **frame).figure("nl").axes[0]
    alone = next(line for line in axes.lines if list(line.get_xdata()) == [2021])
    assert alone.get_marker() == "o"
    assert next(t for t in axes.texts if t.get_text() == "invoer").xy == (2021, 7)


@pytest.mark.parametrize(("last", "pattern"), [(1234, "#,##0.#"), ("1234.5", "#,##0.0")])
def test_whole_numbers_get_no_decimals_behind_a_chart(last, pattern):
    """Decimals stand below each other in a column that has some; whole numbers are not written
    finer than they are known."""
    frame = pd.DataFrame({"year": [2019, 2020], "series": "a", "value": [q(1000), q(last)]})
    chart = charts.lines(frame, y="value", names={"a": Text("a", "a")}, unit=UNIT)
    assert chart.columns["a"].pattern == pattern


def test_a_chart_alone_is_its_picture(monkeypatch):
    """As the last line of a cell in JupyterLab a chart is drawn; in a build it is not."""
    frame = pd.DataFrame({"year": [2001, 2002], "size": [q(1), q(2)], "series": "a"})
    chart = charts.lines(frame, y="size", series="series", names={"a": UNIT}, unit=UNIT)
    monkeypatch.delenv("ANNEX_KERNEL", raising=False)
    assert chart._repr_svg_().startswith("<svg")
    monkeypatch.setenv("ANNEX_KERNEL", "1")
    assert chart._repr_svg_() is None
