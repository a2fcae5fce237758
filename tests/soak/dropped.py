"""Drop every column and table of a project in turn, empty each table and each column, and take away
each part of `annex` and of the descriptor: the check names a problem, or the annex is built.

    python tests/soak/dropped.py [--folder DATA ...] [--check]

By default of the example and of this project. What refers to a thing that is dropped goes with it,
so that the library is asked for what it needs itself. --check: no builds. Prints a line for each
folder; exit code 1 for a traceback, a problem without a place, or a build that fails after a check
that said nothing.
"""

from __future__ import annotations

import argparse
import copy
import csv
import io
import json
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import nbformat

sys.path.insert(0, str(Path(__file__).parent.parent))
from conftest import EXAMPLE, ROOT, notebook
from helpers.annex.cli import main as annex
from helpers.claims import checks
from helpers.locales import read_languages, set_languages

# Shows something of every table that there is, whatever columns it has.
SHOWS = """from helpers import counts, tables
from helpers.present import say
for name in tables.names():
    frame = tables.load(name)
    tables.describe(name)
    if len(frame):
        n = counts.count(frame, overlapping=True)
        say(nl="{n:0} rijen.", en="{n:0} rows.", n=n, source=[name])
    for column in frame:
        known = frame[column][frame[column].notna()]
        if str(frame.dtypes[column]).startswith("quantity") and len(known):
            x = known.iloc[0]
            say(nl="{x:0.0###}", en="{x:0.0###}", x=x)"""


class Case(NamedTuple):
    """A folder with something gone. files: the rows of each table, by its path, header first."""

    name: str
    package: dict
    files: dict[str, list[list[str]]]


def cases(data: Path) -> Iterator[Case]:
    """Every folder in which one thing is gone."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    files = {table["path"]: _rows(data / table["path"]) for table in package["resources"]}

    def case(name: str, change: Callable[[dict, dict], object]) -> Case:
        own = copy.deepcopy(package), copy.deepcopy(files)
        change(*own)
        return Case(name, *own)

    for at, table in enumerate(package["resources"]):
        name, path = table["name"], table["path"]
        yield case(f"without {name}", lambda p, f, at=at: _drop_table(p, f, at))
        yield case(f"{name} empty", lambda _, f, path=path: f[path].__delitem__(slice(1, None)))
        for column in files[path][0]:
            where = f"{name}.{column}"
            yield case(f"without {where}", lambda p, f, at=at, c=column: _drop(p, f, at, c))
            yield case(f"{where} empty", lambda p, f, at=at, c=column: _blank(p, f, at, c))
            yield case(f"{where} odd", lambda p, f, at=at, c=column: _blank(p, f, at, c, "?!"))
    for way in [("annex",), *_ways(package["annex"], ("annex",)), *_top(package)]:
        shown = ".".join(map(str, way))
        yield case(f"without {shown}", lambda p, _, way=way: _remove(p, way))


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def _top(package: dict) -> Iterator[tuple]:
    """The other properties of the package, and those of the first of its tables and columns, with
    the labels of values of every kind."""
    yield from ((name,) for name in package if name != "annex")
    for at, table in enumerate(package["resources"]):
        yield from (("resources", at, name) for name in table if at == 0)
        for number, field in enumerate(table["schema"]["fields"]):
            inside = ("resources", at, "schema", "fields", number)
            seen = at == 0 or field["name"] in ("unit", "theme", "hand", "kind")
            yield from ((*inside, name) for name in field if seen)
            labelled = enumerate(field.get("categories", [])) if seen else ()
            yield from ((*inside, "categories", n, name) for n, c in labelled for name in c)


def _ways(thing: object, way: tuple) -> Iterator[tuple]:
    if isinstance(thing, (dict, list)):
        for key, value in thing.items() if isinstance(thing, dict) else enumerate(thing):
            yield (*way, key)
            yield from _ways(value, (*way, key))


def _remove(package: dict, way: tuple) -> None:
    thing = package
    for step in way[:-1]:
        thing = thing[step]
    del thing[way[-1]]


def _drop_table(package: dict, files: dict, at: int) -> None:
    """A table, and all that names it."""
    gone = package["resources"].pop(at)
    del files[gone["path"]]
    annex = package["annex"]
    annex["roles"] = {role: n for role, n in annex.get("roles", {}).items() if n != gone["name"]}
    annex.get("traced", {}).pop(gone["name"], None)
    for table in package["resources"]:
        keys = table["schema"].get("foreignKeys", [])
        keys[:] = [key for key in keys if key["reference"].get("resource") != gone["name"]]
        for field in table["schema"]["fields"]:
            if field.get("copyOf", {}).get("resource") == gone["name"]:
                del field["copyOf"]
            if field.get("rowOf") == gone["name"]:
                del field["rowOf"]


def _drop(package: dict, files: dict, at: int, column: str) -> None:
    """A column, and all that names it."""
    table = package["resources"][at]
    rows, schema = files[table["path"]], table["schema"]
    place = rows[0].index(column)
    for row in rows:
        del row[place]
    schema["fields"] = [field for field in schema["fields"] if field["name"] != column]
    key = schema.get("primaryKey", [])
    schema["primaryKey"] = [name for name in ([key] if isinstance(key, str) else key)
                            if name != column] or [schema["fields"][0]["name"]]  # fmt: skip
    traced = package["annex"].get("traced", {}).get(table["name"], {})
    traced.pop(column, None)
    if not traced:
        package["annex"].get("traced", {}).pop(table["name"], None)
    for other in package["resources"]:
        keys = other["schema"].get("foreignKeys", [])
        keys[:] = [key for key in keys if not _names(key, other, table, column)]
        for field in other["schema"]["fields"]:
            of = field.get("copyOf", {})
            own = other is table and column in (of.get("key"), *field.get("sameFor", []))
            if own or (of.get("resource"), of.get("field")) == (table["name"], column):
                field.pop("copyOf", None)
                field.pop("sameFor", None)
    table["anyOf"] = [group for group in table.get("anyOf", []) if column not in group]


def _names(key: dict, whose: dict, table: dict, column: str) -> bool:
    """Whether a foreign key has a column, on either side."""
    target = key["reference"].get("resource") or whose["name"]
    there = target == table["name"] and column in _list(key["reference"]["fields"])
    return there or (whose is table and column in _list(key["fields"]))


def _list(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _blank(package: dict, files: dict, at: int, column: str, cell: str = "") -> None:
    """A cell of the first row, whatever the descriptor says of it."""
    table = package["resources"][at]
    rows = files[table["path"]]
    for field in table["schema"]["fields"]:
        if field["name"] == column:
            field.get("constraints", {}).pop("required", None)
    if len(rows) > 1:
        rows[1][rows[0].index(column)] = cell


def write(case: Case, root: Path) -> Path:
    """A project with the tables of a case and a notebook; the folder of its tables."""
    data = root / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    (data / "datapackage.json").write_text(json.dumps(case.package), encoding="utf-8")
    for path, rows in case.files.items():
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(rows)
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_text(stream.getvalue(), encoding="utf-8")
    book = root / "notebooks" / "01_a.ipynb"
    if not book.exists():
        book.parent.mkdir()
        nbformat.write(notebook(SHOWS), book)
    return data


def check(data: Path) -> str:
    """`told` with a problem for which its place, what was found and what is expected are given,
    `silent`, or what should not be."""
    set_languages(read_languages(data))
    try:
        problems = checks.problems(data)
    except Exception:
        return f"traceback of check: {traceback.format_exc(limit=-2)}"
    for problem in problems:
        if not (problem.place and problem.found and problem.expected):
            return f"no place: {problem}"
    return "told" if problems else "silent"


def build(root: Path) -> str:
    """`built`, or how a build fails after a check that said nothing."""
    told = io.StringIO()
    options = ["--project", str(root), "--out", str(root / "annex"), "--no-cache"]
    try:
        with redirect_stdout(told), redirect_stderr(told):
            code = annex(["build", *options])
    except Exception:
        return f"traceback of build: {traceback.format_exc(limit=-2)}"
    lines = told.getvalue().splitlines()
    if code and lines and lines[0].startswith("annex: notebooks/01_a.ipynb"):
        return "told"  # of a notebook that is written for other languages, say
    return f"build fails: {told.getvalue()[-1200:]}" if code else "built"


def campaign(data: Path, root: Path, builds: bool = True) -> tuple[Counter[str], dict[str, str]]:
    """How many cases ended how, and what should not be, by case."""
    figures, wrong = Counter[str](), {}
    for case in cases(data):
        verdict = check(write(case, root))
        if verdict == "silent" and builds:
            verdict = build(root)
        figures[verdict.partition(":")[0]] += 1
        if verdict not in ("told", "silent", "built"):
            wrong[case.name] = verdict
    return figures, wrong


def main() -> int:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", nargs="+", type=Path, default=[EXAMPLE / "data", ROOT / "data"])
    parser.add_argument("--check", action="store_true")
    chosen, failed = parser.parse_args(), False
    for data in chosen.folder:
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="d-") as place:
            figures, wrong = campaign(data, Path(place), not chosen.check)
        for name, verdict in wrong.items():
            print(f"{name}: {verdict}")
        counted = ", ".join(f"{kind} {number}" for kind, number in sorted(figures.items()))
        print(f"{data}: {figures.total()} cases, {counted}; {time.monotonic() - start:.0f} s")
        failed |= bool(wrong)
    return failed


if __name__ == "__main__":
    sys.exit(main())
