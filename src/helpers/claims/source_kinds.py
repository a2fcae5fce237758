"""Which kind of source rows rest on: the column `kind` of the table of sources, whose categories go
from the strongest kind to the weakest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..language import is_missing
from ..tables import descriptor, display_names, frames, roles
from ..tables.roles import Role


class SourceKinds:
    """The kinds of a project's sources. Without a table of sources, or kinds in it, there are none.

    order: all kinds, the strongest first.
    """

    def __init__(self, data: Path):
        name = roles.tables(data).get(Role.SOURCES, "")
        self.order = list(display_names.known_labels(name, "kind", data))
        self._kinds: dict[str, str] = {}
        self._official: set[str] = set()
        if self.order:
            kind = descriptor.fields(descriptor.read(data)[name])["kind"]
            self._official = {c["value"] for c in kind["categories"] if c.get("official")}
            rows = frames.load(name, data)
            self._kinds = dict(zip(rows.id, rows.kind, strict=True))

    def weakest(self, sources: Iterable) -> str | None:
        """The weakest kind among the sources with these ids; `None` if none of them has one. Cells
        without an id, as of rows of the report itself, do not count."""
        found = [self._kinds.get(id) for id in sources if not is_missing(id)]
        return max((kind for kind in found if kind), key=self.order.index, default=None)

    def is_official(self, source: object) -> bool:
        """Whether a source is of a kind that the descriptor calls official."""
        return not is_missing(source) and self._kinds.get(str(source)) in self._official
