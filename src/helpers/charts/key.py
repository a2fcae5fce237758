"""A key above the axes: how each kind of mark looks, with its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text as Words
from matplotlib.transforms import ScaledTranslation, Transform

from .. import language
from ..language import Text
from .figure_fit import light
from .style import INK, SMALL
from .svg_canvas import POINTS, Canvas

LINE = 0.23  # inches from one line of the key to the next
_EDGE, _BOX, _SPACE = 0.06, 0.22, 0.2  # inches: left of all, of a sample, between two items


class Item(NamedTuple):
    """A kind of mark: its name, its colour, and the sign in it; without a colour it is a range."""

    name: Text
    colour: str = ""
    sign: str = ""


def readable_on(colour: str) -> str:
    """The colour of words on a background: white, or the ink of all words."""
    return "white" if light(colour) < 0.3 else INK


def draw_key(figure: Figure, items: Iterable[Item]) -> float:
    """Draw a key in the upper left corner of a figure, in as many lines as its width needs and
    whatever height the figure gets later. Returns the height of the key in inches."""
    assert isinstance(figure.canvas, Canvas)  # set by `style.canvas`
    renderer = figure.canvas.get_renderer()
    x, y = _EDGE, -LINE / 2 - 0.02
    for item in items:
        words = _words(figure, language.text(item.name))
        width = _BOX + 0.07 + words.get_window_extent(renderer).width / POINTS
        if x > _EDGE and x + width > figure.get_figwidth() - _EDGE:
            x, y = _EDGE, y - LINE
        _sample(figure, item, x, y)
        words.set(x=x + _BOX + 0.07, y=y)
        figure.add_artist(words)
        x += width + _SPACE
    return LINE / 2 + 0.1 - y


def _sample(figure: Figure, item: Item, x: float, y: float) -> None:
    inches = _inches(figure)
    if not item.colour:
        line = Line2D([x, x + _BOX], [y, y], color=INK, linewidth=1.4, marker="|")
        line.set_transform(inches)
        figure.add_artist(line)
        return
    box = Rectangle((x, y - 0.085), _BOX, 0.17, facecolor=item.colour, edgecolor="none")
    box.set_transform(inches)
    figure.add_artist(box)
    sign = _words(figure, item.sign)
    sign.set(x=x + _BOX / 2, y=y - 0.005, ha="center", color=readable_on(item.colour))
    figure.add_artist(sign)


def _words(figure: Figure, words: str) -> Words:
    text = Words(0, 0, words, va="center", fontsize=SMALL, color=INK, figure=figure)
    text.set_transform(_inches(figure))
    return text


def _inches(figure: Figure) -> Transform:
    """Coordinates in inches from the upper left corner."""
    corner = ScaledTranslation(0, 1, figure.transFigure)  # type: ignore[arg-type]
    return figure.dpi_scale_trans + corner
