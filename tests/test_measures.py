import math

import pandas as pd
import pytest

from helpers import measures


def test_growth_ratio():
    """From 2 to 5 is 2.5 times as large."""
    assert measures.growth_ratio(2, 5) == 2.5


def test_annual_growth():
    """Doubling twice in two years is 100 % a year."""
    assert measures.annual_growth(1, 4, 2) == pytest.approx(1.0)


def test_yearly_change():
    """A gap in the years gives no change, not a change over two years."""
    series = pd.Series([100, 150, 300], index=[2000, 2001, 2003])
    change = measures.yearly_change(series)
    assert change[2001] == pytest.approx(0.5)
    assert change.isna().tolist() == [True, False, True]


def test_share_and_implied_total():
    """12 of 16 is 75 %, and 12 that is 75 % implies 16."""
    assert measures.share(12, 16) == 0.75
    assert measures.implied_total(12, 0.75) == 16


def test_value_before():
    """244 after growth of 144 % was 100."""
    assert measures.value_before(244, 1.44) == pytest.approx(100)


def test_ratio_of_ratios():
    """Growing threefold while the base doubles is 1.5 times the base's growth."""
    assert measures.ratio_of_ratios(10, 30, 100, 200) == 1.5


def test_shift_share():
    """Base effect and differential add up to the change."""
    split = measures.shift_share(100, 250, 10, 18)
    assert split.change == 150
    assert split.base_effect == pytest.approx(80)
    assert split.differential == pytest.approx(70)


def test_constant_prices():
    """When prices double, the same nominal value is worth half in prices of the later year."""
    values = pd.Series([10.0, 10.0], index=[2000, 2010])
    prices = pd.Series([50.0, 100.0], index=[2000, 2010])
    assert measures.constant_prices(values, prices, 2010).tolist() == [20.0, 10.0]


def test_constant_prices_without_index():
    """A year without a price index is unknown."""
    values = pd.Series([10.0, 10.0], index=[1999, 2000])
    prices = pd.Series([50.0], index=[2000])
    assert measures.constant_prices(values, prices, 2000).isna().tolist() == [True, False]


def test_index_numbers():
    """The base year is 100."""
    series = pd.Series([4, 6], index=[2002, 2003])
    assert measures.index_numbers(series, 2002).tolist() == [100, 150]


def test_per_unit():
    """10 euro over 4 jobs is 2.5 a job."""
    assert measures.per_unit(10, 4) == 2.5


def test_gaps():
    """Years without an event are counted between years with one; missing years are left out."""
    years = pd.Series([1995, 1996, 1996, 2000, pd.NA], dtype="Int64")
    assert measures.gaps(years) == [(1996, 2000, 3)]


def test_alternates():
    """A year fits the rhythm when it has one direction and the year before had the other."""
    going = pd.Series([2000, 2002, 2003], dtype="Int64")
    coming = pd.Series([2001, 2003, 2005], dtype="Int64")
    frame = measures.alternates(going, coming, 2000, 2005)
    assert frame.pattern.tolist() == [
        "outgoing",
        "incoming",
        "outgoing",
        "both",
        "none",
        "incoming",
    ]
    assert frame.fits.tolist() == [True, True, True, False, False, False]


def test_rank_range():
    """An unknown budget may be above or below: the place has a best and a worst."""
    low = pd.Series({"a": 10.0, "b": 5.0, "c": math.nan})
    high = pd.Series({"a": 12.0, "b": 6.0, "c": math.nan})
    assert measures.rank_range(low, high, "b") == (2, 3)
    assert measures.rank_range(low, high, "c") == (1, 3)


def test_rank_range_shares_a_place():
    """Equal budgets share the higher place."""
    same = pd.Series({"a": 10.0, "b": 5.0, "c": 5.0})
    assert measures.rank_range(same, same, "b") == (2, 2)


@pytest.mark.parametrize(
    "call",
    [
        lambda: measures.growth_ratio(0, 5),
        lambda: measures.share(1, 0),
        lambda: measures.annual_growth(1, 2, 0),
        lambda: measures.value_before(10, -1),
    ],
)
def test_refuses_to_divide_by_nothing(call):
    """A base that is not above 0 is an error that names it, not infinity."""
    with pytest.raises(ValueError, match="above 0"):
        call()


def test_unknown_stays_unknown():
    """A missing input gives a missing result."""
    assert math.isnan(measures.share(float("nan"), 10))
    assert math.isnan(measures.growth_ratio(float("nan"), 10))
