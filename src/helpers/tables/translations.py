"""Words in every language of the project: of the descriptor, of columns and of cells.

A text has a property or column for each language (`subject_nl`), or a plain one (`subject`), which
is in the one language that has none of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from ..language import languages


def lacking(known: Collection[str], name: str, plain: bool = True) -> list[str]:
    """The names that are missing for a text to have words in each language. known: the names that
    are there. plain: whether `name` is missing, not `name_<language>`, where it alone would do."""
    rest = [lang for lang in languages() if f"{name}_{lang}" not in known]
    if name in known:
        return [f"{name}_{lang}" for lang in rest[:-1]]
    alone = len(rest) == 1 and (plain or len(languages()) == 1)
    return [name] if alone else [f"{name}_{lang}" for lang in rest]


def names(known: Collection[str], name: str) -> list[str]:
    """The names that a text has, of those that are there."""
    return [each for each in (*(f"{name}_{lang}" for lang in languages()), name) if each in known]


def untitled(table: dict) -> Iterator[tuple[str, str, str]]:
    """Missing titles and descriptions, which pages print in each language: place, found,
    expected."""
    for thing in (table, *table["schema"]["fields"]):
        where = "" if thing is table else f", column {thing['name']}"
        filled = [key for key, words in thing.items() if isinstance(words, str) and words.strip()]
        described = any(key.partition("_")[0] == "description" for key in thing)
        for name in ("title", *["description"] * described):
            for missing in lacking(filled, name):
                yield where, f"no {missing}", "words, which pages print"


def untranslated(fields: Mapping[str, dict]) -> Iterator[tuple[str, str, str]]:
    """Columns of text in some languages without one for the others: place, found, expected."""
    for stem in dict.fromkeys(name.rpartition("_")[0] for name in fields):
        there = [name for name in names(fields, stem) if name != stem]
        for missing in lacking(fields, stem, plain=False) if there else ():
            where = f", column {there[0]}"
            yield where, f"no column {missing}", "a column for each language"


def untranslated_cells(frame: pd.DataFrame) -> Iterator[tuple[int, str, str, str]]:
    """Empty cells for a text that another language has: row, column, found, expected."""
    for stem in dict.fromkeys(str(name).rpartition("_")[0] for name in frame):
        own = [name for name in names([*frame], stem) if name != stem]
        if not own:
            continue
        plain = [stem] * (stem in frame and len(own) < len(languages()))
        for row, empty in enumerate(frame[own + plain].isna().to_dict("records"), 2):
            filled = [column for column, bare in empty.items() if not bare]
            for column, bare in empty.items() if filled else ():
                if bare:
                    yield row, str(column), "an empty cell", f"a translation of {filled[0]}"
