"""Where in the documents something stands. The name of a place is that of a section of the only
document; where there are several, a document and its section (`report|3.1`); or a document alone.

The form of a section's name gives its kind: no number for the summary, `3` for a chapter, `3.1` for
a section, and a word before the number or letter for an appendix. The descriptor gives the words
for each kind in the `headings` of a document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ..language import Text, is_missing, worded
from ..messages import _
from . import descriptor, frames, roles
from .documents import Document, documents
from .roles import Role

DOCUMENT, SECTION = "document", "section"  # the columns that say where a row stands
_LETTER = "[A-Z]|[IVXL]{2,5}"  # of an appendix: Annex B, Annexe II
_LETTERED = re.compile(rf"\D+ ({_LETTER})")
_CITED, _BETWEEN = (DOCUMENT, SECTION), "|"


def kind(name: str) -> str:
    """The kind of a section by its name: `summary`, `chapter`, `section` or `appendix`."""
    if not re.search(r"\d", name):
        return "appendix" if _LETTERED.fullmatch(name) else "summary"
    if not name[0].isdigit():
        return "appendix"
    return "section" if "." in name else "chapter"


def number(name: str) -> str:
    """The number in the name of a section, or its letter; empty for a summary."""
    lettered = _LETTERED.fullmatch(name)
    return lettered[1] if lettered else re.sub(r"^\D+", "", name)


def named(words: Mapping[str, dict], name: str) -> bool:
    """Whether the name of a section is valid. words: the `headings` of its document."""
    figures, word = number(name), words.get(kind(name))
    if word is None or not re.fullmatch(rf"|\d+(\.\d+)*|{_LETTER}", figures):
        return False
    return name == f"{word.get('name', '')} {figures}".strip()


class Places:
    """The places in the documents of a project, whose descriptor is read once.

    columns: by which rows cite them: `document` where there are several documents, and `section`
    where one has sections.
    """

    def __init__(self, data: Path):
        self._data = data
        self.documents = documents(data)
        sectioned = any(document.headings for document in self.documents.values())
        self.columns = [*[DOCUMENT] * (len(self.documents) > 1), *[SECTION] * sectioned]

    def of(self, frame: pd.DataFrame) -> list[str]:
        """The name of the place that each row of a table cites; empty where it cites none."""
        cells = [frame[name] if name in frame else [None] * len(frame) for name in _CITED]
        return [self._named(*each) for each in zip(*cells, strict=True)]

    def of_row(self, row) -> str:
        """As `of`, for one row as `itertuples` gives it."""
        return self._named(*(getattr(row, name, None) for name in _CITED))

    def _named(self, document, section) -> str:
        if len(self.documents) < 2:
            return "".join(self.documents) if is_missing(section) else section
        if is_missing(document):
            return ""
        return document if is_missing(section) else f"{document}{_BETWEEN}{section}"

    def split(self, place: str) -> tuple[Document, str]:
        """The document of a place, and the section in it, empty for the whole document.

        Raises KeyError for a document that the project does not have."""
        name, __, section = place.partition(_BETWEEN)
        if name not in self.documents and len(self.documents) == 1:
            return next(iter(self.documents.values())), place
        return self.documents[name], section

    def label(self, place: str) -> Text:
        """What a citation calls a place."""
        document, section = self.split(place)
        if not section:
            return document.label
        words = worded(document.headings[kind(section)], "label")
        place_in = words.map(lambda word: f"{word} {number(section)}".strip())
        return _("{}, {}").format(document.label, place_in)

    def language(self, place: str) -> str:
        """The language that is written at a place."""
        return self.split(place)[0].language

    def in_order(self) -> list[str]:
        """Every place in the documents, in their order: the sections of each, then the whole."""
        name = roles.tables(self._data).get(Role.SECTIONS)
        listed = [] if name is None else self.of(frames.load(name, self._data))
        order = {whose: number for number, whose in enumerate(self.documents)}
        every = dict.fromkeys([*listed, *self.documents])
        return sorted(every, key=lambda each: order[self.split(each)[0].name])


def label(place: str, data: Path | None = None) -> Text:
    """The label of a section of a document, or of a document, for citing it.

    >>> tables.section("5.1.2").en
    'evaluation, section 5.1.2'
    """
    return Places(descriptor.folder(data)).label(place)
