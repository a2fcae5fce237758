"""The tables of a data folder as texts that can be spoiled, and what a spoiled one is."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class Mutant:
    """A file of the data folder with one slip in it.

    path: of the file, in the folder. row, columns: where the slip is, as far as it has a place;
    rows count from 1, the header. keys: of the rows that are not as they were. traces: words by
    which a problem elsewhere (a key that leads here, a claim that names the row) shows that it
    speaks of this slip. what: the slip in words.
    """

    path: str
    content: bytes
    what: str
    row: int | None = None
    columns: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    operator: str = ""
    table: str = ""
    keys: tuple[str, ...] = ()


class Table:
    """A table as its file has it: `header`, and `rows` as lists of texts."""

    def __init__(self, resource: dict, text: str):
        self.name, self.path, self.text = resource["name"], resource["path"], text
        self.fields = {field["name"]: field for field in resource["schema"]["fields"]}
        self.key = resource["schema"].get("primaryKey", [])
        self.foreign = [k["fields"][0] for k in resource["schema"].get("foreignKeys", [])]
        self.header, *self.rows = csv.reader(io.StringIO(text, newline=""))

    def columns(self, *types: str) -> list[str]:
        """The columns of these types; of all when none are given."""
        return [n for n, f in self.fields.items() if not types or f["type"] in types]

    def ruled(self, rule: str) -> list[str]:
        """The columns that have a rule, such as `enum`."""
        return [n for n, f in self.fields.items() if f.get("constraints", {}).get(rule)]

    def cell(self, row: int, column: str) -> str:
        """The text of a cell; the first row after the header is 0."""
        return self.rows[row][self.header.index(column)]

    def values(self, column: str) -> list[str]:
        """The different texts of a column, without the empty one."""
        return sorted({row[self.header.index(column)] for row in self.rows} - {""})

    def pick(self, rng: Random, columns, fits=bool) -> tuple[int, str] | None:
        """A cell of one of the columns whose text fits; `None` when twenty tries find none."""
        columns = list(columns)
        for _ in range(20 if columns else 0):
            row, column = rng.randrange(len(self.rows)), rng.choice(columns)
            if fits(self.cell(row, column)):
                return row, column
        return None

    def named(self, row: int) -> tuple[str, ...]:
        """Words by which others name a row: its key, and the values of it."""
        parts = self._key(row)
        return ("|".join(parts), *(part for part in parts if not part.isdigit()))

    def _key(self, row: int) -> list[str]:
        return [self.cell(row, column) for column in self.key]

    def written(self, rows: list[list[str]] | None = None, header=None, **dialect) -> bytes:
        """The table as a file, with other rows or another header."""
        stream = io.StringIO()
        writer = csv.writer(stream, **{"lineterminator": "\n", **dialect})
        writer.writerow(header or self.header)
        writer.writerows(self.rows if rows is None else rows)
        return stream.getvalue().encode()

    def edited(self, cells: dict[tuple[int, str], str], what: str) -> Mutant:
        """The table with other texts in some cells."""
        rows, traces = [list(row) for row in self.rows], [self.name, Path(self.path).name]
        for (row, column), text in cells.items():
            rows[row][self.header.index(column)] = text
            traces += [*self.named(row), self.cell(row, column)]
        numbers = [row for row, _ in cells]
        place = f"row {numbers[0] + 2}, {', '.join(dict.fromkeys(c for _, c in cells))}"
        return Mutant(
            self.path, self.written(rows), f"{place}: {what}",
            numbers[0] + 2 if len(set(numbers)) == 1 else None,
            tuple(column for _, column in cells), tuple(t for t in traces if len(t) > 2),
            table=self.name, keys=tuple("|".join(self._key(row)) for row in sorted(set(numbers))),
        )  # fmt: skip

    def whole(self, content: bytes, what: str, row=None, columns=()) -> Mutant:
        """The table with another content altogether."""
        traces = (self.name, Path(self.path).name)
        traces += self.named(row - 2) if row and 2 <= row < len(self.rows) + 2 else ()
        return Mutant(
            self.path, content, what, row, tuple(columns), tuple(t for t in traces if len(t) > 2),
            table=self.name,
            keys=("|".join(self._key(row - 2)),) if row and 2 <= row < len(self.rows) + 2 else (),
        )  # fmt: skip


def tables(data: Path) -> list[Table]:
    """All tables of a folder."""
    package = json.loads((data / DESCRIPTOR).read_text(encoding="utf-8"))
    return [
        Table(resource, (data / resource["path"]).read_text(encoding="utf-8"))
        for resource in package["resources"]
    ]


def other(rng: Random, table: Table, cell, others) -> Mutant | None:
    """Another text of a list in a cell; `None` without a cell, or without another text."""
    others = [] if cell is None else [text for text in others if text != table.cell(*cell)]
    if not others:
        return None
    text = rng.choice(others)
    return table.edited({cell: text}, repr(text))
