"""Sources to cite: reported numbers, publications, sections of the report, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import language
from ..errors import DataError, Problem, nearest
from ..files import reading
from ..language import Text, worded
from ..messages import SEMICOLON, _
from . import descriptor, frames, roles, sections
from .roles import Role

_EMPTY = Text()
_OPTIONAL = ("table_id", "url", "retrieved_via", "hand")  # columns that a list of sources has


@dataclass(frozen=True)
class Source:
    """A source that a figure is cited from.

    id: of a quantity, an official series, a section or a table of the annex itself. group:
    `evaluation` (a document that the tables hold), `statistics` or `annex`. label: its name in a
    caption. place: of a reported number, where in the documents it stands, or empty. detail: what
    the list of sources adds. work, lang and url: title, language and address of a publication or a
    whole document; empty for others.
    """

    id: str
    group: str
    label: Text
    place: Text
    detail: Text
    work: str = ""
    lang: str = ""
    url: str = ""

    def record(self) -> dict:
        """As JSON data, for an output."""
        texts = {name: getattr(self, name)._asdict() for name in ("label", "place", "detail")}
        plain = {name: getattr(self, name) for name in ("id", "group", "work", "lang", "url")}
        return plain | texts


def cite(item: str) -> Source:
    """The source named by the id of a quantity or of a publication, a document, a section of the
    only document (`3.1`) or of one of several (`report|3.1`), or a table.

    Raises `DataError` when there is no source of that name.

    >>> tables.cite("5.1.2").label.en
    'evaluation, section 5.1.2'
    """
    return cite_all([item])[0]


def cite_all(items: Iterable[str], data: Path | None = None) -> list[Source]:
    """The sources of those names, as in `cite`.

    Raises `DataError` with every unknown name.
    """
    items, folder = list(items), descriptor.folder(data)
    known = reading.once(("cited", folder, language.languages()), lambda: _known(folder))
    expected = "the id of a reported number or of a publication, a document, a section, or a table"
    if problems := [
        Problem("source", repr(item), f"{expected}, such as {nearest(item, known)!r}")
        for item in items
        if item not in known
    ]:
        raise DataError(problems)
    return [known[item] for item in items]


def _known(data: Path) -> dict[str, Source]:
    """Every source by id."""
    found: dict[str, Source] = {}
    resources = descriptor.read(data)
    names, places = roles.tables(data), sections.Places(data)
    if Role.REPORTED in names:
        frame = frames.load(names[Role.REPORTED], data)
        for row, place in zip(frame.to_dict("records"), places.of(frame), strict=True):
            key, detail = row["id"], worded(row, "subject")
            where, whole = places.label(place), _whole(places, place)
            found[key] = Source(key, "evaluation", Text.same(key), where, detail, *whole)
    for place in places.in_order():
        label, whole = places.label(place), _whole(places, place)
        found[place] = Source(place, "evaluation", label, _EMPTY, _EMPTY, *whole)
    for name, table in resources.items():
        title = descriptor.named(name, table)
        label = _("{} (this annex)").format(title)
        found[name] = Source(name, "annex", label, _EMPTY, Text.same(table["path"]))
    for work in publications(data):
        label = _("{}, {}").format(worded(work, "publisher").map(_acronym), work.title)
        detail = Text(*(
            line.replace(f"{work.title}, ", "")  # which `work` has already
            for line in worded(work, "attribution")
        ))  # fmt: skip
        found[work.id] = Source(
            work.id, "statistics", label, _EMPTY, detail, work.title, work.language, work.url
        )
    return found


def _whole(places: sections.Places, place: str) -> tuple[str, str, str]:
    """Title, language and address of a document that a place is the whole of; else empty."""
    document, section = places.split(place)
    return ("", "", "") if section else (document.work, document.language, document.url)


def publications(data: Path) -> list:
    """The rows of the table of publications; an empty cell is an empty text."""
    name = roles.tables(data).get(Role.SOURCES)
    if name is None:
        return []
    frame = frames.load(name, data).astype(object)
    absent = {column: "" for column in _OPTIONAL if column not in frame}
    return [*frame.fillna("").assign(**absent).itertuples()]


def _acronym(publisher: str) -> str:
    """The acronym of a publisher, if its name has one in brackets."""
    found = re.search(r"\((\w+)\)", publisher)
    return found[1] if found else publisher


def line(cited: Sequence[Source]) -> str:
    """Sources in one line of the current language, grouped by section."""
    groups: dict[str, list[str]] = {}
    for source in cited:
        groups.setdefault(language.text(source.place), []).append(language.text(source.label))
    between = language.text(SEMICOLON)
    return between.join(
        f"{', '.join(labels)} ({place})" if place else between.join(labels)
        for place, labels in groups.items()
    )
