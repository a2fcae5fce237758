"""What figures from outside the report say of a claim: one verdict, of all alternatives.

Where sources or years differ, a claim names alternatives, joined by `||` in its column `series`.
Each is tested by itself, and none of them is preferred. Reads no files.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..language import is_missing
from .verdicts import Finding

BETWEEN = "||"


def alternatives(series) -> list[str]:
    """The alternatives that a cell of `series` names; none for an empty cell."""
    return [] if is_missing(series) else [each.strip() for each in series.split(BETWEEN)]


def together(findings: Sequence[Finding]) -> str | None:
    """The verdict that all alternatives give, else `undecided`; `None` without any.

    Numbers that contradict a claim from both sides, one above it and one below, do not agree.
    """
    if not findings:
        return None
    verdict = findings[0].verdict
    agreed = len({(finding.verdict, _side(finding)) for finding in findings}) == 1
    return verdict if agreed else "undecided"


def _side(finding: Finding) -> bool | None:
    """Whether a computed number that contradicts the claimed one lies above it."""
    if finding.verdict != "contradicted" or finding.computed is None or finding.claimed is None:
        return None
    return finding.computed.bounds.surely_above(finding.claimed.bounds)
