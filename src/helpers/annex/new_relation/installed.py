"""The packages that this library runs with, and their versions."""

from __future__ import annotations

from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LIBRARY = "evidence-annex"


def packages() -> dict[str, str]:
    """The versions of the packages that the library needs, by name, those that these need too, but
    not the library itself."""
    found: dict[str, str] = {}
    waiting = [LIBRARY]
    while waiting:
        name = waiting.pop()
        for line in metadata.requires(name) or ():
            needed = Requirement(line)
            own = canonicalize_name(needed.name)
            wanted = needed.marker is None or needed.marker.evaluate({"extra": ""})
            if wanted and own not in found:
                found[own] = metadata.version(own)
                waiting.append(own)
    return dict(sorted(found.items()))
