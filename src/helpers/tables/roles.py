"""What tables are for. A descriptor says so in `role` of a table; no table is known by its name."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What the helpers read a table for; no two tables of a project have the same role."""

    REPORTED = "reported"  # the numbers that the document gives
    CLAIMS = "claims"  # what the document states, and what tests it
    HEDGES = "hedges"  # the rules for words such as `about`
    SOURCES = "sources"  # the publications that series come from
    SECTIONS = "sections"  # of the document
    SET_ASIDE = "set_aside"  # numerals of the document that are no figures


def tables(resources: dict[str, dict]) -> dict[str, str]:
    """The name of the table by its role, for the roles that there are."""
    return {table["role"]: name for name, table in resources.items() if "role" in table}
