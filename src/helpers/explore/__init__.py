"""Views with controls, for JupyterLab: a choice is redrawn at once. The annex shows none of them.

ipywidgets is imported when a view is made, and not before: no build needs it.
"""

from .controls import Choice
from .line_view import lines
from .reading_view import readings
from .row_view import rows
from .verdict_view import verdicts

__all__ = ["Choice", "lines", "readings", "rows", "verdicts"]
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports
