from fractions import Fraction
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers import claims, tables
from helpers.claims import Figure, compute, figure, judge
from helpers.intervals import UNKNOWN, Interval, exact


def fig(number, low, high) -> Figure:
    return Figure(exact(number), Interval(exact(low), exact(high)))


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
    row = SimpleNamespace(value=value, last_digit=digit, hedge=hedge)
    bounds = figure(row, HEDGES).bounds
    assert bounds == Interval(*(None if end is None else exact(end) for end in (low, high)))


def test_width_switch():
    """Half the width leaves half of what the word allows; a bare number is not touched."""
    hedged = SimpleNamespace(value=11, last_digit=1, hedge="ruim")
    bare = SimpleNamespace(value=11, last_digit=1, hedge=None)
    assert figure(hedged, HEDGES, 0.5).bounds.high == Fraction(45, 4)
    assert figure(bare, HEDGES, 0.5).bounds.high == Fraction(23, 2)


def test_unknown_number():
    """A number that can't be read is unknown, and so is what follows from it."""
    unknown = figure(SimpleNamespace(value=float("nan"), last_digit=1, hedge=None), HEDGES)
    assert unknown.bounds == UNKNOWN
    assert compute("sum", [unknown, fig(1, 1, 1)]).number is None


@pytest.mark.parametrize(
    ("operation", "inputs", "number"),
    [
        ("same", [fig(3, 2, 4)], 3),
        ("sum", [fig(3, 2, 4), fig(1, 1, 1), fig(2, 2, 2)], 6),
        ("difference", [fig(9, 8, 10), fig(7, 7, 8)], 2),
        ("ratio", [fig(470, 465, 475), fig(235, 235, 235)], 2),
        ("percent_of", [fig(1, 1, 1), fig(4, 4, 4)], 25),
        ("growth_percent", [fig(3, 3, 3), fig(2, 2, 2)], 50),
        ("growth_factor", [fig(144, 144, 144)], "2.44"),
        ("fte_of_days", [fig("65/3", "65/3", "65/3")], 1),
    ],
)
def test_each_operation(operation, inputs, number):
    """Each operation of the closed set gives the number worked out by hand, inside its bounds."""
    result = compute(operation, inputs)
    assert result.number == exact(number)
    assert result.number in result.bounds
    assert set(claims.ARITHMETIC) == {
        "same", "sum", "difference", "ratio", "percent_of", "growth_percent", "growth_factor",
        "fte_of_days",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("computed", "claimed", "verdict"),
    [
        (fig("1.92", "1.9", "1.94"), fig(2, "1.5", 2), "reproduced"),
        (fig("2.1", "1.9", "2.3"), fig(2, "1.5", 2), "consistent"),
        (fig("2.5", "2.4", "2.6"), fig(2, "1.5", 2), "contradicted"),
        (Figure(None, UNKNOWN), fig(2, "1.5", 2), "undecided"),
        (fig(2, 2, 2), Figure(None, UNKNOWN), "undecided"),
    ],
)
def test_each_verdict(computed, claimed, verdict):
    """The four verdicts, by hand."""
    assert judge(computed, claimed).verdict == verdict


MAY, JUNE = pd.Period("2019-05", freq="M"), pd.Period("2019-06", freq="M")
YEAR = pd.Period("2019", freq="Y")


@pytest.mark.parametrize(
    ("name", "arguments", "holds"),
    [
        ("every_n_years", ([2013, 2015, 2017], 2), True),
        ("every_n_years", ([2013, 2014, 2016], 2), False),
        ("every_n_years", ([2013], 2), None),
        ("fill_the_gaps", ([2000, 2002], [2001]), True),
        ("fill_the_gaps", ([2000, 2003], [2001]), False),
        ("fill_the_gaps", ([], [2001]), None),
        ("not_before", (JUNE, MAY), True),
        ("not_before", (MAY, JUNE), False),
        ("not_before", (YEAR, JUNE), True),
        ("not_before", (pd.NaT, JUNE), None),
        ("same_year", (MAY, [JUNE, YEAR]), True),
        ("same_year", (MAY, pd.Period("2018", freq="Y")), False),
        ("same_year", (MAY, pd.NaT), None),
        ("years_apart", (pd.Period("1995", freq="Y"), pd.Period("2005-04", freq="M"), 10), True),
        ("years_apart", (pd.Period("1995", freq="Y"), pd.Period("2006", freq="Y"), 10), False),
        ("not_larger", (fig(12, 11, 13), fig(17, 16, 18)), True),
        ("not_larger", (fig(19, "18.5", 20), fig(17, 16, 18)), False),
        ("not_larger", (Figure(None, UNKNOWN), fig(17, 16, 18)), None),
        ("all_marked", ([True, True],), True),
        ("all_marked", ([True, False],), False),
        ("all_marked", ([],), None),
        ("as_many", (["a", "b"], fig(2, 2, 2)), True),
        ("as_many", (["a"], fig(2, 2, 2)), False),
        ("as_many", (["a"], Figure(None, UNKNOWN)), None),
        ("all_present_but", (["a", "b", "c"], ["a", "b"], "c"), True),
        ("all_present_but", (["a", "b", "c"], ["a", "b", "c"], "c"), False),
    ],
)
def test_each_event(name, arguments, holds):
    """Each function on events says yes, no, or that it can't be said."""
    assert claims.EVENTS[name](*arguments) is holds


def test_every_event_function_is_tested():
    """No function on events is left out of the cases above."""
    cases = test_each_event.pytestmark[0].args[1]
    assert {name for name, *_ in cases} == set(claims.EVENTS)


def test_every_hedge_word_has_a_rule():
    """Each qualifier that the evaluation prints has its rule, and each rule its reason."""
    hedges = tables.load("hedges")
    assert set(tables.load("quantities").hedge.dropna()) <= set(hedges.hedge)
    assert hedges.rationale_nl.notna().all()
