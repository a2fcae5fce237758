from fractions import Fraction

import pytest

from helpers.errors import EvidenceError
from helpers.evidence import rows, units
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
        ("USD_bn", "USD_m", 1000),
        ("EUR_m", "USD_m", None),
        ("CNY", "EUR", None),
        ("EUR_t", "EUR", None),
    ],
)
def test_factor(unit, wanted, factor):
    """Units of one scale have a factor; persons and FTE have none, nor do two currencies."""
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


@pytest.mark.parametrize(
    ("unit", "nl", "en"),
    [
        ("EUR", "euro", "euros"), ("EUR_k", "duizend euro", "thousand euros"),
        ("EUR_bn", "miljard euro", "billion euros"),
        ("USD_m", "miljoen Amerikaanse dollar", "million US dollars"),
        ("CHF", "Zwitserse frank", "Swiss francs"),
        ("per GBP", "vreemde munt per Britse pond", "foreign currency per British pound"),
    ],
)  # fmt: skip
def test_every_currency_is_a_unit(unit, nl, en):
    """A currency is called what CLDR calls it, with the scale in the words of the library."""
    assert units.label(unit, {}) == Text(nl, en)


@pytest.mark.parametrize(("unit", "near"), [("USD_mm", "USD_m"), ("gbp", "GBP")])
def test_a_slip_in_a_currency(unit, near):
    """What is nearly the unit of a currency is told with that unit."""
    assert units.unnamed(unit, {})[1].startswith(f"Write {near}, or name")


def test_a_currency_that_a_project_does_not_list():
    """Where a project lists its currencies, another one is told; units of things are not."""
    assert units.unlisted("USD_m", []) == ()
    assert units.unlisted("jobs", ["EUR"]) == units.unlisted("EUR_m/jobs", ["EUR"]) == ()
    expected = "a currency of annex.currencies: EUR, CNY"
    assert units.unlisted("USD_m/jobs", ["EUR", "CNY"])[0] == expected


def test_units_in_the_names_of_columns():
    """A column may have the unit of its values in its name, of any currency."""
    assert rows.is_measured("value_usd_m")
    assert rows.is_measured("value_persons_k")
    assert not rows.is_measured("value_of_it")
    assert units.contradicted("value_usd_m", "EUR_m") == "USD_m"
    assert units.contradicted("value_usd_m", "USD_m/jobs") == ""
