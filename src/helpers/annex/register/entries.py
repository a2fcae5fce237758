"""The evidence register: the entries that the links of numbers and verdicts lead to.

There is an entry for every number that a page prints, for each of its inputs, for every number
that the evaluation reports, and for every claim. `sheets` renders the entries as pages.
"""

from __future__ import annotations

import copy
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ...claims.ledger import Ledger
from ...claims.source_kinds import SourceKinds
from ...evidence import trail
from ...language import Text, has_words, is_missing, worded
from ...tables import (
    descriptor,
    display_names,
    documents,
    evidence_frames,
    publication,
    roles,
    sections,
    sources,
)
from ...tables.roles import Role
from ..pages import markup
from ..pages.labels import WORDS, labels
from .document_errors import Fault, faults
from .entry_names import Names
from .number_grounds import NumberGrounds
from .tested_claims import Claim, claim_of

if TYPE_CHECKING:
    from ..pages.body import Body

HOME, CLAIMS, SERIES = "evidence", "evidence-claims", "evidence-series"
FEW = 3  # rows of a claim that are named
INPUTS = "inputs"  # the group of numbers that no page prints


@dataclass
class Entry:
    """The entry of a number.

    record: from `trail.record`. sheet: name of the page of the register that has the entry.
    group: id and text of the heading above it. about: further cells of its row, by label.
    claims: ids of the claims that use it. pages: names of the pages that print it.
    """

    record: dict
    sheet: str
    group: tuple[str, Text]
    name: Text
    unit: Text
    about: dict[str, Text] = field(default_factory=dict)
    claims: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.record["id"]


class Register:
    """All entries, the tables behind them, the claims, and the errors of the document."""

    def __init__(self, data: Path, ledger: Ledger | None):
        """Read the reported numbers of `data`, and the claims of `ledger`."""
        self.data = data
        self._resources = descriptor.read(data)
        self.places, self._roles = sections.Places(data), roles.tables(data)
        self.order = self.places.in_order()
        self._reported = self._roles.get(Role.REPORTED)
        self._themes = display_names.known_labels(self._reported or "", "theme", data)
        self._home: dict[str, tuple[str, tuple[str, Text]]] = {}
        numbers = evidence_frames.reported_numbers(data) if self._reported else ()
        self.records = {q.id: trail.record(q) for q in numbers}
        self.entries: dict[str, Entry] = {}
        self._numbers: dict[str, str] = {}
        self._statements: dict[str, str] = {}
        self.claims: list[Claim] = []
        self._kinds = SourceKinds(data)
        self._grounds: NumberGrounds
        self._claimed = self._roles.get(Role.CLAIMS, "")
        if ledger is not None:
            rows = ledger.findings().itertuples()
            self.claims += [claim_of(row, ledger, self.places) for row in rows]
        self._told = publication.read(data)
        self.labels = labels(self._told)
        verdicts = {c.id: (c.internal, c.external) for c in self.claims}
        self.names = Names(data, verdicts, self.labels)
        self.faults: list[Fault] = faults(data, self.claims, self.labels)
        self._cited: set[str] = set()
        self._own: dict[str, Entry] = {}  # what depends on no notebook is found while they run
        self._own |= {id: self._entry(record) for id, record in self.records.items()}
        self._tested = [(claim.id, claim.tested_by()) for claim in self.claims]

    def prepare(self, bodies: Sequence[Body]) -> None:
        """Find what `printed` will need of some bodies, while other notebooks run."""
        self.names.prepare(record for body in bodies for record in body.evidence.values())

    def printed(self, bodies: Sequence[Body]) -> Register:
        """A copy with an entry for each reported number, each number that `bodies` print and each
        of their inputs, and with the claims, pages and links of all entries."""
        new = copy.copy(self)
        new.records, new._home = {**self.records}, {}
        vars(new).pop("publishers", None)  # of the original, should these have been asked
        new._cited = {id for body in bodies for id in body.cited}
        for name, own in itertools.groupby(bodies, lambda body: body.name):
            each = list(own)
            for body in each:
                new.records |= body.evidence
            for id, group in sections_of(each):
                new._home.setdefault(id, (name, group))
        new.names.read_counts(new.records.values())
        new.entries = {id: new._entry(record) for id, record in new.records.items()}
        for body in bodies:
            for id in body.shown:
                if body.name not in new.entries[id].pages:
                    new.entries[id].pages.append(body.name)
        for claim, tested in self._tested:
            for id in tested & new.entries.keys():
                new.entries[id].claims.append(claim)
        new._numbers = {id: new.href(id) for id in new.entries}
        new._grounds = NumberGrounds(new.records, new.claims, new.row, self._claimed, self._kinds)
        new._statements = {claim.id: f"{CLAIMS}.html#{claim.id}" for claim in new.claims}
        return new

    def _entry(self, record: dict) -> Entry:
        own = self._own.get(record["id"])
        if own and own.record == record:
            return replace(own, claims=[], pages=[])
        unit, name = self.names.unit(record), self.names.number(record, self.records)
        if "derivation" in record:
            page, group = self._home[record["id"]]
            return Entry(record, f"{HOME}-{page}", group, name, unit)
        table, row = record["row"]["table"], self.row(record["row"])
        if table == self._reported:
            group = (f"table-{table}", self.names.table(table))
            if hasattr(row, "theme"):
                group = (f"theme-{row.theme}", self._themes[row.theme])
            about = _about(row, self.places.label(self.places.of_row(row)))
            return Entry(record, HOME, group, name, unit, about)
        group = (f"table-{table}", self.names.table(table))
        return Entry(record, SERIES, group, name, unit, _about(row))

    def row(self, origin: dict):
        """The row of a table that has a number, as `itertuples` gives it.

        origin: `row` of a record: `table` and `key`.
        """
        return self.names.rows(origin["table"])[origin["key"]]

    def language_of(self, origin: dict) -> str:
        """The language of the document that a row of reported numbers was transcribed from."""
        return self.places.language(self.places.of_row(self.row(origin)))

    def files(self) -> dict[str, tuple[str, str]]:
        """Path in the project and SHA-256 of every table's file, by the name of the table."""
        found = {}
        for name, resource in self._resources.items():
            content = (self.data / resource["path"]).read_bytes()
            found[name] = (f"data/{resource['path']}", hashlib.sha256(content).hexdigest())
        return found

    @cached_property
    def publishers(self) -> list:
        """The publications that a page cites, or a row of the register comes from, as rows of
        `sources.publications`. Looked up once: it reads every row that was counted."""
        used = {*self._cited, *(source.id for source in [self._told.source] if source)}
        for record in self.records.values():
            if "row" in record:
                used.add(record["row"]["source"])
            else:
                rows = record["derivation"].get("rows", ())
                used |= self._sources(record["derivation"].get("table"), rows)
        for each in itertools.chain(*(claim.used for claim in self.claims)):
            used |= self._sources(each.table, each.keys)
        return [row for row in sources.publications(self.data) if row.id in used]

    def documents(self) -> list[documents.Document]:
        """The documents of a project of several, and one that readers can open."""
        every = [*documents.documents(self.data).values()]
        return every if len(every) > 1 else [each for each in every if each.url]

    def _sources(self, table: str, keys: Iterable[str]) -> set[str]:
        """The publications that rows of a table come from."""
        if table is None or "source" not in descriptor.fields(self._resources[table]):
            return set()
        return {self.row({"table": table, "key": key}).source for key in keys}

    def words(self) -> set[str]:
        """The names of all numbers, and of rows that they were counted from."""
        found = [entry.name for entry in self.entries.values()]
        for entry in self.entries.values():
            derivation = entry.record.get("derivation", {})
            found += self.names.listed(derivation)
            if "table" in derivation and (chosen := self.names.chosen(derivation)):
                found.append(chosen)
        for used in itertools.chain(*(claim.used for claim in self.claims)):
            found += [self.names.row(used.table, key) for key in used.keys[:FEW]]
        return {text for name in found for text in name}

    def href(self, id: str) -> str:
        """The address of a number's entry: file name and anchor."""
        return f"{self.entries[id].sheet}.html#{id}"

    def ground(self, id: str) -> str:
        """What a number rests on; see `NumberGrounds.of`."""
        return self._grounds.of(id)

    def link(self, html: str, folder: str = "") -> str:
        """HTML of a page with a link from each number and claim to its entry. Links to entries are
        made nowhere else. folder: path from the page to the register."""
        return markup.link(html, self._numbers, self._statements, folder)


def sections_of(bodies: Sequence[Body]) -> Iterator[tuple[str, tuple[str, Text]]]:
    """The id of each number of a page, in its languages, with the section that has it first, as id
    and heading; last those that are only inputs of others."""
    found: dict[str, int] = {}
    for body in reversed(bodies):  # the first language counts
        found |= body.places
    headings = [
        Text(**{body.lang: words for body, (_, words) in zip(bodies, each, strict=True)})
        for each in zip(*(body.contents for body in bodies), strict=False)
    ]
    for id in dict.fromkeys(id for body in bodies for id in body.evidence):
        place = found.get(id, -2)
        if place == -2 and any(id in body.shown for body in bodies):
            yield id, ("section-apart", WORDS["apart"])  # in a table with a page of its own, say
        elif place == -2:
            yield id, (INPUTS, WORDS["inputs"])
        else:
            yield id, (f"section-{place + 1}", WORDS["top"] if place < 0 else headings[place])


def _about(row, place: Text | None = None) -> dict[str, Text]:
    """Other cells of a number's row, by label: its footnote, if `place` is given, and its note."""
    found = {}
    if place:
        found["place"] = place
        if not is_missing(footnote := getattr(row, "footnote", None)):
            found["footnote"] = Text.same(footnote)
    if has_words(row, "note"):
        found["note"] = worded(row, "note")
    return found
