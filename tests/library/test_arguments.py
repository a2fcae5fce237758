"""What a claim names is what its operation takes, or the claim is refused."""

from collections.abc import Sequence

import pandas as pd
import pytest

from conftest import EXAMPLE, q
from helpers.claims.arguments import NotFound, fitted
from helpers.claims.ledger import Ledger
from helpers.claims.named_rows import dates
from helpers.evidence.arithmetic import Quantity

MAY = pd.Period("2019-05", freq="M")


def counted(things: Sequence, number: Quantity) -> bool | None: ...
def marked(marks: Sequence[bool | None]) -> bool | None: ...
def later(date: pd.Period, *years: int) -> bool | None: ...
def alike(*dates: pd.Period | Sequence[pd.Period]) -> bool | None: ...
def several(things: Sequence | Quantity) -> bool | None: ...


@pytest.mark.parametrize(
    ("operation", "values", "given"),
    [
        (counted, [["a", None], q(2)], [["a"], q(2)]),
        (counted, [MAY, q(1)], [[MAY], q(1)]),
        (marked, [[True, None]], [[True, None]]),
        (later, [MAY, 2019, 2020], [MAY, 2019, 2020]),
        (later, [pd.NaT], [pd.NaT]),
        (alike, [MAY, [MAY, pd.NaT]], [MAY, [MAY, pd.NaT]]),
        (several, [["a", None]], [["a"]]),
    ],
)
def test_what_an_operation_takes(operation, values, given):
    """A date is a list of one; empty cells stay only where the operation says so."""
    assert fitted(operation, ["x"] * len(values), values) == given


@pytest.mark.parametrize(
    ("operation", "values"),
    [
        (counted, ["missions", q(2)]),
        (counted, [["a"], "two"]),
        (marked, [["yes"]]),
        (marked, ["missions"]),
        (later, [MAY, "2019"]),
        (later, ["May"]),
        (alike, [MAY, ["May"]]),
        (several, ["missions"]),
    ],
)
def test_another_kind_is_refused(operation, values):
    """A word is no list of its letters, and no mark, date or number; the input is named."""
    with pytest.raises(TypeError, match=r"'x.' does not serve as"):
        fitted(operation, ["x0", "x1"][: len(values)], values)


@pytest.mark.parametrize("values", [[["a"]], [["a"], q(1), q(2)]])
def test_too_few_or_too_many_are_refused(values):
    """Every input has its part, and every part its input."""
    with pytest.raises(TypeError, match="argument"):
        fitted(counted, ["x"] * len(values), values)


def test_a_row_without_a_year_has_no_date():
    """A date that is not known is missing, alone and among others."""
    rows = pd.DataFrame({"year": [2019, None], "month": [5, None]}, dtype="Int64")
    assert dates(rows[:1]) == MAY
    assert dates(rows[1:]) is pd.NaT
    assert dates(rows) == [MAY, pd.NaT]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("missions>year", "'missions'"),
        ("missions:>yaer", "column 'yaer'"),
        ("missions:>year>id", "column 'year>id'"),
        ("missions:id=visit-01|visit-99>year", "no id is visit-99"),
    ],
)
def test_every_part_of_an_input_names_something(item, message):
    """A table without its colon, a column or one of several ids that is not there is refused."""
    with pytest.raises(NotFound, match=message):
        Ledger(EXAMPLE / "data")._argument(item)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("10", "the bare number '10'"), ("", "nothing beside a separator"),
        ("trade-99", "Write trade-05"), ("mission:year=1995", "Write missions:"),
    ],
)  # fmt: skip
def test_what_is_no_row_is_told_the_same_of_numbers(item, message):
    """An input of a calculation that is no row is told what to write; a bare number no other id."""
    with pytest.raises(NotFound) as caught:
        Ledger(EXAMPLE / "data").figure(item)
    assert message in " ".join(caught.value.args)
