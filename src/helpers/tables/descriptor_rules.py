"""Rules that a descriptor gives beyond Data Package: what cells have to do with each other.

Of a field: `copyOf` (its cells repeat those of another table), `rowOf` (they name a row of some
table), `sameFor` (they are the same in all rows that agree in the columns named). Of a table:
`anyOf` (groups of columns of which a row fills at least one). What is said in one language is said
in the other, and what ends does not end before it starts, rule or not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from ..language import is_missing
from . import descriptor, evidence_frames, frames

# Row, column, what was found, what would be right and, where it is not obvious, what to do.
Told = Iterator[tuple[int, str, str, str] | tuple[int, str, str, str, str]]


def faults(name: str, data: Path) -> Told:
    """Every cell of a table that breaks a rule; all tables are valid in themselves."""
    frame, table = frames.load(name, data), descriptor.read(data)[name]
    for field in table["schema"]["fields"]:
        if "copyOf" in field:
            yield from _unlike(frame, field["name"], field["copyOf"], data)
        if "sameFor" in field:
            yield from _uneven(frame, field["name"], field["sameFor"])
        if field.get("rowOf") == "any":
            yield from _astray(frame, field["name"], data)
    yield from _half_said(frame)
    yield from _backwards(frame, table)
    for group in table.get("anyOf", []):
        for row in frame.index[frame[group].isna().all(axis=1)]:
            yield row + 2, ", ".join(group), "empty cells", f"{' or '.join(group)} filled in"


def _keys(name: str, data: Path) -> list[str]:
    return evidence_frames.keys(frames.load(name, data), descriptor.read(data)[name])


def _shown(cell) -> str:
    if is_missing(cell):
        return "an empty cell"
    return repr(cell) if isinstance(cell, str) else str(cell)


def _unlike(frame, column: str, of: dict, data: Path) -> Told:
    """Cells that differ from those of another table that they repeat: of the row whose key stands
    in the column `key`, in the column `field`."""
    other = frames.load(of["resource"], data)[of["field"]]
    originals = dict(zip(_keys(of["resource"], data), other, strict=True))
    for row, (key, cell) in enumerate(zip(frame[of["key"]], frame[column], strict=True), 2):
        original = originals.get(str(key))  # a key may be a number, such as a year
        missing = is_missing(cell), is_missing(original)  # which equals nothing, itself included
        if not (is_missing(key) or all(missing)) and (any(missing) or cell != original):
            where = f"{of['resource']}, row {key}, column {of['field']}"
            yield row, column, _shown(cell), f"{_shown(original)}, as in {where}"


def _half_said(frame) -> Told:
    """Cells that say something in one language beside an empty cell for the other."""
    for column in [c for c in frame if c.endswith("_nl") and f"{c[:-3]}_en" in frame]:
        pair = frame[[column, f"{column[:-3]}_en"]]
        for row, empty in enumerate(pair.isna().itertuples(index=False), 2):
            if sum(empty) == 1:
                bare, other = pair.columns if empty[0] else pair.columns[::-1]
                yield row, bare, "an empty cell", f"in words what {other} says"


def _backwards(frame, table: dict) -> Told:
    """Ends that lie before their starts: numbers, or periods as far as both are told."""
    kinds = {
        name: "period" if field.get("period") else "number"
        for name, field in descriptor.fields(table).items()
        if field.get("period") or field["type"] in ("integer", "number")
    }
    for end in kinds:
        start = re.sub("(^|_)end$", r"\1start", end)
        if start == end or kinds.get(start) != kinds[end]:
            continue
        for row, cells in enumerate(zip(frame[start], frame[end], strict=True), 2):
            if any(map(is_missing, cells)):
                continue
            first, last = cells
            if kinds[end] == "period":
                told = min(len(str(first)), len(str(last)))
                first, last = str(first)[:told], str(last)[:told]
            if first > last:
                yield row, end, str(cells[1]), f"{cells[0]} or later, as {start} has it"


def _uneven(frame, column: str, alike: list[str]) -> Told:
    """Cells that differ from those of the rows that agree with theirs in the columns of `sameFor`;
    where as many say one thing as another, the later ones are named."""
    groups = defaultdict(list)
    texts = frame[[column, *alike]].astype(object).where(frame[[column, *alike]].notna(), "")
    for row, (cell, *key) in enumerate(texts.itertuples(index=False), 2):
        groups[", ".join(map(str, key))].append((row, str(cell).lower()))
    for where, cells in groups.items():
        usual = Counter(cell for _, cell in cells).most_common(1)[0][0]  # of as many, the first
        for row, cell in cells:
            if cell != usual:
                expected = f"{usual or 'an empty cell'}, as in other rows of {where}"
                yield row, column, cell or "an empty cell", expected


def _astray(frame, column: str, data: Path) -> Told:
    """Cells that name a row of whatever table where there is none."""
    known = {key for name in descriptor.read(data) for key in _keys(name, data)}
    for row, cell in enumerate(frame[column], 2):
        if not is_missing(cell) and cell not in known:
            yield row, column, repr(cell), "the key of a row of a table"
