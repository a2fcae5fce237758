"""The evidence register: where a reader arrives who follows a number.

An entry for every number that a page prints and for everything that it is computed from, and for
every number that the evaluation reports. Links lead both ways: to the inputs, and to the pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .. import language, package, readings, sources, tables, trail, units
from ..claims import VERDICTS
from ..language import LANGUAGES, Text, is_missing
from ..ledger import Ledger
from ..quantities import REPORTED
from . import render
from .render import Page
from .words import MEASURES, WORDS


@dataclass
class Entry:
    """A number and what is known of it; `record` as `trail.record` gives it.

    group: where it is listed: a theme of the evaluation, a measure, or a table. details: what the
    row says beside the number, label and text. claims: id, statement, verdicts. pages: names.
    """

    record: dict
    group: tuple[str, Text]
    name: Text
    unit: Text
    details: list[tuple[str, Text]] = field(default_factory=list)
    claims: list[tuple[str, Text, Text]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.record["id"]


class Register:
    """All entries, the tables behind them, and the verdicts on the claims."""

    def __init__(self, made: Sequence[Page], data: Path):
        self.data = data
        self._resources, self._units = package.read(data), tables.units(data)
        self._tables = {name: tables.load(name, data) for name in self._resources}
        self.findings = Ledger(data).findings()
        records = {q.id: trail.record(q) for q in readings.reported_numbers(data)}
        for page in made:
            records |= page.evidence
        self.entries = {id: self._entry(record) for id, record in records.items()}
        self._cite(made)
        self._claim()

    def _entry(self, record: dict) -> Entry:
        unit = units.label(record["unit"], self._units)
        if "derivation" in record:
            measure = record["derivation"]["measure"]
            return Entry(record, ("computed", WORDS["computed"]), MEASURES[measure], unit)
        origin = record["row"]
        table, row = origin["table"], self._row(origin)
        if table == REPORTED:
            theme = tables.labels(REPORTED, "theme", self.data)[row.theme]
            name = Text(row.subject_nl, row.subject_en)
            return Entry(record, (f"theme-{row.theme}", theme), name, unit, _reported(row))
        resource = self._resources[table]
        title = Text(resource.get("title_nl", table), resource.get("title", table))
        return Entry(record, (f"table-{table}", title), self._named(table, row), unit, _series(row))

    def _row(self, origin: dict):
        frame, columns = (
            self._tables[origin["table"]],
            package.primary_key(self._resources[origin["table"]]),
        )
        if "by_key" not in frame.attrs:
            keys = frame[columns].itertuples(index=False)
            each = ["|".join("" if is_missing(p) else str(p) for p in key) for key in keys]
            frame.attrs["by_key"] = dict(zip(each, frame.itertuples(), strict=True))
        return frame.attrs["by_key"][origin["key"]]

    def _named(self, table: str, row) -> Text:
        """What a row of a series is called: the values of its key, as the tables label them."""
        if hasattr(row, "subject_nl"):
            return Text(row.subject_nl, row.subject_en)
        fields = {f["name"]: f for f in self._resources[table]["schema"]["fields"]}
        parts = []
        for column in package.primary_key(self._resources[table]):
            value = str(getattr(row, column))
            labels = {
                c["value"]: Text(c["label_nl"], c["label"])
                for c in fields[column].get("categories", [])
            }
            parts.append(labels.get(value, Text(value, value)))
        return Text(*(", ".join(part) for part in zip(*parts, strict=True)))

    def _cite(self, made: Sequence[Page]) -> None:
        for page in made:
            for id in page.shown:
                if page.name not in self.entries[id].pages:
                    self.entries[id].pages.append(page.name)

    def _claim(self) -> None:
        for row in self.findings.itertuples():
            parts = [q for q in (row.stated, row.computed, row.official) if not is_missing(q)]
            verdicts = [VERDICTS[v] for v in (row.internal, row.external) if not is_missing(v)]
            words = Text(*(" / ".join(each) for each in zip(*verdicts, strict=True)))
            for id in {part.id for part in trail.walk(parts)} & set(self.entries):
                statement = Text(row.statement_nl, row.statement_en)
                self.entries[id].claims.append((row.id, statement, words))

    def groups(self) -> list[tuple[str, Text, list[Entry]]]:
        """Entries by group: themes of the evaluation, then what is computed, then series."""
        order = {"theme": 0, "computed": 1, "table": 2}
        found: dict[tuple[str, Text], list[Entry]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.group, []).append(entry)
        ranked = sorted(found, key=lambda group: order[group[0].split("-")[0]])
        return [(*group, found[group]) for group in ranked]

    def files(self) -> dict[str, tuple[str, str]]:
        """Path and checksum (SHA-256) of every table, by name."""
        found = {}
        for name, resource in self._resources.items():
            content = (self.data / resource["path"]).read_bytes()
            found[name] = (f"data/{resource['path']}", hashlib.sha256(content).hexdigest())
        return found

    def pages(self, made: Sequence[Page], counted) -> list[Page]:
        """The register as a page per language, linked with the pages already made."""
        found = []
        for lang in LANGUAGES:
            with language.use(lang):
                own = [page for page in made if page.lang == lang]
                html = render.register_page(self, own, counted)
                title = language.text(WORDS["register"])
                found.append(Page("evidence", lang, title, "", html=html))
        return found

    def publishers(self) -> list:
        """The sources of the series, each with publisher, table and how the copy came here."""
        used = {e.record["row"]["source"] for e in self.entries.values() if "row" in e.record}
        frame = self._tables["statistics_sources"].fillna("")
        return [row for row in frame.itertuples() if row.id in used]


def _reported(row) -> list[tuple[str, Text]]:
    place = sources.section(row.section)
    if not is_missing(row.footnote):
        note = WORDS["footnote"]
        place = Text(*(f"{p}, {n} {row.footnote}" for p, n in zip(place, note, strict=True)))
    return [("place", place), *_note(row)]


def _series(row) -> list[tuple[str, Text]]:
    return [("source", Text(row.source, row.source)), *_note(row)] if hasattr(row, "source") else []


def _note(row) -> list[tuple[str, Text]]:
    return [] if is_missing(row.note_nl) else [("note", Text(row.note_nl, row.note_en))]
