"""Slips in numbers, and in what says how to read them: each a small function that takes a
source of chance and a table, and gives the table with the slip in it, or `None` where the table
has no place for it."""

from __future__ import annotations

import re
from random import Random

from tabled import Mutant, Table, other


def decimal_comma(rng: Random, table: Table) -> Mutant | None:
    """A number has a decimal comma."""
    cell = table.pick(rng, table.columns("number", "integer"))
    if cell is None:
        return None
    text = table.cell(*cell)
    text = text.replace(".", ",") if "." in text else f"{text},0"
    return table.edited({cell: text}, text)


def thousands_separator(rng: Random, table: Table) -> Mutant | None:
    """A large number has separators."""
    cell = table.pick(
        rng, table.columns("number", "integer"), lambda text: len(text.split(".")[0]) > 4
    )
    if cell is None:
        return None
    text = f"{int(float(table.cell(*cell))):,}".replace(",", rng.choice(",.  "))
    return table.edited({cell: text}, text)


def text_in_number(rng: Random, table: Table) -> Mutant | None:
    """A number is followed by words."""
    cell = table.pick(rng, table.columns("number", "integer"))
    words = rng.choice((" ca.", "*", "e3"))
    return cell and table.edited({cell: table.cell(*cell) + words}, words)


def sign_flip(rng: Random, table: Table) -> Mutant | None:
    """A number has the other sign."""
    cell = table.pick(rng, table.columns("number", "integer"), lambda text: text not in ("", "0"))
    text = cell and table.cell(*cell)
    return cell and table.edited({cell: text[1:] if text[0] == "-" else f"-{text}"}, "other sign")


def transposed_digits(rng: Random, table: Table) -> Mutant | None:
    """Two neighbouring digits of a number have changed places."""
    cell = table.pick(
        rng, table.columns("number", "integer"),
        lambda text: re.search(r"(\d)(?!\1|0)\d", text),
    )  # fmt: skip
    if cell is None:
        return None
    found = list(re.finditer(r"(?=(\d)(?!\1|0)(\d))", table.cell(*cell)))
    at, text = rng.choice(found).start(), table.cell(*cell)
    text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return table.edited({cell: text}, text)


def off_by_ten(rng: Random, table: Table) -> Mutant | None:
    """A number has a zero too many."""
    cell = table.pick(rng, table.columns("number", "integer"), lambda t: t not in ("", "0"))
    text = cell and table.cell(*cell)
    return cell and table.edited(
        {cell: f"{int(text) * 10}" if text.lstrip("-").isdigit() else f"{float(text) * 10:.6g}"},
        "ten times",
    )


def other_last_digit(rng: Random, table: Table) -> Mutant | None:
    """A number is called coarser or finer than it is."""
    cell = table.pick(rng, [c for c in table.header if c == "last_digit"])
    text = cell and ("10" if table.cell(*cell) != "10" else "1")
    return cell and table.edited({cell: text}, f"last digit {text}")


def hedge_changed(rng: Random, table: Table) -> Mutant | None:
    """A qualifier is another word, or lost."""
    columns = [c for c in table.header if c == "hedge"]
    cell = table.pick(rng, columns)
    others = [] if cell is None else [*table.values("hedge"), "", "zowat"]
    return other(rng, table, cell, others)


def other_reference(rng: Random, table: Table) -> Mutant | None:
    """A claim is tested by another row than it should be, or by none that is there."""
    cell = table.pick(rng, [c for c in table.header if c in ("inputs", "series", "claimed")])
    if cell is None:
        return None
    text = table.cell(*cell)
    found = rng.choice(list(re.finditer(r"\d+", text)) or [None])
    if found is None:
        return None
    other = f"{int(found[0]) + rng.choice((1, -1, 50)):0{len(found[0])}d}"
    return table.edited({cell: text[: found.start()] + other + text[found.end() :]}, other)


OPERATORS = [
    found
    for name, found in list(globals().items())
    if getattr(found, "__module__", "") == __name__ and name[0] != "_"
]
