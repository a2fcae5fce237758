"""The descriptor of the tables: `data/datapackage.json` (Data Package v2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from ..errors import DataError, Problem, quoted
from ..evidence.rows import is_measured
from ..files import folders, hidden_characters, reading, settings
from ..language import Text, worded
from . import annex_checks, property_checks, translations

FILE, folder = folders.FILE, folders.data
_BOUNDS = (
    ("minLength", "maxLength"),
    *product(("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")),
)


def read(data: Path) -> dict[str, dict]:
    """The resources of the package by name, in the order of the descriptor. Do not modify them:
    all callers share them.

    Raises `DataError` with every problem of the descriptor.
    """
    return dict(reading.once(("resources", data), lambda: _resources(data)))


def annex(data: Path) -> dict:
    """What is particular to the project, as `files.settings` has it, checked. Raises as `read`."""
    read(data)
    return settings.settings(data)


def traced(data: Path) -> dict[str, dict[str, str]]:
    """The columns that were transcribed from the documents, by table: `figures` or `words`."""
    return annex(data).get("traced", {})


def _resources(data: Path) -> dict[str, dict]:
    path, package = data / FILE, settings.package(data)
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list):
        raise DataError(Problem(str(path), "no list `resources`", "a list of tables"))
    hidden = [(f", {where}", *rest) for where, *rest in hidden_characters.faults(package)]
    faults = [*hidden, *property_checks.faults(package)]
    faults += annex_checks.faults(package.get("annex", {}))
    problems = [Problem(f"{path}{where}", *rest) for where, *rest in faults]
    if problems := problems or [*_references(path, resources, package.get("annex", {}))]:
        raise DataError(problems)
    return {table["name"]: _completed(table) for table in resources}


def _completed(table: dict) -> dict:
    """A table whose columns with `categories` have no other values (`constraints.enum`); a unit may
    also be one that the library names."""
    return table | {"schema": table["schema"] | {"fields": [
        field | {"constraints": {"enum": [c["value"] for c in field["categories"]],
                                 **field.get("constraints", {})}}
        if field.get("categories") and field["name"] != "unit" else field
        for field in table["schema"]["fields"]
    ]}}  # fmt: skip


def _between(table: dict) -> Iterator[tuple[str, str, str]]:
    """Contradictions between the properties of one table: place, found, expected."""
    columns = table["schema"]["fields"]
    if len(columns) > len(fields(table)):
        yield ", schema", "a column name twice", "a name of its own for each column"
    for field in columns:
        where = f", column {field['name']}"
        if "overlap" in field:
            yield from ((where, *rest) for rest in _overlap(table, field))
        values = [category["value"] for category in field.get("categories", [])]
        for category in field.get("categories", []):
            if translations.names(category, "one"):
                for missing in translations.lacking(category, "one"):
                    yield where, f"{category['value']} without {missing}", "it, or no `one` at all"
        rules = field.get("constraints", {})
        words = rules.get("enum")
        for value, times in Counter(values).items():
            if times > 1:
                yield where, f"the category {quoted(value)} {times} times", "each value once"
        if words and "categories" in field and [*dict.fromkeys(values)] != words:
            expected = f"the values of categories: {', '.join(values)}"
            yield where, f"constraints.enum {words!r}"[:200], expected[:200]
        for low, high in _BOUNDS:
            least, most = rules.get(low), rules.get(high)
            if None not in (least, most) and (
                least > most or (least == most and "exclusive" in low + high)
            ):
                yield where, f"{low} {least}", f"a {low} below the {high}, {most}"


def _overlap(table: dict, field: dict) -> Iterator[tuple[str, str]]:
    """Faults of the `overlap` of a column, some of which its other properties contradict."""
    rule, key = field["overlap"], primary_key(table)
    own = ([field["name"]], table["name"], key)
    if rule == "repeats" and (len(key) != 1 or own not in foreign_keys(table)):
        yield "overlap 'repeats'", "a foreign key to the one column that is the key of this table"
    elif field.get("period"):
        yield "overlap on a column of periods", "a column of other values"
    elif isinstance(rule, dict) and field["type"] != "string":
        yield f"an overlap of values on type {field['type']}", "any, or a column of texts"
    for value, others in rule.items() if isinstance(rule, dict) else ():
        others = _listed(others) if isinstance(others, (str, list)) else []
        if not others or value in others or not all(isinstance(each, str) for each in others):
            yield f"an overlap of {quoted(value)}", "another value, or a list of other values"


def _references(path: Path, resources: list[dict], annex: dict) -> Iterator[Problem]:
    """Problems between tables: duplicate names, and keys that refer to nothing."""
    columns = {t["name"]: {f["name"] for f in t["schema"]["fields"]} for t in resources}
    places: dict[str, list[str]] = {}
    for table in resources:
        places.setdefault(table["path"], []).append(table["name"])
    for name, times in Counter(table["name"] for table in resources).items():
        if times > 1:
            yield Problem(f"{path}, table {name}", f"the name {times} times", "a name of its own")
    known = {table["name"]: fields(table) for table in resources}
    for where, *rest in annex_checks.named(annex, known):
        yield Problem(f"{path}{where}", *rest)
    for file, same in places.items():
        if len(same) > 1:
            yield Problem(f"{path}, path {file}", f"tables {', '.join(same)}", "one table a file")
    for table in resources:
        name, place = table["name"], f"{path}, table {table['name']}"
        for key in keys(table):
            if missing := set(key) - columns[name]:
                yield Problem(f"{place}, key", _quoted(missing), "columns of the table")
        between = [*_between(table), *property_checks.named(table, columns)]
        for where, *rest in between:
            yield Problem(place + where, *rest)
        for own, target, wanted in foreign_keys(table):
            if target not in columns:
                yield Problem(f"{place}, foreign key", repr(target), "a table of the package")
            elif missing := {*(set(own) - columns[name]), *(set(wanted) - columns[target])}:
                yield Problem(f"{place}, foreign key", _quoted(missing), "columns of the tables")
            elif len(own) != len(wanted):
                found = f"{len(own)} fields that lead to {len(wanted)}"
                yield Problem(f"{place}, foreign key", found, "as many on either side")


def _quoted(names: set[str]) -> str:
    """Names in quotes, as a name may be empty, and sorted."""
    return ", ".join(map(repr, sorted(names)))


def fields(table: dict) -> dict[str, dict]:
    """The fields (columns) of a table in the descriptor, by name."""
    return {field["name"]: field for field in table["schema"]["fields"]}


def measured(table: dict) -> list[dict]:
    """The fields of the measured columns of a table."""
    return [f for f in table["schema"]["fields"] if is_measured(f["name"]) or "last_digit" in f]


def copied(table: dict, resources: dict[str, dict]) -> list[dict]:
    """The fields of a table that repeat measured columns of other tables."""
    copies = [(f, f["copyOf"]) for f in table["schema"]["fields"] if "copyOf" in f]
    return [
        f for f, of in copies
        if any(each["name"] == of["field"] for each in measured(resources[of["resource"]]))
    ]  # fmt: skip


def labels(field: dict, name: str = "label") -> dict[str, Text]:
    """The labels of the values of a column with `categories`; empty for other columns. name: `one`
    for the singular labels, of the values that have one."""
    found = ((each["value"], worded(each, name)) for each in field.get("categories", []))
    return {value: words for value, words in found if any(words)}


def named(name: str, thing: dict) -> Text:
    """The title of a table or column, or its name if it has no title."""
    title = worded(thing, "title")
    return title if any(title) else Text.same(name)


def described(thing: dict) -> Text:
    """The description of a table or column; empty if it has none."""
    return worded(thing, "description")


def keys(table: dict) -> list[list[str]]:
    """The sets of columns that must be unique together: primary key, unique columns and keys."""
    fields = table["schema"]["fields"]
    unique = [[f["name"]] for f in fields if f.get("constraints", {}).get("unique")]
    more = table["schema"].get("uniqueKeys", [])
    return [key for key in [primary_key(table), *unique, *more] if key]


def primary_key(table: dict) -> list[str]:
    """The columns of the primary key; empty when the table has none."""
    return _listed(table["schema"].get("primaryKey", []))


def foreign_keys(table: dict) -> list[tuple[list[str], str, list[str]]]:
    """For each foreign key: the columns of the table, the table they refer to, and its columns."""
    found = []
    for key in table["schema"].get("foreignKeys", []):
        target = key["reference"].get("resource") or table["name"]
        found.append((_listed(key["fields"]), target, _listed(key["reference"]["fields"])))
    return found


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)
