"""Frames of quantities: groups, pivots, joins, and what comes back out of them."""

import io

import numpy as np
import openpyxl
import pandas as pd
import pytest
from test_array import bounds, column, inputs, says, values

from conftest import q
from helpers.evidence.array import QuantityArray

GROUPS = ["x", "y", "x", "y"]


@pytest.fixture
def frame() -> pd.DataFrame:
    """Two groups in two years, with a second measured column."""
    return pd.DataFrame({
        "group": GROUPS,
        "year": [2001, 2001, 2002, 2002],
        "cost": column(1, 2, 3, 5),
        "all": column(10, 20, 30, 40, name="b"),
    })  # fmt: skip


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("sum", [4, 7]), ("mean", [2, 3.5]), ("median", [2, 3.5]), ("min", [1, 2]),
        ("max", [3, 5]), ("first", [1, 2]), ("last", [3, 5]),
    ],
)  # fmt: skip
def test_groups(frame, how, found):
    """What is one of a group is a quantity of its cells only."""
    by = getattr(frame.groupby("group").cost, how)()
    assert (by.dtype, values(by)) == ("quantity[EUR_m]", found)
    assert values(getattr(frame.groupby("group")[["cost", "all"]], how)().cost) == found
    if how in ("first", "last"):
        assert by.iloc[0].id == {"first": "a-0", "last": "a-2"}[how]
    else:
        assert inputs(by["y"]) == ["a-1", "a-3"]


@pytest.mark.parametrize("how", ["std", "var", "sem", "quantile", "prod", "skew"])
def test_statistics_of_groups_are_floats(frame, how):
    """As of a column: what has no rule for bounds is what pandas makes of floats."""
    plain = frame.assign(cost=[1.0, 2, 3, 5]).groupby("group").cost
    found = getattr(frame.groupby("group").cost, how)()
    pd.testing.assert_series_equal(found, getattr(plain, how)())


def test_groups_with_missing_cells():
    """A missing cell is skipped; a group of them is missing; a key that is missing has no group."""
    cost = column(1, None, 3, None)
    assert values(cost.groupby(["x", "x", "y", "z"]).sum()) == [1, 3, None]
    assert values(cost.groupby(["x", "x", "y", None]).mean()) == [1, 3]
    assert values(cost.groupby(["x", "x", "y", "y"]).sum(min_count=2)) == [None, None]
    assert cost.groupby(["x", "x", "y", "z"]).count().tolist() == [1, 1, 0]
    kinds = pd.Categorical(["x"] * 4, categories=["x", "none"])
    assert values(cost.groupby(kinds, observed=False).sum()) == [4, None]


def test_running_through_groups(frame):
    """Totals, changes, ranks and shares of a group keep to the order of the rows."""
    by = frame.groupby("group").cost
    assert values(by.cumsum()) == [1, 2, 4, 7]
    assert values(by.diff()) == [None, None, 2, 3]
    assert values(by.shift()) == [None, None, 1, 2]
    assert values(by.pct_change()) == [None, None, 2, 1.5]
    assert values(by.transform("sum")) == [4, 7, 4, 7]
    assert by.rank(ascending=False).tolist() == [2, 2, 1, 1]
    share = frame.cost / by.transform("sum")
    assert (values(share)[0], share.dtype) == (0.25, "quantity[ratio]")
    assert values(by.transform(lambda part: part / part.sum()))[2] == 0.75


def test_several_statistics_of_groups(frame):
    """`agg` gives quantities and floats beside each other."""
    found = frame.groupby("group").cost.agg(["sum", "mean", "std", "size"])
    assert found.dtypes.astype(str).tolist() == [
        "quantity[EUR_m]", "quantity[EUR_m]", "float64", "int64",
    ]  # fmt: skip
    named = frame.groupby("group").agg(total=("cost", "sum"), largest=("all", "max"))
    assert (values(named.total), values(named.largest)) == ([4, 7], [30, 40])
    assert values(frame.groupby("group").cost.agg(lambda part: part.sum())) == [4, 7]
    assert frame.groupby("group").describe()["cost"]["max"].tolist() == [3, 5]


def test_pivots(frame):
    """`pivot` and `unstack` move cells; `pivot_table` and `crosstab` add them; a gap is missing."""
    wide = frame.pivot(index="year", columns="group", values="cost")
    assert (values(wide.x), wide.x.iloc[1].id) == ([1, 3], "a-2")
    assert values(frame.set_index(["year", "group"]).cost.unstack().y) == [2, 5]
    gap = frame[:3].pivot(index="year", columns="group", values="cost")
    assert values(gap.y) == [2, None]
    table = frame.pivot_table(index="group", columns="year", values="cost", aggfunc="sum")
    assert values(table[2002]) == [3, 5]
    totals = frame.pivot_table("cost", "group", "year", aggfunc="sum", margins=True)
    assert says(totals.loc["All", "All"])[0] == 11
    assert values(frame.pivot_table(index="year", values="cost").cost) == [1.5, 4]
    crossed = pd.crosstab(frame.group, frame.year, values=frame.cost, aggfunc="sum")
    assert values(crossed[2001]) == [1, 2]


def test_long_and_wide(frame):
    """`melt` and `stack` put columns under each other, of two units as mixed; cells return."""
    long = frame.melt(id_vars=["group", "year"], value_vars=["cost", "all"])
    assert (long.value.dtype, values(long.value)[3:5]) == ("quantity[EUR_m]", [5, 10])
    people = frame.assign(people=column(7, 8, 9, 6, unit="persons"))
    assert people.melt(value_vars=["cost", "people"]).value.dtype == "quantity[mixed]"
    assert people.iloc[0][["cost", "people"]].tolist()[1].unit == "persons"
    stacked = frame.set_index(["group", "year"])[["cost", "all"]].stack()
    assert values(stacked)[:2] == [1, 10]
    assert values(frame.set_index("cost").reset_index().cost) == [1, 2, 3, 5]


def test_frames_turn(frame):
    """A frame of one column or more can be turned, and its cells chosen, as of floats."""
    for names in (["cost"], ["cost", "all"]):
        turned = frame[names].T
        assert values(turned[3])[0] == 5
        kept = frame[names].where(frame[names] > 2, frame[names] * 2)
        assert values(kept.cost) == [2, 4, 3, 5]
        assert values(frame[names].sum(axis=1))[0] in (1, 11)
    assert frame.cost.to_numpy().tolist() == [1, 2, 3, 5]


def test_joins(frame):
    """A row without a match has a missing cell, with the unit of the column."""
    people = pd.DataFrame({"group": ["x", "z"], "people": column(7, 8, unit="persons")})
    left = frame.merge(people, on="group", how="left")
    assert (left.people.dtype, values(left.people)) == ("quantity[persons]", [7, None, 7, None])
    outer = frame.merge(people, on="group", how="outer")
    assert (values(outer.cost)[-1], values(outer.people)[-1]) == (None, 8)
    assert values(frame.group.map(people.set_index("group").people)) == [7, None, 7, None]
    assert len(frame.merge(frame, on="cost")) == 4


def test_concatenation():
    """Columns of one scale come in the unit of the first, others mixed; a missing column is
    missing."""
    million, billion = column(1), column(2, unit="EUR_bn")
    assert values(pd.concat([million, column(3)])) == [1, 3]
    both = pd.concat([million, billion])
    assert (both.dtype, values(both)) == ("quantity[EUR_m]", [1, 2000])
    assert pd.concat([million, column(2, unit="persons")]).dtype == "quantity[mixed]"
    one, none = pd.DataFrame({"a": [1], "v": million}), pd.DataFrame({"a": [2]})
    assert values(pd.concat([one, none]).v) == [1, None]


def test_sorting_and_choosing(frame):
    """Cells sort by value, missing ones last, and are chosen as rows of numbers are."""
    assert values(column(2, None, 1).sort_values()) == [1, 2, None]
    assert values(frame.cost.sort_values(ascending=False)) == [5, 3, 2, 1]
    assert values(frame.cost.nlargest(2)) == [5, 3]
    assert values(frame.nsmallest(2, "cost")["all"]) == [10, 20]
    assert (frame.cost.idxmax(), frame.cost.argmin()) == (3, 0)
    assert frame[["cost", "all"]].idxmax(axis=1).tolist() == ["all"] * 4
    assert frame.cost.rank().tolist() == [1, 2, 3, 4]
    assert values(frame.query("cost > 2 and group == 'x'").cost) == [3]
    assert values(frame.query("cost >= @limit", local_dict={"limit": frame.cost.iloc[1]}).cost) == [
        2,
        3,
        5,
    ]


def test_alike_cells():
    """Equal values are one value, whatever their rows."""
    cost = column(2, 1, 2, None)
    assert values(pd.Series(cost.unique())) == [2, 1, None]
    assert cost.duplicated().tolist() == [False, False, True, False]
    counted = cost.value_counts()
    assert (counted.tolist(), [float(cell) for cell in counted.index]) == ([2, 1], [2, 1])
    assert counted.index.dtype == "quantity[EUR_m]"
    assert cost.nunique() == 2
    assert cost.groupby(cost).size().tolist() == [1, 2]


def test_where_and_replace():
    """Cells are hidden and exchanged for others of the unit."""
    cost = column(1, 2)
    assert values(cost.where(cost > 1)) == [None, 2]
    assert values(cost.mask(cost > 1, cost.iloc[0])) == [1, 1]
    assert values(cost.replace(cost.iloc[0], cost.iloc[1])) == [2, 2]
    assert values(cost.replace(2, np.nan)) == [1, None]
    assert values(cost.combine(column(5, 1), max)) == [5, 2]
    assert values(column(None, 2).combine_first(column(7, 8))) == [7, 2]


def test_cell_by_cell(frame):
    """A function of a cell that gives quantities gives a column of them."""
    assert values(frame.cost.apply(lambda cell: cell * 2)) == [2, 4, 6, 10]
    total = frame.cost.sum()
    shares = frame.cost.map(lambda cell: cell / total)
    assert (shares.dtype, inputs(shares.iloc[0])) == ("quantity[ratio]", ["a-0", total.id])
    assert frame.cost.apply(float).tolist() == [1, 2, 3, 5]
    assert values(frame[["cost"]].map(lambda cell: cell / 2).cost) == [0.5, 1, 1.5, 2.5]


def test_arithmetic_of_frames(frame):
    """Frames compute column by column, along both axes."""
    both = frame[["cost", "all"]]
    assert values(both.sum()) == [11, 100]
    assert values(both.sum(axis=1)) == [11, 22, 33, 45]
    assert values(both.mean()) == [2.75, 25]
    assert values(both.max(axis=1)) == [10, 20, 30, 40]
    assert values((both / both.sum())["all"]) == [0.1, 0.2, 0.3, 0.4]
    assert values((both * 2).cost) == [2, 4, 6, 10]
    assert values(both.div(frame["all"], axis=0).cost) == [0.1, 0.1, 0.1, 0.125]
    assert values(both.cumsum(axis=1)["all"]) == [11, 22, 33, 45]
    assert values(both.diff(axis=1)["all"]) == [9, 18, 27, 35]
    assert (
        both.std().tolist()
        == pd.DataFrame({"a": [1.0, 2, 3, 5], "b": [10.0, 20, 30, 40]}).std().tolist()
    )
    found = both.agg(["sum", "std"])
    assert found.loc["sum", "cost"].value == 11
    assert values(frame.eval("cost / all")) == [0.1, 0.1, 0.1, 0.125]
    with_people = frame[["cost"]].assign(people=column(1, 2, 3, 4, unit="persons"))
    assert [cell.unit for cell in with_people.sum()] == ["EUR_m", "persons"]


def test_periods(frame):
    """Years are grouped, and times resampled, as numbers are."""
    dated = pd.Series(
        frame.cost.array, pd.to_datetime(["2001-01-01", "2001-05-01", "2006-01-01", "2007-01-01"])
    )
    assert values(dated.resample("YE").sum())[:2] == [3, None]
    assert values(frame.groupby(frame.year // 5 * 5).cost.sum()) == [11]


def test_files(frame):
    """A CSV file has the numbers; cells print as numbers in a frame."""
    text = frame[["group", "cost"]].assign(cost=column(1.25, None, 3, 5)).to_csv(index=False)
    assert text.split() == ["group,cost", "x,1.25", "y,", "x,3", "y,5"]
    assert pd.read_csv(io.StringIO(text)).cost.tolist()[2:] == [3, 5]
    assert repr(column(1.25, None)).split() == [
        "0", "1.25", "1", "NaN", "dtype:", "quantity[EUR_m]",
    ]  # fmt: skip


def test_object_columns_become_columns():
    """A column of objects, as `apply(axis=1)` makes, is one of quantities by `astype`."""
    frame = pd.DataFrame({"a": column(1, 2), "b": column(4, 4, name="b")})
    shares = frame.apply(lambda row: row.a / row.b, axis=1).astype("quantity")
    assert (shares.dtype, values(shares)) == ("quantity[ratio]", [0.25, 0.5])
    assert bounds(shares.iloc[0])[0] == pytest.approx(0.5 / 4.5)
    assert QuantityArray.of([q(1), None]).dtype == "quantity[EUR]"


def test_excel(frame, tmp_path):
    """A workbook has numbers, an empty cell where one is missing, and sums of them."""
    path = tmp_path / "costs.xlsx"
    costs = frame.assign(cost=column(1.25, None, 3, 5))
    with pd.ExcelWriter(path) as writer:
        costs.to_excel(writer, sheet_name="costs", index=False)
        costs.groupby("group").cost.sum().to_excel(writer, sheet_name="sums")
    book = openpyxl.load_workbook(path)
    cells = [[cell.value for cell in row] for row in book["costs"]["C2:C5"]]
    assert cells == [[1.25], [None], [3], [5]]
    assert [cell.value for cell in book["sums"]["B"]] == ["cost", 4.25, 5]
