"""The words of the tables and the descriptor, whose numerals need no entry in the register."""

from __future__ import annotations

import itertools
from pathlib import Path

from ...language import is_missing
from ...tables import descriptor, display_names, documents, frames, publication, roles
from ...tables.roles import Role


def words(data: Path) -> set[str]:
    """Every text in a cell of a table, and every title and label in the descriptor."""
    found = set(
        itertools.chain(*display_names.units(data).values(), publication.read(data).words())
    )
    for name, resource in descriptor.read(data).items():
        frame = frames.load(name, data)
        for column in frame:
            found |= {str(cell) for cell in {*frame[column]} if not is_missing(cell)}
        each = map(descriptor.labels, descriptor.fields(resource).values())
        found |= {text for labels in each for label in labels.values() for text in label}
    return found


def cited(data: Path) -> tuple[set[str] | None, set[str]]:
    """What pages may cite: the sections of the documents, `None` in a project without a table of
    them; and what pages call the documents and those who publish them, in every language."""
    name = roles.tables(data).get(Role.SECTIONS)
    every = documents.documents(data).values()
    labels = (words for each in every for words in (each.label, each.title, each.publisher))
    sections = None if name is None else {*frames.load(name, data).section}
    return sections, {*filter(None, itertools.chain(*labels))}
