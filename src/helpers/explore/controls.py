"""What a reader can choose in a view: by keyboard, and labelled in their language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import ModuleType
from typing import Any

import pandas as pd

from .. import language
from ..charts import defaults
from ..errors import LIBRARY, ChartError, NotebookError, Problem, listed
from ..language import Text
from ..messages import _
from ..tables import descriptor


class Pick(Enum):
    """A choice among rows that is no value of theirs, and what it is called."""

    ALL = _("all")
    MISSING = _("not stated")


PLACE = f"{LIBRARY}.explore"  # of problems
_LISTED = 5  # options of a list that are seen without scrolling


def widgets() -> ModuleType:
    """ipywidgets, imported when a view is made. Raises `NotebookError` where it is missing."""
    try:
        import ipywidgets
    except ModuleNotFoundError as error:
        found, expected = f"no module {error.name}", "the extra 'lab' of this library"
        remedy = "Run pip install 'evidence-annex[lab]', or in its own repository make"
        raise NotebookError(Problem(PLACE, found, expected, remedy)) from error
    return ipywidgets


@dataclass(frozen=True)
class Choice:
    """One control. label: what is chosen. options: the names of what can be chosen, by value.
    start: the value, or with `several` the values, at first; by default the first one, or all.

    >>> explore.Choice(Text("teken", "sign"), {"+": Text("meer dan", "more than")}).first
    '+'
    """

    label: Text
    options: Mapping[Any, Text]
    start: Any = None
    several: bool = False

    def widget(self):
        """The control in the current language: a list of the browser's own, so that arrow keys,
        typing and screen readers work as everywhere."""
        ipywidgets = widgets()
        options = [(language.text(name), value) for value, name in self.options.items()]
        kind = ipywidgets.SelectMultiple if self.several else ipywidgets.Dropdown
        return kind(
            options=options, value=self.first, description=self.title,
            style={"description_width": "initial"}, layout={"width": "max-content"},
            **({"rows": min(len(options), _LISTED)} if self.several else {}),
        )  # fmt: skip

    @property
    def first(self) -> Any:
        """What is chosen at first."""
        if self.several:
            return tuple(self.options) if self.start is None else tuple(self.start)
        return next(iter(self.options)) if self.start is None else self.start

    @property
    def title(self) -> str:
        """The label in the current language."""
        return language.text(self.label)

    def called(self, value: object) -> str:
        """What a chosen value, or several, is called in the current language."""
        if self.several:
            names = [self.options[each] for each in value]  # type: ignore[attr-defined]
            return language.join(names) if names else "–"
        return language.text(self.options[value])


def of_columns(
    frame: pd.DataFrame,
    single: Sequence[str],
    start: Mapping[str, Any] | None,
    several: Sequence[str] = (),
    whole: bool = False,
) -> dict[str, Choice]:
    """The choice among the values of each column, named as the descriptor does.

    single, several: the columns of which one value is chosen, or several. start: what is chosen at
    first, by column. whole: also all values together, which is the default, and missing ones.

    Raises `ChartError` with a value that has no name, and with what is wrong in `start`."""
    columns, start = [*single, *several], start or {}
    if unknown := [column for column in start if column not in columns]:
        expected = f"columns that are chosen from: {', '.join(columns)}"
        raise ChartError(Problem(f"{PLACE}, start", ", ".join(unknown), expected))
    return {
        column: _of_column(frame, column, start.get(column), column in several, whole)
        for column in columns
    }


def _of_column(frame: pd.DataFrame, column: str, start: Any, several: bool, whole: bool) -> Choice:
    found = named(frame, column)
    options: dict[Hashable, Text] = ({Pick.ALL: Pick.ALL.value} if whole else {}) | found
    if whole and frame[column].isna().any():
        options[Pick.MISSING] = Pick.MISSING.value
    given = [] if start is None else list(start) if several else [start]
    if unknown := [value for value in given if value not in options]:
        place = f"{PLACE}, start of column {column}"
        expected = f"some of {listed(map(repr, found), 9)}"
        raise ChartError(Problem(place, listed(map(repr, unknown)), expected))
    return Choice(title(frame, column), options, start, several)


def fields(frame: pd.DataFrame) -> dict[str, dict]:
    """The columns of the table whose rows a frame has, as the descriptor has them."""
    table = descriptor.read(descriptor.folder()).get(defaults.table_of(frame))
    return descriptor.fields(table) if table else {}


def has(frame: pd.DataFrame, *columns: str) -> None:
    """Raise `ChartError` for a column that a frame lacks."""
    if lacking := [column for column in columns if column not in frame]:
        expected = f"columns of the frame: {listed(map(str, frame), 20)}"
        raise ChartError(Problem(PLACE, listed(map(repr, lacking)), expected))


def taken(frame: pd.DataFrame, column: str, chosen: object) -> pd.DataFrame:
    """The rows with the value that was chosen."""
    if chosen is Pick.ALL:
        return frame
    if chosen is Pick.MISSING:
        return frame[frame[column].isna()]
    return frame[(frame[column] == chosen).fillna(False)]


def title(frame: pd.DataFrame, column: str, cells: Iterable = ()) -> Text:
    """What a column is called; with the unit of its quantities, if these are given. Raises
    `ChartError` when the descriptor does not say."""
    return _good(defaults.title(column, cells, defaults.table_of(frame)))


def named(frame: pd.DataFrame, column: str) -> dict[Any, Text]:
    """The name of each value of a column, in the order of the descriptor. Raises `ChartError` for a
    value without one."""
    found = _good(
        defaults.values(column, frame[column].dropna().unique(), defaults.table_of(frame))
    )
    return dict(sorted(found.items())) if all(map(defaults.whole, found)) else found


def _good(found: Any) -> Any:
    if isinstance(found, Problem):
        raise ChartError(found)
    return found
