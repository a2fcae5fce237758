"""The annex for machines: every number with its evidence, and every verdict."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..language import Text, is_missing
from .register import Claim, Entry, Register

FORMAT = 3  # raised when the form of the file changes


def manifest(register: Register, counted: Mapping[str, int]) -> str:
    """The manifest as JSON text.

    `quantities`: as `trail.record` gives them, with the place in the evaluation, claims and pages;
    what a row is called and its note stand in the table that it names. `claims`: statement,
    operation, rows, verdicts, remark, and the ids of what is stated, computed and officially given.
    `files`: path and checksum of every table. `publishers`: of the series. `coverage`: numerals by
    kind.
    """
    quantities = [_quantity(entry) for entry in register.entries.values()]
    names = ("id", "publisher", "table_id", "title", "url", "hand", "retrieved_via")
    content = {
        "format": FORMAT,
        "quantities": sorted(quantities, key=lambda quantity: quantity["id"]),
        "claims": [_claim(claim) for claim in register.claims],
        "files": {
            name: {"path": path, "sha256": checksum}
            for name, (path, checksum) in register.files().items()
        },
        "publishers": [{n: str(getattr(row, n)) for n in names} for row in register.publishers()],
        "coverage": dict(sorted(counted.items())),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _quantity(entry: Entry) -> dict:
    found = {"claims": entry.claims, "pages": entry.pages}
    if "place" in entry.about:
        found["place"] = entry.about["place"]._asdict()
    return entry.record | found


def _claim(claim: Claim) -> dict:
    row = claim.row
    texts = {"statement": claim.statement, "remark": claim.remark}
    return {
        "id": claim.id,
        "section": row.section,
        **{name: text._asdict() for name, text in texts.items() if isinstance(text, Text)},
        "operation": row.operation,
        "rows": [{"table": used.table, "rows": list(used.keys)} for used in claim.used],
        "internal": row.internal,
        "external": None if is_missing(row.external) else row.external,
        **{name: claim.ids.get(name) for name in ("stated", "computed", "official")},
    }
