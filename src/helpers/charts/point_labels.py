"""Words beside a point of axes: with less to do than an annotation of matplotlib, which may have an
arrow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, Transform

from .svg_canvas import POINTS
from .text_sizes import box_around


class Label(Text):
    """Words whose position is their distance in points from a point. xy: the point, in `coords`."""

    def __init__(
        self, words: str, xy: tuple, distance: tuple[float, float], coords: Transform, **style
    ):
        super().__init__(*distance, words, **style)
        self.xy, self.coords = xy, coords

    def set_clip_path(self, *args) -> None:
        """Nothing clips a label."""

    def get_transform(self: Any) -> Affine2D:
        """From the position to the picture."""
        (x, y), scale = self.coords.transform(self.xy), self.figure.dpi / POINTS
        return Affine2D([[scale, 0, x], [0, scale, y], [0, 0, 1]])


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


def boxes_around(labels: Sequence[Label], renderer) -> Iterator[Bbox]:
    """The boxes around labels, measured together, as each transformation takes a while."""
    for __, group in itertools.groupby(labels, key=lambda own: id(own.coords)):
        own = list(group)
        scale = own[0].figure.dpi / POINTS
        points = own[0].coords.transform([each.xy for each in own])
        places = points + scale * np.array([each.get_position() for each in own])
        # A point may be nowhere, as 0 on a logarithmic axis.
        known = [at for at, place in enumerate(places) if np.isfinite(place).all()]
        if known:
            yield box_around([own[at] for at in known], places[known], renderer)
