"""What the register calls a number, and the rows that one was counted from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from ...claims.verdicts import VERDICTS
from ...evidence import units
from ...evidence.rows import natural_order
from ...formats.value_format import joined
from ...language import Text, is_missing, languages, worded
from ...messages import COLON, _
from ...tables import descriptor, display_names, evidence_frames, frames, roles
from ...tables.display_names import YEAR, inside
from ...tables.roles import Role
from . import conditions
from .conditions import Column

NAMED = 12  # rows that are listed by name; more are listed by key
_DEPTH = 2  # inputs of inputs that a name tells
_NONE = _("no row of ‘{}’")
_MORE = _("{} and {} more")  # terms of a sum, named by the first
_LISTED = _("in the rows listed with it")
_SUBJECT = ("subject", "statement", "description", "event", "title")  # columns that name a row


class Names:
    """The names of numbers and rows, in every language.

    verdicts: `internal` and `external` verdict of each claim, by its key. A condition of a count
    may speak of these as of columns of the table of claims. labels: of the pages.
    """

    def __init__(
        self,
        data: Path,
        verdicts: Mapping[str, tuple[str, str | None]],
        labels: Mapping[str, Text],
    ):
        self._data, self._verdicts, self._labels = data, verdicts, labels
        self._resources, self._units = descriptor.read(data), display_names.units(data)
        self._roles = roles.tables(data)
        self.rows, self.row = cache(self._rows), cache(self._row)
        self._named, self._counts = cache(self._row_name), cache(self._counted)
        self._called: dict[str, Text] = {}  # units
        self._labelled = cache(self._required)
        self._chosen: dict[tuple[str, tuple[str, ...]], Text] = {}

    def _rows(self, table: str) -> dict[str, object]:
        """The rows of a table as `itertuples` gives them, by key."""
        frame = frames.load(table, self._data)
        keys = evidence_frames.keys(frame, self._resources[table])
        return dict(zip(keys, frame.itertuples(), strict=True))

    def prepare(self, records: Iterable[dict]) -> None:
        """Name the rows of records and look at those that numbers were counted from."""
        for record in records:
            if "row" in record:
                self._named(record["row"]["table"], record["row"]["key"])
            elif rows := record["derivation"].get("rows"):
                self._counts(record["derivation"]["table"]).fitting(tuple(rows))

    def read_counts(self, records: Iterable[dict]) -> None:
        """Find the conditions of all numbers that were counted from rows."""
        counted: dict[str, list[tuple[str, ...]]] = {}
        for record in records:
            derivation = record.get("derivation", {})
            if derivation.get("rows"):
                counted.setdefault(derivation["table"], []).append(tuple(derivation["rows"]))
        for table, rows in counted.items():
            found = self._counts(table).conditions(rows)
            self._chosen |= {(table, own): words for own, words in found.items()}

    def _counted(self, table: str) -> conditions.Counted:
        frame = frames.load(table, self._data)
        keys = evidence_frames.keys(frame, self._resources[table])
        columns = conditions.columns_of(self._resources[table])
        if table == self._roles.get(Role.CLAIMS):
            frame, columns = self._judged(frame, keys, columns)
        return conditions.Counted(frame, keys, columns)

    def _judged(
        self, frame: pd.DataFrame, keys: list[str], columns: dict[str, Column]
    ) -> tuple[pd.DataFrame, dict[str, Column]]:
        """The claims with their verdicts as columns."""
        for place, title in enumerate(("verdict", "by_series")):
            name, own = f"verdict {place}", [self._verdicts[key][place] for key in keys]
            frame = frame.assign(**{name: pd.Series(own, frame.index)})
            columns = {**columns, name: Column(inside("", self._labels[title]), VERDICTS)}
        return frame, columns

    def chosen(self, derivation: Mapping) -> Text | None:
        """What the rows of a count have in common; `None` if no condition fits them."""
        if not derivation["rows"]:
            title = self.table(derivation["table"])
            return _NONE.format(title)
        return self._chosen.get((derivation["table"], tuple(derivation["rows"])))

    def listed(self, derivation: Mapping) -> list[Text]:
        """The names of the rows of a count that no condition fits; none where they are many that
        have ids, which say enough."""
        rows = derivation.get("rows", ())
        if not rows or self.chosen(derivation) or (len(rows) > NAMED and "|" not in rows[0]):
            return []
        return [self.row(derivation["table"], key) for key in rows]

    def table(self, name: str) -> Text:
        """What a table is called."""
        return descriptor.named(name, self._resources[name])

    def unit(self, record: Mapping) -> Text:
        """The name of a number's unit."""
        unit = record["unit"]
        if unit not in self._called:
            self._called[unit] = units.label(unit, self._units, f"quantity {record['id']}")
        return self._called[unit]

    def number(self, record: Mapping, records: Mapping[str, dict], depth: int = _DEPTH) -> Text:
        """The name of a number: that of its row, or that of its measure with its condition or its
        main input, whose own inputs are named down to `depth`."""
        if "row" in record:
            table, key = record["row"]["table"], record["row"]["key"]
            name = self._named(table, key)
            reported = table == self._roles.get(Role.REPORTED)
            return name if reported or depth == _DEPTH else joined(COLON, self.table(table), name)
        derivation, unit = record["derivation"], self.unit(record)
        name = Text(*(
            words.replace("{unit}", own)
            for words, own in zip(Text(**derivation["name"]), unit, strict=True)
        ))  # fmt: skip
        if derivation["measure"] == "count":
            words = self.chosen(derivation) or _LISTED
            return joined(" " if derivation["rows"] else COLON, name, words)
        if not derivation["of"] or not depth:
            return name
        named = joined(COLON, name, self.number(records[derivation["of"]], records, depth - 1))
        more = max(len(derivation["inputs"]), len(derivation.get("rows", ()))) - 1
        if derivation["measure"] != "sum" or more < 1:
            return named  # its main input says what it is about
        return _MORE.format(named, more)

    def _row_name(self, table: str, key: str) -> Text:
        return display_names.row_name(self._resources[table], self._cells(table, key))

    def _required(self, table: str) -> dict[str, dict[str, Text]]:
        """The labels of the values of each column of a table that needs a value in each row."""
        fields = descriptor.fields(self._resources[table])
        return {
            name: descriptor.labels(field)
            for name, field in fields.items()
            if field.get("constraints", {}).get("required")
        }

    def _row(self, table: str, key: str) -> Text:
        """What people call a row: its subject or description, or the labels of its values."""
        resource, cells = self._resources[table], self._cells(table, key)
        for stem in _SUBJECT:
            if all(named := worded(cells, stem)) and _translated(cells, stem):
                return named
        if len(descriptor.primary_key(resource)) > 1:
            return display_names.row_name(resource, cells)
        parts = [Text.same(key)]
        for column, labels in self._labelled(table).items():
            if (value := cells[column]) in labels:
                parts.append(inside(value, labels[value]))
        if not is_missing(year := cells.get(YEAR)):
            parts.append(Text.same(year))
        return joined(", ", *parts)

    def series(self, record: Mapping) -> tuple:
        """What sorts the values of a series by year."""
        cells = self._cells(record["row"]["table"], record["row"]["key"])
        resource = self._resources[record["row"]["table"]]
        key = [str(cells[name]) for name in descriptor.primary_key(resource) if name != YEAR]
        return key, natural_order(str(cells.get(YEAR, "")))

    def _cells(self, table: str, key: str) -> dict:
        return self.rows(table)[key]._asdict()  # type: ignore[attr-defined]


def with_names(words: str, name: Callable[[str], str]) -> str:
    """Words with the name of each number whose id stands in them."""
    return re.sub(r"\b\w+-[0-9a-f]{10}\b", lambda id: name(id[0]), words)


def _translated(cells: Mapping, stem: str) -> bool:
    """Whether a row has a text in the languages of the project: the title of a publication, say, is
    in the language of that."""
    known = languages()
    return len(known) == 1 or any(f"{stem}_{lang}" in cells for lang in known)
