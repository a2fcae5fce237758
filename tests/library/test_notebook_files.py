"""Notebooks as files, whoever wrote them."""

import codecs
import json

import nbformat
import pytest

from conftest import notebook
from helpers.annex.plan.inputs import Inputs
from helpers.annex.run import notebook_files
from helpers.errors import NotebookError

TEXT = nbformat.writes(notebook("é = 1\né", "2"))


def plain(**changes) -> str:
    return json.dumps(json.loads(TEXT) | changes)


def without_ids() -> str:
    book = json.loads(TEXT) | {"nbformat_minor": 0}
    for cell in book["cells"]:
        del cell["id"]
    return json.dumps(book)


def same_ids() -> str:
    book = json.loads(TEXT)
    for cell in book["cells"]:
        cell["id"] = "a"
    return json.dumps(book)


READ = {
    "as saved": TEXT.encode(),
    "byte order mark": codecs.BOM_UTF8 + TEXT.encode(),
    "line ends": TEXT.replace("\n", "\r\n").encode(),
    "line ends in cells": TEXT.replace("\\n", "\\r\\n").encode(),
    "without ids": without_ids().encode(),
    "ids twice": same_ids().encode(),
}


@pytest.mark.parametrize("kind", READ)
def test_a_notebook_is_read_whoever_wrote_it(tmp_path, kind):
    """A byte order mark, line ends and ids are no part of a notebook: it runs the same code, and
    what a build knows of it stays known."""
    for name, content in (("a", READ["as saved"]), (kind, READ[kind])):
        (tmp_path / f"{name}.ipynb").write_bytes(content)
    path = tmp_path / f"{kind}.ipynb"
    assert [source for source, _ in notebook_files.code(path)[:2]] == ["é = 1\né", "2"]
    assert notebook_files.code(path) == notebook_files.code(tmp_path / "a.ipynb")
    sources = [cell.source for cell in notebook_files.read(path).cells]
    assert sources[:3] == ["# Titel", "# Title", "é = 1\né"]
    assert not any(cell.get("outputs") for cell in notebook_files.read(path).cells)
    inputs = Inputs(tmp_path, tmp_path)
    keys = {inputs.notebook(tmp_path, notebook_files.code(p))
            for p in tmp_path.iterdir()}  # fmt: skip
    assert len(keys) == 1


REFUSED = {
    "empty": (b"", "an empty file"),
    "blank": (b" \n", "an empty file"),
    "utf-16": (TEXT.encode("utf-16"), "UTF-16, or UTF-32"),
    "utf-16 without mark": (TEXT.encode("utf-16-le"), "UTF-16, or UTF-32"),
    "latin-1": (json.dumps(json.loads(TEXT), ensure_ascii=False).encode("latin-1"),
                "byte 0xE9 in line 1, which is not UTF-8"),
    "cut": (TEXT[:50].encode(), "invalid JSON: "),
    "conflict": (TEXT.replace(' "cells"', "<<<<<<< HEAD\n \"cells\"").encode(),
                 "a merge conflict marker, <<<<<<<, in line 2"),
    "list": (b"[]", "JSON that is no notebook"),
    "other JSON": (b"{}", "JSON that is no notebook"),
    "older form": (b'{"nbformat": 3, "worksheets": []}', "nbformat 3"),
    "newer form": (plain(nbformat=5).encode(), "nbformat 5"),
    "no cells": (plain(cells={}).encode(), "JSON that is no notebook"),
    "no cell": (plain(cells=[{"cell_type": "code"}]).encode(), "item 1 of `cells` that is no cell"),
    "heading": (plain(cells=[{"cell_type": "heading", "source": "", "metadata": {}}]).encode(),
                "item 1 of `cells` that is no cell"),
    "deep": (b"[" * 100_000, "invalid JSON: "),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_notebook_is_told_in_a_line(tmp_path, kind):
    """What keeps a file from being a notebook is told with its name and what would be right."""
    content, found = REFUSED[kind]
    path = tmp_path / "01_a.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookError) as error:
        notebook_files.read(path)
    (problem,) = error.value.problems
    assert problem.place == "notebooks/01_a.ipynb"
    assert problem.found.startswith(found)
    assert "\n" not in str(problem)
    assert notebook_files.code(path) is None


def test_tags_that_are_no_list_are_told_by_cell(tmp_path):
    """Tags that are not a list of words would be passed over."""
    book = json.loads(TEXT)
    book["cells"][0]["metadata"]["tags"] = "nl"
    (tmp_path / "01_a.ipynb").write_text(json.dumps(book))
    with pytest.raises(NotebookError, match=r"the cell that begins '# Titel': found tags 'nl'"):
        notebook_files.read(tmp_path / "01_a.ipynb")


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    """A file beyond the limit is told with its size."""
    monkeypatch.setattr(notebook_files, "NOTEBOOK_BYTES", 10)
    (tmp_path / "01_a.ipynb").write_text(TEXT)
    with pytest.raises(NotebookError, match=r"found [\d,]+ bytes; expected at most 10. Clear"):
        notebook_files.read(tmp_path / "01_a.ipynb")


def test_what_can_not_be_opened_is_told(tmp_path):
    """A folder by the name of a notebook is told with what the system says."""
    (tmp_path / "01_a.ipynb").mkdir()
    with pytest.raises(NotebookError, match="Is a directory"):
        notebook_files.read(tmp_path / "01_a.ipynb")


@pytest.mark.parametrize("tag", [
    "remove-cell", "remove-input", "remove-output", "remove_cell", "remove_all_outputs",
    "remove-stderr", "hide-input", "hide-cell", "hide-output", "scroll-output", "skip-execution",
])  # fmt: skip
def test_a_tag_that_promises_another_page_is_refused(tmp_path, tag):
    """Jupyter Book and nbconvert would leave a part out; it is told by its cell before it runs."""
    book = notebook("x = 1", "y = 2")
    book.cells[3].metadata["tags"] = ["todo", tag]
    nbformat.write(book, tmp_path / "01_a.ipynb")
    with pytest.raises(NotebookError) as error:
        notebook_files.read(tmp_path / "01_a.ipynb")
    assert str(error.value) == (
        f"notebooks/01_a.ipynb, cell [2]: found the tag {tag!r}; expected no tag that hides, "
        "as a page shows all outputs and folds all code. Take it off, or, for a cell that "
        "only JupyterLab runs, tag it explore (JupyterLab: Property Inspector, Cell Tags)."
    )


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        *((t, "explore") for t in ("Explore", "explore ", "exploration", "exploratory")),
        *((t, "background") for t in ("Background", "backgrond", "back-ground", " background")),
    ],
)
def test_a_tag_that_is_almost_another_is_refused(tmp_path, tag, meant):
    """The cell would run and be shown, or its section stay unfolded, against what was meant."""
    book = notebook("x = 1")
    book.cells[2].metadata["tags"] = [tag]
    nbformat.write(book, tmp_path / "01_a.ipynb")
    with pytest.raises(NotebookError) as error:
        notebook_files.read(tmp_path / "01_a.ipynb")
    assert str(error.value) == (
        f"notebooks/01_a.ipynb, cell [1]: found the tag {tag!r}; expected {meant}. Correct it, or "
        "choose another word (JupyterLab: Property Inspector, Cell Tags)."
    )


def test_code_is_no_background(tmp_path):
    """Only a heading begins a section: on code the tag would do nothing."""
    book = notebook("x = 1", "y = 2")
    book.cells[2].metadata["tags"] = ["background"]
    book.cells[3].metadata["tags"] = ["background", "explore"]  # which no page shows
    nbformat.write(book, tmp_path / "01_a.ipynb")
    with pytest.raises(NotebookError) as error:
        notebook_files.read(tmp_path / "01_a.ipynb")
    assert str(error.value) == (
        "notebooks/01_a.ipynb, cell [1]: found the tag 'background'; expected it on prose that "
        "begins with a heading. Take it off (JupyterLab: Property Inspector, Cell Tags)."
    )
