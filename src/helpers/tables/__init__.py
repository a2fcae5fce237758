"""The tables of `data/` as typed, checked frames whose numbers carry their evidence.

No other part of the library reads that folder.
"""

from ..evidence import views
from . import quantity_view
from .description import describe
from .display_names import labels, names, titles, unit_label, units
from .evidence_frames import load, reported_numbers
from .row_notes import with_readings
from .sections import label as section
from .sources import cite

__all__ = [
    "cite", "describe", "labels", "load", "names", "reported_numbers", "section", "titles",
    "unit_label", "units", "with_readings",
]  # fmt: skip
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports

views.known[:] = [quantity_view]
