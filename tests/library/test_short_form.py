"""A manifest is written short, and read as it was."""

import copy

import pytest

from helpers.annex.release import short_form

ROW = {"table": "t", "key": "a", "column": "value", "raw": "1", "source": "a"}
COUNT = {"measure": "count", "formula": {"nl": "aantal", "en": "number"}, "inputs": {},
         "table": "t", "rows": ["v-2", "v-3", "v-4", "v-10"]}  # fmt: skip
HALF = {"measure": "share", "formula": "part / whole", "inputs": {"part": "a", "whole": "b"}}
WHOLE = {
    "quantities": [
        {"id": "a", "value": 1, "low": 1, "high": 1.5, "unit": "EUR", "pages": ["01_x"],
         "row": ROW},
        {"id": "b", "value": 4, "low": 4, "high": 4, "unit": "t.rows", "derivation": COUNT},
        {"id": "c", "value": None, "low": None, "high": None, "unit": "ratio", "pages": ["01_x"],
         "place": {"nl": "hier", "en": "here"}, "derivation": HALF},
    ],
    "claims": [{"id": "claim-1", "rows": [{"table": "t", "rows": ["v-10", "v-1"]}]}],
}  # fmt: skip


def test_it_is_read_as_it_was():
    """Nothing is lost: bounds, sources, formulas, places, pages, inputs, rows and their order."""
    before = copy.deepcopy(WHOLE)
    assert short_form.full(short_form.shortened(WHOLE)) == (WHOLE, [])
    assert before == WHOLE


def test_what_is_shared_is_told_once():
    """Numbers have positions; rows that follow each other are the first and the last."""
    short = short_form.shortened(WHOLE)
    assert short["shared"] == {
        "formula": [{"nl": "aantal", "en": "number"}, "part / whole"],
        "place": [{"nl": "hier", "en": "here"}], "pages": [["01_x"]],
        "keys": {"t": ["v-1", "v-2", "v-3", "v-4", "v-10"]},
    }  # fmt: skip
    read, counted, computed = short["quantities"]
    assert read["row"] == {k: v for k, v in ROW.items() if k != "source"}
    assert (read["high"], "low" in read, "high" in counted) == (1.5, False, False)
    assert counted["derivation"]["rows"] == [[1, 4]]
    assert computed["derivation"]["inputs"] == {"part": 0, "whole": 1}
    assert short["claims"][0]["rows"] == [{"table": "t", "rows": [4, 0]}]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda m: m["quantities"][2]["derivation"]["inputs"].update(part=9), "input 9"),
        (lambda m: m["quantities"][1]["derivation"].update(rows=[[3, 5]]), "row of t 5"),
        (lambda m: m["quantities"][1]["derivation"].update(table="u"), "row of u 1"),
        (lambda m: m["quantities"][0].update(pages=1), "pages 1"),
        (lambda m: m["claims"][0]["rows"][0].update(rows=[[0, 10**9]]), "rows of t"),
    ],
)
def test_positions_that_are_none_are_told(change, found):
    """Of numbers, rows, tables and pages; and rows without end are not counted out."""
    short = copy.deepcopy(short_form.shortened(WHOLE))
    change(short)
    assert found in [fault[0] for fault in short_form.full(short)[1]]


def test_one_and_one_point_nought_are_apart():
    """A bound is left out only if its JSON is that of the value."""
    number = {"id": "a", "value": 1, "low": 1.0, "high": 1, "unit": "EUR", "row": ROW}
    (short,) = short_form.shortened({"quantities": [number], "claims": []})["quantities"]
    assert (short.get("low"), "high" in short) == (1.0, False)
    assert isinstance(short["low"], float)
