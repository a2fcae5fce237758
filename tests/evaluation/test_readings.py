"""What an entry says and what this annex inferred are two things, and no verdict rests on what was
read by means of what it tests: rows changed in a copy of the data are refused, or counted apart."""

import pandas as pd
import pytest

from conftest import ROOT
from helpers import counts, tables
from helpers.claims import checks, ledger, premises
from helpers.errors import DataError, OverlapWarning
from helpers.tables import descriptor_rules, frames
from notebook_sentences import change, said

DATA = ROOT / "data"
# Entries that say 'o.l.v.' (led by), by reading Appendix 3; that of visit-26 breaks off after it.
LED = [1, 2, 3, 4, 7, 9, 10, 16, 20, 21, 22, 23, 24, 25, 28, 31, 33, 36, 37, 38, 39, 40, 47, 49]
NAMED_ONLY = [6, 8, 12, 13, 15, 17]  # 'Bezoek CvdK', 'Missie CvdK', without 'o.l.v.'


def put(data, table: str, rows: dict[str, dict[str, str]]) -> None:
    """Write other values into cells of a table of the evaluation: by row, the values by column."""
    for id, cells in rows.items():
        change(data / "report" / f"{table}.csv", lambda row, id=id: row["id"] == id, **cells)


def faults(data, name: str) -> list[str]:
    """The problems of the cells of one table."""
    found = frames.problems(data) or []
    return [*map(str, found)] or [
        f"column {column}: found {found}; expected {expected}"
        for _, column, found, expected, *_ in descriptor_rules.faults(name, data)
    ]


def test_a_leader_is_whom_an_entry_says_to_have_led():
    """Where an entry merely names the King's Commissioner there is no leader, in both directions
    the same rule."""
    visits = frames.load("missions", DATA).set_index("id")
    assert [int(id[6:]) for id in visits.index[visits.leader.notna()]] == LED
    named = visits.loc[[f"visit-{n:02d}" for n in NAMED_ONLY]]
    assert set(named.highest_office) == {"kings_commissioner"} and named.leader.isna().all()
    assert visits.loc["visit-26", "highest_office"] == "unknown"


@pytest.mark.parametrize("visit", ["visit-13", "visit-21"])
def test_naming_and_leading_are_counted_apart(data_copy, monkeypatch, visit):
    """With one leader more, or less, the page says another number who led, and as many named."""
    leads = visit == "visit-13"
    put(data_copy, "missions", {visit: {"leader": "King's Commissioner" if leads else ""}})
    page = said(ROOT / "notebooks" / "03_mission_timeline.ipynb", data_copy, monkeypatch)
    [counted] = [each for each in page if "as leader" in each.en]
    assert "14 of 17 outgoing visits name" in counted.en and "14 van de 17" in counted.nl
    assert f"{9 if leads else 8} of them as leader" in counted.en
    assert f"{9 if leads else 8} daarvan als leider ('o.l.v.')" in counted.nl
    assert f"of 9 do, {3 if leads else 2} as leader" in counted.en


def test_a_place_or_body_is_no_subject():
    """Entries that name a body, an office, a company or a place, and no subject, have none."""
    visits = frames.load("missions", DATA).set_index("id")
    places = [14, 27, 29, 42, 46, 47, 50, 55, 57, 65]
    assert set(visits.sector[[f"visit-{n}" for n in places]]) == {"general"}


def test_what_is_inferred_says_so():
    """The delegations of 5.1.6 have neither year nor visit of their own, and were more than one."""
    row = frames.load("outcomes", DATA).set_index("id").loc["outcome-050"]
    assert (row.inferred, row.read_with) == ("mission_id;year", "visit-55")
    assert "plural" in row.note_en and "meervoud" in row.note_nl


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"inferred": "yaer"}, "column inferred: found 'yaer'; expected a column of this"),
        ({"inferred": "footnote"}, "column inferred: found footnote, which is empty; expected"),
        ({"inferred": "year", "read_with": "visit-99"}, "column read_with: found 'visit-99'"),
        ({"inferred": "year", "read_with": "visit-01"}, "column read_with: found 'visit-01'"),
        ({"read_with": "visit-02"}, "column inferred: found an empty cell; expected the columns"),
    ],
)
def test_inferred_and_read_with_name_what_is_there(data_copy, cells, message):
    """A column that is not there or is empty, a row that is not there or is this one, and rows that
    helped to infer nothing are refused."""
    put(data_copy, "missions", {"visit-01": cells})
    assert any(message in line for line in faults(data_copy, "missions"))


def test_rows_show_their_notes_and_what_was_inferred(monkeypatch):
    """Whoever reads the table of visits reads what was inferred, and with which rows."""
    rows = tables.with_readings(tables.load("missions"))
    assert rows.reading_en["visit-37"] == "highest office named, with visit-33, visit-38"
    assert rows.reading_nl["visit-62"] == "richting, bestemming"
    assert rows.reading_en.notna().sum() == 4
    results = tables.with_readings(tables.load("outcomes"))
    assert results.reading_nl["outcome-018"] == "wat de evaluatie meldt, met trade-15"


CIRCULAR = {  # what these claims once compared, and the rows that were read with each other
    "claim-11": {"inputs": "trade-18"},
    "claim-62": {"inputs": "results-14", "claimed": "results-25"},
    "claim-75": {"inputs": "budgets-20"},
    "claim-77": {"inputs": "outcomes:id=outcome-058|outcome-059>id;rights-02"},
    "claim-78": {"inputs": "outcomes:id=outcome-238|outcome-239>id;rights-02"},
}


def test_a_claim_that_rests_on_its_own_premise_is_refused(data_copy):
    """Rows that were read by means of what they would test are named, with the way out; a year is
    compared where only the visit was inferred."""
    put(data_copy, "claims", CIRCULAR)
    found = list(map(str, premises.problems(ledger.Ledger(data_copy))))
    assert [line.split(":")[0] for line in found] == [f"claims.csv, row {id}" for id in CIRCULAR]
    assert found[1] == (
        "claims.csv, row claim-62: found results-14, whose value was read with results-25, which "
        "the claim compares it with; expected rows that were read without each other. Empty its "
        "inputs, and say in its remark what would settle it."
    )
    put(data_copy, "claims", {id: {"inputs": ""} for id in CIRCULAR})
    put(data_copy, "outcomes", {"outcome-022": {"inferred": "mission_id;year"}})
    [found] = checks.problems(data_copy)
    assert str(found).startswith("claims.csv, row claim-112: found outcome-022, whose year was")


def test_a_place_rests_on_all_that_are_placed(data_copy):
    """A number is placed among others, itself one of them: none may have helped to read it."""
    place = {"operation": "place", "claimed": "investment-12",
             "inputs": "missions-10;quantities:id=missions-10|missions-11>value"}  # fmt: skip
    put(data_copy, "claims", {"claim-58": place})
    assert checks.problems(data_copy) == []
    put(data_copy, "quantities", {"missions-10": {"inferred": "value", "read_with": "missions-11"}})
    [found] = checks.problems(data_copy)
    assert "missions-10, whose value was read with missions-11, which" in str(found)


def test_reading_by_way_of_another_row_counts():
    """A row rests on all rows that helped to read it, directly or not, in a circle too."""
    steps = {
        "a": premises._Reading({"x"}, ["b"]),
        "b": premises._Reading({"x"}, ["c", "a"]),
    }
    assert premises._helped("a", steps) == {"a", "b", "c"}


def test_a_number_is_named_by_its_row(data_copy):
    """A bare number as an input is refused, with what to write instead; by its row, the number that
    the text gives decides."""
    frame = ledger.Ledger(data_copy).findings()
    assert frame.internal["claim-38"] == "reproduced"
    put(data_copy, "quantities", {"relation-14": {"value": "11"}})
    assert ledger.Ledger(data_copy).findings().internal["claim-38"] == "contradicted"
    text = frame.inputs["claim-38"].replace("relation-14", "10")
    put(data_copy, "claims", {"claim-38": {"inputs": text}})
    message = "found the bare number '10'; expected a row. Write the id of the row of quantities"
    with pytest.raises(DataError, match=f"^claims.csv, row claim-38: {message} that states it"):
        ledger.Ledger(data_copy).findings()


@pytest.mark.parametrize(
    ("of", "message"),
    [
        ("claim-48", "column same_passage_as: found claim-48, whose own same_passage_as is claim-"),
        ("claim-49", "column same_passage_as: found claim-49, whose own same_passage_as is claim-"),
        ("claim-88", ""),
        ("claim-33", "column section: found '4.2'; expected 'Summary', as in claims, row claim-33"),
        ("claim-99", "column same_passage_as: found 'claim-99'"),
    ],
)
def test_a_reading_is_of_a_claim_that_counts(data_copy, of, message):
    """A reading names a claim on the same section that is itself no reading, nor itself."""
    put(data_copy, "claims", {"claim-49": {"same_passage_as": of}})
    found = faults(data_copy, "claims")
    assert any(message in line for line in found) if message else not found


def test_a_passage_counts_once(data_copy, monkeypatch):
    """Counting a claim and another reading of its passage warns; the pages count one less for each
    reading, in both languages."""
    findings = ledger.Ledger(data_copy).findings()
    with pytest.warns(OverlapWarning, match=r"claims.same_passage_as.isna\(\)"):
        counts.count(findings)
    once = findings[findings.same_passage_as.isna()]
    page = ROOT / "notebooks" / "00_summary.ipynb"
    [before] = [s for s in said(page, data_copy, monkeypatch) if s.role == "headline"]
    put(data_copy, "claims", {"claim-114": {"same_passage_as": "claim-89"}})
    [after] = [s for s in said(page, data_copy, monkeypatch) if s.role == "headline"]
    assert f"Of {len(once)} statements" in before.en and f"Of {len(once) - 1} stat" in after.en
    assert f"Van {len(once)} getoetste" in before.nl and f"Van {len(once) - 1} get" in after.nl


def test_a_remark_that_gives_a_rate_gives_that_of_the_series():
    """The national rate that the remark of claim-15 gives for information is that of its series."""
    goods = tables.load("goods_trade", plain=True)
    rows = goods[(goods.partner == "United States") & (goods.concept == "border_crossing")]
    value = rows[rows.flow == "exports"].set_index("year").value_eur_m
    rate = f"{round(100 * (value[2018] / value[2013] - 1))}%"
    claim = frames.load("claims", DATA).set_index("id").loc["claim-15"]
    assert rate in claim.remark_nl and rate in claim.remark_en and pd.isna(claim.series)


def test_the_plus_sign_is_read_in_one_way():
    """No note reads the sign as more than the number: all say about, as the rule for it allows."""
    numbers = frames.load("quantities", DATA)
    notes = numbers[(numbers.hedge == "+") & numbers.note_en.str.contains("plus sign")].note_en
    explained = notes[~notes.str.contains("stands before the whole range")]
    assert len(explained) == 8 and explained.str.contains("read as about").all()
    rule = frames.load("hedges", DATA).set_index("hedge").loc["+", ["below", "above"]]
    assert rule.tolist() == [2, 2]
