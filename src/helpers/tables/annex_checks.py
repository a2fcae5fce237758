"""Checks of `annex` in a descriptor: what its JSON Schema asks, and that it names what there is."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import nearest, quoted
from ..files import schemas
from ..messages import translated

SCHEMA = Path(__file__).with_name("annex.schema.json")
# The texts of each kind of object, which need words for every language: the object needs those
# before the slash, and those after it may be lacking in all.
_TEXTS = {"": "/licence", "document": "title/publisher label", "heading": "label/",
          "outcome": "text/"}  # fmt: skip

Faults = Iterator[tuple[str, str, str]]  # place, found, expected


def faults(annex: object) -> Faults:
    """Every violation of the schema, and every text that a language lacks."""
    found = [_told(error) for error in schemas.faults(SCHEMA, annex)]
    yield from dict.fromkeys(found)
    if not found and isinstance(annex, dict):
        yield from _without_words(annex["languages"])
        yield from _texts(annex)


def _without_words(languages: Sequence[str]) -> Faults:
    """Languages in which the library has no words."""
    known = translated()
    for lang in languages:
        if lang not in known:
            expected = f"languages with a catalogue of the library's words: {', '.join(known)}; "
            expected += "docs/translating.md says how to add one"
            yield ", annex, languages", f"{quoted(lang)}, which has none", expected


def _told(error) -> tuple[str, str, str]:
    """A violation: where, what is there, and what the schema describes."""
    where = _place(error.absolute_path)
    described = error.schema.get("description", "")
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = list(error.schema.get("properties", {}))
        patterns = "|".join(error.schema.get("patternProperties", {})) or "(?!)"
        odd = [n for n in error.instance if n not in known and not re.match(patterns, n)]
        near = nearest(odd[0], known, 0.5)
        expected = f"{near}?" if near else "one of " + ", ".join(known)
        return where, f"the property {', '.join(map(quoted, odd))}", f"a property of it: {expected}"
    if error.validator == "required":
        lacking = next(name for name in error.validator_value if name not in error.instance)
        return where, f"no {lacking}", error.schema["properties"][lacking]["description"]
    if error.validator == "uniqueItems":
        items = Counter(map(str, error.instance))
        return where, f"{quoted(max(items, key=items.__getitem__))} twice", described
    shown = json.dumps(error.instance, ensure_ascii=False)
    return where, shown if len(shown) <= 80 else shown[:77] + "...", described or error.message


def _place(path) -> str:
    """The place of a part: `, annex, documents 1, headings, chapter`."""
    parts = ", annex"
    for step in path:
        parts += f" {step + 1}" if isinstance(step, int) else f", {step}"
    return parts


def _texts(annex: dict) -> Faults:
    """Texts that lack words for a language, and texts in a language that the project has not."""
    languages = annex["languages"]
    for where, kind, thing in _objects(annex):
        needed, free = (names.split() for names in _TEXTS[kind].split("/"))
        for name in [*needed, *free]:
            own = [key for key in thing if key == name or key.startswith(f"{name}_")]
            for key in own:
                language = key.removeprefix(name).removeprefix("_")
                if language and language not in languages:
                    expected = f"one of its languages: {', '.join(languages)}"
                    yield where, f"{key}, for a language that the project does not have", expected
            lacking = [lang for lang in languages if not {name, f"{name}_{lang}"} & set(own)]
            if lacking and (own or name in needed):
                words = " and ".join(f"{name}_{lang}" for lang in lacking)
                yield where, f"no {words}", f"words for each language, or {name} for all others"


def _objects(annex: dict) -> Iterator[tuple[str, str, dict]]:
    """Each object with texts: its place, its kind, and itself."""
    yield ", annex", "", annex
    if "outcome" in annex:
        yield ", annex, outcome", "outcome", annex["outcome"]
    for number, document in enumerate(annex.get("documents", []), 1):
        where = f", annex, documents {number}"
        yield where, "document", document
        for kind, heading in document.get("headings", {}).items():
            yield f"{where}, headings, {kind}", "heading", heading


def named(annex: Mapping, columns: Mapping[str, Mapping[str, dict]]) -> Faults:
    """Tables, columns and documents that `annex` names and that do not fit. columns: the fields of
    each table of the package, by name."""
    names = [document["name"] for document in annex.get("documents", [])]
    for name, times in Counter(names).items():
        if times > 1:
            yield ", annex, documents", f"the name {name} {times} times", "a name of its own"
        if name in columns:
            yield ", annex, documents", f"{name}, the name of a table too", "a name of its own"
    roles = annex.get("roles", {})
    for role, table in roles.items():
        if table not in columns:
            yield f", annex, roles, {role}", quoted(table), _known(table, columns)
    for table, times in Counter(roles.values()).items():
        if times > 1:
            whose = ", ".join(role for role, name in roles.items() if name == table)
            yield ", annex, roles", f"{quoted(table)} for {whose}", "a table for each role"
    for table, traced in annex.get("traced", {}).items():
        if table not in columns:
            yield ", annex, traced", quoted(table), _known(table, columns)
            continue
        for column in traced:
            field = columns[table].get(column)
            where = f", annex, traced, {table}"
            if field is None:
                near = nearest(column, columns[table])
                yield where, quoted(column), f"a column of {table}, such as {near}"
            elif field["type"] != "string" or field.get("period"):
                yield where, f"{column}, which has no texts", "a column of type string"


def _known(table: str, columns: Mapping) -> str:
    return f"a table of the package, such as {nearest(table, columns)}" if columns else "a table"
