"""A chart that its author draws with matplotlib, pandas or seaborn, in the style and sizes of the
others: by a function that draws on given axes, or as a finished figure."""

from __future__ import annotations

import copy
import inspect
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine

from .. import language
from ..counts import count
from ..errors import LIBRARY, ChartError, Problem, listed
from ..evidence.arithmetic import Quantity
from ..formats.html_tables import Column
from ..language import Text, is_missing
from ..limits import PICTURE_BYTES
from . import alt_text, defaults, figure_fit, figure_words, table_headers
from .chance import same_chance
from .sentences import Sentence
from .style import STYLE, Chart, Layout, canvas
from .svg_canvas import POINTS, Canvas
from .svg_minify import ELEMENTS

HEIGHT = 3.4  # of a panel, in inches
WAY_OUT = "Draw it in a function of the axes, def draw(axes), which is called for each language"
_ELEMENT = re.compile(r"<([a-zA-Z]+)")


@dataclass(frozen=True)
class OwnChart(Chart):
    """A chart of another make. words: finds what its pictures say in each language. labels: of
    words in the pictures that are no columns. finished: whether it can't be drawn anew for a
    language."""

    words: figure_words.Names = field(kw_only=True)
    labels: Mapping[str, Text] = field(default_factory=dict, kw_only=True)
    finished: bool = field(kw_only=True)
    drawn: dict[str, set[str]] = field(default_factory=dict, kw_only=True)

    def flaws(
        self, texts: list[figure_fit.Drawn], svg: str, lang: str
    ) -> Iterator[tuple[str, str, str]]:
        """Words of a colour that can't be seen, and what no picture of an annex may have."""
        self.drawn.setdefault(lang, set()).update(text.text for text in texts)
        yield from figure_fit.faint(texts)
        yield from _faults(svg)

    def problems(self) -> list[Problem]:
        """Of any chart, and, once it was drawn in every language, words that are the same in all
        of them, so that readers of the others could not read them."""
        problems = super().problems()
        whole = self.drawn.keys() == set(language.languages())
        alike = figure_words.alike(self.drawn.values(), self.words) if whole else []
        if unused := sorted(set(self.labels) - self.words.used) if whole else []:
            expected = "columns of data, or words in the picture"
            problems.append(Problem("labels", listed(map(repr, unused)), expected))
        if alike:
            ways = 'labels={"…": Text(…)} translates a word, same=["…"] keeps one'
            way = WAY_OUT if self.finished else "Write them for each language, by language.text(…)"
            found = f"{listed(map(repr, alike), 6)} in every language"
            expected = "words in the language of the page"
            problems.append(Problem("the words of the chart", found, expected, f"{way}; {ways}"))
        return problems


def own(
    shown: object,
    data: pd.DataFrame | None = None,
    *,
    columns: Mapping[str, Column | Text | None] | Sequence[str] | None = None,
    labels: Mapping[str, Text] | None = None,
    same: Sequence[str] = (),
    height: float = HEIGHT,
) -> OwnChart:
    """A chart from what `present.show_chart` takes, with the frame that it shows.

    Raises `ChartError` for anything else, and as `table_headers.headers` does for the frame."""
    if data is None and (columns or labels):
        expected = "the frame that they name, data=frame"
        raise ChartError(Problem("show_chart", "columns or labels without data", expected))
    if isinstance(same, str) or not all(isinstance(word, str) for word in same):
        expected = 'a list of words that all languages share, same=["km"]'
        raise ChartError(Problem("show_chart", f"same={same!r}", expected))
    shown_columns = table_headers.shown_columns(data) if isinstance(data, pd.DataFrame) else []
    own_words = {word: text for word, text in (labels or {}).items() if word not in shown_columns}
    labels = {name: text for name, text in (labels or {}).items() if name in shown_columns}
    headers = {} if data is None else table_headers.headers(data, columns, labels)
    axes = {} if data is None else defaults.axis_names(data)
    names = figure_words.Names(data, headers, axes | own_words, same)
    finished = _figure(shown)
    draw = _called(shown, names, height) if finished is None else _finished(finished, names)
    frame = pd.DataFrame() if data is None else data
    told = lambda: _alt(data, headers)  # noqa: E731
    return OwnChart(
        frame, headers, draw, told, words=names, labels=own_words, finished=finished is not None
    )


def _figure(shown: object) -> Figure | None:
    """The finished figure in what a library returns: a figure, its axes, or a grid of seaborn."""
    if isinstance(shown, np.ndarray) and shown.size:
        shown = shown.flat[0]
    if not isinstance(shown, (Figure, type)):
        shown = getattr(shown, "figure", None)
    return shown.get_figure(root=True) if isinstance(shown, (Figure, Axes)) else None


def _finished(figure: Figure, names: figure_words.Names) -> Callable[[Layout], Figure]:
    """A function that draws a copy of a figure in the size of a layout."""
    _close(figure)
    width, height = figure.get_size_inches()
    specs = [spec for axes in figure.axes if (spec := axes.get_subplotspec())]
    rows = max((spec.get_gridspec().nrows for spec in specs), default=1)

    def draw(layout: Layout) -> Figure:
        made = copy.deepcopy(figure)
        size = layout.width * height / width
        made.set_size_inches(layout.width, min(max(size, layout.pick(2.2, 2.8)), HEIGHT * rows))
        made.set_dpi(POINTS)
        made.set_layout_engine(TightLayoutEngine())
        Canvas(made)
        figure_words.translate(made, names)
        figure_fit.fit(made, layout)
        return made

    return draw


def _called(
    function: object, names: figure_words.Names, height: float
) -> Callable[[Layout], Figure]:
    """A function that has the author's function draw on axes of its own, a panel per parameter."""
    if hasattr(function, "on") and hasattr(function, "theme"):  # of seaborn.objects
        styled, panels = function.theme(STYLE), 1

        def drawing(axes: Axes) -> None:
            styled.on(axes).plot()

    elif callable(function):
        drawing, panels = function, _panels(function)
    else:
        expected = f"a chart of {LIBRARY}.charts, a figure, or a function that draws on given axes"
        raise ChartError(Problem("show_chart", type(function).__name__, expected))

    def draw(layout: Layout) -> Figure:
        down, across = (panels, 1) if layout.narrow else (1, panels)
        figure, grid = canvas(layout, height * down, down, across, ours=False)
        open_before = _open()
        with warnings.catch_warnings(), same_chance():
            # Not of the author's making; on a page they would be an output.
            warnings.filterwarnings("ignore", module="seaborn")
            drawing(*grid.flat)
        strangers = [figure for figure in _open() if figure not in open_before]
        for stranger in strangers:
            _close(stranger)
        empty = sum(not _has_marks(axes) for axes in grid.flat)
        if strangers or empty:
            found = "another figure that it opened" if strangers else f"{empty} axes left empty"
            expected = "a drawing on the axes that it is given"
            remedy = "Pass them on: sns.regplot(..., ax=axes), frame.plot(..., ax=axes)"
            raise ChartError(Problem("the function of a chart", found, expected, remedy))
        figure_words.translate(figure, names)
        figure_fit.fit(figure, layout)
        return figure

    return draw


def _panels(function: Callable) -> int:
    """How many axes a function takes: as many as it has parameters without a default."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # of a function in C
        return 1
    needed = [p for p in parameters if p.default is p.empty]
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if not needed or any(p.kind not in positional for p in needed):
        written = f"{getattr(function, '__name__', 'it')}{inspect.signature(function)}"
        expected = "a parameter for each panel, such as draw(axes) or draw(left, right)"
        raise ChartError(Problem("the function of a chart", written, expected))
    return len(needed)


def _has_marks(axes: Axes) -> bool:
    return bool(axes.has_data() or axes.texts or axes.patches or axes.artists)


def _open() -> list[Figure]:
    """The figures that pyplot keeps open, if it is loaded."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return [] if pyplot is None else [pyplot.figure(number) for number in pyplot.get_fignums()]


def _close(figure: Figure) -> None:
    """Close a figure, so that JupyterLab does not show it again at the end of its cell."""
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        pyplot.close(figure)


def _faults(svg: str) -> Iterator[tuple[str, str, str]]:
    """What no picture of an annex may have: found, expected, remedy."""
    for tag in sorted(set(_ELEMENT.findall(svg)) - ELEMENTS):
        kind = {"image": "an image of pixels", "a": "a link"}.get(tag, f"<{tag}>")
        remedy = "Draw cells with pcolormesh or sns.heatmap" * (tag == "image")
        yield kind, "shapes and text", remedy
    if (size := len(svg.encode())) > PICTURE_BYTES:
        remedy = "Draw fewer marks: a histogram, a sample, or sums per group"
        yield f"{size / 1000:.0f} kB", f"a picture of at most {PICTURE_BYTES // 1000} kB", remedy


def _alt(data: pd.DataFrame | None, headers: Mapping[str, Column]) -> list[Sentence]:
    if data is None:
        remedy = "Give alt=Text(...), or the frame that it shows: data=frame"
        raise ChartError(Problem("a chart", "no frame and no alt", "what it shows", remedy))
    measured, others = {}, []
    for name, column in headers.items():
        cells = data[name].tolist() if name in data else []
        if any(isinstance(cell, Quantity) for cell in cells):
            measured[column.label] = (cells, column.pattern.removeprefix("range "))
        elif cells:
            others.append([_named(cell, column) for cell in cells])
    # The rows are named by one column, or by two together, if no two rows have the same names.
    wholes = [list(zip(*others[:many], strict=True)) for many in (1, 2)]
    keys = next((each for each in wholes if each and len(set(each)) == len(each)), None)
    rows = count(data, overlapping=True) if defaults.table_of(data) else None  # as points
    return alt_text.frame(measured, keys, rows)


def _named(cell, column: Column):
    """A cell as the name of its row."""
    if is_missing(cell):
        return language.UNKNOWN
    if column.year:
        return language.year(cell)
    return column.names[str(cell)] if column.names else defaults.same(cell)
