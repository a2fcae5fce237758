import json

from conftest import q
from helpers import counts
from helpers.evidence import trail
from helpers.evidence.arithmetic import total
from helpers.tables import evidence_frames

A, B = q(10, 9, 11, id="a-01"), q(4, id="a-02")


def test_walk_gives_inputs_first_and_once():
    """All that a number rests on comes before it, and nothing twice."""
    share = (A - B) / A
    assert [item.id for item in trail.walk([share, A])] == ["a-01", "a-02", (A - B).id, share.id]


def test_sources_of_rows_and_counts():
    """Rows are cited one by one; a count cites the sections of what it counts."""
    visits = evidence_frames.load("missions")
    rows, counted = trail.sources([total([A, B]), counts.count(visits.loc[["visit-01"]])])
    assert rows == ["a-01", "a-02"]
    assert counted == ["Appendix 3"]


def test_record_of_a_row():
    """A reported number as plain data."""
    assert trail.record(q(2.5, 2, None, period=("2017", "2018"))) == {
        "id": "trade-01", "value": 2.5, "low": 2, "high": None, "unit": "EUR",
        "period": ["2017", "2018"],
        "row": {"table": "quantities", "key": "trade-01", "column": "value", "raw": "ruim 2.5",
                "source": "trade-01"},
    }  # fmt: skip


def test_record_of_a_derivation():
    """A computed number as plain data: its words, formula and the ids of its inputs."""
    record = trail.record(A - B)
    assert record["derivation"] == {
        "measure": "difference", "name": {"nl": "verschil", "en": "difference"},
        "formula": "a − b", "inputs": {"a": "a-01", "b": "a-02"}, "words": {}, "of": "a-01",
        "percent": False,
    }  # fmt: skip
    assert (record["low"], record["high"]) == (5, 7)


def test_record_of_a_count():
    """A count names its table and rows."""
    visits = evidence_frames.load("missions")
    record = trail.record(counts.count(visits.loc[["visit-02", "visit-01"]]))
    assert record["derivation"]["table"] == "missions"
    assert record["derivation"]["rows"] == ["visit-01", "visit-02"]


def test_record_is_in_the_unit_of_its_row():
    """Whatever unit it is written in, a number has one record."""
    assert trail.record(A.to("EUR_k")) == trail.record(A)


def test_record_is_json():
    """A record can be stored."""
    record = trail.record(A - B)
    assert json.loads(json.dumps(record)) == record
