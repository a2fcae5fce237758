"""Checks of rules between cells that the descriptor gives in addition to Data Package.

Of a field: `copyOf` (its cells repeat those of another table), `rowOf` (they are keys of rows of
one table or any, joined with semicolons), `sameFor` (they are equal in all rows that have the same
values in the columns named), `overlap` if it is `repeats` (they name a row that itself repeats
none). Of a table: `anyOf` (groups of columns of which a row fills at least one). Three rules apply
always: a text in one language has its translation, nothing ends before it starts, and what
`inferred` and `read_with` name exists.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from ..files import reading
from ..language import is_missing
from . import descriptor, evidence_frames, frames, overlaps, translations

# Row, column, found, expected and, if there is one, a remedy.
CellProblems = Iterator[tuple[int, str, str, str] | tuple[int, str, str, str, str]]


def faults(name: str, data: Path) -> CellProblems:
    """Every cell of a table that breaks a rule. Every table must have passed `frames.problems`."""
    frame, table = frames.load(name, data), descriptor.read(data)[name]
    for field in table["schema"]["fields"]:
        if "copyOf" in field:
            yield from _differing_copies(frame, field, data)
        if "sameFor" in field:
            yield from _inconsistent(frame, field["name"], field["sameFor"])
        if "rowOf" in field:
            yield from _unknown_rows(frame, field["name"], field["rowOf"], data)
        if field.get("overlap") == overlaps.REPEATS:
            yield from _repeats_of_repeats(frame, field["name"], table)
    if {"inferred", "read_with"} <= {*frame}:
        yield from _wrongly_inferred(frame, table, data)
    yield from translations.untranslated_cells(frame)
    yield from _ends_before_starts(frame, table)
    for group in table.get("anyOf", []):
        for row in frame.index[frame[group].isna().all(axis=1)]:
            yield row + 2, ", ".join(group), "empty cells", f"{' or '.join(group)} filled in"


def _keys(name: str, data: Path) -> list[str]:
    return evidence_frames.keys(frames.load(name, data), descriptor.read(data)[name])


def _shown(cell) -> str:
    if is_missing(cell):
        return "an empty cell"
    return repr(cell) if isinstance(cell, str) else str(cell)


def _differing_copies(frame, field: dict, data: Path) -> CellProblems:
    """Cells that differ from their original: the column of the other table that `copyOf` names, in
    the row whose key is in its `key` column of this table; in the same unit, if both have one."""
    of, column = field["copyOf"], field["name"]
    table = frames.load(of["resource"], data)
    of_field = descriptor.fields(descriptor.read(data)[of["resource"]])[of["field"]]
    units = table["unit"] if "unit" in table else [of_field.get("unit", "")] * len(table)
    pairs = zip(table[of["field"]], units, strict=True)
    originals = dict(zip(_keys(of["resource"], data), pairs, strict=True))
    for row, (key, cell) in enumerate(zip(frame[of["key"]], frame[column], strict=True), 2):
        original, unit = originals.get(str(key), (None, ""))  # a key may be a number, as a year
        where = f"{of['resource']}, row {key}, column {of['field']}"
        missing = is_missing(cell), is_missing(original)  # NaN is not equal to itself
        if not (is_missing(key) or all(missing)) and (any(missing) or cell != original):
            yield row, column, _shown(cell), f"{_shown(original)}, as in {where}"
        if "unit" in field and not is_missing(unit) and unit not in ("", field["unit"]):
            yield row, column, f"the unit {field['unit']}", f"{unit}, as in {where}"


def _ends_before_starts(frame, table: dict) -> CellProblems:
    """Rows whose end (a number or a period) is before its start; periods of different precision
    (year, month, day) are compared in the lower one."""
    kinds = {
        name: "period" if field.get("period") else "number"
        for name, field in descriptor.fields(table).items()
        if field.get("period") or field["type"] in ("integer", "number")
    }
    for end in kinds:
        start = re.sub("(^|_)end$", r"\1start", end)
        if start == end or kinds.get(start) != kinds[end]:
            continue
        for row, *cells in frame[[start, end]].dropna().itertuples():
            first, last = cells
            if kinds[end] == "period":
                precision = min(len(str(first)), len(str(last)))
                first, last = str(first)[:precision], str(last)[:precision]
            if first > last:
                yield row + 2, end, str(cells[1]), f"{cells[0]} or later, as {start} has it"


def _inconsistent(frame, column: str, alike: list[str]) -> CellProblems:
    """Cells that differ from the most frequent value of the rows with the same values in the
    columns of `sameFor`; of equally frequent values, the first counts as the most frequent."""
    groups = defaultdict(list)
    texts = frame[[column, *alike]].astype(object).where(frame[[column, *alike]].notna(), "")
    for row, (cell, *key) in enumerate(texts.itertuples(index=False), 2):
        groups[", ".join(map(str, key))].append((row, str(cell).lower()))
    for where, cells in groups.items():
        usual = Counter(cell for _, cell in cells).most_common(1)[0][0]  # or the first
        for row, cell in cells:
            if cell != usual:
                expected = f"{usual or 'an empty cell'}, as in other rows of {where}"
                yield row, column, cell or "an empty cell", expected


def _repeats_of_repeats(frame, column: str, table: dict) -> CellProblems:
    """Rows that repeat a row which itself repeats another, or themselves."""
    of = dict(zip(evidence_frames.keys(frame, table), frame[column], strict=True))
    for row, (key, cell) in enumerate(of.items(), 2):
        if not is_missing(cell) and not is_missing(root := of.get(cell)):
            found = f"{cell}, whose own {column} is {root}"
            yield row, column, found, "a row that repeats none", f"Write {root}" * (root != key)


def named(cell) -> list[str]:
    """The names in a cell that joins them with semicolons; none in an empty one."""
    return [] if is_missing(cell) else [part.strip() for part in cell.split(";")]


def _wrongly_inferred(frame, table: dict, data: Path) -> CellProblems:
    """Names in `inferred` that are no filled column of the row, and in `read_with` that are no
    other row of any table; and rows read with others of which nothing was inferred."""
    known, own = _all_keys(data), evidence_frames.keys(frame, table)
    records = zip(own, frame.to_dict("records"), strict=True)
    for row, (key, cells) in enumerate(records, 2):
        for column in named(cells["inferred"]):
            if column not in cells:
                yield row, "inferred", repr(column), "a column of this table"
            elif is_missing(cells[column]):
                yield row, "inferred", f"{column}, which is empty", "a column that is filled in"
        for other in named(cells["read_with"]):
            if other not in known or other == key:
                yield row, "read_with", repr(other), "the key of another row of a table"
        if not is_missing(cells["read_with"]) and is_missing(cells["inferred"]):
            yield row, "inferred", "an empty cell", "the columns that read_with helped to infer"


def _all_keys(data: Path) -> set[str]:
    names = descriptor.read(data)
    return reading.once(("keys", data), lambda: {k for name in names for k in _keys(name, data)})


def _unknown_rows(frame, column: str, of: str, data: Path) -> CellProblems:
    """Names in a `rowOf` column that are the key of no row of that table, or of any; or twice."""
    known = _all_keys(data) if of == "any" else {*_keys(of, data)}
    where = "a table" if of == "any" else of
    for row, cell in enumerate(frame[column], 2):
        for name, times in Counter(named(cell)).items():
            if name not in known:
                yield row, column, repr(name), f"the key of a row of {where}"
            elif times > 1:
                yield row, column, f"{name} {times} times", "each row once"
