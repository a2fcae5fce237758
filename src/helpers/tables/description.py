"""What there is: the tables of a project, and one of them with its columns, coverage and sources.

`describe()` and `describe("missions")` show what the descriptor says and what the rows give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from .. import language
from ..language import Text
from ..listing import Cell, Grid, Listing, few, shown
from ..messages import _
from . import (
    columns_described,
    descriptor,
    display_names,
    frames,
    publication,
    roles,
    sections,
    sources,
)
from .roles import Role

_SOURCES = 12  # that are listed


def describe(name: str | None = None, data: Path | str | None = None) -> Listing:
    """What there is: all tables; or one, with its columns, their units and meaning, its coverage
    and its sources, in the current language.

    It shows itself in JupyterLab and, as plain text, in a terminal. Its `frame` has a row per
    table, or per column of the table.

    >>> tables.describe().frame.index[0]
    'quantities'

    Raises `DataError` for a table that does not exist or is invalid."""
    folder = descriptor.folder(data)
    if name is not None:
        return _one(frames.resource(name, folder), folder)
    title, words = publication.about(folder)
    return Listing(title, [words], {}, [_all(descriptor.read(folder), folder)])


def _all(known: dict[str, dict], data: Path) -> Grid:
    heads = (
        _("table"), _("what it holds"), _("rows"),
        _("columns"), _("period"), _("sources"),
        _("rows are"),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for name, table in known.items():
        frame = frames.load(name, data)
        rows.append([
            name, descriptor.named(name, table), len(frame), len(frame.columns),
            "–".join(map(str, _ends(_years(frame, table)))),
            len(_cited(frame, table, data)),
            display_names.rows_called(table),
        ])  # fmt: skip
    ask = f'tables.describe("{next(iter(known), "")}")'
    more = language.text(_("More about a table: {}.").format(ask))
    return Grid(_("Tables"), heads, rows, more)


def _one(table: dict, data: Path) -> Listing:
    name, known = table["name"], descriptor.read(data)
    frame = frames.load(name, data)
    title = language.text(descriptor.named(name, table))
    counted = language.text(display_names.rows_called(table))
    facts = {
        _("rows"): f"{shown(len(frame))} {counted}",
        _("file"): f"data/{table['path']}",
        _("a row is named by"): ", ".join(descriptor.primary_key(table)),
        **_coverage(frame, table),
    }
    columns = columns_described.grid(table, frame, known, display_names.units(data))
    cited = _sources(_cited(frame, table, data), data)
    return Listing(
        language.labelled(name, title), [descriptor.described(table)], facts, [columns, *cited]
    )


def _years(frame: pd.DataFrame, table: dict) -> pd.Series:
    """The years that each row with a period covers, as a series of lists."""
    fields = descriptor.fields(table)
    periods = [name for name, field in fields.items() if field.get("period")]
    if "year" in frame and fields["year"]["type"] == "integer":
        ends = ["year", "year"]
    elif {"period_start", "period_end"} <= {*periods}:
        ends = ["period_start", "period_end"]
    else:
        ends = periods[:1] * 2
    year = lambda end: int(end.year if hasattr(end, "year") else end)  # noqa: E731 (of a period)
    dated = frame[ends].dropna().itertuples(name=None) if ends else ()
    spans = {key: list(range(year(first), year(last) + 1)) for key, first, last in dated}
    return pd.Series(spans, dtype=object)


def _ends(years: pd.Series) -> list[int]:
    """The first and the last of these years; one if they are the same, none of no rows."""
    every = [year for span in years for year in span]
    return sorted({min(every), max(every)}) if every else []


def _coverage(frame: pd.DataFrame, table: dict) -> dict[Text, str]:
    """The period, the years without a row, and the series that lack years between their own."""
    years = _years(frame, table)
    if not (ends := _ends(years)):
        return {}
    found: dict[Text, str] = {
        _("period"): "–".join(map(str, ends)),
        _("years without a row"): _spans(_gaps(years)),
    }
    if undated := len(frame) - len(years):
        found[_("rows without a period")] = shown(undated)
    others = [name for name in descriptor.primary_key(table) if name != "year"]
    if "year" in descriptor.primary_key(table) and others:
        names = frame.loc[years.index, others].astype(str).agg("|".join, axis=1)
        series = years.groupby(names, sort=False)
        broken = [f"{name} ({_spans(gaps)})" for name, own in series if (gaps := _gaps(own))]
        of = language.text(_("{} of {}", "series")).format(len(broken), len(series))
        found[_("series with gaps")] = language.labelled(of, few(broken, 5)) if broken else of
    return found


def _gaps(years: pd.Series) -> list[int]:
    """The years between the first and the last that no row covers."""
    covered = {year for span in years for year in span}
    return [year for year in range(min(covered), max(covered)) if year not in covered]


def _spans(years: list[int]) -> str:
    """Years in a line, consecutive ones as a range: `2003, 2007–2009`."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1][1:] = [year]
        else:
            spans.append([year])
    return few(["–".join(map(str, span)) for span in spans], 8)


def _cited(frame: pd.DataFrame, table: dict, data: Path) -> Counter[str]:
    """How many rows cite each publication, or place in the documents."""
    named, found = roles.tables(data), Counter[str]()
    for fields, target, __ in descriptor.foreign_keys(table):
        if target == named.get(Role.SOURCES) and len(fields) == 1 and target != table["name"]:
            found.update(frame[fields[0]].dropna())
    places = sections.Places(data)
    if {*places.columns} & {*frame} and table["name"] != named.get(Role.SECTIONS):
        found.update(filter(None, places.of(frame)))
    return found


def _sources(cited: Counter[str], data: Path) -> Iterator[Grid]:
    if not cited:
        return
    often = cited.most_common()
    heads = _("source"), _("what that is"), _("rows")
    rows: list[list[Cell]] = []
    for source in sources.cite_all([name for name, __ in often[:_SOURCES]], data):
        detail = language.text(source.detail)
        label = language.text(source.label)
        work = f"{source.work}. {detail}" if source.work else label
        rows.append([source.id, work, cited[source.id]])
    rest = len(often) - len(rows)
    more = language.text(_("And {} more.")).format(rest) if rest else ""
    yield Grid(_("Sources"), heads, rows, more)
