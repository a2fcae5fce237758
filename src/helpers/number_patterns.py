"""Number patterns such as `0.0` or `#,##0%`, the same in every language."""

from __future__ import annotations

import functools
import re
from decimal import Decimal

from babel import numbers

# The accepted number patterns, a subset of CLDR's. Babel parses any text as a pattern.
PATTERN = re.compile(r"(?:0|#,##0)(?:\.(?=[0#]{1,9}%?\Z)0*#*)?%?")
_SEPARATORS = re.compile(r"([#0.,]*)[.,]([#0]*)")
_PYTHON = re.compile(r"[+ ]?(?P<group>,?)(?:\.(?P<decimals>\d))?(?P<kind>[dfFgGn%]?)")


@functools.cache
def read_pattern(written: str) -> numbers.NumberPattern:
    """Parse a number pattern in CLDR syntax, which does not depend on the language (`0`, `0.0`,
    `#,##0.##`, `0.0%`).

    Raises ValueError for any other text; the message suggests a valid pattern.
    """
    if PATTERN.fullmatch(written):
        return numbers.parse_pattern(written)
    meant = " or ".join(map(repr, _meant(written))) or "one such as '0', '0.0', '#,##0.00', '0.0%'"
    raise ValueError(f"number pattern {written!r}; write {meant}")


def _meant(written: str) -> list[str]:
    """Valid patterns to suggest for one with Dutch separators, or for a Python format."""
    body, percent = written.removesuffix("%"), "%" * written.endswith("%")
    found: list[str] = []
    if written and (python := _PYTHON.fullmatch(written)):
        decimals, percent = "0" * int(python["decimals"] or 0), "%" * (python["kind"] == "%")
        found.append(f"{'#,##0' if python['group'] else '0'}.{decimals}".rstrip("."))
    elif separated := _SEPARATORS.fullmatch(body):
        whole, decimals = separated.groups()  # the last separator: decimal or thousands separator
        grouped = re.search("[.,]", whole) is not None
        found.append(f"{'#,##0' if grouped else '0'}.{decimals}".rstrip("."))
        if not grouped and decimals in ("0", "##0", "000"):
            found.append("#,##0")
    return [each + percent for each in found if PATTERN.fullmatch(each)]


def rounded(value: float | int, parsed: numbers.NumberPattern, rounding: str) -> Decimal:
    """Round to the number of decimals of a pattern; Babel itself would round half to even."""
    exact = Decimal(str(value)).scaleb(parsed.scale)
    exact = exact.quantize(Decimal(1).scaleb(-parsed.frac_prec[1]), rounding) + 0  # no -0
    return exact.scaleb(-parsed.scale)
