"""Where the row of a number is, and what it, its unit and its sources are called: for views of a
quantity, so what no table names is called as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from .. import language
from ..errors import DataError
from ..evidence.rows import Row
from ..language import Text
from ..listing import few
from ..messages import SEMICOLON, _
from . import descriptor, display_names, evidence_frames, frames, sources

_FEW = 10  # rows, or sources, that are named


class RowPlaces:
    """The tables of the project, each read once, in the current language."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[pd.DataFrame, dict[str, int]] | None] = {}
        self._known: dict[str, dict] = {}
        self._units: dict[str, Text] = {}
        try:
            self._known = descriptor.read(descriptor.folder())
            self._units = display_names.units()
        except DataError:  # outside of a project, or in an invalid one, as `_place` says
            pass

    def unit(self, name: str) -> str:
        """The display name of a unit."""
        return language.text(display_names.unit_words(name, self._units))

    def cell(self, origin: Row) -> str:
        """The file, row, key and column of a cell."""
        place = self._place(origin.table, origin.key)
        return f"{place} ({origin.key}), {language.text(_('column'))} {origin.column}"

    def row_name(self, origin: Row) -> str:
        """What the row of a cell is called, and, where it is no reported number, the column."""
        table = self._table(origin.table)
        if table is None or origin.key not in table[1]:
            return origin.id
        frame, positions = table
        row, resource = frame.iloc[positions[origin.key]], self._known[origin.table]
        called = language.text(display_names.row_name(resource, row))
        if origin.reported:
            return called
        field = descriptor.fields(resource).get(origin.column, {})
        return language.labelled(called, language.text(descriptor.named(origin.column, field)))

    def counted(self, table: str, keys: Sequence[str]) -> str:
        """How many rows, of which file, and the first of them."""
        found = self._table(table)
        positions = found[1] if found else {}
        row = language.text(_("row"))
        words = [f"{k} ({row} {positions[k] + 2})" if k in positions else k for k in keys[:_FEW]]
        file = self._file(table) if found else self._place(table, "")
        number = language.number(len(keys), "#,##0")
        listed = few(words, _FEW, len(keys))
        return language.text(_("{} of {}: {}").format(number, file, listed))

    def cited(self, ids: Iterable[str]) -> str:
        """The labels of sources; of a part of the report its section."""
        ids = [each for each in dict.fromkeys(ids) if each]
        try:
            found = sources.cite_all(ids[:_FEW])
        except DataError:
            return few(ids, _FEW)
        words = [language.text(s.place if any(s.place) else s.label) for s in found]
        return few(words, _FEW, len(ids), language.text(SEMICOLON))

    def _table(self, name: str) -> tuple[pd.DataFrame, dict[str, int]] | None:
        """A table and the positions of its rows by key; `None` if it can't be read."""
        if name not in self._read:
            try:
                frame = frames.load(name)
                keys = evidence_frames.keys(frame, self._known[name])
                self._read[name] = frame, {key: place for place, key in enumerate(keys)}
            except (DataError, KeyError):
                self._read[name] = None
        return self._read[name]

    def _file(self, table: str) -> str:
        return f"data/{self._known[table]['path']}"

    def _place(self, table: str, key: str) -> str:
        """Where a row is: `data/report/missions.csv, row 12`, as a spreadsheet counts."""
        if table not in self._known:
            why = language.text(_("which is not in this project"))
            return f"{table}, {why}"
        found = self._table(table)
        if found is None:
            why = language.text(_("which has errors (annex check)"))
            return f"{self._file(table)}, {why}"
        if key not in found[1]:
            return language.text(_("no longer in {}").format(self._file(table)))
        return f"{self._file(table)}, {language.text(_('row'))} {found[1][key] + 2}"
