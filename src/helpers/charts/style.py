"""The house style, and what every chart has in common."""

from __future__ import annotations

import contextlib
import functools
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import seaborn as sns
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .. import language
from ..formats.html_tables import Column
from ..language import Text
from .svg_canvas import POINTS, Canvas, undisturbed
from .svg_minify import slim

# Okabe & Ito (2008), ordered so that neighbours also differ in lightness when printed in grey.
# Every series differs in marker and line as well, so that colour is never the only sign.
COLOURS = ("#0072B2", "#D55E00", "#4D4D4D", "#009E73", "#CC79A7", "#8A6D00")
WORDS = ("#0072B2", "#B84F00", "#4D4D4D", "#007A5A", "#A8457E", "#8A6D00")  # 4.5 to 1 on white
MARKERS = ("o", "s", "D", "^", "v", "P")
DASHES = ((), (5, 1.6), (1.6, 1.4), (6, 1.4, 1.4, 1.4), (3, 1), (8, 2))
INK, QUIET, GRID, FAINT = "#1F2933", "#52606D", "#D9DEE3", "#EEF1F4"

_STYLE = {
    **sns.axes_style("white"),
    # Words stay words: small, searchable, and drawn in a face of the same widths (Verdana, from
    # which DejaVu descends) where the reader has no DejaVu.
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 9.5,
    "axes.titlesize": 9.5,
    "axes.labelsize": 9,
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # fixed: no axis has marks above it that a title must clear
    "axes.titleweight": "bold",
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.bottom": True,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "lines.linewidth": 2,
    "lines.markersize": 5,
    "figure.facecolor": "white",
    "svg.hashsalt": "evidence annex",
    "text.parse_math": False,  # a dollar in a name is a dollar
}


@dataclass(frozen=True)
class Layout:
    """The room that a chart has: a desktop column, or a phone."""

    narrow: bool

    @property
    def width(self) -> float:
        """Width in inches."""
        return 3.7 if self.narrow else 7.2

    def pick(self, wide, narrow):
        """The value for the room at hand."""
        return narrow if self.narrow else wide


@dataclass(frozen=True)
class Chart:
    """A chart that is drawn when its language and room are known.

    data: the frame behind it, and columns: how it reads as a table. draw: from a layout to a
    figure, in the current language.
    """

    data: pd.DataFrame
    columns: Mapping[str, Column]
    draw: Callable[[Layout], Figure]

    def figure(self, lang: str | None = None, narrow: bool = False) -> Figure:
        """The figure, for a desktop column or (`narrow`) a phone."""
        with _house(lang):
            return self.draw(Layout(narrow))

    def svg(self, lang: str | None = None, narrow: bool = False) -> str:
        """The same as SVG text, without date, so that equal data give equal bytes."""
        with undisturbed(), _house(lang):
            return slim(self.draw(Layout(narrow)).canvas.svg())


@contextlib.contextmanager
def _house(lang: str | None) -> Iterator[None]:
    """The house style on matplotlib's own, whatever the user has set for other charts."""
    with language.use(lang or language.current()), style.context(["default", _STYLE]):
        yield


def chart(read: Callable[..., tuple[pd.DataFrame, Mapping[str, Column]]]):
    """Make `draw(frame, layout, **options)` a function from a frame to a `Chart`.

    read: from the same frame and options to the data as a table, and its columns.
    """

    def decorate(draw: Callable[..., Figure]) -> Callable[..., Chart]:
        @functools.wraps(draw)
        def from_frame(frame: pd.DataFrame, **options) -> Chart:
            data, columns = read(frame, **options)
            return Chart(data, columns, lambda layout: draw(frame, layout, **options))

        return from_frame

    return decorate


def canvas(layout: Layout, height: float, rows: int = 1, columns: int = 1, **options):
    """A figure with axes in a grid, laid out so that nothing is clipped; height in inches."""
    figure = Figure(figsize=(layout.width, height), dpi=POINTS, layout="constrained")
    Canvas(figure)
    figure.get_layout_engine().set(w_pad=0.06, h_pad=0.06, hspace=0.06, wspace=0.06)
    return figure, figure.subplots(rows, columns, squeeze=False, **options)


def wrap(words: Text | str, width: int) -> str:
    """Words on lines of at most `width` characters; what stands in brackets stays together."""
    whole = re.sub(r"\([^)]*\)", lambda m: m[0].replace(" ", "\0"), language.text(words))
    lines = textwrap.fill(whole, width, break_long_words=False, break_on_hyphens=False)
    return lines.replace("\0", " ")


def number_axis(axis, pattern: str, ticks: int = 5) -> None:
    """Tick labels as the reader's language writes numbers, without decimals they do not need."""
    pattern = re.sub(r"\.[0#]+", lambda decimals: decimals[0].replace("0", "#"), pattern)
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value, pattern)))


def year_axis(axes: Axes, years: Sequence[int], ticks: int) -> None:
    """Years as whole numbers, few enough to stand apart."""
    axes.xaxis.set_major_locator(MaxNLocator(ticks, integer=True, steps=[1, 2, 5, 10], prune=None))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.set_xlim(min(years) - 0.4, max(years) + 0.4)


def unit_label(axes: Axes, unit: Text | str) -> None:
    """The unit of the vertical axis, written level above it so that nobody turns their head."""
    axes.annotate(
        language.text(unit),
        (0, 1),
        (0, 5),
        xycoords=("axes fraction", "axes fraction"),
        textcoords="offset points",
        ha="left",
        va="bottom",
        color=QUIET,
        fontsize=8.5,
    )
