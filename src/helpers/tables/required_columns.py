"""Checks that the descriptor has the tables and columns that evidence frames, the ledger of claims
and the register use: one message for whoever writes a descriptor, instead of a KeyError later.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from ..errors import DataError, Problem, nearest, quoted
from ..evidence import units
from . import (
    citations,
    descriptor,
    display_names,
    frames,
    overlaps,
    publication,
    roles,
    sections,
    translations,
)
from .citations import PLACED
from .roles import Role

# Columns that the code needs, by the role of their table: the first is the primary key, those
# before the slash have texts (with a star: one for each language), those after it numbers. The
# columns by which rows cite the documents (`sections.Places.columns`) come with them.
_COLUMNS: dict[str, str] = {
    Role.REPORTED: "id raw unit subject*/value last_digit",
    Role.HEDGES: "hedge/below above",
    Role.SECTIONS: "/",
    Role.CLAIMS: "id statement* operation inputs claimed/",
    Role.SOURCES: "id publisher* title language/",
    Role.ERRORS: "id kind raw description*/",
    Role.SET_ASIDE: "id pattern/",
}
# Columns that it reads if they are there.
_OPTIONAL: dict[str, str] = {
    Role.REPORTED: "theme hedge footnote note*",
    Role.CLAIMS: "series remark*",
    Role.SOURCES: "table_id url retrieved_via attribution* hand kind",
    Role.ERRORS: "row",
}
# Columns that must be filled in every row, and, in roles whose rows all cite a place, that too.
_FILLED: dict[str, str] = {
    Role.REPORTED: "theme subject* unit",
    Role.CLAIMS: "statement* operation",
    Role.SOURCES: "publisher* title language hand",
    Role.ERRORS: "kind raw description*",
}
# The column of which pages print the labels of the values.
_LABELLED: dict[str, str] = {Role.REPORTED: "theme", Role.SOURCES: "hand", Role.ERRORS: "kind"}
# Columns of a measured table that must be texts if it has them.
_WORDS = ("raw", "hedge", "unit", "source", "section")


def columns(role: Role) -> dict[str, str]:
    """The columns that a role needs and those of `optional`, each with its type; a star behind the
    name of one that has a column for each language."""
    words, numbers = _COLUMNS[role].split("/")
    found = dict.fromkeys([*words.split(), *optional(role)], "string")
    return found | dict.fromkeys(numbers.split(), "number")


def optional(role: Role) -> list[str]:
    """The columns that the code reads if they are there."""
    return _OPTIONAL.get(role, "").split()


def filled(role: Role | None, places: sections.Places, there: Collection[str]) -> list[str]:
    """The columns that every row of the table with a role fills, of those that are there."""
    own = [
        name
        for each in _FILLED.get(role or "", "").split()
        for name in (translations.names(there, each[:-1]) if each[-1] == "*" else [each])
    ]
    return [name for name in (*own, *places.columns[: role in PLACED]) if name in there]


def problems(data: Path) -> list[Problem]:
    """Every table, column and text that the descriptor lacks."""
    resources, place = descriptor.read(data), f"{data / descriptor.FILE}"
    known, places = roles.tables(data), sections.Places(data)
    found = list(citations.lacking(places, data))
    listed = resources.get(known.get(Role.SECTIONS, ""))
    if listed and places.columns and not [*_role_columns(listed, Role.SECTIONS, places)]:
        found += citations.misnamed_sections(listed["name"], places, data)
    named = display_names.units(data)
    currencies = descriptor.annex(data).get("currencies", [])
    of, traced = {table: role for role, table in known.items()}, descriptor.traced(data)
    for name, table in resources.items():
        flaws: list[tuple[str, ...]] = [*_role_columns(table, of.get(name), places)]
        flaws += translations.untitled(table)
        flaws += translations.untranslated(descriptor.fields(table))
        flaws += _unit_faults(table, named, currencies)
        flaws += _measured_columns(table, of.get(name), places, name in traced)
        flaws += _unknown_overlaps(table, data)
        if name in traced:
            flaws += _mistyped(descriptor.fields(table), "string", *places.columns)
        found += [Problem(f"{place}, table {name}{where}", *rest) for where, *rest in flaws]
        if descriptor.measured(table) or name in of or name in traced:
            found += citations.unlinked(table, places, data)
    try:
        if not found:  # the source of what the front page says is looked up in these tables
            publication.read(data)
    except DataError as error:
        found += error.problems
    return found


def of_table(table: dict, data: Path) -> list[Problem]:
    """The key of a table, and the columns that its role and its measured columns need, where it
    lacks them."""
    place = f"{data / descriptor.FILE}, table {table['name']}"
    role, places = roles.of(table["name"], data), sections.Places(data)
    traced = table["name"] in descriptor.traced(data)
    flaws = [*keyless(table), *_role_columns(table, role, places)]
    flaws += _measured_columns(table, role, places, traced)
    return [Problem(f"{place}{where}", *rest) for where, *rest in flaws]


def keyless(table: dict) -> Iterator[tuple[str, str, str, str]]:
    """The problem of a table without a primary key: place, found, expected, remedy."""
    if not descriptor.primary_key(table):
        remedy = f'Add it, such as "primaryKey": ["{table["schema"]["fields"][0]["name"]}"]'
        yield ", primaryKey", "none", "the columns that identify a row", remedy


def _role_columns(
    table: dict, role: Role | None, places: sections.Places
) -> Iterator[tuple[str, str, str]]:
    """Problems of the columns that a role needs: place, found, expected."""
    fields = descriptor.fields(table)
    words, numbers = (part.split() for part in _COLUMNS.get(role or "", "/").split("/"))
    cited = places.columns if role in {*PLACED, Role.SECTIONS, Role.SET_ASIDE} else []
    optional = _texts(_OPTIONAL.get(role or "", "").split(), fields)
    yield from _mistyped(fields, "string", *_texts(words, fields, every=True), *cited)
    yield from _mistyped(fields, "string", *(name for name in optional if name in fields))
    yield from _mistyped(fields, "number", *numbers)
    wanted = cited if role == Role.SECTIONS else words[:1]
    if (key := descriptor.primary_key(table)) != wanted and wanted:
        yield ", primaryKey", ", ".join(key), ", ".join(wanted)
    labelled = _LABELLED.get(role or "")
    if labelled in fields and "categories" not in fields[labelled]:
        yield f", column {labelled}", "no `categories`", "labels of its values, which pages print"
    for name, field in fields.items():
        graded = [c["value"] for c in field.get("categories", []) if "official" in c]
        if graded and (role, name) != (Role.SOURCES, "kind"):
            yield f", column {name}", f"{graded[0]} with official", "a kind of sources"


def _texts(columns: Iterable[str], fields: dict, every: bool = False) -> list[str]:
    """The names of columns of text, one for each language of those with a star: of the columns that
    are there, and with `every` of those that are missing too."""
    found: list[str] = []
    for name in columns:
        stem = name.removesuffix("*")
        own = [stem] if stem == name else translations.names(fields, stem)
        if every and stem != name:
            own += translations.lacking(fields, stem, plain=False)
        found += own
    return found


def _measured_columns(
    table: dict, role: Role | None, places: sections.Places, traced: bool
) -> Iterator[tuple[str, str, str]]:
    """Problems of a table with measured columns: place, found, expected."""
    fields, measured = descriptor.fields(table), descriptor.measured(table)
    if not measured:
        return
    for field in measured:
        where, column = f", column {field['name']}", field["name"]
        yield from _mistyped(fields, "number", column)
        if "unit" in field and (says := units.contradicted(column, field["unit"])):
            yield where, f"the unit {quoted(field['unit'])}", f"{says}, the unit in its name"
        yield from _mistyped(fields, "number", *{f"{column}_confirmed"} & {*fields})
        for of in ("unit", "last_digit"):
            if of not in field and of not in fields:
                expected = f"a column {of}, or the property `{of}` of this column"
                yield where, f"a value without a {of.replace('_', ' ')}", expected
    cited = {"source", *places.columns} & fields.keys()
    if role not in PLACED and not cited and not (traced and not places.columns):
        columns = "".join(f", or a column {name}" for name in places.columns[:1])
        yield "", "values without a source", f"a column source with ids of publications{columns}"
    yield from _mistyped(fields, "string", *(column for column in _WORDS if column in fields))
    yield from _mistyped(fields, "number", *{"last_digit"} & {*fields})


def _unknown_overlaps(table: dict, data: Path) -> Iterator[tuple[str, str, str]]:
    """Values in an `overlap` that their column does not have."""
    for name, field in descriptor.fields(table).items():
        if parts := overlaps.named(field.get("overlap")):
            there = field.get("constraints", {}).get("enum")
            there = there or frames.load(table["name"], data)[name].dropna()
            values = set(there)
            for value in dict.fromkeys([*parts, *itertools.chain(*parts.values())]):
                if value not in values:
                    expected = f"a value of the column, such as {nearest(value, there)!r}"
                    yield f", column {name}", f"an overlap of {quoted(value)}", expected


def _mistyped(fields: dict, kind: str, *columns: str) -> Iterator[tuple[str, str, str]]:
    """Columns that are missing or have another type; for numbers, integers are valid too."""
    for column in columns:
        field = fields.get(column)
        if field is None:
            yield "", f"no column {column}", f"a column {column} of type {kind}"
        elif field.get("period"):
            yield f", column {column}", "periods", f"type {kind}"
        elif field["type"] not in (kind, *["integer"] * (kind == "number")):
            yield f", column {column}", field["type"], f"type {kind}"


def _unit_faults(table: dict, known: dict, currencies: list) -> Iterator[tuple[str, ...]]:
    """Units in the descriptor that have no display name, or a currency that it does not list."""
    for field in table["schema"]["fields"]:
        for thing in (field, *field.get("categories", [])):
            unit = thing.get("unit")
            if unit and (wrong := units.unnamed(unit, known) or units.unlisted(unit, currencies)):
                yield f", column {field['name']}", f"the unit {quoted(unit)}", *wrong
