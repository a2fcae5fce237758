import runpy

import pandas as pd
import pytest

from conftest import ROOT, q
from helpers.claims import verdicts
from helpers.claims.verdicts import compute, judge
from helpers.errors import EvidenceError
from helpers.evidence.intervals import exact


@pytest.mark.parametrize(
    ("operation", "inputs", "number", "unit"),
    [
        ("same", [q(3, 2, 4)], 3, "EUR"),
        ("sum", [q(3, 2, 4), q(1, id="a-02"), q(2, id="a-03")], 6, "EUR"),
        ("difference", [q(9, 8, 10), q(7, 7, 8)], 2, "EUR"),
        ("ratio", [q(470, 465, 475), q(235)], 2, "ratio"),
        ("percent_of", [q(1), q(4)], 25, "percent"),
        ("growth_percent", [q(3), q(2)], 50, "percent"),
        ("growth_factor", [q(144, unit="percent")], "2.44", "ratio"),
        ("fall_percent", [q(4), q(1, id="a-02")], 75, "percent"),
        ("place", [q(2), q(3, id="a-02"), q(1, id="a-03")], 2, "rank"),
        ("fte_of_days", [q("65/3", unit="days_per_month")], 1, "fte"),
    ],
)
def test_each_operation(operation, inputs, number, unit):
    """Each operation of the closed set gives the number worked out by hand, inside its bounds."""
    result = compute(operation, inputs)
    assert (result.value, result.unit) == (exact(number), unit)
    assert result.value in result.bounds


def test_no_operation_is_left_out():
    """Every operation is tested above, and called something in both languages."""
    cases = test_each_operation.pytestmark[0].args[1]
    assert {name for name, *_ in cases} == set(verdicts.ARITHMETIC)
    assert set(verdicts.LABELS) == {*verdicts.ARITHMETIC, *verdicts.EVENTS}


def test_unknown_number():
    """What follows from an unknown number is unknown."""
    assert compute("sum", [q(None), q(1, id="a-02")]).value is None


def test_money_of_different_scales():
    """Millions of a series and euros of the evaluation are brought to one scale."""
    got = compute("difference", [q(9_000_000_000), q(7500, unit="EUR_m", id="a-02")])
    assert (got.value, got.unit) == (1_500_000_000, "EUR")


def test_units_that_do_not_fit():
    """Jobs are not added to persons."""
    with pytest.raises(EvidenceError, match="unit persons; expected unit jobs"):
        compute("sum", [q(1, unit="jobs"), q(2, unit="persons")])


@pytest.mark.parametrize(
    ("computed", "claimed", "verdict"),
    [
        (q("1.92", "1.9", "1.94"), q(2, "1.5", 2), "reproduced"),
        (q("2.1", "1.9", "2.3"), q(2, "1.5", 2), "consistent"),
        (q("1.5", "0.8", "1.5"), q(1, "0.5", "1.5"), "consistent"),
        (q(2), q(2, "1.5", 2), "reproduced"),
        (q("0.5"), q(1, "0.5", "1.5"), "reproduced"),
        (q("2.5", "2.4", "2.6"), q(2, "1.5", 2), "contradicted"),
        (q(None), q(2, "1.5", 2), "undecided"),
        (q(2), q(None), "undecided"),
    ],
)
def test_each_verdict(computed, claimed, verdict):
    """The four verdicts, by hand."""
    assert judge(computed, claimed).verdict == verdict


def test_verdict_across_units():
    """Millions are judged against euros, an amount without a currency is read as euros, and
    euros are never judged against persons."""
    assert judge(q(11, unit="EUR_m"), q(11_000_000)).verdict == "reproduced"
    assert judge(q(5), q(5, unit="unspecified_currency")).verdict == "reproduced"
    with pytest.raises(EvidenceError):
        judge(q(5), q(5, unit="persons"))


MAY, JUNE = pd.Period("2019-05", freq="M"), pd.Period("2019-06", freq="M")
YEAR = pd.Period("2019", freq="Y")


@pytest.mark.parametrize(
    ("name", "arguments", "holds"),
    [
        ("every_n_years", ([2013, 2015, 2017], q(2, 2, 2)), True),
        ("every_n_years", ([2013, 2014, 2016], q(2, 2, 2)), False),
        ("every_n_years", ([2013], q(2, 2, 2)), None),
        ("every_n_years", ([2013, 2015], q(None)), None),
        ("years_apart", (YEAR, pd.Period("2029", freq="Y"), q(None)), None),
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
        ("years_apart", (pd.Period("1995", freq="Y"), pd.Period("2005-04", freq="M"), q(10)), True),
        ("years_apart", (pd.NaT, pd.Period("2006", freq="Y"), q(10)), None),
        ("same_year", ([],), None),
        ("years_apart", (pd.Period("1995", freq="Y"), pd.Period("2006", freq="Y"), q(10)), False),
        ("not_larger", (q(12, 11, 13), q(17, 16, 18)), True),
        ("not_larger", (q(19, "18.5", 20), q(17, 16, 18)), False),
        ("not_larger", (q(None), q(17, 16, 18)), None),
        ("all_marked", ([True, True],), True),
        ("all_marked", ([True, False],), False),
        ("all_marked", ([],), None),
        ("all_marked", ([True, None],), None),
        ("all_marked", ([False, None],), False),
        ("as_many", (["a", "b"], q(2, 2, 2)), True),
        ("as_many", (["a"], q(2, 2, 2)), False),
        ("as_many", (["a", "b", "c"], q(2, 2, 2)), False),
        ("not_larger", (q(17, 17, 18), q(17, 16, 17)), True),
        ("as_many", (["a"], q(None)), None),
        ("all_different", (["a", "b"],), True),
        ("all_different", (["a", "b", "a"],), False),
        ("all_different", ([],), None),
        ("all_different", (["a", None],), None),
        ("all_different", (["a", "a", None],), False),
        ("all_alike", ([2007, 2007],), True),
        ("all_alike", ([2007, 2008],), False),
        ("all_alike", ([2007],), None),
        ("all_alike", ([2007, 2007, None],), None),
        ("all_alike", ([2007, 2008, None],), False),
        ("all_present_but", (["a", "b", "c"], ["a", "b"], "c"), True),
        ("all_present_but", (["a", "b", "c"], ["a", "b", "c"], "c"), False),
        ("several", (["a", "b"],), True),
        ("several", (["a", "a"],), None),
        ("several", ([],), None),
        ("several", (q(2),), True),
        ("several", (q(1),), None),
        ("several", (q(None),), None),
        ("named", (["Trade and tea", "eggs"], "trade", "eggs"), True),
        ("named", (["Trade and tea"], "trade", "egg"), None),
        ("named", (["agriculture"], "culture"), None),
        ("named", (["culture"], "agriculture"), None),
        ("named", (["Vice-Governor"], "governor"), True),
        ("named", ([2014, 2015], 2015), True),
        ("named", ([], "trade"), None),
        ("named", (["trade"],), None),
        ("named_for_all", (["tea", "eggs"], ["a", "b", "b"], "tea", "eggs"), True),
        ("named_for_all", (["tea", "salad"], ["a", "b"], "tea", "eggs"), None),
        ("named_for_all", (["tea"], ["a", "b"], "tea"), None),
        ("named_for_all", ([], [], "tea"), None),
        ("not_for_all", (["x"], ["a", "b", "b"]), True),
        ("not_for_all", ([], ["a"]), True),
        ("not_for_all", (["x", "x"], ["a", "b", "b"]), False),
        ("not_for_all", ([], []), None),
        ("some_repeated", (["a", "a", "b", "b", "c"],), True),
        ("some_repeated", (["a", "a", "a", "b", "c"],), False),
        ("some_repeated", ([],), None),
        ("since", ([2001, 1995], pd.Period("1995-01", freq="M")), True),
        ("since", ([2001, 1994], pd.Period("1995-12", freq="M")), False),
        ("since", ([1996], pd.Period("1995", freq="Y")), None),
        ("since", ([], pd.Period("1995", freq="Y")), None),
        ("since", ([1995], pd.NaT), None),
        ("all_since", ([2019, 2020], MAY), True),
        ("all_since", ([2018, 2020], MAY), False),
        ("all_since", ([], MAY), None),
        ("all_since", ([2019, None], MAY), None),
        ("all_since", ([2018, None], MAY), False),
        ("all_since", ([2019], pd.NaT), None),
        ("first_in_later_half", ([2012, 2008], pd.Period("1995", freq="Y"), JUNE), True),
        ("first_in_later_half", ([2012, 2007], pd.Period("1995", freq="Y"), JUNE), False),
        ("first_in_later_half", ([], MAY, JUNE), None),
        ("first_in_later_half", ([2012], pd.NaT, JUNE), None),
        ("share_rose", (["a"], ["a"] * 3, ["a"] * 2, ["a"] * 5), True),
        ("share_rose", (["a"], ["a"] * 2, ["a"] * 3, ["a"] * 6), False),
        ("share_rose", (["a"], ["a"] * 2, [], ["a"]), False),
        ("share_rose", ([], [], ["a"], ["a"]), None),
        ("share_rose", ([], ["a"], [], []), None),
        ("over_half", (q(12, 11, 13), q(20, 19, 21)), True),
        ("over_half", (q(11, 10, 12), q(20, 19, 21)), None),
        ("over_half", (q(5), q(10)), False),
        ("over_half", (q(4), q(10)), False),
        ("over_half", (q(None), q(10)), None),
        ("over_half", (q(6, unit="EUR_m"), q(10_000_000)), True),
    ],
)
def test_each_event(name, arguments, holds):
    """Each function on events says yes, no, or that it can't be said."""
    assert verdicts.EVENTS[name](*arguments) is holds


def test_every_event_function_is_tested():
    """No function on events is left out of the cases above."""
    cases = test_each_event.pytestmark[0].args[1]
    assert {name for name, *_ in cases} == set(verdicts.EVENTS)


def test_the_benchmark_knows_every_operation():
    """The benchmark has true and false statements for every operation, and all are told apart."""
    module = runpy.run_path(str(ROOT / "benchmarks" / "claims.py"))
    found = module["measured"](runs=20)
    assert set(found) == {*verdicts.ARITHMETIC, *verdicts.EVENTS}
    assert set(found.values()) == {(20, 0)}


def test_the_benchmark_refuses_an_operation_without_cases(monkeypatch):
    """An operation that is added without cases stops the benchmark, which names it."""
    monkeypatch.setitem(verdicts.EVENTS, "guess", lambda: True)
    module = runpy.run_path(str(ROOT / "benchmarks" / "claims.py"))
    with pytest.raises(LookupError, match="guess"):
        module["measured"](runs=1)


def test_a_part_is_of_the_whole_in_its_unit():
    """A million euros is not less than half a million, and persons are no part of euros."""
    assert verdicts.not_larger(q(1, unit="EUR_m"), q(500_000)) is False
    with pytest.raises(EvidenceError):
        verdicts.not_larger(q(1, unit="persons"), q(5))
