"""The axes of our own charts: matplotlib's, whose ticks are all alike, with less to do for each."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis


class _Ticks:
    """An axis that makes no minor ticks unless there are any, copies nothing from one tick to the
    next, and measures the labels of its ticks once for each pass of a layout."""

    _shown: list = []
    _boxes: Any = None

    def set_clip_path(self: Any, path, transform=None) -> None:
        Artist.set_clip_path(self, path, transform)
        for tick in (*vars(self).get("majorTicks", ()), *vars(self).get("minorTicks", ())):
            tick.set_clip_path(path, transform)
        self._clip = path

    def _get_tick(self: Any, major: bool):
        tick = super()._get_tick(major)  # type: ignore[misc]
        if clip := vars(self).get("_clip"):
            tick.set_clip_path(clip)
        return tick

    def _copy_tick_props(self, src, dest) -> None:
        """A new tick has the style of its axis already."""

    def _update_ticks(self) -> list:
        self._boxes, self._shown = None, super()._update_ticks()  # type: ignore[misc]
        return self._shown

    def _get_ticklabel_bboxes(self, ticks, renderer):
        if ticks is not self._shown or self._boxes is None:
            self._boxes = super()._get_ticklabel_bboxes(ticks, renderer)  # type: ignore[misc]
        return self._boxes

    def _get_tick_boxes_siblings(self, renderer):
        """Of this axis alone, whose ticks were just placed: no labels of axes are aligned."""
        return self._get_ticklabel_bboxes(self._shown, renderer)


class _XAxis(_Ticks, XAxis):
    pass


class _YAxis(_Ticks, YAxis):
    pass


class PanelAxes(Axes):
    """Axes with such ticks."""

    def _init_axis(self: Any) -> None:
        self.xaxis, self.yaxis = _XAxis(self, clear=False), _YAxis(self, clear=False)
        for spine, axis in (
            ("bottom", self.xaxis), ("top", self.xaxis), ("left", self.yaxis), ("right", self.yaxis),
        ):  # fmt: skip
            self.spines[spine].register_axis(axis)
