"""A figure as SVG, laid out and drawn once, with a cache of text sizes.

`Figure.savefig` draws a figure twice, to lay it out and to write it, and measures every text again
for each figure. Here the renderer that writes the SVG also measures text for the layout.
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

POINTS = 72  # per inch: the unit of an SVG
# Ideographs and other full-width characters are measured as a W, which is about as wide: the font
# used for measuring has no glyphs for them, unlike the reader's machine, which draws them.
_WIDE = re.compile(
    r"[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U0001f300-\U0003ffff]"
)
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class Canvas(FigureCanvasSVG):
    """An SVG canvas with one renderer for measuring and for writing."""

    def __init__(self, figure: Figure):
        super().__init__(figure)
        self.out = io.StringIO()

    @functools.cached_property
    def _renderer(self) -> _Renderer:
        width, height = (POINTS * inches for inches in self.figure.get_size_inches())
        return _Renderer(width, height, self.out, metadata=_NO_METADATA)

    def get_renderer(self) -> RendererSVG:
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


class _Renderer(RendererSVG):
    """An SVG renderer that caches text sizes across figures. words: the lines of text drawn."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.words: set[str] = set()

    def draw_text(self, gc, x, y, s, *args, **options):
        self.words.add(s)
        super().draw_text(gc, x, y, s, *args, **options)

    def get_text_width_height_descent(self, s, prop, ismath):
        return _measured(s, prop.copy(), ismath)


@functools.lru_cache(maxsize=4096)
def _measured(words: str, font: FontProperties, ismath: bool) -> tuple[float, float, float]:
    return text_to_path.get_text_width_height_descent(_WIDE.sub("W", words), font, ismath)
