"""What a reader must know of how rows were read: the columns that were inferred, and with what."""

from __future__ import annotations

import pandas as pd

from .. import language
from ..language import languages
from ..messages import _
from . import descriptor
from .descriptor_rules import named

_WITH = _("with")


def with_readings(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `tables.load` with a column `reading` in each language (`reading_nl`): the columns of
    the row that this project inferred, and the rows that it was read with; missing where it
    inferred nothing.

    >>> tables.with_readings(tables.load("missions")).reading_en["visit-02"]
    'year, with visit-01'
    """
    name = str(rows.index.name).removeprefix("row of ")
    fields = descriptor.fields(descriptor.read(descriptor.folder())[name])
    found = rows.copy()
    for lang in languages():
        with language.use(lang):
            cells = zip(rows.inferred, rows.read_with, strict=True)
            found[f"reading_{lang}"] = [_reading(*each, fields) for each in cells]
    return found


def _reading(inferred, read_with, fields: dict) -> str | None:
    """What was inferred, in the current language; a column that exists once per language is named
    once."""
    titles = ", ".join(dict.fromkeys(_title(column, fields) for column in named(inferred)))
    others = ", ".join(named(read_with))
    return (f"{titles}, {language.text(_WITH)} {others}" if others else titles) or None


def _title(column: str, fields: dict) -> str:
    """The title of a column, as it stands inside a sentence; without its language in brackets, for
    a column that exists once per language."""
    title = language.text(descriptor.named(column, fields[column]))
    if column.rpartition("_")[2] in languages():
        title = title.rpartition(" (")[0] or title
    return language.lowered(title, language.current())
