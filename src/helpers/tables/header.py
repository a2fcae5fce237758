"""Checks the header of a table: its column names, in the order of the descriptor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..errors import quoted
from ..files.folders import FILE

_WRONG_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}  # instead of commas


def faults(header: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Problems of a header: found, expected, and the column, empty for the whole row."""
    if len(header) == 1 < len(wanted):
        for separator, name in _WRONG_SEPARATORS.items():
            if sorted(header[0].split(separator)) == sorted(wanted):
                yield f"{name} between the columns", "commas, in every row", ""
                return
    for name, times in sorted(Counter(header).items()):
        shown = quoted(name)
        if times > 1:
            yield f"column {shown} {times} times", "each column once", shown[1:-1]
        if name not in wanted:
            expected = f"one of {', '.join(wanted)}, or describe it in {FILE}"
            yield f"column {shown}", expected, shown[1:-1]
    for name in wanted:
        if name not in header:
            yield "no such column", f"the columns {', '.join(wanted)}", name
    if sorted(header) == sorted(wanted) and list(header) != list(wanted):
        yield ", ".join(header), f"the order {', '.join(wanted)}", ""
