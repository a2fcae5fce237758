"""Roles of tables. The descriptor gives them in `annex.roles`, so that the code has no names of
tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from ..errors import DataError, Problem
from . import descriptor


class Role(StrEnum):
    """The purpose for which the library reads a table; a project has at most one table per role."""

    REPORTED = "reported"  # the numbers in the documents
    CLAIMS = "claims"  # statements of the documents, and the rows that test them
    HEDGES = "hedges"  # the rules for words such as `about`
    SOURCES = "sources"  # the publications that data series come from
    SECTIONS = "sections"  # sections of the documents
    ERRORS = "errors"  # errors of the documents that no figure can test
    SET_ASIDE = "set_aside"  # numerals in the documents that are no figures, such as dates


def tables(data: Path) -> dict[Role, str]:
    """The name of each table that has a role, by role."""
    return {Role(role): name for role, name in descriptor.annex(data).get("roles", {}).items()}


def of(table: str, data: Path) -> Role | None:
    """The role of a table; `None` if it has none."""
    return next((role for role, name in tables(data).items() if name == table), None)


def table(role: Role, data: Path) -> str:
    """The name of the table with a role.

    Raises `DataError` when no table has it.
    """
    if (found := tables(data).get(role)) is None:
        place = f"{data / descriptor.FILE}, annex, roles"
        raise DataError(Problem(place, f"no table for {role}", f'"{role}": the name of a table'))
    return found
