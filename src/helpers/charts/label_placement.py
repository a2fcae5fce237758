"""Place labels so that they overlap neither lines, marks nor each other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from .point_labels import Label

# Sides of a mark in order of preference: alignment, and the offset from the mark in points.
SIDES = (
    ("right", "center", (-9, 0)),
    ("left", "center", (9, 0)),
    *(
        (across, down, (8 * aside, far * up))
        for far in (4, 12)
        for across, down, aside, up in (
            ("right", "bottom", -1, 1),
            ("left", "top", 1, -1),
            ("left", "bottom", 1, 1),
            ("right", "top", -1, -1),
            ("center", "bottom", 0, 2),
            ("center", "top", 0, -2),
        )
    ),
)
WORDS, OUTSIDE = 3, 9  # how much worse than on a line a label is on other words, or cut off
MARK = 5  # points, of which a canvas counts in, from the centre of a mark to about its edge


def place_labels(figure: Figure, labels: Mapping[Axes, Sequence[Label]]) -> None:
    """Move each label to the side of its mark where its bounding box hits the fewest lines, marks
    and other labels, inside the picture; the years begin where a label left of the first has
    room."""
    engine = figure.get_layout_engine()
    assert engine is not None  # `style.canvas` sets one
    engine.execute(figure)
    for axes, own in labels.items():
        _room_at_left(axes, own)
    first = min(axes.get_xlim()[0] for axes in labels)
    for axes, own in labels.items():
        axes.set_xlim(left=first)
        _place_in_axes(axes, own)


def _room_at_left(axes: Axes, labels: Sequence[Label]) -> None:
    """Let the axis begin as far left as a label needs whose mark is in the first year."""
    first, last = axes.dataLim.x0, axes.get_xlim()[1]
    for label in labels:
        needed = (label.get_window_extent().width + 16) / axes.bbox.width  # with its distance
        if label.xy[0] == first:
            left = (first - needed * last) / (1 - needed)
            axes.set_xlim(left=min(left, axes.get_xlim()[0]))


def _place_in_axes(axes: Axes, labels: Sequence[Label]) -> None:
    drawn = [line for line in axes.lines if line.get_linestyle() != "None"]
    paths = [line.get_transform().transform_path(line.get_path()) for line in drawn]
    marks = [_around(label) for label in labels]
    for label in labels:
        others = [text.get_window_extent() for text in axes.texts if text is not label]

        def overlaps(side, label=label, others=others) -> int:
            _move(label, side)
            box = label.get_window_extent().padded(2)
            hits = sum(path.intersects_bbox(box, filled=False) for path in paths)
            hits += WORDS * sum(box.overlaps(other) for other in (*others, *marks))
            edge = axes.figure.bbox
            inside = axes.bbox.x0 <= box.x0 and axes.bbox.y0 <= box.y0
            inside = inside and box.x1 <= edge.x1 and box.y1 <= edge.y1
            return hits if inside else hits + OUTSIDE

        hits: dict[tuple, int] = {}
        for side in SIDES:
            hits[side] = overlaps(side)
            if not hits[side]:
                break
        _move(label, min(hits, key=hits.__getitem__))


def _around(label: Label) -> Bbox:
    """The box of the mark of a label, on the canvas."""
    assert label.axes is not None  # it was drawn on them
    x, y = label.axes.transData.transform(label.xy)
    return Bbox([[x - MARK, y - MARK], [x + MARK, y + MARK]])


def _move(label: Label, side: tuple) -> None:
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
