"""Fits a figure of any make into a layout, and finds the words in it that can't be read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine
from matplotlib.text import Text as Words
from matplotlib.ticker import AutoLocator, MaxNLocator

from ..limits import CONTRAST_RATIO
from .style import Layout, wrap
from .svg_canvas import POINTS, Canvas

_PER_INCH = 11  # characters of a title


class Drawn(NamedTuple):
    """A text that a figure shows, on one line; whether it lies within the picture; its contrast
    with the background, `None` inside axes."""

    text: str
    inside: bool
    contrast: float | None


def fit(figure: Figure, layout: Layout) -> None:
    """Make room for legends, wrap titles and labels, and thin out the labels of ticks."""
    _place_legends(figure, layout)
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            if isinstance(axis.get_major_locator(), AutoLocator) and 1500 <= low < high <= 2100:
                axis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.execute(figure)
    for axes in figure.axes:
        _wrap(axes)
        _uncrowd(axes, _renderer(figure))


def _place_legends(figure: Figure, layout: Layout) -> None:
    """Make room for a legend outside of the axes: at the right, on a phone below them."""
    if not figure.legends:
        return
    canvas, engine = figure.canvas, figure.get_layout_engine()
    assert isinstance(canvas, Canvas) and engine is not None
    boxes = [legend.get_window_extent(canvas.get_renderer()) for legend in figure.legends]
    tight = isinstance(engine, TightLayoutEngine)  # takes right and top, not width and height
    rect: tuple[float, float, float, float]
    if layout.narrow:
        more = max(box.height for box in boxes) / POINTS + 0.1
        width, height = figure.get_size_inches()
        figure.set_size_inches(width, height + more)
        canvas.restart()
        low = more / (height + more)
        rect = (0, low, 1, 1 if tight else 1 - low)
    else:
        rect = (0, 0, 1 - (max(box.width for box in boxes) / figure.bbox.width + 0.02), 1)
    for legend in figure.legends:
        legend.set_bbox_to_anchor(None)
        legend.set_loc("lower center" if layout.narrow else "center right")
    engine.set(rect=rect)  # type: ignore[call-arg]  # both engines take it


def _wrap(axes: Axes) -> None:
    """Wrap the title and the labels of axes to their sides."""
    box = axes.get_window_extent()
    across, up = (max(10, int(side / POINTS * _PER_INCH)) for side in (box.width, box.height))
    titles = (axes.title, axes._left_title, axes._right_title)  # type: ignore[attr-defined]
    for text in (*titles, axes.xaxis.label, axes.yaxis.label):
        if text.get_text():
            room = up if text is axes.yaxis.label else across
            text.set_text(wrap(text.get_text().replace("\n", " "), room))


def _uncrowd(axes: Axes, renderer) -> None:
    """Where labels of an x axis would touch, show fewer numbers, or turn the names."""
    boxes = [
        tick.label1.get_window_extent(renderer)
        for tick in axes.xaxis._update_ticks()  # type: ignore[attr-defined]
        if tick.label1.get_visible() and tick.label1.get_text()
    ]
    if any(a.padded(2).overlaps(b) for a, b in itertools.pairwise(boxes)):
        locator = axes.xaxis.get_major_locator()
        if isinstance(locator, MaxNLocator):
            locator.set_params(nbins=4)
        else:
            axes.tick_params(axis="x", labelrotation=90)


def _renderer(figure: Figure):
    assert isinstance(figure.canvas, Canvas)
    return figure.canvas.get_renderer()


def drawn(figure: Figure) -> list[Drawn]:
    """The texts that a figure shows, after it was drawn."""
    width, height = figure.bbox.size
    own = {text for axes in figure.axes for text in axes.texts}
    found = []
    for text, box in _renderer(figure).boxes.items():
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
        contrast = None if text in own else _contrast(text, figure)
        found.append(Drawn(" ".join(text.get_text().split("\n")), bool(inside), contrast))
    return found


def _contrast(text: Words, figure: Figure) -> float:
    lights = sorted(light(colour) for colour in (text.get_color(), figure.get_facecolor()))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def light(colour) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def cut(texts: Iterable[Drawn]) -> Iterator[tuple[str, str, str]]:
    """Texts that do not fit into the picture: found, expected, remedy."""
    for text in dict.fromkeys(texts):
        if not text.inside:
            remedy = "Shorten it, or move it"
            yield f"{text.text!r} beyond its edge", "all words within the picture", remedy


def faint(texts: Iterable[Drawn]) -> Iterator[tuple[str, str, str]]:
    """Texts that can't be told from the background of the figure: found, expected, remedy."""
    for text in dict.fromkeys(texts):
        if text.contrast is not None and text.contrast < CONTRAST_RATIO:
            found = f"{text.text!r} with a contrast of {text.contrast:.1f} to its background"
            yield found, f"at least {CONTRAST_RATIO}", "Choose a darker colour"
