"""The errors and unclear places of the document that the tables know: the rows of the table of
errors, and the claims that other figures contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...claims.verdicts import VERDICTS
from ...formats.value_format import joined
from ...language import Text, is_missing, worded
from ...messages import COLON, SEMICOLON
from ...tables import display_names, frames, roles, sections
from ...tables.display_names import inside
from ...tables.roles import Role
from .tested_claims import Claim

_CONTRADICTED = "contradicted"


class Fault(NamedTuple):
    """An error or unclear place. section, place: where. printed: the words there; empty for a claim
    without a number. kind: what is wrong. words: texts of a row: what stands there, and what is
    right or how it is read. row: the row of a table that it concerns, by key; empty if none. lang:
    the language of what is printed."""

    id: str
    section: str
    place: Text
    printed: str
    kind: Text
    words: list[Text]
    row: str
    lang: str


def faults(data: Path, claims: Sequence[Claim], labels: Mapping[str, Text]) -> list[Fault]:
    """All errors of the document: those of the table with the role `errors`, if there is one, and
    the claims that are contradicted. labels: of the pages."""
    table, places = roles.tables(data).get(Role.ERRORS), sections.Places(data)
    found = []
    if table is not None:
        kinds = display_names.labels(table, "kind", data)
        found += [_row(row, kinds, places) for row in frames.load(table, data).itertuples()]
    contradicted = [claim for claim in claims if _CONTRADICTED in _verdicts(claim)]
    return found + [_of(claim, places.language(claim.section), labels) for claim in contradicted]


def _row(row, kinds: dict[str, Text], places: sections.Places) -> Fault:
    words = worded(row, "description")
    about = getattr(row, "row", None)
    about = "" if is_missing(about) else about
    cited = places.of_row(row)
    label, lang = places.label(cited), places.language(cited)
    return Fault(row.id, cited, label, row.raw, kinds[row.kind], [words], about, lang)


def _verdicts(claim: Claim) -> tuple[str, str | None]:
    return claim.internal, claim.external


def _of(claim: Claim, lang: str, labels: Mapping[str, Text]) -> Fault:
    """A claim that figures contradict, by whichever of the two tests."""
    whose = [
        joined(COLON, labels[test], inside("", VERDICTS[_CONTRADICTED]))
        for test, verdict in zip(("verdict", "by_series"), _verdicts(claim), strict=True)
        if verdict == _CONTRADICTED
    ]
    words = [each for each in (claim.statement, claim.remark) if each is not None]
    stated = claim.figures.get("stated")
    printed = stated.raw if stated is not None else ""
    kind = joined(SEMICOLON, *whose)
    return Fault(claim.id, claim.section, claim.place, printed, kind, words, "", lang)
