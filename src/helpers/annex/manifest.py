"""The annex for machines: every number with its evidence, and every verdict."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..language import is_missing
from .register import Register

FORMAT = 1  # raised when the form of the file changes


def manifest(register: Register, counted: Mapping[str, int]) -> str:
    """The manifest as JSON text.

    `quantities`: as `trail.record` gives them, with `pages` and `claims`. `claims`: id, verdicts,
    and the ids of what is stated, computed and officially given. `coverage`: numerals by kind.
    """
    quantities = [
        {**entry.record, "claims": [id for id, *_ in entry.claims], "pages": entry.pages}
        for entry in register.entries.values()
    ]
    content = {
        "format": FORMAT,
        "quantities": sorted(quantities, key=lambda quantity: quantity["id"]),
        "claims": [_claim(row) for row in register.findings.itertuples()],
        "coverage": dict(sorted(counted.items())),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _claim(row) -> dict:
    ids = {
        name: None if is_missing(quantity) else quantity.id
        for name in ("stated", "computed", "official")
        for quantity in [getattr(row, name)]
    }
    external = None if is_missing(row.external) else row.external
    return {"id": row.id, "internal": row.internal, "external": external, **ids}
