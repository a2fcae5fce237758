"""The tutorial runs from start to end, in its folder, and is as short as it says."""

import itertools

import nbclient
import nbformat
import pytest

from conftest import ROOT

PATH = ROOT / "notebooks" / "tutorial" / "first_steps.ipynb"
CELLS = nbformat.read(PATH, as_version=4).cells


@pytest.fixture(scope="module")
def ran():
    """The code cells after a run in the folder of the notebook, as JupyterLab starts its kernel."""
    book = nbformat.read(PATH, as_version=4)
    resources = {"metadata": {"path": str(PATH.parent)}}
    nbclient.NotebookClient(book, timeout=120, resources=resources).execute()
    return [cell for cell in book.cells if cell.cell_type == "code"]


def shown(cell) -> dict:
    """What a cell shows, by kind."""
    return {kind: data for output in cell.outputs for kind, data in output["data"].items()}


def test_it_is_stored_without_outputs():
    """So that its first reader runs it."""
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in CELLS)


def test_cells_are_short_and_led_in():
    """Code has at most twelve lines, and a sentence before it, unless it only sets the language
    back."""
    for before, cell in itertools.pairwise(CELLS):
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 12
            assert before.cell_type == "markdown" or cell.source == 'helpers.language("en")'


def test_every_cell_runs(ran):
    """Without an error, a warning or a print."""
    assert {output.output_type for cell in ran for output in cell.outputs} == {
        "display_data", "execute_result",
    }  # fmt: skip


def test_it_draws(ran):
    """Three charts of the house and one of seaborn, of which one in Dutch."""
    pictures = [shown(cell) for cell in ran]
    drawn = [each["image/svg+xml"] for each in pictures if "image/svg+xml" in each]
    assert ["Imports" in svg for svg in drawn] == [True, False]
    assert ["Invoer" in svg for svg in drawn] == [False, True]
    assert sum("image/png" in each for each in pictures) == 1
    assert sum("<figure" in each.get("text/html", "") for each in pictures) == 1


def test_it_says_what_it_derived(ran):
    """The sentence of the last steps has the number, in English again."""
    [said] = [cell for cell in ran if cell.source.startswith("say(")]
    assert 'data-id="coverage-' in shown(said)["text/html"]
    assert ">26%</data> of imports" in shown(said)["text/html"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("tables.describe()", "tables.describe("),
        ('tables.describe("missions")', "data/report/missions.csv"),
        ("covered.trail()", "data/statistics/goods_trade.csv"),
    ],
)
def test_it_looks_and_follows(ran, source, words):
    """The descriptions and the trail are shown, and lead to the file."""
    [cell] = [cell for cell in ran if cell.source == source]
    assert words in shown(cell)["text/html"]
