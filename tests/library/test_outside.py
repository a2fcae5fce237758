"""One verdict of all alternatives that figures from outside give."""

import pytest

from conftest import q
from helpers.claims import outside
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
