"""The evidence of a number, its inputs down to the rows, as JSON data for an output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import EvidenceError, Problem
from .arithmetic import Quantity
from .derivation import Derivation
from .rows import Row


def walk(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """The quantities and, recursively, their inputs: each once, inputs first."""
    seen: dict[str, Quantity] = {}

    def down(item: Quantity) -> Iterator[Quantity]:
        item = item.written_from or item
        if item.id in seen:
            _check_same(seen[item.id], item)
            return
        seen[item.id] = item
        if isinstance(item.origin, Derivation):
            for part in item.origin.inputs.values():
                yield from down(part)
        yield item

    for item in quantities:
        yield from down(item)


def _check_same(one: Quantity, other: Quantity) -> None:
    """Two results of one formula and its inputs are one number: a link leads to one entry."""
    same = (one.value, one.bounds, one.unit) == (other.value, other.bounds, other.unit)
    if not same and isinstance(one.origin, Derivation):
        expected = "one value for one formula and its inputs"
        remedy = "Say in the formula, or the method, what tells them apart"
        raise EvidenceError(
            Problem(f"quantity {one.id}", f"{one!r} and {other!r}", expected, remedy)
        )


def sources(quantities: Iterable[Quantity]) -> tuple[list[str], list[str]]:
    """The ids to cite for rows (a reported number, or the source of a series), and for counts (the
    sections or sources of the rows counted). Each once, in order of use."""
    rows: dict[str, None] = {}
    counted: dict[str, None] = {}
    for item in walk(quantities):
        if isinstance(item.origin, Row):
            rows[item.origin.source] = None
        elif item.origin is not None:
            counted |= dict.fromkeys(item.origin.sources)
    return list(rows), list(counted)


def record(item: Quantity) -> dict:
    """A quantity as JSON data, in the unit of its row or derivation.

    Keys: `id`, `value`, `low`, `high`, `unit`, `period`, and `row` or `derivation`. `None` is an
    unknown value or no bound.
    """
    item = item.written_from or item
    low, high = item.bounds.low, item.bounds.high
    plain = {
        "id": item.id,
        "value": None if item.value is None else _number(item.value),
        "low": None if low is None else _number(low),
        "high": None if high is None else _number(high),
        "unit": item.unit,
        "period": list(item.period),
    }
    origin = item.origin
    assert origin is not None  # of what a page shows
    if isinstance(origin, Row):
        names = ("table", "key", "column", "raw", "source")
        return {**plain, "row": {name: getattr(origin, name) for name in names}}
    return {**plain, "derivation": origin.record()}


def _number(exact) -> int | float:
    return int(exact) if exact.denominator == 1 else float(exact)
