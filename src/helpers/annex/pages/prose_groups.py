"""Which cells of prose say the same in each language: neighbours, one for each language."""

from __future__ import annotations

from collections.abc import Iterator

from ...language import languages, name_of
from ...locales import is_language
from ..run import notebook_files

Group = dict[str, int]  # the number of a cell among all cells, from 1, by its language


def groups(cells) -> list[Group]:
    """The groups of prose cells, in their order. Blank cells do not count; code between two cells
    parts them, as it would stand in different places on two pages."""
    found: list[Group] = []
    waiting: Group = {}  # what the next cell may belong to
    for number, cell in notebook_files.shown(cells):
        if not cell.source.strip():
            continue
        lang = language_of(cell)
        if lang is None:
            waiting = {}
            continue
        if not waiting or lang in waiting:
            found.append(waiting := {})
        waiting[lang] = number
    return found


def shown(cells, lang: str) -> dict[int, str]:
    """The cells of prose on a page in `lang`, by number, each with its language: of a group that
    lacks this one, the cell in the first language that it has."""
    found = ((next(own for own in (lang, *languages()) if own in group), group)
             for group in groups(cells))  # fmt: skip
    return {group[own]: own for own, group in found}


def language_of(cell) -> str | None:
    """The language of a prose cell, by its tags; in a project of one language also without a tag.
    `None` for a cell without a language of the project, or with several."""
    known, tags = languages(), cell.metadata.get("tags", [])
    if cell.cell_type != "markdown" or any(map(_is_foreign, tags)):
        return None
    own = [lang for lang in known if lang in tags] or list(known[: len(known) == 1])
    return own[0] if len(own) == 1 else None


def _is_foreign(tag: str) -> bool:
    """Whether a tag names a language that the project lacks, or one in another form (`EN`). Those
    of three letters are words too often: `run` is a language."""
    meant = tag.strip().lower()
    return len(meant) == 2 and tag not in languages() and is_language(meant)


def unplaced(cells) -> Iterator[tuple[int, str, str]]:
    """The prose cells that no page shows, as they do not say which language they have: (number,
    found, expected)."""
    for number, cell in notebook_files.shown(cells):
        if cell.cell_type == "markdown" and cell.source.strip() and language_of(cell) is None:
            tags = cell.metadata.get("tags", [])
            found = f"tags {', '.join(map(repr, tags))}" if tags else "no language"
            yield number, found, expected()


def expected() -> str:
    """How prose stands in a notebook, for messages."""
    first, *others = languages()
    if not others:
        return f"prose in {name_of(first)}, with the tag {first} or without"
    more = "".join(f", then one tagged {lang}" for lang in others)
    return f"a cell of prose tagged {first}{more}, each with one such tag"
