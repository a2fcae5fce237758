"""The errors and unclear places of the document that the tables know: the rows of the table of
errors, and the claims that other figures contradict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ...claims.verdicts import VERDICTS
from ...formats.value_format import joined
from ...language import Text, is_missing, worded
from ...tables import descriptor, display_names, frames, roles, sections
from ...tables.display_names import inside
from ...tables.roles import Role
from ..pages.labels import WORDS
from .tested_claims import Claim

_CONTRADICTED = "contradicted"


class Fault(NamedTuple):
    """An error or unclear place. section, place: where. printed: the words there; empty for a claim
    without a number. kind: what is wrong. words: texts of a row: what stands there, and what is
    right or how it is read. row: the row of a table that it concerns, by key; empty if none."""

    id: str
    section: str
    place: Text
    printed: str
    kind: Text
    words: list[Text]
    row: str


def faults(data: Path, claims: Sequence[Claim]) -> list[Fault]:
    """All errors of the document: those of the table with the role `errors`, if there is one, and
    the claims that are contradicted."""
    table = roles.tables(descriptor.read(data)).get(Role.ERRORS)
    found = []
    if table is not None:
        kinds = display_names.labels(table, "kind", data)
        found += [_row(row, kinds, data) for row in frames.load(table, data).itertuples()]
    return found + [_of(claim) for claim in claims if _CONTRADICTED in _verdicts(claim)]


def _row(row, kinds: dict[str, Text], data: Path) -> Fault:
    words = worded(row, "description")
    about = "" if is_missing(row.row) else row.row
    place = sections.label(row.section, data)
    return Fault(row.id, row.section, place, row.raw, kinds[row.kind], [words], about)


def _verdicts(claim: Claim) -> tuple[str, str | None]:
    return claim.internal, claim.external


def _of(claim: Claim) -> Fault:
    """A claim that figures contradict, by whichever of the two tests."""
    whose = [
        joined(": ", WORDS[test], inside("", VERDICTS[_CONTRADICTED]))
        for test, verdict in zip(("verdict", "by_series"), _verdicts(claim), strict=True)
        if verdict == _CONTRADICTED
    ]
    words = [each for each in (claim.statement, claim.remark) if each is not None]
    stated = claim.figures.get("stated")
    printed = stated.raw if stated is not None else ""
    return Fault(claim.id, claim.section, claim.place, printed, joined("; ", *whose), words, "")
