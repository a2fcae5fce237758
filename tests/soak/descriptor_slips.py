"""Slips in the description of the tables: each takes a source of chance and the descriptor as
parsed, spoils it, and says what it did, where in the file (a table or column), or `None`."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from tabled import DESCRIPTOR, Mutant

Spoilt = tuple[str, str, str] | None  # what, table, column


def type_changed(rng: Random, package: dict) -> Spoilt:
    """A column is said to be of another type."""
    table, field = _field(rng, package)
    types = ["string", "integer", "number", "boolean", "date"]
    field["type"] = rng.choice([name for name in types if name != field["type"]])
    return f"{field['name']} is {field['type']}", table["name"], field["name"]


def key_dropped(rng: Random, package: dict) -> Spoilt:
    """A table has lost its key, or where its keys lead."""
    table = rng.choice(package["resources"])
    gone = rng.choice([name for name in ("primaryKey", "foreignKeys") if name in table["schema"]])
    del table["schema"][gone]
    return f"no {gone}", table["name"], ""


def key_changed(rng: Random, package: dict) -> Spoilt:
    """A key is of another column than it should be."""
    table, field = _field(rng, package)
    if table["schema"]["primaryKey"] == [field["name"]]:
        return None
    table["schema"]["primaryKey"] = [field["name"]]
    return f"the key is {field['name']}", table["name"], field["name"]


def field_dropped(rng: Random, package: dict) -> Spoilt:
    """A column is not described."""
    table, field = _field(rng, package)
    table["schema"]["fields"].remove(field)
    return f"{field['name']} is not described", table["name"], field["name"]


def part_dropped(rng: Random, package: dict) -> Spoilt:
    """A table is not said to have a name, a path or columns."""
    table = rng.choice(package["resources"])
    gone = rng.choice(["name", "path", "schema"])
    del table[gone]
    return f"no {gone}", table.get("name", ""), ""


def table_dropped(rng: Random, package: dict) -> Spoilt:
    """A table is not described."""
    table = rng.choice(package["resources"])
    package["resources"].remove(table)
    return f"without {table['name']}", table["name"], ""


def rule_dropped(rng: Random, package: dict) -> Spoilt:
    """A column has lost a rule."""
    table, field = _field(rng, package)
    rules = field.get("constraints")
    if not rules:
        return None
    gone = rng.choice(sorted(rules))
    del rules[gone]
    return f"no {gone} of {field['name']}", table["name"], field["name"]


def word_dropped(rng: Random, package: dict) -> Spoilt:
    """A word has left a closed list."""
    table, field = _field(rng, package)
    words = field.get("constraints", {}).get("enum")
    if not words:
        return None
    gone = rng.choice(words)
    words.remove(gone)
    return f"{gone} is no {field['name']}", table["name"], field["name"]


def label_changed(rng: Random, package: dict) -> Spoilt:
    """A word of a closed list is called by the name of another."""
    table, field = _field(rng, package)
    labels = field.get("categories", [])
    if len(labels) < 2:
        return None
    one, other = rng.sample(labels, 2)
    one["label"], one["label_nl"] = other["label"], other["label_nl"]
    return f"{one['value']} is called {other['label']}", table["name"], field["name"]


def label_dropped(rng: Random, package: dict) -> Spoilt:
    """A word of a closed list has lost its name in a language, or itself."""
    table, field = _field(rng, package)
    if not (labels := field.get("categories", [])):
        return None
    label, gone = rng.choice(labels), rng.choice(["label", "label_nl", "value"])
    del label[gone]
    return f"no {gone} of {label.get('value')}", table["name"], field["name"]


def list_dropped(rng: Random, package: dict) -> Spoilt:
    """A closed list has lost the names of its words."""
    table, field = _field(rng, package)
    if "categories" not in field:
        return None
    del field["categories"]
    return f"no categories of {field['name']}", table["name"], field["name"]


def whole_changed(rng: Random, package: dict) -> Spoilt:
    """A unit of whole things is one of fractions, or the other way round."""
    table, field = _field(rng, package)
    if field["name"] != "unit" or not (labels := field.get("categories", [])):
        return None
    label = rng.choice(labels)
    label["whole"] = not label.get("whole")
    return f"{label['value']} whole: {label['whole']}", table["name"], field["name"]


def measure_changed(rng: Random, package: dict) -> Spoilt:
    """A column has another unit or last digit."""
    table, field = _field(rng, package)
    if "last_digit" not in field:
        return None
    field["last_digit"] = 1000
    return f"last digit of {field['name']}", table["name"], field["name"]


def title_changed(rng: Random, package: dict) -> Spoilt:
    """A table has the title of another."""
    one, other = rng.sample(package["resources"], 2)
    one["title"], one["title_nl"] = other["title"], other["title_nl"]
    return f"{one['name']} is called {other['title']}", one["name"], ""


def path_changed(rng: Random, package: dict) -> Spoilt:
    """A table is said to be in another file."""
    one, other = rng.sample(package["resources"], 2)
    one["path"] = rng.choice([other["path"], "absent.csv", "../data/hedges.csv"])
    return f"{one['name']} at {one['path']}", one["name"], ""


def descriptor(operator: Callable, rng: Random, text: str) -> Mutant | None:
    """The descriptor as a slip leaves it."""
    package = json.loads(text)
    spoilt = operator(rng, package)
    if spoilt is None:
        return None
    what, table, column = spoilt
    content = json.dumps(package, ensure_ascii=False, indent=1).encode()
    traces = tuple(word for word in (table, column) if word)
    return Mutant(DESCRIPTOR, content, f"{table}: {what}", None, (), traces, table=table)


def cut(rng: Random, text: str) -> Mutant:
    """The descriptor ends too early."""
    at = rng.randrange(len(text) - 3)
    return Mutant(DESCRIPTOR, text[:at].encode(), f"{at} characters")


def _field(rng: Random, package: dict) -> tuple[dict, dict]:
    table = rng.choice(package["resources"])
    return table, rng.choice(table["schema"]["fields"])


OPERATORS = [
    found
    for name, found in list(globals().items())
    if getattr(found, "__module__", "") == __name__
    and name[0] != "_"
    and name not in ("descriptor", "cut")
]
