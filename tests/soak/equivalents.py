"""Slips that change nothing that the annex says, and why that is as it should be."""

from __future__ import annotations

from tabled import Mutant


def reason(mutant: Mutant) -> str:
    """Why a mutant may change nothing; empty when no rule says so."""
    for operators, table, columns, why in RULES:
        if operators and not mutant.operator.startswith(operators):
            continue
        if table and mutant.table != table:
            continue
        if columns and not (mutant.columns and set(mutant.columns) <= set(columns)):
            continue
        return why
    return ""


# operators (what their names start with), table, columns, reason; empty for all.
RULES: list[tuple[tuple[str, ...], str, tuple[str, ...], str]] = []
