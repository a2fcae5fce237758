"""Checks that a descriptor has only known properties, with valid values that name what there is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..errors import nearest, quoted
from ..language import languages
from . import translations
from .cells import TYPES
from .properties import INSIDE, MOVED, ON, PROPERTIES, REQUIRED, WORDED


def faults(
    thing: dict, kind: str = "package", where: str = "", of: object = None
) -> Iterator[tuple[str, str, str]]:
    """Problems of the properties of a descriptor, or of an object in it: place, found, expected.
    of: the type of the column that the object belongs to, if any."""
    known = PROPERTIES[kind]
    of = thing.get("type") if kind == "column" else of
    for name in REQUIRED.get(kind, ()):
        lacking = translations.lacking(thing, name) if name in WORDED else [name]
        for each in lacking:
            if each not in thing:
                yield where, f"the {kind} {_shown(thing)}", f"{each}: {known[name].expected}"
    for name, value in thing.items():
        stem, _, lang = name.rpartition("_")
        worded = name not in known and stem in WORDED & known.keys()
        rule = known.get(stem if worded else name)
        if worded and lang not in languages():
            expected = f"one of the languages of the project: {', '.join(languages())}"
            yield where, f"the property {quoted(name)}", expected
        elif rule is None:
            yield where, f"the property {quoted(name)}", _nearest(name, kind)
        elif rule.on and of not in rule.on and of in [*TYPES]:  # a bad type is reported itself
            yield where, f"{name} on type {of!r}", f"{name} on {ON[rule.on]} only"
        elif not rule.fits(value):
            inside = isinstance(value, list) and rule.fits([{}]) and INSIDE.get((kind, name))
            odd = [(n, i) for n, i in enumerate(value, 1) if type(i) is not dict] if inside else []
            for number, item in odd:
                yield f"{where}, {inside} {number}", _shown(item), "an object"
            if not odd:
                yield where, f"{name} {_shown(value)}", rule.expected
        elif inside := INSIDE.get((kind, name)):
            for place, item in _objects(inside, where, value):
                yield from faults(item, inside, place, of)


def _objects(kind: str, where: str, value: dict | list) -> Iterator[tuple[str, dict]]:
    """An object, or each object in a list, with its place, which has its name or else number."""
    if isinstance(value, dict):
        yield where, value
        return
    for number, item in enumerate(value, 1):
        name = item.get("name")
        named = kind in ("table", "column") and isinstance(name, str)
        called = name if named and re.fullmatch(r"[\w. -]{1,60}", name) else number
        yield where if kind == "category" else f"{where}, {kind} {called}", item


def _shown(value: object) -> str:
    """A value for a message; for a list of texts, which may be long, only its duplicate if any."""
    texts = value if isinstance(value, list) and all(isinstance(i, str) for i in value) else []
    twice = [item for item, times in Counter(texts).items() if times > 1]
    return f"with {quoted(twice[0])} twice" if twice else repr(value)[:80]


def _nearest(name: str, kind: str) -> str:
    if (kind, name) in MOVED:
        return MOVED[kind, name]
    for (of, part), inside in INSIDE.items():
        if of == kind and name in PROPERTIES[inside]:
            return f"{name} in `{part}`"
    near = nearest(name, PROPERTIES[kind], 0.5)
    known = f"{near}?" if near else "one of " + ", ".join(PROPERTIES[kind])
    return f"a property that a {kind} has: {known}"


def named(table: dict, columns: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    """References of `copyOf` and `rowOf` to tables or columns that do not exist, and invalid groups
    of columns in `anyOf` and `sameFor`. columns: of each table of the package."""
    own, fields = columns[table["name"]], table["schema"]["fields"]
    for field in fields:
        place = f", column {field['name']}"
        of, rows = field.get("copyOf"), field.get("rowOf", "any")
        if of and not (of["key"] in own and of["field"] in columns.get(of["resource"], ())):
            expected = "a column of the table as key, a resource and a field of it"
            yield place, f"copyOf {of!r}"[:80], expected
        if rows not in ("any", *columns):
            yield place, f"rowOf {rows!r}"[:80], "any, or a table of the package"
    groups = table.get("anyOf", [])
    alike = [f["sameFor"] for f in fields if "sameFor" in f]
    for group in [*groups, *alike] if isinstance(groups, list) else [groups]:
        texts = isinstance(group, list) and all(isinstance(name, str) for name in group)
        if not texts or not group or not set(group) <= own:
            yield ", anyOf or sameFor", repr(group)[:80], "a list of columns of the table"
