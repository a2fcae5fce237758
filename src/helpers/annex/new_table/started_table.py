"""Adds a table to a project: its file, its description, and its role."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import AnnexError, Problem, quoted
from ...files import reading
from ...tables import descriptor, roles, sections
from ...tables.roles import Role
from .. import new_files
from . import described_table, descriptor_edit
from .column_words import SERIES

ROLES = [*map(str, Role), SERIES]
_PLACE = "annex new table"


@dataclass(frozen=True)
class Begun:
    """written: files, relative to the project. columns: of each new table, by name."""

    written: Sequence[str]
    columns: dict[str, list[str]]


def start(root: Path, data: Path, name: str, role: str) -> Begun:
    """Add an empty table to the project, and a table of sources if it needs one. role: one of
    `ROLES`.

    Raises `AnnexError` for a name or role that is taken or does not fit, and for a file that can't
    be written; nothing is written then."""
    resources, known = descriptor.read(data), dict(roles.tables(data))
    places = sections.Places(data)
    if role not in ROLES:
        raise AnnexError(Problem(_PLACE, f"the role {quoted(role)}", f"one of {', '.join(ROLES)}"))
    _fitting(data, name, role, places)
    wanted = [(name, role)]
    if role == SERIES and Role.SOURCES not in known:
        wanted.insert(0, (_free(str(Role.SOURCES), resources), Role.SOURCES))
    path = data / descriptor.FILE
    text = reading.content(path, "a Data Package descriptor").decode("utf-8-sig")
    files, columns = {}, {}
    for own, purpose in wanted:
        table = described_table.described(own, purpose, known, places.columns, {})
        text = descriptor_edit.added(text, ["resources"], table)
        if purpose != SERIES:
            text = _with_role(text, purpose, own, data)
            known[Role(purpose)] = own
        files[data / table["path"]] = described_table.rows(table, ())
        columns[own] = [field["name"] for field in table["schema"]["fields"]]
    files[path] = text
    new_files.write(files)
    return Begun([_shown(each, root) for each in files], columns)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _with_role(text: str, role: str, name: str, data: Path) -> str:
    """The descriptor with the role of a table."""
    annex = descriptor.annex(data)
    if not annex:
        return descriptor_edit.added(text, [], {"roles": {role: name}}, "annex")
    try:
        return descriptor_edit.added(text, ["annex", "roles"], name, role)
    except KeyError:
        return descriptor_edit.added(text, ["annex"], {role: name}, "roles")


def _fitting(data: Path, name: str, role: str, places: sections.Places) -> None:
    """Raise `AnnexError` where the name or the role does not fit the project."""
    resources, known = descriptor.read(data), roles.tables(data)
    if not re.fullmatch(r"[a-z]\w*", name, re.ASCII):
        expected = "small letters (a to z), digits and underscores, a letter first"
        raise AnnexError(Problem(_PLACE, quoted(name), expected, "Such as visitors_by_year"))
    if name in resources or name in places.documents or (data / f"{name}.csv").exists():
        what = "table" if name in resources else "document" if name in places.documents else "file"
        raise AnnexError(Problem(_PLACE, f"{name}, the name of a {what}", "a new name"))
    if role != SERIES and (there := known.get(Role(role))):
        found = f"the table {there} for {role}"
        remedy = f"Add rows to data/{resources[there]['path']}"
        raise AnnexError(Problem(_PLACE, found, "a role without a table", remedy))
    if role == Role.SECTIONS and sections.SECTION not in places.columns:
        found, expected = "no document with headings", "`headings` in one of annex.documents"
        remedy = 'Add them first, such as "headings": {"chapter": {"label": "chapter"}}'
        place = f"{data / descriptor.FILE}, annex, documents"
        raise AnnexError(Problem(place, found, expected, remedy))
    if role == Role.CLAIMS and Role.REPORTED not in known:
        found, expected = "no table of reported numbers", "one, as statements rest on them"
        remedy = "annex new table numbers --role reported"
        raise AnnexError(Problem(_PLACE, found, expected, remedy))


def _free(name: str, taken: Collection[str]) -> str:
    return name if name not in taken else _free(f"{name}_of_series", taken)
