"""Upright columns per year: their lengths, sides, values, marks, words, and what is refused."""

import pandas as pd
import pytest
from test_alt_text import said
from test_charts import inside

from conftest import q
from helpers import charts
from helpers.errors import ChartError
from helpers.language import Text

OUT, BACK = Text("uitgaand", "outgoing"), Text("inkomend", "incoming")
NAMES = {"out": OUT, "back": BACK}
UNIT = Text("bezoeken", "visits")
MISSION = Text("missie", "mission")
WIDE = pd.DataFrame(
    {"out": [q(2), q(0), q(3)], "back": [q(4), q(1), q(0)]}, index=[2000, 2001, 2002]
)


def columns(frame=WIDE, names=NAMES, **options):
    return charts.columns(frame, names=names, unit=UNIT, **options)


def heights(axes) -> list[tuple]:
    """Year and height of each column."""
    return [(patch.get_x() + patch.get_width() / 2, patch.get_height()) for patch in axes.patches]


def words(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_each_series_has_a_panel_on_one_scale():
    """A column stands at its year, as high as its value, in the panel that has its name."""
    out, back = columns().figure("nl").axes
    assert [axes.get_title("left") for axes in (out, back)] == ["uitgaand", "inkomend"]
    assert heights(out) == [(2000, 2), (2001, 0), (2002, 3)]
    assert heights(back) == [(2000, 4), (2001, 1), (2002, 0)]
    assert out.get_ylim() == back.get_ylim()


def test_two_series_on_either_side_of_zero():
    """Mirrored, the first is drawn upwards and the second downwards, each named on its side, and
    the values at the columns have no sign."""
    (axes,) = columns(mirrored=True).figure("en").axes
    assert heights(axes) == [(2000, 2), (2001, 0), (2002, 3), (2000, -4), (2001, -1), (2002, 0)]
    assert axes.get_title("left") == "outgoing"
    assert sorted(words(axes)) == ["0", "0", "1", "2", "3", "4", "incoming", "visits"]
    assert axes.get_ylim()[0] < -4 and axes.get_ylim()[1] > 3


@pytest.mark.parametrize(("years", "written"), [(6, True), (60, False)])
def test_values_stand_at_the_columns_where_there_is_room(years, written):
    """Values that do not fit beside each other are read from the axis, which has no sign below
    zero either."""
    frame = pd.DataFrame({key: [q(1234)] * years for key in NAMES}, index=range(1960, 1960 + years))
    figure = columns(frame, mirrored=True).figure("en", narrow=True)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert ("1,234" in words(axes)) == written
    assert axes.yaxis.get_tick_params()["labelleft"] != written
    ticks = [tick.get_text() for tick in axes.get_yticklabels()]
    assert written or ("1,000" in ticks and not any("-" in tick or "−" in tick for tick in ticks))


def test_values_have_as_many_decimals_as_each_other():
    """Beside 1.5 stands 2.0, so that the two compare; whole numbers have none."""
    for values, told in (([q(1.5), q(2)], ["1.5", "2.0"]), ([q(1), q(2)], ["1", "2"])):
        figure = columns(pd.Series(values, [2000, 2001]), None).figure("en")
        assert words(figure.axes[0])[:2] == told


def test_a_long_name_stands_on_several_lines():
    """On a phone a name of more than its width would be cut off."""
    name = Text("een naam van meer tekens dan een regel van een telefoon", "a name")
    chart = columns(names={"out": name, "back": BACK})
    first = chart.figure("nl", narrow=True).axes[0]
    assert "\n" in first.get_title("left")
    chart.svg("nl", narrow=True)
    chart.check()


def test_an_unknown_value_is_told_and_is_not_zero():
    """Where a value is missing, or only the other series has the year, stands that it is unknown,
    in the picture, the table and the alternative text; a year of neither has no row."""
    long = pd.DataFrame({
        "year": [2000, 2001, 2003, 2000], "value": [q(1), q(None), q(2), q(3)],
        "series": ["out", "out", "out", "back"],
    })  # fmt: skip
    chart = columns(long)
    out, back = chart.figure("en").axes
    unknown = [[text.xy for text in a.texts if text.get_text() == "unknown"] for a in (out, back)]
    assert unknown == [[(2001, 0)], [(2001, 0), (2003, 0)]]
    assert chart.data.year.tolist() == [2000, 2001, 2003]
    assert "Outgoing: from 1 in 2000 to 2 in 2003; unknown in 2001." in said(chart)["en"]


def test_a_column_below_zero_has_its_value_below_it():
    """A negative value is written under its column, within the panel."""
    (axes,) = columns(pd.Series([q(-5), q(3)], [2000, 2001]), None).figure("en").axes
    label = next(text for text in axes.texts if text.get_text() == "-5")
    assert label.get_va() == "top" and axes.get_ylim()[0] < -5


@pytest.mark.parametrize("narrow", [False, True])
def test_marked_years_have_a_mark_that_a_key_explains(narrow):
    """A mark stands above the column of each of its years and of no other; the key and the
    alternative text say what it means."""
    chart = columns(mirrored=True, marks={MISSION: [2002, 2000]})
    figure = chart.figure("nl", narrow)
    figure.draw_without_rendering()
    marks = next(line for line in figure.axes[0].lines if line.get_marker() == "D")
    assert list(zip(*marks.get_data(), strict=True)) == [(2002, 3), (2000, 2)]
    drawn = marks.get_transform().transform(list(zip(*marks.get_data(), strict=True)))
    assert drawn[:, 1].max() < figure.axes[0].bbox.y1
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["missie"]
    assert said(chart)["nl"].endswith("Missie: 2000 en 2002.")


def test_a_break_is_a_rule_before_its_year():
    """A change of method is a dotted rule before its first year, in each panel."""
    figure = columns(breaks=[2002]).figure("en")
    assert ["change of method" in words(axes) for axes in figure.axes] == [True, True]
    assert all(
        [2001.5, 2001.5] in [list(rule.get_xdata()) for rule in a.lines] for a in figure.axes
    )


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("size", [0, 3, 12345])
def test_all_words_lie_within_the_picture(size, mirrored, narrow):
    """One year, zeros or long numbers: nothing is cut off."""
    frame = pd.DataFrame({key: [q(size)] for key in NAMES}, index=[2000])
    assert inside(columns(frame, mirrored=mirrored, marks={MISSION: [2000]}).figure("nl", narrow))


def test_columns_have_their_numbers_as_a_table():
    """A row for each year and a column for each series, with its name and unit."""
    chart = columns()
    assert [column.label.en for column in chart.columns.values()] == [
        "year", "outgoing, visits", "incoming, visits",
    ]  # fmt: skip
    assert [float(value) for value in chart.data.iloc[0]] == [2000, 2, 4]


def test_columns_are_told():
    """The alternative text has the ends of each series, and each year of its highest value."""
    frame = pd.Series([q(1), q(3), q(3), q(2)], [2000, 2001, 2002, 2003])
    assert said(columns(frame, None)) == {
        "nl": "Kolommen, bezoeken, 2000–2003. Van 1 in 2000 naar 2 in 2003, hoogste 3 in 2001 "
        "en 2002.",
        "en": "Columns, visits, 2000–2003. From 1 in 2000 to 2 in 2003, highest 3 in 2001 "
        "and 2002.",
    }


@pytest.mark.parametrize(
    ("frame", "options", "told"),
    [
        (WIDE.iloc[:0], {}, "found no rows"),
        (WIDE, {"names": {"out": OUT}}, "series: found 'back'"),
        (WIDE, {"names": {"out": OUT}, "mirrored": True}, "series: found 'back'"),
        (WIDE[["out"]], {"names": {"out": OUT}, "mirrored": True}, "found 1 series; .*two series"),
        (-WIDE, {"mirrored": True}, "found -2 in row 0; .*a number of 0 or more"),
        (WIDE, {"marks": {MISSION: [1999]}}, "found a mark .missie. for 1999"),
        (WIDE, {"marks": {MISSION: []}}, "found a mark .missie. at no year"),
        (
            WIDE,
            {"marks": {Text(f"{n}", f"{n}"): [2000] for n in range(5)}},
            "found 5 kinds of marks; expected at most 4",
        ),
        (WIDE, {"breaks": [2000]}, "found a break for 2000"),
        (WIDE.loc[[2000, 2000]], {}, "more than one row of year 2000, series 'out'"),
        (WIDE.assign(back=[None] * 3), {}, "no known value for 'back'"),
    ],
)
def test_what_columns_can_not_show_is_told(frame, options, told):
    """A series without a name, a side that lacks, a value below 0 where columns mirror, a mark or a
    break of a year that is not drawn."""
    with pytest.raises(ChartError, match=f"charts.columns.*{told}"):
        columns(frame, **{"names": NAMES, **options})
