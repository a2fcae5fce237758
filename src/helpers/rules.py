"""Rules that a descriptor gives beyond Data Package: what cells have to do with each other.

Of a field: `copyOf` (its cells repeat those of another table), `rowOf` (they name a row of some
table), `sameFor` (they are the same in all rows that agree in the columns named). Of a table:
`anyOf` (groups of columns of which a row fills at least one). What is said in one language is said
in the other, rule or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from . import package, readings, tables
from .errors import Problem
from .language import is_missing


def problems(data: Path) -> list[Problem]:
    """Every cell that breaks a rule, by file, row and column; tables are valid in themselves."""
    found, resources = [], package.read(data)
    for name, table in resources.items():
        found += _unlike(name, table, resources, data) + _half_said(name, table, data)
        found += _uneven(name, table, data) + _bare(name, table, data)
    return found + _astray(resources, data)


def _unlike(name: str, table: dict, resources: dict, data: Path) -> list[Problem]:
    """Cells that repeat one of another table (`copyOf` in the descriptor: the column whose value
    is a key of that table, and its column) and differ from it."""
    found = []
    for field in table["schema"]["fields"]:
        if not (of := field.get("copyOf")):
            continue
        column, other = field["name"], tables.load(of["resource"], data)
        originals = dict(
            zip(readings.keys(other, resources[of["resource"]]), other[of["field"]], strict=True)
        )
        frame = tables.load(name, data)
        for row, (key, cell) in enumerate(zip(frame[of["key"]], frame[column], strict=True), 2):
            original = originals.get(key)
            if is_missing(key) or cell == original or (is_missing(cell) and is_missing(original)):
                continue
            place = f"{data / table['path']}, row {row}, column {column}"
            shown = ["an empty cell" if is_missing(c) else repr(c) for c in (cell, original)]
            expected = f"{shown[1]}, as in {of['resource']}, row {key}, column {of['field']}"
            found.append(Problem(place, shown[0], expected))
    return found


def _half_said(name: str, table: dict, data: Path) -> list[Problem]:
    """Cells that say something in one language beside an empty cell for the other."""
    found, frame = [], tables.load(name, data)
    for column in [c for c in frame if c.endswith("_nl") and f"{c[:-3]}_en" in frame]:
        pair = frame[[column, f"{column[:-3]}_en"]]
        for row, empty in enumerate(pair.isna().itertuples(index=False), 2):
            if sum(empty) == 1:
                bare, other = pair.columns if empty[0] else pair.columns[::-1]
                place = f"{data / table['path']}, row {row}, column {bare}"
                found.append(Problem(place, "an empty cell", f"in words what {other} says"))
    return found


def _uneven(name: str, table: dict, data: Path) -> list[Problem]:
    """Cells that differ from those of the rows that agree with theirs in the columns of `sameFor`;
    where as many say one thing as another, the later ones are named."""
    found = []
    for field in table["schema"]["fields"]:
        if not (alike := field.get("sameFor")):
            continue
        column, groups = field["name"], defaultdict(list)
        for number, row in enumerate(tables.load(name, data).to_dict("records"), 2):
            cell = "" if is_missing(row[column]) else str(row[column])
            key = ["" if is_missing(row[part]) else str(row[part]) for part in alike]
            groups[", ".join(key)].append((number, cell.lower()))
        for where, cells in groups.items():
            usual = Counter(cell for _, cell in cells).most_common(1)[0][0]  # of as many, the first
            for number, cell in cells:
                if cell != usual:
                    place = f"{data / table['path']}, row {number}, column {column}"
                    expected = f"{usual or 'an empty cell'}, as in other rows of {where}"
                    found.append(Problem(place, cell or "an empty cell", expected))
    return found


def _bare(name: str, table: dict, data: Path) -> list[Problem]:
    """Rows that fill none of a group of columns."""
    found, frame = [], tables.load(name, data)
    for group in table.get("anyOf", []):
        for row in frame.index[frame[group].isna().all(axis=1)]:
            place = f"{data / table['path']}, row {row + 2}, column {', '.join(group)}"
            found.append(Problem(place, "empty cells", f"{' or '.join(group)} filled in"))
    return found


def _astray(resources: dict, data: Path) -> list[Problem]:
    """Cells that name a row of whatever table (`rowOf` in the descriptor) where there is none."""
    marked = [
        (name, field["name"])
        for name, table in resources.items()
        for field in table["schema"]["fields"]
        if field.get("rowOf") == "any"
    ]
    if not marked:
        return []
    known = {k for n, t in resources.items() for k in readings.keys(tables.load(n, data), t)}
    return [
        Problem(
            f"{data / resources[name]['path']}, row {row}, column {column}",
            repr(cell), "the key of a row of a table",
        )
        for name, column in marked
        for row, cell in enumerate(tables.load(name, data)[column], 2)
        if not is_missing(cell) and cell not in known
    ]  # fmt: skip
