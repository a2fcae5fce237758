"""What may not be added up in the tables of this project."""

import pytest

from conftest import ROOT
from helpers import counts
from helpers.errors import OverlapWarning
from helpers.tables import evidence_frames

DATA = ROOT / "data"


@pytest.mark.parametrize(
    ("table", "filter", "warned"),
    [
        ("goods_trade", "year > 0", "goods_trade.concept == "),
        ("goods_trade", "concept == 'border_crossing' and flow == 'exports'", "China and World"),
        ("goods_trade", "partner == 'China' and concept == 'border_crossing'", "exports and re_"),
        ("goods_trade", "partner == 'China' and flow == 'exports'", "border_crossing and change"),
        ("goods_trade", "partner in ['China', 'Hong Kong'] and concept == 'border_crossing' and "
         "flow in ['exports', 'imports']", ""),
        ("goods_trade_published", "year == 2001", "imports and deficit"),
        ("goods_trade_published", "year == 2019", ""),
        ("chinese_companies", "unit == 'companies' and year == 2017", "all and trade"),
        ("chinese_companies", "unit == 'EUR_m' and activity == 'all'", "rd_spending"),
        ("chinese_companies", "activity == 'all' and indicator == 'companies'", ""),
        ("province_economy", "indicator == 'gdp'", "Drenthe and Netherlands"),
        ("province_economy", "indicator == 'gdp' and province != 'Netherlands'", ""),
        ("province_economy", "province == 'Utrecht' and unit == 'EUR_m'", ""),
        ("province_economy", "province == 'Utrecht' and year == 2014", "gdp_per_inhabitant"),
        ("services_trade", "year > 0", ""),
        ("tourism", "year == 2019 and indicator == 'visitors'", "nu-2020-02 and taketonews"),
        ("local_ties", "unit == 'municipalities'", "tie-05 and tie-08"),
        ("quantities", "unit == 'jobs'", "investment-03 and investment-05"),
        ("missions", "year > 2018", "missions[missions.listed_in_appendix]"),
        ("missions", "listed_in_appendix", ""),
        ("outcomes", "status == 'signed'", "outcomes[outcomes.duplicate_of.isna()]"),
        ("outcomes", "duplicate_of.isna()", ""),
    ],
)  # fmt: skip
def test_what_is_counted_twice(table, filter, warned):
    """Parts and their whole, two concepts, two editions, repetitions and rows outside the appendix
    are not added up without a word; what is left is."""
    frame = evidence_frames.load(table, DATA)
    carried = frame.attrs.get("overlaps")
    if carried is None:
        column = next(c for c in frame if str(frame[c].dtype).startswith("quantity"))
        carried = frame[column].array.held.column.overlaps
    told = carried.of_keys(frame.query(filter).index)
    assert warned in told and bool(warned) == bool(told)


def test_a_sum_and_a_mean_warn():
    """Of a column as read; the largest value does not, as no row weighs double there."""
    goods = evidence_frames.load("goods_trade", DATA)
    for name in ("sum", "mean"):
        with pytest.warns(OverlapWarning, match="goods_trade: rows that overlap") as caught:
            getattr(goods.value_eur_m, name)()
        assert caught[0].filename == __file__
    assert goods.value_eur_m.max().value > 0


def test_a_sum_of_exports_of_two_years_is_silent():
    """11.3 and 12.5 billion or so: nothing overlaps."""
    goods = evidence_frames.load("goods_trade", DATA)
    chosen = goods[(goods.flow == "exports") & (goods.concept == "border_crossing")]
    both = chosen[(chosen.partner == "China") & chosen.year.isin([2017, 2018])]
    assert len(both) == 2
    assert both.value_eur_m.sum().value == sum(cell.value for cell in both.value_eur_m)


def test_a_count_of_results_needs_its_filter():
    """233 results in 267 reports: 32 repeat another, 2 are a part of one."""
    outcomes = evidence_frames.load("outcomes", DATA)
    with pytest.warns(OverlapWarning, match=r"outcomes\.duplicate_of\.isna"):
        assert counts.count(outcomes).value == 267
    assert counts.count(outcomes[outcomes.duplicate_of.isna()]).value == 233
