"""What figures from outside the report say of a claim: one verdict, of all alternatives.

Where sources or years differ, a claim names alternatives, joined by `||` in its column `series`.
Each is tested by itself, and none of them is preferred. Reads no files.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .. import counts
from ..language import is_missing
from ..messages import _
from .verdicts import VERDICTS, Finding

BETWEEN = "||"
_RULE = _(
    "one verdict per statement: contradicted if either test says so, else that of figures from "
    "outside, if there are any, and else that within the document itself; here: {verdict}"
)


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


def overall(findings: pd.DataFrame) -> pd.Series:
    """One verdict on each claim: contradicted if either test contradicts it; else that of figures
    from outside, if there are any; else that within the document.

    >>> claims.overall(claims.Ledger().findings()).tolist()
    ['reproduced', 'undecided']
    """
    found = findings.external.where(findings.external.notna(), findings.internal)
    return found.mask(findings.internal == "contradicted", "contradicted").rename("overall")


def by_verdict(findings: pd.DataFrame) -> pd.Series:
    """How many claims have each verdict, by `overall`: a series of counts, whose entries in the
    register give the rule. Warns of a claim that tests a passage a second time.

    >>> claims.by_verdict(claims.Ledger().findings())["undecided"]
    1 claims.rows, 1 to 1 (tally-...)
    """
    unit, verdicts = counts.count(findings).unit, overall(findings)
    found = {}
    for verdict, name in VERDICTS.items():
        rows = findings[verdicts == verdict]
        rule = _RULE.format(verdict=name)
        found[verdict] = counts.tally(verdicts[rows.index] == verdict, unit, rule, rows)
    return pd.Series(found, dtype=object)


def _side(finding: Finding) -> bool | None:
    """Whether a computed number that contradicts the claimed one lies above it."""
    if finding.verdict != "contradicted" or finding.computed is None or finding.claimed is None:
        return None
    return finding.computed.bounds.surely_above(finding.claimed.bounds)
