"""Slips that spoil a file: columns, rows, line ends, encoding: each a small function that takes a
source of chance and a table, and gives the table with the slip in it, or `None` where the table
has no place for it."""

from __future__ import annotations

from random import Random

from tabled import Mutant, Table


def drop_column(rng: Random, table: Table) -> Mutant:
    """A column is left out, header and cells."""
    column = rng.choice(table.header)
    at = table.header.index(column)
    rows = [row[:at] + row[at + 1 :] for row in table.rows]
    header = [name for name in table.header if name != column]
    return table.whole(table.written(rows, header), f"without {column}", 1, [column])


def rename_column(rng: Random, table: Table) -> Mutant:
    """A header has another spelling."""
    column = rng.choice(table.header)
    header = [name.title() if name == column else name for name in table.header]
    return table.whole(table.written(header=header), f"{column} in capitals", 1, [column])


def swap_headers(rng: Random, table: Table) -> Mutant:
    """Two headers have changed places, their cells have not."""
    one, other = rng.sample(table.header, 2)
    to = {one: other, other: one}
    header = [to.get(name, name) for name in table.header]
    return table.whole(table.written(header=header), f"{one} over {other} and back", 1)


def swap_columns(rng: Random, table: Table) -> Mutant:
    """Two columns have changed places, header and cells."""
    one, other = rng.sample(range(len(table.header)), 2)
    rows = [list(row) for row in [table.header, *table.rows]]
    for row in rows:
        row[one], row[other] = row[other], row[one]
    return table.whole(table.written(rows[1:], rows[0]), f"columns {one} and {other} swapped", 1)


def repeat_header(rng: Random, table: Table) -> Mutant:
    """The header stands once more between rows, as after gluing two files."""
    at = rng.randrange(1, len(table.rows) + 1)
    rows = [*table.rows[:at], table.header, *table.rows[at:]]
    return table.whole(table.written(rows), f"header again, row {at + 2}", at + 2)


def delete_row(rng: Random, table: Table) -> Mutant:
    """A row is lost."""
    at = rng.randrange(len(table.rows))
    rows = table.rows[:at] + table.rows[at + 1 :]
    return table.whole(table.written(rows), f"row {at + 2} is gone", at + 2)


def duplicate_row(rng: Random, table: Table) -> Mutant:
    """A row stands twice."""
    at = rng.randrange(len(table.rows))
    rows = [*table.rows[: at + 1], *table.rows[at:]]
    return table.whole(table.written(rows), f"row {at + 2} twice", at + 3)


def duplicate_id(rng: Random, table: Table) -> Mutant | None:
    """A row has the key of another."""
    if len(table.rows) < 2:
        return None
    one, other = sorted(rng.sample(range(len(table.rows)), 2))
    cells = {(other, column): table.cell(one, column) for column in table.key}
    return table.edited(cells, f"the key of row {one + 2}")


def drop_cell(rng: Random, table: Table) -> Mutant:
    """A row has a cell too few, so that those after it stand in the wrong column."""
    at = rng.randrange(len(table.rows))
    rows = [list(row) for row in table.rows]
    del rows[at][rng.randrange(len(rows[at]))]
    return table.whole(table.written(rows), f"row {at + 2} with a cell too few", at + 2)


def extra_cell(rng: Random, table: Table) -> Mutant:
    """A row has a cell too many."""
    at = rng.randrange(len(table.rows))
    rows = [list(row) for row in table.rows]
    rows[at].insert(rng.randrange(len(rows[at])), "")
    return table.whole(table.written(rows), f"row {at + 2} with a cell too many", at + 2)


def trailing_comma(rng: Random, table: Table) -> Mutant:
    """Every line ends in a comma, as some spreadsheets write them."""
    content = table.written([[*row, ""] for row in table.rows], [*table.header, ""])
    return table.whole(content, "a comma at the end of each line", 1)


def empty_line(rng: Random, table: Table) -> Mutant:
    """There is an empty line between rows."""
    at = rng.randrange(1, len(table.rows) + 1)
    rows = [*table.rows[:at], [], *table.rows[at:]]
    return table.whole(table.written(rows), f"an empty line {at + 2}", at + 2)


def semicolons(rng: Random, table: Table) -> Mutant:
    """Cells are set apart by semicolons, as a Dutch spreadsheet does."""
    return table.whole(table.written(delimiter=";"), "semicolons", 1)


def cut_short(rng: Random, table: Table) -> Mutant:
    """The file ends too early, as after a full disk."""
    content = table.written()
    at = rng.randrange(1, len(content))
    return table.whole(content[:at], f"{at} of {len(content)} bytes")


def latin_1(rng: Random, table: Table) -> Mutant | None:
    """The file is saved in another encoding."""
    content = table.text.encode("cp1252", "replace")
    return None if content.isascii() else table.whole(content, "saved as cp1252")


def utf_16(rng: Random, table: Table) -> Mutant:
    """The file is saved as what a spreadsheet calls Unicode text."""
    return table.whole(table.text.encode("utf-16"), "saved as UTF-16")


OPERATORS = [
    found
    for name, found in list(globals().items())
    if getattr(found, "__module__", "") == __name__ and name[0] != "_"
]
