"""Whether notebooks give the same twice on the same inputs; if not, chance explains much."""

from __future__ import annotations

from ..plan.plan import Plan

_SHOWN = 60  # characters of a cell's first line


def varying(one: Plan, other: Plan) -> dict[str, str]:
    """The notebooks that gave something else in two runs, each with the first line of the first
    cell that did."""
    found = {}
    for path in one.paths:
        # A run that was not kept has no cells to compare.
        cells = zip(one.cells(path.stem), other.cells(path.stem), strict=False)
        code = next((code for (code, given), (_, again) in cells if given != again), None)
        if code is not None:
            first = next(filter(str.strip, code.splitlines()), "").strip()
            found[path.stem] = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}..."
    return found
