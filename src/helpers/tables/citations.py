"""Checks of what rows cite: publications, documents and their sections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import Problem, nearest, quoted
from ..language import is_missing
from . import descriptor, frames, roles, sections
from .roles import Role

PLACED = {Role.REPORTED, Role.CLAIMS, Role.ERRORS}  # whose rows all stand in a document


def lacking(places: sections.Places, data: Path) -> Iterator[Problem]:
    """What `annex` must name because of the tables, or of its other parts."""
    known, tables = roles.tables(data), descriptor.read(data).values()
    place = f"{data / descriptor.FILE}, annex"
    sourced = any("source" in descriptor.fields(t) and descriptor.measured(t) for t in tables)
    wanted = {
        Role.SOURCES: "a column source needs" if sourced else "",
        Role.REPORTED: "claims need" if Role.CLAIMS in known else "",
        Role.SECTIONS: "headings need" if sections.SECTION in places.columns else "",
    }
    for role, whose in wanted.items():
        if whose and role not in known:
            expected, remedy = f"a table of {role}, which {whose}", f'Name it there as "{role}"'
            yield Problem(f"{place}, roles", f"no table for {role}", expected, remedy)
    if Role.SECTIONS in known and sections.SECTION not in places.columns:
        expected = f"those of a document, as {known[Role.SECTIONS]} has sections"
        yield Problem(f"{place}, documents", "no headings", expected)
    cited = [role for role in Role if role in known and role in {*PLACED, Role.SET_ASIDE}]
    if (cited or descriptor.traced(data)) and not places.documents:
        whose = f"the table of {cited[0]} is of" if cited else "the columns in `traced` are of"
        yield Problem(f"{place}, documents", "none", f"the document that {whose}")


def misnamed_sections(name: str, places: sections.Places, data: Path) -> Iterator[Problem]:
    """Sections whose name does not follow the `headings` of their document. name: of their table,
    which has its columns."""
    path, frame = data / descriptor.read(data)[name]["path"], frames.load(name, data)
    whose = frame.document if sections.DOCUMENT in frame else [*places.documents] * len(frame)
    for row, (document, section) in enumerate(zip(whose, frame.section, strict=True), 2):
        if is_missing(section) or is_missing(document) or document not in places.documents:
            continue  # which is reported elsewhere
        if not sections.named(places.documents[document].headings, section):
            kind = sections.kind(section)
            expected = f"a number, or a name as `headings` of {document} has it for the {kind}"
            yield Problem(f"{path}, row {row}, column section", quoted(section), expected)


def unlinked(table: dict, places: sections.Places, data: Path) -> Iterator[Problem]:
    """The columns `source` and `section` that lack a foreign key, and cells of these and of
    `document` that name nothing."""
    fields, keys = descriptor.fields(table), descriptor.foreign_keys(table)
    known = roles.tables(data)
    place, path = f"{data / descriptor.FILE}, table {table['name']}", data / table["path"]
    links = [(["source"], Role.SOURCES, ["id"]), (places.columns, Role.SECTIONS, places.columns)]
    for columns, role, key in links[: 1 + (sections.SECTION in places.columns)]:
        target, named = known.get(role, ""), ", ".join(columns)
        linked = table["name"] == target or (columns, target, key) in keys
        if linked or not {*columns} <= fields.keys():
            continue
        expected = f"one to the key of {target or f'a table for {role}'}"
        yield Problem(f"{place}, column {named}", "no foreign key", expected)
        there = {*_cells(target, key, data)} if target else None
        for row, cells in enumerate(_cells(table["name"], columns, data), 2):
            if there and not any(map(is_missing, cells)) and cells not in there:
                expected = f"the key of a row in {descriptor.read(data)[target]['path']}"
                found = quoted(", ".join(map(str, cells)))
                yield Problem(f"{path}, row {row}, column {named}", found, expected)
    if sections.DOCUMENT in places.columns and sections.DOCUMENT in fields:
        for row, (cell,) in enumerate(_cells(table["name"], [sections.DOCUMENT], data), 2):
            if not is_missing(cell) and cell not in places.documents:
                near = nearest(str(cell), places.documents)
                expected = f"the name of a document in annex.documents, such as {near}"
                yield Problem(f"{path}, row {row}, column document", quoted(str(cell)), expected)


def _cells(name: str, columns: list[str], data: Path) -> list[tuple]:
    """The cells of some columns of a table, row by row; none if it lacks one of them."""
    frame = frames.load(name, data)
    if not {*columns} <= {*frame}:
        return []
    return list(zip(*(frame[column] for column in columns), strict=True))
