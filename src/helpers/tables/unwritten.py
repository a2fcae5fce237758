"""What an author still has to replace: the mark that the commands `annex new …` write, and rows
that they give as examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import Problem
from ..files import reading, settings
from ..messages import UNWRITTEN
from . import descriptor, frames

EXAMPLE = "example-"  # what the key of a row begins with that is to be replaced


def problems(data: Path) -> Iterator[Problem]:
    """All that an author still has to replace in the tables and their descriptor."""
    yield from words(data)
    yield from rows(data)


def rows(data: Path) -> Iterator[Problem]:
    """The rows that are examples. Every table must have passed `frames.problems`."""
    for name, table in descriptor.read(data).items():
        key = descriptor.primary_key(table)
        if len(key) != 1 or descriptor.fields(table)[key[0]]["type"] != "string":
            continue
        for number, cell in enumerate(frames.load(name, data)[key[0]], 2):
            if str(cell).startswith(EXAMPLE):
                place = f"{data / table['path']}, row {number}, column {key[0]}"
                remedy = (
                    "Replace the row and its id, and name the new id in the notebooks: readers "
                    "would take it for a finding"
                )
                yield Problem(place, f"{cell}, an example", "a row of your own", remedy)


def words(data: Path) -> Iterator[Problem]:
    """Texts of the descriptor with the mark, the place of the first and how many there are."""
    marked = [
        place
        for place, text in reading.texts(settings.package(data))
        if any(mark in text for mark in UNWRITTEN)
    ]
    if marked:
        found = f"{' or '.join(map(repr, UNWRITTEN))} in {len(marked)} texts"
        expected, remedy = "the text of its author", "Write it: readers would see the mark"
        place = f"{data / descriptor.FILE}{marked[0]}"
        yield Problem(place, found, expected, remedy)
