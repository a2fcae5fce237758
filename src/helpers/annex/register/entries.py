"""The evidence register: where a reader arrives who follows a number or a verdict.

An entry for every number that a page prints and for everything that it is computed from, for
every number that the evaluation reports, and for every claim. `sheets` lays them out as pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...claims.ledger import Ledger, Used
from ...claims.verdicts import LABELS
from ...evidence import trail, units
from ...language import Text, is_missing
from ...tables import descriptor, display_names, evidence_frames, frames, sections, sources
from ...tables.roles import Role
from ..pages import markup

if TYPE_CHECKING:
    from ..pages.body import Body

HOME, CLAIMS, SERIES = "evidence", "evidence-claims", "evidence-series"


@dataclass
class Entry:
    """A number and what is known of it; `record` as `trail.record` gives it.

    sheet: the page of the register that holds it. group: heading on that page, id and words.
    about: what the row says beside the number. claims: ids. pages: names of those that print it.
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


@dataclass(frozen=True)
class Claim:
    """A statement, what tests it, and its verdicts (keys of `claims.VERDICTS`).

    ids: of the numbers stated, computed and officially given, as far as there are. used: the rows
    named, inside and outside.
    """

    id: str
    statement: Text
    place: Text
    operation: Text
    internal: str
    external: str | None
    remark: Text | None
    ids: dict[str, str]
    used: list[Used]
    row: object


class Register:
    """All entries, the tables behind them, and the claims."""

    def __init__(self, data: Path, ledger: Ledger | None):
        """What stands in the tables: the reported numbers and, if there are any, the claims."""
        self.data = data
        self._resources, self._units = descriptor.read(data), display_names.units(data)
        reported = descriptor.table_for(Role.REPORTED, data)
        self._themes = display_names.labels(reported, "theme", data)
        self._rows: dict[str, dict[str, object]] = {}
        self._home: dict[str, str] = {}
        self.records = {q.id: trail.record(q) for q in evidence_frames.reported_numbers(data)}
        self.entries = {id: self._entry(record) for id, record in self.records.items()}
        rows = [] if ledger is None else ledger.findings().itertuples()
        self.claims = [_claim(row, ledger, data) for row in rows]

    def add(self, bodies: Sequence[Body]) -> None:
        """What the bodies of pages print, and all that it is computed from: now every entry has its
        page in the register."""
        for body in bodies:
            self.records |= body.evidence
            self._home |= {id: body.name for id in body.evidence if id not in self._home}
        new = self.records.keys() - self.entries.keys()
        self.entries |= {id: self._entry(r) for id, r in self.records.items() if id in new}
        for body in bodies:
            for id in body.shown:
                if body.name not in self.entries[id].pages:
                    self.entries[id].pages.append(body.name)
        for claim in self.claims:
            named = [getattr(claim.row, name) for name in ("stated", "computed", "official")]
            parts = trail.walk(quantity for quantity in named if not is_missing(quantity))
            for id in {part.id for part in parts} & set(self.entries):
                self.entries[id].claims.append(claim.id)
        self._numbers = {id: self.href(id) for id in self.entries}
        self._statements = {claim.id: f"{CLAIMS}.html#{claim.id}" for claim in self.claims}

    def _entry(self, record: dict) -> Entry:
        unit, name = self._unit(record), self._name(record)
        if "derivation" in record:
            return Entry(
                record, f"{HOME}-{self._home[record['id']]}", ("computed", name), name, unit
            )
        table, row = record["row"]["table"], self.row(record["row"])
        resource = self._resources[table]
        if resource.get("role") == Role.REPORTED:
            group = (f"theme-{row.theme}", self._themes[row.theme])
            about = _about(row, sections.label(row.section, self.data))
            return Entry(record, HOME, group, name, unit, about)
        title = descriptor.named(table, resource)
        return Entry(record, SERIES, (f"table-{table}", title), name, unit, _about(row))

    def row(self, origin: dict):
        """The row of a table that a number stands in."""
        table = origin["table"]
        if table not in self._rows:
            frame = frames.load(table, self.data)
            keys = evidence_frames.keys(frame, self._resources[table])
            self._rows[table] = dict(zip(keys, frame.itertuples(), strict=True))
        return self._rows[table][origin["key"]]

    def _unit(self, record: dict) -> Text:
        return units.label(record["unit"], self._units, f"quantity {record['id']}")

    def _name(self, record: dict, deep: int = 2) -> Text:
        """What a number is called: by its row, or by its measure and what that was taken of."""
        if "row" in record:
            return self._row_name(record["row"]["table"], self.row(record["row"]))
        derivation, unit = record["derivation"], self._unit(record)
        name = Text(*(
            words.replace("{unit}", own)
            for words, own in zip(Text(**derivation["name"]), unit, strict=True)
        ))  # fmt: skip
        if not derivation["of"] or not deep:
            return name
        of = self._name(self.records[derivation["of"]], deep - 1)
        return Text(f"{name.nl}: {of.nl}", f"{name.en}: {of.en}")

    def _row_name(self, table: str, row) -> Text:
        """By its subject, or by the values of its key as the table labels them."""
        if hasattr(row, "subject_nl"):
            return Text(row.subject_nl, row.subject_en)
        fields = descriptor.fields(self._resources[table])
        parts = []
        for column in descriptor.primary_key(self._resources[table]):
            value = str(getattr(row, column))
            parts.append(descriptor.labels(fields[column]).get(value, Text(value, value)))
        return Text(*(", ".join(part) for part in zip(*parts, strict=True)))

    def files(self) -> dict[str, tuple[str, str]]:
        """Path and checksum (SHA-256) of every table, by name."""
        found = {}
        for name, resource in self._resources.items():
            content = (self.data / resource["path"]).read_bytes()
            found[name] = (f"data/{resource['path']}", hashlib.sha256(content).hexdigest())
        return found

    def publishers(self) -> list:
        """The sources of the series, each with publisher, table and how the copy came here."""
        used = {e.record["row"]["source"] for e in self.entries.values() if "row" in e.record}
        return [row for row in sources.publications(self.data) if row.id in used]

    def words(self) -> set[str]:
        """What the numbers are called, in both languages: words of rows, with what was done."""
        return {text for entry in self.entries.values() for text in entry.name}

    def href(self, id: str) -> str:
        """Where the entry of a number is."""
        return f"{self.entries[id].sheet}.html#{id}"

    def link(self, html: str, folder: str = "") -> str:
        """HTML of a page whose numbers and claims lead to their entries: the one place where they
        are linked. folder: where the register is, seen from the page."""
        return markup.link(html, self._numbers, self._statements, folder)


def _claim(row, ledger: Ledger, data: Path) -> Claim:
    named = {name: getattr(row, name) for name in ("stated", "computed", "official")}
    return Claim(
        row.id,
        Text(row.statement_nl, row.statement_en),
        sections.label(row.section, data),
        LABELS[row.operation],
        row.internal,
        None if is_missing(row.external) else row.external,
        None if is_missing(row.remark_nl) else Text(row.remark_nl, row.remark_en),
        {name: item.id for name, item in named.items() if not is_missing(item)},
        [*ledger.used(row.inputs), *ledger.used(row.series)],
        row,
    )


def _about(row, place: Text | None = None) -> dict[str, Text]:
    """What the row says beside its number: place and footnote, note."""
    found = {}
    if place:
        found["place"] = place
        if not is_missing(row.footnote):
            found["footnote"] = Text(row.footnote, row.footnote)
    if not is_missing(getattr(row, "note_nl", None)):
        found["note"] = Text(row.note_nl, row.note_en)
    return found
