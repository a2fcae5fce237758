import csv

import pytest

from helpers import tables
from helpers.annex.cli import main
from helpers.claims.arguments import NotFound
from helpers.claims.ledger import Ledger
from helpers.errors import DataError


def edit(data, table: str, old: str, new: str, folder: str = "report") -> None:
    path = data / folder / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def verdict(data, operation: str, claimed: str, column: str = "internal") -> str:
    frame = Ledger(data).findings()
    row = frame[(frame.operation == operation) & (frame.claimed == claimed)].iloc[0]
    return row[column]


def letter(data) -> str:
    """The verdict on the date of the letter in footnote 43."""
    frame = Ledger(data).findings()
    return frame.internal[frame.inputs.fillna("").str.contains("source-43")].iloc[0]


def test_a_verdict_follows_its_input(data_copy):
    """Moved past its bound, an input turns a claim from reproduced to contradicted."""
    assert verdict(data_copy, "ratio", "investment-06") == "reproduced"
    edit(data_copy, "quantities.csv", "investment-08,investment,5.1.1,470,,470,10,",
         "investment-08,investment,5.1.1,470,,570,10,")  # fmt: skip
    assert verdict(data_copy, "ratio", "investment-06") == "contradicted"
    assert verdict(data_copy, "ratio", "investment-06", "external") == "reproduced"


def test_official_series_give_a_second_verdict(data_copy):
    """The series is judged apart from the evaluation's own figures."""
    assert verdict(data_copy, "percent_of", "trade-06") == "undecided"
    assert verdict(data_copy, "percent_of", "trade-06", "external") == "reproduced"
    path = data_copy / "statistics" / "goods_trade.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count("border_crossing,11322,") == 1
    path.write_text(text.replace("border_crossing,11322,", "border_crossing,11622,"))
    assert verdict(data_copy, "percent_of", "trade-06", "external") == "contradicted"


def test_events_follow_the_rows(data_copy):
    """A claim about events is worked out from dates in the tables."""
    frame = Ledger(data_copy).findings()
    assert set(frame.internal[frame.inputs.fillna("").str.contains("source-43")]) == {
        "contradicted"
    }
    edit(data_copy, "sources.csv", "2019-01-07,82018452", "2020-01-07,82018452")
    frame = Ledger(data_copy).findings()
    assert set(frame.internal[frame.inputs.fillna("").str.contains("source-43")]) == {"reproduced"}


def test_every_contradiction_and_gap_is_explained():
    """Whoever reads that a claim is contradicted or undecided reads why, in both languages."""
    frame = Ledger().findings()
    open_ones = frame[(frame.internal != "reproduced") | (frame.external == "contradicted")]
    assert open_ones[["remark_nl", "remark_en"]].notna().all(axis=None)


def test_many_claims_of_every_theme():
    """The ledger reaches every theme, and no claim stands in it twice."""
    frame = Ledger().findings()
    assert len(frame) >= 110
    assert set(frame.theme) == set(frame.theme.cat.categories)
    tested = frame.dropna(subset=["inputs", "series"], how="all")
    assert not tested.duplicated(["operation", "inputs", "claimed", "series"]).any()
    assert not frame.duplicated(["section", "statement_en"]).any()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",fte_of_days,", ",guess,", "row claim-76: found 'guess'; expected one of same"),
        (
            ",fte_of_days,budgets-24,",
            ",fte_of_days,budgets-240,",
            "row claim-76: found 'budgets-240'; expected a quantity",
        ),
    ],
)
def test_a_claim_that_names_nothing(data_copy, old, new, message):
    """An operation or a row that does not exist is an error that names it."""
    edit(data_copy, "claims.csv", old, new)
    with pytest.raises(DataError, match=message):
        Ledger(data_copy).findings()


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ("goods_trade:partner=China,year=2017", "which names"),
        ("goods_trade:partner=Chian,year=2017", "no partner is Chian"),
        ("goods_trade:partner=China,year=2099", "which names 0 rows"),
        ("goods_trade:colour=red", "column 'colour'"),
        ("goods_tarde:year=2017", "'goods_tarde:year=2017'"),
        ("province_economy:year=2013,province=Flevoland,indicator=goods_exports", "empty"),
    ],
)
def test_a_series_that_is_not_one_value(data_copy, series, message):
    """A series must lead to one row with a value; anything else names the claim and why."""
    economy = data_copy / "statistics" / "province_economy.csv"
    text = economy.read_text(encoding="utf-8")
    empty = next(line for line in text.splitlines() if ",goods_exports,," in line).split(",")
    series = series.replace("year=2013,province=Flevoland", f"year={empty[0]},province={empty[1]}")
    with pytest.raises(NotFound, match=message):
        Ledger(data_copy).figure(series)


def test_official_is_what_the_series_gives():
    """The official number of a claim is that of the series, not what the evaluation states."""
    row = Ledger().findings().set_index("id").loc["claim-01"]
    assert [(each.value, each.unit) for each in row.official] == [(11_322_000_000, "EUR")]


def test_units_that_do_not_fit(data_copy):
    """A claim that adds what can't be added is an error that names it."""
    edit(data_copy, "claims.csv", ",sum,missions-10;missions-11,", ",sum,missions-10;trade-05,")
    with pytest.raises(DataError, match="claim-58: found quantity trade-05: unit EUR; expected"):
        Ledger(data_copy).findings()


def test_a_claim_without_the_row_that_states_it(data_copy):
    """A claim with inputs and an empty `claimed` is an error that names it."""
    edit(data_copy, "claims.csv", ";missions-11,missions-09,", ";missions-11,,")
    with pytest.raises(DataError, match="claim-58: found an empty cell; expected the row that"):
        Ledger(data_copy).findings()


def test_findings_carry_their_numbers():
    """A claim about numbers has what is stated and computed, with its evidence."""
    frame = Ledger().findings().set_index("id")
    row = frame.loc["claim-21"]
    assert (row.stated.id, row.computed.origin.measure) == ("investment-06", "ratio")
    assert round(float(row.computed), 3) == 1.918
    assert frame.loc["claim-38"][["stated", "computed"]].isna().all()


def test_width_reaches_both_verdicts():
    """The switch for hedge words changes the bounds of reported numbers and of press figures."""
    narrow, wide = (Ledger(width=width) for width in (0.5, 2))
    press = "goods_trade_published:year=2001,flow=imports"
    for name in ("trade-05", press):
        assert narrow.figure(name).bounds.width < wide.figure(name).bounds.width


@pytest.mark.parametrize("factor", [0, 0.5, 3])
def test_what_is_taken_over_is_what_would_be_computed(factor, monkeypatch):
    """A ledger with other rules for hedge words is the same whether it takes over what rests on
    none of them or computes all anew: verdicts, values and ranges."""
    rules = tables.load("hedges", plain=True).set_index("hedge")
    rules[["below", "above"]] *= factor
    found = [Ledger(hedges=rules).findings()]
    monkeypatch.setattr(Ledger, "_moved", lambda *_: True)
    found.append(Ledger(hedges=rules).findings())
    for column in ("internal", "external"):
        assert found[0][column].fillna("").tolist() == found[1][column].fillna("").tolist()
    for frame in found:
        frame["official"] = frame.official.str[0]
    for column in ("stated", "computed", "official"):
        cells = ([getattr(cell, "bounds", None) for cell in frame[column]] for frame in found)
        assert next(cells) == next(cells)
    flips = found[0].external.fillna("") != Ledger().findings().external.fillna("")
    assert flips.any() == (factor < 1)


def test_the_audit_page_says_so(data_copy, tmp_path):
    """A flipped verdict is on the page, in the table of contradictions."""
    edit(data_copy, "quantities.csv", "results-29,results,Appendix 4,Drie,,3,1,",
         "results-29,results,Appendix 4,Vijf,,5,1,")  # fmt: skip
    out = tmp_path / "annex"
    name = "06_claims_audit"
    assert main(["build", "--only", name, "--data", str(data_copy), "--out", str(out)]) == 0
    page = (out / "en" / f"{name}.html").read_text(encoding="utf-8")
    table = page.split("Contradicted by other figures")[1].split("</table>")[0]
    assert "Foreign companies interested" in table


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",fte_of_days,budgets-24,", ",growth_percent,budgets-24,"),
        ("milestones:id=milestone-02;outcomes:id=outcome-083;",
         "milestones:id=milestone-99;outcomes:id=outcome-083;"),
        ("province_partners:>province,", "province_partners:>provnce,"),
    ],
)  # fmt: skip
def test_inputs_that_an_operation_does_not_take(data_copy, old, new):
    """Too few inputs, a row or a column that is not there: an error that names the claim."""
    path = data_copy / "report" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=r"claims\.csv, row claim-\d+: found"):
        Ledger(data_copy).findings()


# Statements with words such as always, often, several, since or all, each with its verdict.
WORDED = {
    "claim-116": "reproduced", "claim-117": "undecided", "claim-118": "undecided",
    "claim-120": "undecided", "claim-121": "reproduced", "claim-122": "undecided",
    "claim-123": "reproduced", "claim-124": "undecided", "claim-125": "undecided",
    "claim-126": "reproduced", "claim-127": "undecided", "claim-129": "undecided",
    "claim-130": "reproduced", "claim-131": "undecided", "claim-132": "reproduced",
    "claim-133": "undecided", "claim-134": "undecided", "claim-135": "reproduced",
    "claim-136": "undecided", "claim-137": "undecided", "claim-138": "reproduced",
    "claim-139": "reproduced", "claim-140": "undecided", "claim-141": "undecided",
    "claim-142": "undecided", "claim-143": "undecided", "claim-144": "reproduced",
    "claim-145": "undecided", "claim-146": "undecided", "claim-147": "reproduced",
    "claim-148": "reproduced", "claim-149": "undecided", "claim-152": "undecided",
    "claim-153": "undecided", "claim-154": "undecided", "claim-160": "undecided",
}  # fmt: skip
# Nothing in the evaluation tests these.
NO_ROWS = {
    "claim-125", "claim-134", "claim-146", "claim-152", "claim-154", "claim-160",
}  # fmt: skip


def test_verdicts_on_worded_statements():
    """Each of these statements has the verdict that was found by reading the rows."""
    found = Ledger().findings().set_index("id")
    assert found.internal[list(WORDED)].to_dict() == WORDED
    assert set(found.index[found.inputs.isna()]) & set(WORDED) == NO_ROWS


def put(data, table: str, column: str, value: str, **where: str) -> None:
    """Write a value into a column of the rows that meet the conditions: text|text, of any."""
    path = data / "report" / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    met = [row for row in rows if all(row[key] in ok.split("|") for key, ok in where.items())]
    assert met and all(row[column] != value for row in met)
    for row in met:
        row[column] = value
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("claim", "changes", "verdict"),
    [
        ("116", [("outcomes", "sector", "economy", {"id": "outcome-058|outcome-238"})],
         "undecided"),
        ("117", [("outcomes", "kind", "dialogue", {"id": "outcome-262"})], "reproduced"),
        ("118", [("missions", "sector", "economy", {"id": "visit-27"})], "reproduced"),
        ("118", [("missions", "listed_in_appendix", "true", {"id": "visit-58"})], "contradicted"),
        ("120", [("missions", "sector", "economy", {"id": "visit-27"})], "reproduced"),
        ("121", [("outcomes", "sector", "sport", {"section": "Appendix 4", "sector": "culture"})],
         "undecided"),
        ("122", [("missions", "sector", "media", {"id": "visit-63"})], "reproduced"),
        ("123", [("missions", "purpose_en", "Farming", {"id": "visit-45"})], "undecided"),
        ("124", [("missions", "purpose_en", "A circular city", {"id": "visit-52"})], "reproduced"),
        ("126", [("outcomes", "status", "expected", {"id": "outcome-253"})], "undecided"),
        ("127", [("outcomes", "status", "signed", {"id": "outcome-204"})], "reproduced"),
        ("129", [("outcomes", "mission_id", "visit-24", {"id": "outcome-088"})], "reproduced"),
        ("130", [("quantities", "value", "1", {"id": "missions-18"})], "undecided"),
        ("131", [("quantities", "value", "2", {"id": "missions-19"})], "reproduced"),
        ("132", [("outcomes", "year", "2007", {"id": "outcome-031|outcome-075"})], "undecided"),
        ("133", [("outcomes", "year", "2015", {"id": "outcome-041"})], "reproduced"),
        ("133", [("outcomes", "year", "2014", {"id": "outcome-041"})], "contradicted"),
        ("135", [("outcomes", "year", "2015", {"sector": "culture", "year": "2017|2019"})],
         "undecided"),
        ("136", [("outcomes", "status", "realised", {"id": "outcome-229"})], "reproduced"),
        ("137", [("province_budgets", "use_en", "foreign trade", {"section": "Appendix 2"})],
         "reproduced"),
        ("138", [("province_partners", "province", "Gelderland",
                  {"partner": "Pudong|Hunan|Heilongjiang"})], "contradicted"),
        ("139", [("province_budgets", "use_en", "trips", {"province": "Noord-Brabant|Flevoland"})],
         "contradicted"),
        ("140", [("missions", "delegation_en", "from Guangzhou", {"id": "visit-50"}),
                 ("missions", "delegation_en", "from Zhuhai", {"id": "visit-51"})], "reproduced"),
        ("140", [("missions", "delegation_en", "from Zhuhai", {"id": "visit-51"})], "undecided"),
        ("141", [("missions", "leader", "Vice-Governor of Guangdong", {"id": "visit-62"})],
         "reproduced"),
        ("142", [("missions", "sector", "economy", {"id": "visit-54"})], "reproduced"),
        ("143", [("outcomes", "description_en", "A contact point opened.", {"id": "outcome-189"})],
         "reproduced"),
        ("144", [("outcomes", "kind", "event", {"id": "outcome-081"})], "undecided"),
        ("145", [("outcomes", "mission_id", "visit-25", {"id": "outcome-263"})], "reproduced"),
        ("147", [("quantities", "value", "6000000", {"id": "investment-04"})], "contradicted"),
        ("148", [("quantities", "value", "67", {"id": "investment-05"})], "contradicted"),
        ("149", [("outcomes", "year", "1994", {"id": "outcome-076"})], "contradicted"),
        ("153", [("outcomes", "description_en", "A talk with the governor.",
                  {"id": "outcome-070"})], "reproduced"),
    ],
)  # fmt: skip
def test_a_worded_statement_follows_its_rows(data_copy, claim, changes, verdict):
    """Of each statement a row is falsified, and its verdict becomes another."""
    assert WORDED[f"claim-{claim}"] != verdict or claim == "140"
    for table, column, value, where in changes:
        put(data_copy, table, column, value, **where)
    row = tables.load("claims", data_copy, plain=True).set_index("id").loc[f"claim-{claim}"]
    assert Ledger(data_copy)._judge(row, row.inputs).verdict == verdict


def test_every_worded_statement_is_falsified():
    """No statement that rows can test is left out above."""
    cases = test_a_worded_statement_follows_its_rows.pytestmark[0].args[1]
    assert {f"claim-{claim}" for claim, *_ in cases} == set(WORDED) - NO_ROWS


@pytest.fixture(scope="module")
def as_it_is() -> Ledger:
    """The ledger of the data as they are, computed once."""
    return Ledger()


def outside_of(ledger: Ledger, id: str):
    """The verdict by figures from outside, their kind, and the verdict of each alternative."""
    row, apart = ledger.findings().loc[id], ledger.alternatives()
    return row.external, row.external_kind, apart[apart.id == id].external.tolist()


@pytest.mark.parametrize(
    ("table", "old", "new", "id", "before", "after"),
    [
        ("local_ties.csv", "Guangdong,47,,47,1,relations", "Guangdong,49,,49,1,relations",
         "claim-40", ("undecided", ["contradicted", "reproduced"]),
         ("reproduced", ["reproduced", "reproduced"])),
        ("country_economy.csv", "2018,Japan,gdp,5040881,", "2018,Japan,gdp,95040881,",
         "claim-108", ("reproduced", ["reproduced"] * 3),
         ("undecided", ["reproduced", "contradicted", "reproduced"])),
        ("document_dates.csv", "source-01,2019-05-15,", "source-01,2019-12-15,",
         "claim-93", ("reproduced", ["reproduced"]), ("contradicted", ["contradicted"])),
        ("air_quality.csv", "8.7,0.1,", "28.7,0.1,",
         "claim-107", ("undecided", ["contradicted"] * 4), ("contradicted", ["contradicted"] * 4)),
        ("services_trade_published.csv", "150 billion,150000,", "250 billion,250000,",
         "claim-10", ("reproduced", ["reproduced"] * 2),
         ("undecided", ["contradicted", "reproduced"])),
        ("goods_trade.csv", "2017,United States,imports,border_crossing,30904,",
         "2017,United States,imports,border_crossing,20904,",
         "claim-17", ("reproduced", ["reproduced"] * 3),
         ("undecided", ["contradicted", *["reproduced"] * 2])),
    ],
)  # fmt: skip
def test_a_row_from_outside_moves_the_verdict(
    as_it_is, data_copy, table, old, new, id, before, after
):
    """A falsified row of an alternative changes its verdict, and whether all of them agree."""
    external, _, apart = outside_of(as_it_is, id)
    assert (external, apart) == before
    edit(data_copy, table, old, new, "statistics")
    external, _, apart = outside_of(Ledger(data_copy), id)
    assert (external, apart) == after


def test_the_weakest_kind_of_source_counts(as_it_is, data_copy):
    """A verdict of two series is one of the press as soon as one row is; rows of the evaluation
    itself have no kind."""
    assert outside_of(as_it_is, "claim-05")[1] == "series"
    assert outside_of(as_it_is, "claim-10")[1] == "news_item"
    assert outside_of(as_it_is, "claim-93")[1] == "news_item"  # and a milestone without a source
    path = data_copy / "statistics" / "sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    news = [line.startswith("cbs-trends-2019,") for line in lines]
    assert sum(news) == 1
    path.write_text("".join(
        line.replace(",news_item,", ",press,") if own else line
        for line, own in zip(lines, news, strict=True)
    ), encoding="utf-8")  # fmt: skip
    assert outside_of(Ledger(data_copy), "claim-10")[1] == "press"


def test_no_kind_without_figures_from_outside():
    """A claim without figures from outside has neither verdict nor kind, and no alternative."""
    ledger = Ledger()
    row = ledger.findings().loc["claim-13"]
    assert (row.external, row.external_kind, row.official) == (None, None, [])
    assert "claim-13" not in set(ledger.alternatives().id)


def test_a_column_with_an_empty_cell_ranks_nothing(data_copy):
    """A place among rows of which one is unknown is refused, not computed without it."""
    path = data_copy / "report" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    old = "country_economy:country=China,year=2017;country_economy:year=2017>value"
    assert text.count(old) == 1
    secret = "province_economy:year=2019,indicator=goods_exports"
    new = f"{secret},province=Utrecht;{secret}>value"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=r"claim-108: found .* with an empty cell"):
        Ledger(data_copy).findings()
