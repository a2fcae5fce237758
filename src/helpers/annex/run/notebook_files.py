"""Read notebook files, check their structure, and store the outputs of a run."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ...errors import NotebookError, Problem, quoted
from ...files.schemas import library
from ...limits import NOTEBOOK_BYTES

if TYPE_CHECKING:
    from nbformat import NotebookNode

Cell = TypeVar("Cell", bound=Mapping)
# Patterns as text: a build that finds the annex up to date compiles none.
_CONFLICT = r"(?m)^(?:<{7}|>{7}|={7})(?: |$)"
_SAVED = "a notebook as JupyterLab saves it, in JSON and UTF-8"
_CELL_TYPES = ("code", "markdown", "raw")
BRIEF = "five_minutes"  # the notebook of the short page, which is no theme
# The tag of a cell that is for JupyterLab alone: a build neither runs it nor shows it.
EXPLORE = "explore"
OR_EXPLORE = f"Or tag the cell {EXPLORE}: it then runs in JupyterLab only"
_TAGS = "JupyterLab: Property Inspector, Cell Tags"
# The tag of prose that begins a section which a page folds at its end.
BACKGROUND = "background"
_LIKE = {
    EXPLORE: r"(?i)\s*explor\w*\s*",
    BACKGROUND: r"(?i)\s*back[\s_-]*gr\w*\s*",
}
# Tags of Jupyter Book, nbconvert and nbclient that hide or skip something, which no page does.
_HIDING = r"(?:hide|remove|scroll|skip)[-_](?:all[-_])?(?:cell|input|output|execution|std)\w*"


def code(path: Path) -> list[list] | None:
    """[source, tags] of each code cell that a build runs; some tags make nbclient skip a cell or
    allow it to fail. `None` for an invalid file, for which `read` raises."""
    cells = content(path)
    return cells and [[source, tags] for kind, source, tags in cells[0] if kind == "code"]


def content(path: Path) -> list | None:
    """All that a build reads of a notebook: [[type, source, tags] of each cell, short names].

    Without cells tagged `explore`, stored outputs, execution counts and editor metadata, so that
    these do not change the cache key. `None` for an invalid file."""
    try:
        book = document(path)
    except NotebookError:
        return None
    cells = [
        [cell["cell_type"], cell["source"], sorted(cell["metadata"].get("tags", []))]
        for _, cell in shown(book["cells"])
    ]
    return [cells, book["metadata"].get("annex")]


def read(path: Path):
    """A notebook as an nbformat object, without its stored outputs.

    Raises `NotebookError` for an invalid file.
    """
    known = document(path)
    for cell in known["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return library().from_dict(known)


def document(path: Path) -> dict:
    """A notebook as parsed JSON, normalised: no byte order mark, sources as one string with `\\n`
    as line end. Cell ids and outputs may be missing.

    Raises `NotebookError` with all reasons why the file is no valid notebook.
    """
    try:
        known = _parsed(path)
    except _Invalid as error:
        raise NotebookError(Problem(f"notebooks/{path.name}", *error.args)) from None
    for cell in known["cells"]:
        text = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        cell["source"] = text.replace("\r\n", "\n")
    if problems := list(_tag_problems(path.stem, known["cells"])):
        raise NotebookError(problems)
    return known


class _Invalid(Exception):
    """A file that is no notebook; its arguments are those of a `Problem` after its place."""


def _parsed(path: Path) -> dict:
    text = _text(path)
    try:
        known = json.loads(text)
    except (ValueError, RecursionError) as error:
        if mark := re.search(_CONFLICT, text):
            line = text.count("\n", 0, mark.start()) + 1
            found = f"a merge conflict marker, {mark[0].strip()}, in line {line}"
            remedy = "Choose between the two sides, and save it in JupyterLab"
            raise _Invalid(found, _SAVED, remedy) from None
        raise _Invalid(f"invalid JSON: {str(error)[:100]}", _SAVED) from None
    form = known.get("nbformat") if isinstance(known, dict) else None
    if form is not None and form != 4:
        raise _Invalid(f"nbformat {form!r}", "nbformat 4", "Open it in JupyterLab and save it")
    kinds = {"cells": list, "metadata": dict}
    if form is None or not all(isinstance(known.get(n), kind) for n, kind in kinds.items()):
        raise _Invalid("JSON that is no notebook", "an object with nbformat, metadata and cells")
    for number, cell in enumerate(known["cells"], 1):
        if not _is_cell(cell):
            found = f"item {number} of `cells` that is no cell"
            raise _Invalid(found, "cell_type (code, markdown or raw), metadata and source")
    return known


def _is_cell(thing: object) -> bool:
    if not isinstance(thing, dict) or thing.get("cell_type") not in _CELL_TYPES:
        return False
    source, metadata = thing.get("source"), thing.get("metadata")
    return isinstance(metadata, dict) and (isinstance(source, str) or _are_words(source))


def _are_words(thing: object) -> bool:
    return isinstance(thing, list) and all(isinstance(word, str) for word in thing)


def _text(path: Path) -> str:
    try:
        if (size := path.stat().st_size) > NOTEBOOK_BYTES:
            raise _Invalid(f"{size:,} bytes", f"at most {NOTEBOOK_BYTES:,}", "Clear its outputs")
        content = path.read_bytes()
    except OSError as error:
        raise _Invalid(error.strerror or str(error), _SAVED) from None
    if not content.strip():
        raise _Invalid("an empty file", _SAVED)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:4]:
        raise _Invalid("UTF-16, or UTF-32", _SAVED)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        line = content.count(b"\n", 0, error.start) + 1
        raise _Invalid(f"byte 0x{byte:02X} in line {line}, which is not UTF-8", _SAVED) from None


def _tag_problems(name: str, cells: Sequence[dict]) -> Iterator[Problem]:
    for number, cell in enumerate(cells, 1):
        tags = cell["metadata"].get("tags", [])
        if not _are_words(tags):
            yield Problem(place(name, cells, number), f"tags {tags!r}", "a list of words")
            continue
        for tag in (tag for tag in tags if re.fullmatch(_HIDING, tag)):
            expected = "no tag that hides, as a page shows all outputs and folds all code"
            remedy = f"Take it off, or, for a cell that only JupyterLab runs, tag it {EXPLORE}"
            remedy += f" ({_TAGS})"
            yield Problem(place(name, cells, number), f"the tag {tag!r}", expected, remedy)
        for known, like in _LIKE.items():
            for tag in tags:
                if tag != known and re.fullmatch(like, tag):
                    remedy = f"Correct it, or choose another word ({_TAGS})"
                    yield Problem(place(name, cells, number), f"the tag {tag!r}", known, remedy)
        if BACKGROUND in tags and cell["cell_type"] != "markdown" and EXPLORE not in tags:
            found, expected = f"the tag {BACKGROUND!r}", "it on prose that begins with a heading"
            yield Problem(place(name, cells, number), found, expected, f"Take it off ({_TAGS})")


def shown(cells: Iterable[Cell]) -> Iterator[tuple[int, Cell]]:
    """The cells that a build runs and shows, each with its number among all cells, from 1: those
    without the tag `explore`."""
    for number, cell in enumerate(cells, 1):
        if EXPLORE not in cell["metadata"].get("tags", []):
            yield number, cell


def _code_cells(book) -> list[NotebookNode]:
    """The code cells that a build runs."""
    return [cell for _, cell in shown(book.cells) if cell.cell_type == "code"]


def place(name: str, cells: Sequence[Mapping], number: int) -> str:
    """The place of a cell for a message, as it is seen in JupyterLab: a code cell by its execution
    count after "Run All Cells", another by its first line.

    cells: all cells of the notebook. number: of the cell among them, from 1.
    """
    cell = cells[number - 1]
    if cell["cell_type"] == "code":
        # A blank cell does not run and gets no execution count.
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
    """Merge consecutive outputs of the same stream, as where the kernel splits it depends on
    timing. `\\r\\n`, which `!command` writes to its pseudo-terminal, becomes `\\n`."""
    for cell in book.cells:
        whole: list[NotebookNode] = []
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
    """The outputs of each code cell that a build runs, in order, as JSON."""
    return json.dumps([cell.outputs for cell in _code_cells(book)], ensure_ascii=False)


def filled(book, kept: str):
    """Put the outputs `kept`, JSON from `outputs`, into the code cells that a build runs."""
    for cell, own in zip(_code_cells(book), json.loads(kept), strict=True):
        cell.outputs = own
    return book
