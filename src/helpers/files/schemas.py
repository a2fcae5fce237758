"""JSON held to a schema, with every fault."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def faults(schema: Path, content: object) -> Iterator[Any]:
    """Every violation of a schema, as jsonschema tells it."""
    known = json.loads(schema.read_text(encoding="utf-8"))
    yield from library("jsonschema").Draft202012Validator(known).iter_errors(content)


# What jsonschema checks formats with, which nothing here asks for: it takes long to import, and to
# compile its grammar of URLs most of a second.
_FORMATS = ("rfc3987_syntax", "isoduration", "rfc3986_validator", "uri_template", "jsonpointer")


def library(name: str = "nbformat") -> Any:
    """nbformat, or jsonschema, imported while the libraries that check formats are hidden."""
    absent = [each for each in _FORMATS if each not in sys.modules]
    for each in absent:
        sys.modules[each] = None  # type: ignore[assignment]  # typeshed omits None
    # By name: of a module that imports by other means a build can't tell what it depends on.
    if name == "jsonschema":
        import jsonschema as found  # type: ignore[import-untyped]
    else:
        import nbformat as found
    for each in absent:
        del sys.modules[each]
    return found
