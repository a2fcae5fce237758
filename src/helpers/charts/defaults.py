"""What a chart or table calls columns, their values and units where its author gives no words: the
titles, labels of categories and names of units in the descriptor.

The only module of this package that looks into `data/`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from numbers import Integral

import numpy as np
import pandas as pd

from ..errors import Problem, listed
from ..evidence.arithmetic import Quantity
from ..evidence.conversions import in_unit
from ..formats.html_tables import flat
from ..language import Text, is_missing, languages
from ..messages import _
from ..tables import cite, descriptor, frames, unit_label

Names = Mapping[str, Text] | Sequence[Hashable] | None
TRUTH = {"True": _("yes"), "False": _("no")}
# What a cell of a table is called that names something else: a source, or a unit.
NAMED = {
    **dict.fromkeys(("document", "section", "source"), lambda item: cite(item).label),
    "unit": unit_label,
}
_OWN_LANGUAGE = re.compile(r"\s*\([^()]*\)$")  # "Note (Dutch)" is a title of `note_nl`


same = Text.same  # a name that is the same in every language


def table_of(frame: pd.DataFrame) -> str:
    """The table whose rows a frame still has; empty when its index does not say."""
    return str(frame.index.name or "").partition("row of ")[2]


def values(
    column: Hashable, found: Iterable, table: str = "", every: bool = False
) -> dict | Problem:
    """A name for each value of a column, by the labels of the column with that name in the
    descriptor, in the order there; true and false are yes and no; a year, a text without letters
    (`2001–2005`), and a text of a column without labels, is its own.

    table: the one to take the labels from when several have such a column. every: whether to name
    the values too that are not found. Returns a problem when the descriptor has no names for some
    value, or tables differ about them.
    """
    found = list(dict.fromkeys(value for value in found if not is_missing(value)))
    if found and all(map(whole, found)):
        return {value: same(value) for value in found}
    if found and all(isinstance(value, (bool, np.bool)) for value in found):
        return {value: TRUTH[str(value)] for value in found}
    known = [(name, labels) for name, labels in labelled(column) if set(found) <= labels.keys()]
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
        return with_unit(words, own)
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


def in_unit_of(frame: pd.DataFrame, column: str, unit: str) -> pd.DataFrame:
    """The frame with the quantities of a column in another unit of their scale."""
    return frame.assign(**{column: in_unit(frame[column], unit)})


def default_pattern(values: Iterable) -> str:
    """The pattern for numbers whose author gave none: two decimals for ratios, at most one for
    others."""
    ratios = any(isinstance(value, Quantity) and value.unit == "ratio" for value in values)
    return "0.00" if ratios else "#,##0.#"


def axis_names(frame: pd.DataFrame) -> dict[str, Text]:
    """What the names of the index and of the columns are called, where the descriptor says so."""
    names = [str(name) for name in (frame.columns.name, *frame.index.names) if name is not None]
    titles = {name: title(name) for name in names}
    return {name: words for name, words in titles.items() if isinstance(words, Text)}


def _resources() -> dict[str, dict]:
    return descriptor.read(descriptor.folder(None))


def labelled(column: Hashable) -> Iterator[tuple[str, dict[str, Text]]]:
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
    if not all(f"{column}_{lang}" in fields for lang in languages()):
        return None
    whole = descriptor.named(str(column), fields[f"{column}_{languages()[0]}"])
    return whole.map(partial(_OWN_LANGUAGE.sub, ""))


def with_unit(words: Text, unit: Text) -> Text:
    """A header with a unit, in every language."""
    return Text(*(joined(*parts) for parts in zip(words, unit, strict=True)))


def joined(words: str, unit: str) -> str:
    """A header with a unit, unless it names it."""
    return words if unit.casefold() in words.casefold() else f"{words}, {unit}"


def _shown(labels: Mapping[str, Text]) -> str:
    return listed(f"{value} = {' / '.join(words)}" for value, words in labels.items())


def _wordless(value: object) -> bool:
    return isinstance(value, str) and not any(map(str.isalpha, value))


def whole(value: object) -> bool:
    """Whether a value is a whole number."""
    return isinstance(value, Integral) and not isinstance(value, bool)
