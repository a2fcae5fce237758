"""Every property that a descriptor may have, those of Data Package v2 (datapackage.org) and this
project's own, and how it is treated. Any other property is an error, not ignored.

`PROPERTIES` has them by kind of object. Honoured: used in reading or checking tables. Fixed: has
one valid value, the way in which tables are read. Informative: text for people and catalogues.
Refused: asks for a way of reading that is not supported.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeGuard

from .cells import TYPES

HONOURED, FIXED, INFORMATIVE, REFUSED = "honoured", "fixed", "informative", "refused"


class Property(NamedTuple):
    """becomes: how it is treated, by one of the four constants above. fits: whether a value is
    valid. expected: a description of valid values. on: the types of columns that may have it; all
    when empty."""

    becomes: str
    fits: Callable[[object], bool]
    expected: str
    on: tuple[str, ...] = ()


def _text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _number(value: object) -> TypeGuard[float]:
    """A number that fits a float: no infinity, and no integer above 1e300."""
    return isinstance(value, (int, float)) and type(value) is not bool and -1e300 < value < 1e300


def _size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _object(value: object) -> bool:
    return isinstance(value, dict)


def _objects(value: object) -> bool:
    return isinstance(value, list) and all(map(_object, value))


def _words(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> TypeGuard[list[str]]:
    """A list of one or more distinct texts."""
    texts = value if isinstance(value, list) and all(map(_text, value)) else []
    return bool(texts) and len(set(texts)) == len(texts)


def _word(name: object) -> bool:
    """A valid column name: an identifier, as `itertuples` makes columns attributes, and claims
    write `column=value`."""
    plain = name if _text(name) and re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) else ""
    return plain not in ("", "Index") and not keyword.iskeyword(plain)


def _expression(value: object) -> bool:
    try:
        return bool(re.compile(value)) if _text(value) else False
    except (re.error, OverflowError, RecursionError):
        return False


def _day(value: object) -> bool:
    try:
        dated = _text(value) and re.match(r"\d{4}-\d{2}-\d{2}(T|$)", value)
        return bool(dated and datetime.fromisoformat(dated.string))
    except ValueError:
        return False


def _matching(pattern: str, expected: str, becomes: str = HONOURED) -> Property:
    return Property(becomes, lambda v: _text(v) and bool(re.fullmatch(pattern, v)), expected)


def _profile(name: str) -> Property:
    address = rf"https://datapackage\.org/profiles/2\.\d+/{name}\.json"
    return _matching(address, f"https://datapackage.org/profiles/2.0/{name}.json", FIXED)


def _fixed(value: object, *on: str) -> Property:
    def fits(found: object) -> bool:
        alike = type(found) is type(value)
        return alike and (found.lower() if alike and _text(found) else found) == value

    return Property(FIXED, fits, f"{value!r}, as tables are read, or nothing", on)


_REFUSED = Property(
    REFUSED, lambda _: False, "none: a table is a CSV file in UTF-8, of plain cells with commas"
)


def _honoured(fits: Callable, expected: str, *on: str) -> Property:
    return Property(HONOURED, fits, expected, on)


def _informative(*names: str) -> dict[str, Property]:
    return {name: Property(INFORMATIVE, _text, f"text as {name}") for name in names}


_HASHES = (  # checksums of a file; MD5 if no algorithm is named (Data Package v2)
    "(md5:)?[0-9a-f]{32}", "sha1:[0-9a-f]{40}", "sha256:[0-9a-f]{64}", "sha512:[0-9a-f]{128}",
)  # fmt: skip
_NUMBERS = ("integer", "number")
ON = {
    _NUMBERS: "numbers", ("number",): "decimal numbers", ("string",): "texts",
    ("boolean",): "booleans",
}  # fmt: skip
_FLAG = (lambda value: isinstance(value, bool), "true or false")
_KEY = _honoured(lambda v: _text(v) or _texts(v), "a column or a list of columns")
# `hidden_characters.faults` reports the values of these that are no text.
_TITLES = {
    name: Property(INFORMATIVE, lambda _: True, "words") for name in ("title", "description")
}
_CREDITS = {
    name: Property(INFORMATIVE, _objects, "a list of objects") for name in ("sources", "licenses")
}
_LABELS = {"label": _honoured(_words, "words")}

PROPERTIES: dict[str, dict[str, Property]] = {
    "package": {
        "$schema": _profile("datapackage"),
        "resources": _honoured(_objects, "a list of tables"),
        **_TITLES, **_CREDITS,
        **_informative("name", "id", "homepage", "image", "version"),
        "created": Property(INFORMATIVE, _day, "a date, or date and time, such as 2026-11-26"),
        "keywords": Property(INFORMATIVE, _texts, "a list of different words"),
        "contributors": Property(INFORMATIVE, _objects, "a list of objects"),
        "annex": _honoured(lambda _: True, ""),  # checked in `annex_checks`
    },
    "table": {
        "$schema": _profile("dataresource"),
        "name": _matching(r"[\w.-]+", "a name of letters, digits, dots and dashes"),
        "path": _matching(r"(?!.*\.\.)[\w-]+(/[\w.-]+)*\.csv", "a CSV file in the data folder"),
        "schema": _honoured(_object, "an object with a column per field"),
        "bytes": _honoured(_size, "the size of the file, a whole number"),
        "hash": _matching(
            "|".join(_HASHES), "a checksum of the file such as sha256:… in lower case",
        ),
        "type": _fixed("table"), "format": _fixed("csv"), "mediatype": _fixed("text/csv"),
        "encoding": _fixed("utf-8"),
        **_TITLES, **_CREDITS,
        "row": _honoured(_object, "an object with a label"),
        "anyOf": _honoured(lambda _: True, ""),  # checked in `descriptor`
        "dialect": _REFUSED, "data": _REFUSED,
    },
    "schema": {
        "$schema": _profile("tableschema"),
        "fields": _honoured(lambda v: _objects(v) and bool(v), "a list with a column per field"),
        "primaryKey": _KEY,
        "uniqueKeys": _honoured(
            lambda v: isinstance(v, list) and bool(v) and all(map(_texts, v)),
            "a list of lists of columns",
        ),
        "foreignKeys": _honoured(_objects, "objects with fields and reference"),
        "fieldsMatch": _fixed("exact"), "missingValues": _fixed([""]),
    },
    "column": {
        "name": _honoured(
            _word, "a column per field, its name a letter, then letters, digits or _"
        ),
        "type": _honoured(
            lambda v: _text(v) and v in TYPES, "one of " + ", ".join(sorted(TYPES))
        ),
        "constraints": _honoured(_object, "an object"),
        "categories": _honoured(_objects, "a list of objects"),
        **_TITLES, **_informative("rdfType"),
        "example": Property(INFORMATIVE, lambda _: True, ""),
        "format": _fixed("default"), "missingValues": _fixed([""]),
        "categoriesOrdered": _fixed(False),
        "decimalChar": _fixed(".", "number"), "bareNumber": _fixed(True, *_NUMBERS),
        "trueValues": _fixed(["true"], "boolean"), "falseValues": _fixed(["false"], "boolean"),
        "groupChar": _REFUSED, "delimiter": _REFUSED, "itemType": _REFUSED,
        "period": _honoured(*_FLAG, "string"), "regex": _honoured(*_FLAG, "string"),
        "unit": _honoured(_text, "a unit", *_NUMBERS),
        "last_digit": _honoured(lambda v: _number(v) and v > 0, "a number above 0", *_NUMBERS),
        "copyOf": _honoured(_object, "an object: key, resource, field"),
        "rowOf": _honoured(_text, "any, or a table of the package", "string"),
        "sameFor": _honoured(lambda _: True, ""),  # checked in `descriptor`
        "overlap": _honoured(
            lambda v: v in ["any", "repeats"] or (_object(v) and bool(v)),
            "any, repeats, or an object: a value, and the others that it overlaps",
        ),
    },
    "constraints": {
        "required": _honoured(*_FLAG), "unique": _honoured(*_FLAG),
        **{name: _honoured(_number, f"a number as {name}", *_NUMBERS)
           for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")},
        **{name: _honoured(_size, f"a whole number as {name}", "string")
           for name in ("minLength", "maxLength")},
        "pattern": _honoured(_expression, "a regular expression", "string"),
        "enum": _honoured(_texts, "a list of words, each once"),
        "jsonSchema": _REFUSED,
    },
    "category": {
        "value": _honoured(_text, "text as value"), **_LABELS,
        "whole": _honoured(*_FLAG), "exact": _honoured(*_FLAG), "unit": _honoured(_text, "a unit"),
        "official": _honoured(*_FLAG),  # of the kind of a source
        "one": _honoured(_words, "what one of them is called"),
    },
    "foreign key": {"fields": _KEY, "reference": _honoured(_object, "an object")},
    "reference": {"resource": _honoured(_text, "a table of the package"), "fields": _KEY},
    "copyOf": dict.fromkeys(("key", "resource", "field"), _honoured(_text, "a name")),
    "row": _LABELS,
    "license": _informative("name", "path", "title"),
    "source": _informative("title", "path", "email", "version"),
    "contributor": {
        **_informative("title", "path", "email", "organization"),
        **_informative("givenName", "familyName"),
        "roles": Property(INFORMATIVE, _texts, "a list of different words"),
    },
}  # fmt: skip

# By kind of object and property: the kind of the object, or of the objects in the list, in it.
INSIDE = {
    ("package", "resources"): "table", ("table", "schema"): "schema", ("table", "row"): "row",
    **{(kind, f"{name}s"): name for kind in ("package", "table") for name in ("license", "source")},
    ("package", "contributors"): "contributor",
    ("schema", "fields"): "column", ("schema", "foreignKeys"): "foreign key",
    ("foreign key", "reference"): "reference", ("column", "constraints"): "constraints",
    ("column", "categories"): "category", ("column", "copyOf"): "copyOf",
}  # fmt: skip
REQUIRED = {
    "table": ("name", "path", "schema"), "schema": ("fields",), "column": ("name", "type"),
    "category": ("value", "label"), "foreign key": ("fields", "reference"),
    "reference": ("fields",), "row": ("label",),
    "copyOf": ("key", "resource", "field"),
}  # fmt: skip
# Texts, which may have a property for each language: `label_nl`.
WORDED = {"title", "description", "label", "one"}
# By kind of object and property: where this stands now.
MOVED = {
    ("package", "headings"): "`headings` of a document in `annex.documents`",
    ("package", "outcome"): "`annex.outcome`",
    ("table", "role"): '`annex.roles`, by role, such as "roles": {"reported": "quantities"}',
    ("column", "transcribed"):
        '`annex.traced`, by table and column, such as "traced": {"quantities": {"raw": "figures"}}',
}  # fmt: skip
