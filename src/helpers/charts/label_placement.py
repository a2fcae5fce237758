"""Where words stand free of the lines and of each other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

# Sides of a mark, the most usual first: alignment, and the distance from the mark in points.
SIDES = (
    ("right", "bottom", (-8, 4)),
    ("left", "top", (8, -4)),
    ("left", "bottom", (8, 4)),
    ("right", "top", (-8, -4)),
    ("center", "bottom", (0, 8)),
    ("center", "top", (0, -8)),
)


def stand_free(figure: Figure, notes: Mapping[Axes, Sequence[Annotation]]) -> None:
    """Turn each note to the side of its mark, inside its axes, where least is in its way."""
    figure.get_layout_engine().execute(figure)
    for axes, own in notes.items():
        _stand_free(axes, own)


def _stand_free(axes: Axes, notes: Sequence[Annotation]) -> None:
    drawn = [line for line in axes.lines if line.get_linestyle() != "None"]
    paths = [line.get_transform().transform_path(line.get_path()) for line in drawn]
    for note in notes:
        words = [text.get_window_extent() for text in axes.texts if text is not note]

        def in_the_way(side, note=note, words=words) -> int:
            _turn(note, side)
            box = note.get_window_extent().padded(2)
            hits = sum(path.intersects_bbox(box, filled=False) for path in paths)
            hits += sum(box.overlaps(other) for other in words)
            inside = axes.bbox.x0 <= box.x0 and axes.bbox.y0 <= box.y0
            return hits if inside else hits + len(SIDES)

        _turn(note, min(SIDES, key=in_the_way))


def _turn(note: Annotation, side: tuple) -> None:
    ha, va, distance = side
    note.set(ha=ha, va=va, position=distance)


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
