"""Run the cells of a notebook in this process and keep what they say, for tests of sentences."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat

from helpers import charts, counts, language, present, statements
from helpers.annex.run.notebook_files import EXPLORE
from helpers.formats import filled_text

# What `show_chart` and `show_table` take beside the values of a caption.
OTHERS = {"source", "data", "alt", "columns", "labels", "same", "height", "holds"}


class Said(NamedTuple):
    """A sentence or caption, as a reader of either language sees it."""

    role: str
    nl: str
    en: str


def said(path: Path, data: Path, monkeypatch) -> list[Said]:
    """Every sentence and caption of a notebook on the tables of a folder; nothing is drawn.

    Raises what the build would stop at."""
    monkeypatch.setenv("ANNEX_DATA", str(data))
    found: list[Said] = []

    def fill(role: str, words: language.Text, values: dict) -> None:
        filled = []
        for lang in language.languages():
            with language.use(lang):
                filled.append(re.sub(r"<[^>]+>", "", filled_text.fill(words, values)))
        found.append(Said(role, *filled))

    def say(nl="", en="", *, source=(), role="text", holds=(), **values) -> None:
        words = language.Text(nl, en)
        statements.stop_unless(holds, words.en)
        fill(role, words, values)

    def show(*_, caption, **given) -> None:
        statements.stop_unless(given.get("holds", ()), caption.en)
        fill("caption", caption, {k: v for k, v in given.items() if k not in OTHERS})

    monkeypatch.setattr(present, "say", say)
    monkeypatch.setattr(present, "show_chart", show)
    monkeypatch.setattr(present, "show_table", show)
    for name in charts.__all__:
        if callable(getattr(charts, name)):
            monkeypatch.setattr(charts, name, lambda *_, **__: None)
    monkeypatch.setattr(counts, "count_by", lambda *_, **__: None)
    names: dict = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and EXPLORE not in cell.metadata.get("tags", []):
            exec(compile(cell.source, path.name, "exec"), names)
    return found


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table, each as text by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def among(*ids: str) -> Callable[[dict], bool]:
    """Whether a row is one of those with these ids."""
    return lambda row: row["id"] in ids


def change(path: Path, which: Callable[[dict], bool], **cells: str) -> None:
    """Write other values into cells of some rows of a table; fails if there are no such rows."""
    found = rows(path)
    chosen = [row for row in found if which(row)]
    assert chosen, f"no such row in {path.name}"
    for row in chosen:
        row.update(cells)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
