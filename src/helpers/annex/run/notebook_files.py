"""Notebooks as files: their cells, and the outputs that a run gave them."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ...errors import NotebookError, Problem, quoted
from ...limits import NOTEBOOK_BYTES
from .form import fits

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7})(?: |$)", re.M)
_SAVED = "a notebook as JupyterLab saves it, in JSON and UTF-8"
_WORDS = (str, [str])
_KINDS = ("code", "markdown", "raw")
# Tags of Jupyter Book, nbconvert and nbclient for what a page never does.
_HIDING = re.compile(
    r"(?:hide|remove|scroll|skip)[-_](?:all[-_])?(?:cell|input|output|execution|std)\w*"
)
_CELL = {"cell_type": str, "source": _WORDS, "metadata": dict}


def code(path: Path) -> list[str] | None:
    """The code cells of a notebook; `None` when it is none, which `read` says."""
    cells = content(path)
    return cells and [source for kind, source, _ in cells[0] if kind == "code"]


def tags(path: Path) -> list[list[str]]:
    """The tags of each code cell: some tell the runner to leave it out, or to let it fail."""
    return [tags for kind, _, tags in content(path)[0] if kind == "code"]


def content(path: Path) -> list | None:
    """All that a build reads of a notebook: its cells with their tags, and its short names. Not
    stored outputs, counts, and the metadata that editors keep; `None` when it is none."""
    try:
        book = document(path)
    except NotebookError:
        return None
    cells = [
        [cell["cell_type"], cell["source"], sorted(cell["metadata"].get("tags", []))]
        for cell in book["cells"]
    ]
    return [cells, book["metadata"].get("annex")]


def read(path: Path):
    """A notebook without the outputs that are stored in it.

    Raises `NotebookError` for a file that is none.
    """
    known = document(path)
    for cell in known["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return library().from_dict(known)


def document(path: Path) -> dict:
    """A notebook as plain data, whoever wrote it: with or without a byte order mark, ids of cells,
    outputs; line ends are one character, and sources one text.

    Raises `NotebookError` naming what keeps the file from being a notebook.
    """
    try:
        known = _parsed(path)
    except _NoNotebook as error:
        raise NotebookError(Problem(f"notebooks/{path.name}", *error.args)) from None
    for cell in known["cells"]:
        text = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        cell["source"] = text.replace("\r\n", "\n")
    if problems := list(_flaws(path.stem, known["cells"])):
        raise NotebookError(problems)
    return known


class _NoNotebook(Exception):
    """What was found, and what would be right."""


def _parsed(path: Path) -> dict:
    text = _text(path)
    try:
        known = json.loads(text)
    except (ValueError, RecursionError) as error:
        if mark := _CONFLICT.search(text):
            line = text.count("\n", 0, mark.start()) + 1
            found = f"the mark of a merge conflict, {mark[0].strip()}, in line {line}"
            raise _NoNotebook(found, f"{_SAVED}, without conflicts") from None
        raise _NoNotebook(f"no JSON: {str(error)[:100]}", _SAVED) from None
    form = known.get("nbformat") if isinstance(known, dict) else None
    if form is not None and form != 4:
        raise _NoNotebook(f"nbformat {form!r}", "nbformat 4: open it in JupyterLab and save it")
    if form is None or not fits(known, {"cells": list, "metadata": dict}):
        raise _NoNotebook("JSON that is no notebook", "an object with nbformat, metadata and cells")
    for number, cell in enumerate(known["cells"], 1):
        if not fits(cell, _CELL) or cell["cell_type"] not in _KINDS:
            found = f"item {number} of `cells` that is no cell"
            raise _NoNotebook(found, "cell_type (code, markdown or raw), metadata and source")
    return known


def _text(path: Path) -> str:
    try:
        if (size := path.stat().st_size) > NOTEBOOK_BYTES:
            expected = f"at most {NOTEBOOK_BYTES:,}: clear its outputs"
            raise _NoNotebook(f"{size:,} bytes", expected)
        content = path.read_bytes()
    except OSError as error:
        raise _NoNotebook(error.strerror or str(error), _SAVED) from None
    if not content.strip():
        raise _NoNotebook("an empty file", _SAVED)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:4]:
        raise _NoNotebook("UTF-16, or UTF-32", _SAVED)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        line = content.count(b"\n", 0, error.start) + 1
        raise _NoNotebook(f"byte 0x{byte:02X} in line {line}, which is not UTF-8", _SAVED) from None


def _flaws(name: str, cells: Sequence[dict]) -> Iterator[Problem]:
    for number, cell in enumerate(cells, 1):
        tags = cell["metadata"].get("tags", [])
        if not fits(tags, [str]):
            yield Problem(place(name, cells, number), f"tags {tags!r}", "a list of words")
            continue
        for tag in filter(_HIDING.fullmatch, tags):
            expected = (
                "no such tag: every cell runs, and a page shows its outputs and folds its code"
            )
            yield Problem(place(name, cells, number), f"the tag {tag!r}", expected)


def place(name: str, cells: Sequence[Mapping], number: int) -> str:
    """Where a cell of a notebook is, as JupyterLab shows it: a code cell by the number that it has
    after a run of all cells, others by their first line.

    cells: of the notebook. number: of the cell among them, from 1.
    """
    cell = cells[number - 1]
    if cell["cell_type"] == "code":
        # A cell without code does not run, and gets no number.
        ran = [c for c in cells[:number] if c["cell_type"] == "code" and c["source"].strip()]
        return f"notebooks/{name}.ipynb, cell [{len(ran)}]"
    first = _first_line(cell)
    prose = [n for n, other in enumerate(cells, 1) if other["cell_type"] != "code"]
    alike = [n for n in prose if _first_line(cells[n - 1]) == first]
    which = f" ({alike.index(number) + 1} of {len(alike)})" if len(alike) > 1 else ""
    return f"notebooks/{name}.ipynb, the cell that begins {quoted(first)}{which}"


def _first_line(cell: Mapping) -> str:
    return next(iter(cell["source"].strip().splitlines()), "")


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
