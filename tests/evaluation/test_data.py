"""The project's own tables: complete, keyed, and true to what they were read from."""

import re

import pandas as pd
import pytest
from frictionless import Package

from conftest import ROOT
from helpers.tables import descriptor, display_names, frames

DATA = ROOT / "data"


def test_frictionless_agrees():
    """An independent reader finds the Data Package valid, every table, type and key."""
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])


@pytest.mark.parametrize("name", display_names.names(DATA))
def test_every_table_loads(name):
    """Each table fits its schema and its keys, and has rows."""
    assert len(frames.load(name, DATA)) > 0


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("province_budgets", 12),
        ("province_partners", 16),
        ("missions", 65),
        ("milestones", 9),
        ("set_aside", 19),
        ("outcomes", 261),
        ("goods_trade", 244),
        ("services_trade", 36),
        ("chinese_companies", 18),
        ("consumer_prices", 30),
    ],
)
def test_counts(name, rows):
    """No row of a source is lost; a year that is added later is welcome."""
    assert len(frames.load(name, DATA)) >= rows


@pytest.fixture(scope="module")
def quantities():
    return frames.load("quantities", DATA).set_index("id")


@pytest.mark.parametrize(
    ("section", "raw", "hedge", "value", "unit", "footnote"),
    [
        ("Summary", "tweede grootste", None, 2, "rank", None),
        ("1", None, None, None, None, None),
        ("2.1", "25", None, 25, "years", None),
        ("3", "120 miljoen", "circa", 120_000_000, "persons", None),
        ("3", "20,000", "meer dan", 20_000, "companies", None),
        ("3", "100.000", "niet minder dan", 100_000, "vehicles", None),
        ("4.2", "twee", None, 2, "years", "8"),
        ("4.3", "50", "meer dan", 50, "relations", None),
        ("5.1.1", "17,56 miljoen", None, 17_560_000, "EUR", None),
        ("5.1.1", "82", None, 82, "jobs", "10"),
        ("5.1.1", "verviervoudigd", "bijna", 4, "ratio", "11"),
        ("5.1.2", "11 miljard", "ruim", 11_000_000_000, "EUR", None),
        ("5.1.2", "8,8%", None, 8.8, "percent", None),
        ("5.1.2", "144%", None, 144, "percent", None),
        ("5.1.3", "36.784", None, 36_784, "visitors", None),
        ("5.1.5", "7e", None, 7, "rank", None),
        ("5.1.6", "1,2 miljard", None, 1_200_000_000, "EUR", None),
        ("5.1.7", "120 miljoen", "zo’n", 120_000_000, "viewers", None),
        ("6.1", "tweemaal", None, 2, "times", None),
        ("7", "25", None, 25, "years", None),
        ("Appendix 2", "0,33", None, 0.33, "fte", "24"),
        ("Appendix 2", "€ 100.000", "+", 100_000, "EUR", "26"),
        ("Appendix 2", "2", "maximaal", 2, "days_per_month", "27"),
        ("Appendix 4", "2Q", None, 20, "students_places", None),
        ("Appendix 4", "vijf", "een stuk of", 5, "followers", "35"),
        ("Appendix 4", "1.5 miljard", None, 1_500_000_000, "dollar", "39"),
        ("Appendix 4", "10", None, 10, "jobs", "39"),
    ],
)
def test_quantities_by_hand(quantities, section, raw, hedge, value, unit, footnote):
    """Values of every chapter, typed by hand from the text, are in the table, printed and read."""
    rows = quantities[quantities.section == section]
    if raw is None:  # chapter 1 reports no number of its own
        assert rows.empty
        return
    rows = rows[rows.raw == raw][["hedge", "value", "unit", "footnote"]].astype(object)
    found = [tuple(row) for row in rows.where(rows.notna(), None).to_numpy()]
    assert (hedge, value, unit, footnote) in found


def test_quantities_are_many(quantities):
    """A careful reading finds well over 150 numbers."""
    assert len(quantities) > 200


def test_unreadable_stays_empty(quantities):
    """'Vele tientallen miljoenen' is no number that can be read: its value is empty."""
    row = quantities[quantities.raw == "tientallen miljoenen"].iloc[0]
    assert pd.isna(row.value)
    assert "vele" in row.hedge


def test_digits_are_read_as_printed(quantities):
    """Where `raw` is plain digits, Dutch or English in style, `value` is that number."""
    for row in quantities.itertuples():
        match = re.fullmatch(r"(?:€ )?(\d{1,3}(?:[.,]\d{3})+|\d+(?:,\d+)?)%?", row.raw)
        if match is None:
            continue
        digits = match[1]
        thousands = re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits)
        number = re.sub("[.,]", "", digits) if thousands else digits.replace(",", ".")
        if row.unit not in {"EUR", "dollar"} or row.raw.startswith("€"):
            assert row.value == float(number), row.Index


def test_footnotes_are_cited_documents(quantities):
    """Every footnote that a row names is in the list of documents."""
    known = set(frames.load("sources", DATA).footnote.dropna().astype(int))
    assert known == set(range(1, 44))
    for name in ("quantities", "missions", "outcomes", "province_budgets"):
        for marks in frames.load(name, DATA).footnote.dropna():
            assert set(map(int, marks.split(";"))) <= known


def test_budgets_keep_the_unknown():
    """What the provinces did not give stays empty; what they gave is as printed."""
    budgets = frames.load("province_budgets", DATA).set_index("province")
    assert budgets.budget_eur.isna().sum() == 4
    assert budgets.fte.isna().sum() == 3
    assert budgets.loc["Overijssel", ["fte", "budget_eur"]].tolist() == [1, 100_000]
    assert budgets.loc["Drenthe", ["fte", "budget_eur"]].tolist() == [0.5, 25_000]
    assert budgets.loc["Noord-Brabant", "fte"] == 2
    assert pd.isna(budgets.loc["Noord-Brabant", "budget_eur"])
    assert budgets.loc["Friesland", "separate_budget"] == "yes"


def test_budget_table_and_quantities_agree(quantities):
    """A budget that stands in two tables is the same in both."""
    stated = set(quantities.value[(quantities.theme == "budgets") & (quantities.unit == "EUR")])
    assert set(frames.load("province_budgets", DATA).budget_eur.dropna()) <= stated


@pytest.fixture(scope="module")
def missions():
    return frames.load("missions", DATA)


def test_missions_both_directions(missions):
    """Appendix 3 lists 26 outgoing and 31 incoming entries; a visit that stands elsewhere names
    another place."""
    listed = missions[missions.listed_in_appendix].direction.value_counts()
    assert listed.to_dict() == {"outgoing": 26, "incoming": 31}
    elsewhere = missions[~missions.listed_in_appendix]
    assert len(elsewhere) and "Appendix 3" not in set(elsewhere.section)


@pytest.mark.parametrize(
    ("raw", "year", "month", "level", "status"),
    [
        ("Januari 1995", 1995, 1, "kings_commissioner", "complete"),
        ("Feb/ maart 2006", 2006, 2, "other", "complete"),
        ("November 2007", 2007, 11, "deputy", "complete"),
        ("November 2019", 2019, 11, "unknown", "unfinished"),
        ("Januari 1996", 1996, 1, "unknown", "trainee"),
        ("Februari 1998", 1998, 2, "governor", "complete"),
    ],
)
def test_missions_by_hand(missions, raw, year, month, level, status):
    """Entries of Appendix 3, typed by hand."""
    rows = missions[missions.raw == raw]
    found = list(zip(rows.year, rows.month, rows.highest_office, rows.entry_status, strict=True))
    assert (year, month, level, status) in found


def test_vague_date_has_no_month(missions):
    """'Begin 2001' has a year and no month."""
    row = missions[missions.raw == "Begin 2001"].iloc[0]
    assert row.year == 2001
    assert pd.isna(row.month)


def test_outcomes_lead_somewhere():
    """A repeated result names an earlier row, and never a row that is itself a repeat."""
    outcomes = frames.load("outcomes", DATA).set_index("id")
    repeats = outcomes.duplicate_of.dropna()
    assert len(repeats) > 25
    assert (repeats < repeats.index).all()
    assert outcomes.duplicate_of[repeats].isna().all()


@pytest.mark.parametrize(
    ("partner", "flow", "concept", "year", "value"),
    [
        ("China", "imports", "border_crossing", 2002, 8929),
        ("China", "exports", "border_crossing", 2017, 11322),
        ("China", "imports", "border_crossing", 2017, 36109),
        ("China", "exports", "change_of_ownership", 2017, 15696),
    ],
)
def test_goods_trade_by_hand(partner, flow, concept, year, value):
    """Values of Statistics Netherlands, typed by hand."""
    goods = frames.load("goods_trade", DATA).set_index(["partner", "flow", "concept", "year"])
    assert goods.value_eur_m.loc[partner, flow, concept, year] == value


def test_exports_are_the_sum_of_their_parts():
    """Re-exports and Dutch product add up to exports, but for rounding."""
    goods = frames.load("goods_trade", DATA)
    china = goods[goods.partner == "China"].pivot(
        index=["concept", "year"], columns="flow", values="value_eur_m"
    )
    assert (china.exports - china.re_exports - china.domestic_exports).abs().max() <= 1


def test_concepts_share_no_source():
    """Border crossing and change of ownership come from different tables and stay apart."""
    goods = frames.load("goods_trade", DATA)
    assert goods.groupby("source").concept.nunique().max() == 1


def test_every_series_has_a_licence_and_a_publisher():
    """Every source of a series says who published it, at what remove, and on what terms."""
    sources = frames.load("statistics_sources", DATA)
    assert sources[["publisher", "licence", "attribution", "hand"]].notna().all(axis=None)


@pytest.mark.parametrize("name", ["quantities", "missions", "outcomes"])
def test_both_languages(name):
    """What is described in one language is described in the other."""
    frame = frames.load(name, DATA)
    for column in frame.columns[frame.columns.str.endswith("_nl")]:
        other = frame[f"{column[:-3]}_en"]
        assert (frame[column].isna() == other.isna()).all(), column


def test_descriptor_is_bilingual():
    """Every table and column has a title and a meaning in both languages."""
    import json

    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        for item in (table, *table["schema"]["fields"]):
            for key in ("title", "title_nl", "description", "description_nl"):
                assert item.get(key), (table["name"], item["name"], key)


def test_outcomes_share_the_place_of_their_number():
    """A result and the number that belongs to it stand in the same section."""
    outcomes = frames.load("outcomes", DATA).dropna(subset="quantity_id")
    sections = frames.load("quantities", DATA).set_index("id").section
    assert len(outcomes) > 80
    assert (outcomes.section.to_numpy() == sections[outcomes.quantity_id].to_numpy()).all()


SECTIONS = (
    "Summary 1 2 2.1 2.2 3 4 4.1 4.2 4.3 5 5.1.1 5.1.2 5.1.3 5.1.4 5.1.5 5.1.6 5.1.7 6 6.1 6.2 7 8"
)


def test_sections_in_order():
    """The sections are those that the document prints, in its order; it has no 5.1."""
    found = [*frames.load("sections", DATA).section]
    assert found == [*SECTIONS.split(), *(f"Appendix {n}" for n in range(1, 5))]


def test_every_column_of_sections_is_held_to_them():
    """A column `section` in any table names a row of the table of sections."""
    key = {"fields": ["section"], "reference": {"resource": "sections", "fields": ["section"]}}
    for name, table in descriptor.read(DATA).items():
        schema = table["schema"]
        if name != "sections" and any(f["name"] == "section" for f in schema["fields"]):
            assert key in schema["foreignKeys"], name


@pytest.mark.parametrize("section", ["5.9.9", "5.1", "Appendix 9", "summary", "paragraaf 3"])
def test_a_section_that_there_is_not_is_told_by_row(data_copy, section):
    """It is told with table, row, column and what stands there."""
    path = data_copy / "report" / "quantities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",Summary,", f",{section},", 1))
    (problem,) = frames.problems(data_copy)
    assert problem.place.endswith("quantities.csv, row 2, column section")
    assert problem.found == repr(section)


@pytest.fixture(scope="module")
def questions():
    return frames.load("questions", DATA).set_index("id")


def test_a_claim_bears_on_one_question(questions):
    """So the verdicts of all questions add up: no claim twice, and no second reading of one."""
    named = [name for cell in questions.claims.dropna() for name in cell.split(";")]
    counted = frames.load("claims", DATA).set_index("id").same_passage_as.isna()
    assert len(named) == len(set(named)) == 70
    assert counted[named].all()


def test_norms_by_hand(questions):
    """Where the evaluation names nothing by which to judge, the norm is unknown; elsewhere it says
    where the norm stands. Human rights and security have one as the economy has."""
    named = ["02", "03", "06", "07", "09", "10"]
    assert questions.index[questions.norm_nl.notna()].tolist() == [f"question-{n}" for n in named]
    assert (questions.norm_nl.notna() == questions.norm_sections.notna()).all()


def test_questions_stand_where_they_are_asked(questions):
    """In the main question, the aim, or the motion that asked for the evaluation."""
    assert questions.section.value_counts().to_dict() == {"2.2": 5, "Summary": 4, "2.1": 1}
