"""Place labels so that they overlap neither lines nor each other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

# Sides of a marker in order of preference: alignment, and the offset from the marker in points.
SIDES = (
    ("right", "bottom", (-8, 4)),
    ("left", "top", (8, -4)),
    ("left", "bottom", (8, 4)),
    ("right", "top", (-8, -4)),
    ("center", "bottom", (0, 8)),
    ("center", "top", (0, -8)),
)


def place_labels(figure: Figure, labels: Mapping[Axes, Sequence[Annotation]]) -> None:
    """Move each label to the side of its marker where its bounding box hits the fewest lines and
    other labels, inside its axes."""
    engine = figure.get_layout_engine()
    assert engine is not None  # `style.canvas` sets one
    engine.execute(figure)
    for axes, own in labels.items():
        _place_in_axes(axes, own)


def _place_in_axes(axes: Axes, labels: Sequence[Annotation]) -> None:
    drawn = [line for line in axes.lines if line.get_linestyle() != "None"]
    paths = [line.get_transform().transform_path(line.get_path()) for line in drawn]
    for label in labels:
        others = [text.get_window_extent() for text in axes.texts if text is not label]

        def overlaps(side, label=label, others=others) -> int:
            _move(label, side)
            box = label.get_window_extent().padded(2)
            hits = sum(path.intersects_bbox(box, filled=False) for path in paths)
            hits += sum(box.overlaps(other) for other in others)
            inside = axes.bbox.x0 <= box.x0 and axes.bbox.y0 <= box.y0
            return hits if inside else hits + len(SIDES)

        _move(label, min(SIDES, key=overlaps))


def _move(label: Annotation, side: tuple) -> None:
    ha, va, distance = side
    label.set(ha=ha, va=va, position=distance)


def spread(positions: Sequence[float], distance: float) -> list[float]:
    """Move label positions apart until neighbours are `distance` apart, keeping their order."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = [float(p) for p in positions]
    for _ in range(200):
        moved = False
        for a, b in itertools.pairwise(order):
            short = distance - (placed[b] - placed[a])
            if short > 1e-9:
                placed[a] -= short / 2
                placed[b] += short / 2
                moved = True
        if not moved:
            break
    return placed
