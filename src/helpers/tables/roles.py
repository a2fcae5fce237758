"""Roles of tables. The descriptor gives them in `role`, so that the code has no names of tables."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The purpose for which the library reads a table; a project has at most one table per role."""

    REPORTED = "reported"  # the numbers in the report
    CLAIMS = "claims"  # statements of the report, and the rows that test them
    HEDGES = "hedges"  # the rules for words such as `about`
    SOURCES = "sources"  # the publications that data series come from
    SECTIONS = "sections"  # sections of the report
    ERRORS = "errors"  # errors of the report that no figure can test
    SET_ASIDE = "set_aside"  # numerals in the report that are no figures, such as dates


def tables(resources: dict[str, dict]) -> dict[str, str]:
    """The name of each table that has a role, by role."""
    return {table["role"]: name for name, table in resources.items() if "role" in table}
