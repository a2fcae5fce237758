from fractions import Fraction

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.evidence.intervals import Interval, exact
from helpers.tables import evidence_frames, frames

HEDGES = pd.DataFrame(
    {
        "hedge": ["ruim", "bijna", "circa", "niet minder dan", "maximaal"],
        "below": [0, 0.5, 2, 0, None],
        "above": [0.5, 0, 2, None, 0],
    }
).set_index("hedge")


@pytest.mark.parametrize(
    ("value", "digit", "hedge", "low", "high"),
    [
        (17.56, 0.01, None, "17.555", "17.565"),
        (11, 1, "ruim", 11, "11.5"),
        (4, 1, "bijna", "3.5", 4),
        (120, 10, "circa", 100, 140),
        (100, 100, "niet minder dan", 100, None),
        (2, 1, "maximaal", None, 2),
    ],
)
def test_what_a_reported_number_stands_for(value, digit, hedge, low, high):
    """A bare number and each kind of hedge word give the bounds worked out by hand."""
    got = evidence_frames.bounds(value, digit, hedge, HEDGES)
    assert got == Interval(*(None if end is None else exact(end) for end in (low, high)))


def test_width_switch():
    """Half the width leaves half of what the word allows; a bare number is not touched."""
    assert evidence_frames.bounds(11, 1, "ruim", HEDGES, 0.5).high == Fraction(45, 4)
    assert evidence_frames.bounds(11, 1, None, HEDGES, 0.5).high == Fraction(23, 2)


def test_whole_things():
    """15 projects are 15; 470 companies, in tens, are 465 to 475; an amount is not whole."""
    reported = evidence_frames.reported_numbers()
    assert reported["investment-01"].bounds == Interval(exact(15), exact(15))
    assert reported["investment-08"].bounds == Interval(exact(465), exact(475))
    assert reported["investment-02"].bounds == Interval(exact(17_555_000), exact(17_565_000))


HAND = {
    "ruim": (10, "10.5"), "bijna": ("9.5", 10), "circa": (8, 12), "ca": (8, 12), "zo’n": (8, 12),
    "een stuk of": (8, 12), "+": (8, 12), "meer dan": (10, 12), "niet minder dan": (10, None),
    "maximaal": (None, 10), "binnen": (None, 10), "Vrijwel": (10, 12), "niet de": (None, None),
    "vele": (None, None), "nearly": ("9.5", 10), "more than": (10, 12), "approx": (8, 12),
    "zo'n": (8, 12), "zeker": (10, None), "net buiten": (10, 12),
}  # fmt: skip


def test_each_hedge_word():
    """What each word of the table makes of '10', by hand; no word is left out."""
    hedges = frames.load("hedges").set_index("hedge")
    assert set(HAND) == set(hedges.index)
    for word, ends in HAND.items():
        expected = Interval(*(None if end is None else exact(end) for end in ends))
        assert evidence_frames.bounds(10, 1, word, hedges) == expected, word


def test_every_hedge_word_that_is_used_has_a_rule():
    """Each qualifier that the evaluation or the press prints has its rule."""
    known = set(frames.load("hedges").hedge)
    for name in (
        "quantities",
        "goods_trade_published",
        "foreign_investment",
        "local_ties",
        "tourism",
    ):
        assert set(frames.load(name).hedge.dropna()) <= known, name


def test_reported_number():
    """A number of the report has its words, value, bounds, unit and period."""
    got = evidence_frames.reported_numbers()["trade-05"]
    assert (got.id, got.raw, got.unit) == ("trade-05", "ruim 11 miljard", "EUR")
    assert got.bounds == Interval(exact(11 * 10**9), exact(11_500_000_000))
    assert got.period == ("2017", "2017")


def test_unknown_number():
    """A number that can't be read is a quantity without a value, and with no bounds."""
    got = evidence_frames.reported_numbers()["rights-04"]
    assert got.value is None
    assert not got.bounds.known


def test_words_that_hold_their_qualifier():
    """A press figure such as 'nearly 9 billion' is not made 'nearly nearly'."""
    frame = evidence_frames.load("goods_trade_published")
    assert frame.value_eur_m["2001|imports|border_crossing"].raw == "nearly 9 billion"


def test_cell_of_a_series():
    """A value of a series has the bounds of its last digit, its year, and cites its publisher."""
    frame = evidence_frames.load("goods_trade")
    got = frame.value_eur_m["2017|China|border_crossing|exports"]
    assert (got.value, got.unit, got.period) == (11322, "EUR_m", ("2017", "2017"))
    assert got.bounds == Interval(exact("11321.5"), exact("11322.5"))
    assert got.origin.source == "cbs-83028ned"


def test_rounded_cell_of_a_series():
    """A publisher's thousands stand for half a thousand either way."""
    frame = evidence_frames.load("chinese_companies")
    got = frame[(frame.indicator == "employees") & (frame.year == 2012)].value.iloc[0]
    assert got.bounds == Interval(exact(2500), exact(3500))


def test_empty_cell_stays_missing():
    """A cell without a figure is missing, not 0."""
    frame = evidence_frames.load("province_economy")
    raw = frames.load("province_economy")
    assert frame.value.isna().tolist() == raw.value.isna().tolist()
    assert frame.value.isna().any()


def test_index_names_rows():
    """The index holds the keys of the rows, and of which table they are."""
    frame = evidence_frames.load("missions")
    assert frame.index.name == "row of missions"
    assert frame.index.tolist() == frame.id.tolist()


def test_hedge_word_without_a_rule(data_copy):
    """A word that the rules do not know is an error that names its row."""
    path = data_copy / "report" / "quantities.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",ruim,11000000000,", ",zowat,11000000000,"), encoding="utf-8")
    with pytest.raises(DataError, match="row trade-05, column hedge: found 'zowat'"):
        evidence_frames.load("quantities", data_copy)


def test_budgets_of_provinces_are_reported_numbers():
    """Table and reported numbers give the same budget and FTE for each province."""
    reported = evidence_frames.reported_numbers()
    for row in frames.load("province_budgets").itertuples():
        for id, value in ((row.fte_id, row.fte), (row.budget_id, row.budget_eur)):
            assert pd.isna(id) == pd.isna(value)
            assert pd.isna(id) or float(reported[id]) == value


def test_a_copied_column_has_the_quantities_of_its_rows():
    """15,000 and 0.2 for Utrecht are numbers of the evaluation, with their id and range; a province
    without a budget has a missing one in the same unit."""
    budgets = evidence_frames.load("province_budgets")
    own = budgets.loc["Utrecht"]
    assert (own.budget_eur.id, own.fte.id) == ("budgets-02", "budgets-01")
    assert own.budget_eur.bounds == Interval(exact(13000), exact(17000))
    assert [str(budgets[name].dtype) for name in ("budget_eur", "fte")] == [
        "quantity[EUR]", "quantity[fte]",
    ]  # fmt: skip
    assert budgets.budget_eur.isna().sum() == 4
    assert budgets.budget_eur.sum().value == 388_500


def test_hedged_things_are_not_made_whole():
    """'Meer dan 15' projects reach up to 17: the word, not the counting, sets the bounds."""
    got = evidence_frames.reported_numbers()["results-12"]
    assert got.bounds == Interval(exact(15), exact(17))


def test_rules_come_with_the_data(data_copy):
    """Another folder has its own rules for hedge words."""
    path = data_copy / "hedges.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("ruim,0,0.5", "ruim,0,0.9"))
    assert evidence_frames.reported_numbers(data_copy)["trade-05"].bounds.high == 11_900_000_000
