"""The style, layout and axes that all charts share."""

from __future__ import annotations

import contextlib
import os
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from cycler import cycler
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullLocator

from .. import language
from ..errors import ChartError, Problem
from ..formats.html_tables import Column
from ..language import Text
from .panel_axes import PanelAxes
from .point_labels import label
from .sentences import Sentence
from .svg_canvas import POINTS, Canvas, drawing
from .svg_minify import minify

PUBLISHED = "ANNEX_KERNEL"  # set where the annex runs notebooks: JupyterLab shows one picture
# Okabe & Ito (2008), ordered so that neighbours also differ in lightness when printed in grey.
# Every series differs in marker and dashes as well, so that colour is never the only cue.
COLOURS = ("#0072B2", "#D55E00", "#4D4D4D", "#009E73", "#CC79A7", "#8A6D00")
# The same hues for text: a contrast of at least 4.5 to 1 on white (WCAG AA).
TEXT_COLOURS = ("#0072B2", "#B84F00", "#4D4D4D", "#007A5A", "#A8457E", "#8A6D00")
# Of segments of bars, dark and light by turns: neighbours have a contrast of 3 to 1 to each other.
FILLS = ("#0072B2", "#F3CA9B", "#4D4D4D", "#A9D0EC", "#B84F00", "#A9D8C8")
MARKERS = ("o", "s", "D", "^", "v", "P")
DASHES = ((), (5, 1.6), (1.6, 1.4), (6, 1.4, 1.4, 1.4), (3, 1), (8, 2))
SMALL = 9.75  # points: 13 px, the smallest words of a chart, drawn at its own width or larger
INK, QUIET, GRID = "#1F2933", "#52606D", "#D9DEE3"

STYLE = {
    # Seaborn's style "white", without its import, which takes longer than all others of a build.
    "axes.facecolor": "white",
    "axes.spines.bottom": True,
    "grid.linestyle": "-",
    "lines.solid_capstyle": "round",
    "patch.edgecolor": "w",
    "patch.force_edgecolor": True,
    "xtick.direction": "out",
    "xtick.top": False,
    "ytick.direction": "out",
    "ytick.left": False,
    "ytick.right": False,
    # Text stays text, not paths: smaller and searchable. Verdana has the same character widths, for
    # a reader without DejaVu, which is derived from it.
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 10.5,
    "axes.titlesize": 10.5,
    "axes.labelsize": 10,
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # fixed, which saves matplotlib's search: no axis has tick labels on top
    "axes.titleweight": "bold",
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-9, 15),  # no powers of ten
    "legend.frameon": False,
    "legend.fontsize": SMALL,
    "legend.title_fontsize": SMALL,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.bottom": True,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "lines.linewidth": 2,
    "lines.markersize": 5,
    "figure.facecolor": "white",
    "svg.hashsalt": "evidence annex",
    "text.parse_math": False,  # a dollar sign in a name does not start a formula
}


@dataclass(frozen=True)
class Layout:
    """The viewport that a chart is drawn for: a desktop column, or (`narrow`) a phone."""

    narrow: bool

    @property
    def width(self) -> float:
        """Width in inches."""
        return 3.42 if self.narrow else 8.6

    def pick(self, wide, narrow):
        """Choose the value for this viewport."""
        return narrow if self.narrow else wide


@dataclass(frozen=True)
class Chart:
    """A chart, drawn on demand for a language and a viewport.

    data, columns: its data as a table. draw: draws the figure for a layout, in the current
    language. alt: makes the alternative text from the data: sentences with fields in every
    language, each with the values of its fields. faults: of the pictures drawn so far, and where
    each was found first.
    """

    data: pd.DataFrame
    columns: Mapping[str, Column]
    draw: Callable[[Layout], Figure]
    alt: Callable[[], list[Sentence]]
    faults: dict[tuple[str, str, str], str] = field(default_factory=dict, kw_only=True)

    def figure(self, lang: str | None = None, narrow: bool = False) -> Figure:
        """The figure in a language (default: the current one), for desktop or a phone."""
        with _style_context(lang):
            return self.draw(Layout(narrow))

    def check(self) -> None:
        """Raise `ChartError` with what is wrong in the pictures drawn so far: words that can't be
        read."""
        if problems := self.problems():
            raise ChartError(problems)

    def problems(self) -> list[Problem]:
        """What `check` raises."""
        return [Problem(f"the chart {where}", *each) for each, where in self.faults.items()]

    def svg(self, lang: str | None = None, narrow: bool = False) -> str:
        """As `figure`, but as minified SVG text, without a date: equal data give equal bytes.
        `check` tells what is wrong with it."""
        from . import figure_fit  # here, as it imports this module

        lang = lang or language.current()
        with drawing(), _style_context(lang):
            figure = self.draw(Layout(narrow))
            assert isinstance(figure.canvas, Canvas)  # set by `canvas`
            svg = minify(figure.canvas.svg())
            texts = figure_fit.drawn(figure)
            del figure  # garbage when the collection of it begins again
        for fault in (*figure_fit.cut(texts), *self.flaws(texts, svg, lang)):
            self.faults.setdefault(fault, f"{'on a phone' if narrow else 'on a desktop'} ({lang})")
        return svg

    def flaws(self, texts: list, svg: str, lang: str) -> Iterable[tuple[str, str, str]]:
        """Further faults of a picture: found, expected, remedy. texts: those drawn."""
        return ()

    def _repr_svg_(self) -> str | None:
        """As the last line of a cell in JupyterLab: its picture. A page shows only what
        `show_chart` does, with a caption."""
        return None if PUBLISHED in os.environ else self.svg()


@contextlib.contextmanager
def _style_context(lang: str | None) -> Iterator[None]:
    """Set the language and this style on matplotlib's defaults, ignoring the user's settings."""
    with language.use(lang or language.current()), style.context(["default", STYLE]):
        yield


def canvas(
    layout: Layout, height: float, rows: int = 1, columns: int = 1, ours: bool = True, **options
):
    """A figure and its grid of axes, with constrained layout, so that no text is clipped.

    height: in inches. ours: whether nobody else draws on the axes, which are then made with less.
    options: of `Figure.subplots`."""
    engine = ConstrainedLayoutEngine(w_pad=0.06, h_pad=0.06, hspace=0.06, wspace=0.06)
    figure = Figure(figsize=(layout.width, height), dpi=POINTS, layout=engine)
    Canvas(figure)
    kind = {"axes_class": PanelAxes if ours else Axes}
    return figure, figure.subplots(rows, columns, squeeze=False, subplot_kw=kind, **options)


def draw_bar(
    axes: Axes, x: float, y: float, width: float, height: float, colour: str, **style
) -> None:
    """Draw a bar on axes whose limits are set: unlike `Axes.bar`, it does not look for them."""
    bar = Rectangle((x, y), width, height, facecolor=colour, edgecolor="white", **style)
    axes.add_artist(bar)


def wrap(words: Text | str, width: int) -> str:
    """Wrap a text at `width` characters, without a line break inside parentheses."""
    whole = re.sub(r"\([^)]*\)", lambda m: m[0].replace(" ", "\0"), language.text(words))
    lines = textwrap.fill(whole, width, break_long_words=False, break_on_hyphens=False)
    return lines.replace("\0", " ")


def below(words: Text | str, layout: Layout, half: bool = False) -> str:
    """The label of an x axis, on as many lines as it needs. half: whether axes share the width."""
    return wrap(words, 26 if half or layout.narrow else 60)


def number_axis(axis, pattern: str, ticks: int = 5) -> None:
    """Format tick labels in the current language, without trailing zeros."""
    pattern = re.sub(r"\.[0#]+", lambda decimals: decimals[0].replace("0", "#"), pattern)
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value, pattern)))


def log_axis(axes: Axes, pattern: str, low: float, high: float) -> None:
    """Scale the y axis logarithmically around values above 0, with ticks at round numbers."""
    low, high = low / 1.1, high * 1.1
    axes.set_yscale("log")
    number_axis(axes.yaxis, pattern)
    for round_ in (
        LogLocator(subs=(1,)),
        LogLocator(subs=(1, 2, 5)),
        axes.yaxis.get_major_locator(),
    ):
        ticks = [tick for tick in round_.tick_values(low, high) if low <= tick <= high]
        if len(ticks) > 2:
            break
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylim(low, high)


def year_axis(axes: Axes, years: Sequence[int], ticks: int) -> None:
    """Label the x axis with whole years, at most `ticks` of them."""
    axes.xaxis.set_major_locator(MaxNLocator(ticks, integer=True, steps=[1, 2, 5, 10], prune=None))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.set_xlim(min(years) - 0.4, max(years) + 0.4)


def unit_label(axes: Axes, unit: Text | str, raised: float = 0) -> None:
    """Write the unit of the y axis horizontally above it, easier to read than rotated text.

    raised: points that other words above the axes need."""
    words, above = language.text(unit), (0, 5 + raised)
    label(axes, words, (0, 1), above, axes.transAxes, va="bottom", color=QUIET, fontsize=SMALL)
