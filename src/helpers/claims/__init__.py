"""What the evaluation states, and what figures say of it."""

from .ledger import Ledger
from .verdicts import LABELS, MARKS, VERDICTS

__all__ = ["LABELS", "MARKS", "VERDICTS", "Ledger"]
