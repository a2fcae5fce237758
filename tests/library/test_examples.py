"""The examples in the docstrings of what notebooks use run, on the data of the example project."""

import doctest
import importlib
import inspect

import pandas as pd
import pytest
import scipy.stats
from test_offered import OFFERED

from helpers import (
    charts,
    claims,
    counts,
    explore,
    language,
    measures,
    present,
    quantities,
    ranges,
    statements,
    tables,
)  # fmt: skip
from helpers.evidence.arithmetic import Quantity
from helpers.language import Text

LANGUAGE = "Text current join money number period plural text use year"
WORDS = {**OFFERED, "helpers.quantities": "Quantity derive result total",
         "helpers.language": LANGUAGE}  # fmt: skip
del WORDS["helpers"]
# Names that stand for what they name elsewhere: labels and the results of other functions.
TOLD_ELSEWHERE = {"COLOURS", "LABELS", "MARKS", "VERDICTS", "Gap", "ShiftShare", "Chart", "Check"}
NAMES = [
    (part, name)
    for part, names in WORDS.items() for name in names.split() if name not in TOLD_ELSEWHERE
]  # fmt: skip


@pytest.fixture
def names(monkeypatch) -> dict:
    """What the examples name: two amounts of exports, one of imports, a number of projects, visits,
    and a series by year."""
    monkeypatch.setattr(present, "publish_display_data", lambda data: None)
    reported = tables.reported_numbers()
    values = tables.load("foreign_investment").set_index("year").value_eur_m
    return {
        "charts": charts, "claims": claims, "explore": explore,
        "goods": tables.load("foreign_investment"), "counts": counts, "language": language,
        "measures": measures, "quantities": quantities, "ranges": ranges,
        "statements": statements, "tables": tables, "text": language.text,
        "pd": pd, "scipy": scipy, "Text": Text,
        "say": present.say, "show_chart": present.show_chart,
        "show_table": present.show_table, "Column": present.Column, "derive": quantities.derive,
        "exports": reported["trade-01"], "earlier": reported["trade-04"],
        "imports": reported["trade-05"], "projects": reported["investment-01"],
        "visits": tables.load("missions"), "values": values,
    }  # fmt: skip


def failures(thing: object, names: dict) -> list[str]:
    """The examples of a docstring that give something else than it says; of one without any, that
    it has none."""
    text = inspect.getdoc(thing) or ""
    found = doctest.DocTestParser().get_doctest(text, dict(names), "example", None, 0)
    told: list[str] = [] if found.examples else ["no example"]
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    doctest.DocTestRunner(optionflags=flags, verbose=False).run(found, out=told.append)
    return told


@pytest.mark.parametrize(("part", "name"), NAMES)
def test_what_notebooks_use_has_an_example_that_runs(part, name, names):
    """A few lines that give what they say."""
    thing = getattr(importlib.import_module(part), name)
    assert failures(thing, names) == []


def test_a_trail_has_an_example(names):
    """Of a quantity, which is no part of the list."""
    assert failures(Quantity.trail, names) == []


def test_an_example_that_is_wrong_is_noticed(names):
    """A result that differs, an error, and a docstring without an example."""

    def wrong():
        """>>> 1 + 1
        3
        """

    def fails():
        """>>> nothing
        3
        """

    def without():
        """No example."""

    assert "Expected:\n    3\nGot:\n    2\n" in failures(wrong, names)[0]
    assert "NameError" in failures(fails, names)[0]
    assert failures(without, names) == ["no example"]
