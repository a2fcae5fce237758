"""What each number rests on: official publications, what the report states and a claim tests, what
it states and nothing tests, or verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ...claims.source_kinds import SourceKinds

_OPEN = {None, "undecided"}


class NumberGrounds:
    """records: of all numbers, by id. claims: as in the register. row: the row of a table with a
    key. claimed: the table of claims, whose rows are claims themselves."""

    def __init__(
        self, records: Mapping[str, Mapping], claims: Iterable, row: Callable, claimed: str,
        kinds: SourceKinds,
    ):  # fmt: skip
        self._records, self._row, self._kinds = records, row, kinds
        self._claimed = claimed
        self._tested: set[tuple[str, str]] = set()
        for claim in claims:
            if {claim.internal, claim.external} - _OPEN:
                self._tested |= {(used.table, key) for used in claim.used for key in used.keys}

    def of(self, id: str) -> str:
        """The ground of a number: `official`, `stated`, `unknown`, or, of verdicts, `counted`."""
        rows = set(self._rows(id))
        if rows and all(table == self._claimed for table, _ in rows):
            return "counted"
        if rows and all(self._is_official(*row) for row in rows):
            return "official"
        return "stated" if rows & self._tested else "unknown"

    def _rows(self, id: str) -> Iterator[tuple[str, str]]:
        """Table and key of every row that a number rests on."""
        record = self._records[id]
        if "row" in record:
            yield record["row"]["table"], record["row"]["key"]
            return
        derivation = record["derivation"]
        for key in derivation.get("rows", ()):
            yield derivation["table"], key
        for part in derivation["inputs"].values():
            yield from self._rows(part)

    def _is_official(self, table: str, key: str) -> bool:
        source = getattr(self._row({"table": table, "key": key}), "source", None)
        return self._kinds.is_official(source)
