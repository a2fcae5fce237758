"""A figure as SVG, laid out and drawn once.

`Figure.savefig` draws a figure twice, to lay it out and to write it, and measures every text again
for each. Here the renderer that writes the SVG also measures text for the layout.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import io
from collections.abc import Iterator

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from .text_sizes import Renderer, remembered

POINTS = 72  # per inch: the unit of an SVG
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class Canvas(FigureCanvasSVG):
    """An SVG canvas with one renderer for measuring and for writing."""

    def __init__(self, figure: Figure):
        super().__init__(figure)
        self.out = io.StringIO()

    @functools.cached_property
    def _renderer(self) -> Renderer:
        width, height = (POINTS * inches for inches in self.figure.get_size_inches())
        return Renderer(width, height, self.out, metadata=_NO_METADATA)

    def get_renderer(self) -> Renderer:
        """The renderer; matplotlib calls this for the layout."""
        return self._renderer

    def restart(self) -> None:
        """Forget the renderer, after the size of the figure has changed."""
        self.out = io.StringIO()
        self.__dict__.pop("_renderer", None)

    def svg(self) -> str:
        """Draw the figure; its SVG as text. To be called once."""
        for axes in self.figure.axes:
            for axis in (axes.xaxis, axes.yaxis):
                if not axis.get_label_text():
                    axis.set_label_coords(0, 0)  # no layout search for an empty label
        self.figure.draw(self._renderer)
        self._renderer.finalize()
        return self.out.getvalue()


@contextlib.contextmanager
def drawing() -> Iterator[None]:
    """What makes drawing inside the block take less time, and leaves the picture as it is."""
    with no_garbage_collection(), remembered():
        yield


@contextlib.contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Switch the garbage collector off inside the block: a figure has tens of thousands of objects,
    all in use until it is written, so that collecting takes time and frees nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
