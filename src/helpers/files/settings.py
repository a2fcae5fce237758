"""The property `annex` of the descriptor, for whoever needs it before the tables are checked."""

from __future__ import annotations

from pathlib import Path

from ..errors import DataError
from . import folders, reading


def settings(data: Path) -> dict:
    """The property as it stands in the descriptor; empty for a descriptor that lacks it or can't be
    read, of which the checks of the tables tell."""
    try:
        package = reading.parsed(reading.content(data / folders.FILE, "a descriptor"))
    except (DataError, ValueError, RecursionError):
        return {}
    found = package.get("annex") if isinstance(package, dict) else None
    return found if isinstance(found, dict) else {}
