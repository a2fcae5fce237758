from fractions import Fraction

import pandas as pd
import pytest

from conftest import q
from helpers.errors import EvidenceError
from helpers.evidence.arithmetic import derive, total
from helpers.evidence.derivation import Derivation
from helpers.evidence.intervals import UNKNOWN, Interval
from helpers.evidence.rows import Row, span
from helpers.language import Text

RULE = Text("aantal rijen", "number of rows")


def test_row_id():
    """A reported number has the id of its row; another cell also names table and column."""
    assert Row("quantities", "trade-05", "value", reported=True).id == "trade-05"
    assert (
        Row("goods_trade", "2017|United States", "value_eur_m").id
        == "goods_trade.2017_United_States"
    )
    assert Row("prices", "2017", "index_2015").id == "prices.2017.index_2015"


def test_arithmetic_keeps_bounds():
    """Sum, difference and quotient have the bounds worked out by hand."""
    a, b = q(10, 9, 11), q(4, 3, 5)
    assert (a + b).bounds == Interval(Fraction(12), Fraction(16))
    assert (a - b).bounds == Interval(Fraction(4), Fraction(8))
    assert (a / b).bounds == Interval(Fraction(9, 5), Fraction(11, 3))
    assert (a + b).value == 14


def test_arithmetic_keeps_the_evidence():
    """What is computed names its measure, formula and inputs."""
    a, b = q(10, id="a-01"), q(4, id="a-02")
    origin = (a - b).origin
    assert (origin.measure, origin.formula) == ("difference", "a − b")
    assert {name: item.id for name, item in origin.inputs.items()} == {"a": "a-01", "b": "a-02"}


def test_a_sum_of_sums_is_flat():
    """Three numbers added one by one are one sum of three."""
    parts = [q(1, id="a-01"), q(2, id="a-02"), q(3, id="a-03")]
    one_by_one = parts[0] + parts[1] + parts[2]
    assert one_by_one.origin.formula == "a1 + a2 + a3"
    assert one_by_one.id == total(parts).id


@pytest.mark.parametrize(
    ("one", "other"),
    [("EUR", "fte"), ("persons", "fte"), ("persons", "jobs"), ("persons", "ratio")],
)
def test_units_are_checked(one, other):
    """A person is no FTE, and no job: neither is added or subtracted."""
    a, b = q(1, unit=one, id="a-01"), q(1, unit=other, id="a-02")
    for work in (lambda: a + b, lambda: a - b):
        with pytest.raises(
            EvidenceError, match=f"quantity a-02: found unit {other}; expected unit {one}"
        ):
            work()


def test_a_plain_number_is_no_quantity():
    """A number without a source can't enter a calculation."""
    with pytest.raises(EvidenceError, match="the plain value 3"):
        q(1) - 3


def test_unlike_units_make_a_quotient():
    """Euros over jobs are euros per job."""
    assert (q(10) / q(4, unit="jobs")).unit == "EUR/jobs"


def test_another_unit_is_the_same_number():
    """Written in millions a number keeps its id and its raw words, and scales its bounds."""
    written = q(17_560_000, 17_555_000, 17_565_000).to("EUR_m")
    assert (written.value, written.unit, written.id) == (Fraction("17.56"), "EUR_m", "trade-01")
    assert written.bounds == Interval(Fraction("17.555"), Fraction("17.565"))
    assert written.raw == "ruim 17560000"


def test_no_scale_in_common():
    """Euros can't be written in persons."""
    with pytest.raises(EvidenceError, match="unit EUR; expected unit persons"):
        q(1).to("persons")


def test_unknown_in_unknown_out():
    """A number that is unknown leaves the result unknown; a missing one leaves none."""
    assert (q(None) + q(1)).value is None
    assert (q(None) + q(1)).bounds == UNKNOWN
    assert pd.isna(q(1) - float("nan"))
    assert pd.isna(q(1) / float("nan"))


def test_id_follows_the_calculation_and_not_the_values():
    """The same calculation on the same rows keeps its id when a value is revised."""
    assert (q(1) - q(2, id="a-02")).id == (q(5) - q(9, id="a-02")).id
    assert (q(1) - q(2, id="a-02")).id != (q(2, id="a-02") - q(1)).id


def test_id_tells_units_apart():
    """The same inputs in another unit are another calculation."""
    jobs = q(4, unit="jobs", id="a-02")
    millions = q(10).to("EUR_m")
    assert (q(10) / jobs).id != (millions / jobs).id


def test_period_spans_the_inputs():
    """What is computed from two years is about the time from one to the other."""
    a, b = q(1, period=("2002", "2002")), q(1, id="a-02", period=("2017", "2017"))
    assert (b - a).period == ("2002", "2017")
    assert span([(), ("2001", "2003")]) == ("2001", "2003")
    assert span([()]) == ()


def test_sorts_by_value():
    """Quantities sort by their value."""
    assert [float(item) for item in sorted([q(3), q(1), q(2)])] == [1, 2, 3]


def test_a_comparison_converts_units_of_one_scale():
    """14.1 billion is more than 1521 million, whichever of the two stands first."""
    billions, millions = q("14.1", unit="EUR_bn"), q(1521, unit="EUR_m")
    assert billions > millions
    assert millions < billions
    assert not billions < millions
    assert not millions > billions


@pytest.mark.parametrize("other", ["5", q(5, unit="jobs"), q(5, unit="ratio")])
def test_a_comparison_with_another_kind_is_refused(other):
    """Neither a text nor a quantity of another scale is more or less than one of euros."""
    for compare in (lambda: q(5) < other, lambda: q(5) > other):
        with pytest.raises(EvidenceError):
            compare()


def test_nothing_is_more_or_less_than_what_is_not_known():
    """A missing cell, or an unknown number, compares false both ways."""
    for unknown in (float("nan"), q(None)):
        assert not q(5) < unknown
        assert not q(5) > unknown


def test_python_sum():
    """The built-in sum adds quantities."""
    assert sum([q(1, id="a-01"), q(2, id="a-02")]).value == 3


def test_derive_checks_every_unit():
    """A measure over several inputs refuses the one that does not fit."""
    with pytest.raises(EvidenceError, match="a-03"):
        derive(
            "sum", "a + b + c", "EUR", lambda a, b, c: a + b + c, a=q(1), b=q(2, id="a-02"),
            name=RULE, c=q(3, id="a-03", unit="jobs"),
        )  # fmt: skip


def test_counts_differ_by_their_rows():
    """Two counts of different rows are different numbers."""
    one = Derivation("count", RULE, {}, "missions", ("visit-01",))
    two = Derivation("count", RULE, {}, "missions", ("visit-02",))
    assert one.id != two.id


def test_reads_in_a_notebook():
    """Whoever prints a quantity sees value, unit, bounds and where it comes from."""
    assert repr(q("17.56", "17.555", None)) == "17.56 EUR, 17.555 to … (trade-01)"
    assert repr(q(None)) == "unknown EUR (trade-01)"


def test_written_twice_it_is_still_the_same():
    """Turned into millions and then billions, a number leads to its row as it stands there."""
    twice = q(5_000_000_000).to("EUR_m").to("EUR_bn")
    assert (twice.value, twice.written_from.value, twice.written_from.unit) == (
        5,
        5_000_000_000,
        "EUR",
    )


def test_counts_of_two_tables_differ():
    """Rows that have the same keys in two tables are two counts."""
    one, two = (Derivation("count", RULE, {}, table, ("a",)) for table in ("missions", "outcomes"))
    assert one.id != two.id


def test_formula_is_part_of_the_calculation():
    """Growth over 2 and over 3 years of the same numbers are two numbers."""
    one, two = (
        Derivation("annual_growth", f"a ^ (1 / {n})", {"a": q(1)}, name=RULE) for n in (2, 3)
    )
    assert one.id != two.id


def test_what_is_computed_was_not_printed():
    """A computed number has no words as printed."""
    assert (q(1) - q(2, id="a-02")).raw == ""


def test_only_nothing_is_added_for_free():
    """Python's sum starts from 0; any other plain number is refused."""
    with pytest.raises(EvidenceError):
        q(1) + 5
