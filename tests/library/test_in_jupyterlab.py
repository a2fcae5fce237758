"""What a cell shows in an ordinary kernel, as JupyterLab and nbconvert run it."""

import base64
import re

import nbclient
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from conftest import EXAMPLE

START = """import seaborn as sns
from helpers import charts, tables
from helpers.charts.svg_canvas import Canvas
from helpers.language import Text
from helpers.present import show_chart

invested = tables.load("foreign_investment")[["year", "value_eur_m"]]
labels = {"value_eur_m": Text("Investering", "Investment")}
caption = Text("De investering.", "The investment.")
draws, write = [], Canvas.svg
Canvas.svg = lambda canvas: draws.append(1) or write(canvas)

def chart():
    names = {"a": Text("Brug", "Bridge")}
    return charts.lines(invested.assign(series="a"), y="value_eur_m", names=names,
                        unit=Text("miljoen euro", "million euros"))

def bars(axes):
    sns.barplot(invested.astype({"value_eur_m": float}), x="year", y="value_eur_m", ax=axes)"""
SHOWN = [
    "show_chart(chart(), caption=caption)",
    "show_chart(bars, data=invested, labels=labels, caption=caption)",
    "figure = sns.lineplot(invested.astype(float), x='year', y='value_eur_m').figure\n"
    "show_chart(figure, data=invested, labels=labels, caption=caption)",
    "chart()",
]
UNIT = {"nl": "miljoen euro", "en": "million euros"}
INVESTMENT = {"nl": "Investering", "en": "Investment"}
WORDS = [UNIT, INVESTMENT, INVESTMENT, UNIT]  # in each picture


def ran(*sources: str) -> list:
    """The outputs of each cell, run in turn in one kernel."""
    book = new_notebook(cells=[new_code_cell(source) for source in sources])
    resources = {"metadata": {"path": str(EXAMPLE)}}
    nbclient.NotebookClient(book, timeout=60, allow_errors=True, resources=resources).execute()
    return [cell.outputs for cell in book.cells]


@pytest.fixture(scope="module")
def drawn():
    """The outputs of each way to show a chart, with how often it was drawn, in English, and again
    in Dutch."""
    cells = [f"draws.clear()\n{cell}" for cell in SHOWN]
    counted = [each for cell in cells for each in (cell, "len(draws)")]
    switch = "import helpers; helpers.language('nl')"
    start, *found = ran(START, *counted, switch, *counted)
    assert start == []
    return {"en": found[: len(counted)], "nl": found[len(counted) + 1 :]}


def value(outputs: list) -> str:
    """The value of the last line of a cell, as Python writes it."""
    [output] = outputs
    return output["data"]["text/plain"]


def picture(outputs: list) -> str:
    """The one picture of a cell, as SVG."""
    [output] = outputs
    if bare := output["data"].get("image/svg+xml"):
        return bare
    [shown] = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', output["data"]["text/html"])
    return base64.b64decode(shown).decode()


@pytest.mark.parametrize("way", range(len(SHOWN)))
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_cell_draws_one_picture(drawn, lang, way):
    """Whichever way a chart is shown, a cell draws it once, in the language that was chosen."""
    shown, counted = drawn[lang][2 * way : 2 * way + 2]
    assert value(counted) == "1"
    other = {"en": "nl", "nl": "en"}[lang]
    assert WORDS[way][lang] in picture(shown)
    assert WORDS[way][other] not in picture(shown)


CHOSEN = [
    "import helpers; helpers.language({!r})",
    "from helpers import language; language({!r})",
    "from helpers import tables, language as shown; shown({!r})",
    "import asyncio, helpers; await asyncio.sleep(0); helpers.language({!r})",
]


def test_sources_have_the_colour_of_the_theme(drawn):
    """A colour of their own would be lost on the ground of JupyterLab's dark theme."""
    (note,) = re.findall(r"<p style=[^>]*>", drawn["en"][0][0].data["text/html"])
    assert "color" not in note


def test_a_language_lasts():
    """However it is chosen, and whatever was imported before, in the cells that follow, with
    `await` and in threads too. An unknown one is told, with those that there are, and the one that
    was chosen stays."""
    current = [
        "from helpers.language import current; current()",
        "await __import__('asyncio').sleep(0); current()",
        "from concurrent.futures import ThreadPoolExecutor as Threads\n"
        "Threads(1).submit(current).result()",
    ]
    cells = [each.format(lang) for each in CHOSEN for lang in ("nl", "en")]
    *found, told, after = ran(
        "from helpers import tables", *(each for cell in cells for each in (cell, *current)),
        "helpers.language('fr')", current[0],
    )  # fmt: skip
    said = [value(outputs) for outputs in found if outputs]
    assert said == [*["'nl'"] * 3, *["'en'"] * 3] * len(CHOSEN)
    assert (told[0]["ename"], told[0]["evalue"]) == (
        "ValueError", "unknown language 'fr'; one of nl, en",
    )  # fmt: skip
    assert value(after) == "'en'"
