"""The words and numbers of a figure of any make, in the current language.

Names of columns and values that the figure shows as they stand in the frame are replaced by their
labels, numbers are written as the language does, and long titles wrapped.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text as Words
from matplotlib.ticker import (
    AutoLocator,
    FixedFormatter,
    Formatter,
    FuncFormatter,
    LogFormatter,
    MaxNLocator,
    NullFormatter,
)

from .. import language
from ..formats.html_tables import Column
from .style import Layout, wrap
from .svg_canvas import Canvas

CONTRAST = 4.5  # of text, as WCAG AA asks
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"([-\N{MINUS SIGN}]?)(\d+)(?:\.(\d+))?(%?)")
# A Dutch thousand or an English decimal: only its author knows.
_EITHER = re.compile(r"[-\N{MINUS SIGN}]?[1-9]\d{0,2}\.\d{3}%?")


class Drawn(NamedTuple):
    """A text that a figure shows, on one line; whether it lies within the picture; its contrast
    with the background, `None` inside axes."""

    text: str
    inside: bool
    contrast: float | None


class Names:
    """What columns and values of a frame are called, and which words need no translation.

    data, columns: the frame and its headers. same: further names that every language shares."""

    def __init__(
        self, data: pd.DataFrame | None, columns: Mapping[str, Column], same: Collection[str] = ()
    ):
        self._known = {name: column.label for name, column in columns.items()}
        for column in columns.values():
            self._known.update(column.names or {})
        texts = [] if data is None else [data[name] for name in columns if name in data]
        cells = {cell for column in texts for cell in column if isinstance(cell, str)}
        alike = {words[0] for words in self._known.values() if len(set(words)) == 1}
        self.shared = {*same, *alike, *(cells - self._known.keys())}

    def translated(self, text: str) -> str:
        """A text in the current language: a column or value by its name, a number as written."""
        if text in self._known:
            return language.text(self._known[text])
        return text if _EITHER.fullmatch(text) else number(text)

    def foreign(self, text: str) -> bool:
        """Whether a text has words, or a number that languages read in two ways, beyond names."""
        for name in sorted(self.shared, key=len, reverse=True):
            text = text.replace(name, " ")
        return bool(_WORD.search(text) or _EITHER.fullmatch(text.strip()))


def number(text: str) -> str:
    """A number with a decimal point in the current language; any other text unchanged. Only
    numbers from 10,000 are grouped, so that a year stays one."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    sign, whole, decimals, percent = found.groups(default="")
    pattern = ("#,##0" if len(whole) > 4 else "0") + ("." + "0" * len(decimals)) * bool(decimals)
    value = float(f"{whole}.{decimals or 0}")
    return language.number(-value if sign else value, pattern) + percent


class _Ticks(Formatter):
    """Tick labels by another formatter, in the current language."""

    def __init__(self, inner: Formatter, names: Names):
        self._inner, self._names = inner, names
        self.axis = inner.axis  # type: ignore[assignment]

    def format_ticks(self, values) -> list[str]:
        """The labels of all ticks of an axis."""
        if isinstance(self._inner, LogFormatter):
            shown = self._inner.format_ticks(values)
            pattern = "#,##0.#########"
            return [
                language.number(float(value), pattern) if label else ""
                for value, label in zip(values, shown, strict=True)
            ]
        authors = isinstance(self._inner, (FuncFormatter, FixedFormatter))
        write = self._names.translated if authors else self._plain
        return [write(label) for label in self._inner.format_ticks(values)]

    def __call__(self, value, position=None) -> str:
        """The label of one tick."""
        return self._names.translated(self._inner(value, position))

    def set_locs(self, locs) -> None:
        """Tell the formatter where all ticks are."""
        self._inner.set_locs(locs)

    def get_offset(self) -> str:
        """What the labels leave out."""
        return self._inner.get_offset()

    def _plain(self, label: str) -> str:
        written = number(label)
        return written if written != label else self._names.translated(label)


def apply(figure: Figure, names: Names, layout: Layout) -> None:
    """Write the words and numbers of a figure in the current language, in the room there is."""
    ticks = {id(text) for axes in figure.axes for text in _tick_texts(axes)}
    for text in figure.findobj(Words):
        if id(text) not in ticks and (written := text.get_text()).strip():
            text.set_text(names.translated(written))
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if not isinstance(axis.get_major_formatter(), NullFormatter):
                axis.set_major_formatter(_Ticks(axis.get_major_formatter(), names))
            if not isinstance(axis.get_minor_formatter(), NullFormatter):
                axis.set_minor_formatter(_Ticks(axis.get_minor_formatter(), names))
        _wrap(figure, axes, layout)
    _place_legends(figure, layout)
    _uncrowd(figure)


def _tick_texts(axes: Axes) -> Iterator[Words]:
    for axis in (axes.xaxis, axes.yaxis):
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            yield from (tick.label1, tick.label2)


def _wrap(figure: Figure, axes: Axes, layout: Layout) -> None:
    """Wrap the title and the labels of axes to their share of the picture."""
    spec = axes.get_subplotspec()
    share, tall = layout.width, figure.get_size_inches()[1]
    if spec is not None:
        share *= len(spec.colspan) / spec.get_gridspec().ncols
        tall *= len(spec.rowspan) / spec.get_gridspec().nrows
    across, up = max(10, int(share * 9)), max(10, int(tall * 10))
    titles = (axes.title, axes._left_title, axes._right_title)  # type: ignore[attr-defined]
    for text, room in (*((title, across) for title in titles), (axes.xaxis.label, across),
                       (axes.yaxis.label, up)):  # fmt: skip
        if text.get_text():
            text.set_text(wrap(text.get_text().replace("\n", " "), room))


def _place_legends(figure: Figure, layout: Layout) -> None:
    """Make room for a legend outside of the axes: at the right, on a phone below them."""
    if not figure.legends:
        return
    renderer = _renderer(figure)
    boxes = [legend.get_window_extent(renderer) for legend in figure.legends]
    width = max(box.width for box in boxes) / figure.bbox.width + 0.02
    height = max(box.height for box in boxes) / figure.bbox.height + 0.02
    engine = figure.get_layout_engine()
    assert engine is not None
    where = "lower center" if layout.narrow else "center right"
    rect = (0, height, 1, 1 - height) if layout.narrow else (0, 0, 1 - width, 1)
    for legend in figure.legends:
        legend.set_bbox_to_anchor(None)
        legend.set_loc(where)
    if type(engine).__name__ == "TightLayoutEngine":  # takes right and top, not width and height
        rect = (rect[0], rect[1], 1, 1) if layout.narrow else (0, 0, 1 - width, 1)
    engine.set(rect=rect)


def _uncrowd(figure: Figure) -> None:
    """Where labels of an x axis would touch, show fewer numbers, or turn the names."""
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.execute(figure)
    renderer = _renderer(figure)
    for axes in figure.axes:
        boxes = [
            tick.label1.get_window_extent(renderer)
            for tick in axes.xaxis._update_ticks()  # type: ignore[attr-defined]
            if tick.label1.get_visible() and tick.label1.get_text()
        ]
        if any(a.padded(2).overlaps(b) for a, b in itertools.pairwise(boxes)):
            if isinstance(axes.xaxis.get_major_locator(), AutoLocator):
                axes.xaxis.set_major_locator(MaxNLocator(4))
            else:
                axes.tick_params(axis="x", labelrotation=90)


def _renderer(figure: Figure):
    assert isinstance(figure.canvas, Canvas)
    return figure.canvas.get_renderer()


def drawn(figure: Figure) -> list[Drawn]:
    """The texts that a figure shows, after it was drawn."""
    renderer = _renderer(figure)
    width, height = figure.bbox.size
    own = {id(text) for axes in figure.axes for text in axes.texts}
    found = []
    for text in figure.findobj(Words):
        lines = text.get_text().split("\n")
        if text.get_text().strip() and all(line in renderer.words for line in lines if line):
            box = text.get_window_extent(renderer)
            inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
            contrast = None if id(text) in own else _contrast(text, figure)
            found.append(Drawn(" ".join(lines), bool(inside), contrast))
    return found


def _contrast(text: Words, figure: Figure) -> float:
    lights = sorted(_light(colour) for colour in (text.get_color(), figure.get_facecolor()))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def faults(texts: Iterable[Drawn]) -> Iterator[tuple[str, str, str]]:
    """Texts that a reader can't read: found, expected, remedy."""
    for text in dict.fromkeys(texts):
        if not text.inside:
            remedy = "Shorten it, or move it"
            yield f"{text.text!r} beyond its edge", "all words within the picture", remedy
        if text.contrast is not None and text.contrast < CONTRAST:
            found = f"{text.text!r} with a contrast of {text.contrast:.1f} to its background"
            yield found, f"at least {CONTRAST}", "Choose a darker colour"


def alike(each: Iterable[Sequence[Drawn]], names: Names) -> list[str]:
    """The texts beyond names that stand in the pictures of all languages, sorted."""
    common = set.intersection(*({text.text for text in texts} for texts in each))
    return sorted(text for text in common if names.foreign(text))
