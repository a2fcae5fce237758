"""Notebooks as files: their cells, and the outputs that a run gave them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ..errors import NotebookError, Problem


def code(path: Path) -> list[str] | None:
    """The code cells of a notebook; `None` when it is none, which `read` says."""
    return _of_code(path, lambda cell: "".join(cell["source"]))


def tags(path: Path) -> list[list[str]] | None:
    """The tags of each code cell: some tell the runner to leave it out, or to let it fail."""
    return _of_code(path, lambda cell: cell["metadata"].get("tags", []))


def _of_code(path: Path, part) -> list | None:
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return [part(cell) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, LookupError, TypeError):
        return None


def read(path: Path):
    """A notebook without the outputs that are stored in it."""
    nbformat = library()
    try:
        book = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises JSON, validation and OS errors alike
        raise NotebookError(Problem(path.name, str(error)[:200], "a version 4 notebook")) from error
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return book


def join(book) -> None:
    """Make one output of a stream that came in pieces: where it is cut depends on time. Its lines
    end as those of a page, and not as the terminal's that `!command` writes to."""
    for cell in book.cells:
        whole = []
        for output in cell.get("outputs", []):
            name = output.get("name")  # only streams have one
            if name and whole and whole[-1].get("name") == name:
                whole[-1].text += output.text
            else:
                whole.append(output)
        for output in whole:
            if output.get("name"):
                output.text = output.text.replace("\r\n", "\n")
        if whole:
            cell.outputs = whole


def outputs(book) -> str:
    """The outputs of each code cell, in order, as JSON."""
    own = [cell.outputs for cell in book.cells if cell.cell_type == "code"]
    return json.dumps(own, ensure_ascii=False)


def filled(book, kept: str):
    """The notebook with outputs as `outputs` gave them."""
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    for cell, own in zip(cells, json.loads(kept), strict=True):
        cell.outputs = [library().from_dict(output) for output in own]
    return book


def library():
    """nbformat, without a grammar of addresses that its validator would compile: most of a
    second for nothing that a notebook needs."""
    absent = "rfc3987_syntax" not in sys.modules
    if absent:
        sys.modules["rfc3987_syntax"] = None
    import nbformat

    if absent:
        del sys.modules["rfc3987_syntax"]
    return nbformat
