"""What is told about notebooks before any of them runs: errors, and warnings about style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ...errors import LIBRARY, NotebookError, Problem
from ...limits import CELL_LINES
from ...messages import UNWRITTEN
from . import explored_names, notebook_files


def errors(paths: Iterable[Path]) -> tuple[list[Problem], list[Problem]]:
    """Files that are no notebooks (the run of a build tells them too), and names that cells take
    from cells tagged `explore`."""
    unreadable: list[Problem] = []
    unbound: list[Problem] = []
    for path in paths:
        try:
            unbound += explored_names.problems(path.stem, notebook_files.document(path)["cells"])
        except NotebookError as error:
            unreadable += error.problems
    return unreadable, unbound


def warnings(paths: Sequence[Path], stored: bool = False) -> Iterator[Problem]:
    """What is against the style (see `style`), and what an author still has to write."""
    yield from style(paths, stored)
    yield from unwritten(paths)


def unwritten(paths: Iterable[Path]) -> Iterator[Problem]:
    """Notebooks with the mark of `annex new theme` in a cell that a page shows."""
    for path in paths:
        try:
            cells = notebook_files.document(path)["cells"]
        except NotebookError:
            continue
        marked = [n for n, cell in notebook_files.shown(cells)
                  if any(mark in cell["source"] for mark in UNWRITTEN)]  # fmt: skip
        if marked:
            first = notebook_files.place(path.stem, cells, marked[0]).partition(", ")[2]
            found = f"{' or '.join(map(repr, UNWRITTEN))} in {len(marked)} cells, first in {first}"
            expected, remedy = "the text of its author", "Write it: readers would see the mark"
            yield Problem(f"notebooks/{path.name}", found, expected, remedy)


def style(paths: Iterable[Path], stored: bool = False) -> Iterator[Problem]:
    """What no reader loses by: long cells, imports that are not at the head or are of modules not
    made for notebooks, and, if `stored`, outputs in the file: while one works in JupyterLab they
    are always there, so only who looks for problems is told."""
    for path in paths:
        try:
            cells = notebook_files.document(path)["cells"]
        except NotebookError:
            continue
        yield from _of_cells(path.stem, cells)
        if stored and any(cell.get("outputs") for cell in cells):
            expected, remedy = "a notebook without them", "Clear all outputs before you commit it"
            yield Problem(f"notebooks/{path.name}", "stored outputs", expected, remedy)


def _of_cells(name: str, cells: Sequence[Mapping]) -> Iterator[Problem]:
    code = [(n, cell["source"]) for n, cell in notebook_files.shown(cells)
            if cell["cell_type"] == "code" and cell["source"].strip()]  # fmt: skip
    for number, source in code:
        place = notebook_files.place(name, cells, number)
        if (lines := len(source.strip().splitlines())) > CELL_LINES:
            expected = f"at most {CELL_LINES}"
            yield Problem(place, f"{lines} lines of code", expected, "Make two cells of it")
        imported = explored_names.imported(source)
        if imported and number != code[0][0]:
            first = notebook_files.place(name, cells, code[0][0]).partition(", ")[2]
            yield Problem(place, f"an import of {imported[0]}", f"all imports in {first}")
        for module in imported:
            if f"{module}.".startswith(f"{LIBRARY}.annex."):
                expected = f"helpers that are made for notebooks, as {LIBRARY}.annex may change"
                yield Problem(place, f"an import of {module}", expected)
