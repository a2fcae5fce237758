"""All checks of the tables, from the syntax of each to those between tables: printed texts and
values that differ, hedge words without a rule, claims that refer to missing rows or rest on their
own premise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from ..errors import DataError, Problem
from ..evidence import units
from ..evidence.rows import MEASURED
from ..language import is_missing
from ..tables import (
    descriptor,
    descriptor_rules,
    display_names,
    evidence_frames,
    frames,
    required_columns,
    roles,
    value_checks,
)
from ..tables.roles import Role
from . import premises
from .ledger import Ledger

_PRINTED = re.compile(
    r"(?:€ )?(?P<digits>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)(?:,-)?"
    r"(?: (?P<scale>miljoen|miljard|mln\.?|million|thousand|billion))?(?: euro)?%?"
)
_SCALES = {
    "thousand": 10**3, "miljoen": 10**6, "mln": 10**6, "million": 10**6, "miljard": 10**9,
    "billion": 10**9,
}  # fmt: skip


def problems(data: Path | None = None) -> list[Problem]:
    """Every problem of the tables. Problems between tables are only found when each is valid."""
    try:
        sound(data)
    except DataError as error:
        return error.problems
    return []


def sound(data: Path | None = None) -> Ledger | None:
    """Check the tables, with the evaluation of all claims as the last check, and return the ledger
    of claims; `None` when there is no table of claims.

    Raises `DataError` with every problem.
    """
    data = descriptor.folder(data)
    if found := _problems(data):
        raise DataError(found)
    if not {Role.CLAIMS, Role.REPORTED} <= set(roles.tables(data)):
        return None
    ledger = Ledger(data)
    if circular := list(dict.fromkeys(premises.problems(ledger))):
        raise DataError(circular)
    return ledger


def _problems(data: Path) -> list[Problem]:
    if found := frames.problems(data):
        return found
    resources = descriptor.read(data)
    found = [
        Problem(f"{data / descriptor.FILE}, table {name}{where}", *rest)
        for name, table in resources.items()
        for where, *rest in required_columns.keyless(table)
    ]
    if found:
        return found
    if found := required_columns.problems(data):
        return found
    known = display_names.units(data)
    for name, table in resources.items():
        columns = {field["name"] for field in table["schema"]["fields"]}
        own = _located(data / table["path"], value_checks.faults(name, known, data))
        for column in MEASURED:
            if {column, "raw"} <= columns:
                own += _raw_differs(name, column, data)
        if descriptor.measured(table) and not own:
            try:
                evidence_frames.load(name, data)
            except DataError as error:  # a hedge word without a rule
                own += error.problems
        found += own + _located(data / table["path"], descriptor_rules.faults(name, data))
    return found


def _located(path: Path, own: descriptor_rules.CellProblems) -> list[Problem]:
    return [Problem(f"{path}, row {row}, column {column}", *rest) for row, column, *rest in own]


def _raw_differs(name: str, column: str, data: Path) -> Iterator[Problem]:
    """Rows whose printed text (`raw`) is a number other than the value."""
    table = descriptor.read(data)[name]
    key, unit = descriptor.primary_key(table), descriptor.fields(table)[column].get("unit")
    for row in frames.load(name, data).dropna(subset=["raw", column]).to_dict("records"):
        read, value = printed(row["raw"]), Fraction(str(row[column]))
        counted = unit or row.get("unit")
        scale = 1 if is_missing(counted) else units.multiple(counted)
        if read and not {value, value * scale} & read:
            place = f"{name}, row {'|'.join(str(row[k]) for k in key)}, column {column}"
            numbers = sorted(float(n / scale if n >= scale else n) for n in read)
            expected = " or ".join(f"{n:.10g}" for n in numbers) + f", as {row['raw']!r} is printed"
            yield Problem(place, f"{row[column]:.10g}", expected)


def printed(raw: str) -> set[Fraction]:
    """The numbers that a printed text may mean, in Dutch or English notation; empty for a text that
    is not a number.

    The separator of `1.135` and `20,000` is a thousands separator, or, if a scale follows
    (`1.135 miljard`), possibly a decimal separator.
    """
    match = _PRINTED.fullmatch(raw)
    if not match:
        return set()
    digits, scale = match["digits"], _SCALES.get((match["scale"] or "").rstrip("."), 1)
    thousands = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits)
    plain = {re.sub("[.,]", "", digits)} if thousands else {digits.replace(",", ".")}
    if thousands and digits.count(".") + digits.count(",") == 1 and scale > 1:
        plain.add(digits.replace(",", "."))
    return {Fraction(number) * scale for number in plain}
