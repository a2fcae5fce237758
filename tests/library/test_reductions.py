"""Many numbers in one: exact, with their bounds, and with evidence that a page can show."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from test_array import bounds, values

from conftest import q
from helpers import quantities
from helpers.errors import EvidenceError, OverlapWarning
from helpers.evidence import trail
from helpers.evidence.array import QuantityArray
from helpers.evidence.column import ReadColumn
from helpers.evidence.intervals import Interval
from helpers.evidence.rows import Row
from helpers.evidence.scaled import rounded, whole_sum


def as_read(
    numbers: list[float | None], digit: float = 1.0, units: list[str] | None = None
) -> pd.Series:
    """A column as read, its numbers rounded to a unit; its rows r-0, r-1, ... from 2001 on."""
    count = len(numbers)
    keys = [f"r-{place}" for place in range(count)]
    years = [(str(2001 + place % 3),) * 2 for place in range(count)]
    places = np.arange(count)

    def row(place: int) -> Row:
        return Row("costs", keys[place], "value", source=f"source-{place % 2}")

    scaled = rounded(np.array(numbers, dtype=float), np.full(count, digit))
    return pd.Series(
        QuantityArray.read(
            ReadColumn(
                "costs", "value", keys, units or ["EUR"] * count, scaled, row, False,
                (places, years), (places % 2, ["source-0", "source-1"]),
            )
        )
    )  # fmt: skip


@pytest.mark.parametrize("how", ["sum", "mean", "median", "min", "max"])
def test_many_cells_name_their_rows(how):
    """Of more cells than a formula takes, the rows are named, in their order, with their
    sources."""
    cost = as_read(list(range(100)))
    found = getattr(cost, how)()
    half = {"sum": 50}.get(how, 0.5)
    value = {"sum": 4950, "mean": 49.5, "median": 49.5, "min": 0, "max": 99}[how]
    assert (float(found), bounds(found)) == (value, (value - half, value + half))
    origin = found.origin
    assert (len(origin.inputs), origin.table, len(origin.rows)) == (0, "costs", 100)
    assert list(origin.rows[:3]) == ["r-0", "r-1", "r-2"]
    assert list(origin.sources) == ["source-0", "source-1"]
    assert found.period == ("2001", "2003")


def test_the_id_depends_on_the_rows():
    """The same rows have the same id, in any order and with other values; other rows another."""
    cost = as_read(list(range(100)))
    assert cost.sum().id == cost[::-1].sum().id == as_read([5] * 100).sum().id
    assert cost.sum().id != cost[1:].sum().id
    assert cost.sum().id != cost.mean().id
    assert cost[:70].sum().period == ("2001", "2003")


def test_few_cells_are_a_formula():
    """Up to the limit each cell is an input."""
    total = as_read(list(range(60))).sum()
    assert (total.value, len(total.origin.inputs), total.origin.table) == (1770, 60, "")


def test_many_computed_cells_count_their_rows():
    """A sum over a long computed column has the number of rows of each table as inputs."""
    total = (as_read(list(range(100))) * 2).sum()
    assert (total.value, bounds(total)) == (9900, (9800, 10000))
    (rows,) = total.origin.inputs.values()
    assert (rows.value, rows.unit, len(rows.origin.rows)) == (100, "costs.rows", 100)
    assert len(list(trail.walk([total]))) == 2


def test_many_cells_of_a_group():
    """A group of many cells has the rows of that group only."""
    cost = as_read(list(range(200)))
    found = cost.groupby(["x", "y"] * 100).sum()
    assert values(found) == [9900, 10000]
    assert list(found["y"].origin.rows[:2]) == ["r-1", "r-3"]


def test_converted_columns_add_up_in_their_unit():
    """A column in another unit has its sum there, and the id of the sum in the first."""
    cost = as_read([1e9] * 100)
    total = cost.astype("quantity[EUR_bn]").sum()
    assert (total.value, total.unit, total.id) == (100, "EUR_bn", cost.sum().id)


def test_missing_rows_are_not_named():
    """A cell without a value is not among the rows of a sum."""
    total = as_read([1.0, None] * 70).sum()
    assert (total.value, len(total.origin.rows)) == (70, 70)


def test_sums_beyond_64_bits():
    """A sum that int64 does not hold is exact."""
    large = 4_000_000_000_000_000
    total = as_read([large] * 5000).sum()
    assert total.value == 5000 * large
    assert total.bounds == Interval(Fraction(5000 * large) - 2500, Fraction(5000 * large) + 2500)
    limit = 2**63 - 1
    for numbers in ([limit] * 3, [-limit] * 5, [limit, -limit, 7], [limit, limit, -limit, -1], []):
        assert whole_sum(np.array(numbers, dtype=np.int64)) == sum(numbers)
    assert whole_sum(np.array([2**70, 1], dtype=object)) == 2**70 + 1


def test_numbers_of_many_digits():
    """A number of 15 digits and more keeps all; one tenth is one tenth."""
    cost = as_read([123456789012345.5, 0.1] * 50, digit=0.1)
    assert cost.iloc[0].value == Fraction(1234567890123455, 10)
    assert cost.sum().value == Fraction(1234567890123456, 10) * 50
    assert float(cost.astype(float).iloc[0]) == 123456789012345.5
    assert q(1) / 3 * 3 == 1


def test_one_side_open():
    """A bound that is missing leaves that side of a sum open, and not the other."""
    cells = [q(5, 5, None, id="a-0"), q(3, 2, 4, id="a-1")]
    cost = pd.Series(QuantityArray.of(cells))
    assert bounds(cost.sum()) == (7, None)
    assert bounds(cost.max()) == (5, None)
    assert bounds(cost.min()) == (2, 4)
    assert bounds(cost.mean()) == (3.5, None)
    assert bounds((cost * -1).sum()) == (None, -7)


def test_mixed_units_as_read():
    """A column with a unit in each row gives what it can: a group of one unit, never a sum."""
    cost = as_read([1] * 140, units=["EUR", "persons"] * 70)
    assert cost.dtype == "quantity[mixed]"
    found = cost.groupby(["m", "p"] * 70).sum()
    assert [(cell.value, cell.unit) for cell in found] == [(70, "EUR"), (70, "persons")]
    with pytest.raises(EvidenceError, match="unit persons; expected unit EUR"):
        cost.sum()


def test_copies_and_views_of_a_column_as_read():
    """A whole column, its copy and its slices sum alike; setting a cell leaves the others."""
    cost = as_read(list(range(100)))
    other = cost.copy()
    other.iloc[0] = other.iloc[1]
    assert (cost.sum().value, other.max().value, other.min().value) == (4950, 99, 1)
    assert cost.iloc[0].value == 0
    assert other.iloc[0].id == "costs.r-1"


def test_numbers_of_the_same_rows_are_told_apart():
    """The sum of doubled and of tripled cells of the same many rows are two numbers."""
    cost = as_read(list(range(1, 101)))
    two, three = (cost * 2).sum(), (cost * 3).sum()
    assert (two.value, three.value) == (10_100, 15_150)
    assert two.id != three.id


def test_running_totals_go_on_after_a_gap():
    """A missing cell after sixty others leaves the totals that follow it."""
    cost = as_read([1] * 60 + [None, 1, 1])
    assert [None if q.value is None else int(q) for q in cost.cumsum()][58:] == [
        59, 60, None, 61, 62,
    ]  # fmt: skip


def test_a_row_that_a_merge_repeats_is_told():
    """The same cell twice in a sum or a mean is told with its row; in `a + a` it is meant."""
    cost = as_read([1, 2, 3])
    twice = pd.concat([cost, cost.iloc[:1]])
    for work in (twice.sum, twice.mean, (twice * 2).sum, twice.cumsum):
        with pytest.warns(OverlapWarning, match="the row r-0 is counted more than once"):
            work()
    assert (cost + cost).iloc[0].value == 2
    assert twice.max().value == 3


def test_one_link_leads_to_one_number():
    """Two results of one method and its inputs can't be shown together."""
    cost = as_read([1, 2, 3])
    one, two = (quantities.result(x, of=cost, method="OLS", unit="EUR") for x in (1.5, 2.5))
    with pytest.raises(EvidenceError, match="one value for one formula and its inputs"):
        list(trail.walk([one, two]))
