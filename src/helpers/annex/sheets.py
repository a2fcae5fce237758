"""The evidence register as pages: the reported numbers, the claims, the series, and what each page
of the annex computes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .. import language, tables, tabular
from ..claims import MARKS, VERDICTS
from ..language import LANGUAGES, Text
from . import coverage, render
from .register import CLAIMS, HOME, SERIES, Entry, Register
from .render import Page
from .words import FORMULA, WORDS

# Ratios that people read as a percentage.
_PERCENT = {"share", "share_of_sum", "change", "annual_growth", "complement"}


def pages(register: Register, made: Sequence[Page], counted: Counter[str]) -> list[Page]:
    """The sheets of the register in both languages, linked with the pages already made."""
    found = []
    shared = {
        "kinds": coverage.KINDS, "counted": counted, "figure": figure, "formula": formula,
        "hands": tables.labels("statistics_sources", "hand", register.data), "compact": compact,
        "machine": tabular.machine, "marks": MARKS, "verdicts": VERDICTS,
    }  # fmt: skip
    for lang in LANGUAGES:
        with language.use(lang):
            own = [page for page in made if page.lang == lang]
            names = [HOME, CLAIMS, SERIES, *(f"{HOME}-{page.name}" for page in own)]
            grouped = {name: _groups(register, name) for name in names}
            titles = {
                name: _title(name, own) for name in names if name in (HOME, CLAIMS) or grouped[name]
            }
            for name, title in titles.items():
                groups = grouped[name]
                html = render.sheet(name, titles, own, groups=groups, register=register, **shared)
                found.append(Page(name, lang, title, "", html=html))
    return found


def _groups(register: Register, sheet: str) -> dict[tuple[str, Text], list[Entry]]:
    found: dict[tuple[str, Text], list[Entry]] = {}
    for entry in register.entries.values():
        if entry.sheet == sheet:
            group = ("computed", WORDS["computed"]) if "derivation" in entry.record else entry.group
            found.setdefault(group, []).append(entry)
    return found


def _title(sheet: str, made: Sequence[Page]) -> str:
    known = {HOME: WORDS["reported"], CLAIMS: WORDS["claims"], SERIES: WORDS["series"]}
    if sheet in known:
        return language.text(known[sheet])
    short = next(page.short for page in made if sheet == f"{HOME}-{page.name}")
    return f"{language.text(WORDS['computed'])}: {short}"


def figure(record: dict, number: float | None) -> str:
    """A number of a record as text: shares and changes in per cent."""
    measure = record.get("derivation", {}).get("measure")
    return language.number(number, "0.0##%" if measure in _PERCENT else "#,##0.######")


def formula(written: str | dict[str, str]) -> str:
    """A formula in the reader's language: its words are names of inputs."""
    if isinstance(written, dict):
        return written[language.current()]
    return re.sub(r"[a-z_]{2,}", lambda m: language.text(FORMULA.get(m[0], m[0])), written)


def compact(keys: Sequence[str]) -> str:
    """Keys of rows in a line, neighbours as a span: `visit-01…03, visit-07`."""
    spans: list[list[str]] = []
    for key in keys:
        stem, number = re.fullmatch(r"(.*?)(\d*)", key).groups()
        last = re.fullmatch(r"(.*?)(\d*)", spans[-1][-1]).groups() if spans else ("", "")
        if number and last[1] and stem == last[0] and int(number) == int(last[1]) + 1:
            spans[-1].append(key)
        else:
            spans.append([key])
    tail = re.compile(r"\d+$")
    return ", ".join(
        span[0] if len(span) == 1 else f"{span[0]}…{tail.search(span[-1])[0]}" for span in spans
    )
