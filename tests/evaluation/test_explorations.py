"""The notebook of everyday explorations runs as it stands, as in JupyterLab."""

import nbclient
import nbformat
import openpyxl
import pytest

from conftest import ROOT

PATH = ROOT / "notebooks" / "explorations.ipynb"


@pytest.fixture(scope="module")
def explored(tmp_path_factory):
    """The notebook after a run, and the folder in which it ran."""
    place = tmp_path_factory.mktemp("explorations")
    book = nbformat.read(PATH, as_version=4)
    assert not any(cell.get("outputs") for cell in book.cells)
    resources = {"metadata": {"path": str(place)}}
    # The kernel looks for data/ above the folder that it starts in.
    (place / "data").symlink_to(ROOT / "data")
    nbclient.NotebookClient(book, timeout=120, resources=resources).execute()
    return book, place


def outputs(book) -> list:
    return [output for cell in book.cells for output in cell.get("outputs", [])]


def test_nothing_is_warned_of(explored):
    """No cell writes a warning."""
    streams = [o for o in outputs(explored[0]) if o.output_type == "stream"]
    assert [stream.text for stream in streams if stream.name == "stderr"] == []


def test_pictures_are_drawn(explored):
    """Four questions are answered with a picture."""
    pictures = [o for o in outputs(explored[0]) if "image/png" in o.get("data", {})]
    assert len(pictures) == 4


def test_a_regression_keeps_its_method(explored):
    """The slope is printed with what it was computed from, in euros per inhabitant."""
    shown = [o.data["text/plain"] for o in outputs(explored[0]) if "data" in o]
    assert any("EUR/persons" in text and "result-" in text for text in shown)


def test_every_table_is_in_the_file_as_numbers(explored):
    """The Excel file has a sheet per table, and measured cells are numbers there."""
    book = openpyxl.load_workbook(explored[1] / "tables.xlsx", read_only=True)
    (head, first, *_) = book["goods_trade"].iter_rows(values_only=True)
    assert first[head.index("value_eur_m")] == 1213
    assert len(book.sheetnames) == 34
