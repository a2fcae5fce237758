"""The sizes of texts: each is measured once, however often matplotlib asks, in whatever picture."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib import rcParams
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

# Ideographs and other full-width characters are measured as a W, which is about as wide: the font
# used for measuring has no glyphs for them, unlike the reader's machine, which draws them.
_WIDE = re.compile(
    r"[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U0001f300-\U0003ffff]"
)
_LAYOUTS: dict[tuple, Any] = {}  # the lines and the box of each text


class Renderer(RendererSVG):
    """An SVG renderer that measures each text once. asked: the text whose layout was asked for
    last, with it: its box and lines from its own place. boxes: of the texts that were drawn."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.asked: tuple[Text, tuple] | None = None
        self.boxes: dict[Text, Bbox] = {}
        self._fonts: dict[tuple, tuple] = {}

    def draw_text(self, gc, x, y, s, *args, **options):
        if self.asked and self.asked[0] not in self.boxes:  # not yet by another of its lines
            text, (box, lines, _) = self.asked
            across, up = lines[0][2]
            self.boxes[text] = box.translated(x - across, self.height - y - up)
        super().draw_text(gc, x, y, s, *args, **options)

    def get_text_width_height_descent(self, s, prop, ismath):
        return _measured(s, prop.copy(), ismath, self.files(prop))

    def files(self, prop: FontProperties) -> tuple:
        """The files of a font and the name of the set for formulas, by matplotlib's settings."""
        key = tuple(vars(prop).values())
        if key not in self._fonts:
            fonts = fontManager._find_fonts_by_props(prop)
            self._fonts[key] = (*fonts, rcParams["mathtext.fontset"])
        return self._fonts[key]


@functools.lru_cache(maxsize=4096)
def _measured(
    words: str, font: FontProperties, ismath: bool, files: tuple
) -> tuple[float, float, float]:
    """Across pictures. files: those of the font."""
    return text_to_path.get_text_width_height_descent(_WIDE.sub("W", words), font, ismath)


def box_around(texts: Sequence[Any], places: np.ndarray, renderer) -> Bbox:
    """The box around texts, which are at these places."""
    own = [text._get_layout(renderer)[0].get_points() for text in texts]
    boxes = np.array(own) + places[:, None]
    return Bbox([boxes[:, 0].min(axis=0), boxes[:, 1].max(axis=0)])


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """Inside the block the lines and the box of a text are worked out once for all renderers of
    ours: matplotlib does it for each pass of a layout, and once more to draw."""
    original = Text._get_layout  # type: ignore[attr-defined]

    def layout(text: Any, renderer):
        if not isinstance(renderer, Renderer):
            return original(text, renderer)
        key = (
            text._text, *vars(text._fontproperties).values(), text._linespacing,
            text._horizontalalignment, text._verticalalignment, text._multialignment,
            text.get_rotation(), text._rotation_mode, text._parse_math, text._usetex,
            text.figure.dpi, renderer.files(text._fontproperties),
        )  # fmt: skip
        if text.get_wrap():  # its lines depend on where it stands
            found = original(text, renderer)
        elif (found := _LAYOUTS.get(key)) is None:
            if len(_LAYOUTS) == 4096:  # begin anew, as a table of texts must not grow for ever
                _LAYOUTS.clear()
            found = _LAYOUTS[key] = original(text, renderer)
        renderer.asked = text, found
        return found

    Text._get_layout = layout  # type: ignore[attr-defined]
    try:
        yield
    finally:
        Text._get_layout = original  # type: ignore[attr-defined]
