import pandas as pd
import pytest

from conftest import q
from helpers import ranges
from helpers.errors import EvidenceError
from helpers.evidence.intervals import Interval, exact


def test_width():
    """From 9 to 12 is 3 wide; without a bound there is no width."""
    assert ranges.width(q(10, 9, 12)).value == 3
    assert pd.isna(ranges.width(q(10, 9, None)))
    assert pd.isna(ranges.width(float("nan")))


def test_the_ends_of_a_range():
    """Each end is an exact number that rests on the range; an open end is missing."""
    low, high = ranges.ends(q(10, 9, 12))
    assert (low.value, low.bounds, high.value) == (9, Interval(exact(9), exact(9)), 12)
    assert [item.id for item in high.origin.inputs.values()] == ["trade-01"]
    assert [pd.isna(end) for end in ranges.ends(q(10, 9, None))] == [False, True]


def test_at_most_and_at_least():
    """A number read as a bound keeps its value and opens its range."""
    assert ranges.at_most(q(2, "1.5", "2.5")).bounds == Interval(exact(0), exact("2.5"))
    assert ranges.at_least(q(2, "1.5", "2.5")).bounds == Interval(exact("1.5"), None)
    assert ranges.at_least(q(2, "1.5", "2.5")).value == 2


def test_up_to():
    """A number that a footnote may raise reaches from its own low to the other's high."""
    got = ranges.up_to(q(100, 90, 110), q(250, 240, 260, id="a-02"))
    assert (got.value, got.bounds) == (100, Interval(exact(90), exact(260)))


def money(**values) -> pd.Series:
    return pd.Series(
        {name: v if v is None else q(*v, id=f"b-{name}") for name, v in values.items()},
        dtype=object,
    )


def test_rank():
    """An unknown budget may be above or below: the place has a best and a worst."""
    place = ranges.rank(money(a=(11, 10, 12), b=(5, 5, 6), c=None), "b")
    assert (place.value, place.bounds) == (2, Interval(exact(2), exact(3)))


def test_rank_of_an_unknown():
    """Who is unknown may have any place, and has none as printed."""
    place = ranges.rank(money(a=(11, 10, 12), b=(5, 5, 6), c=None), "c")
    assert (place.value, place.bounds) == (None, Interval(exact(1), exact(3)))


def test_rank_shares_a_place():
    """Equal budgets share the higher place."""
    place = ranges.rank(money(a=(10, 10, 10), b=(5, 5, 5), c=(5, 5, 5)), "b")
    assert (place.value, place.bounds) == (2, Interval(exact(2), exact(2)))


def test_rank_names_all_it_compares():
    """The place rests on every known number."""
    place = ranges.rank(money(a=(11, 10, 12), b=(5, 5, 6), c=None), "b")
    assert {item.id for item in place.origin.inputs.values()} == {"b-a", "b-b"}
    assert place.origin.formula.en == "place of b among 3, 2 of them known"


def test_rank_needs_one_unit():
    """Euros and jobs have no common order."""
    values = pd.Series({"a": q(1), "b": q(2, unit="jobs", id="b-b")}, dtype=object)
    with pytest.raises(EvidenceError):
        ranges.rank(values, "a")


def test_rank_of_unknown_others():
    """An unknown budget is 0 or more: it is not surely below a budget of 0."""
    place = ranges.rank(money(a=(0, 0, 0), b=None), "a")
    assert place.bounds == Interval(exact(1), exact(2))
