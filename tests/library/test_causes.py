"""Why something differs: the rows, code or versions under it that changed."""

import json

from helpers.annex.verify.causes import UNEXPLAINED, UNPROVEN, Causes
from helpers.annex.verify.differences import CHANGED, Difference
from helpers.language import Text


def made(visits="1" * 8 + "2" * 8, **inputs) -> dict:
    """A manifest of an annex with a number read from the second row of a table, and one that is
    computed from it."""
    row = {"table": "visits", "key": "v-2", "column": "cost", "raw": "", "source": "v-2"}
    computed = {"measure": "share", "formula": "", "inputs": {"part": "cost-1"}}
    names = ("data/visits.csv", "data/places.csv", "notebooks/01_a.ipynb", "notebooks/02_b.ipynb",
             "src/helpers/measures.py", "src/helpers/annex/pages/labels.py")  # fmt: skip
    return {
        "inputs": dict.fromkeys(names, "same") | inputs,
        "environment": {"python": "3.11", "pandas": inputs.pop("pandas", "3.0")},
        "tables": {
            "visits": {"path": "data/visits.csv", "rows": visits},
            "places": {"path": "data/places.csv", "rows": "3" * 8},
        },
        "quantities": [
            {"id": "cost-1", "value": 5, "row": row, "pages": ["01_a"]},
            {"id": "share-1", "value": 5, "derivation": computed, "pages": ["01_a"]},
        ],
        "claims": [{
            "id": "claim-1", "internal": "reproduced", "stated": "share-1",
            "rows": [{"table": "places", "rows": ["Utrecht"]}],
        }],
    }  # fmt: skip


UNDER = {
    "01_a": ({"src/helpers/measures.py"}, {"data/visits.csv", "data/places.csv"}),
    "02_b": (set(), {"data/visits.csv"}),
}


def causes(tiny, now: dict, name: str, part: str = "number") -> list[str]:
    difference = Difference(part, name, CHANGED)
    return [cause.text.en for cause in Causes(made(), now, tiny, UNDER).of(difference).causes]


def test_cause_is_the_row_that_changed(tiny):
    """A number is led back to the row under it, through what it is computed from."""
    now = made("8" * 8 + "9" * 8, **{"data/visits.csv": "new"})
    assert causes(tiny, now, "share-1") == ["data: data/visits.csv, row 3 (v-2)"]
    assert causes(tiny, now, "claim-1", "verdict") == ["data: data/visits.csv, row 3 (v-2)"]
    both = ["data: data/visits.csv, row 2 (v-1), row 3 (v-2)"]
    assert causes(tiny, now, "nl/02_b.html", "text") == both


def test_cause_is_another_table_that_the_notebook_read(tiny):
    """Where no row under a number changed, a table that its notebook read may be the cause."""
    now = made(**{"data/places.csv": "new"})
    now["tables"]["places"]["rows"] = "4" * 8
    assert causes(tiny, now, "cost-1") == ["data: data/places.csv, row 2 (Utrecht)"]
    assert causes(tiny, now, "charts/02_b-1-nl", "chart") == [UNEXPLAINED.text.en]


def test_rows_that_are_gone_are_numbered(tiny):
    """A row that is no longer there has no key now; its number in the published table is told."""
    now = made("1" * 8 + "2" * 8, **{"data/visits.csv": "new"})
    was = made("1" * 8 + "5" * 8 + "2" * 8)
    told = Causes(was, now, tiny, UNDER).of(Difference("chart", "charts/02_b-1-nl", CHANGED))
    assert [cause.text.en for cause in told.causes] == [
        "data: data/visits.csv, rows 3 of the published one are gone or changed"
    ]


def test_cause_is_code(tiny):
    """A changed notebook is under its own pages, a helper under those that import it, and what
    makes pages under their text alone."""
    now = made(**{"notebooks/01_a.ipynb": "new", "src/helpers/measures.py": "new"})
    both = ["code: notebooks/01_a.ipynb", "code: src/helpers/measures.py"]
    assert causes(tiny, now, "cost-1") == both
    assert causes(tiny, now, "charts/02_b-1-nl", "chart") == [UNEXPLAINED.text.en]
    now = made(**{"src/helpers/annex/pages/labels.py": "new"})
    assert causes(tiny, now, "nl/02_b.html", "text") == ["code: src/helpers/annex/pages/labels.py"]
    assert causes(tiny, now, "cost-1") == [UNEXPLAINED.text.en]


def test_cause_of_a_verdict_is_any_helper(tiny):
    """A verdict is worked out by the build, not by a notebook: any changed helper is under it."""
    now = made(**{"src/helpers/claims/ledger.py": "new"})
    assert causes(tiny, now, "claim-1", "verdict") == ["code: src/helpers/claims/ledger.py"]


def test_cause_is_the_environment(tiny):
    """Another version of a package may be the cause of anything."""
    now = made()
    now["environment"]["pandas"] = "3.1"
    told, warned = causes(tiny, now, "cost-1")
    assert told == "environment: pandas 3.0 -> 3.1"
    assert warned == UNPROVEN.text.en


def test_nothing_explains_a_forged_manifest(tiny):
    """A number that differs though no input does is told as unexplained."""
    told = Causes(made(), made(), tiny, UNDER).of(Difference("number", "cost-1", CHANGED))
    assert told.causes == (UNEXPLAINED,)
    assert UNEXPLAINED.kind == "unexplained"


def test_cause_is_a_notebook_that_is_gone(tiny):
    """A notebook that is no longer there, or new, is under its own numbers and every page's menu;
    nobody is told that the copy was changed."""
    was, now = made(**{"notebooks/03_c.ipynb": "old"}), made()
    was["quantities"].append({"id": "c-1", "value": 1, "row": {}, "pages": ["03_c"]})
    was["quantities"][-1]["row"] = {"table": "places", "key": "Utrecht"}
    for part, name in (("number", "c-1"), ("chart", "charts/03_c-1-nl"), ("text", "nl/02_b.html")):
        told = Causes(was, now, tiny, UNDER).of(Difference(part, name, CHANGED))
        assert [cause.text.en for cause in told.causes] == ["code: notebooks/03_c.ipynb"]


def test_cause_is_the_order_of_rows(tiny):
    """Rows that only changed places are told as such."""
    now = made("2" * 8 + "1" * 8, **{"data/visits.csv": "new"})
    assert causes(tiny, now, "nl/02_b.html", "text") == [
        "data: data/visits.csv, only the order of rows"
    ]


def test_the_row_of_the_claim_is_under_its_verdict(tiny):
    """A claim that is tested otherwise is led back to its own row."""
    now = made()
    now["tables"]["statements"] = {"path": "data/claims.csv", "rows": "7" * 8}
    package = json.loads((tiny / "datapackage.json").read_text())
    package["resources"][0]["name"] = "statements"
    package["annex"]["roles"] = {"claims": "statements"}
    package["resources"][1]["schema"].pop("foreignKeys")
    (tiny / "datapackage.json").write_text(json.dumps(package))
    told = Causes(made(), now, tiny, UNDER)
    told._rows["statements"] = {"claim-1": Text("rij 2", "row 2")}
    (cause,) = told.of(Difference("verdict", "claim-1", CHANGED)).causes
    assert cause.text.en == "data: data/claims.csv, row 2"


def test_rows_that_are_the_same_are_not_called_reordered(tmp_path, tiny):
    """A file whose rows are as they were, in their order, is named without a word on its rows: its
    description changed, or where it is."""
    now = made(**{"data/visits.csv": "new"})
    assert causes(tiny, now, "nl/02_b.html", "text") == ["data: data/visits.csv"]


def test_what_is_only_written_otherwise_is_no_cause(tiny):
    """An input that says the same explains nothing; that no other one differs is said."""
    now = made(**{"data/visits.csv": "new"})
    found = Causes(made(), now, tiny, UNDER, {"data/visits.csv"})
    told = found.of(Difference("number", "cost-1", CHANGED))
    assert told.causes == (UNEXPLAINED,)
    same = Difference("text", "nl/02_b.html", CHANGED, same=True)
    assert found.of(same) == same


def test_what_is_not_under_it_is_not_called_unchanged(tiny):
    """Where inputs differ that are not under a number, nobody is told that none does."""
    assert "no changed input affects it" in UNEXPLAINED.text.en
    assert causes(tiny, made(), "cost-1") == [UNEXPLAINED.text.en]
    now = made(**{"notebooks/02_b.ipynb": "new"})
    assert causes(tiny, now, "cost-1") == [UNEXPLAINED.text.en]


def test_a_notebook_is_no_cause_of_a_verdict(tiny):
    """Verdicts are worked out from the tables: a changed notebook is not under one."""
    now = made(**{"notebooks/01_a.ipynb": "new"})
    assert causes(tiny, now, "claim-1", "verdict") == [UNEXPLAINED.text.en]


def test_what_is_gone_may_be_the_cause(tiny):
    """A helper or file that is no longer there may have been under anything: nobody is told that
    no input differs."""
    gone = ("src/helpers/measures.py", "data/places.csv")
    now = made()
    now["inputs"] = {name: digest for name, digest in now["inputs"].items() if name not in gone}
    now["tables"].pop("places")
    assert causes(tiny, now, "charts/02_b-1-nl", "chart") == [
        "data: data/places.csv, rows 2 of the published one are gone or changed",
        "code: src/helpers/measures.py",
    ]


def test_a_changed_description_is_named_beside_a_row(tiny):
    """A descriptor that changed as well may be the cause as much as the row."""
    names = {"data/visits.csv": "new", "data/datapackage.json": "new"}
    under = {"01_a": (set(), {"data/visits.csv", "data/datapackage.json"})}
    now = made("1" * 8 + "9" * 8, **names)
    told = Causes(made(**{"data/datapackage.json": "old"}), now, tiny, under)
    found = told.of(Difference("number", "cost-1", CHANGED)).causes
    assert [cause.text.en for cause in found] == [
        "data: data/visits.csv, row 3 (v-2)", "data: data/datapackage.json"
    ]  # fmt: skip


def test_a_notebook_that_varies_is_the_cause(tiny):
    """A notebook that gave something else in a second run is named with its cell, for what rests on
    it and nothing else; a version that changed is not blamed alone."""
    now = made()
    now["environment"]["pandas"] = "3.1"
    found = Causes(made(), made(), tiny, UNDER, (), {"01_a": "sns.regplot(x, y)"})
    (cause,) = found.of(Difference("number", "cost-1", CHANGED)).causes
    assert cause.kind == "unrepeatable"
    assert cause.name.en.startswith(
        "notebooks/01_a.ipynb gave something else in two runs here, first in the cell that begins "
        "with 'sns.regplot(x, y)': a random number without a seed"
    )
    assert found.of(Difference("chart", "charts/02_b-1-nl", CHANGED)).causes == (UNEXPLAINED,)
    found = Causes(made(), now, tiny, UNDER, (), {"01_a": "x"})
    kinds = [cause.kind for cause in found.of(Difference("number", "cost-1", CHANGED)).causes]
    assert kinds == ["environment", "unrepeatable"]
