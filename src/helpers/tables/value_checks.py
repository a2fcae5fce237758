"""Checks measured cells: their unit, last digit and source, and values that differ from the others
of their series by a factor of about a thousand."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from ..errors import quoted
from ..evidence import units
from ..language import is_missing
from . import descriptor, frames, required_columns, roles, sections
from .descriptor_rules import CellProblems
from .roles import Role

# The factors that suggest an error. A thousands separator typed as a decimal point divides a value
# by 1000; the range allows for growth between two years.
_SUSPECT = (300, 3000)


def faults(name: str, known: dict, data: Path) -> CellProblems:
    """Every invalid cell of a table. The descriptor must have passed `required_columns.problems`.
    known: display names of units, from `display_names.units`."""
    resources, rows = descriptor.read(data), frames.load(name, data).to_dict("records")
    table, role, places = resources[name], roles.of(name, data), sections.Places(data)
    currencies = descriptor.annex(data).get("currencies", [])
    for number, row in enumerate(rows, 2):
        if wrong := units.unlisted(str(row.get("unit")), currencies):
            yield number, "unit", quoted(row["unit"]), *wrong
        for column in required_columns.filled(role, places, descriptor.fields(table)):
            if is_missing(row[column]):
                yield number, column, "an empty cell", "a value, which pages print"
        url = row.get("url") if role == Role.SOURCES else None
        if not is_missing(url) and not re.match(r"https?://\S+$", url):
            yield number, "url", quoted(url), "an address that begins with https:// or http://"
    if rows and (fields := descriptor.measured(table)):
        # A unit may be described by another table; what this one says of it counts more.
        described = [*resources.values(), table]
        words = {
            (field["name"], word["value"]): word
            for field in itertools.chain(*(each["schema"]["fields"] for each in described))
            for word in field.get("categories", [])
            if field["name"] == "unit" or field in table["schema"]["fields"]
        }
        cited = [each for each in ("source", *places.columns[:1]) if each in rows[0]]
        cited = [] if role == Role.REPORTED else cited
        yield from _row_faults(fields, rows, known, words, cited)
        yield from itertools.chain(*(_outliers(table, field, rows) for field in fields))


def _row_faults(
    fields: list[dict], rows: list[dict], known: dict, words: dict, cited: list[str]
) -> CellProblems:
    """Problems of measured cells. words: categories, by their column and value. cited: the columns
    of which one says where a row is from."""
    for number, row in enumerate(rows, 2):
        unit = row.get("unit")
        if not is_missing(unit) and (wrong := units.unnamed(unit, known)):
            yield number, "unit", quoted(unit), *wrong
        filled = [field for field in fields if not is_missing(row[field["name"]])]
        if filled and cited and all(is_missing(row[column]) for column in cited):
            yield number, cited[0], "an empty cell", f"the {cited[0]} of the {filled[0]['name']}"
        for field in filled:
            yield from ((number, *rest) for rest in _value_faults(field, row, words))
        for cell in row.items():
            kind = words.get(cell, {}).get("unit") if isinstance(cell[1], str) else None
            if kind and not is_missing(unit) and unit != kind:
                yield number, "unit", repr(unit), f"{kind}, the unit of {cell[1]}"


def _value_faults(field: dict, row: dict, words: dict) -> Iterator[tuple[str, str, str]]:
    """Problems of a value, its unit and its last digit: column, found, expected."""
    column, value = field["name"], row[field["name"]]
    for of in ("last_digit", "unit"):
        if of not in field and is_missing(row[of]):
            yield of, "an empty cell", f"the {of} of the {column}"
    unit = field.get("unit", row.get("unit"))
    if "unit" not in field and not is_missing(unit) and (says := units.contradicted(column, unit)):
        yield "unit", repr(unit), f"{says}, the unit in the name of {column}"
    kind = {} if is_missing(unit) else words.get(("unit", unit), {})
    if kind.get("whole") and value % 1:
        expected = f"a whole number of {unit}, as the descriptor calls them whole"
        yield column, str(value), expected
    digit = field.get("last_digit", row.get("last_digit"))
    if is_missing(digit):
        return
    if digit < 0 or (digit == 0 and not kind.get("exact")):
        expected = "a number above 0; 0 only for a unit that the descriptor calls exact"
        yield "last_digit", f"{digit:g}", expected
    elif digit and Fraction(str(value)) % Fraction(str(digit)):
        expected = f"a multiple of its last digit, {digit:g}, or the last digit that it has"
        yield column, f"{value:.12g}", expected


def _outliers(table: dict, field: dict, rows: list[dict]) -> CellProblems:
    """Values that differ from most others of their series by a factor of about a thousand, unless
    the printed text (`raw`) or a second typing (the column `..._confirmed`) confirms them."""
    key, column = descriptor.primary_key(table), field["name"]
    confirmed = f"{column}_confirmed"
    series: dict[tuple, list[tuple[float, int, dict]]] = {}
    fields = descriptor.fields(table)
    times = [part for part in key if part == "year" or fields[part].get("period")]
    for number, row in enumerate(rows, 2):
        again = row.get(confirmed)
        if not is_missing(again) and again != row[column]:
            expected = f"the {column} typed again, or an empty cell"
            yield number, confirmed, str(again), expected
        if times and not is_missing(row[column]) and row[column]:
            of = tuple(row[part] for part in key if part not in times)
            when = re.findall("[0-9]+", str(row[times[0]]))  # a year with its month and day
            if when:  # months are compared with months, years with years
                of = (*of, row.get("unit"), len(when))
                years = sum(float(n) / size for n, size in zip(when, (1, 12, 366), strict=False))
                series.setdefault(of, []).append((years, number, row))
    for values in series.values():
        values.sort(key=lambda item: item[:2])
        for number, row, beside in _off_by_thousand(values, column):
            if is_missing(row.get(confirmed)) and is_missing(row.get("raw")):
                expected = f"a number nearer to {beside[column]:.12g}, that of {beside[times[0]]}"
                remedy = f"If its source has it, type it again in a column {confirmed}"
                yield number, column, f"{row[column]:.12g}", expected, remedy


def _off_by_thousand(values: list[tuple], column: str) -> Iterator[tuple[int, dict, dict]]:
    """The rows of a series that a step of about a factor of a thousand separates from most others,
    each with the row nearest in time among those."""
    levels = [0]
    for before, after in itertools.pairwise(values):
        step = abs(after[2][column] / before[2][column])
        off = _SUSPECT[0] <= max(step, 1 / step) <= _SUSPECT[1]
        levels.append(levels[-1] + off * (1 if step > 1 else -1))
    usual = Counter(levels).most_common(1)[0][0]  # or the first
    most = [item for level, item in zip(levels, values, strict=True) if level == usual]
    for level, (year, number, row) in zip(levels, values, strict=True):
        if level != usual:
            yield number, row, min(most, key=lambda item: abs(item[0] - year))[2]
