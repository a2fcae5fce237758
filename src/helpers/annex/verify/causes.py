"""Finds the causes of differences: changed data, code or packages that the result depends on.

Where several causes are given, each may explain the difference: only a run with one of them
reverted shows which does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from ...formats.value_format import joined
from ...language import Text
from ...messages import _
from ...tables import descriptor, evidence_frames, frames, roles
from ...tables.roles import Role
from ..plan.inputs import of_library
from ..release.manifest import DIGITS
from .compare import chart_of
from .differences import Cause, Difference, apart

_MANY = 5  # rows of a table that are named
UNEXPLAINED = Cause(
    "unexplained",
    _(
        "no changed input affects it, as far as the imports and reads of notebooks show: the copy "
        "or its manifest was changed after the build, or that build depended on something that "
        "can't be seen here, such as the clock, the network or another machine"
    ),
)
UNPROVEN = Cause(
    "unexplained",
    _(
        "only the manifest tells the old versions: if they were forged there, nothing else that "
        "affects it has changed"
    ),
)


class Causes:
    """The changes between two manifests, and which of them a number, claim, chart or page rests on.

    data: folder of the later one's tables. under: by notebook, the helpers that it imports and the
    files that it read, as paths in the project. written: inputs with the same content in another
    form, which explain nothing. varying: notebooks whose outputs differed in two runs on the same
    inputs, each with the first line of the cell.
    """

    def __init__(
        self, was: dict, now: dict, data: Path, under: Mapping[str, tuple[set[str], set[str]]],
        written: Collection[str] = (), varying: Mapping[str, str] = MappingProxyType({}),
    ):  # fmt: skip
        self._code = {name: helpers for name, (helpers, __) in under.items()}
        self._reads = {name: reads for name, (__, reads) in under.items()}
        self._varying = varying
        self._claimed = roles.tables(data).get(Role.CLAIMS, "")
        files = {*was["inputs"], *now["inputs"]}
        # Every page has links to all others, so each depends on notebooks that came or went.
        self._books = {Path(name).stem for name in files if name.startswith("notebooks/")}
        some = was["inputs"].keys() & now["inputs"].keys()
        self._apart = {name for name in files if name.startswith("notebooks/")} - some
        # Nobody knows which notebooks used an input that is gone: it may explain anything.
        self._gone = was["inputs"].keys() - now["inputs"].keys() - self._apart
        self._changed = dict(apart(was["inputs"], now["inputs"])).keys() - {*written}
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
        """The same difference with its causes; inputs, versions and files have none."""
        name, part = difference.name, difference.part
        if part in ("input", "version", "file") or difference.same:
            return difference
        rows: Iterable[tuple[str, str]] = ()
        books: Collection[str] | None = None
        page = part in ("text", "other")
        if part == "number":
            rows, books = self._tree(name), self._numbers[name].get("pages")
        elif part == "verdict":  # computed by the build, from the tables alone
            rows, page = self._rows_of(name), True
        else:
            stem = PurePosixPath(chart_of(name) or name).stem.removeprefix("evidence-")
            own = (b for b in self._books if stem == b or stem.startswith(f"{b}-"))
            books = [book] if (book := max(own, key=len, default="")) else None
        run = set() if part == "verdict" else set(books or self._books)
        causes = (*self._data(rows, books), *self._codes(run, page or not books), *self._versions)
        varying = tuple(
            Cause("unrepeatable", _varies(book, self._varying[book]))
            for book in sorted(run & self._varying.keys())
        )
        # Only the manifest tells the versions of the published annex, and it may be forged.
        if not varying and all(cause.kind == "environment" for cause in causes):
            causes += (UNPROVEN if causes else UNEXPLAINED,)
        return replace(difference, causes=causes + varying)

    def _data(
        self, rows: Iterable[tuple[str, str]], books: Collection[str] | None
    ) -> Iterator[Cause]:
        """The changed rows among `rows`, and the changed files that the notebooks `books` (`None`:
        all) read, as causes. If rows are found, no other change of a table is a cause."""
        named = [
            Cause("data", _at(self._paths[table], [self._rows[table][key]]))
            for table, key in dict.fromkeys(rows)
            if key in self._rows.get(table, {})
        ]
        yield from named
        read = {path for book in books or () for path in self._reads.get(book, ())} | self._gone
        tables = {path: name for name, path in self._paths.items()}
        for path in sorted(name for name in self._changed if name.startswith("data/")):
            if (books and path not in read) or (named and path in tables):
                continue
            yield Cause("data", _at(path, [*self._rows.get(tables.get(path, ""), {}).values()]))

    def _codes(self, run: set[str], every: bool) -> Iterator[Cause]:
        """The notebooks `run` and their helpers, where changed. every: all changed helpers, as no
        notebook imports those that make pages or verdicts."""
        under = {name for book in run for name in self._code.get(book, ())} | self._gone
        if every:
            under = {name for name in self._changed if of_library(name)}
            under |= self._apart if run else set()
        under |= {f"notebooks/{book}.ipynb" for book in run}
        code = (name for name in under & self._changed if not name.startswith("data/"))
        yield from (Cause("code", Text.same(name)) for name in sorted(code))

    def _tree(self, id: str) -> Iterator[tuple[str, str]]:
        """Table and key of each row that a number was read, computed or counted from."""
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
        """Table and key of a claim's own row and of each row that tests it."""
        yield self._claimed, id
        claim = self._claims[id]
        yield from ((used["table"], key) for used in claim["rows"] for key in used["rows"])
        for name in ("stated", "computed", "official"):
            yield from self._tree(claim.get(name) or "")


def _rows(table: str, was: dict, now: dict, data: Path) -> dict[str, Text]:
    """The rows of a table that changed, in words, by key; one entry for all rows that are gone."""
    before, after = (_digests(each[table]["rows"]) if table in each else [] for each in (was, now))
    if before == after:  # its description or its path changed
        return {}
    if sorted(before) == sorted(after):
        return {"\0order": _("only the order of rows")}
    found = {}
    if table in now:
        frame = frames.load(table, data)
        named = evidence_frames.keys(frame, descriptor.read(data)[table])
        for number, (key, digest) in enumerate(zip(named, after, strict=True), 2):
            if digest not in before:
                found[key] = _("row {} ({})").format(number, key)
    gone = [number for number, digest in enumerate(before, 2) if digest not in after]
    if len(gone) > len(found):
        numbers = ", ".join(map(str, gone[:_MANY])) + (" ..." if len(gone) > _MANY else "")
        found["\0gone"] = _("rows {} of the published one are gone or changed").format(numbers)
    return found


def _at(path: str, rows: list[Text]) -> Text:
    """The path of a table, with the first `_MANY` of the changed rows."""
    shown = [Text.same(path), *rows[:_MANY]]
    if (more := len(rows) - _MANY) > 0:
        shown.append(_("and {} more").format(more))
    return joined(", ", *shown)


def _digests(digests: str) -> list[str]:
    """Split the digests of rows, which the manifest has as one string."""
    return [digests[at : at + DIGITS] for at in range(0, len(digests), DIGITS)]


def _versions(was: dict, now: dict) -> Iterator[Cause]:
    for name, __ in apart(was, now):
        none = _("none")
        ends = was.get(name, none), now.get(name, none)
        yield Cause("environment", _("{} {} -> {}").format(name, *ends))


def _varies(book: str, cell: str) -> Text:
    return _(
        "notebooks/{}.ipynb gave something else in two runs here, first in the cell that begins "
        "with {!r}: a random number without a seed, the clock or the network"
    ).format(book, cell)
