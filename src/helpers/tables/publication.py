"""What the descriptor says of the whole: title, description, who made it and when, and what was
decided on the subject since; on what terms pages may be used, and of what they speak."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import DataError, Problem
from ..files import settings
from ..language import Text, has_words, languages, name_of, worded
from . import descriptor, sources
from .documents import documents
from .sources import Source


@dataclass(frozen=True)
class Publication:
    """Each is empty, or `None`, if the descriptor does not say it. contributors: the names of those
    who publish it: where roles are stated, only publishers. contact: an address of a contributor,
    or of the project. created: a date, as ISO 8601 writes it. outcome: what was decided, with its
    source. licence: the line below each page. evaluation: whether the only document is named so.
    changes: whether there is a file CHANGELOG.md beside the folder of the tables."""

    title: Text
    description: Text
    contributors: tuple[Text, ...]
    contact: str
    version: str
    created: str
    outcome: Text | None
    source: Source | None
    licence: Text
    evaluation: bool
    changes: bool = False

    def words(self) -> list[str]:
        """Its texts, which pages show as they are."""
        texts = (self.title, self.description, *self.contributors, self.outcome or ())
        return [word for text in texts for word in text] + [self.version]


def about(data: Path) -> tuple[Text, Text]:
    """Title and description of the package, in each language.

    Raises `DataError` when one of them is missing.
    """
    package = settings.package(data)
    found = [worded(package, name) for name in ("title", "description")]
    place, expected = str(data / descriptor.FILE), "one in each language"
    if problems := [
        Problem(place, f"no {name} in {name_of(lang)}", expected)
        for name, words in zip(("title", "description"), found, strict=True)
        for lang in languages()
        if not words.word(lang)
    ]:
        raise DataError(problems)
    return found[0], found[1]


def read(data: Path) -> Publication:
    """All of it. Raises `DataError` as `about` does, and for an outcome with an unknown source."""
    package = settings.package(data)
    people = package.get("contributors", [])
    addresses = (each.get("email") or each.get("path") for each in people)
    named = [each for each in people if has_words(each, "title")]
    publishers = [p for p in named if "publisher" in p.get("roles", ["publisher"])]
    contact = next(filter(None, addresses), package.get("homepage", ""))
    outcome = descriptor.annex(data).get("outcome")
    names = tuple(worded(each, "title") for each in publishers)
    return Publication(
        *about(data),
        names,
        contact,
        package.get("version", ""),
        package.get("created", "")[:10],
        outcome and worded(outcome, "text"),
        outcome and sources.cite_all([outcome["source"]], data)[0],
        worded(descriptor.annex(data), "licence"),
        [*documents(data)] == ["evaluation"],
        (data.parent / "CHANGELOG.md").is_file(),
    )
