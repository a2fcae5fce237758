"""Why something differs: the data, the code or the environment that it rests on and that changed.

What is named changed, and is under what differs. Where several things are named, each may be the
cause: only a run with one of them put back tells which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ... import package, readings, tables
from ...language import Text
from ..inputs import HELPED
from ..manifest import DIGITS
from .compare import chart_of
from .differences import Cause, Difference

_MANY = 5  # rows of a table, or helpers, that are named
NOTHING = Cause(
    "unexplained",
    Text(
        "geen bronbestand verschilt: de kopie of het manifest is na het bouwen gewijzigd, of de "
        "bouw is hier niet herhaalbaar",
        "no input differs: the copy or its manifest was changed after it was built, or the build "
        "can't be repeated here",
    ),
)

UNPROVEN = Cause(
    "unexplained",
    Text(
        "de oude versies staan alleen in het manifest: zijn zij daar vervalst, dan is niets anders "
        "veranderd",
        "the old versions stand in the manifest alone: if they were forged there, nothing else "
        "changed",
    ),
)


class Causes:
    """What changed between two manifests, and what of it is under a number, claim, chart or page.

    data: the tables of the later one. under: helpers under each notebook and files that it read,
    by their paths in the project.
    """

    def __init__(
        self, was: dict, now: dict, data: Path, under: Mapping[str, tuple[set[str], set[str]]]
    ):
        self._code = {name: helpers for name, (helpers, _) in under.items()}
        self._reads = {name: reads for name, (_, reads) in under.items()}
        files = {*was["inputs"], *now["inputs"]}
        # Every page leads to every other: one more notebook, or one less, is under all of them.
        apart = was["inputs"].keys() ^ now["inputs"].keys()
        self._books = {Path(name).stem for name in files if name.startswith("notebooks/")}
        self._apart = {name for name in apart if name.startswith("notebooks/")}
        self._changed = {n for n in files if was["inputs"].get(n) != now["inputs"].get(n)}
        self._rows = {
            name: _rows(name, was["tables"], now["tables"], data)
            for name, table in {**was["tables"], **now["tables"]}.items()
            if table["path"] in self._changed
        }
        self._paths = {n: t["path"] for n, t in {**was["tables"], **now["tables"]}.items()}
        self._versions = [*_versions(was["environment"], now["environment"])]
        self._numbers = {q["id"]: q for each in (was, now) for q in each["quantities"]}
        self._claims = {c["id"]: c for each in (was, now) for c in each["claims"]}

    def of(self, difference: Difference) -> Difference:
        """The same difference with its causes; inputs and files have none."""
        name, part = difference.name, difference.part
        if part in ("input", "version", "file"):
            return difference
        if part == "number":
            found = self._under(self._tree(name), self._numbers[name].get("pages"))
        elif part == "verdict":
            found = self._under(self._rows_of(name), None)
        else:
            page = PurePosixPath(chart_of(name) or name).stem.removeprefix("evidence-")
            books = (b for b in self._books if page == b or page.startswith(f"{b}-"))
            book = max(books, key=len, default=None)
            found = self._under([], [book] if book else None, part in ("text", "other"))
        causes = tuple(found) or (NOTHING,)
        if all(cause.kind == "environment" for cause in causes):
            causes += (UNPROVEN,)
        return replace(difference, causes=causes)

    def _under(self, rows, books: list[str] | None, page: bool = False) -> Iterator[Cause]:
        """What changed under some rows, and under notebooks; `None` for the whole annex.

        page: what makes pages counts as well.
        """
        own = [*self._named(rows)]
        yield from own or self._tables(books)
        under = {name for book in books or self._code for name in self._code.get(book, ())}
        if page or books is None:
            under = {name for name in self._changed if name.startswith(f"{HELPED}/")}
        wanted = under | {f"notebooks/{book}.ipynb" for book in books or self._books}
        wanted |= self._apart if page else set()
        yield from (Cause("code", name) for name in sorted(wanted & self._changed))
        yield from self._versions

    def _named(self, rows: Iterable[tuple[str, str]]) -> Iterator[Cause]:
        """Rows under a number that changed."""
        for table, key in dict.fromkeys(rows):
            if key in (changed := self._rows.get(table, {})):
                yield Cause("data", _at(self._paths[table], [changed[key]]))

    def _tables(self, books: list[str] | None) -> Iterator[Cause]:
        """Tables that changed and that notebooks read; `None` for all."""
        read = {path for book in books or () for path in self._reads.get(book, ())}
        paths = {path: name for name, path in self._paths.items()}
        data = (n for n in sorted(self._changed) if n.startswith("data/"))
        for path in (n for n in data if books is None or n in read):
            rows = list(self._rows.get(paths.get(path, ""), {}).values())
            yield Cause("data", _at(path, rows))

    def _tree(self, id: str) -> Iterator[tuple[str, str]]:
        """The rows that a number is read from, computed from or counted."""
        waiting, seen = [id], set()
        while waiting:
            if (id := waiting.pop()) in seen or id not in self._numbers:
                continue
            seen.add(id)
            item = self._numbers[id]
            if "row" in item:
                yield item["row"]["table"], item["row"]["key"]
            derivation = item.get("derivation", {})
            yield from ((derivation["table"], key) for key in derivation.get("rows", ()))
            waiting += derivation.get("inputs", {}).values()

    def _rows_of(self, id: str) -> Iterator[tuple[str, str]]:
        """The rows that test a claim, and its own."""
        yield "claims", id
        claim = self._claims[id]
        yield from ((used["table"], key) for used in claim["rows"] for key in used["rows"])
        for name in ("stated", "computed", "official"):
            yield from self._tree(claim.get(name) or "")


def _rows(table: str, was: dict, now: dict, data: Path) -> dict[str, Text]:
    """Where rows of a table differ, by the key that they have now; rows that are gone by number."""
    before, after = (_cut(each[table]["rows"]) if table in each else [] for each in (was, now))
    if sorted(before) == sorted(after):
        return {"\0order": Text("alleen de volgorde van rijen", "only the order of rows")}
    found = {}
    if table in now:
        frame = tables.load(table, data)
        named = readings.keys(frame, package.read(data)[table])
        for number, (key, digest) in enumerate(zip(named, after, strict=True), 2):
            if digest not in before:
                found[key] = Text(f"rij {number} ({key})", f"row {number} ({key})")
    gone = [number for number, digest in enumerate(before, 2) if digest not in after]
    if len(gone) > len(found):
        numbers = ", ".join(map(str, gone[:_MANY])) + (" ..." if len(gone) > _MANY else "")
        found["\0gone"] = Text(
            f"rijen {numbers} van de gepubliceerde zijn weg of gewijzigd",
            f"rows {numbers} of the published one are gone or changed",
        )
    return found


def _at(path: str, rows: list[Text]) -> Text:
    """A table, with the first of the rows that differ."""
    shown = [[path, *(row.nl for row in rows[:_MANY])], [path, *(row.en for row in rows[:_MANY])]]
    if (more := len(rows) - _MANY) > 0:
        shown[0].append(f"en nog {more}")
        shown[1].append(f"and {more} more")
    return Text(*map(", ".join, shown))


def _cut(digests: str) -> list[str]:
    return [digests[at : at + DIGITS] for at in range(0, len(digests), DIGITS)]


def _versions(was: dict, now: dict) -> Iterator[Cause]:
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            yield Cause(
                "environment", f"{name} {was.get(name, 'none')} -> {now.get(name, 'none')}"
            )
