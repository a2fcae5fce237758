"""The evidence register as pages ("sheets"): one for the reported numbers, one for the claims, one
for the series, and one per page of the annex for the numbers computed on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial

from markupsafe import Markup, escape

from ... import language
from ...claims.verdicts import MARKS, VERDICTS
from ...formats import value_format
from ...language import LANGUAGES, Text
from ...tables import descriptor, display_names, roles
from ...tables.roles import Role
from ..pages import render
from ..pages.labels import WORDS
from ..pages.render import Page
from ..rules import coverage
from .entries import CLAIMS, HOME, SERIES, Entry, Register


def pages(
    register: Register, made: Sequence[Page], counted: Counter[str], once: Callable
) -> list[Page]:
    """The sheets of the register in each language, with links from and to the pages `made`.

    counted: numerals by kind. once: `Spool.once`, to keep sheets that are made of the same.
    """
    found = []
    for lang in LANGUAGES:
        with language.use(lang):
            found += _sheets(register, [page for page in made if page.lang == lang], counted, once)
    return found


def _sheets(
    register: Register, made: Sequence[Page], counted: Counter[str], once: Callable
) -> list[Page]:
    tables = roles.tables(descriptor.read(register.data))
    shared = {
        "reported": tables.get(Role.REPORTED), "claimed": tables.get(Role.CLAIMS),
        "kinds": coverage.KINDS, "counted": counted, "data": data, "percent": percent,
        "hands": display_names.labels(tables[Role.SOURCES], "hand", register.data),
        "source_kinds": display_names.known_labels(tables[Role.SOURCES], "kind", register.data),
        "compact": compact,
        "machine": value_format.machine, "formula": formula, "marks": MARKS, "verdicts": VERDICTS,
    }  # fmt: skip
    names = [HOME, CLAIMS, SERIES, *(f"{HOME}-{page.name}" for page in made)]
    grouped = {name: _groups(register, name) for name in names}
    titles = {name: _title(name, made) for name in names if name in (HOME, CLAIMS) or grouped[name]}
    found = []
    links = [(page.name, page.short) for page in made]
    for name, title in titles.items():
        make = partial(
            render.sheet, name, titles, made, groups=grouped[name], register=register, **shared
        )
        made_of = register, titles, links, counted if name == HOME else None  # which shows them
        html = once((name, language.current()), made_of, make)
        found.append(Page(name, language.current(), title, "", html=html))
    return found


def _groups(register: Register, sheet: str) -> dict[tuple[str, Text], list[Entry]]:
    found: dict[tuple[str, Text], list[Entry]] = {}
    for entry in register.entries.values():
        if entry.sheet == sheet:
            found.setdefault(entry.group, []).append(entry)
    return found


def _title(sheet: str, made: Sequence[Page]) -> str:
    known = {HOME: WORDS["reported"], CLAIMS: WORDS["claims"], SERIES: WORDS["series"]}
    if sheet in known:
        return language.text(known[sheet])
    short = next(page.short for page in made if sheet == f"{HOME}-{page.name}")
    return f"{language.text(WORDS['computed'])}: {short}"


def percent(record: dict) -> bool:
    """Whether the number of a record is shown as a percentage, as a share or change is."""
    return record.get("derivation", {}).get("percent", False)


def data(record: dict, number: float | None) -> Markup:
    """A number of a record as an HTML `data` element: its text, and its value for programs."""
    return _data(number, percent(record), language.current())


@cache  # both ends of a range often equal the value, and numbers of a table repeat
def _data(number: float | None, percent: bool, lang: str) -> Markup:
    with language.use(lang):
        pattern = "0.0##%" if percent else "#,##0.######"
        unknown = language.text(language.UNKNOWN)
        text = unknown if number is None else language.number(number, pattern)
    return Markup(f'<data value="{value_format.machine(number)}">{escape(text)}</data>')


def formula(written: str | dict[str, str], words: dict[str, dict[str, str]]) -> str:
    """A formula in the current language. words: the name of each input, by language."""
    if isinstance(written, dict):
        return render.shown(Text(**written))
    own = {name: render.shown(Text(**each)) for name, each in words.items()}
    return Markup("").join(own.get(part, part) for part in re.split(r"(\w+)", written))


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
