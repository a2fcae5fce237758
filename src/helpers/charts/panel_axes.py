"""The axes of our own charts: matplotlib's, whose ticks are all alike, with less to do for each."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from .point_labels import Label, boxes_around
from .text_sizes import box_around

_PARTS = ("label1", "label2", "tick1line", "tick2line", "gridline")


class _Ticks:
    """An axis that makes minor ticks only where there are any, and a tick as a copy of the first.
    held: the ticks and the box around their labels, known while its axes are measured or drawn."""

    held: dict[str, Any] | None = None

    def reset_ticks(self: Any) -> None:
        super().reset_ticks()  # type: ignore[misc]
        self.minorTicks: list = []

    def _get_tick(self: Any, major: bool):
        if major and (made := vars(self).get("majorTicks")):
            tick = copy.copy(made[0])
            vars(tick).update({name: copy.copy(getattr(tick, name)) for name in _PARTS})
            return tick
        return super()._get_tick(major)  # type: ignore[misc]

    def _copy_tick_props(self, src, dest) -> None:
        """A new tick has the style of its axis already."""

    def _update_ticks(self) -> list:
        if self.held is None:
            return super()._update_ticks()  # type: ignore[misc]
        if "ticks" not in self.held:
            self.held["ticks"] = super()._update_ticks()  # type: ignore[misc]
        return self.held["ticks"]

    def _get_ticklabel_bboxes(self, ticks, renderer):
        if self.held is None:
            return super()._get_ticklabel_bboxes(ticks, renderer)  # type: ignore[misc]
        if "boxes" not in self.held:
            sides = ([tick.label1 for tick in ticks], [tick.label2 for tick in ticks])
            self.held["boxes"] = tuple([*_boxes(labels, renderer)] for labels in sides)
        return self.held["boxes"]


def _boxes(labels: Sequence[Text], renderer) -> Iterator[Bbox]:
    """The box around the labels of ticks at one side, which share a transformation; none if they
    show nothing."""
    if shown := [label for label in labels if label.get_visible() and label.get_text()]:
        places = shown[0].get_transform().transform([label.get_position() for label in shown])
        yield box_around(shown, places, renderer)


class _XAxis(_Ticks, XAxis):
    pass


class _YAxis(_Ticks, YAxis):
    pass


class PanelAxes(Axes):
    """Axes with such ticks."""

    def _init_axis(self: Any) -> None:
        self.xaxis, self.yaxis = _XAxis(self, clear=False), _YAxis(self, clear=False)
        for axis, sides in ((self.xaxis, ("bottom", "top")), (self.yaxis, ("left", "right"))):
            for side in sides:
                self.spines[side].register_axis(axis)

    def get_tightbbox(self: Any, renderer=None, *, bbox_extra_artists=None, **options):
        """The box of these axes with all around them, their ticks placed once, and their labels
        measured together; what is clipped lies inside."""
        renderer = renderer or self.get_figure(root=True)._get_renderer()
        every = bbox_extra_artists
        if every is None:
            every = self.get_default_bbox_extra_artists()
        around = [each for each in every if not isinstance(each, Label)]
        labels = [each for each in every if isinstance(each, Label) and each.get_text()]
        with self._held():
            box = super().get_tightbbox(renderer, bbox_extra_artists=around, **options)
        return Bbox.union([box, *boxes_around(labels, renderer)]) if box and labels else box

    def draw(self, renderer) -> None:
        """Draw these axes, their ticks placed once."""
        with self._held():
            super().draw(renderer)

    @contextlib.contextmanager
    def _held(self: Any) -> Iterator[None]:
        self.xaxis.held, self.yaxis.held = {}, {}
        try:
            yield
        finally:
            self.xaxis.held = self.yaxis.held = None
