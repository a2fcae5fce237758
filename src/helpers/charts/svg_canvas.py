"""A figure as SVG: laid out once, drawn once, and no word measured twice.

`Figure.savefig` draws a figure twice, to lay it out and to write it, and measures all words anew in
each picture. Here the pen that writes the picture also measures for the layout.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import io
import re
from collections.abc import Iterator

from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

POINTS = 72  # to the inch: the unit of an SVG
# Ideographs and their like fill a square, as a W nearly does. The reader's machine draws them; the
# face that is measured with has none.
_WIDE = re.compile(
    r"[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U0001f300-\U0003ffff]"
)
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class Canvas(FigureCanvasSVG):
    """What a figure is drawn on. One pen measures its words and writes them."""

    def __init__(self, figure: Figure):
        super().__init__(figure)
        self.out = io.StringIO()

    @functools.cached_property
    def _pen(self) -> _Pen:
        width, height = (POINTS * inches for inches in self.figure.get_size_inches())
        return _Pen(width, height, self.out, metadata=_NO_METADATA)

    def get_renderer(self) -> RendererSVG:
        """The pen, by the name that matplotlib asks for it."""
        return self._pen

    def svg(self) -> str:
        """The picture as text."""
        for axes in self.figure.axes:
            for axis in (axes.xaxis, axes.yaxis):
                if not axis.get_label_text():
                    axis.set_label_coords(0, 0)  # no search for a place for no words
        self.figure.draw(self._pen)
        self._pen.finalize()
        return self.out.getvalue()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """No search for garbage inside the block: a figure is tens of thousands of objects, all of
    them used until it is written."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


class _Pen(RendererSVG):
    """Writes SVG; knows how wide words are from earlier pictures."""

    def get_text_width_height_descent(self, s, prop, ismath):
        return _measured(s, prop.copy(), ismath)


@functools.lru_cache(maxsize=4096)
def _measured(words: str, face: FontProperties, ismath: bool) -> tuple[float, float, float]:
    return text_to_path.get_text_width_height_descent(_WIDE.sub("W", words), face, ismath)
