"""The ledger of claims: computes a verdict on each claim from the rows that it names; `series` may
name alternatives, joined by `||`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..errors import DataError, EvidenceError, Problem
from ..files import reading
from ..language import is_missing, languages
from ..tables import descriptor, descriptor_rules, evidence_frames, frames, roles
from ..tables.roles import Role
from . import outside, verdicts
from .arguments import NotFound, fitted
from .named_rows import NamedRows
from .source_kinds import SourceKinds

_ADDED = ["internal", "external", "external_kind", "stated", "computed", "official"]


class _Judged(NamedTuple):
    """The claims with their verdicts, and of each alternative that a claim names in `series`, by
    key. Shared: do not modify them."""

    findings: pd.DataFrame
    apart: dict[str, Sequence[verdicts.Finding]]


class Ledger(NamedRows):
    """Evaluates claims, with a cache of the tables that they name.

    width: factor for the ranges of hedge words, such as 2 or 0.5. hedges: other rules for these
    words, as for `tables.load`.

    >>> claims.Ledger().findings().internal.tolist()
    ['undecided', 'undecided']
    """

    def __init__(
        self,
        data: Path | None = None,
        width: float = 1,
        hedges: pd.DataFrame | None = None,
    ):
        super().__init__(descriptor.folder(data), width, hedges)
        self._kinds = SourceKinds(self.data)

    def findings(self) -> pd.DataFrame:
        """The claims with their verdicts, in the order of their table, indexed by key.

        Added columns: `internal` and `external` (a verdict; external missing when no rows from
        outside are named), `external_kind` (the weakest kind of source of these rows), the
        quantities `stated` and `computed` (missing for a claim about events, or without inputs),
        and `official`, a list with the quantity of each alternative in `series`.

        Raises `DataError` with every claim that names an unknown operation or row, or whose units
        do not fit.
        """
        found = self._judged.findings
        return found.assign(official=found.official.map(list))

    def alternatives(self) -> pd.DataFrame:
        """Each alternative that a claim names in `series`, in order; one row for most claims.

        The columns of the claims, with `official` (a quantity; missing for a claim about events),
        `external` and `external_kind` of the one alternative. Raises as `findings` does.
        """
        frame = self.findings()
        each = frame.assign(series=frame.series.map(outside.alternatives)).explode("series")
        each = each[each.series.notna()]
        apart = [found for id in frame.index for found in self._judged.apart[id]]
        return each.assign(
            external=[found.verdict for found in apart], external_kind=each.series.map(self._kind),
            official=pd.Series([found.computed for found in apart], each.index, dtype=object),
        )  # fmt: skip

    @cached_property
    def _judged(self) -> _Judged:
        """The verdicts, shared by all ledgers of the same tables and widths in this process."""
        if self._hedges is not None:  # a frame, which is no key
            return self._judge_all()
        key = "verdicts", self.data, str(self._width), languages()
        return reading.once(key, lambda: Ledger(self.data, self._width)._judge_all())

    def _judge_all(self) -> _Judged:
        name = roles.table(Role.CLAIMS, self.data)
        frame = evidence_frames.load(name, self.data)
        frame = frame if "series" in frame else frame.assign(series=None)
        rows: list[tuple[dict, Sequence[verdicts.Finding]]] = []
        problems, file = [], Path(self._resources[name]["path"]).name
        published = self._width == 1 and self._hedges is None
        other = None if published else Ledger(self.data)._judged
        for row in frame.itertuples():
            place = f"{file}, row {row.id}"
            try:
                if other is None or self._moved(row):
                    rows.append(self._row(row))
                else:
                    key = str(row.Index)
                    rows.append((other.findings.loc[key, _ADDED].to_dict(), other.apart[key]))
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
        added = pd.DataFrame([row for row, _ in rows], frame.index, _ADDED, dtype=object)
        judged = pd.concat([frame, added], axis=1)
        judged.attrs = frame.attrs  # which claims are readings of one passage
        return _Judged(judged, dict(zip(frame.index, (apart for _, apart in rows), strict=True)))

    @cached_property
    def _worded(self) -> frozenset[str]:
        """The ids of the reported numbers with a hedge word."""
        rows = frames.load(self._roles[Role.REPORTED], self.data)
        return frozenset(rows.id[rows.hedge.notna()] if "hedge" in rows else ())

    def _moved(self, row) -> bool:
        """Whether a claim rests on a hedge word, so that its verdict depends on the rules."""
        cells = [row.claimed, row.inputs, *outside.alternatives(row.series)]
        items = [item for cell in cells for item in descriptor_rules.named(cell)]
        return any(item in self._worded or self._hedged(item.partition(":")[0]) for item in items)

    def _row(self, row) -> tuple[dict, Sequence[verdicts.Finding]]:
        inside = self._judge(row, row.inputs)
        found = [self._judge(row, each) for each in outside.alternatives(row.series)]
        return {
            "internal": inside.verdict,
            "external": outside.together(found),
            "external_kind": self._kind(row.series),
            "stated": inside.claimed,
            "computed": inside.computed,
            "official": [each.computed for each in found if each.computed is not None],
        }, found

    def _kind(self, series) -> str | None:
        """The weakest kind of source among the rows that a cell of `series` names."""
        named = ((self._table(use.table), list(use.keys)) for use in self.used(series))
        cited = (frame.source.loc[keys] for frame, keys in named if "source" in frame)
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
