"""Columns of quantities under ordinary pandas: value, bounds, unit and derivation."""

import copy
import pickle
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from conftest import q
from helpers.errors import EvidenceError
from helpers.evidence import trail
from helpers.evidence.arithmetic import Quantity
from helpers.evidence.array import QuantityArray
from helpers.evidence.intervals import UNKNOWN, Interval
from helpers.language import is_missing


def column(*numbers: float | None, unit: str = "EUR_m", name: str = "a") -> pd.Series:
    """Quantities half a unit to either side, with the ids a-0, a-1, ...; missing for `None`."""
    return pd.Series(
        QuantityArray.of(
            [
                None if n is None else q(n, n - 0.5, n + 0.5, unit=unit, id=f"{name}-{place}")
                for place, n in enumerate(numbers)
            ],
            unit,
        )
    )


def values(series: pd.Series) -> list[float | None]:
    """The values of a series of quantities, `None` where missing; it has the dtype."""
    assert isinstance(series.array, QuantityArray)
    return [None if is_missing(cell) else float(cell) for cell in series]


def bounds(cell: Quantity) -> tuple[float | None, float | None]:
    return tuple(None if end is None else float(end) for end in (cell.bounds.low, cell.bounds.high))


def inputs(cell: Quantity) -> list[str]:
    return [item.id for item in cell.origin.inputs.values()]


def says(cell: Quantity) -> tuple:
    """Value, bounds, unit, formula and the ids of the inputs."""
    return float(cell), bounds(cell), cell.unit, cell.origin.formula, inputs(cell)


@pytest.fixture
def frame() -> pd.DataFrame:
    """Two groups in two years, with a second measured column."""
    return pd.DataFrame({
        "group": ["x", "y", "x", "y"],
        "year": [2001, 2001, 2002, 2002],
        "cost": column(1, 2, 3, 5),
        "all": column(10, 20, 30, 40, name="b"),
    })  # fmt: skip


def test_sum(frame):
    """A sum has the sum of the bounds, and all parts in its formula."""
    found = (11, (9, 13), "EUR_m", "a1 + a2 + a3 + a4", ["a-0", "a-1", "a-2", "a-3"])
    for total in (frame.cost.sum(), np.sum(frame.cost), sum(frame.cost)):
        assert says(total) == found


@pytest.mark.parametrize(
    ("how", "value", "ends"),
    [
        ("mean", 2.75, (2.25, 3.25)), ("median", 2.5, (2, 3)),
        ("min", 1, (0.5, 1.5)), ("max", 5, (4.5, 5.5)),
    ],
)  # fmt: skip
def test_one_of_many(frame, how, value, ends):
    """Mean, median, smallest and largest are quantities of the unit, from all cells."""
    found = getattr(frame.cost, how)()
    assert (float(found), bounds(found), found.unit) == (value, ends, "EUR_m")
    assert inputs(found) == ["a-0", "a-1", "a-2", "a-3"]


@pytest.mark.parametrize("how", ["std", "var", "sem", "skew", "kurt", "prod"])
def test_statistics_without_bounds_are_floats(frame, how):
    """What has no rule for bounds is what pandas makes of floats."""
    assert getattr(frame.cost, how)() == getattr(pd.Series([1.0, 2, 3, 5]), how)()


def test_quantiles_correlations_and_windows_are_floats(frame):
    """So are quantiles, correlations and moving averages."""
    assert frame.cost.quantile(0.5) == 2.5
    assert frame.cost.corr(frame["all"]) == pytest.approx(0.98270763)
    assert frame.cost.rolling(2).mean().tolist()[1:] == [1.5, 2.5, 4]
    assert frame[["cost", "all"]].corr().loc["cost", "all"] == pytest.approx(0.98270763)
    assert np.log(frame.cost).tolist()[0] == 0
    assert np.log(frame.cost).dtype == float


def test_describe(frame):
    """A description has plain numbers."""
    assert frame.cost.describe().tolist()[:2] == [4, 2.75]
    assert frame.describe().loc["max"].tolist() == [2002, 5, 40]


def test_ratio(frame):
    """The quotient of two columns has the unit ratio and the bounds of the quotient."""
    found = (frame.cost / frame["all"]).iloc[1]
    ends = (pytest.approx(1.5 / 20.5), pytest.approx(2.5 / 19.5))
    assert says(found) == (0.1, ends, "ratio", "a / b", ["a-1", "b-1"])
    assert (1 / (frame.cost / frame["all"])).iloc[1].value == 10


def test_unlike_units_divided():
    """Euros by persons are euros per person; of one scale they are a ratio."""
    assert (column(6) / column(2, unit="persons")).dtype == "quantity[EUR_m/persons]"
    ratio = column(6) / column(2, unit="EUR_bn", name="b")
    assert (ratio.dtype, ratio.iloc[0].value) == ("quantity[ratio]", Fraction(3, 1000))


def test_difference_and_growth(frame):
    """`diff` and `pct_change` start with a missing cell, and name both years."""
    change = frame.cost.diff()
    assert values(change) == [None, 1, 1, 2]
    assert says(change.iloc[3]) == (2, (1, 3), "EUR_m", "a − b", ["a-3", "a-2"])
    growth = frame.cost.pct_change()
    assert (growth.dtype, values(growth)[:3]) == ("quantity[ratio]", [None, 1, 0.5])
    assert bounds(growth.iloc[2]) == (0, pytest.approx(4 / 3))
    assert growth.iloc[2].origin.formula == "a − 1"


def test_shift(frame):
    """A shifted column has the same cells, further down."""
    assert values(frame.cost.shift()) == [None, 1, 2, 3]
    assert frame.cost.shift().iloc[1].id == "a-0"


def test_running_totals(frame):
    """Each of `cumsum`, `cummax` and `cummin` has a formula of the cells up to there."""
    total = frame.cost.cumsum()
    assert values(total) == [1, 3, 6, 11]
    assert says(total.iloc[2]) == (6, (4.5, 7.5), "EUR_m", "a1 + a2 + a3", ["a-0", "a-1", "a-2"])
    assert values(frame.cost.cummax()) == [1, 2, 3, 5]
    assert values(frame.cost.cummin()) == [1, 1, 1, 1]
    assert values(column(1, None, 3).cumsum()) == [1, None, 4]
    assert values(column(1, None, 3).cumsum(skipna=False)) == [1, None, None]


@pytest.mark.parametrize(
    ("work", "value", "ends", "formula"),
    [
        (lambda s: s * 2, 4, (3, 5), "a × 2"), (lambda s: 2 * s, 4, (3, 5), "a × 2"),
        (lambda s: s * np.float64(0.1), 0.2, (0.15, 0.25), "a × 0.1"),
        (lambda s: s / 1000, 0.002, (0.0015, 0.0025), "a / 1000"),
        (lambda s: s * -2, -4, (-5, -3), "a × (−2)"), (lambda s: -s, -2, (-2.5, -1.5), "−a"),
        (lambda s: (-s).abs().shift(0), 2, (1.5, 2.5), None),
    ],
)  # fmt: skip
def test_constants_stand_in_the_formula(frame, work, value, ends, formula):
    """A plain number that multiplies or divides is exact, and shown."""
    found = work(frame.cost).iloc[1]
    assert (float(found), bounds(found), found.unit) == (value, ends, "EUR_m")
    assert formula in (None, found.origin.formula)


def test_absolute_values_around_zero():
    """The bounds of an absolute value start at 0 when those of the number go around it."""
    assert bounds(abs(q(0.5, -1, 2))) == (0, 2)
    assert bounds(abs(q(-3, -4, -2))) == (2, 4)
    assert abs(q(1)).value == 1


def test_numbers_are_added_to_ratios_only(frame):
    """1 is added to a ratio, as in a growth factor, and to no amount of money."""
    growth = frame.cost.pct_change() + 1
    assert (values(growth)[1], growth.iloc[1].origin.formula) == (2, "a + 1")
    for work in (lambda: frame.cost + 1, lambda: 1 - frame.cost, lambda: 1 / frame.cost):
        with pytest.raises(EvidenceError, match="the plain value 1 beside EUR_m"):
            work()


def test_units_convert_or_refuse():
    """Millions and billions are added and compared; euros and persons are not."""
    million, billion, people = column(1500), column(1, unit="EUR_bn"), column(1, unit="persons")
    assert values(million + billion) == [2500]
    assert values(billion + million) == [2.5]
    assert values(million - billion) == [500]
    assert (million > billion).tolist() == [True]
    assert (column(1000) == billion).tolist() == [True]
    assert (million == people).tolist() == [False]
    for work in (lambda: million + people, lambda: million - people, lambda: million < people):
        with pytest.raises(EvidenceError, match="unit persons; expected unit EUR_m"):
            work()
    with pytest.raises(EvidenceError, match="EUR_m times EUR_m"):
        million * million


def test_comparisons(frame):
    """A plain number is in the unit of the column; a missing cell compares false, and differs."""
    assert (frame.cost > 2).tolist() == [False, False, True, True]
    assert (frame.cost >= frame.cost.iloc[1]).tolist() == [False, True, True, True]
    assert (frame.cost.iloc[1] <= frame.cost).tolist() == [False, True, True, True]
    assert frame.cost.between(2, 3).tolist() == [False, True, True, False]
    assert (column(1, None) < 5).tolist() == [True, False]
    assert (column(1, None) != 1).tolist() == [False, True]
    assert frame.cost.isin([3, frame.cost.iloc[0]]).tolist() == [True, False, True, False]
    assert column(1, 1000, None).isin(column(1, None, unit="EUR_bn")).tolist() == [
        False,
        True,
        True,
    ]


def test_quantity_beside_a_column(frame):
    """One quantity computes with a column, a frame and an array, from either side."""
    part = frame.cost.iloc[0]
    assert values(part / frame.cost) == [1, 0.5, pytest.approx(1 / 3), 0.2]
    assert values(frame.cost - part) == values(-(part - frame.cost)) == [0, 1, 2, 4]
    assert (part + frame[["cost", "all"]])["all"].iloc[0].value == 11
    assert [float(cell) for cell in part * np.array([1, 2])] == [1, 2]


def test_powers_and_remainders_are_floats():
    """No unit has a power or a remainder, but what is of one scale is of one unit first."""
    assert (column(3) ** 2).tolist() == [9.0]
    assert (column(3) // column(2)).tolist() == [1.0]
    assert (column(3000) % column(2, unit="EUR_bn")).tolist() == [1000.0]
    assert (q(7) // q(2), q(7) % 4, 2 ** q(3), divmod(q(7), 2)) == (3, 3, 8, (3, 1))
    assert q(3000, unit="EUR_m") % q(2, unit="EUR_bn") == 1000


@pytest.mark.parametrize(
    "work", [lambda s: s / s, lambda s: s / column(2), lambda s: s * 2 / s.sum()]
)
def test_without_a_known_cell_the_unit_is_right_too(work):
    """Where all cells are missing, or there are none, the result has the unit it would have."""
    assert work(column(None)).dtype == "quantity[ratio]"
    assert work(column()).dtype == "quantity[ratio]"


def test_missing_operands_leave_missing_cells():
    """Missing is missing, whether a cell or a number; division by 0 is unknown."""
    assert values(column(1, None) + column(1, 1)) == [2, None]
    assert values(column(1, 2) * pd.Series([None, 3], dtype="Int64")) == [None, 6]
    assert (column(1) / 0).iloc[0].bounds == UNKNOWN


def test_setting_plain_numbers_is_refused():
    """0 says nothing of where it comes from; the message says what to do."""
    cost = column(1, None)
    for work in (
        lambda: cost.fillna(0), lambda: cost.where(cost > 5, 0), lambda: cost.replace(1, 2),
        lambda: cost.reindex([0, 9], fill_value=0), lambda: cost.to_frame("c").fillna({"c": 0}),
    ):  # fmt: skip
        with pytest.raises(EvidenceError, match=r"Leave the cell missing, or .*\.astype\(float\)"):
            work()
    assert values(cost.fillna(cost.iloc[0])) == [1, 1]
    assert values(cost.ffill()) == [1, 1]


def test_missing_cells():
    """A missing cell is missing to pandas, and to this library."""
    cost = column(1, None)
    assert cost.isna().tolist() == [False, True]
    assert pd.isna(cost.iloc[1]) and is_missing(cost.iloc[1])
    assert cost.iloc[1].origin is None
    assert values(cost.dropna()) == [1]
    assert cost.count() == 1
    assert cost.astype(float).tolist()[0] == 1 and np.isnan(np.asarray(cost)[1])
    assert column(None, None).sum().origin is None
    assert cost.sum(skipna=False).origin is None


def test_other_dtypes(frame):
    """`astype` gives another unit of the scale, floats, texts or the quantities."""
    billions = frame.cost.astype("quantity[EUR_bn]")
    assert (values(billions)[3], billions.iloc[3].id) == (0.005, "a-3")
    assert frame.cost.astype(float).tolist() == [1, 2, 3, 5]
    assert frame.cost.astype(int).tolist() == [1, 2, 3, 5]
    assert frame.cost.astype(str).tolist() == ["1", "2", "3", "5"]
    assert frame.cost.astype(object).iloc[0].id == "a-0"
    assert frame.cost.astype(object).astype("quantity").dtype == "quantity[EUR_m]"
    with pytest.raises(EvidenceError, match="unit EUR_m; expected unit persons"):
        frame.cost.astype("quantity[persons]")
    with pytest.raises(ValueError, match="non-finite"):
        column(1, None).astype(int)
    with pytest.raises(EvidenceError, match="the plain value"):
        pd.Series([1.0]).astype("quantity[EUR]")


def test_copies_keep_the_evidence(frame):
    """Copies, also by pickle, have equal cells of the same id; setting one leaves the first."""
    for same in (frame.copy(), copy.deepcopy(frame), pickle.loads(pickle.dumps(frame))):
        assert [cell.id for cell in same.cost] == ["a-0", "a-1", "a-2", "a-3"]
        same.loc[0, "cost"] = frame["all"].iloc[0]
        assert (same.cost.iloc[0].id, frame.cost.iloc[0].id) == ("b-0", "a-0")
    unknown = pickle.loads(pickle.dumps(q(None)))
    assert (unknown.id, unknown.bounds, pd.isna(unknown)) == ("trade-01", UNKNOWN, True)


def test_a_quantity_does_not_change(frame):
    """Its parts can't be set; `replaced` makes another, known or not."""
    with pytest.raises(AttributeError, match="value can't be set"):
        frame.cost.iloc[0].value = 3
    assert q(None).replaced(value=Fraction(3)).value == 3
    assert pd.isna(q(3).replaced(value=None))


def test_lists_of_quantities_are_a_column():
    """pandas does not take a quantity apart into its fields."""
    assert pd.DataFrame([q(1), q(2)]).shape == (2, 1)


def test_mixed_units():
    """A column of several units computes cell by cell and in groups; what would mix them, as
    numbers too, is refused."""
    both = pd.concat([column(1, 2), column(3, 4, unit="persons", name="p")], ignore_index=True)
    assert both.dtype == "quantity[mixed]"
    assert [cell.unit for cell in both * 2] == ["EUR_m", "EUR_m", "persons", "persons"]
    assert values(both.groupby(["m", "m", "p", "p"]).sum()) == [3, 7]
    assert both[:2].sum().unit == "EUR_m"
    for work in (
        both.sum, both.max, both.std, both.sort_values, both.describe, both.idxmax, both.rank,
        lambda: both.nlargest(1), lambda: np.log(both), lambda: both.groupby([1] * 4).std(),
    ):  # fmt: skip
        with pytest.raises(EvidenceError, match="unit persons; expected unit EUR_m"):
            work()
    assert np.asarray(both[:0]).tolist() == []
    scale = pd.Series(QuantityArray.of([q(5, unit="EUR_m"), q(1, unit="EUR_bn", id="b-0")]))
    assert (scale.dtype, scale.max().value) == ("quantity[mixed]", 1000)
    assert scale.sort_values(ascending=False).iloc[0].id == "b-0"


def test_names():
    """The dtype is written as in `astype`, and makes a column of a list."""
    dtype = pd.array([q(1), None], dtype="quantity").dtype
    assert str(dtype) == repr(dtype) == "quantity[EUR]"
    with pytest.raises(TypeError, match="not understood"):
        pd.Series([], dtype="quantity[")


def test_walks_a_long_running_total():
    """A total over 200 cells has few inputs, and its evidence is walked without deep recursion."""
    total = column(*range(200)).cumsum().iloc[-1]
    assert (total.value, total.bounds) == (19900, Interval(Fraction(19800), Fraction(20000)))
    assert len(total.origin.inputs) <= 60
    assert {f"a-{n}" for n in range(200)} <= {item.id for item in trail.walk([total])}


def test_a_computed_float_is_no_constant():
    """A standard deviation has lost its unit: what it divides is a float, not an amount."""
    cost = column(1, 3)
    assert ((cost - cost.mean()) / cost.std()).dtype == float
    assert (cost * np.array([0.5, 2.0])).tolist() == [0.5, 6.0]
    assert isinstance(cost.iloc[0] * np.float64(2), float)
    assert (cost.iloc[0] * 2.0).origin.formula == "a × 2.0"


def test_rounding_a_frame():
    """Rounded columns are plain floats, in a frame too, and can be cut, added and written."""
    frame = column(1213.4, 1521.6, None).to_frame("cost").round(0)
    assert frame.cost.dtype == "Float64"
    assert frame.iloc[:2].to_csv(index=False) == "cost\n1213.0\n1522.0\n"
    assert frame.query("cost > 1300").cost.sum() == 1522


def test_the_most_frequent():
    """The mode is a column of the most frequent quantities."""
    assert values(column(1, 2, 2).mode()) == [2]
