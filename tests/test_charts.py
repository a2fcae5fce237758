import pandas as pd
import pytest

from conftest import q
from helpers import charts
from helpers.charts.style import Layout, spread
from helpers.language import Text

YEARS = pd.DataFrame(
    {"year": [2000, 2001, 2002] * 2, "value": [1.0, 2, 3, 2, 3, 4], "series": ["a"] * 3 + ["b"] * 3}
)
NAMES = {"a": Text("invoer", "imports"), "b": Text("uitvoer", "exports")}
UNIT = Text("miljard euro", "billion euros")


def texts(figure) -> list[str]:
    """All words drawn in a figure."""
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    found += [axes.get_xlabel() for axes in figure.axes] + [
        a.get_title("left") for a in figure.axes
    ]
    found += [tick.get_text() for axes in figure.axes for tick in axes.get_yticklabels()]
    found += [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    return found


def inside(figure) -> bool:
    """Whether every word drawn lies within the picture."""
    figure.canvas.draw()
    width, height = figure.bbox.size
    boxes = [t.get_window_extent() for axes in figure.axes for t in axes.texts]
    return all(
        b.x0 >= -1 and b.y0 >= -1 and b.x1 <= width + 1 and b.y1 <= height + 1 for b in boxes
    )


def simple_lines(**options):
    return charts.lines(YEARS, y="value", names=NAMES, unit=UNIT, **options)


def test_lines_are_named_in_the_language():
    """Each line is named at its end, in the language asked for; there is no legend."""
    chart = simple_lines()
    dutch, english = chart.figure("nl"), chart.figure("en")
    assert {"invoer", "uitvoer", "miljard euro"} <= set(texts(dutch))
    assert {"imports", "exports", "billion euros"} <= set(texts(english))
    assert dutch.axes[0].get_legend() is None


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
    assert "break" in texts(figure)


def test_panels_stand_below_each_other_on_a_phone():
    """Small multiples stand side by side on a desktop and below each other on a phone."""
    frame = YEARS.assign(panel=["x"] * 3 + ["y"] * 3)
    chart = charts.lines(
        frame, y="value", names=NAMES, unit=UNIT, panel="panel",
        panels={"x": Text("een", "one"), "y": Text("twee", "two")},
    )  # fmt: skip
    wide, narrow = chart.figure(), chart.figure(narrow=True)
    assert wide.axes[0].get_subplotspec().get_gridspec().ncols == 2
    assert narrow.axes[0].get_subplotspec().get_gridspec().nrows == 2


def test_bars_say_unknown():
    """A missing value is the word for unknown, not a bar of 0."""
    frame = pd.DataFrame({"what": ["a", "b"], "value": [3.0, float("nan")]})
    chart = charts.bars(frame, value="value", row="what", names=NAMES, unit=UNIT)
    assert "onbekend" in texts(chart.figure("nl"))
    assert "3" in texts(chart.figure("nl"))


def ranges_of(*values):
    frame = pd.DataFrame({"who": list("abc"), "panel": "p", "value": list(values)})
    return charts.ranges(
        frame, row="who", names={k: Text(k, k) for k in "abc"}, panels={"p": UNIT},
        patterns={"p": "0"},
    )  # fmt: skip


def test_ranges_show_what_they_hold():
    """A value is written; one without an upper bound says so, a missing one is unknown."""
    figure = ranges_of(q(2, 1, 3), q(5, 5, None), None).figure("en")
    assert {"2", "5 or more", "unknown"} <= set(texts(figure))
    bars = [list(line.get_xdata()) for line in figure.axes[0].lines if len(line.get_xdata()) == 2]
    assert [1, 3] in bars
    assert [5, figure.axes[0].get_xlim()[1]] in bars


def test_ranges_as_a_table():
    """The table behind the chart has the value and the range of each."""
    chart = ranges_of(q(2, 1, 3), q(5, 5, None), None)
    assert list(chart.columns) == ["who", "p", "p_range"]
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
    assert chart.columns["a"].missing.en == "no figure"
    assert "ruim 7" in texts(chart.figure())


def test_panels_are_named_in_the_table():
    """The table behind small multiples names the panel of each column."""
    frame = YEARS.assign(value=[q(v) for v in YEARS.value], part="p")
    panels = {"p": Text("deel", "part")}
    chart = charts.lines(frame, y="value", names=NAMES, unit=UNIT, panel="part", panels=panels)
    assert chart.columns["p b"].label.nl == "deel, uitvoer, miljard euro"


VISITS = pd.DataFrame(
    {"year": [2000, 2000, 2001], "way": ["out", "out", "in"], "who": ["x", "y", "x"]}
)
MILESTONES = pd.DataFrame({"year": [2000], "label_nl": ["verdrag"], "label_en": ["treaty"]})


def timeline():
    return charts.timeline(
        VISITS, side="way", sides={"out": Text("uit", "out"), "in": Text("in", "in")},
        kind="who", kinds={"x": Text("x", "x"), "y": Text("y", "y")}, milestones=MILESTONES,
    )  # fmt: skip


def marks(figure) -> set[tuple]:
    return {tuple(point) for group in figure.axes[0].collections for point in group.get_offsets()}


def test_timeline_piles_events_of_a_year():
    """Two visits of one year stand above each other; the other direction goes below the line."""
    assert marks(timeline().figure()) == {(2000, 1), (2000, 2), (2001, -1)}


def test_timeline_turns_on_a_phone():
    """On a phone time runs down: the year is the height."""
    assert marks(timeline().figure(narrow=True)) == {(-1, 2000), (-2, 2000), (1, 2001)}


def test_grid_shows_each_count():
    """Every cell has its number, 0 included."""
    frame = pd.DataFrame({"p": [1, 0], "q": [2, 3]}, index=["a", "b"])
    chart = charts.grid(frame, rows=NAMES, columns={"p": Text("p", "p"), "q": Text("q", "q")})
    assert [t.get_text() for t in chart.figure().axes[0].texts] == ["1", "2", "0", "3"]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("make", [simple_lines, timeline])
def test_nothing_is_clipped(make, narrow):
    """All words lie within the picture, on a desktop and on a phone."""
    assert inside(make().figure("nl", narrow))


def test_svg_is_the_same_every_time():
    """Equal data give equal bytes."""
    assert simple_lines().svg("nl") == simple_lines().svg("nl")


def test_spread_keeps_order_and_distance():
    """Labels that would overlap move apart and keep their order."""
    a, b, c = spread([1.0, 1.1, 5.0], 0.5)
    assert b - a == pytest.approx(0.5)
    assert c == 5.0


def test_layout_picks():
    """A layout chooses between the room of a desktop and that of a phone."""
    assert Layout(narrow=True).pick(1, 2) == 2
