"""The tables of `data/`, typed and checked. No other module reads table files.

`load("missions")` gives a frame; `problems(folder)` gives the problems of all tables.
"""

from __future__ import annotations

import codecs
import csv
import functools
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import DataError, Problem, nearest, quoted
from ..files import reading
from ..limits import FILE_BYTES, TABLE_PROBLEMS, TABLE_ROWS
from . import cells, descriptor

# Files in the data folder that need no description: documentation, and what Windows creates.
_NO_DATA = re.compile(r"(README|LICENSE)(\.(md|txt))?|Thumbs\.db|desktop\.ini")
csv.field_size_limit(FILE_BYTES)  # `cells.read` reports a long cell, with its column


def load(name: str, data: Path | str | None = None) -> pd.DataFrame:
    """The table `name` as a frame with one row per row of the file, in its order.

    Types: whole numbers `Int64`, numbers `float64`, true/false `boolean`, columns with a closed
    list of values `category`, periods `pandas.Period`, other text `str`. An empty cell is missing.

    Raises `DataError` with every problem of the table, its keys and its foreign keys included.
    """
    data = descriptor.folder(data)
    return reading.once(("rows", name, data), lambda: _loaded(name, data)).copy()


def _loaded(name: str, data: Path) -> pd.DataFrame:
    table = _table(data, resource(name, data))
    if found := table.problems + _foreign_problems(table, data, descriptor.read(data)):
        raise DataError(found)
    return table.frame


def resource(name: str, data: Path) -> dict:
    """The description of a table.

    Raises `DataError` for a name that no table has."""
    resources = descriptor.read(data)
    if name not in resources:
        near = nearest(str(name), resources, 0.6)
        meant = f"Write {near!r}, or describe" if near else "Describe"
        expected = "one of " + ", ".join(resources)
        place = str(data / descriptor.FILE)
        raise DataError(
            Problem(place, f"no table {name!r}", expected, f"{meant} a new table there")
        )
    return resources[name]


def problems(data: Path | str | None = None) -> list[Problem]:
    """Every problem of every table, in the order of the descriptor, and undescribed files."""
    data = descriptor.folder(data)
    try:
        resources = descriptor.read(data)
    except DataError as error:
        return error.problems
    if unnamed := list(reading.unnamed(inside := sorted(data.rglob("*")))):
        return unnamed  # other messages could not show these names
    known = [_table(data, resource) for resource in resources.values()]
    found = [p for table in known for p in table.problems]
    for table in known:
        found += _foreign_problems(table, data, resources)
    places = [descriptor.FILE, *(resource["path"] for resource in resources.values())]
    described = {os.path.realpath(data / place) for place in places}
    for path in inside:
        hidden = any(part.startswith(".") for part in path.relative_to(data).parts)
        passed = hidden or _NO_DATA.fullmatch(path.name) or path.is_dir()
        if not (passed or os.path.realpath(path) in described):
            expected = f"a table described in {descriptor.FILE}"
            problem = "a file that no table describes", expected, "Describe it there, or remove it"
            found.append(Problem(str(path), *problem))
    return found


def listing(data: Path) -> tuple:
    """What `problems` asks of the files and folders in the data folder besides their content."""
    paths = sorted(data.rglob("*"))
    return tuple((path, path.is_dir(), Path(os.path.realpath(path))) for path in paths)


def _table(data: Path, resource: dict) -> _Table:
    """A table, parsed again if its file or its resource has changed."""
    path = data / resource["path"]
    return reading.once(("cells", path, json.dumps(resource)), lambda: _Table(path, resource))


class _Table:
    """One parsed file: its rows and its problems."""

    def __init__(self, path: Path, resource: dict):
        self.path, self.resource = path, resource
        self.fields = descriptor.fields(resource)
        self.problems: list[Problem] = []
        self.rows: list[dict[str, Any]] = []
        self.readable, self.unreported = False, 0
        for number, row in self._records():
            self.rows.append(self._read(number, row))
        self._check_primary()
        for key in descriptor.keys(self.resource):
            self._check_unique(key)
        if self.unreported:
            problem = f"{self.unreported} more problems", "a table without those"
            self.problems.append(Problem(self.place(), *problem, "Mend the first and check again"))

    def place(self, row: int | None = None, column: str | None = None) -> str:
        where = f"{self.path}, row {row}" if row else str(self.path)
        return where + (f", column {column}" if column else "")

    def _problem(self, found: str, expected: str, row=None, column=None, remedy="") -> None:
        if len(self.problems) < TABLE_PROBLEMS:
            self.problems.append(Problem(self.place(row, column), found, expected, remedy))
        else:
            self.unreported += 1

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """The complete rows with their numbers as in a spreadsheet, where the header is row 1."""
        try:
            content = reading.content(self.path, "the table that the descriptor names")
        except DataError as error:
            self.problems += error.problems
            return None
        for found, expected in reading.mismatches(content, self.resource):
            remedy = f"If the change is meant, correct {descriptor.FILE}"
            self._problem(found, expected, remedy=remedy)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                remedy = "Save it as CSV UTF-8"
                return self._problem("text saved as UTF-16", "text saved as UTF-8", remedy=remedy)
            *rows, last = error.object[: error.start].decode("utf-8-sig").split("\n")
            cells_before = next(csv.reader([last.rpartition("\r")[2]]), [""])
            column = list(self.fields)[len(cells_before) - 1 :][:1]
            found, expected = f"byte {error.start} is not UTF-8", "text saved as UTF-8"
            return self._problem(found, expected, len(rows) + 1, *column)
        number = 0
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
                if number == 1 and not self._check_header(row):
                    return None
                if number > TABLE_ROWS + 1:
                    found = f"more than {TABLE_ROWS:,} rows"
                    return self._problem(found, "a smaller table", number)
                if number > 1 and len(row) != len(self.fields):
                    expected = f"{len(self.fields)} cells, one per column"
                    found = f"{len(row)} cells" if row else "an empty line"
                    self._problem(found, expected, number)
                elif number > 1:
                    yield number, row
        except csv.Error as error:
            expected = "a CSV row with balanced quotes and cells of reasonable length"
            return self._problem(str(error), expected, number + 1)
        if not number:
            return self._problem("an empty file", "a header, and rows below it if there are any")
        self.readable = True
        return None

    def _check_header(self, row: list[str]) -> bool:
        wanted = list(self.fields)
        for found, expected, column in cells.header_faults(row, wanted):
            self._problem(found, expected, 1, column)
        return row == wanted

    def _read(self, number: int, row: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {"": number}
        for (name, field), text in zip(self.fields.items(), row, strict=True):
            try:
                values[name] = cells.read(text, field)
            except cells.Unreadable as error:
                self._problem(quoted(text), str(error), number, name)
        return values

    def _check_primary(self) -> None:
        for row in self.rows:
            for name in descriptor.primary_key(self.resource):
                if name in row and row[name] is None:
                    self._problem("an empty cell", "a value, as it names the row", row[""], name)

    def _check_unique(self, key: list[str]) -> None:
        seen: dict[tuple, int] = {}
        for row in self.rows:
            value = tuple(row.get(name) for name in key)
            if any(part is None for part in value):
                continue
            if value in seen:
                shown, column = quoted(", ".join(map(str, value))), ", ".join(key)
                self._problem(shown, f"a value not used in row {seen[value]}", row[""], column)
            seen.setdefault(value, row[""])

    @functools.cached_property
    def frame(self) -> pd.DataFrame:
        columns = {
            name: cells.column([row[name] for row in self.rows], field)
            for name, field in self.fields.items()
        }
        return pd.DataFrame(columns)


def _foreign_problems(table: _Table, data: Path, resources: dict) -> list[Problem]:
    """Values of foreign keys that the tables they refer to do not have."""
    found = []
    for fields, name, wanted in descriptor.foreign_keys(table.resource):
        target = _table(data, resources[name])
        if not target.readable or any(c not in row for row in target.rows for c in wanted):
            continue  # that table reports its own problems; its keys can't be looked up
        present = {tuple(row.get(column) for column in wanted) for row in target.rows}
        for row in table.rows:
            value = tuple(row.get(column) for column in fields)
            if None not in value and value not in present:
                place = table.place(row[""], ", ".join(fields))
                shown = quoted(", ".join(map(str, value)))
                expected = f"a value of {', '.join(wanted)} in {target.resource['path']}"
                found.append(Problem(place, shown, expected))
    return found
