"""A problem says what to do where that does not follow from what would be right."""

import json

import pytest

from conftest import q
from helpers import measures
from helpers.claims import checks
from helpers.errors import AnnexError, DataError, EvidenceError, Problem
from helpers.files import folders
from helpers.tables import frames


def test_a_remedy_follows_what_would_be_right():
    """It stands behind place, found and expected as a sentence; without one nothing is added."""
    assert str(Problem("a.csv", "x", "y", "Save it")) == "a.csv: found x; expected y. Save it."
    assert str(Problem("a.csv", "x", "y")) == "a.csv: found x; expected y"


def test_no_project(tmp_path, monkeypatch):
    """Outside of a project both ways to one are told."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNEX_DATA", raising=False)
    with pytest.raises(AnnexError, match="Go to one, or name it with --project"):
        folders.project()
    with pytest.raises(DataError, match="Go to one, or name the data with --data"):
        folders.data()


def test_a_table_of_another_checksum(tiny):
    """A table that is not the described one may be a change that is meant."""
    file = tiny / "datapackage.json"
    package = json.loads(file.read_text())
    package["resources"][0]["hash"] = "0" * 32
    file.write_text(json.dumps(package))
    (problem,) = frames.problems(tiny)
    assert problem.remedy == "If the change is meant, correct datapackage.json"


def test_a_row_that_is_not_there(example_copy):
    """A claim that names no row is told the nearest name that there is."""
    path = example_copy / "report" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("same,,trade-01", "same,trade-91,trade-01"))
    (problem,) = checks.problems(example_copy)
    assert problem.remedy.startswith("Write trade-")


def test_a_unit_of_the_same_scale_can_be_converted():
    """A share of millions in euros needs a conversion, which is told; jobs can't be converted."""
    with pytest.raises(EvidenceError, match=r"Write it in that unit first: \.to\('EUR'\)\."):
        measures.share(q(1), q(2, unit="EUR_m", id="a-02"))
    with pytest.raises(EvidenceError) as error:
        q(1) + q(2, unit="jobs", id="a-02")
    assert error.value.problems[0].remedy == ""
