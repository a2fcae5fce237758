import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from conftest import q
from helpers import charts, counts, language, present, tables
from helpers.errors import OverlapWarning
from helpers.formats import filled_text
from helpers.language import Text
from helpers.tables import overlaps

NAMES = {"a": Text("invoer", "imports"), "b": Text("uitvoer", "exports")}
UNIT = Text("miljoen euro", "million euros")
MILESTONES = pd.DataFrame({"year": [1994], "label_nl": ["verdrag"], "label_en": ["treaty"]})


def said(chart) -> dict[str, str]:
    """The alternative text that is made for a chart, as a reader hears it, by language."""
    found = {}
    for lang in language.languages():
        with language.use(lang):
            parts = [filled_text.fill(words, values) for words, values in chart.alt()]
        found[lang] = BeautifulSoup(" ".join(parts), "html.parser").text.replace("\xa0", " ")
    return found


def line(*values, start: int = 2000, names=NAMES, **options):
    """A chart of one line of `values`, a year each."""
    frame = pd.DataFrame({"year": range(start, start + len(values)), "value": values})
    names = {"a": names["a"]}
    return charts.lines(frame.assign(series="a"), y="value", names=names, unit=UNIT, **options)


@pytest.mark.parametrize(
    ("values", "nl", "en"),
    [
        ((1, 2.5, 4), "van 1 in 2000 naar 4 in 2002", "from 1 in 2000 to 4 in 2002"),
        ((3, 3, 3), "3 van 2000 tot en met 2002", "3 from 2000 to 2002"),
        (
            (3, 7, 1, 4), "van 3 in 2000 naar 4 in 2003, hoogste 7 in 2001, laagste 1 in 2002",
            "from 3 in 2000 to 4 in 2003, highest 7 in 2001, lowest 1 in 2002",
        ),
        (
            (-2, -5.5, -1), "van -2 in 2000 naar -1 in 2002, laagste -5,5 in 2001",
            "from -2 in 2000 to -1 in 2002, lowest -5.5 in 2001",
        ),
        (
            (1, None, 4), "van 1 in 2000 naar 4 in 2002; onbekend in 2001",
            "from 1 in 2000 to 4 in 2002; unknown in 2001",
        ),
        (
            (None, 2, None, 5, None),
            "van 2 in 2001 naar 5 in 2003; onbekend in 2000, 2002 en 2004",
            "from 2 in 2001 to 5 in 2003; unknown in 2000, 2002 and 2004",
        ),
        ((6,), "6 in 2000", "6 in 2000"),
        ((1234.5, 2000), "van 1.234,5 in 2000 naar 2.000 in 2001", "from 1,234.5 in 2000 to"),
    ],
)  # fmt: skip
def test_a_line_is_told(values, nl, en):
    """Rising, flat, up and down, below zero, partly unknown, or one point: where a line begins and
    ends, its highest and lowest value elsewhere, and the years without one."""
    told = said(line(*(None if value is None else q(value) for value in values)))
    span = f"2000–{2000 + len(values) - 1}" if len(values) > 1 else "2000"
    assert told["nl"].startswith(f"Lijn, miljoen euro, {span}. Invoer: {nl}")
    assert told["en"].startswith(f"Line, million euros, {span}. Imports: {en}")


def test_a_quantity_without_value_is_unknown():
    """A number of unknown value is told as a missing one."""
    assert "unknown in 2001" in said(line(q(1), q(None), q(3)))["en"]


def test_a_break_and_stated_values_are_told():
    """A change of method, and values beside the lines."""
    points = pd.DataFrame({"year": [2001], "value": [q(7)], "series": ["a"]})
    stated = Text("volgens het rapport", "by the report")
    told = said(line(q(1), q(2), q(3), breaks=[2001], points=points, stated=stated))
    assert told["nl"].endswith("Methodebreuk in 2001. Ruiten: volgens het rapport.")
    assert told["en"].endswith("Change of method in 2001. Diamonds: by the report.")


def test_panels_are_told_by_name():
    """A line of small multiples is told with its panel."""
    frame = pd.DataFrame({
        "year": [2000, 2001] * 2, "value": [q(1), q(2), q(3), q(4)],
        "series": ["a"] * 4, "panel": ["x", "x", "y", "y"],
    })  # fmt: skip
    panels = {"x": Text("oost", "east"), "y": Text("west", "west")}
    chart = charts.lines(
        frame, y="value", names={"a": NAMES["a"]}, unit=UNIT, panel="panel", panels=panels
    )
    assert "East, imports: from 1 in 2000 to 2 in 2001. West, imports: from 3" in said(chart)["en"]


def test_many_lines_are_summed_up():
    """Of more lines than one can hear, the names, the highest and the lowest value."""
    names = {key: Text(f"{key}-nl", f"{key}-en") for key in "abcdefg"}
    frame = pd.DataFrame({
        "year": [2000, 2001] * 7, "series": [key for key in "abcdefg" for _ in range(2)],
        "value": [q(number) for number in range(14)],
    })  # fmt: skip
    told = said(charts.lines(frame, y="value", names=names, unit=UNIT))
    assert told == {
        "nl": "Lijnen, miljoen euro, 2000–2001. a-nl, b-nl, c-nl, d-nl, e-nl, f-nl en g-nl. "
        "Hoogste: 13, g-nl, 2001. Laagste: 0, a-nl, 2000.",
        "en": "Lines, million euros, 2000–2001. a-en, b-en, c-en, d-en, e-en, f-en and g-en. "
        "Highest: 13, g-en, 2001. Lowest: 0, a-en, 2000.",
    }


def test_years_in_names_are_dates():
    """A year in the name of a line or in a unit is filled in as one, as no number may be typed."""
    names = {"a": Text("prijzen van 2015", "prices of 2015")}
    [_, (words, values)] = line(q(1), q(2), names=names).alt()
    assert "2015" not in re.sub("{.*?}", "", words.en)
    assert language.year(2015) in values.values()
    unit = Text("index, 2001 = 100", "index, 2001 = 100")
    frame = pd.DataFrame({"year": [2001], "value": [q(100)], "series": "a"})
    told = said(charts.lines(frame, y="value", unit=unit, names={"a": NAMES["a"]}))
    assert told["en"] == "Line, index, 2001. Imports: 100 in 2001."


def barred(*values):
    names = {key: Text(f"rij {key}", f"row {key}") for key in "abcdefg"[: len(values)]}
    frame = pd.DataFrame({"row": list(names), "value": list(values)})
    return said(charts.bars(frame, value="value", row="row", names=names, unit=UNIT))


@pytest.mark.parametrize(
    ("values", "nl", "en"),
    [
        (
            (3, 9.5, -1, 1, 1, 1, 1), "Grootste: 9,5 (rij b). Kleinste: -1 (rij c).",
            "Largest: 9.5 (row b). Smallest: -1 (row c).",
        ),
        ((2,) * 7, "Alle gelijk: 2.", "All equal: 2."),
        (
            (2, 5, 5, 3, 3, 3, 3), "Grootste: 5 (rij b; rij c). Kleinste: 2 (rij a).",
            "Largest: 5 (row b; row c). Smallest: 2 (row a).",
        ),
        (
            (2, None, 5, 3, 3, 3, 3), "Grootste: 5 (rij c). Kleinste: 2 (rij a). Onbekend (rij b).",
            "Largest: 5 (row c). Smallest: 2 (row a). Unknown (row b).",
        ),
        (
            (4, *[None] * 6), "Alle gelijk: 4 (rij a). Onbekend (rij b; rij c; rij d; rij e; rij f;"
            " rij g).",
            "All equal: 4 (row a). Unknown (row b; row c; row d; row e; row f; row g).",
        ),
        ((3, None, -1), "Rij a: 3. Rij b: onbekend. Rij c: -1.",
         "Row a: 3. Row b: unknown. Row c: -1."),
    ],
)  # fmt: skip
def test_bars_are_told(values, nl, en):
    """Of more than six bars the largest and smallest with their names, and which are unknown; of
    fewer each. Amounts have no total, as nothing says that they do not overlap."""
    told = barred(*(None if value is None else q(value) for value in values))
    assert told == {"nl": f"Staven, miljoen euro. {nl}", "en": f"Bars, million euros. {en}"}


def test_a_table_of_counts_has_a_total():
    """Counts of different rows are added up; where two cells count a row twice, they are not."""
    visits = tables.load("missions")
    counted = counts.count_by(visits, "direction", "year", ["outgoing", "incoming"])
    told = said(charts.stacked(counted))
    assert told["en"] == (
        "Stacked bars, rows. Outgoing, 1995: 1. Outgoing, 1996: 0. Outgoing, 1998: 0. "
        "Incoming, 1995: 0. Incoming, 1996: 1. Incoming, 1998: 1. Total: 3."
    )
    assert told["nl"].endswith("Inkomend, 1998: 1. Totaal: 3.")
    twice = counted.assign(**{"1996": counted[1995]}).rename(columns={"1996": 1999})
    assert "Total" not in said(charts.stacked(twice))["en"]


def test_a_timeline_is_told():
    """Of each side how many events there are and from when to when, and the milestones."""
    visits = tables.load("missions").assign(kind="a")
    chart = charts.timeline(
        visits, side="direction", kind="kind", kinds={"a": NAMES["a"]}, milestones=MILESTONES
    )
    assert said(chart) == {
        "nl": "Tijdlijn. Uitgaand: 1, 1995. Inkomend: 2, 1996–1998. Mijlpalen: verdrag (1994).",
        "en": "Timeline. Outgoing: 1, 1995. Incoming: 2, 1996–1998. Milestones: treaty (1994).",
    }


def test_a_timeline_counts_every_event_that_it_draws():
    """Events that overlap, as a visit and its repetition, are points of their own: no warning."""
    visits = tables.load("missions").assign(kind="a")
    field = {"name": "year", "type": "integer", "overlap": "any"}
    resource = {"name": "missions", "schema": {"primaryKey": ["id"], "fields": [field]}}
    visits.attrs["overlaps"] = overlaps.Overlaps(resource, visits)
    with pytest.warns(OverlapWarning):
        counts.count(visits)
    options = {"side": "direction", "kind": "kind", "kinds": {"a": NAMES["a"]}}
    chart = charts.timeline(visits, milestones=MILESTONES, **options)
    assert "Incoming: 2" in said(chart)["en"]
    own = present.own_chart.own(lambda axes: axes.plot([1]), visits, columns=["direction"])
    assert "number of points: 3" in said(own)["en"]


def test_a_number_that_many_marks_have_names_none_of_them():
    """The zeros of a sparse table are not named one by one."""
    cells = [q(3), *[q(0)] * 7]
    frame = pd.DataFrame({"x": cells}, index=[*"abcdefgh"])
    names = {key: Text(key, key) for key in frame.index}
    parts = {"x": Text("x", "x")}
    told = said(charts.stacked(frame, names=names, series_names=parts, unit=UNIT))["en"]
    assert told.startswith("Stacked bars, million euros. Largest: 3 (a, x).")
    assert told.endswith("Smallest: 0 (several times).")


def test_ranges_are_told_by_panel():
    """Each panel has its own values, with the range where there is one."""
    frame = pd.DataFrame({"p": [q(2, 1, 3), q(5, 5, 5)]}, index=["a", "b"])
    chart = charts.dots(frame, names=NAMES, panels={"p": UNIT})
    assert said(chart)["en"] == (
        "Values with their ranges, million euros. Imports: 2 (1–3). Exports: 5."
    )


def test_a_pair_and_what_it_is_compared_with_are_told():
    """Each dot by its row and its own name, then the number that they are compared with."""
    frame = pd.DataFrame({"s": [q(2)], "o": [q(5)]}, index=["a"])
    chart = charts.dots(
        frame, names={"a": NAMES["a"]}, unit=UNIT, reference=(Text("norm", "norm"), q(7)),
        series_names={"s": Text("opgave", "stated"), "o": Text("bron", "source")},
    )  # fmt: skip
    assert said(chart)["en"] == (
        "Dots, million euros. Imports, stated: 2. Imports, source: 5. "
        "Line to compare with: norm, 7."
    )


def test_the_highlighted_row_is_told():
    """Of many rows the largest, the smallest and the highlighted one."""
    values = [q(2, 1, 3), q(5), q(4), q(4), q(4), q(3, 2, None), q(4)]
    frame = pd.DataFrame({"p": values}, index=list("abcdefg"))
    names = {key: Text(f"rij {key}", f"row {key}") for key in "abcdefg"}
    chart = charts.dots(frame, names=names, panels={"p": UNIT}, highlight="f")
    assert said(chart)["en"].endswith("Largest: 5 (row b). Smallest: 2 (row a). Row f: 3 (≥ 2).")


def test_the_numbers_told_have_their_evidence(monkeypatch):
    """A total that only the alternative text has is in the evidence of the output."""
    outputs = []
    monkeypatch.setattr(present, "publish_display_data", outputs.append)
    counted = counts.count_by(tables.load("missions"), "direction", "year")
    present.show_chart(charts.stacked(counted), caption=Text("a", "b"))
    bundle = outputs[0][present.MIME]
    total = BeautifulSoup(bundle["en"]["alt"], "html.parser").find_all("data")[-1]
    assert total.text == "3"
    assert total["data-id"] in {record["id"] for record in bundle["evidence"]}
    assert total["data-id"] in bundle["shown"]
