"""The evidence register: where a reader arrives who follows a number of the evaluation.

One entry per reported number: as printed and as read, the range it stands for, the row and file,
section and footnote, the claims that it takes part in and the pages that cite it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import language, package, sources, tables
from ..claims import VERDICTS
from ..language import LANGUAGES, Text
from ..ledger import Ledger
from . import render
from .render import Page
from .words import WORDS


@dataclass(frozen=True)
class Entry:
    """A reported number; `low` and `high` are `None` where there is no bound.

    claims: id, statement and verdict of each claim that names it. pages: those that cite it, in
    either language.
    """

    id: str
    theme: Text
    subject: Text
    printed: str
    value: float | None
    unit: Text
    low: float | None
    high: float | None
    section: Text
    footnote: str
    note: Text
    claims: list[tuple[str, Text, Text]]
    pages: list[Page]


def pages(made: Sequence[Page], data: Path) -> list[Page]:
    """The register as a page per language, linked with the pages already made."""
    path = package.read(data)["quantities"]["path"]
    checksum = hashlib.sha256((data / path).read_bytes()).hexdigest()
    listed, found = entries(made, data), []
    for lang in LANGUAGES:
        with language.use(lang):
            own = [page for page in made if page.lang == lang]
            html = render.register_page(listed, own, f"data/{path}", checksum)
            title = language.text(WORDS["register"])
            found.append(Page("evidence", lang, title, "", html=html))
    return found


def entries(made: Sequence[Page], data: Path) -> list[Entry]:
    """An entry for every quantity, in the order of the table."""
    ledger = Ledger(data)
    claims = ledger.findings()
    named = claims.inputs.fillna("").str.split(";").map(lambda ids: {i.strip() for i in ids})
    themes, units = (tables.labels("quantities", column, data) for column in ("theme", "unit"))
    result = []
    for row in tables.load("quantities", data).itertuples():
        bounds = ledger.figure(row.id).bounds
        mine = claims[(claims.claimed == row.id) | named.map(lambda ids, own=row.id: own in ids)]
        result.append(
            Entry(
                row.id,
                themes[row.theme],
                Text(row.subject_nl, row.subject_en),
                f"{_word(row.hedge)} {row.raw}".strip(),
                None if language.is_missing(row.value) else row.value,
                units[row.unit],
                None if bounds.low is None else float(bounds.low),
                None if bounds.high is None else float(bounds.high),
                sources.section(row.section),
                _word(row.footnote),
                Text(_word(row.note_nl), _word(row.note_en)),
                [
                    (c.id, Text(c.statement_nl, c.statement_en), VERDICTS[c.internal])
                    for c in mine.itertuples()
                ],
                [page for page in made if row.id in page.cited],
            )
        )
    return result


def _word(value) -> str:
    return "" if language.is_missing(value) else str(value)
