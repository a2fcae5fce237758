"""The evidence register as pages ("sheets"): one for the reported numbers, one for the claims, one
for the series, one for the errors of the document, and one per page of the annex for the numbers
computed on it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ... import language, locales
from ...claims.verdicts import MARKS, VERDICTS
from ...evidence.rows import natural_order
from ...formats import value_format
from ...language import Text, languages
from ...messages import SEMICOLON
from ...tables import display_names, roles
from ...tables.roles import Role
from ..pages import render
from ..pages.labels import ERRORS
from ..pages.render import Page
from ..rules import coverage
from . import written_sums
from .document_errors import Fault
from .entries import CLAIMS, FEW, HOME, INPUTS, SERIES, Entry, Register
from .entry_names import with_names
from .tested_claims import Claim

if TYPE_CHECKING:
    from ..pages.body import Body

_ROW = re.compile(r"\b[a-z]+-\d{2,3}\b")  # an id in a note
Groups = dict[tuple[str, Text], list]  # what stands below the id and text of each heading
FOLDED = 130  # entries of a sheet: on one with more, each group is folded


def pages(
    register: Register, made: Sequence[Body], counted: Counter[str], once: Callable
) -> list[Page]:
    """The sheets of the register in each language, with links from and to the pages of the bodies
    `made`; their HTML is made when it is asked for.

    counted: numerals by kind, needed for the HTML of the sheet `HOME` alone. once: `Spool.once`, to
    keep sheets that are made of the same.
    """
    found = []
    grouped = _grouped(register)
    for lang in languages():
        with language.use(lang):
            own = [page for page in made if page.lang == lang]
            found += _sheets(register, grouped, own, counted, once)
    return found


def _sheets(
    register: Register, grouped: Mapping[str, Groups], made: Sequence[Body], counted: Counter[str],
    once: Callable,
) -> list[Page]:  # fmt: skip
    tables = roles.tables(register.data)
    publications = tables.get(Role.SOURCES, "")
    shared = {
        "reported": tables.get(Role.REPORTED), "claimed": tables.get(Role.CLAIMS),
        "erring": tables.get(Role.ERRORS), "kinds": coverage.KINDS, "counted": counted,
        "hands": display_names.known_labels(publications, "hand", register.data),
        "source_kinds": display_names.known_labels(publications, "kind", register.data),
        "publishers": {row.id: row for row in register.publishers}, "compact": compact,
        "machine": value_format.machine, "marks": MARKS, "verdicts": VERDICTS,
        "sums": written_sums, "folded": FOLDED,
    }  # fmt: skip
    names = [HOME, CLAIMS, SERIES, ERRORS, *(f"{HOME}-{page.name}" for page in made)]
    titles = {
        name: _title(register, name, made, grouped) for name in names if name in {HOME, *grouped}
    }
    found = []
    links = [(page.name, page.short) for page in made]
    for name, title in titles.items():
        make = partial(_sheet, register, name, titles, made, grouped.get(name, {}), shared)
        made_of = register, titles, links, counted if name == HOME else None  # which shows them
        content = partial(once, (name, language.current()), made_of, make)
        found.append(Page(name, language.current(), title, "", content))
    return found


def _sheet(
    register: Register, name: str, titles: Mapping[str, str], made: Sequence[Body], groups: Groups,
    shared: Mapping[str, Any],
) -> str:  # fmt: skip
    """The HTML of a sheet. groups: of `_grouped`. shared: what the templates of all sheets get."""
    own: dict[str, Any] = _functions(register, name)
    if name not in (HOME, CLAIMS, SERIES, ERRORS):
        own |= _calculated(register, itertools.chain(*groups.values()))
    own |= {"groups": groups, "register": register}
    return render.sheet(name, titles, made, register.labels, **own, **shared)


def _grouped(register: Register) -> dict[str, Groups]:
    """What each sheet has that has anything: claims and errors by section of the document, series
    by table and then by year, computed numbers by section of their page."""
    order = {name: place for place, name in enumerate(register.order)}
    both: dict[str, Sequence[Claim | Fault]] = {CLAIMS: register.claims, ERRORS: register.faults}
    found = {}
    for sheet, every in both.items():
        ordered = sorted(every, key=lambda each: order[each.section])
        found[sheet] = _by((f"in-{order[each.section]}", each.place, each) for each in ordered)
    sheets: dict[str, list[Entry]] = {}
    for entry in register.entries.values():
        sheets.setdefault(entry.sheet, []).append(entry)
    for sheet, entries in sheets.items():
        if sheet == SERIES:
            entries.sort(key=lambda entry: register.names.series(entry.record))
        elif sheet != HOME:
            entries.sort(key=lambda entry: natural_order(entry.group[0]))
            entries.sort(key=lambda entry: entry.group[0] == INPUTS)
        found[sheet] = _by((*entry.group, entry) for entry in entries)
    return {sheet: groups for sheet, groups in found.items() if groups}


def _by(items: Iterable[tuple[str, Text, Any]]) -> Groups:
    found: Groups = {}
    for id, heading, item in items:
        found.setdefault((id, heading), []).append(item)
    return found


def _title(register: Register, sheet: str, made: Sequence[Body], filled: Collection) -> str:
    """The title of a sheet. filled: those that have entries; the first one always is there, as it
    has the publishers and files."""
    home, labels = "reported" if HOME in filled else "register", register.labels
    known = {HOME: home, CLAIMS: "claims", SERIES: "series", ERRORS: "errors"}
    if sheet in known:
        return language.text(labels[known[sheet]])
    short = next(page.short for page in made if sheet == f"{HOME}-{page.name}")
    return language.labelled(language.text(labels["computed"]), short)


def _address(register: Register, sheet: str, id: str) -> str:
    """The address of the entry of a number or claim, from a sheet."""
    found = register.href(id) if id in register.entries else f"{CLAIMS}.html#{id}"
    return found.removeprefix(f"{sheet}.html")


def _mentioned(register: Register, sheet: str, fault: Fault) -> list[tuple[str, Text]]:
    """Address and name of each number and claim that an error concerns or mentions."""
    names = {claim.id: claim.statement for claim in register.claims}
    ids = [fault.row, *(id for words in fault.words for id in _ROW.findall(words[0]))]
    names |= {id: register.entries[id].name for id in (fault.id, *ids) if id in register.entries}
    found = dict.fromkeys((fault.id, *ids))
    return [(_address(register, sheet, id), names[id]) for id in found if id in names]


def _functions(register: Register, sheet: str) -> dict[str, Callable]:
    """What the template of a sheet calls."""
    return {
        "formula": partial(_formula, register),
        "language_called": locales.called,
        "href": partial(_address, register, sheet),
        "written_in": register.language_of,
        "mentioned": partial(_mentioned, register, sheet),
        "unit_of": lambda record: language.text(register.names.unit(record)),
        "called": lambda used: [register.names.row(used.table, key) for key in used.keys[:FEW]],
        "text_of": lambda words: render.shown(Text(**words)),
    }


def _calculated(register: Register, entries: Iterable[Entry]) -> dict[str, Any]:
    """What the head of a sheet of computed numbers tells: the formulas that are written as sums, by
    the name of their measure, and the tables whose rows were counted."""
    formulas: dict[Markup, dict[Markup, None]] = {}
    tables: dict[str, None] = {}
    for derivation in (entry.record["derivation"] for entry in entries):
        if isinstance(derivation["formula"], str) and derivation["inputs"]:
            name = Markup(language.marked(Text(**derivation["name"])).replace("{unit}", ""))
            formulas.setdefault(name, {})[_formula(register, derivation)] = None
        if "table" in derivation:
            tables[derivation["table"]] = None
    joined = {name: Markup(language.text(SEMICOLON)).join(each) for name, each in formulas.items()}
    return {"formulas": joined, "tables": list(tables)}


def _formula(register: Register, derivation: Mapping) -> Markup:
    """The formula of a number in words, in the current language."""
    words = written_sums.formula(derivation["formula"], derivation["words"])

    def name(id: str) -> str:  # of the few ids in the words, not of every entry
        return language.marked(register.entries[id].name) if id in register.entries else id

    return Markup(with_names(words, name))


def compact(keys: Sequence[str]) -> str:
    """Keys of rows on one line, consecutive ones as a range: `visit-01…03, visit-07`."""
    spans: list[list[str]] = []
    before = ("", "")
    for key in keys:
        stem = key.rstrip("0123456789")
        number = key[len(stem) :]
        if number and before[1] and stem == before[0] and int(number) == int(before[1]) + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([key])
        before = stem, number
    return ", ".join("…".join(span) for span in spans)
