"""What the pages say of rows: falsify rows, and the sentence changes or the build stops."""

import pytest

from conftest import ROOT
from helpers.errors import EvidenceError
from notebook_sentences import Said, among, change, rows, said

COMMON = ("contacts", "publicity", "event")
OTHERS = ("prize", "visit", "other", "jobs", "agreement")
GOODS = "statistics/goods_trade.csv"
SETTLED = ("company_interest", "investment", "jobs")


@pytest.fixture
def page(data_copy, monkeypatch):
    """A function that runs a notebook on the copy of the data."""
    return lambda name: said(ROOT / f"notebooks/{name}.ipynb", data_copy, monkeypatch)


def both(found: list[Said], nl: str, en: str) -> None:
    """A sentence holds these words, in either language."""
    assert any(nl in each.nl and en in each.en for each in found), "\n".join(map(str, found))


def once(data) -> list[dict]:
    return [row for row in rows(data / "report/outcomes.csv") if not row["duplicate_of"]]


def test_results_as_they_are(page):
    """FC Utrecht's wish was discussed again; contacts, publicity and events are less than half;
    a part of a result is no other result."""
    found = page("05_results")
    both(found, "meldt 233 resultaten", "reports 233 results")
    both(found, "34 een herhaling of een deel", "34 repeat another or are a part")
    both(found, "Op 2 van de 57 plannen komt het document bij een later jaar terug",
         "To 2 of the 57 plans the document comes back under a later year")  # fmt: skip
    both(found, "Bij de overige 46 meldt het niets", "Of the other 46 it reports nothing")
    both(found, "87 van de 233, minder dan de helft", "87 of 233, less than half")
    both(found, "ontbreekt bij de meeste resultaten", "missing for most results")


@pytest.mark.parametrize(
    ("common", "numberless", "came_back", "kinds", "missing", "plans"),
    [
        (115, 115, ["outcome-166"], ("115 van de 232, minder dan de helft", "115 of 232, less than "
         "half"), ("minder dan de helft van de resultaten", "less than half of the results"), 1),
        (116, 116, [], ("116 van de 232, de helft", "116 of 232, half"),
         ("bij de helft van de resultaten", "for half of the results"), 0),
        (117, 117, ["outcome-164"], ("117 van de 232, meer dan de helft", "117 of 232, more than "
         "half"), ("bij de meeste resultaten", "for most results"), 1),
        (232, 232, [], ("232 van de 232, alle", "232 of 232, all of them"),
         ("bij alle resultaten", "for all results"), 0),
        (115, 0, [], ("115 van de 232, minder dan de helft", "115 of 232, less than half"),
         ("bij geen van de resultaten", "for none of the results"), 0),
    ],
)  # fmt: skip
def test_words_for_results_at_each_boundary(
    page, data_copy, common, numberless, came_back, kinds, missing, plans
):
    """Less than half, half, most, all and none; and a plan that came up again only if its row
    names one of a later year."""
    table = data_copy / "report/outcomes.csv"
    change(table, among("outcome-134"), duplicate_of="outcome-133")
    each = [row["id"] for row in once(data_copy)]
    for number, kind in enumerate(COMMON):
        change(table, among(*each[number:common:3]), kind=kind)
    # The others are of so many kinds that each of these is less common.
    for number, kind in enumerate(OTHERS[: len(each) - common]):
        change(table, among(*each[common + number :: len(OTHERS)]), kind=kind)
    if numberless < len(each):
        change(table, among(*each[numberless:]), quantity_id="results-01")
    if numberless:
        change(table, among(*each[:numberless]), quantity_id="")
    if gone := {"outcome-164", "outcome-166"} - set(came_back):
        change(table, among(*gone), returns_in="")
    found = page("05_results")
    both(found, *kinds)
    both(found, *missing)
    both(found, f"Op {plans} van de 57 plannen", f"To {plans} of the 57 plans")


def test_kinds_that_are_as_common_stop_the_build(page, data_copy):
    """The three most common kinds are named only if no fourth is as common as the third."""
    others = [row["id"] for row in once(data_copy) if row["kind"] == "jobs"]
    change(data_copy / "report/outcomes.csv", among(*others[:2]), kind="other")
    with pytest.raises(EvidenceError, match="the highest 3: contacts, publicity; expected"):
        page("05_results")


def test_fewer_kinds_are_not_called_three(page, data_copy):
    """Where there are two kinds of result the caption names two, and does not say three."""
    table = data_copy / "report/outcomes.csv"
    change(table, lambda row: row["kind"] != "contacts", kind="event")
    found = page("05_results")
    both(found, "resultaten zijn evenement en contacten: 233 van de 233, alle",
         "results are event and contacts: 233 of 233, all of them")  # fmt: skip
    assert not any("drie soorten" in each.nl or "three kinds" in each.en for each in found)


def test_verbs_agree_with_their_number(page, data_copy):
    """Two entries break off where one breaks off; two provinces are confidential."""
    both(page("03_mission_timeline"), "en 1 breekt midden", "1 breaks off")
    both(page("01_trade_growth"), "waarvan er 1 geheim is", "of which 1 is confidential")
    change(data_copy / "report/missions.csv", among("visit-27"), entry_status="unfinished")
    change(data_copy / "statistics/province_economy.csv", exports_of_groningen, value="")
    both(page("03_mission_timeline"), "en 2 breken midden", "2 break off")
    both(page("01_trade_growth"), "waarvan er 2 geheim zijn", "of which 2 are confidential")


def exports_of_groningen(row: dict) -> bool:
    return (row["province"], row["year"], row["indicator"]) == (
        "Groningen",
        "2019",
        "goods_exports",
    )


def test_plans_of_companies_as_they_are(page):
    """Not after each trip, and without orders and a quality mark, but with the joint venture."""
    found = page("02_investment_jobs")
    both(found, "Van de 15 meldingen na reizen is geen enkele ingedeeld als gerealiseerd",
         "Of 15 reports after trips none is classed as realised")  # fmt: skip
    both(found, "resultaten van 22 reizen; bij minder dan de helft staan er zulke "
         "meldingen bij: 5, in 2010, 2013, 2015, 2017 en 2019",
         "results of 22 trips; with less than half of them there are such reports: 5, "
         "in 2010, 2013, 2015, 2017 and 2019")  # fmt: skip


def test_what_is_rounded_or_inferred_says_so(page):
    """A total, staff and shares from rounded numbers stand as a range; what is read as Utrecht's
    is said to be read so; growth has the year in which it ends."""
    found = page("02_investment_jobs")
    both(found, "dan is dat totaal 43–72 miljard", "that total is 43–72 billion")
    both(found, "zo afgerond kan hun aantal 3,0–4,6 keer zo groot",
         "so rounded their number may have become 3.0–4.6 times")  # fmt: skip
    both(found, "3,5%–4,6% van dat van de NFIA", "3.5%–4.6% of NFIA's")
    both(found, "uit haar opgaven volgt dat 68%", "from what it states follows that 68%")
    found = page("01_trade_growth")
    both(found, "De evaluatie noemt 144% groei in 5 jaar, hier opgevat als die van de Utrechtse "
         "uitvoer", "The growth of 144% in 5 years that the evaluation states, read here "
         "as that of Utrecht's exports")  # fmt: skip
    both(found, "144% groei van de uitvoer naar China, hier opgevat als die van Utrecht",
         "144% growth of exports to China, read here as Utrecht's")  # fmt: skip
    both(found, "tussen 2002 en 2017 5,9 keer zo groot", "as large between 2002 and 2017")
    both(found, "die van eigenaar veranderen tot en met 2025", "that change owner up to 2025")


@pytest.mark.parametrize(
    ("which", "nl", "en"),
    [
        (["outcome-152"], "is er een", "one is"),
        (["outcome-151", "outcome-152"], "is minder dan de helft", "less than half are"),
    ],
)
def test_words_for_what_was_realised(page, data_copy, which, nl, en):
    """That none was realised follows from the rows: with others the words are others."""
    change(data_copy / "report/outcomes.csv", among(*which), status="realised")
    both(page("02_investment_jobs"), f"meldingen na reizen {nl} ingedeeld als gerealiseerd",
         f"reports after trips {en} classed as realised")  # fmt: skip


@pytest.mark.parametrize(
    ("trips", "nl", "en"),
    [
        (1, "bij minder dan de helft", "with less than half of them"),
        (10, "bij minder dan de helft", "with less than half of them"),
        (11, "bij de helft", "with half of them"),
        (12, "bij de meeste", "with most of them"),
        (21, "bij alle op een na", "with all but one of them"),
        (22, "bij elk daarvan", "with each of them"),
    ],
)
def test_words_for_trips_at_each_boundary(page, data_copy, trips, nl, en):
    """Less than half, half, most, all but one, each: as many trips as have plans of companies."""
    table, seen = data_copy / "report/outcomes.csv", {}
    for row in rows(table):
        if row["section"] == "Appendix 4" and row["mission_id"] and row["kind"] != "jobs":
            seen.setdefault(row["mission_id"], row["id"])
    change(table, among(*seen.values()), duplicate_of="")
    of_jobs = next(row["mission_id"] for row in rows(table) if row["id"] == "outcome-179")
    order = sorted(seen, key=lambda mission: mission != of_jobs)
    change(table, lambda row: row["kind"] in SETTLED[:2], kind="other")
    change(table, among(*(seen[mission] for mission in order[:trips])), kind="investment")
    found = page("02_investment_jobs")
    both(found, f"{nl}", f"{en} there are such reports: {trips}, in")


def test_growth_as_it_is(page):
    """The growth factor is 1.6 times the national one, not the growth; the lowest year is that of
    each flow; a deficit does not stand where exports are."""
    found = page("01_trade_growth")
    both(
        found,
        "is een groeifactor van 2,44: 1,6 keer de landelijke",
        "is a growth factor of 2.44: 1.6 times the national one",
    )
    both(found, "van de uitvoer was 0,0%, in 2021", "of exports was 0.0%, in 2021")
    both(found, "van de invoer -12,1%, in 2009", "of imports -12.1%, in 2009")
    both(
        found,
        "voor het tekort op de handel met China: meer dan 7,5 miljard euro, opgevat als 7,5–7,7",
        "the deficit on trade with China: more than 7.5 billion euros, read as 7.5–7.7",
    )
    assert not any("more than" in each.nl for each in found)  # fmt: skip


def test_the_lowest_year_follows_the_rows(page, data_copy):
    """Imports of 2009 that were as in 2008 leave another lowest year."""
    same = next(row["value_eur_m"] for row in rows(data_copy / GOODS) if imports_of(row, "2008"))
    change(data_copy / GOODS, lambda row: imports_of(row, "2009"), value_eur_m=same)
    both(page("01_trade_growth"), "in 2008.", "in 2008.")


def imports_of(row: dict, year: str) -> bool:
    wanted = (year, "China", "imports", "border_crossing")
    return (row["year"], row["partner"], row["flow"], row["concept"]) == wanted


def test_budgets_as_they_are(page):
    """Highest of the known ones; a budget that is not separate is not said to be part of one."""
    found = page("04_province_budgets")
    both(
        found,
        "Bekende budgetten lopen van 3.500 tot 155.000 euro. Zuid-Holland heeft het hoogste",
        "Known budgets run from 3,500 to 155,000 euros. Zuid-Holland has the highest",
    )
    both(
        found,
        "Van 6 van de 11 provincies met een partner zegt de tabel dat zij geen apart",
        "Of 6 of the 11 provinces with a partner the table says that they have no separate",
    )
    both(found, "Zonder relatie met China is volgens de evaluatie Zeeland",
         "Without a relation with China, says the evaluation, is Zeeland")  # fmt: skip


@pytest.mark.parametrize(
    ("name", "table", "which", "cells", "stopped"),
    [
        ("00_summary", "report/arguments.csv", among("argument-06"), {"strength": "one_source"},
         "not of argument-06"),
        ("00_summary", "report/claims.csv", among("claim-02"), {"series": ""}, "not of claim-02"),
        ("00_summary", "report/claims.csv", among("claim-13"),
         {"series": "goods_trade:partner=China,flow=exports,concept=border_crossing,year=2018"},
         "1 rows: claim-13"),
        ("01_trade_growth", "report/quantities.csv", among("trade-04"),
         {"period_start": "2002", "period_end": "2002"}, "rows: 2002"),
        ("01_trade_growth", "statistics/goods_trade_published.csv",
         lambda row: row["year"] == "2009" and row["flow"] == "exports", {"year": "2001"},
         "also exports"),
        ("01_trade_growth", "report/quantities.csv", among("trade-20"),
         {"subject_en": "Trade with Guangdong"}, "1 rows: trade-20"),
        ("05_results", "report/outcomes.csv", among("outcome-164"),
         {"returns_in": "outcome-165"}, "1 rows: outcome-164"),
        ("02_investment_jobs", "report/outcomes.csv", among("outcome-178"),
         {"kind": "jobs", "quantity_id": "results-42"}, "also results-42"),
        ("02_investment_jobs", "report/outcomes.csv", among("outcome-179"),
         {"status": "realised"}, "not of outcome-179"),
        ("02_investment_jobs", "report/quantities.csv", among("investment-05"),
         {"value": "92"}, "the highest 1: "),
        ("02_investment_jobs", "report/outcomes.csv",
         lambda row: row["section"] == "Appendix 4" and row["kind"] in SETTLED, {"kind": "other"},
         "0 of 22: none"),
        ("02_investment_jobs", "statistics/sources.csv", among("investinholland-2019"),
         {"kind": "series"}, "also series"),
        ("02_investment_jobs", "report/quantities.csv", among("investment-15"),
         {"unit": "projects", "last_digit": "1", "subject_en": "Projects from Guangdong"},
         "1 rows: investment-15"),
        ("02_investment_jobs", "report/quantities.csv", among("investment-15"),
         {"unit": "projects", "last_digit": "1"}, "also investment-15"),
        ("03_mission_timeline", "report/milestones.csv", among("milestone-09"),
         {"section": "4.2"}, "none for milestone-09"),
        ("03_mission_timeline", "report/missions.csv", among("visit-26"), {"year": "2018"},
         "also 2018"),
        ("03_mission_timeline", "report/missions.csv",
         lambda row: row["year"] == "2016" and row["direction"] == "incoming", {"year": "2015"},
         "none for 2016"),
        ("04_province_budgets", "report/province_partners.csv",
         lambda row: row["province"] == "Flevoland", {"province": "Zeeland"}, "also Flevoland"),
        ("04_province_budgets", "report/quantities.csv", among("budgets-10"),
         {"value": "155000", "raw": "€ 155.000"}, "the highest 1: ;"),
        ("04_province_budgets", "report/province_budgets.csv",
         lambda row: row["province"] == "Limburg", {"use_en": "human rights"}, "1 rows: Limburg"),
    ],
)  # fmt: skip
def test_words_that_hold_no_more_stop_the_build(
    page, data_copy, name, table, which, cells, stopped
):
    """A row that should not be there, or one that the sentence needs and is not."""
    change(data_copy / table, which, **cells)
    with pytest.raises(EvidenceError, match=stopped):
        page(name)


def test_other_trips_are_named_by_their_rows(page, data_copy):
    """Which other outgoing trips there are beside the missions follows from the rows."""
    both(page("03_mission_timeline"), "4 andere uitgaande reizen, ingedeeld als dienstreis.",
         "4 other outgoing trips, classified as official trip.")  # fmt: skip
    table = data_copy / "report/missions.csv"
    change(table, among("visit-20"), kind="delegation")
    change(table, among("visit-21"), kind="mission")
    both(page("03_mission_timeline"),
         "3 andere uitgaande reizen, ingedeeld als dienstreis en delegatie",
         "3 other outgoing trips, classified as official trip and delegation")  # fmt: skip
