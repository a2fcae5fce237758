"""The descriptor of a project as it stands in its file, before anything in it is checked."""

from __future__ import annotations

from pathlib import Path

from ..errors import DataError, Problem
from . import reading
from .folders import FILE


def package(data: Path) -> dict:
    """The parsed descriptor of the tables in the folder `data`. Do not modify it: it is shared.

    Raises `DataError` when there is none, or it is no JSON in UTF-8."""
    return reading.once(("descriptor", data), lambda: _parsed(data / FILE))


def settings(data: Path) -> dict:
    """What is particular to the project: `annex` of its descriptor, as `annex.schema.json` in
    `helpers/tables` describes it. Empty for a descriptor that lacks it or can't be read, of which
    the checks of the tables tell."""
    try:
        whole = package(data)
    except DataError:
        return {}
    found = whole.get("annex") if isinstance(whole, dict) else None
    return found if isinstance(found, dict) else {}


def _parsed(path: Path) -> dict:
    content = reading.content(path, "a Data Package descriptor")
    try:
        return reading.parsed(content)
    except (ValueError, RecursionError) as error:  # also for a number of too many digits
        raise DataError(Problem(str(path), str(error), "valid JSON in UTF-8")) from None
