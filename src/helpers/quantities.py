"""Numbers of a notebook's own: a measure (`derive`), and the result of a statistic (`result`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from .errors import EvidenceError, Problem
from .evidence.arithmetic import Quantity, derive, total
from .evidence.bounded import plain_number
from .evidence.derivation import Derivation
from .evidence.intervals import UNKNOWN
from .evidence.reductions import rows_behind
from .evidence.rows import span
from .language import Text
from .limits import FORMULA_INPUTS

__all__ = ["Quantity", "derive", "result", "total"]


def result(value: float, *, of, method: str | Text, unit: str) -> Quantity:
    """A number that a statistic gives, such as the slope of a regression, with its evidence.

    value: any finite number. of: what it was computed from: a quantity, a column or frame with
    quantities, or a list of these. method: what was computed and how, in one text if that is the
    same in every language; two results of the same inputs differ by it ("OLS, slope", "OLS,
    intercept"). unit: of the value, `ratio` for a plain number. It has no bounds, as no rule gives
    them.

    >>> fit = scipy.stats.linregress(values.index, values.astype(float))
    >>> quantities.result(fit.slope, of=values, method="OLS, slope", unit="EUR_m/years")
    2.45 EUR_m/years, … to … (result-...)

    Raises `EvidenceError` for a value that is no number, and without a quantity in `of`.
    """
    for name, text, kinds in (("method", method, (str, Text)), ("unit", unit, str)):
        if not isinstance(text, kinds) or not any(text):
            raise EvidenceError(Problem("quantities.result", f"{name}={text!r}", "a text"))
    number = plain_number(value)
    if number is None:
        measured = isinstance(value, Quantity)
        expected = "a plain number: a quantity has its evidence" if measured else "a finite number"
        raise EvidenceError(Problem("quantities.result", f"value={value!r}", expected))
    cells = list({cell.id: cell for cell in _cells(of)}.values())
    if not cells:
        remedy = "Pass the columns that it was computed from, before astype(float)"
        found = f"of={type(of).__name__} without a quantity"
        raise EvidenceError(Problem("quantities.result", found, "columns with quantities", remedy))
    few = {f"a{number}": cell for number, cell in enumerate(cells, 1)}
    inputs = few if len(cells) <= FORMULA_INPUTS else rows_behind(cells)
    words = method if isinstance(method, Text) else Text.same(method)
    origin = Derivation("result", words, inputs)
    return Quantity(number, UNKNOWN, unit, origin, span([cell.period for cell in cells]))


def _cells(of: object) -> Iterator[Quantity]:
    """The quantities that have evidence in columns, frames and lists of these."""
    if isinstance(of, Quantity):
        if of.origin is not None:
            yield of
    elif isinstance(of, pd.DataFrame):
        for _, column in of.items():
            yield from _cells(column)
    elif isinstance(of, Iterable) and not isinstance(of, str):
        for each in of:
            yield from _cells(each)
