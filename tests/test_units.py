from fractions import Fraction

import pytest

from helpers import tables, units
from helpers.language import Text


@pytest.mark.parametrize(
    ("unit", "wanted", "factor"),
    [
        ("EUR", "EUR", 1),
        ("EUR_m", "EUR", 10**6),
        ("EUR_m", "EUR_bn", Fraction(1, 1000)),
        ("EUR_k", "EUR", 1000),
        ("persons_k", "persons", 1000),
        ("ratio", "percent", 100),
        ("persons", "fte", None),
        ("EUR", "persons", None),
    ],
)
def test_factor(unit, wanted, factor):
    """Units of one scale have a factor; persons and FTE have none."""
    assert units.factor(unit, wanted) == factor


def test_per():
    """A quotient of unlike units names both; of like units it is a ratio."""
    assert units.per("EUR_m", "jobs") == "EUR_m/jobs"
    assert units.per("EUR", "EUR") == "ratio"


def test_labels():
    """A quotient is read with one of what it divides by; a table's own words come first."""
    known = {"EUR": Text("eigen", "own")}
    assert units.label("EUR_m/jobs", known) == Text(
        "miljoen euro per baan", "million euros per job"
    )
    assert units.label("EUR", known) == Text("eigen", "own")


def test_unknown_unit():
    """A unit that nobody names is an error."""
    with pytest.raises(KeyError):
        units.label("furlongs", {})


def test_every_unit_of_the_tables_has_a_name():
    """Units of values, of rows and of columns are called something in both languages."""
    named = tables.units()
    assert named["missions.rows"] == Text("bezoeken", "visits")
    assert named["fte"] == Text("fte", "FTE")
    assert all(text.nl and text.en for text in named.values())
