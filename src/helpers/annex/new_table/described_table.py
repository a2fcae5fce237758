"""The description of a new table: columns that its role needs, in the languages of the project."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from ...language import Text, languages, locale
from ...locales import SOURCE
from ...tables import required_columns
from ...tables.citations import PLACED
from ...tables.roles import Role
from .column_words import CATEGORIES, COLUMNS, SERIES, TABLES

# Of the columns that a role may have, those that a new table begins with.
BEGUN = {
    Role.REPORTED: ["hedge", "note*"],
    Role.CLAIMS: ["series"],
    Role.SOURCES: ["kind", "url"],
    Role.ERRORS: ["row"],
}
# Columns that only people read.
_FOR_PEOPLE = {
    Role.HEDGES: ["rationale", "origin"],
    Role.SET_ASIDE: ["reason*"],
    Role.SECTIONS: ["raw"],
}
_SERIES = {"year": "integer", "value": "number", "last_digit": "number", "unit": "string",
           "source": "string"}  # fmt: skip
# Columns whose every cell is filled, besides the key.
_FILLED = {"subject*", "statement*", "operation", "description*", "publisher*", "title", "language",
           "pattern", "source"}  # fmt: skip


def columns(role: str, cited: Iterable[str]) -> dict[str, str]:
    """The columns of a new table in their order, each with its type; a star behind the name of one
    that has a column for each language. cited: by which rows cite the documents."""
    if role == SERIES:
        return dict(_SERIES)
    known = required_columns.columns(Role(role))
    needless = {*required_columns.optional(Role(role))} - {*BEGUN.get(Role(role), ())}
    found = {name: kind for name, kind in known.items() if name not in needless}
    placed = {*PLACED, Role.SECTIONS, Role.SET_ASIDE}
    found |= dict.fromkeys([*(cited if role in placed else ()), *_FOR_PEOPLE.get(Role(role), ())],
                           "string")  # fmt: skip
    order = {name: number for number, name in enumerate(COLUMNS)}
    return {name: found[name] for name in sorted(found, key=lambda each: order[each.rstrip("*")])}


def described(
    name: str, role: str, known: Mapping[Role, str], cited: list[str], units: dict[str, Text]
) -> dict:
    """A resource of the descriptor. known: the table of each role, to which keys lead. cited: by
    which rows cite the documents. units: of its rows, by name, if the project has own ones."""
    title, meaning, rows = TABLES[role]
    if role == SERIES:
        title = Text.same(name.replace("_", " ").capitalize())
    fields = [
        field
        for column, kind in columns(role, cited).items()
        for field in _fields(column, kind, role, units)
    ]
    key = cited if role == Role.SECTIONS else [fields[0]["name"]]
    keys = [
        {"fields": own, "reference": {"resource": known[target], "fields": there}}
        for own, target, there in (
            (["source"], Role.SOURCES, ["id"]),
            (["claimed"], Role.REPORTED, ["id"]),
            (cited, Role.SECTIONS, cited),
        )
        if target in known and target != role and own
        and {*own} <= {field["name"] for field in fields}
    ]  # fmt: skip
    schema: dict = {"fields": fields, "primaryKey": key}
    return {
        "name": name,
        "path": f"{name}.csv",
        **worded("title", title),
        **worded("description", meaning),
        "row": worded("label", rows),
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _fields(column: str, kind: str, role: str, units: dict[str, Text]) -> list[dict]:
    """The fields of a column: of one with a star, one for each language."""
    stem = column.removesuffix("*")
    title, meaning = COLUMNS[stem]
    filled = column in _FILLED or column in ("id", "year", "section") or stem == role.rstrip("s")
    rules = {"constraints": {"required": True}} if filled else {}
    return [
        {
            "name": name, "type": kind,
            **worded("title", title if lang is None else _in_language(title, lang)),
            **worded("description", meaning), **_values(stem, role, units), **rules,
        }
        for name, lang in ([(stem, None)] if stem == column else _each_language(stem))
    ]  # fmt: skip


def _values(column: str, role: str, units: dict[str, Text]) -> dict:
    """The values of a column that has labels for them."""
    values = units if column == "unit" else CATEGORIES.get((role, column), {})
    return {"categories": [
        {"value": value, **worded("label", label)}
        | ({"official": True} if (role, value) == (Role.SOURCES, "official") else {})
        | ({"whole": True} if column == "unit" else {})
        for value, label in values.items()
    ]} if values else {}  # fmt: skip


def worded(name: str, text: Text) -> dict[str, str]:
    """The properties of a text: plain in English, or in the first language of a project without it,
    and one for each other language."""
    plain = SOURCE if SOURCE in languages() else languages()[0]
    others = (lang for lang in languages() if lang != plain)
    return {name: text.word(plain), **{f"{name}_{lang}": text.word(lang) for lang in others}}


def _each_language(stem: str) -> list[tuple[str, str | None]]:
    """The column of each language: in a project with one, a plain one."""
    if len(languages()) == 1:
        return [(stem, None)]
    return [(f"{stem}_{lang}", lang) for lang in languages()]


def cells(stem: str, text: Text) -> dict[str, str]:
    """The cells of a text in a row: in its column for each language."""
    return {name: text.word(lang or languages()[0]) for name, lang in _each_language(stem)}


def _in_language(title: Text, lang: str) -> Text:
    """A title with the language that a column is in: `Subject (German)`."""
    named = {own: locale(lang).get_language_name(own) for own in languages()}
    return Text(**{own: f"{title.word(own)} ({named[own]})" for own in languages()})


def rows(table: Mapping, cells: Iterable[Mapping[str, str]]) -> str:
    """The file of a table: its header, and rows."""
    stream = io.StringIO()
    names = [field["name"] for field in table["schema"]["fields"]]
    writer = csv.DictWriter(stream, names, restval="", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(cells)
    return stream.getvalue()
