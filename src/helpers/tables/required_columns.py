"""What the readings, the ledger of claims and the register need of the descriptor, beyond what
makes a table readable: columns of measured tables, and tables by name. Told before they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import DataError, Problem, quoted
from ..evidence import units
from ..evidence.quantities import REPORTED
from ..language import is_missing
from . import descriptor, display_names, evidence_frames, frames

SOURCES = "statistics_sources"
# Columns that are read by name: the first is the key, those after a stroke are numbers.
_COLUMNS = {
    REPORTED: "id theme section raw hedge unit subject_nl subject_en footnote note_nl note_en"
    "/value last_digit",
    "hedges": "hedge/below above",
    "sections": "section/",
    "claims": "id section statement_nl statement_en operation inputs claimed series remark_nl "
    "remark_en/",
    SOURCES: "id publisher publisher_nl table_id title language url retrieved_via attribution "
    "attribution_nl hand/",
}
# Columns that no row leaves empty.
FILLED = {
    REPORTED: ("theme", "section", "subject_nl", "subject_en", "unit"),
    "claims": ("section", "statement_nl", "statement_en", "operation"),
    SOURCES: ("publisher", "publisher_nl", "title", "language", "hand"),
}
_LABELLED = {(REPORTED, "theme"), (SOURCES, "hand")}  # pages print what their words are called
# Of a measured table, where it has them.
_WORDS = ("raw", "hedge", "unit", "source", "section")


def problems(data: Path) -> list[Problem]:
    """Everything that is missing, by table and column of the descriptor."""
    resources, place = descriptor.read(data), f"{data / descriptor.FILE}"
    measured = [name for name, table in resources.items() if evidence_frames.measured(table)]
    wanted = dict.fromkeys(["hedges", SOURCES] if measured else [], "a value needs")
    wanted |= {REPORTED: "claims need"} if "claims" in resources else {}
    wanted |= {"sections": "reported numbers need"} if REPORTED in resources else {}
    found = [
        Problem(place, f"no table {name!r}", f"that table, which {whose}")
        for name, whose in wanted.items()
        if name not in resources
    ]
    try:
        descriptor.about(data)
    except DataError as error:
        found += error.problems
    known = display_names.units(data)
    for name, table in resources.items():
        told = [*_named(name, table), *_worded(table), *_unpaired(table), *_units(table, known)]
        told += _unmeasured(name, table) if name in measured else []
        keyless = _keyless(name, table) if name in measured or name in _COLUMNS else []
        told += [
            (f", column {c}", "no foreign key", f"one to the key of {of}") for c, of in keyless
        ]
        found += [Problem(f"{place}, table {name}{where}", *rest) for where, *rest in told]
        for column, target in keyless:
            found += _astray(data, table, column, target) if target in resources else []
    return found


def _named(name: str, table: dict) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a table that is read by its name: where in it, found, expected."""
    fields = descriptor.fields(table)
    words, numbers = (part.split() for part in _COLUMNS.get(name, "/").split("/"))
    yield from _typed(fields, "string", *words)
    yield from _typed(fields, "number", *numbers)
    if (key := descriptor.primary_key(table)) != words[:1] and words:
        yield ", primaryKey", ", ".join(key), words[0]
    for column in (column for of, column in _LABELLED if of == name and column in fields):
        if "categories" not in fields[column]:
            yield f", column {column}", "no `categories`", "what its words are called on pages"


def _worded(table: dict) -> Iterator[tuple[str, str, str]]:
    """Words of a table or column that pages print in both languages, and that are not there."""
    for thing in (table, *table["schema"]["fields"]):
        where = "" if thing is table else f", column {thing['name']}"
        described = "description" in thing or "description_nl" in thing
        for word in ("title", "title_nl", *["description", "description_nl"] * described):
            if not thing.get(word, "").strip():
                yield where, f"no {word}", "words, which pages print"


def _keyless(name: str, table: dict) -> list[tuple[str, str]]:
    """Columns that say where a row is from without a foreign key, with the table it should lead
    to."""
    columns, keys = descriptor.fields(table), descriptor.foreign_keys(table)
    return [
        (column, target)
        for column, target, key in (("source", SOURCES, "id"), ("section", "sections", "section"))
        if column in columns and name != target and ([column], target, [key]) not in keys
    ]


def _astray(data: Path, table: dict, column: str, target: str) -> Iterator[Problem]:
    """Cells of such a column that name no row of the other table."""
    of = descriptor.read(data)[target]
    known = set(evidence_frames.keys(frames.load(target, data), of))
    for row, cell in enumerate(frames.load(table["name"], data)[column], 2):
        if not is_missing(cell) and cell not in known:
            place = f"{data / table['path']}, row {row}, column {column}"
            yield Problem(place, quoted(str(cell)), f"the key of a row in {of['path']}")


def _unmeasured(name: str, table: dict) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a table with measured columns."""
    fields = descriptor.fields(table)
    for field in evidence_frames.measured(table):
        where, column = f", column {field['name']}", field["name"]
        yield from _typed(fields, "number", column)
        if "unit" in field and (says := units.contradicted(column, field["unit"])):
            yield where, f"the unit {quoted(field['unit'])}", f"{says}, as its name ends"
        yield from _typed(fields, "number", *{f"{column}_confirmed"} & {*fields})
        if "unit" not in field and "unit" not in fields:
            expected = "a column unit, or the property `unit` of this column"
            yield where, "a value without a unit", expected
        if "last_digit" not in field and "last_digit" not in fields:
            expected = "a column last_digit, or the property `last_digit` of this column"
            yield where, "a value without a last digit", expected
    if name != REPORTED and not {"source", "section"} & fields.keys():
        expected = f"a column source with ids of {SOURCES}, or a column section"
        yield "", "values without a source", expected
    yield from _typed(fields, "string", *(column for column in _WORDS if column in fields))
    yield from _typed(fields, "number", *{"last_digit"} & {*fields})


def _typed(fields: dict, kind: str, *columns: str) -> Iterator[tuple[str, str, str]]:
    """Columns that are not there, or hold neither the kind nor, for numbers, integers."""
    for column in columns:
        field = fields.get(column)
        if field is None:
            yield "", f"no column {column}", f"a column {column} of type {kind}"
        elif field.get("period"):
            yield f", column {column}", "periods", f"type {kind}"
        elif field["type"] not in (kind, *["integer"] * (kind == "number")):
            yield f", column {column}", field["type"], f"type {kind}"


def _unpaired(table: dict) -> Iterator[tuple[str, str, str]]:
    """Columns of words in one language without their counterpart."""
    fields = descriptor.fields(table)
    for name in fields:
        stem, other = name[:-3], {"_nl": "_en", "_en": "_nl"}.get(name[-3:], "")
        plain = name.endswith("_nl") and stem in fields
        if other and stem and f"{stem}{other}" not in fields and not plain:
            yield f", column {name}", f"no column {stem}{other}", "a column for each language"


def _units(table: dict, known: dict) -> Iterator[tuple[str, str, str]]:
    """Units in the descriptor that have no name."""
    for field in table["schema"]["fields"]:
        for thing in (field, *field.get("categories", [])):
            if "unit" in thing and (wrong := units.unnamed(thing["unit"], known)):
                yield f", column {field['name']}", f"the unit {quoted(thing['unit'])}", *wrong
