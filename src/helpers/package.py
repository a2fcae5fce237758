"""The description of the tables: `data/datapackage.json` (Data Package v2)."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from . import files, folders, visible
from .cells import TYPES
from .errors import DataError, Problem
from .language import Text

FILE = folders.FILE
folder = folders.data


def properties(data: Path) -> dict:
    """What the descriptor says of the package as a whole, by the names of Data Package v2."""
    return _parsed(data / FILE, _bytes(data / FILE))


def about(data: Path) -> tuple[Text, Text]:
    """Title and description of the package, in both languages."""
    package = properties(data)
    try:
        return tuple(Text(package[f"{k}_nl"], package[k]) for k in ("title", "description"))
    except KeyError as error:
        expected = "title, title_nl, description and description_nl"
        raise DataError(Problem(str(data / FILE), f"no {error}", expected)) from None


def read(data: Path) -> dict[str, dict]:
    """The resources of the package by name, in the order of the descriptor; to be read only, as
    all who ask share them.

    Raises `DataError` naming every flaw of the descriptor that would make a table unreadable.
    """
    return dict(_resources(data / FILE, _bytes(data / FILE)))


# What is kept belongs to the bytes of a file, which are read each time: a file that changes is
# read anew.
@functools.lru_cache(maxsize=4)
def _resources(path: Path, content: bytes) -> dict[str, dict]:
    package = _parsed(path, content)
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not all(isinstance(table, dict) for table in resources):
        raise DataError(Problem(str(path), "no list `resources`", "a list of tables"))
    problems = [Problem(f"{path}, {where}", *rest) for where, *rest in visible.faults(package)]
    for number, table in enumerate(resources, 1):
        place = f"{path}, table {table.get('name', number)}"
        problems += [Problem(place + where, *rest) for where, *rest in _form(table)]
    if not problems:
        problems = list(_references(path, resources))
    if problems:
        raise DataError(problems)
    return {table["name"]: table for table in resources}


def _bytes(path: Path) -> bytes:
    return files.content(path, "a Data Package descriptor")


@functools.lru_cache(maxsize=4)
def _parsed(path: Path, content: bytes) -> dict:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise DataError(Problem(str(path), str(error), "valid JSON in UTF-8")) from None


def _form(table: dict) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one table of the descriptor: where in it, found, expected."""
    inside = re.compile(r"(?!.*\.\.)[\w-]+(/[\w.-]+)*\.csv")
    if not isinstance(table.get("name"), str):
        yield ", name", repr(table.get("name")), "a name"
    if not inside.fullmatch(str(table.get("path", ""))):
        yield ", path", repr(table.get("path")), "a CSV file inside the data folder"
    if "dialect" in table:
        yield ", dialect", "a dialect of CSV", "none: commas, double quotes and UTF-8"
    schema = table.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if (
        not isinstance(fields, list)
        or not fields
        or not all(isinstance(f, dict) and isinstance(f.get("name"), str) for f in fields)
    ):
        yield ", schema", "no list `fields` of named columns", "a column per field"
        return
    for field in fields:
        where, rules = f", column {field['name']}", field.get("constraints", {})
        if not isinstance(field.get("type"), str) or field["type"] not in TYPES:
            yield where, repr(field.get("type")), "one of " + ", ".join(sorted(TYPES))
        if field.get("period") and field.get("type") != "string":
            yield where, f"period on type {field.get('type')!r}", "period on a string"
        if not isinstance(rules, dict):
            yield where, f"constraints {rules!r}", "an object"
            continue
        yield from _rules(where, field, rules)
    if len({field["name"] for field in fields}) < len(fields):
        yield ", schema", "a column name twice", "a name of its own for each column"
    yield from _key_form(schema)


def _rules(where: str, field: dict, rules: dict) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the constraints of a column."""
    words = rules.get("enum", [""])
    if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
        yield where, f"enum {words!r}", "a list of words"
    if not isinstance(rules.get("required", False), bool):
        yield where, f"required {rules['required']!r}", "true or false"
    yield from _categories(where, field.get("categories"), rules.get("enum"))
    for bound in ("minimum", "maximum"):
        if bound in rules and field.get("type") not in ("integer", "number"):
            yield where, f"{bound} on a column of words", f"{bound} on numbers only"
        if not isinstance(rules.get(bound, 0), (int, float)):
            yield where, repr(rules[bound]), f"a number as {bound}"
    try:
        re.compile(rules.get("pattern", ""))
    except (re.error, TypeError) as error:
        yield where, f"pattern {rules['pattern']!r} ({error})", "a regular expression"


def _categories(where: str, named: object, words: object) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the names of the words of a closed list."""
    if named is None:
        return
    keys = ("value", "label", "label_nl")
    if not isinstance(named, list) or not all(isinstance(word, dict) for word in named):
        yield where, f"categories {named!r}"[:80], "a list of objects"
    elif bare := [w for w in named if not all(isinstance(w.get(key), str) for key in keys)]:
        yield where, f"the category {bare[0]!r}", "texts as value, label and label_nl"
    elif [word["value"] for word in named] != words:
        values = ", ".join(word["value"] for word in named)
        yield where, f"enum {words!r}"[:200], f"the values of categories: {values}"[:200]


def _key_form(schema: dict) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the form of keys: names, or lists of names."""
    if "primaryKey" in schema and not _named(schema["primaryKey"]):
        yield ", primaryKey", repr(schema["primaryKey"]), "a column or a list of columns"
    foreign = schema.get("foreignKeys", [])
    for key in foreign if isinstance(foreign, list) else [foreign]:
        to = key.get("reference") if isinstance(key, dict) else None
        fits = isinstance(to, dict) and isinstance(to.get("resource", ""), str)
        if not (fits and _named(key.get("fields")) and _named(to.get("fields"))):
            yield ", foreignKeys", repr(key), "objects with fields and reference"


def _named(names: object) -> bool:
    listed = [names] if isinstance(names, str) else names
    return isinstance(listed, list) and all(isinstance(name, str) for name in listed)


def _references(path: Path, resources: list[dict]) -> Iterator[Problem]:
    """What is wrong between tables: names used twice, keys that lead nowhere."""
    columns = {t["name"]: {f["name"] for f in t["schema"]["fields"]} for t in resources}
    for name in columns:
        if (times := sum(table["name"] == name for table in resources)) > 1:
            yield Problem(f"{path}, table {name}", f"the name {times} times", "a name of its own")
    for path_of in {t["path"]: 0 for t in resources}:
        if len(same := [t["name"] for t in resources if t["path"] == path_of]) > 1:
            yield Problem(
                f"{path}, path {path_of}", f"tables {', '.join(same)}", "one table a file"
            )
    for table in resources:
        name, place = table["name"], f"{path}, table {table['name']}"
        for key in keys(table):
            if missing := set(key) - columns[name]:
                yield Problem(f"{place}, key", _quoted(missing), "columns of the table")
        for where, *rest in [*_copy(table, columns), *_groups(table, columns[name])]:
            yield Problem(place + where, *rest)
        for fields, target, wanted in foreign_keys(table):
            if target not in columns:
                yield Problem(f"{place}, foreign key", repr(target), "a table of the package")
            elif missing := {*(set(fields) - columns[name]), *(set(wanted) - columns[target])}:
                yield Problem(f"{place}, foreign key", _quoted(missing), "columns of the tables")


def _quoted(names: set[str]) -> str:
    """Names in one order; a name may be empty, too."""
    return ", ".join(map(repr, sorted(names)))


def _copy(table: dict, columns: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with where a column says that its cells stand first."""
    for field in table["schema"]["fields"]:
        of = field.get("copyOf")
        named = isinstance(of, dict) and all(
            isinstance(of.get(part), str) for part in ("key", "resource", "field")
        )
        if of is not None and not (
            named
            and of["key"] in columns[table["name"]]
            and of["field"] in columns.get(of["resource"], ())
        ):
            expected = "a column of the table as key, a resource and a field of it"
            yield f", column {field['name']}", f"copyOf {of!r}"[:80], expected


def _groups(table: dict, columns: set[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the groups of columns of `anyOf` and `sameFor`."""
    groups = table.get("anyOf", [])
    alike = [f["sameFor"] for f in table["schema"]["fields"] if "sameFor" in f]
    for group in [*groups, *alike] if isinstance(groups, list) else [groups]:
        if not _named(group) or not isinstance(group, list) or not set(group) <= columns:
            yield ", anyOf or sameFor", repr(group)[:80], "a list of columns of the table"


def keys(table: dict) -> list[list[str]]:
    """The sets of columns that must be unique together: primary key and unique columns."""
    fields = table["schema"]["fields"]
    unique = [[f["name"]] for f in fields if f.get("constraints", {}).get("unique")]
    return [key for key in [primary_key(table), *unique] if key]


def primary_key(table: dict) -> list[str]:
    """The columns that name a row; none when the table has no primary key."""
    return _listed(table["schema"].get("primaryKey", []))


def foreign_keys(table: dict) -> list[tuple[list[str], str, list[str]]]:
    """Columns of the table, the table they lead to, and its columns that must hold their values."""
    found = []
    for key in table["schema"].get("foreignKeys", []):
        target = key["reference"].get("resource") or table["name"]
        found.append((_listed(key["fields"]), target, _listed(key["reference"]["fields"])))
    return found


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)
