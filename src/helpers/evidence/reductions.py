"""Many numbers in one: the sum, mean, median, smallest or largest of quantities.

The evidence of a few numbers is a formula with all of them, that of many names their rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..limits import FORMULA_INPUTS
from ..messages import _
from . import added_rows
from .arithmetic import Quantity, exact_count, total
from .column import ReadColumn
from .derivation import Derivation, Later
from .rows import Row, natural_order, span
from .scaled import scaled

NAMES = {
    "sum": _("sum"), "mean": _("mean"),
    "median": _("median"), "min": _("smallest"),
    "max": _("largest"),
}  # fmt: skip
ROWS = _("number of these rows")


def reduce(how: str, cells: Sequence[Quantity]) -> Quantity:
    """The `sum`, `mean`, `median`, `min` or `max` of at least one quantity with an origin, in the
    unit of the first. Raises `EvidenceError` for units that do not convert into it."""
    if how == "sum" and len(cells) <= FORMULA_INPUTS:
        return total(cells)
    if how in ("sum", "mean"):
        added_rows.check(cells)
    few = len(cells) <= FORMULA_INPUTS
    return running(how, cells) if few else _reduced(how, cells, _of_tables(how, cells))


def running(how: str, cells: Sequence[Quantity]) -> Quantity:
    """As `reduce`, of few quantities, with a formula of them even if they are sums themselves."""
    alike = [cell.to(cells[0].unit) for cell in cells]
    return _reduced(how, alike, _formula(how, alike))


def _reduced(how: str, cells: Sequence[Quantity], origin: Derivation) -> Quantity:
    alike = [cell.to(cells[0].unit) for cell in cells]
    sides = [q.value for q in alike], [q.bounds.low for q in alike], [q.bounds.high for q in alike]
    value, bounds = scaled(sides).reduced(how)
    return Quantity(value, bounds, alike[0].unit, origin, span([q.period for q in alike]))


def reduce_column(how: str, column: ReadColumn, at: np.ndarray, unit: str) -> Quantity:
    """As `reduce`, of cells as read that all have values, by position; the column has one unit."""
    if how in ("sum", "mean"):
        added_rows.check_positions(column.table, column.keys, at, column.overlaps)
    value, bounds = column.chosen(at).reduced(how)
    keys = Later(lambda: sorted((column.keys[i] for i in at.tolist()), key=natural_order))
    sources = Later(lambda: column.cited(at))
    called = NAMES[how]
    words = _("{} of {} in these rows").format(called, column.name)
    origin = Derivation(how, words, {}, column.table, keys, sources, name=called)
    return Quantity(value, bounds, column.unit, origin, column.period(at)).to(unit)


def row_count(table: str, rows: Sequence[str], sources: Sequence[str], period=()) -> Quantity:
    """The number of rows of a table, by their keys; sources: the ids to cite."""
    name = _("number of {unit}")
    origin = Derivation("count", ROWS, {}, table, rows, sources, name=name)
    return exact_count(len(rows), f"{table}.rows", origin, period)


def rows_behind(cells: Sequence[Quantity]) -> dict[str, Quantity]:
    """The rows that quantities were computed from, counted by table, as inputs of a derivation."""
    keys: dict[str, dict[str, None]] = {}
    cited: dict[str, dict[str, None]] = {}
    seen: set[str] = set()
    queue = list(cells)
    while queue:
        cell = queue.pop()
        if cell.id in seen or cell.origin is None:
            continue
        seen.add(cell.id)
        origin = cell.origin
        if isinstance(origin, Row):
            keys.setdefault(origin.table, {})[origin.key] = None
            cited.setdefault(origin.table, {})[origin.source] = None
        else:
            queue += origin.inputs.values()
            if origin.table:
                keys.setdefault(origin.table, {}).update(dict.fromkeys(origin.rows))
                cited.setdefault(origin.table, {}).update(dict.fromkeys(origin.sources))
    return {
        f"rows{number}": row_count(
            table, tuple(sorted(keys[table], key=natural_order)), tuple(sorted(cited[table]))
        )
        for number, table in enumerate(sorted(keys), 1)
    }


def _formula(how: str, cells: Sequence[Quantity]) -> Derivation:
    named = {f"a{number}": cell for number, cell in enumerate(cells, 1)}
    added, listed, called = " + ".join(named), ", ".join(named), NAMES[how]
    formula = {"sum": added, "mean": f"({added}) / {len(named)}"}.get(how)
    words = _("{} of {}").format(called, listed)
    return Derivation(how, formula or words, named, name=called)


def _of_tables(how: str, cells: Sequence[Quantity]) -> Derivation:
    called = NAMES[how]
    words = _("{} of numbers from these rows").format(called)
    parts = "\n".join(f"{cell.id} in {cell.unit}" for cell in cells)
    return Derivation(how, words, rows_behind(cells), name=called, parts=parts)
