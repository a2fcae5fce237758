"""How the register writes a number, its range and its sum."""

import re

import pytest

from helpers import language
from helpers.annex.register import written_sums


def record(value, low=None, high=None, unit="EUR", **more):
    plain = {"id": f"n-{value}", "value": value, "low": low, "high": high, "unit": unit}
    return plain | (more or {"derivation": {"percent": False, "inputs": {}}})


def share(value, low, high):
    return record(value, low, high, "ratio", derivation={"percent": True, "inputs": {}})


def text(html) -> str:
    return re.sub("<[^>]*>", "", html)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (record(1.52198158, 1.52181806, 1.52214513), "1.522"),
        (record(714.77, 714.5, 715.04), "715"),
        (record(2.44, 2.435, 2.445), "2.44"),
        (record(1 / 3, 1 / 3, 1 / 3), "0.3333"),
        (record(0.0042, 0.001, 0.007), "0.0042"),
        (record(12, 11.5, 12.5), "12"),
        (share(0.252307692, 0.251922485, 0.252693136), "25.2%"),
        (record(0.123456, 0.1, 0.2, row={"table": "t"}), "0.123456"),
        (record(None), "unknown"),
    ],
)
def test_a_number_has_the_digits_that_its_range_bears(number, words):
    """Computed ones; at least two digits, and four of an exact one; a read one has all of its."""
    with language.use("en"):
        assert text(written_sums.value(number)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (record(1.52198158, 1.52181806, 1.52214513), "1.5218–1.5222"),
        (share(0.252307692, 0.251922485, 0.252693136), "25.19%–25.27%"),
        (record(3, 2.00001, None), "≥ 2.00001"),
        (record(3, None, 3.5), "≤ 3.5"),
        (record(3, 3, 3), ""),
        (record(None), "–"),
    ],
)
def test_a_range_is_rounded_outwards(number, words):
    """It holds all of the exact range; an exact number has none, an unknown one has no bound."""
    with language.use("en"):
        assert text(written_sums.bounds(number)) == words


def test_a_read_number_may_lie_as_far_to_either_side():
    """Half a unit of its last digit; where the sides differ, the ends are told."""
    with language.use("en"):
        assert text(written_sums.around(record(12.3, 12.25, 12.35, row={}))) == "± 0.05"
        assert text(written_sums.around(record(11, 11, 12, row={}))) == "11–12"


def test_a_sum_has_its_figures_each_with_its_link():
    """The names of the inputs give way to their values; what no input is stays."""
    parts = {"n-2": record(2, 2, 2, row={}), "n-8": record(8, 8, 8, row={})}
    ratio = record(25, unit="index", derivation={
        "percent": False, "formula": "100 × part / whole",
        "inputs": {"part": "n-2", "whole": "n-8"},
    })  # fmt: skip
    with language.use("en"):
        html = written_sums.figures(ratio, parts, "evidence.html#{}".format, str)
    assert html == (
        '100 × <a href="evidence.html#n-2"><data value="2">2</data></a>'
        ' / <a href="evidence.html#n-8"><data value="8">8</data></a>'
    )


def test_units_stand_in_a_sum_of_several():
    """2 million euros for 8 jobs is not 2 for 8."""
    parts = {"n-2": record(2, 2, 2, "EUR_m", row={}), "n-8": record(8, 8, 8, "jobs", row={})}
    each = record(250000, derivation={
        "percent": False, "formula": "a / b", "inputs": {"a": "n-2", "b": "n-8"},
    })  # fmt: skip
    with language.use("en"):
        html = written_sums.figures(each, parts, str, lambda record: record["unit"])
    assert text(html) == "2 EUR_m / 8 jobs"


def test_a_formula_in_words_has_no_sum():
    """It is told in words alone."""
    high = {"percent": False, "formula": {"nl": "hoogste", "en": "highest"}, "inputs": {"a": "n-2"}}
    assert written_sums.figures(record(2, derivation=high), {"n-2": record(2)}, str, str) is None


def test_a_formula_in_words_is_html():
    """Words are escaped once, and those of another language say which; both in a sum of names and
    in a sentence."""
    names = {"a": {"nl": "in & uit", "en": "in & out"}, "b": {"nl": "deel"}}
    with language.use("en"):
        assert written_sums.formula("a / b", names) == 'in &amp; out / <span lang="nl">deel</span>'
        assert written_sums.formula({"nl": "<1"}, {}) == '<span lang="nl">&lt;1</span>'
