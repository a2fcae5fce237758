"""Warns of a sum, or a mean, that counts the same things twice."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..errors import warn_of_overlap
from .bounded import Bounded
from .derivation import Derivation
from .rows import Overlapping, Row


def check(cells: Iterable[Bounded]) -> None:
    """Warn if some of these cells are the same one, or of rows that overlap."""
    for own in _by_column(cells):
        keys = [row.key for row in own]
        if len(set(keys)) < len(keys):
            _warn_of_repetition(own[0].table, next(key for key in keys if keys.count(key) > 1))
        else:
            _check(own)


def check_overlap(cells: Iterable[Bounded]) -> None:
    """As `check`, where the same cell twice is meant, as in `a + a`."""
    for own in _by_column(cells):
        _check(own)


def _by_column(cells: Iterable[Bounded]) -> list[list[Row]]:
    """The rows of cells as read, and of what is made of one of them, such as a thousandth; two or
    more of a column."""
    found: dict[tuple[str, str], list[Row]] = {}
    for cell in cells:
        origin = cell.origin
        while isinstance(origin, Derivation) and len(origin.inputs) == 1:
            (only,) = origin.inputs.values()
            origin = only.origin
        if isinstance(origin, Row):
            found.setdefault((origin.table, origin.column), []).append(origin)
    return [rows for rows in found.values() if len(rows) > 1]


def _check(rows: list[Row]) -> None:
    overlaps, places = rows[0].overlaps, [row.position for row in rows]
    if overlaps and (len(rows) > 2 or overlaps.touch(*places)):
        _warn(overlaps, np.array(places))


def check_positions(table: str, keys, at: np.ndarray, overlaps: Overlapping | None) -> None:
    """As `check`, of cells of one column as read, by position."""
    times = np.bincount(at) if len(at) else at
    if len(times) and times.max() > 1:
        _warn_of_repetition(table, keys[int(times.argmax())])
    elif overlaps:
        _warn(overlaps, at)


def _warn(overlaps: Overlapping, at: np.ndarray) -> None:
    if message := overlaps.warning(at):
        warn_of_overlap(message)


def _warn_of_repetition(table: str, key: str) -> None:
    warn_of_overlap(
        f"{table}: the row {key} is counted more than once, as after a merge that repeats rows. "
        "Take each row once, such as frame.drop_duplicates(subset=[its key])"
    )
