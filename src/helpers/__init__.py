"""Shared parts of the notebooks: tables, measures, claims, charts, outputs in every language."""

from __future__ import annotations

import importlib
from types import ModuleType

__all__ = [
    "charts", "claims", "counts", "evidence", "explore", "language", "measures", "present",
    "ranges", "statements", "tables",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports


def __getattr__(name: str) -> ModuleType:
    """A part that Tab offers, imported when it is first used."""
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
