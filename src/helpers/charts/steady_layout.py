"""Constrained layout that ends when nothing moves any more."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import _api, _constrained_layout
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

_steps: Any = _constrained_layout


class SteadyLayout(ConstrainedLayoutEngine):
    """As its base class, which lays out twice; but once where the axes stay where they were, as in
    a figure that was laid out before."""

    def execute(self, fig: Figure) -> None:
        width, height = fig.get_size_inches()
        options: dict[str, Any] = self.get()
        pads = {"w_pad": options["w_pad"] / width, "h_pad": options["h_pad"] / height}
        spaces = {name: options[name] for name in ("wspace", "hspace")}
        canvas: Any = fig.canvas
        renderer = canvas.get_renderer()
        grids = _steps.make_layoutgrids(fig, None, rect=options["rect"])
        for _ in range(2):
            before = _positions(fig)
            _steps.make_layout_margins(grids, fig, renderer, **pads, **spaces)
            _steps.make_margin_suptitles(grids, fig, renderer, **pads)
            _steps.match_submerged_margins(grids, fig)
            grids[fig].update_variables()
            if _steps.check_no_collapsed_axes(grids, fig):
                _steps.reposition_axes(grids, fig, renderer, **pads, **spaces)
            else:
                _api.warn_external("constrained layout not applied: the axes have no room")
            _steps.reset_margins(grids, fig)
            if np.allclose(before, _positions(fig), rtol=0, atol=1e-9):
                break


def _positions(fig: Figure) -> list:
    return [axes.get_position(original=True).bounds for axes in fig.axes]
