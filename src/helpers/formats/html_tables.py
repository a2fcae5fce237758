"""A data frame as an HTML table in the current language, each number with its evidence id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd

from .. import language
from ..errors import EvidenceError, Problem
from ..evidence.arithmetic import Quantity
from ..language import Text
from ..messages import _
from . import value_format

# On a phone each row of a wide table is a card. With at most this many columns, a display name
# needs no column header there.
_FEW = 6
_TEXT_KINDS = ("short", "long")
BLANK = _("not given")  # what an empty cell means
_NOTE = _("Empty: {}.")
# JupyterLab and nbconvert align every cell on the right, and break an id after its dash.
LOOK = """<style>.shown table { margin-left: 0 }
.shown :is(th, td) { vertical-align: top }
.shown :is(th, td):not(.figure) { text-align: left }
.shown :is(th[scope=row], td:has(.mark)) { white-space: nowrap }</style>"""


@dataclass(frozen=True)
class Column:
    """How a column of a table is shown.

    label: the column header, unit included. pattern: of its numbers; `range 0.0` writes the bounds.
    names: the display name of each value, which may be a number, such as a year. marks: a symbol to
    show before a value, so that colour is not the only cue. missing: the text for a missing value;
    by default its cell is blank, and the caption says what that means, but row headers, and numbers
    most of which are known, have the word for unknown. year: whether its numbers are years. lang:
    the language of its text on the pages of every language, or the column that has that of each
    row.

    Raises ValueError for a label that is no `Text`, and for an invalid pattern.

    >>> column = Column(Text("Waarde", "Value"), "0.0")
    """

    label: Text
    pattern: str = value_format.ANY
    names: Mapping[Any, Text] | None = None
    missing: Text | None = None
    year: bool = False
    marks: Mapping[str, str] | None = None
    lang: str = ""

    def __post_init__(self):
        if not isinstance(self.label, Text):
            raise ValueError(f"label {self.label!r}; write Column(Text(...), ...)")
        if value_format.read_spec(self.pattern).kind == "plural":
            raise ValueError(f"pattern {self.pattern!r} of a column; write a number pattern")
        if self.names is not None:  # cells are looked up as text
            named = {str(value): name for value, name in self.names.items()}
            object.__setattr__(self, "names", named)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with columns of quantities as float64 (NaN when unknown), for matplotlib."""
    numbers = {
        str(name): frame[name].astype(float)
        for name in frame
        if any(isinstance(value, Quantity) for value in frame[name])
    }
    return frame.assign(**numbers) if numbers else frame


def quantities(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[Quantity]:
    """Every quantity in the named columns; a column may exist once per language (`name_nl`)."""
    for name in columns:
        for each in (name, *(f"{name}_{lang}" for lang in language.languages())):
            if each in frame:
                yield from flat(frame[each])


def flat(values: Iterable) -> Iterator[Quantity]:
    """Every quantity among values, including those in nested lists; not the missing ones, of which
    there is no evidence."""
    return (each for each in items(values) if isinstance(each, Quantity) and each.origin)


def items(values: Iterable) -> Iterator:
    """Every value, with the items of nested lists, and each language of a `Text`, one by one."""
    for value in values:
        if isinstance(value, (list, tuple, Text)):
            yield from items(value)
        else:
            yield value


def table(frame: pd.DataFrame, columns: Mapping[str, Column]) -> str:
    """The named columns as an HTML table; the first column holds the row headers.

    Of two columns `remark_nl` and `remark_en`, `remark` shows the one in the current language.
    Raises `EvidenceError` for a column that does not exist and for a plain number.
    """
    records = list(rows(frame))
    shown: dict[str, list[tuple[str, str]]] = {}
    for name, column in columns.items():
        own = _with_missing(column, [cell(record, name) for record in records], not shown)
        shown[name] = [_cell(record, name, own) for record in records]
    kinds = {name: _column_kind(frame, name, cells) for name, cells in shown.items()}
    on_card = _card_labels(columns, kinds)
    figure = {name: ' class="figure"' if kind == "figure" else "" for name, kind in kinds.items()}
    head = "".join(
        f'<th scope="col"{figure[name]}>{language.marked(column.label)}</th>'
        for name, column in columns.items()
    )
    lines = []
    for cells in zip(*shown.values(), strict=True):
        (first, *names), (top, *rest) = kinds, (html for __, html in cells)
        row = f'<th scope="row"{figure[first]}>{top}</th>'
        for name, html in zip(names, rest, strict=True):
            row += f"<td{figure[name]}{on_card[name] if html else ''}>{html}</td>"
        lines.append(row)
    body = "".join(f"<tr>{row}</tr>" for row in lines)
    note = _note() if any(not html for cells in shown.values() for __, html in cells) else ""
    inside = f"{note}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f"<table{_classes(kinds)}>{inside}</table>"


def _note() -> str:
    """The caption that says what a blank cell means."""
    words = language.text(_NOTE).format(language.text(BLANK))
    return f'<caption><p class="blank">{words}</p></caption>'


def _with_missing(column: Column, values: Sequence, header: bool) -> Column:
    """The column with the text of its missing cells, none for blank ones. header: whether its
    cells are row headers, which can't be blank."""
    if column.missing is not None:
        return column
    numbers = any(isinstance(value, Quantity) for value in values)
    known = sum(not _is_missing(value) for value in values)
    said = header or (numbers and known >= len(values) / 2)
    return replace(column, missing=language.UNKNOWN if said else Text())


def _column_kind(frame: pd.DataFrame, name: str, cells: Sequence[tuple[str, str]]) -> str:
    """The kind of a column: `figure` (aligned right), `short` (not wrapped) or `long` text, or an
    empty string for other text."""
    if next(quantities(frame, [name]), None) is not None:
        return "figure"
    longest = max(len(text) for text, __ in cells)
    return "short" if longest <= 27 else "long" if longest > 40 else ""


def _classes(kinds: Mapping[str, str]) -> str:
    """The class attribute of a table: the positions of its short (s1) and long (l2) columns, and
    `cards` for one with long text, which the style sheet shows as a stack of cards on a phone."""
    places = [f"{kind[0]}{n}" for n, kind in enumerate(kinds.values(), 1) if kind in _TEXT_KINDS]
    classes = ["cards"] * ("long" in kinds.values()) + places
    return f' class="{" ".join(classes)}"' if classes else ""


def _card_labels(columns: Mapping[str, Column], kinds: Mapping[str, str]) -> dict[str, str]:
    """The attribute `data-l` with the column header, by column, which a card shows before a cell
    that is not empty.

    Empty where the cell is clear without: a year, a display name (in a table of few columns), or
    the only long text."""
    texts = list(kinds.values()).count("long")
    found = dict.fromkeys(columns, "")
    for name, column in columns.items():
        listed = column.names and not column.marks and len(columns) <= _FEW
        plain = column.year or listed
        if texts and not plain and (kinds[name] != "long" or texts > 1):
            found[name] = f' data-l="{escape(language.text(column.label))}"'
    return found


def rows(frame: pd.DataFrame) -> Iterator[dict]:
    """Each row by column; unlike `to_dict`, it makes no float of an unknown quantity."""
    names = list(frame)
    return (dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None))


def cell(record: Mapping, name: str):
    """The value of a column in a record, or of its variant in the current language.

    Raises `EvidenceError` for a column that does not exist."""
    for own in (name, f"{name}_{language.current()}"):
        if own in record:
            return record[own]
    expected = f"one of {', '.join(map(str, record))}"
    raise EvidenceError(Problem(f"a table, column {name}", "no such column", expected))


def _is_missing(value) -> bool:
    """Whether a cell has no value; an unknown number with evidence has one."""
    return language.is_missing(value) and not getattr(value, "id", "")


def _cell(record: Mapping, name: str, column: Column) -> tuple[str, str]:
    """A cell as plain text and as HTML."""
    value = cell(record, name)
    if _is_missing(value) and column.missing is not None:
        return language.text(column.missing), language.marked(column.missing)
    if column.names:
        if str(value) not in column.names:
            expected = f"a value that has a name: {', '.join(map(str, column.names))}"
            raise EvidenceError(Problem(f"a table, column {name}", repr(value), expected))
        text, html = (f(column.names[str(value)]) for f in (language.text, language.marked))
        if mark := (column.marks or {}).get(str(value)):  # hidden from screen readers
            symbol = f'class="mark {escape(str(value))}" aria-hidden="true"'
            return text, f"<span {symbol}>{escape(mark)}</span> {html}"
        return text, html
    if column.year:
        value = language.year(value)
    if isinstance(value, str):
        html, foreign = escape(value), language.foreign(str(record.get(column.lang, column.lang)))
        return value, f"<span{foreign}>{html}</span>" if foreign else html
    spec = column.pattern if isinstance(value, Quantity) else ""
    try:
        return value_format.written(value, spec), value_format.marked(value, spec)
    except EvidenceError as error:
        problem = error.problems[0]._replace(place=f"a table, column {name}")
        raise EvidenceError(problem) from None
