"""The ledger of claims: computes a verdict on each claim from the rows that it names.

An input names a quantity (`trade-05`), a value of a series or a date (`table:column=value,...`),
a column of rows (`table:column=value|value>column`) or its sum (`...>+column`), or is a plain word.
A number is named by the row that states it, whose entry then names the claim. `series` may name
alternatives, joined by `||`.
"""

from __future__ import annotations

import itertools
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from pandas.api.types import is_numeric_dtype

from ..errors import DataError, EvidenceError, Problem, nearest
from ..evidence.arithmetic import Quantity
from ..evidence.rows import is_measured
from ..language import is_missing
from ..tables import descriptor, descriptor_rules, evidence_frames, frames, roles
from ..tables.roles import Role
from . import outside, verdicts
from .arguments import NotFound, fitted
from .row_dates import dates
from .source_kinds import SourceKinds

_ADDED = ["internal", "external", "external_kind", "stated", "computed", "official"]
_EXPECTED = "a quantity, or conditions that one row of a table meets"


class Used(NamedTuple):
    """One input of a claim: its text, and the table and the keys of the rows that it names."""

    item: str
    table: str
    keys: tuple[str, ...]


class Ledger:
    """Evaluates claims, with a cache of the tables that they name.

    width: factor for the ranges of hedge words, such as 2 or 0.5. hedges: other rules for these
    words, as for `tables.load`. like: a ledger of the same tables; what rests on no hedge word is
    taken over from it, which saves most of the time.

    >>> claims.Ledger().findings().internal.tolist()
    ['undecided', 'undecided']
    """

    def __init__(
        self,
        data: Path | None = None,
        width: float = 1,
        hedges: pd.DataFrame | None = None,
        like: Ledger | None = None,
    ):
        self.data, self._like = descriptor.folder(data), like
        self.quantities = evidence_frames.reported_numbers(self.data, width, hedges)
        self._resources = descriptor.read(self.data)
        self._roles = roles.tables(self.data)
        self._kinds = SourceKinds(self.data)
        self._table = cache(
            lambda name: like._table(name) if like and not self._hedged(name)
            else evidence_frames.load(name, self.data, width, hedges=hedges)
        )  # fmt: skip
        self._texts = cache(lambda table, column: pd.Series(self._table(table)[column]).astype(str))

    def findings(self) -> pd.DataFrame:
        """The claims with their verdicts, in the order of their table, indexed by key.

        Added columns: `internal` and `external` (a verdict; external missing when no rows from
        outside are named), `external_kind` (the weakest kind of source of these rows), the
        quantities `stated` and `computed` (missing for a claim about events, or without inputs),
        and `official`, a list with the quantity of each alternative in `series`.

        Raises `DataError` with every claim that names an unknown operation or row, or whose units
        do not fit.
        """
        return self._findings.copy()

    def alternatives(self) -> pd.DataFrame:
        """Each alternative that a claim names in `series`, in order; one row for most claims.

        The columns of the claims, with `official` (a quantity; missing for a claim about events),
        `external` and `external_kind` of the one alternative. Raises as `findings` does.
        """
        frame = self.findings()
        each = frame.assign(series=frame.series.map(outside.alternatives)).explode("series")
        each = each[each.series.notna()]
        apart = [self._judge(row, row.series) for row in each.itertuples()]
        return each.assign(
            external=[found.verdict for found in apart], external_kind=each.series.map(self._kind),
            official=pd.Series([found.computed for found in apart], each.index, dtype=object),
        )  # fmt: skip

    @cached_property
    def _findings(self) -> pd.DataFrame:
        name = roles.table(Role.CLAIMS, self.data)
        frame = evidence_frames.load(name, self.data)
        frame = frame if "series" in frame else frame.assign(series=None)
        rows, problems, file = [], [], Path(self._resources[name]["path"]).name
        for row in frame.itertuples():
            place = f"{file}, row {row.id}"
            try:
                rows.append(self._taken_over(row) or self._row(row))
            except NotFound as error:
                problems.append(Problem(place, *error.args))
            except EvidenceError as error:
                found = "; ".join(f"{p.place}: {p.found}" for p in error.problems)
                problems.append(error.problems[0]._replace(place=place, found=found))
            except (TypeError, AttributeError, KeyError) as error:
                expected = f"inputs that {row.operation} takes, and what it claims"
                problems.append(Problem(place, f"{row.inputs} ({error})", expected))
        if problems:
            raise DataError(problems)
        added = pd.DataFrame(rows, index=frame.index, dtype=object)
        judged = pd.concat([frame, added], axis=1)
        judged.attrs = frame.attrs  # which claims are readings of one passage
        return judged

    @cached_property
    def _worded(self) -> frozenset[str]:
        """The ids of the reported numbers with a hedge word."""
        rows = frames.load(self._roles[Role.REPORTED], self.data)
        return frozenset(rows.id[rows.hedge.notna()] if "hedge" in rows else ())

    def _hedged(self, table: str) -> bool:
        """Whether a table may have numbers with a hedge word, its own or copied."""
        known = self._resources.get(table)
        fields = descriptor.fields(known) if known else {}
        return "hedge" in fields or any("copyOf" in field for field in fields.values())

    def _taken_over(self, row) -> dict | None:
        """The verdicts of the other ledger on a claim that rests on no hedge word."""
        cells = [row.claimed, row.inputs, *outside.alternatives(row.series)]
        items = [item for cell in cells for item in descriptor_rules.named(cell)]
        if self._like is None or any(
            item in self._worded or self._hedged(item.partition(":")[0]) for item in items
        ):
            return None
        return self._like._findings.loc[row.Index, _ADDED].to_dict()

    def _row(self, row) -> dict:
        inside = self._judge(row, row.inputs)
        found = [self._judge(row, each) for each in outside.alternatives(row.series)]
        return {
            "internal": inside.verdict,
            "external": outside.together(found),
            "external_kind": self._kind(row.series),
            "stated": inside.claimed,
            "computed": inside.computed,
            "official": [each.computed for each in found if each.computed is not None],
        }

    def _kind(self, series) -> str | None:
        """The weakest kind of source among the rows that a cell of `series` names."""
        rows = (self._table(use.table).loc[list(use.keys)] for use in self.used(series))
        cited = (frame.source for frame in rows if "source" in frame)
        return self._kinds.weakest(id for column in cited for id in column)

    def _judge(self, row, inputs) -> verdicts.Finding:
        stated = None if is_missing(row.claimed) else self.figure(row.claimed)
        if is_missing(inputs):
            return verdicts.Finding("undecided", None, stated)
        items = descriptor_rules.named(inputs)
        if row.operation in verdicts.EVENTS:
            holds = verdicts.EVENTS[row.operation]
            return verdicts.happened(holds(*fitted(holds, items, map(self._argument, items))))
        if row.operation not in verdicts.ARITHMETIC:
            known = ", ".join([*verdicts.ARITHMETIC, *verdicts.EVENTS])
            raise NotFound(repr(row.operation), f"one of {known}")
        computed = verdicts.compute(row.operation, [*itertools.chain(*map(self._figures, items))])
        if stated is None:
            raise NotFound("an empty cell", "the row that states the number, in column claimed")
        return verdicts.judge(computed, stated)

    def figure(self, name: str) -> Quantity:
        """The quantity that an input names: a reported number, or one value of a series."""
        if name in self.quantities.index:
            return self.quantities[name]
        rows = self._rows(name)
        if len(rows) != 1:
            raise NotFound(f"{name!r}, which names {len(rows)} rows", _EXPECTED)
        row = rows.iloc[0]
        column = max(filter(is_measured, row.index), key=len, default="value")
        if is_missing(row[column]):
            raise NotFound(f"{name!r}, whose value is empty", "a row with a value")
        return row[column]

    def _figures(self, item: str) -> list[Quantity]:
        """The quantities of an input: one, or those of a column of rows, or their sum."""
        if ">" not in item:
            return [self.figure(item)]
        if (values := self._column(item)).isna().any():
            raise NotFound(f"{item!r}, with an empty cell", "rows that all have a value")
        return [*([values.sum()] if ">+" in item else values)]

    def used(self, inputs) -> list[Used]:
        """The rows that the inputs of a claim name, one item per input, of all alternatives; empty
        without inputs."""
        found = []
        for item in itertools.chain(*map(descriptor_rules.named, outside.alternatives(inputs))):
            if item in self.quantities.index:
                found.append(Used(item, self._roles[Role.REPORTED], (item,)))
            elif ":" in item:
                keys = tuple(self._rows(item.split(">")[0]).index)
                found.append(Used(item, item.split(":")[0], keys))
        return found

    def _argument(self, item: str):
        """An input of an operation on events: a quantity, a date or a list of dates, a column of
        rows with `None` for an empty cell, or a word."""
        if item in self.quantities.index:
            return self.figure(item)
        if ":" not in item and ">" not in item:
            if any(map(str.isdigit, item)):
                raise self._unknown(item)
            return item
        if ">" in item:
            return [None if is_missing(cell) else cell for cell in self._column(item).tolist()]
        return dates(self._rows(item))

    def _unknown(self, name: str) -> NotFound:
        if not any(map(str.isalpha, name)):
            remedy = f"Write the id of the row of {self._roles[Role.REPORTED]} that states it"
            found = f"the bare number {name!r}" if name else "nothing beside a separator"
            return NotFound(found, "a row", remedy)
        near = nearest(name, [*self.quantities.index, *(f"{table}:" for table in self._resources)])
        remedy = f"Write {near}, if that is meant; or add the row to its table"
        return NotFound(repr(name), _EXPECTED, remedy)

    def _column(self, item: str) -> pd.Series:
        rows, _, column = item.replace(">+", ">").partition(">")
        frame = self._rows(rows)
        if column not in frame:
            raise NotFound(f"{item!r}, column {column!r}", "a column of that table")
        return frame[column]

    def _rows(self, name: str) -> pd.DataFrame:
        table, colon, conditions = name.partition(":")
        if table not in self._resources or not colon:
            raise self._unknown(name)
        frame = self._table(table)
        met = pd.Series(True, index=frame.index)
        for condition in filter(None, conditions.split(",")):
            column, _, values = condition.partition("=")
            if column not in frame:
                raise NotFound(f"{name!r}, column {column!r}", "a column of that table")
            wanted, texts = values.split("|"), self._texts(table, column)
            met &= texts.isin(wanted)
            absent = {*wanted} - {*texts}
            if absent and not is_numeric_dtype(frame[column]):  # a year may have no rows
                raise NotFound(f"{name!r}: no {column} is {min(absent)}", "values that it has")
        if not met.any():
            raise NotFound(f"{name!r}, which names 0 rows", _EXPECTED)
        return frame[met]
