"""Charts of kinds that the house lacks, published from a notebook as a researcher writes it."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from browser import COLOURS, NO_STRAYS, Tab
from conftest import EXAMPLE, notebook
from helpers.annex.build import build
from helpers.annex.plan.plan import Plan

DATA = """import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from helpers import language, tables
from helpers.language import Text
from helpers.present import show_chart

invested = tables.load("foreign_investment")[["year", "value_eur_m"]]
plain = invested.assign(value_eur_m=invested.value_eur_m.map(float))
labels = {"value_eur_m": Text("Investering, miljoen euro", "Investment, million euros")}"""
SAID = """from helpers.present import say
for role in ("through", "headline", "finding"):
    say(nl="Er is een brug.", en="There is a bridge.", source=["5"], role=role)"""
REGRESSION = """def regression(axes):
    sns.regplot(plain, x="year", y="value_eur_m", ax=axes, seed=1)

caption = Text("De lijn is een regressie.", "The line is a regression.")
show_chart(regression, data=invested, labels=labels, caption=caption, lead=True)"""
HISTOGRAM = """figure, axes = plt.subplots()
sns.histplot(plain, x="value_eur_m", binwidth=2, ax=axes)
axes.set_ylabel("")
caption = Text("De meeste jaren liggen boven het midden.", "Most years lie above the middle.")
show_chart(figure, data=invested, labels=labels, caption=caption)"""
SLOPES = """def slopes(axes):
    ends = plain.iloc[[0, -1]]
    axes.plot(ends.year.astype(str), ends.value_eur_m, marker="o")
    for place, row in enumerate(ends.itertuples()):
        name = language.text(Text("brug", "bridge"))
        words = f"{name} {language.number(row.value_eur_m, '0.0')}"
        axes.annotate(words, (place, row.value_eur_m), (0, 20 * place - 13),
                      textcoords="offset points", ha="right" if place else "left")
    axes.margins(y=0.2)
    axes.set_ylabel("value_eur_m")

caption = Text("De investering nam toe.", "Investment rose.")
show_chart(slopes, data=invested.iloc[[0, -1]], labels=labels, caption=caption)"""


@pytest.fixture(scope="module")
def annex(tmp_path_factory):
    """An annex of one notebook with three charts of its own."""
    root = tmp_path_factory.mktemp("charts")
    (root / "notebooks").mkdir()
    book = notebook(SAID, DATA, REGRESSION, HISTOGRAM, SLOPES, said=False)
    nbformat.write(book, root / "notebooks" / "01_charts.ipynb")
    build(Plan(root, EXAMPLE / "data", root / "annex"))
    return root / "annex"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("nl", "Grafiek; aantal punten: 3. Investering, miljoen euro: van 8,2 (2016) tot 13,1 "
               "(2018)."),
        ("en", "Chart; number of points: 3. Investment, million euros: from 8.2 (2016) to 13.1 "
               "(2018)."),
    ],
)  # fmt: skip
def test_charts_of_ones_own_are_published(annex, lang, told):
    """Each has its alternative text, its table and its file, and every number its evidence."""
    page = (annex / lang / "01_charts.html").read_text(encoding="utf-8")
    tree = BeautifulSoup(page, "html.parser")
    charts = tree.select("figure.chart")
    assert [chart.img["alt"].replace("\xa0", " ") for chart in charts][:2] == [told, told]
    for chart in charts:
        assert all(number.parent.name == "a" for number in chart.select("details data"))
        assert len(chart.select("details tbody tr")) in (2, 3)
    assert len(list((annex / "charts").glob(f"*-{lang}.csv"))) == 3


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_charts_of_ones_own_are_accessible(annex, chromium, lang):
    """No rule of axe-core is broken and nothing strays, at 320 and 1280 px, light and dark."""
    with Tab(chromium, annex / lang / "01_charts.html") as tab:
        for width in (320, 1280):
            tab.at(width, "light")
            assert tab.violations() == []
            assert tab.strays() == NO_STRAYS
            tab.at(width, "dark")
            assert tab.violations(COLOURS) == []
        assert (tab.noise, tab.outside) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_words_in_a_picture_do_not_overlap(annex, chromium, lang, width):
    """As the browser measures them, words lie apart from each other and within the picture."""
    for number in (1, 2, 3):
        tab = chromium.new_page()
        tab.goto((annex / "charts" / f"01_charts-{number}-{lang}-{width}.svg").as_uri())
        assert tab.evaluate(COLLISIONS) == []
        tab.close()


COLLISIONS = """() => {
  const all = [...document.querySelectorAll('text')];
  const boxes = all.map(e => [e.textContent, e.getBoundingClientRect()]);
  const room = document.documentElement.getBoundingClientRect(), found = [];
  boxes.forEach(([words, a], i) => {
    if (a.left < room.left - 1 || a.right > room.right + 1 || a.bottom > room.bottom + 1)
      found.push(`${words} beyond the edge`);
    boxes.slice(i + 1).forEach(([other, b]) => {
      if (a.left < b.right - 1 && b.left < a.right - 1 &&
          a.top < b.bottom - 2 && b.top < a.bottom - 2) found.push(`${words} on ${other}`);
    });
  });
  return found;
}"""
