"""What becomes of a spoiled table: it is refused, or what the annex says is another thing.

What the annex says is asked in this process, without pages and without drawing: the register with
its errors and publications, and all that the notebooks show. It is less than a build makes, so a
slip that is not seen here is held against a build as well (`built`).
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tabled import DESCRIPTOR, Mutant

ROOT = Path(__file__).resolve().parents[2]
REJECTED, ELSEWHERE, STOPPED, CHANGED = "rejected", "rejected elsewhere", "stopped", "changed"
SAME, UNNAMED, CRASHED = "same", "rejected without a place", "crashed"


@dataclass(frozen=True)
class Verdict:
    """kind: one of the words above. told: the problem, or where the change was seen."""

    kind: str
    told: str = ""


class Judge:
    """A copy of the data folder in which one file at a time is spoiled.

    The copy keeps its place, so that what did not change is not parsed again. books: names of the
    notebooks that are asked; all of them for `None`.
    """

    def __init__(self, folder: Path, books: Collection[str] | None = None):
        from helpers.annex.plan.plan import numbered

        self.data = Path(shutil.copytree(ROOT / "data", folder / "data"))
        os.environ["ANNEX_DATA"] = str(self.data)
        os.environ.setdefault("MPLBACKEND", "agg")
        self._books = {
            path.stem: _code(path)
            for path in numbered(ROOT / "notebooks")
            if books is None or path.stem in books
        }
        self._readers: dict[str, set[str]] = {}
        self._known = dict(self._facts(list(self._books)))
        self._readers = {name: _read(self.data, shown) for name, shown in self._reads.items()}

    @functools.cached_property
    def used(self) -> set[tuple[str, str]]:
        """Table and key of every row that a number or a claim of the annex rests on."""
        return {row for part in self._known.values() for row in _rows(json.loads(part))}

    def verdict(self, mutant: Mutant) -> Verdict:
        """What becomes of a mutant."""
        from helpers.claims import checks
        from helpers.errors import AnnexError, DataError

        with self._spoiled([mutant]):
            try:
                ledger = checks.sound(self.data)
            except DataError as error:
                return _refused(mutant, error.problems)
            except Exception as error:
                return Verdict(CRASHED, f"check: {type(error).__name__}: {error}")
            try:
                for part, shown in self._facts(self._concerned(mutant), ledger):
                    if shown != self._known[part]:
                        return Verdict(CHANGED, part)
            except _Stopped as error:
                return Verdict(STOPPED, str(error))
            except AnnexError as error:
                return Verdict(STOPPED, f"register: {error}")
            except Exception as error:
                return Verdict(CRASHED, f"register: {type(error).__name__}: {error}")
        return Verdict(SAME)

    def _concerned(self, mutant: Mutant) -> list[str]:
        if mutant.path == DESCRIPTOR:
            return list(self._books)
        return [name for name, files in self._readers.items() if mutant.path in files]

    def refused(self, mutant: Mutant) -> list[str]:
        """Why a valid variation is refused; nothing when it is not."""
        from helpers.claims import checks

        with self._spoiled([mutant]):
            return [str(problem) for problem in checks.problems(self.data)]

    def numbers(self, mutants: list[Mutant]) -> list[str]:
        """What is wrong with valid variations of several files at once: parts that say other
        numbers than before."""
        with self._spoiled(mutants):
            found = dict(self._facts(list(self._books)))
        return [part for part in found if _figures(found[part]) != _figures(self._known[part])]

    @contextlib.contextmanager
    def _spoiled(self, mutants: list[Mutant]) -> Iterator[None]:
        paths = [self.data / mutant.path for mutant in mutants]
        before = [path.read_bytes() for path in paths]
        for path, mutant in zip(paths, mutants, strict=True):
            path.write_bytes(mutant.content)
        try:
            yield
        finally:
            for path, content in zip(paths, before, strict=True):
                path.write_bytes(content)

    def _facts(self, books: list[str], ledger=None) -> Iterator[tuple[str, str]]:
        """What the register and each notebook says, cheapest first."""
        from helpers.annex.register.entries import Register
        from helpers.claims import checks
        from helpers.tables import sources

        register = Register(self.data, ledger or checks.sound(self.data)).printed([])
        published = sources.publications(self.data)
        yield "register", _registered(register)
        self._reads = getattr(self, "_reads", {})
        for name in sorted(books, key=lambda name: name.startswith("00")):
            namespace = {}
            with _shown() as (bundles, opened):
                for number, code in enumerate(self._books[name], 1):
                    _run(name, number, code, namespace)
            self._reads[name] = opened
            rows = [{"table": table, "key": key} for table, key in {*_rows(bundles, True)}]
            cited = {getattr(register.row(row), "source", "") for row in rows}
            shown = [bundles, [each[1:] for each in published if each.id in cited]]
            yield name, json.dumps(shown, ensure_ascii=False, sort_keys=True, default=str)


class _Stopped(Exception):
    """A notebook's cell fails on the data."""


def _code(path: Path) -> list:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return [compile(source, path.name, "exec") for source in sources]


def _run(name: str, number: int, code, namespace: dict) -> None:
    try:
        exec(code, namespace)
    except Exception as error:
        told = str(error).splitlines()[0] if str(error) else ""
        raise _Stopped(f"{name}, code cell {number}: {type(error).__name__}: {told}") from error


_LISTENERS: list[list[str]] = []


def _listen(event: str, arguments: tuple) -> None:
    if event == "open" and _LISTENERS:
        _LISTENERS[-1].append(str(arguments[0]))


sys.addaudithook(_listen)


@contextlib.contextmanager
def _shown() -> Iterator[tuple[list, list]]:
    """What is shown in the block, pictures left out, and the files that it opens."""
    from helpers import present
    from helpers.charts import Chart

    bundles, opened = [], []
    before = present.publish_display_data, Chart.svg
    present.publish_display_data = lambda bundle: bundles.append(bundle[present.MIME])
    Chart.svg = lambda *_, **__: ""
    _LISTENERS.append(opened)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield bundles, opened
    finally:
        _LISTENERS.remove(opened)
        present.publish_display_data, Chart.svg = before


def _read(data: Path, opened: list[str]) -> set[str]:
    inside = (Path(path) for path in opened if path.startswith(f"{data}{os.sep}"))
    return {str(path.relative_to(data)) for path in inside}


def _registered(register) -> str:
    """All that the register says; a checksum of a file says nothing of a number."""
    entries = [
        [e.record, e.sheet, e.group, e.name, e.unit, e.about] for e in register.entries.values()
    ]
    claims = [
        [c.id, c.statement, c.place, c.operation, c.internal, c.external, c.remark, c.ids, c.used]
        for c in register.claims
    ]
    found = [entries, claims, register.faults, [p[1:] for p in register.publishers]]
    return json.dumps(found, ensure_ascii=False, default=str)


def _rows(shown, counted: bool = False) -> Iterator[tuple[str, str]]:
    """Table and key of the rows that a part names, wherever in it. counted: and that it counts."""
    if isinstance(shown, dict):
        if "table" in shown and "key" in shown:
            yield shown["table"], shown["key"]
        if counted and "table" in shown and "rows" in shown:
            yield from ((shown["table"], key) for key in shown["rows"])
        for inner in shown.values():
            yield from _rows(inner, counted)
    elif isinstance(shown, list):
        if len(shown) == 3 and isinstance(shown[1], str) and isinstance(shown[2], list):
            yield from ((shown[1], str(key)) for key in shown[2])  # what a claim uses
        for inner in shown:
            yield from _rows(inner, counted)


def _figures(shown: str) -> list[str]:
    """The numbers of a part, whatever the order of its rows."""
    marks = re.findall(r'<data value="[^"]*"|(?<=>)[^<>]*(?=</data>)', shown)
    return sorted(marks or re.findall(r"-?\d+(?:\.\d+)?", shown))


def _refused(mutant: Mutant, problems: list) -> Verdict:
    """Whether a problem names the place of the slip, or leads to it from elsewhere."""
    names = (Path(mutant.path).name, mutant.table or mutant.path)
    for problem in problems:
        file, _, rest = problem.place.partition(",")
        here = Path(file).name in names
        row = mutant.row is None or f"row {mutant.row}" in rest or _keyed(mutant, rest)
        column = not mutant.columns or any(name in rest for name in mutant.columns)
        if here and row and column:
            return Verdict(REJECTED, str(problem))
    for problem in problems:
        text = str(problem)
        placed = re.search(r", (row|table|path) ", problem.place) or problem.found.startswith("a f")
        # What a descriptor says of keys may be missed elsewhere: that cell is named then.
        known = mutant.path == DESCRIPTOR or any(trace in text for trace in mutant.traces)
        if placed and known:
            return Verdict(ELSEWHERE, text)
    return Verdict(UNNAMED, str(problems[0]))


def _keyed(mutant: Mutant, rest: str) -> bool:
    return any(f"row {trace}" in rest for trace in mutant.traces)


class Built:
    """Builds of spoiled copies with the real command, each held against that of the data as it
    is; what did not change comes from the cache."""

    def __init__(self, folder: Path):
        self.root = folder / "project"
        self.root.mkdir()
        (self.root / "notebooks").symlink_to(ROOT / "notebooks", target_is_directory=True)
        self.data = Path(shutil.copytree(ROOT / "data", self.root / "data"))
        self._before, told = self._build()
        if told:
            raise RuntimeError(told)

    def verdict(self, mutant: Mutant) -> Verdict:
        """Whether a page, or the manifest, says another thing than before."""
        path = self.data / mutant.path
        before = path.read_bytes()
        path.write_bytes(mutant.content)
        try:
            files, told = self._build()
        finally:
            path.write_bytes(before)
        if told:
            return Verdict(STOPPED, f"build: {told}")
        sums = [hashlib.sha256(content).hexdigest() for content in (before, mutant.content)]
        others = [
            name
            for name in sorted(files.keys() | self._before.keys())
            if _without(name, files.get(name, ""), sums)
            != _without(name, self._before.get(name, ""), sums)
        ]
        return Verdict(CHANGED, f"build: {', '.join(others[:3])}") if others else Verdict(SAME)

    def _build(self) -> tuple[dict[str, str], str]:
        program = "from helpers.annex.cli import main; exit(main())"
        command = [sys.executable, "-c", program, "build"]
        ran = subprocess.run(
            command, cwd=self.root, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "ANNEX_DATA": str(self.data)},
        )  # fmt: skip
        if ran.returncode:
            return {}, ran.stderr.strip().splitlines()[0]
        out = self.root / "annex"
        files = {str(p.relative_to(out)): p for p in out.rglob("*") if p.is_file()}
        return {name: path.read_text(encoding="utf-8") for name, path in files.items()}, ""


def _without(name: str, text: str, sums: list[str]) -> str:
    """A page without the checksums of the spoiled file, whole or as pages shorten them; of the
    manifest what it says, not what it was made of."""
    if name == "manifest.json" and text:
        content = json.loads(text)
        parts = ("quantities", "claims", "publishers", "coverage")
        return json.dumps([content[part] for part in parts])
    for checksum in sums:
        text = text.replace(checksum, "").replace(checksum[:12], "")
    return text


def temporary() -> tempfile.TemporaryDirectory:
    """A folder for copies, gone at the end."""
    return tempfile.TemporaryDirectory(prefix="mutants-")
