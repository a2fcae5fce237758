"""One verdict of all alternatives that figures from outside give."""

import pandas as pd
import pytest

from conftest import q
from helpers.claims import by_verdict, outside, overall
from helpers.claims.verdicts import Finding, compute, judge
from helpers.tables.descriptor_rules import named

CLAIMED = q(10, unit="percent")


def judged(*numbers) -> list[Finding]:
    return [judge(q(number, unit="percent", id=f"a-{number}"), CLAIMED) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ([], None),
        ([10], "reproduced"),
        ([10, 10], "reproduced"),
        ([10, 11], "undecided"),
        ([11, 12], "contradicted"),
        ([8, 9], "contradicted"),
        ([9, 11], "undecided"),
    ],
)
def test_alternatives_decide_together(numbers, verdict):
    """A verdict that all share is the verdict; numbers on both sides of the claimed one share
    none, although each contradicts it."""
    assert outside.together(judged(*numbers)) == verdict


def test_events_decide_together():
    """Alternatives without numbers agree by their verdicts alone."""
    yes, no = Finding("reproduced"), Finding("contradicted")
    assert outside.together([no, no]) == "contradicted"
    assert outside.together([yes, no]) == "undecided"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (None, []),
        ("a;b", [["a", "b"]]),
        ("a; b || a;c", [["a", "b"], ["a", "c"]]),
        ("t:x=1|2>v || t:y=3", [["t:x=1|2>v"], ["t:y=3"]]),
    ],
)
def test_a_cell_names_alternatives_and_their_inputs(cell, found):
    """`||` joins alternatives and `;` inputs; `|` joins the values of a condition."""
    assert [named(each) for each in outside.alternatives(cell)] == found


def test_a_place_is_one_among_the_given():
    """The largest is the first; the number itself may be among the others given; equal numbers
    share the better place, and ranges that meet leave the place open."""
    own, more, less = q(5), q(8, id="a-02"), q(3, id="a-03")
    assert compute("place", [own, more, less]).value == 2
    assert compute("place", [own, own, more, less]).value == 2
    assert compute("place", [own, q(5, id="a-04")]).value == 1
    open_place = compute("place", [q(5, 4, 6), q(6, 5, 7, id="a-05")])
    assert (open_place.bounds.low, open_place.bounds.high) == (1, 2)


BOTH = [  # within, outside, overall
    ("reproduced", None, "reproduced"),
    ("undecided", "reproduced", "reproduced"),
    ("reproduced", "undecided", "undecided"),
    ("reproduced", "contradicted", "contradicted"),
    ("contradicted", "reproduced", "contradicted"),
    ("undecided", None, "undecided"),
]


def found() -> pd.DataFrame:
    """Claims with these verdicts, keyed as rows of a table."""
    keys = pd.Index([f"claim-{n}" for n in range(len(BOTH))], name="row of claims")
    inside, beside, _ = zip(*BOTH, strict=True)
    return pd.DataFrame({"internal": inside, "external": beside}, keys, dtype=object)


def test_one_verdict_of_two():
    """A contradiction always counts; else figures from outside go before the document's own."""
    assert overall(found()).tolist() == [wanted for _, _, wanted in BOTH]


def test_counts_by_the_one_verdict():
    """Each count names the claims that it counted, and the rule; none is counted too."""
    counted = by_verdict(found())
    assert {name: int(number.value) for name, number in counted.items()} == {
        "reproduced": 2, "consistent": 0, "contradicted": 2, "undecided": 2,
    }  # fmt: skip
    assert counted.contradicted.origin.rows == ("claim-3", "claim-4")
    assert "here: contradicted" in counted.contradicted.origin.formula.en
    assert str(counted.contradicted.unit) == "claims.rows"
