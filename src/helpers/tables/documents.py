"""The documents whose numbers and statements the tables hold: `annex.documents` of the descriptor.

A row cites the section of the only document. Where there are several, its column `document` names
one, and `section` a section of that, if it has any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..language import Text, worded
from . import descriptor


@dataclass(frozen=True)
class Document:
    """A document. name: by which rows cite it. title: in each language. work: its title in its own
    language. label: what a citation calls it. url: empty if it has none. publisher: empty if it is
    not said. headings: the words for each kind of section (`summary`, `chapter`, `section`,
    `appendix`): in tables (`name`), in headings of the document (`words`), and in sentences
    (`label`, `label_<language>`); empty for a document without numbered sections."""

    name: str
    title: Text
    work: str
    language: str
    label: Text
    url: str
    publisher: Text
    headings: Mapping[str, dict]


def documents(data: Path) -> dict[str, Document]:
    """The documents of a project by name, in the order of the descriptor."""
    return {told["name"]: _document(told) for told in descriptor.annex(data).get("documents", [])}


def _document(told: dict) -> Document:
    title, language = worded(told, "title"), told["language"]
    return Document(
        told["name"],
        title,
        told.get(f"title_{language}") or told.get("title") or next(filter(None, title), ""),
        language,
        worded(told, "label") if any(worded(told, "label")) else title,
        told.get("url", ""),
        worded(told, "publisher"),
        told.get("headings", {}),
    )
