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


def library(name: str = "nbformat") -> Any:
    """nbformat, or jsonschema, imported while `rfc3987_syntax` is hidden: jsonschema would compile
    its grammar of URLs, which takes most of a second and is not needed here."""
    absent = "rfc3987_syntax" not in sys.modules
    if absent:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # typeshed omits None
    # By name: of a module that imports by other means a build can't tell what it depends on.
    if name == "jsonschema":
        import jsonschema as found  # type: ignore[import-untyped]
    else:
        import nbformat as found
    if absent:
        del sys.modules["rfc3987_syntax"]
    return found
