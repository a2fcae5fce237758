"""A frame as a table: every number in it bound to its evidence, in the current language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import pandas as pd

from .. import language
from ..errors import EvidenceError, Problem
from ..evidence.quantities import Quantity
from ..language import Text
from . import value_format

_FEW = 6  # with so few columns a name from a list needs no heading beside it on a card
_WORDS = ("short", "long")


@dataclass(frozen=True)
class Column:
    """How a column of a table is shown.

    label: its heading, unit included. pattern: of its numbers; `range 0.0` writes the bounds.
    names: what its values are called. marks: a sign before each, for those who do not see its
    colour. missing: the words for a missing value; unknown unless the table says otherwise. year:
    whether its numbers are years. lang: the language of its words, when it is always the same.
    """

    label: Text
    pattern: str = value_format.ANY
    names: Mapping[str, Text] | None = None
    missing: Text = language.UNKNOWN
    year: bool = False
    marks: Mapping[str, str] | None = None
    lang: str = ""

    def __post_init__(self):
        if not isinstance(self.label, Text):
            raise ValueError(f"label {self.label!r}; write Column(Text(nl, en), ...)")
        if value_format.form(self.pattern).kind == "plural":
            raise ValueError(f"pattern {self.pattern!r} of a column; write that of its numbers")


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with quantities as floats (NaN when unknown), for drawing."""
    numbers = {
        name: frame[name].map(float, na_action="ignore").astype(float)
        for name in frame
        if frame[name].dtype == object and frame[name].map(lambda v: isinstance(v, Quantity)).any()
    }
    return frame.assign(**numbers) if numbers else frame


def quantities(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[Quantity]:
    """Every quantity in the named columns that the frame has."""
    for name in columns:
        for each in (name, *(f"{name}_{lang}" for lang in language.LANGUAGES)):
            if each in frame:
                yield from flat(frame[each])


def flat(values: Iterable) -> Iterator[Quantity]:
    """Every quantity among values, those in lists too."""
    for value in values:
        if isinstance(value, Quantity):
            yield value
        elif isinstance(value, (list, tuple)) and not isinstance(value, Text):
            yield from flat(value)


def table(frame: pd.DataFrame, columns: Mapping[str, Column]) -> str:
    """The named columns as an HTML table; the first heads its rows.

    A column `remark` that exists as `remark_nl` and `remark_en` is shown in the reader's language.
    """
    records = frame.to_dict("records")
    shown = {
        name: [_cell(record, name, column) for record in records]
        for name, column in columns.items()
    }
    kinds = {name: _kind(frame, name, cells) for name, cells in shown.items()}
    said = _said(columns, kinds)
    figure = {name: ' class="figure"' if kind == "figure" else "" for name, kind in kinds.items()}
    head = "".join(
        f'<th scope="col"{figure[name]}>{escape(language.text(column.label))}</th>'
        for name, column in columns.items()
    )
    rows = []
    for cells in zip(*shown.values(), strict=True):
        (first, *names), (top, *rest) = kinds, (html for _, html in cells)
        row = f'<th scope="row"{figure[first]}>{top}</th>'
        parts = zip(names, rest, strict=True)
        rows.append(row + "".join(f"<td{figure[n]}{said[n]}>{html}</td>" for n, html in parts))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table{_set(kinds)}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _kind(frame: pd.DataFrame, name: str, cells: Sequence[tuple[str, str]]) -> str:
    """What a column holds: figures (to the right), short words (unbroken), long text, or words."""
    if next(quantities(frame, [name]), None) is not None:
        return "figure"
    longest = max(len(text) for text, _ in cells)
    return "short" if longest <= 27 else "long" if longest > 40 else ""


def _set(kinds: Mapping[str, str]) -> str:
    """How a table is set, as classes of the whole: its short (s1) and long (l2) columns by place;
    one with long text becomes a stack of cards on a phone."""
    places = [f"{kind[0]}{n}" for n, kind in enumerate(kinds.values(), 1) if kind in _WORDS]
    classes = [*(["cards"] if "long" in kinds.values() else []), *places]
    return f' class="{" ".join(classes)}"' if classes else ""


def _said(columns: Mapping[str, Column], kinds: Mapping[str, str]) -> dict[str, str]:
    """The heading that a cell needs with it on a card, where its words do not speak for
    themselves as a year, a name from a list (among few columns), or the only long text do."""
    texts = list(kinds.values()).count("long")
    found = dict.fromkeys(columns, "")
    for name, column in columns.items():
        listed = column.names and not column.marks and len(columns) <= _FEW
        plain = column.year or listed
        if texts and not plain and (kinds[name] != "long" or texts > 1):
            found[name] = f' data-l="{escape(language.text(column.label))}"'
    return found


def cell(record: Mapping, name: str):
    """The value of a column in a record, in the reader's language where there is one for each."""
    for own in (name, f"{name}_{language.current()}"):
        if own in record:
            return record[own]
    expected = f"one of {', '.join(map(str, record))}"
    raise EvidenceError(Problem(f"a table, column {name}", "no such column", expected))


def _cell(record: Mapping, name: str, column: Column) -> tuple[str, str]:
    """A cell as plain text and as HTML."""
    value = cell(record, name)
    if language.is_missing(value):
        text = language.text(column.missing)
        return text, escape(text)
    if column.names:
        if str(value) not in column.names:
            expected = f"a value that has a name: {', '.join(map(str, column.names))}"
            raise EvidenceError(Problem(f"a table, column {name}", repr(value), expected))
        text = language.text(column.names[str(value)])
        return text, _mark(value, column) + escape(text)
    if column.year:
        value = language.year(value)
    if isinstance(value, str):
        html, foreign = escape(value), language.foreign(column.lang)
        return value, f"<span{foreign}>{html}</span>" if foreign else html
    spec = column.pattern if next(flat([value]), None) is not None else ""
    try:
        return value_format.written(value, spec), value_format.marked(value, spec)
    except EvidenceError as error:
        problem = replace(error.problems[0], place=f"a table, column {name}")
        raise EvidenceError(problem) from None


def _mark(value, column: Column) -> str:
    """The sign before a value, which the word beside it says to those who hear the page."""
    sign = (column.marks or {}).get(str(value))
    kind = escape(str(value))
    return f'<span class="mark {kind}" aria-hidden="true">{escape(sign)}</span> ' if sign else ""
