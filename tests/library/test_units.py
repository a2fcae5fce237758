from fractions import Fraction

import pytest

from helpers.errors import EvidenceError
from helpers.evidence import units
from helpers.language import Text
from helpers.tables import display_names


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
    jobs = {"jobs": Text("banen", "jobs"), "/jobs": Text("baan", "job")}
    known = {"EUR": Text("eigen", "own"), **jobs}
    assert units.label("EUR_m/jobs", known) == Text(
        "miljoen euro per baan", "million euros per job"
    )
    assert units.label("EUR", known) == Text("eigen", "own")


def test_unknown_unit():
    """A unit that nobody names is an error that says whose it is, and which unit is near."""
    with pytest.raises(
        EvidenceError, match=r"quantity x: found the unit 'EUR_mm'; .* Write EUR_m, or"
    ):
        units.label("EUR_mm", {}, "quantity x")


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("EUR_m/years", ""),
        ("EUR/years/rank", ""),
        ("EUR/jobs", "for 'jobs'"),
        ("jobs", "a unit that"),
        ("EUR_m/furlongs", "for 'furlongs'"),
        ("years/", "for ''"),
        ("/", "for ''"),
        ("", "a unit that"),
    ],
)
def test_a_quotient_is_held_to_its_parts(unit, told):
    """Each part of a quotient has a name, below the stroke as one of what is counted."""
    found, *_ = units.unnamed(unit, {}) or [""]
    assert told in found if told else found == ""


def test_a_quotient_of_a_quotient():
    """A quotient is divided further, and reads so; it divides nothing, as that would read alike."""
    jobs = {"jobs": Text("banen", "jobs"), "/jobs": Text("baan", "job")}
    words = units.label(units.per("EUR/jobs", "years"), jobs)
    assert words == Text("euro per baan per jaar", "euros per job per year")
    with pytest.raises(EvidenceError, match="a divisor whose unit is no quotient"):
        units.per("EUR", "jobs/years")


def test_every_unit_of_the_tables_has_a_name():
    """Units of values, of rows and of columns are called something in both languages."""
    named = display_names.units()
    assert named["missions.rows"] == Text("rijen", "rows")
    assert named["projects"] == Text("projecten", "projects")
    assert all(text.nl and text.en for text in named.values())


@pytest.mark.parametrize(
    ("unit", "number"),
    [("EUR_m", 10**6), ("CNY_bn", 10**9), ("persons_k", 1000), ("EUR_m/jobs", 10**6), ("jobs", 1),
     ("jobs/EUR_m", 1), ("CNY_100m", 1)],
)  # fmt: skip
def test_a_name_ends_in_what_it_counts(unit, number):
    """Thousands, millions and billions, of whatever is counted."""
    assert units.multiple(unit) == number
