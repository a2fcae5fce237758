"""Claims that rest on their own premise: a row that a claim compares was read by means of another
row that it compares, so that the two agree whatever the text means.

A row says so itself: `inferred` names the columns that its text does not print, `read_with` the
rows by means of which they were read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import Problem
from ..language import is_missing
from ..tables import descriptor, evidence_frames, frames, roles
from ..tables.descriptor_rules import named
from ..tables.roles import Role
from .ledger import Ledger
from .verdicts import AMONG_ROWS, EVENTS

_DATES = {"date", "year", "month"}


class _Reading(NamedTuple):
    """How a row was read: the columns that were inferred, and the keys of the rows that helped."""

    inferred: set[str]
    read_with: list[str]


def problems(ledger: Ledger) -> Iterator[Problem]:
    """Every claim that compares rows of which one was read by means of another, directly or by
    way of further rows. Rows of one input are compared only by operations in `AMONG_ROWS`."""
    readings = _readings(ledger.data)
    resources = descriptor.read(ledger.data)
    file = Path(resources[roles.table(Role.CLAIMS, ledger.data)]["path"]).name
    for claim in ledger.findings().itertuples():
        compared, among = list(_compared(claim, ledger)), claim.operation in AMONG_ROWS
        for keys, columns in compared:
            others = [rows for rows, _ in compared if among or rows is not keys]
            for key in sorted(readings.keys() & keys):
                relevant = readings[key].inferred & columns
                against = {each for rows in others if among or key not in rows for each in rows}
                if relevant and (helped := _helped(key, readings) & against - {key}):
                    yield Problem(
                        f"{file}, row {claim.id}",
                        f"{key}, whose {', '.join(sorted(relevant))} was read with "
                        f"{', '.join(sorted(helped))}, which the claim compares it with",
                        "rows that were read without each other",
                        "Empty its inputs, and say in its remark what would settle it",
                    )


def _readings(data: Path) -> dict[str, _Reading]:
    found = {}
    for name, table in descriptor.read(data).items():
        fields = descriptor.fields(table)
        if not {"inferred", "read_with"} <= fields.keys():
            continue
        periods = {column for column, field in fields.items() if field.get("period")}
        frame = frames.load(name, data)
        keys = evidence_frames.keys(frame, table)
        for key, inferred, helped in zip(keys, frame.inferred, frame.read_with, strict=True):
            if others := named(helped):  # what a number is of is compared, not its period
                found[key] = _Reading({*named(inferred)} - periods, others)
    return found


def _compared(claim, ledger: Ledger) -> Iterator[tuple[set[str], set[str]]]:
    """For each input of a claim, the keys of its rows and the columns that count: all of the row
    of a number, or of rows that are counted."""
    dated = claim.operation in EVENTS
    tables = descriptor.read(ledger.data)
    for cell in (claim.claimed, claim.inputs, claim.series):
        for used in [] if is_missing(cell) else ledger.used(cell):
            wanted, _, column = used.item.partition(">")
            conditions = wanted.partition(":")[2].split(",")
            columns = {part.partition("=")[0] for part in conditions if part}
            columns |= {column} if column else _DATES
            counted = column in descriptor.primary_key(tables[used.table])
            if ":" not in wanted or counted or not dated:
                columns = {*descriptor.fields(tables[used.table])}
            yield {*used.keys}, columns


def _helped(key: str, readings: dict[str, _Reading]) -> set[str]:
    """The rows by means of which a row was read, and those by means of which these were."""
    found: set[str] = set()
    todo = [key]
    while todo:
        reading = readings.get(todo.pop())
        further = {*reading.read_with} - found if reading else set()
        found |= further
        todo += further
    return found
