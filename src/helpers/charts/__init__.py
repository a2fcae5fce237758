"""Charts: functions from a data frame to a `Chart`, drawn per language and for desktop or phone."""

from .bars import bars
from .columns import columns
from .dots import dots
from .lines import lines
from .stacked_bars import stacked
from .style import Chart
from .timeline import timeline

__all__ = ["Chart", "bars", "columns", "dots", "lines", "stacked", "timeline"]


def __dir__() -> list[str]:
    """What Tab offers: no modules that this one imports."""
    return __all__
