import sys
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
import seaborn.objects as so
from bs4 import BeautifulSoup

from conftest import q
from helpers import language, present, tables
from helpers.annex.rules import asset_rules
from helpers.charts import own_chart
from helpers.errors import ChartError, EvidenceError
from helpers.language import Text
from helpers.present import Column, show_chart

CAPTION = Text("Iets.", "Something.")
LABELS = {
    "town": Text("plaats", "place"), "size": Text("omvang", "size in all"),
    "visits": Text("bezoeken", "number of visits"),
}  # fmt: skip
TOWNS = pd.DataFrame({
    "town": ["Aa", "Bee", "Cee"], "direction": ["outgoing", "incoming", "incoming"],
    "size": [q("1500.5"), q(2500), q(12000)], "visits": [q(1), q(2), q(4)],
})  # fmt: skip
PLAIN = TOWNS.assign(size=[1500.5, 2500, 12000], visits=[1, 2, 4])
SVG = "{http://www.w3.org/2000/svg}"


def scatter(axes):
    """Draws the towns, with the names of columns as labels."""
    sns.regplot(PLAIN, x="size", y="visits", ax=axes, seed=1)


def words(svg: str) -> list[str]:
    """The texts in a picture."""
    return ["".join(t.itertext()) for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def show(chart, **options):
    options = {"data": TOWNS, "labels": LABELS} | options
    show_chart(chart, caption=CAPTION, **options)


def test_a_function_is_drawn_for_each_language_and_width(shown):
    """It is called anew for each, and its picture has the labels and numbers of the language."""
    widths = []
    show(lambda axes: (widths.append(axes.figure.get_size_inches()[0]), scatter(axes)))
    assert widths == [8.6, 3.42, 8.6, 3.42]
    bundle = shown[0][present.MIME]
    for width in ("wide", "narrow"):
        assert {"omvang", "bezoeken", "10.000"} <= set(words(bundle["nl"][width]))
        assert {"size in all", "number of visits", "10,000"} <= set(words(bundle["en"][width]))
    assert [n.text for n in BeautifulSoup(bundle["en"]["data"], "html.parser")("th")[:4]] == [
        "place", "direction", "size in all", "number of visits"
    ]  # fmt: skip
    assert "1500.5,trade-01" in bundle["en"]["csv"]


def test_the_picture_is_the_same_every_time(shown):
    """Two runs give the same bytes, whatever the user's settings of matplotlib."""
    show(scatter)
    with plt.rc_context({"axes.linewidth": 9, "lines.marker": "x"}):
        show(scatter)
    assert shown[0] == shown[1]


def test_the_alternative_text_is_made_of_the_frame(shown):
    """The range of each measured column, with the row at its ends; a given text wins."""
    show(scatter)
    show(scatter, alt=Text("Punten.", "Dots."))
    told = [shown[0][present.MIME][lang]["alt"] for lang in language.languages()]
    assert [BeautifulSoup(each, "html.parser").text for each in told] == [
        "Grafiek. Omvang: van 1.500,5 (Aa) tot 12.000 (Cee). Bezoeken: van 1 (Aa) tot 4 (Cee).",
        "Chart. Size in all: from 1,500.5 (Aa) to 12,000 (Cee). Number of visits: from 1 (Aa) to 4 "
        "(Cee).",
    ]
    assert shown[1][present.MIME]["en"]["alt"] == "Dots."


def test_rows_of_a_table_are_counted_in_the_alternative_text(shown):
    """A frame whose rows come from a table has their number, which carries its evidence."""
    invested = tables.load("foreign_investment")

    def draw(axes):
        axes.plot(invested.year, invested.value_eur_m.map(float))

    show_chart(draw, data=invested[["year", "value_eur_m"]], caption=CAPTION)
    told = BeautifulSoup(shown[0][present.MIME]["en"]["alt"], "html.parser")
    assert told.text == (
        "Chart; number of points: 3. Value_eur_m, million euros: from 8.2 (2016) to 13.1 (2018)."
    )
    assert {"2016", "2017", "2018"} <= set(words(shown[0][present.MIME]["nl"]["wide"]))


def test_a_chart_without_a_frame_needs_its_text(shown):
    """What nobody wrote down nobody can tell; with a text it has no table."""
    with pytest.raises(ChartError, match=r"no frame and no alt; .*Give alt=Text"):
        show_chart(lambda axes: axes.plot([1, 2]), caption=CAPTION, source=["5"])
    alt = Text("Een lijn.", "A line.")
    with pytest.raises(ChartError, match="labels without data; expected the frame"):
        show(lambda axes: axes.plot([1, 2]), data=None, alt=alt)
    show_chart(lambda axes: axes.plot([1, 2]), caption=CAPTION, alt=alt, source=["5"])
    assert shown[0][present.MIME]["nl"]["data"] == ""


def test_each_parameter_is_a_panel(shown):
    """Panels stand side by side on a desktop and below each other on a phone."""

    def draw(left, right):
        left.bar([1, 2], [1, 2])
        right.bar([1, 2], [2, 1])

    show(draw)
    made = own_chart.own(draw, TOWNS, labels=LABELS)
    assert made.figure().axes[0].get_gridspec().get_geometry() == (1, 2)
    assert made.figure(narrow=True).axes[0].get_gridspec().get_geometry() == (2, 1)


def finished(kind: str):
    """A finished figure, as a library gives it."""
    if kind == "figure":
        figure, axes = plt.subplots()
        scatter(axes)
        return figure
    if kind == "axes":
        return PLAIN.plot.scatter("size", "visits")
    if kind == "array of axes":
        return PLAIN[["size", "visits"]].plot(subplots=True, legend=False)
    if kind == "grid":
        return sns.relplot(PLAIN, x="size", y="visits", hue="direction")
    return so.Plot(PLAIN, "size", "visits", color="direction").add(so.Dot())


@pytest.mark.parametrize("kind", ["figure", "axes", "array of axes", "grid", "objects"])
def test_a_finished_figure_is_shown_in_both_languages(shown, kind):
    """A figure, axes, several of them, a grid or a plot of seaborn: in the sizes of the house, its
    numbers and the names that it shows in the language of the page, and closed."""
    show(finished(kind))
    bundle = shown[0][present.MIME]
    assert "10.000" in words(bundle["nl"]["wide"]) or "12.000" in words(bundle["nl"]["wide"])
    assert 'width="619.2pt"' in bundle["nl"]["wide"]
    assert 'width="246.2pt"' in bundle["nl"]["narrow"]
    if kind in ("grid", "objects"):
        assert {"uitgaand", "inkomend"} <= set(words(bundle["nl"]["narrow"]))
    assert plt.get_fignums() == []


def test_a_finished_figure_can_be_shown_again(shown):
    """Showing it leaves it as it was."""
    figure = finished("figure")
    show(figure)
    show(figure)
    assert shown[0] == shown[1]


def titled(words: str):
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    axes.set_title(words)
    return figure


def test_words_in_one_language_are_told(shown):
    """Words that are the same for readers of every language, in a finished figure or of a function,
    are told with the way out; names and those declared the same are not."""
    with pytest.raises(ChartError, match=r"'Big towns' in every language.*def draw\(axes\)"):
        show(titled("Big towns"))
    with pytest.raises(ChartError, match=r"'Big towns' in every language.*language\.text"):
        show(lambda axes: axes.set_title("Big towns") and axes.plot([1, 2]))
    show(titled("Big towns"), same=["Big towns"])
    show(titled("Aa, 2017"))
    title = Text("Grote steden", "Big towns")
    show(lambda axes: (axes.plot([1, 2]), axes.set_title(language.text(title))))
    assert len(shown) == 3


def test_a_number_that_reads_in_two_ways_is_told(shown):
    """1.234 is a thousand in Dutch: one that was not written for the language is refused."""
    with pytest.raises(ChartError, match=r"'1\.234' in every language"):
        show(lambda axes: (axes.plot([1, 2]), axes.text(0, 1, "1.234")))
    show(lambda axes: (axes.plot([1, 2]), axes.text(0, 1, language.number(1234))))
    assert "1.234" in words(shown[0][present.MIME]["nl"]["wide"])
    assert "1,234" in words(shown[0][present.MIME]["en"]["wide"])


@pytest.mark.parametrize(
    ("drawn", "nl", "en"),
    [
        (lambda axes: axes.bar_label(axes.bar([0], [2.5])), "2,5", "2.5"),
        (lambda axes: sns.heatmap([[2500.5, 1]], annot=True, fmt=".1f", ax=axes), "2.500,5",
         "2,500.5"),
        (lambda axes: (axes.plot([0.5, 1]), axes.set_yticks([0.5, 1])), "0,5", "0.5"),
        (lambda axes: (axes.plot([1, 2e7]), axes.set_yticks([2e7])), "20.000.000", "20,000,000"),
        (lambda axes: (axes.plot([1, 1e4]), axes.set_yscale("log")), "10.000", "10,000"),
        (lambda axes: axes.plot([-1500, 500]), "-1.500", "-1,500"),
        (lambda axes: axes.plot([2000, 2005], [1, 2]), "2005", "2005"),
    ],
    ids=["bar label", "heat map", "ticks", "millions", "logarithms", "thousands", "years"],
)  # fmt: skip
def test_numbers_are_written_in_the_language(shown, drawn, nl, en):
    """A library writes numbers with a point; the picture has them as its language does, a year
    without a separator."""
    show(drawn)
    assert nl in words(shown[0][present.MIME]["nl"]["wide"])
    assert en in words(shown[0][present.MIME]["en"]["wide"])


def test_what_libraries_draw_passes_the_rules(shown):
    """Hatches, markers, legends, clipped marks, error bars, colour bars and cells are shapes and
    text, as the build asks of every picture."""

    def draw(left, right):
        left.bar([1, 2], [1, 2], hatch="//", yerr=[0.2, 0.3], label="Aa")
        left.legend()
        sns.heatmap([[1, 2], [3, 4]], ax=right)
        right.scatter([0.5], [0.5], marker="*", s=90, clip_on=True)

    show(draw)
    bundle = shown[0][present.MIME]
    files = {f"{w}.svg": bundle["nl"][w] for w in ("wide", "narrow")}
    assert asset_rules.problems(files) == []
    assert any("<pattern" in content for content in files.values())


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda axes: axes.imshow([[1, 2], [3, 4]]), "an image of pixels; .*pcolormesh"),
        (lambda axes: axes.scatter([1], [1], urls=["https://x.nl"]), "a link"),
        (lambda axes: axes.plot(np.sin(np.arange(12_000)), marker="o", lw=0), "kB; .*at most 200"),
        (lambda axes: axes.scatter(range(3), range(3)).axes.tick_params(labelcolor="#bbb"),
         "contrast of 1.9"),
        (lambda axes: (axes.plot([1]), axes.figure.text(0.9, 0.5, "2000 2001 2002 2003")),
         "'2000 2001 2002 2003' beyond its edge"),
    ],
    ids=["image", "link", "weight", "contrast", "edge"],
)  # fmt: skip
def test_what_no_reader_can_use_is_told(shown, draw, told):
    """Pixels, links, weight, pale words and words beyond the edge: with what to do."""
    with pytest.raises(ChartError, match=told):
        show(draw)
    assert shown == []


def test_all_faults_are_told_at_once(shown):
    """Not only the first."""
    with pytest.raises(ChartError) as error:
        show(lambda axes: (axes.imshow([[1, 2]]), axes.set_title("Big towns")))
    assert [p.found for p in error.value.problems] == [
        "an image of pixels", "'Big towns' in every language"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        (lambda axes: sns.histplot(PLAIN, x="size"), "another figure that it opened; .*ax=axes"),
        (lambda axes: None, "1 axes left empty"),
        (lambda: None, "<lambda>(); expected a parameter for each panel"),
        (lambda *axes: None, r"<lambda>\(\*axes\)"),
        (5, "found int; expected a chart of helpers.charts, a figure, or a function"),
    ],
    ids=["elsewhere", "nothing", "no axes", "any axes", "number"],
)
def test_what_is_no_chart_is_told(shown, chart, told):
    """A function that draws elsewhere, or nothing, or takes no axes; a number."""
    with pytest.raises(ChartError, match=told.replace("()", r"\(\)")):
        show(chart)
    assert plt.get_fignums() == []


def test_columns_without_a_header_are_told_together(shown):
    """All that the descriptor does not name, and a label for no column."""
    with pytest.raises(ChartError) as error:
        show(scatter, data=TOWNS.assign(where="x"), labels={})
    assert [p.place for p in error.value.problems] == [
        *(f"the data of a chart, column {name}" for name in ("town", "where")),
        "the data of a chart, columns size and visits",  # both called by their unit
    ]
    with pytest.raises(ChartError, match="labels: found 'sise'; expected columns of data, or"):
        show(scatter, labels={**LABELS, "sise": LABELS["size"]})


def test_plain_numbers_in_the_frame_are_refused(shown):
    """The table behind a chart has evidence, as every table."""
    with pytest.raises(EvidenceError, match="column size: found the plain value 1500"):
        show(scatter, data=PLAIN)


def test_columns_can_be_chosen(shown):
    """The table shows those that are named, each as it says."""
    chosen = {"town": Text("stad", "place"), "size": Column(LABELS["size"], "#,##0.00")}
    show(scatter, columns=chosen, labels=None, same=["visits"])
    html = BeautifulSoup(shown[0][present.MIME]["nl"]["data"], "html.parser")
    assert [cell.text for cell in html("th")[:2]] == ["stad", "omvang"]
    assert html("td")[0].text == "1.500,50"


def test_a_chart_of_the_house_has_its_own_data(shown):
    """What is for a figure of one's own has no use beside it, and is told."""
    from helpers import charts

    chart = charts.bars(pd.Series([q(1)], index=["a"]), names={"a": CAPTION}, unit=CAPTION)
    with pytest.raises(ValueError, match="go with a chart of your own"):
        show_chart(chart, caption=CAPTION, data=TOWNS)


def test_jupyterlab_draws_one_picture(monkeypatch):
    """The annex draws four; while exploring one is drawn, in the current language for a desktop."""
    outputs, calls = [], []
    monkeypatch.delenv(present.PUBLISHED, raising=False)
    monkeypatch.setattr(present, "publish_display_data", outputs.append)
    with language.use("nl"):
        show(lambda axes: (calls.append(language.current()), scatter(axes)))
    assert calls == ["nl"]
    assert "data:image/svg+xml" in outputs[0]["text/html"]
    assert outputs[0][present.MIME]["en"]["wide"] == ""


def test_pyplot_need_not_be_loaded(monkeypatch, shown):
    """A function that does without pyplot works where nothing has loaded it."""
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot")
    show(lambda axes: axes.plot([1, 2]))
    assert len(shown) == 1


def test_a_finished_figure_has_no_powers_of_ten(shown):
    """Its large numbers are written out, without a factor beside the axis."""
    figure, axes = plt.subplots()
    axes.plot([1, 2e7])
    axes.set_yticks([0, 2e7])
    show(figure)
    drawn = words(shown[0][present.MIME]["nl"]["wide"])
    assert "20.000.000" in drawn
    assert "1e7" not in drawn


def test_words_find_room_on_a_phone():
    """A long title is wrapped to its axes, and names that would touch below an axis are turned."""
    names = ["tegengesproken", "onbeslist gebleven", "bevestigd door reeksen", "herhaald"]

    def draw(axes):
        axes.bar(names, [1, 2, 3, 4])
        axes.set_title("Een titel die veel te lang is voor de breedte van een telefoon in de hand")

    made = own_chart.own(draw, TOWNS, labels=LABELS)
    axes = made.figure("nl", narrow=True).axes[0]
    assert axes.get_title("left").count("\n") == 2
    assert {tick.get_rotation() for tick in axes.get_xticklabels()} == {90}


def test_words_that_a_library_draws_get_labels(shown):
    """A label names what is no column too, such as the axis of a histogram."""

    def histogram(axes):
        sns.histplot(PLAIN, x="size", ax=axes)

    with pytest.raises(ChartError, match=r"'Count' in every language.*labels="):
        show(histogram)
    show(histogram, labels={**LABELS, "Count": Text("aantal", "number")})
    assert "aantal" in words(shown[-1][present.MIME]["nl"]["wide"])


def test_every_language_shows_the_same_random_numbers(shown):
    """Random points, and those of generators without a seed, are alike in all four pictures."""
    drawn = []

    def cloud(axes):
        numbers = np.random.rand(3).tolist() + np.random.default_rng().random(3).tolist()
        axes.scatter(numbers, numbers)
        drawn.append(numbers)

    show(cloud)
    assert drawn[1:] == drawn[:1] * 3


def test_thousands_are_written_in_each_language(shown):
    """A comma that the author's format gives is the point of Dutch; inside a text it is refused."""

    def thousands(axes):
        scatter(axes)
        axes.xaxis.set_major_formatter("{x:,.0f}")

    show(thousands)
    assert "10.000" in words(shown[0][present.MIME]["nl"]["wide"])
    with pytest.raises(ChartError, match="'n = 1,234' in every language"):
        show(lambda axes: (scatter(axes), axes.set_title("n = 1,234")))


def test_same_is_a_list_of_words(shown):
    """A single text would allow each of its letters."""
    with pytest.raises(ChartError, match="a list of words that all languages share"):
        show(scatter, same="ab")
