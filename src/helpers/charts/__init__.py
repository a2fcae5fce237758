"""Charts: a frame in, a `Chart` out, which draws itself in either language and for either room."""

from .bars import bars, ranges
from .grid import grid
from .lines import lines
from .style import Chart
from .timeline import timeline

__all__ = ["Chart", "bars", "grid", "lines", "ranges", "timeline"]
