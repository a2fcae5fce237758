"""The words and numbers of a figure of any make, in the current language.

Names of columns and values that the figure shows as they stand in the frame are replaced by their
labels, numbers are written as the language does, and long titles wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text as Words
from matplotlib.ticker import (
    FixedFormatter,
    Formatter,
    FuncFormatter,
    LogFormatter,
    NullFormatter,
    ScalarFormatter,
)

from .. import language
from ..formats.html_tables import Column
from ..language import Text

_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"([-\N{MINUS SIGN}]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)")
# A Dutch thousand or an English decimal: only its author knows.
_EITHER = re.compile(r"[-\N{MINUS SIGN}]?[1-9]\d{0,2}\.\d{3}%?")
_MARKED = re.compile(r"\d[.,]\d")  # inside a text: languages differ in these marks
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d|2100")


class Names:
    """What columns and values of a frame are called, and which words need no translation.

    data, columns: the frame and its headers. words: what else in the picture is called otherwise,
    such as the name of an axis. same: further names that every language shares."""

    def __init__(
        self, data: pd.DataFrame | None, columns: Mapping[str, Column],
        words: Mapping[str, Text] | None = None, same: Collection[str] = (),
    ):  # fmt: skip
        self._known = {name: column.label for name, column in columns.items()} | {**(words or {})}
        self.used: set[str] = set()
        for column in columns.values():
            self._known.update(column.names or {})
        texts = [] if data is None else [data[name] for name in columns if name in data]
        cells = {cell for column in texts for cell in column if isinstance(cell, str)}
        alike = {words[0] for words in self._known.values() if len(set(words)) == 1}
        self.shared = {*same, *alike, *(cells - self._known.keys())}

    def translated(self, text: str) -> str:
        """A text in the current language: a column or value by its name, a number as written."""
        if text in self._known:
            self.used.add(text)
            return language.text(self._known[text])
        return text if _EITHER.fullmatch(text) else number(text)

    def foreign(self, text: str) -> bool:
        """Whether a text has words, or a number that languages read in two ways, beyond names."""
        for name in sorted(filter(None, self.shared), key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
        return bool(_WORD.search(text) or _MARKED.search(text))


def number(text: str, years: bool = True) -> str:
    """A number with a decimal point in the current language; any other text unchanged. years:
    whether a whole number from 1500 to 2100 is a year, without a separator."""
    found = _NUMBER.fullmatch(text)
    if found is None or (years and _YEAR.fullmatch(text)):
        return text
    sign, whole, decimals, percent = found.groups(default="")
    pattern = "#,##0" + ("." + "0" * len(decimals)) * bool(decimals)
    value = float(f"{whole.replace(',', '')}.{decimals or 0}")
    return language.number(-value if sign else value, pattern) + percent


class _Ticks(Formatter):
    """Tick labels by another formatter, in the current language."""

    def __init__(self, inner: Formatter, names: Names):
        self._inner, self._names = inner, names
        self.axis = inner.axis

    def format_ticks(self, values) -> list[str]:
        """The labels of all ticks of an axis."""
        if isinstance(self._inner, LogFormatter):
            shown = self._inner.format_ticks(values)
            pattern = "#,##0.#########"
            return [
                language.number(float(value), pattern) if label else ""
                for value, label in zip(values, shown, strict=True)
            ]
        labels = [
            each.decode() if isinstance(each, bytes) else str(each)  # pandas gives some as bytes
            for each in self._inner.format_ticks(values)
        ]
        if isinstance(self._inner, (FuncFormatter, FixedFormatter)):  # perhaps the author's words
            return list(map(self._names.translated, labels))
        years = all(_YEAR.fullmatch(each) for each in labels if each)
        written = [number(each, years) for each in labels]
        pairs = zip(written, labels, strict=True)
        return [own if own != label else self._names.translated(label) for own, label in pairs]

    def __call__(self, value, position=None) -> str:
        """The label of one tick."""
        return self._names.translated(self._inner(value, position))

    def set_locs(self, locs) -> None:
        """Tell the formatter where all ticks are."""
        self._inner.set_locs(locs)

    def get_offset(self) -> str:
        """What the labels leave out."""
        return self._inner.get_offset()


def translate(figure: Figure, names: Names) -> None:
    """Write the words and numbers of a figure in the current language."""
    every = figure.findobj(Axes)  # insets too
    ticks = {id(text) for axes in every for text in _tick_texts(axes)}
    for text in figure.findobj(Words):
        if id(text) not in ticks and (written := text.get_text()).strip():
            text.set_text(names.translated(written))
    for axes in every:
        for axis in (axes.xaxis, axes.yaxis):
            for inner, replace in (
                (axis.get_major_formatter(), axis.set_major_formatter),
                (axis.get_minor_formatter(), axis.set_minor_formatter),
            ):
                if isinstance(inner, ScalarFormatter):  # no powers of ten beside the axis
                    inner.set_useOffset(False)
                    inner.set_powerlimits((-9, 15))
                if not isinstance(inner, NullFormatter):
                    replace(_Ticks(inner, names))


def _tick_texts(axes: Axes) -> Iterator[Words]:
    for axis in (axes.xaxis, axes.yaxis):
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            yield from (tick.label1, tick.label2)


def alike(each: Iterable[Collection[str]], names: Names) -> list[str]:
    """The texts beyond names that stand in the pictures of all languages, sorted."""
    common = set.intersection(*map(set, each))
    return sorted(text for text in common if names.foreign(text))
