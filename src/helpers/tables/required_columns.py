"""Checks that the descriptor has the tables and columns that evidence frames, the ledger of claims
and the register use: one message for whoever writes a descriptor, instead of a KeyError later.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from ..errors import DataError, Problem, nearest, quoted
from ..evidence import units
from ..files import settings
from ..language import is_missing
from . import descriptor, display_names, frames, overlaps, publication, roles, sections
from .roles import Role

# Columns that the code reads by name, by the role of their table: the first is the primary key,
# those before the slash have texts, those after it numbers.
_COLUMNS: dict[str, str] = {
    Role.REPORTED: "id theme section raw hedge unit subject_nl subject_en footnote note_nl note_en"
    "/value last_digit",
    Role.HEDGES: "hedge/below above",
    Role.SECTIONS: "section/",
    Role.CLAIMS: "id section statement_nl statement_en operation inputs claimed series remark_nl "
    "remark_en/",
    Role.SOURCES: "id publisher publisher_nl table_id title language url retrieved_via attribution "
    "attribution_nl hand/",
    Role.ERRORS: "id section kind raw description_nl description_en row/",
    Role.SET_ASIDE: "id section pattern/",
}
# Columns that must be filled in every row.
FILLED: dict[str, tuple[str, ...]] = {
    Role.REPORTED: ("theme", "section", "subject_nl", "subject_en", "unit"),
    Role.CLAIMS: ("section", "statement_nl", "statement_en", "operation"),
    Role.SOURCES: ("publisher", "publisher_nl", "title", "language", "hand"),
    Role.ERRORS: ("section", "kind", "raw", "description_nl", "description_en"),
}
# The column of which pages print the labels of the values.
_LABELLED: dict[str, str] = {Role.REPORTED: "theme", Role.SOURCES: "hand", Role.ERRORS: "kind"}
# Columns that need a foreign key: to the table of which role, and which of its columns.
_LINKED = (("source", Role.SOURCES, "id"), ("section", Role.SECTIONS, "section"))
# Columns of a measured table that must be texts if it has them.
_WORDS = ("raw", "hedge", "unit", "source", "section")


def problems(data: Path) -> list[Problem]:
    """Every table, column and text that the descriptor lacks."""
    resources, place = descriptor.read(data), f"{data / descriptor.FILE}"
    known = roles.tables(resources)
    measured = [name for name, table in resources.items() if descriptor.measured(table)]
    wanted = dict.fromkeys([Role.HEDGES, Role.SOURCES] if measured else [], "a value needs")
    wanted |= {Role.REPORTED: "claims need"} if Role.CLAIMS in known else {}
    wanted |= {Role.SECTIONS: "reported numbers need"} if Role.REPORTED in known else {}
    found = [
        Problem(place, f"no table for {role}", f'a table with "role": "{role}", which {whose}')
        for role, whose in wanted.items()
        if role not in known
    ]
    if Role.SECTIONS in known:
        found += _misnamed_sections(known[Role.SECTIONS], data)
    named = display_names.units(data)
    currencies = settings.settings(data).get("currencies", [])
    for name, table in resources.items():
        flaws: list[tuple[str, ...]] = [*_role_columns(table), *_untitled(table)]
        flaws += [*_untranslated(table), *_unit_faults(table, named, currencies)]
        flaws += _measured_columns(table)
        flaws += _unknown_overlaps(table, data)
        traced = any("transcribed" in field for field in table["schema"]["fields"])
        found += [Problem(f"{place}, table {name}{where}", *rest) for where, *rest in flaws]
        if name in measured or "role" in table or traced:
            found += _unlinked(table, known, data)
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
    flaws = [*keyless(table), *_role_columns(table), *_measured_columns(table)]
    return [Problem(f"{place}{where}", *rest) for where, *rest in flaws]


def keyless(table: dict) -> Iterator[tuple[str, str, str, str]]:
    """The problem of a table without a primary key: place, found, expected, remedy."""
    if not descriptor.primary_key(table):
        remedy = f'Add it, such as "primaryKey": ["{table["schema"]["fields"][0]["name"]}"]'
        yield ", primaryKey", "none", "the columns that identify a row", remedy


def _misnamed_sections(name: str, data: Path) -> Iterator[Problem]:
    """Sections whose name does not follow `headings` in the descriptor."""
    table = descriptor.read(data)[name]
    if [*_role_columns(table)]:
        return  # the problems of the table are reported elsewhere
    try:
        words = sections.headings(data)
    except DataError as error:
        yield from error.problems
        return
    for row, section in enumerate(frames.load(name, data).section, 2):
        if not is_missing(section) and not sections.named(words, section):
            place = f"{data / table['path']}, row {row}, column section"
            expected = f"a number, or a name as `headings` has it for the {sections.kind(section)}"
            yield Problem(place, quoted(section), expected)


def _role_columns(table: dict) -> Iterator[tuple[str, str, str]]:
    """Problems of the columns that a role needs: place, found, expected."""
    fields, role = descriptor.fields(table), table.get("role", "")
    words, numbers = (part.split() for part in _COLUMNS.get(role, "/").split("/"))
    yield from _mistyped(fields, "string", *words)
    yield from _mistyped(fields, "number", *numbers)
    if (key := descriptor.primary_key(table)) != words[:1] and words:
        yield ", primaryKey", ", ".join(key), words[0]
    labelled = _LABELLED.get(role)
    if labelled in fields and "categories" not in fields[labelled]:
        yield f", column {labelled}", "no `categories`", "labels of its values, which pages print"


def _untitled(table: dict) -> Iterator[tuple[str, str, str]]:
    """Missing titles and descriptions, which pages print in both languages."""
    for thing in (table, *table["schema"]["fields"]):
        where = "" if thing is table else f", column {thing['name']}"
        described = "description" in thing or "description_nl" in thing
        for word in ("title", "title_nl", *["description", "description_nl"] * described):
            if not thing.get(word, "").strip():
                yield where, f"no {word}", "words, which pages print"


def _unlinked(table: dict, known: dict[str, str], data: Path) -> Iterator[Problem]:
    """The columns `source` and `section` that lack a foreign key, and their cells that are the key
    of no row of the table that it should refer to."""
    columns, keys = descriptor.fields(table), descriptor.foreign_keys(table)
    for column, role, key in _LINKED:
        target = known.get(role, "")
        linked = table.get("role") == role or ([column], target, [key]) in keys
        if linked or column not in columns:
            continue
        place = f"{data / descriptor.FILE}, table {table['name']}, column {column}"
        expected = f"one to the key of {target or f'a table for {role}'}"
        yield Problem(place, "no foreign key", expected)
        if not target:
            continue
        of = descriptor.read(data)[target]
        there = set(frames.load(target, data)[key])
        for row, cell in enumerate(frames.load(table["name"], data)[column], 2):
            if not is_missing(cell) and cell not in there:
                place = f"{data / table['path']}, row {row}, column {column}"
                yield Problem(place, quoted(str(cell)), f"the key of a row in {of['path']}")


def _measured_columns(table: dict) -> Iterator[tuple[str, str, str]]:
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
    if table.get("role") != Role.REPORTED and not {"source", "section"} & fields.keys():
        expected = "a column source with ids of publications, or a column section"
        yield "", "values without a source", expected
    yield from _mistyped(fields, "string", *(column for column in _WORDS if column in fields))
    yield from _mistyped(fields, "number", *{"last_digit"} & {*fields})


def _unknown_overlaps(table: dict, data: Path) -> Iterator[tuple[str, str, str]]:
    """Values in an `overlap` that their column does not have."""
    for name, field in descriptor.fields(table).items():
        if parts := overlaps.named(field.get("overlap")):
            there = field.get("constraints", {}).get("enum")
            there = there or frames.load(table["name"], data)[name].dropna()
            for value in dict.fromkeys([*parts, *itertools.chain(*parts.values())]):
                if value not in set(there):
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


def _untranslated(table: dict) -> Iterator[tuple[str, str, str]]:
    """Columns of text in one language without a column for the other."""
    fields = descriptor.fields(table)
    for name in fields:
        stem, other = name[:-3], {"_nl": "_en", "_en": "_nl"}.get(name[-3:], "")
        plain = name.endswith("_nl") and stem in fields
        if other and stem and f"{stem}{other}" not in fields and not plain:
            yield f", column {name}", f"no column {stem}{other}", "a column for each language"


def _unit_faults(table: dict, known: dict, currencies: list) -> Iterator[tuple[str, ...]]:
    """Units in the descriptor that have no display name, or a currency that it does not list."""
    for field in table["schema"]["fields"]:
        for thing in (field, *field.get("categories", [])):
            unit = thing.get("unit")
            if unit and (wrong := units.unnamed(unit, known) or units.unlisted(unit, currencies)):
                yield f", column {field['name']}", f"the unit {quoted(unit)}", *wrong
