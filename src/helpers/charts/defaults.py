"""What a chart or table calls columns, their values and units where its author gives no words: the
titles, labels of categories and names of units in the descriptor.

The only module of this package that looks into `data/`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from numbers import Integral

import pandas as pd

from ..errors import ChartError, Problem, listed
from ..evidence.arithmetic import Quantity
from ..evidence.conversions import in_unit
from ..formats.html_tables import Column, flat
from ..language import LANGUAGES, Text, is_missing
from ..tables import cite, descriptor, frames, unit_label

Names = Mapping[str, Text] | Sequence[Hashable] | None
_TRUTH = {"True": Text("ja", "yes"), "False": Text("nee", "no")}
# What a cell of a table is called that names something else: a source, or a unit.
_NAMED = {**dict.fromkeys(("section", "source"), lambda item: cite(item).label), "unit": unit_label}
_OWN_LANGUAGE = re.compile(r"\s*\([^()]*\)$")  # "Note (Dutch)" is a title of `note_nl`


def same(word: object) -> Text:
    """A name that is the same in every language."""
    return Text(*[str(word)] * len(LANGUAGES))


def table_of(frame: pd.DataFrame) -> str:
    """The table whose rows a frame still has; empty when its index does not say."""
    return str(frame.index.name or "").partition("row of ")[2]


def values(
    column: Hashable, found: Iterable, table: str = "", every: bool = False
) -> dict | Problem:
    """A name for each value of a column, by the labels of the column with that name in the
    descriptor, in the order there; a year, a text without letters (`2001–2005`), and a text of a
    column without labels, is its own.

    table: the one to take the labels from when several have such a column. every: whether to name
    the values too that are not found. Returns a problem when the descriptor has no names for some
    value, or tables differ about them.
    """
    found = list(dict.fromkeys(value for value in found if not is_missing(value)))
    if found and all(map(_whole, found)):
        return {value: same(value) for value in found}
    known = [(name, labels) for name, labels in _labelled(column) if set(found) <= labels.keys()]
    known = [each for each in known if each[0] == table] or known
    named = {
        name: {value: words for value, words in labels.items() if every or value in found}
        for name, labels in known
    }
    different = {tuple(sorted(each.items())): name for name, each in named.items()}
    place = f"column {column}"
    if len(different) > 1:
        shown = "; ".join(f"{name}: {_shown(named[name])}" for name in different.values())
        remedy = "Give the names, such as tables.labels(table, column)"
        return Problem(place, f"other labels in several tables ({shown})", "one label", remedy)
    if named:
        return next(iter(named.values()))
    if all(map(_wordless, found)) or any(set(found) <= texts for texts in _texts(column)):
        return {value: same(value) for value in found}
    shown = listed(map(repr, found), 5)
    expected = "values that the descriptor labels, in a column of that name"
    return Problem(place, f"no labels for {shown}", expected, "Give names: {value: Text(...)}")


def title(column: Hashable, cells: Iterable = (), table: str = "") -> Text | Problem:
    """A header for a column, by the title of a column of that name in the descriptor, followed by
    the unit of its cells if these are quantities; a problem when there is neither."""
    own = unit(cells)
    titles = {
        name: words
        for name, resource in _resources().items()
        if (words := _title(column, descriptor.fields(resource)))
    }
    titles = {table: titles[table]} if table in titles else titles
    found = {words: name for name, words in titles.items()}
    if len(found) > 1:
        shown = "; ".join(f"{name}: {' / '.join(title)}" for title, name in found.items())
        remedy = f'Give one: labels={{"{column}": Text(...)}}'
        return Problem(f"column {column}", f"several titles ({shown})", "one title", remedy)
    words = next(iter(found), None)
    if isinstance(own, Problem):
        return own
    if words and own:
        return Text(*(_joined(*parts) for parts in zip(words, own, strict=True)))
    if words := words or own:
        return words
    remedy = f'Give one: labels={{"{column}": Text(...)}}'
    return Problem(f"column {column}", "no title in the descriptor", "a header", remedy)


def unit(cells: Iterable) -> Text | Problem | None:
    """The name of the unit of quantities; `None` without quantities, a problem if units differ."""
    units = list(dict.fromkeys(q.unit for q in flat(cells) if q.value is not None))
    if len(units) > 1:
        remedy = 'Convert it, such as by unit="EUR_m", or show each unit by itself'
        return Problem("its numbers", f"the units {', '.join(units)}", "one unit", remedy)
    return unit_label(units[0]) if units else None


def headers(
    frame: pd.DataFrame,
    chosen: Mapping[str, Column | Text | None] | Sequence[str] | None = None,
    labels: Mapping[str, Text] | None = None,
    where: str = "the data of a chart",
) -> dict[str, Column]:
    """How the columns of a frame are shown: as chosen, the rest by the descriptor.

    chosen: the columns, in order; all by default. labels: headers of columns. Of `note_nl` and
    `note_en` all languages make one column, `note`. Raises `ChartError`, at the place `where`, for
    what is no frame with cells, for a named index, which would not be shown, if all columns are to
    be, and with every column that has no header.
    """
    if not isinstance(frame, pd.DataFrame) or frame.empty:
        empty = isinstance(frame, pd.DataFrame)
        wrong = "no rows or columns" if empty else type(frame).__name__
        remedy = "Write series.reset_index()" * isinstance(frame, pd.Series)
        raise ChartError(Problem(where, wrong, "a DataFrame with rows and columns", remedy))
    index = [str(name) for name in frame.index.names if name is not None]
    if chosen is None and index and not table_of(frame):
        remedy = "Write frame.reset_index(), or name the columns to show"
        wrong = f"the index {', '.join(index)}"
        raise ChartError(Problem(where, wrong, "columns, as an index is not shown", remedy))
    labels = labels or {}
    given = chosen if isinstance(chosen, Mapping) else {}
    found, problems = {}, []
    for name in _shown_columns(frame) if chosen is None else chosen:
        own = given.get(name)
        if isinstance(own, Column):
            found[name] = own
            continue
        column = _column(frame, name, own or labels.get(name))
        if isinstance(column, Problem):
            problems.append(column)
        else:
            found[name] = column
    unknown = [name for name in labels if name not in found]
    if unknown and not problems:
        expected = f"columns that it shows: {listed(found, 9)}"
        problems.append(Problem("labels", listed(map(repr, unknown)), expected))
    if problems:
        raise ChartError([replace(each, place=f"{where}, {each.place}") for each in problems])
    return found


def in_unit_of(frame: pd.DataFrame, column: str, unit: str) -> pd.DataFrame:
    """The frame with the quantities of a column in another unit of their scale."""
    return frame.assign(**{column: in_unit(frame[column], unit)})


def default_pattern(values: Iterable) -> str:
    """The pattern for numbers whose author gave none: two decimals for ratios, at most one for
    others."""
    ratios = any(isinstance(value, Quantity) and value.unit == "ratio" for value in values)
    return "0.00" if ratios else "#,##0.#"


def _column(frame: pd.DataFrame, name: str, label: Text | None) -> Column | Problem:
    cells = frame[name].tolist() if name in frame else []
    table = table_of(frame)
    if name not in frame and not any(f"{name}_{lang}" in frame for lang in LANGUAGES):
        return Problem(f"column {name}", "no such column", f"one of {listed(map(str, frame), 9)}")
    if label is None:
        made = title(name, cells, table)
        if isinstance(made, Problem):
            return made
        label = made
    known = [cell for cell in cells if not is_missing(cell)]
    if known and all(_whole(cell) and 1500 <= cell <= 2100 for cell in known):
        return Column(label, year=True)
    if known and all(isinstance(cell, bool) for cell in known):
        return Column(label, names=_TRUTH)
    if known and all(isinstance(cell, str) for cell in known):
        if name in _NAMED and table:
            return Column(label, names={cell: _NAMED[name](cell) for cell in dict.fromkeys(known)})
        names = values(name, known, table, every=True) if list(_labelled(name)) else {}
        if isinstance(names, Problem):  # tables may differ about values that it does not have
            names = values(name, known, table)
        return names if isinstance(names, Problem) else Column(label, names=names or None)
    return Column(label)


def _shown_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame, those that exist per language as one."""
    found: dict[str, None] = {}
    for name in map(str, frame.columns):
        stem, _, lang = name.rpartition("_")
        each = all(f"{stem}_{other}" in frame for other in LANGUAGES) and lang in LANGUAGES
        found[stem if each else name] = None
    return list(found)


def _resources() -> dict[str, dict]:
    return descriptor.read(descriptor.folder(None))


def _labelled(column: Hashable) -> Iterator[tuple[str, dict[str, Text]]]:
    """Each table that labels the values of such a column, with the labels."""
    for name, resource in _resources().items():
        if labels := descriptor.labels(descriptor.fields(resource).get(str(column), {})):
            yield name, labels


def _texts(column: Hashable) -> Iterator[set]:
    """The values of each column of that name that has no labels: they are their own names."""
    for name, resource in _resources().items():
        field = descriptor.fields(resource).get(str(column))
        if field is not None and not descriptor.labels(field):
            yield set(frames.load(name)[str(column)].dropna())


def _title(column: Hashable, fields: Mapping[str, dict]) -> Text | None:
    if column in fields:
        return descriptor.named(str(column), fields[str(column)])
    if not all(f"{column}_{lang}" in fields for lang in LANGUAGES):
        return None
    whole = descriptor.named(str(column), fields[f"{column}_{LANGUAGES[0]}"])
    return Text(*(_OWN_LANGUAGE.sub("", words) for words in whole))


def _joined(words: str, unit: str) -> str:
    return words if unit.casefold() in words.casefold() else f"{words}, {unit}"


def _shown(labels: Mapping[str, Text]) -> str:
    return listed(f"{value} = {' / '.join(words)}" for value, words in labels.items())


def _wordless(value: object) -> bool:
    return isinstance(value, str) and not any(map(str.isalpha, value))


def _whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)
