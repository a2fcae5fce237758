"""Slips in cells of any kind, keys and dates: each a small function that takes a
source of chance and a table, and gives the table with the slip in it, or `None` where the table
has no place for it."""

from __future__ import annotations

import re
from random import Random

from tabled import Mutant, Table, other

_PERIOD = re.compile(r"\d{4}-\d{2}.*")


def swap_cells_in_row(rng: Random, table: Table) -> Mutant | None:
    """Two cells of a row have changed places."""
    row, (one, other) = rng.randrange(len(table.rows)), rng.sample(table.header, 2)
    cells = {(row, one): table.cell(row, other), (row, other): table.cell(row, one)}
    return table.edited(cells, "swapped")


def swap_cells_in_column(rng: Random, table: Table) -> Mutant | None:
    """Two cells of a column have changed places."""
    if len(table.rows) < 2:
        return None
    column, (one, other) = rng.choice(table.header), rng.sample(range(len(table.rows)), 2)
    cells = {(one, column): table.cell(other, column), (other, column): table.cell(one, column)}
    return table.edited(cells, f"swapped with row {other + 2}")


def shift_year(rng: Random, table: Table) -> Mutant | None:
    """A year is one off."""
    columns = [c for c in table.header if c in ("year", "date", "period_start", "period_end")]
    cell = table.pick(rng, columns)
    if cell is None:
        return None
    year = int(table.cell(*cell)[:4]) + rng.choice((-1, 1))
    return table.edited({cell: f"{year}{table.cell(*cell)[4:]}"}, str(year))


def wrong_unit(rng: Random, table: Table) -> Mutant | None:
    """A value has the unit of others."""
    cell = table.pick(rng, [c for c in table.header if c == "unit"])
    others = [] if cell is None else table.fields["unit"]["constraints"]["enum"]
    return other(rng, table, cell, others)


def broken_foreign_key(rng: Random, table: Table) -> Mutant | None:
    """A key leads to a row that is not there."""
    cell = table.pick(rng, table.foreign)
    return cell and table.edited({cell: table.cell(*cell) + "9"}, "leads nowhere")


def other_foreign_key(rng: Random, table: Table) -> Mutant | None:
    """A key leads to another row than it should."""
    cell = table.pick(rng, table.foreign)
    return cell and other(rng, table, cell, table.values(cell[1]))


def impossible_month(rng: Random, table: Table) -> Mutant | None:
    """A date has a thirteenth month, or a thirty-first of February."""
    cell = table.pick(rng, [c for c in table.header if c in ("month", "month_end")])
    if cell:
        return table.edited({cell: "13"}, "13")
    periods = [name for name, field in table.fields.items() if field.get("period")]
    cell = table.pick(rng, periods, _PERIOD.fullmatch)
    text = cell and table.cell(*cell)[:4] + rng.choice(("-13", "-02-31", "-00"))
    return cell and table.edited({cell: text}, text)


def blank_required(rng: Random, table: Table) -> Mutant | None:
    """A cell that must have a value is empty."""
    cell = table.pick(rng, table.ruled("required"))
    return cell and table.edited({cell: ""}, "blank")


def blank_optional(rng: Random, table: Table) -> Mutant | None:
    """A cell that may be empty has lost its value."""
    cell = table.pick(rng, [c for c in table.header if c not in table.ruled("required")])
    return cell and table.edited({cell: ""}, "blank")


def unknown_word(rng: Random, table: Table) -> Mutant | None:
    """A word of a closed list is misspelt."""
    cell = table.pick(rng, table.ruled("enum"))
    return cell and table.edited({cell: table.cell(*cell) + "s"}, "misspelt")


def other_word(rng: Random, table: Table) -> Mutant | None:
    """A word of a closed list is another one of it."""
    cell = table.pick(rng, table.ruled("enum"))
    others = [] if cell is None else table.fields[cell[1]]["constraints"]["enum"]
    return other(rng, table, cell, others)


def flipped_flag(rng: Random, table: Table) -> Mutant | None:
    """True is false, or false true."""
    cell = table.pick(rng, table.columns("boolean"))
    text = cell and {"true": "false", "false": "true"}[table.cell(*cell)]
    return cell and table.edited({cell: text}, text)


def capital_flag(rng: Random, table: Table) -> Mutant | None:
    """A spreadsheet wrote TRUE."""
    cell = table.pick(rng, table.columns("boolean"))
    return cell and table.edited({cell: table.cell(*cell).upper()}, "in capitals")


def space_before(rng: Random, table: Table) -> Mutant | None:
    """A space stands before a value."""
    cell = table.pick(rng, table.header)
    return cell and table.edited({cell: " " + table.cell(*cell)}, "a space")


def stand_in(rng: Random, table: Table) -> Mutant | None:
    """Something stands for nothing."""
    cell = table.pick(rng, table.header, lambda text: text == "")
    word = rng.choice(("NA", "n/a", "-", "null", "?"))
    return cell and table.edited({cell: word}, word)


def invisible_character(rng: Random, table: Table) -> Mutant | None:
    """A text holds a character that nobody sees."""
    cell = table.pick(rng, table.columns("string"), lambda text: len(text) > 2)
    mark = rng.choice("\u200b\u202e\xad\x00\x07\ufeff")
    return cell and table.edited(
        {cell: f"{table.cell(*cell)[:1]}{mark}{table.cell(*cell)[1:]}"}, repr(mark)
    )


def lost_letter(rng: Random, table: Table) -> Mutant | None:
    """A text misses a letter."""
    cell = table.pick(rng, table.columns("string"), lambda text: re.search(r"[a-z]{3}", text))
    if cell is None:
        return None
    text = table.cell(*cell)
    at = rng.choice(list(re.finditer(r"[a-z]{3}", text))).start() + 1
    return table.edited({cell: text[:at] + text[at + 1 :]}, f"without letter {at + 1}")


def swapped_languages(rng: Random, table: Table) -> Mutant | None:
    """The Dutch stands under English and back."""
    pairs = [c[:-3] for c in table.header if c.endswith("_nl") and f"{c[:-3]}_en" in table.header]
    cell = table.pick(rng, [f"{c}_nl" for c in pairs])
    if cell is None:
        return None
    row, nl = cell
    en = f"{nl[:-3]}_en"
    return table.edited({(row, nl): table.cell(row, en), (row, en): table.cell(row, nl)}, "swapped")


def mojibake(rng: Random, table: Table) -> Mutant | None:
    """Letters with an accent were read in the wrong encoding and saved again."""
    cell = table.pick(rng, table.columns("string"), lambda text: not text.isascii())
    if cell is None:
        return None
    text = table.cell(*cell).encode().decode("cp1252", "ignore")
    return table.edited({cell: text}, text[:40])


OPERATORS = [
    found
    for name, found in list(globals().items())
    if getattr(found, "__module__", "") == __name__ and name[0] != "_"
]
