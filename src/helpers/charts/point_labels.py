"""Words beside a point of axes: with less to do than an annotation of matplotlib, which may have an
arrow."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from .svg_canvas import POINTS


class Label(Text):
    """Words whose position is their distance in points from a point. xy: the point, in `coords`."""

    def __init__(
        self, words: str, xy: tuple, distance: tuple[float, float], coords: Transform, **style
    ):
        super().__init__(*distance, words, **style)
        self.xy, self.coords = xy, coords

    def get_transform(self: Any) -> Affine2D:
        """From the position to the picture."""
        (x, y), scale = self.coords.transform(self.xy), self.figure.dpi / POINTS
        return Affine2D([[scale, 0, x], [0, scale, y], [0, 0, 1]])

    def get_tightbbox(self, renderer=None):
        """The box of the words, which nothing clips."""
        return self.get_window_extent(renderer)


def label(
    axes: Axes,
    words: str,
    xy: tuple,
    distance: tuple[float, float] = (0, 0),
    coords: Transform | None = None,
    **style,
) -> Label:
    """Write words beside a point, of the data or in other coordinates, so many points from it."""
    made = Label(words, xy, distance, coords or axes.transData, clip_on=False, **style)
    axes.add_artist(made)
    return made
