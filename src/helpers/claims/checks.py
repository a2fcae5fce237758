"""All checks of the tables, from the syntax of each to those between tables: printed texts and
values that differ, hedge words without a rule, claims that refer to missing rows or rest on their
own premise."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from ..errors import DataError, Problem
from ..evidence import units
from ..evidence.rows import is_measured
from ..files import reading
from ..language import is_missing, languages
from ..numerals import printed
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


def problems(data: Path | None = None) -> list[Problem]:
    """Every problem of the tables. Problems between tables are only found when each is valid."""
    try:
        sound(data)
    except DataError as error:
        return error.problems
    return []


def sound(data: Path | None = None) -> Ledger | None:
    """Check the tables, with the evaluation of all claims as the last check, and return the ledger
    of claims; `None` when there is no table of claims. The same ledger until a file changes.

    Raises `DataError` with every problem.
    """
    data = descriptor.folder(data)
    return reading.once(("sound", data, frames.listing(data), languages()), lambda: _sound(data))


def _sound(data: Path) -> Ledger | None:
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
        columns = [field["name"] for field in table["schema"]["fields"]]
        own = _located(data / table["path"], value_checks.faults(name, known, data))
        for column in filter(is_measured, columns if "raw" in columns else ()):
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
    digit = descriptor.fields(descriptor.read(data)[name])[column].get("last_digit")
    for place, row, counted, read in _printed(name, column, data):
        scale = 1 if is_missing(counted) else units.multiple(counted)
        last = row.get("last_digit") if digit is None else digit
        if read and not _agree(Fraction(str(row[column])), scale, read, last):
            numbers = sorted(float(n / scale if n >= scale else n) for n in read)
            expected = " or ".join(f"{n:.10g}" for n in numbers) + f", as {row['raw']!r} is printed"
            yield Problem(place, f"{row[column]:.10g}", expected)


def _printed(
    name: str, column: str, data: Path
) -> Iterator[tuple[str, dict, str | None, set[Fraction]]]:
    """Each row with a value and a printed text: its place, itself, its unit and what the text may
    mean in that unit, nothing when it is no number that can be read."""
    table = descriptor.read(data)[name]
    key, unit = descriptor.primary_key(table), descriptor.fields(table)[column].get("unit")
    scales = descriptor.annex(data).get("scale_words", {})
    frame = frames.load(name, data).assign(_language=evidence_frames.languages(name, data))
    for row in frame.dropna(subset=["raw", column]).to_dict("records"):
        counted, hedge = unit or row.get("unit"), row.get("hedge")
        bare = row["raw"] if is_missing(hedge) else row["raw"].removeprefix(hedge)
        lang = row["_language"]
        read, is_percentage = printed.read(bare, lang, scales.get(lang))
        if is_percentage and counted == "ratio":
            read = {number / 100 for number in read}
        elif counted == "percent" and not is_percentage:  # a third, as 33 per cent
            read |= {number * 100 for number in read if number.denominator > 1}
        place = f"{name}, row {'|'.join(str(row[k]) for k in key)}, column {column}"
        yield place, row, counted, read


def _agree(value: Fraction, scale: int, read: set[Fraction], digit) -> bool:
    """Whether a value, in its unit or in ones, is one of the numbers read; to half its last digit
    where that number, such as a third, has no end as a decimal."""
    endless = [each for each in read if 10**9 % each.denominator]
    slack = 0 if is_missing(digit) else Fraction(str(digit)) / 2
    return bool({value, value * scale} & read) or any(
        abs(value - each) <= slack for each in endless
    )


def unread(data: Path) -> list[str]:
    """The places of printed texts that are no number that can be read, so that nothing tells
    whether their values are right. The tables must have no problems."""
    return [
        f"{place}: {row['raw']!r}"
        for name, table in descriptor.read(data).items()
        for column in filter(is_measured, descriptor.fields(table))
        if "raw" in descriptor.fields(table)
        for place, row, _, read in _printed(name, column, data)
        if not read
    ]
