import math

import pandas as pd
import pytest

from conftest import q
from helpers import measures
from helpers.errors import EvidenceError
from helpers.evidence.intervals import UNKNOWN, Interval, exact


def percent(number):
    return q(number, unit="percent", id="trade-18")


def ratio(number, low=None, high=None):
    return q(number, low, high, unit="ratio", id="trade-19")


def test_growth_ratio():
    """From 2 to 5 is 2.5 times as large."""
    assert measures.growth_ratio(q(2), q(5)).value == exact("2.5")


def test_growth_ratio_of_rounded_numbers():
    """'1' is 0.5 to 1.5 and 'ruim 11' 11 to 11.5: the factor lies between 7 1/3 and 23."""
    grown = measures.growth_ratio(q(1, "0.5", "1.5"), q(11, 11, "11.5"))
    assert grown.bounds == Interval(exact("22/3"), exact(23))


def test_annual_growth():
    """Doubling twice in two years is 100 % a year; the formula names the years."""
    grown = measures.annual_growth(q(1), q(4), 2)
    assert float(grown) == pytest.approx(1.0, abs=1e-15)
    assert grown.origin.formula == "(end / start) ^ (1 / 2) − 1"
    assert grown.unit == "ratio"


def test_annual_growth_holds_its_bounds():
    """The bounds of a root are rounded outwards: from 1 to 2 in 3 years is inside them."""
    grown = measures.annual_growth(q(1), q(2), 3)
    assert (grown.bounds.low + 1) ** 3 <= 2 <= (grown.bounds.high + 1) ** 3
    assert float(grown.bounds.width) < 1e-25


def test_change():
    """From 4 to 5 is a quarter more."""
    assert measures.change(q(4), q(5)).value == exact("0.25")


def test_growth_factor():
    """144 % more is 2.44 times as much."""
    assert measures.growth_factor(percent(144)).value == exact("2.44")


def test_yearly_change():
    """A gap in the years gives no change, not a change over two years."""
    series = pd.Series([q(100), q(150), q(300)], index=[2000, 2001, 2003])
    change = measures.yearly_change(series)
    assert change[2001].value == exact("0.5")
    assert change.isna().tolist() == [True, False, True]


def test_share_and_implied_total():
    """12 of 16 is 75 %, and 12 that is 75 % implies 16, in the unit of the part."""
    assert measures.share(q(12), q(16)).value == exact("0.75")
    whole = measures.implied_total(q(12), percent(75))
    assert (whole.value, whole.unit) == (16, "EUR")


def test_share_of_a_sum_is_tight():
    """A part that is also in the sum occurs once: 1 to 3 of itself and 1 is 1/2 to 3/4."""
    got = measures.share_of_sum(q(2, 1, 3), [q(1, id="a-02")])
    assert got.bounds == Interval(exact("1/2"), exact("3/4"))


def test_complement():
    """What is left of two thirds is one third."""
    assert measures.complement(ratio("2/3")).value == exact("1/3")


def test_value_before():
    """244 after growth to 2.44 times was 100."""
    assert measures.value_before(q(244), ratio("2.44")).value == 100


def test_relative_growth():
    """Growing threefold while the base doubles is 1.5 times the base's growth."""
    assert measures.relative_growth(ratio(3), ratio(2)).value == exact("1.5")


def test_shift_share():
    """From 100 to 250, base effect and differential add up to the change."""
    split = measures.shift_share(q(250), ratio("2.5"), ratio("1.8"))
    assert split.change.value == 150
    assert split.base_effect.value == 80
    assert split.differential.value == 70


def test_constant_prices():
    """When prices double, the same nominal value is worth half in prices of the later year."""
    values = pd.Series([q(10), q(10, id="a-02")], index=[2000, 2010])
    prices = pd.Series([q(50, unit="index"), q(100, unit="index")], index=[2000, 2010])
    got = measures.constant_prices(values, prices, 2010)
    assert [item.value for item in got] == [20, 10]
    assert got[2010].id == "a-02"


def test_constant_prices_without_index():
    """A year without a price index is unknown."""
    values = pd.Series([q(10), q(10)], index=[1999, 2000])
    prices = pd.Series([q(50, unit="index")], index=[2000])
    assert measures.constant_prices(values, prices, 2000).isna().tolist() == [True, False]


def test_index_numbers():
    """The base year is exactly 100, however wide its range."""
    got = measures.index_numbers(pd.Series([q(4, 3, 5), q(6)], index=[2002, 2003]), 2002)
    assert [item.value for item in got] == [100, 150]
    assert got[2002].bounds == Interval(exact(100), exact(100))


def test_per_unit():
    """10 euro over 4 jobs is 2.5 euros a job."""
    got = measures.per_unit(q(10), q(4, unit="jobs"))
    assert (got.value, got.unit) == (exact("2.5"), "EUR/jobs")


def test_in_unit_leaves_what_is_missing():
    """A series is written in another unit; a missing value stays missing."""
    got = measures.in_unit(pd.Series([q(5_000_000), float("nan")], dtype=object), "EUR_m")
    assert got[0].value == 5
    assert pd.isna(got[1])


def test_in_millions():
    """A million euros is written as 1, ten thousand stay, and other units too."""
    assert measures.in_millions(q(1_000_000)).unit == "EUR_m"
    assert measures.in_millions(q(10_000)).unit == "EUR"
    assert measures.in_millions(q(5_000_000, unit="persons")).unit == "persons"


def test_as_euros():
    """An amount without a currency is read as euros and says so; euros stay as they are."""
    bare = q(5, unit="unspecified_currency")
    assert measures.as_euros(bare).origin.formula.en == "amount, read as euros"
    assert measures.as_euros(bare).raw == "ruim 5"
    assert measures.as_euros(q(5)).id == "trade-01"


@pytest.mark.parametrize(
    "call",
    [
        lambda: measures.growth_ratio(q(0), q(5)),
        lambda: measures.annual_growth(q(0), q(5), 3),
        lambda: measures.share(q(1), q(-66)),
        lambda: measures.per_unit(q(1), q(0, unit="jobs")),
        lambda: measures.value_before(q(10), ratio(-1)),
    ],
)
def test_nothing_to_divide_by(call):
    """A base that is not above 0 gives an unknown number, not infinity and not an error."""
    assert call().value is None
    assert call().bounds == UNKNOWN


def test_a_base_that_may_be_nothing():
    """A base that is known to lie between 0 and 4 gives no upper bound."""
    got = measures.share(q(1), q(2, 0, 4))
    assert (got.value, got.bounds) == (exact("1/2"), Interval(exact("1/4"), None))


def test_refuses_growth_over_no_years():
    """Growth needs a whole number of years."""
    with pytest.raises(ValueError, match="0 years"):
        measures.annual_growth(q(1), q(2), 0)


def test_units_must_fit():
    """A share of euros in jobs is refused, and a factor that is money too."""
    with pytest.raises(EvidenceError, match="unit jobs; expected unit EUR"):
        measures.share(q(1), q(2, unit="jobs", id="a-02"))
    with pytest.raises(EvidenceError, match="unit EUR; expected unit ratio"):
        measures.value_before(q(1), q(2))


@pytest.mark.parametrize(
    "measure",
    [
        measures.share,
        measures.growth_ratio,
        measures.change,
        measures.per_unit,
        measures.value_before,
    ],
)
def test_unknown_stays_unknown(measure):
    """A missing input gives a missing result."""
    assert math.isnan(measure(float("nan"), ratio(10)))


def test_percentages_are_taken_as_such():
    """A rate or a share given as a ratio is read in per cent before the formula uses it."""
    assert measures.growth_factor(ratio("1.44")).value == exact("2.44")
    assert measures.implied_total(q(12), ratio("0.75")).value == 16
    assert measures.complement(percent(25)).value == exact("0.75")


def test_constant_prices_of_what_is_missing():
    """A missing value stays missing in any prices."""
    values = pd.Series([float("nan"), q(10)], index=[2000, 2010], dtype=object)
    prices = pd.Series([q(50, unit="index"), q(100, unit="index")], index=[2000, 2010])
    assert measures.constant_prices(values, prices, 2010).isna().tolist() == [True, False]


def test_of_columns_a_measure_gives_a_column():
    """Shares of two columns are those of their rows, by index; a row that one lacks is missing."""
    parts = pd.Series([q(1), q(2)], index=[2001, 2002], dtype="quantity", name="part")
    wholes = pd.Series([q(8), q(4)], index=[2002, 2001], dtype="quantity")
    got = measures.share(parts, wholes)
    assert (got.dtype, got.name) == ("quantity[ratio]", "part")
    assert {year: each.value for year, each in got.items()} == {
        2001: 0.25, 2002: 0.25,
    }  # fmt: skip
    assert got[2001].origin.formula == "part / whole"
    assert list(measures.share(parts, wholes.iloc[:1]).isna()) == [True, False]


def test_of_frames_a_measure_gives_a_frame():
    """Growth from one quantity holds for each cell; columns and their name are kept."""
    ends = pd.DataFrame({"a": [q(4)], "b": [q(6)]}).astype("quantity")
    ends.columns.name = "flow"
    got = measures.growth_ratio(q(2), ends)
    assert [got[name].iloc[0].value for name in ("a", "b")] == [2, 3]
    assert got.columns.name == "flow"
