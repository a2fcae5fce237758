"""Claims of the evaluation, tested against figures."""

from .ledger import Ledger
from .outside import by_verdict, overall
from .verdicts import COLOURS, LABELS, MARKS, VERDICTS

__all__ = ["COLOURS", "LABELS", "MARKS", "VERDICTS", "Ledger", "by_verdict", "overall"]
__dir__ = __all__.copy  # what Tab offers: no modules that this one imports
