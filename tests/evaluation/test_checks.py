import csv
import json

import pytest

from conftest import titled
from helpers.annex.cli import main
from helpers.claims import checks
from helpers.errors import DataError
from helpers.tables import evidence_frames


def test_the_project_is_sound():
    """The project's own tables have no problems between them."""
    assert checks.problems() == []


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("report/quantities.csv", ",+,15000,1000,EUR,,,Budget per jaar",
         ",+,16000,1000,EUR,,,Budget per jaar",
         "quantities, row budgets-02, column value: found 16000; expected 15000, as '€ 15.000'"),
        ("report/quantities.csv", ",ruim,11000000000,", ",zowat,11000000000,",
         "row trade-05, column hedge: found 'zowat'"),
        ("report/claims.csv", "investment-08;investment-07", "investment-99;investment-07",
         "claims.csv, row claim-21: found 'investment-99'"),
        ("statistics/goods_trade.csv", "border_crossing,1521,", "border_crossing,-1521,",
         "column value_eur_m: found '-1521'; expected at least 0"),
        ("statistics/goods_trade_published.csv", "10.6 billion,,10600,", "10.6 billion,,16600,",
         "found 16600; expected 10600, as '10.6 billion' is printed"),
    ],
)  # fmt: skip
def test_check_looks_between_tables(data_copy, capsys, table, old, new, message):
    """`annex check` names what does not agree between words and values, and between tables."""
    path = data_copy / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert main(["check", "--data", str(data_copy)]) == 1
    assert message in capsys.readouterr().out


def test_an_event_names_a_number_that_is_not_there(data_copy):
    """A slip in the inputs of a claim about events is told by claim."""
    path = data_copy / "report" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(",not_larger,investment-05;investment-03,") == 1
    path.write_text(text.replace(",not_larger,investment-05;", ",not_larger,investment-99;"))
    (problem,) = checks.problems(data_copy)
    assert problem.place == "claims.csv, row claim-26"
    assert "'investment-99'" in problem.found


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("statistics/tourism.csv", ",436000,1000,nights,", ",436000,,nights,",
         "tourism.csv, row 5, column last_digit: found an empty cell; "
         "expected the last_digit of the value"),
        ("report/quantities.csv", ",ruim,11000000000,1000000000,", ",ruim,11000000000,,",
         "column last_digit: found an empty cell; expected the last_digit of the value"),
        ("statistics/national_economy.csv", "1995,gdp,330032,1,EUR_m", "1995,gdp,330032,1,persons",
         "national_economy.csv, row 2, column unit: found 'persons'; expected EUR_m, the unit of "
         "gdp"),
        ("datapackage.json", '"value": "CNY_100m",', '"whole": true, "value": "CNY_100m",',
         "guangdong_economy.csv, row 2, column value: found 2447.5; expected a whole number of"),
        ("datapackage.json", '"primaryKey": [\n     "criterion"\n    ],', "",
         "datapackage.json, table criteria, primaryKey: found none; expected the columns "
         "that identify a row. "
         "Add it, such as \"primaryKey\": [\"criterion\"]"),
        ("report/province_budgets.csv", ",geen afzonderlijk budget voor China,no separate budget "
         "for China,inkomende en uitgaande missies,incoming and outgoing missions,,,\nLimburg",
         ",,no separate budget for China,inkomende en uitgaande missies,incoming and outgoing "
         "missions,,,\nLimburg", "province_budgets.csv, row 2, column remark_nl: found an empty "
         "cell; expected a translation of remark_en"),
        ("report/errata.csv", ",source-02\n", ",source-99\n",
         "errata.csv, row 2, column row: found 'source-99'; expected the key of a row of a table"),
        ("report/questions.csv", ",claim-77;claim-79;", ",claim-77;claim-99;",
         "questions.csv, row 7, column claims: found 'claim-99'; expected the key of a row of cl"),
        ("report/questions.csv", ",claim-77;claim-79;", ",claim-77;claim-77;",
         "row 7, column claims: found claim-77 2 times; expected each row once"),
        ("report/questions.csv", ",trade-14;trade-18\n", ",trade-14;claim-12\n",
         "row 3, column numbers: found 'claim-12'; expected the key of a row of quantities"),
        ("report/province_budgets.csv", ",15000,€ 15.000,", ",16000,€ 15.000,",
         "province_budgets.csv, row 2, column budget_eur: found 16000.0; expected 15000.0, as in"
         " quantities, row budgets-02, column value"),
        ("report/province_budgets.csv", ",15000,€ 15.000,", ",15000,€ 16.000,",
         "row 2, column budget_raw: found '€ 16.000'; expected '€ 15.000', as in quantities"),
        ("report/province_budgets.csv", ",15000,€ 15.000,budgets-01,budgets-02,+,",
         ",15000,€ 15.000,budgets-01,budgets-02,,",
         "row 2, column hedge: found an empty cell; expected '+', as in quantities"),
    ],
)  # fmt: skip
def test_what_a_table_says_twice_agrees(data_copy, table, old, new, message):
    """A value has a last digit and the unit of its kind; a cell that repeats one of another table
    is the same; a cell that names rows of a table, or of any, names ones that are there, once."""
    path = data_copy / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert message in "\n".join(map(str, checks.problems(data_copy)))


def spoiled(data, name, *rows: str):
    """Rows of `visits` after its own, and a rule in its descriptor."""
    path = data / "datapackage.json"
    package = json.loads(path.read_text())
    visits = package["resources"][1]
    if name == "sameFor":
        visits["schema"]["fields"][4]["sameFor"] = ["year"]
    else:
        visits["anyOf"] = [["cost", "when"]]
    path.write_text(json.dumps(package))
    table = data / "visits.csv"
    table.write_text(table.read_text() + "".join(f"{row}\n" for row in rows))
    return [(p.place.split("visits.csv, ")[1], p.found, p.expected) for p in checks.problems(data)]


def test_cells_that_should_be_the_same(tiny):
    """With `sameFor`, the cell that stands alone among rows that agree is named."""
    rows = ("v-3,1995,1,out,true,,", "v-4,1995,1,out,false,,", "v-5,1996,1,out,false,,")
    assert spoiled(tiny, "sameFor", *rows) == [
        ("row 5, column listed", "false", "true, as in other rows of 1995")
    ]


@pytest.mark.parametrize("kind", ["string", "integer"])
@pytest.mark.parametrize(("cell", "told"), [("", ["an empty cell"]), ("7", ["7"]), ("5", [])])
def test_a_copied_whole_number(tiny, cell, told, kind):
    """A cell of whole numbers that repeats another is held to it when it is empty, too, whether
    the row that it repeats has a word or a number for its key."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text())
    of = {"key": "id", "resource": "first", "field": "n"}
    fields = [{"name": "id", "type": kind}, {"name": "n", "type": "integer"}]
    for name, rows in (("first", "1,5"), ("second", f"1,{cell}")):
        schema = {"fields": json.loads(json.dumps(fields)), "primaryKey": ["id"]}
        if name == "second":
            schema["fields"][1]["copyOf"] = of
        package["resources"].append({"name": name, "path": f"{name}.csv", "schema": schema})
        (tiny / f"{name}.csv").write_text(f"id,n\n{rows}\n")
    path.write_text(json.dumps(titled(package)))
    assert [problem.found for problem in checks.problems(tiny)] == told


def test_rows_that_fill_none_of_a_group(tiny):
    """With `anyOf`, a row that fills none of the columns is named."""
    assert spoiled(tiny, "anyOf", "v-3,1995,1,out,true,,", "v-4,1995,,out,true,1995,") == [
        ("row 3, column cost, when", "empty cells", "cost or when filled in")
    ]


@pytest.mark.parametrize("rule", ["anyOf", "sameFor"])
@pytest.mark.parametrize("group", ["cost", ["price"], 5, [["cost"]]])
def test_groups_of_columns_that_are_none(tiny, rule, group):
    """A rule that names no columns of its table is told at the descriptor."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text())
    visits = package["resources"][1]
    if rule == "anyOf":
        visits["anyOf"] = [group]
    else:
        visits["schema"]["fields"][4]["sameFor"] = group
    path.write_text(json.dumps(package))
    (problem,) = checks.problems(tiny)
    assert "table visits, anyOf or sameFor" in problem.place


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("report/quantities.csv", "25-jarige,,25,1,", "25-jarige,,2.123,1,",
         "quantities.csv, row 2, column value: found 2.123; expected a multiple of its last digit,"
         " 1, or"),
        ("report/quantities.csv", "25-jarige,,25,1,", "25-jarige,,25,0,",
         "row 2, column last_digit: found 0; expected a number above 0; 0 only for"),
        ("statistics/goods_trade_published.csv", "2.3 billion,,2300,100,", "2.3 billion,,2300,-1,",
         "goods_trade_published.csv, row 3, column last_digit: found "),
        ("statistics/goods_trade_published.csv", "2.3 billion,,2300,100,",
         "2.3 billion,,2300,1000,", "row 3, column value_eur_m: found 2300; expected a multiple"),
        ("statistics/exchange_rates.csv", "1999,USD,1.0658,", "1999,USD,1.06581,",
         "exchange_rates.csv, row 2, column rate_per_eur: found 1.06581; expected a multiple"),
        ("statistics/national_economy.csv", "EUR_m,cbs-85879ned,,\n1996", "EUR_m,,,\n1996",
         "national_economy.csv, row 2, column source: found "),
        ("datapackage.json", '"unit": "fte"', '"unit": "EUR/yeers"',
         "table province_budgets, column fte: found the unit 'EUR/yeers'; expected a unit "
         "that a table's categories or helpers/evidence/units.py name for 'yeers'. Write years"),
        ("datapackage.json", '"unit": "fte"', '"unit": "persons"', "province_budgets.csv, row 2, "
         "column fte: found the unit persons; expected fte, as in quantities, row budgets-01, col"),
        ("datapackage.json", '"unit": "per EUR"', '"unit": "EUR_mm"', "Write EUR_m, or name"),
    ],
)  # fmt: skip
def test_values_fit_their_last_digit_and_unit(data_copy, table, old, new, message):
    """A value is no finer than its last digit, which is above 0; its unit has a name."""
    path = data_copy / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert message in "\n".join(map(str, checks.problems(data_copy)))


FIELDS = [
    {"name": "year", "type": "integer"},
    {"name": "value", "type": "number"},
    {"name": "source", "type": "string"},
]
SOURCED = {
    "fields": ["source"], "reference": {"resource": "statistics_sources", "fields": ["id"]},
}  # fmt: skip


def newcomer(data, rows: str, **of_value) -> list[str]:
    """The problems of a new table of year and value in the project's data, or of `fields`."""
    path = data / "datapackage.json"
    package = json.loads(path.read_text())
    fields = of_value.pop("fields", FIELDS)
    sourced = any(field["name"] == "source" for field in fields)
    foreign = of_value.pop("foreign", [SOURCED] * sourced)
    fields = [field | (of_value if field["name"] == "value" else {}) for field in fields]
    schema = {"fields": fields, "primaryKey": ["year"], "foreignKeys": foreign}
    package["resources"].append({"name": "new", "path": "new.csv", "schema": schema})
    path.write_text(json.dumps(titled(package)))
    header = ",".join(field["name"] for field in fields)
    (data / "new.csv").write_text(f"{header}\n{rows}\n")
    return [str(problem).split("/data/")[1] for problem in checks.problems(data)]


def test_a_new_table_is_told_what_it_needs(data_copy):
    """A column `value` alone: no traceback, but all that it lacks, by table and column."""
    found = newcomer(data_copy, "2019,1", fields=FIELDS[:2])
    assert [line.partition("; ")[0] for line in found] == [
        "datapackage.json, table new, column value: found a value without a unit",
        "datapackage.json, table new, column value: found a value without a last digit",
        "datapackage.json, table new: found values without a source",
    ]


def test_a_table_that_lacks_something_is_told_when_it_is_loaded(data_copy):
    """`tables.load` names what is missing by its place, and does not break on it."""
    newcomer(data_copy, "2019,1", fields=FIELDS[:2], unit="EUR", last_digit=1)
    with pytest.raises(DataError, match="table new: found values without a source; expected a c"):
        evidence_frames.load("new", data_copy)
    path = data_copy / "datapackage.json"
    path.write_text(path.read_text().replace(', "primaryKey": ["year"]', ""))
    with pytest.raises(DataError, match="new, primaryKey: found none; expected the columns that"):
        evidence_frames.load("new", data_copy)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"China": "World"', '"China": "world"', "column partner: found an overlap of 'world'"),
        ('"re_exports": "exp', '"re-exports": "exp',
         "column flow: found an overlap of 're-exports'; expected a value of the column, such as "
         "'re_exports'"),
    ],
)  # fmt: skip
def test_an_overlap_of_values_that_no_row_has_is_told(data_copy, old, new, message):
    """A misspelt value in `overlap` would never warn: it is named with the nearest one."""
    path = data_copy / "datapackage.json"
    before, name, after = path.read_text().partition('"goods_trade"')
    path.write_text(before + name + after.replace(old, new))
    assert any(message in str(problem) for problem in checks.problems(data_copy))


@pytest.mark.parametrize(
    ("of_value", "rows", "message"),
    [
        ({"unit": "EUR"}, "2019,1,cbs-83028ned", "found a value without a last digit"),
        ({"last_digit": 1}, "2019,1,cbs-83028ned", "found a value without a unit"),
        ({"unit": "EUR", "last_digit": 1}, "2019,1,", "row 2, column source: found an empty cell"),
        ({"unit": "EUR", "last_digit": 1}, "2019,1.5,cbs-83028ned", "a multiple of its last digit"),
        ({"unit": "EUR", "last_digit": 1}, "2019,1,cbs-nope",
         "column source: found 'cbs-nope'; expected a value of id in statistics/sources.csv"),
        ({"unit": "EUR", "last_digit": 1, "foreign": []}, "2019,1,cbs-83028ned",
         "table new, column source: found no foreign key; expected one to the key of statistics_"),
        ({"unit": "EUR", "last_digit": 1, "foreign": []}, "2019,1,cbs-nope",
         "new.csv, row 2, column source: found 'cbs-nope'; expected the key of a row in statis"),
        ({"unit": "EUR", "last_digit": 1, "foreign": [],
          "fields": [*FIELDS[:2], {"name": "section", "type": "string"}]}, "2019,1,5.9.9",
         "new.csv, row 2, column section: found '5.9.9'; expected the key of a row in report/sec"),
        ({"unit": "EUR", "last_digit": 1, "title": " "}, "2019,1,cbs-83028ned",
         "table new, column value: found no title; expected words"),
        ({"unit": "EUR", "last_digit": 1, "description": "A"}, "2019,1,cbs-83028ned",
         "table new, column value: found no description_nl; expected words"),
        ({"unit": "euro", "last_digit": 1}, "2019,1,cbs-83028ned",
         "name. Write EUR, or name a new one as a category of a unit column, with label"),
        ({"unit": "kilogram", "last_digit": 1}, "2019,1,cbs-83028ned",
         "name. Name a new one as a category of a unit column, with a label in each language"),
        ({"unit": "euros", "last_digit": 1}, "2019,1,cbs-83028ned", "found the unit 'euros'"),
        ({"type": "string"}, "2019,1,cbs-83028ned", "column value: found string; expected type"),
    ],
)  # fmt: skip
def test_a_new_table_comes_closer(data_copy, of_value, rows, message):
    """Each thing that a measured table lacks is told with its place."""
    assert message in "\n".join(newcomer(data_copy, rows, **of_value))


def test_a_new_table_that_is_whole(data_copy):
    """With unit, last digit and source nothing is wrong."""
    found = newcomer(data_copy, "2019,1,cbs-83028ned", unit="EUR", last_digit=1)
    assert found == []


def test_a_unit_that_another_table_calls_whole(data_copy):
    """Half a company is told by its cell, also where the unit stands with the column."""
    rows = "2019,1.5,cbs-83028ned"
    (found,) = newcomer(data_copy, rows, unit="companies", last_digit=0.1)
    assert "row 2, column value: found 1.5; expected a whole number of companies" in found


def test_blank_words_of_headings_are_told(data_copy):
    """A label of blanks would leave pages without the name of a section."""
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["annex"]["documents"][0]["headings"]["appendix"]["label_nl"] = " "
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(DataError, match="label_nl"):
        checks.sound(data_copy)


@pytest.mark.parametrize("word", ["title", "title_nl"])
def test_a_table_or_column_without_words_is_told(tiny, word):
    """Pages would print the name: a title in each language is asked for, by table and column."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text())
    del package["resources"][0][word], package["resources"][1]["schema"]["fields"][2][word]
    path.write_text(json.dumps(package))
    assert [str(problem).split("json, ")[1] for problem in checks.problems(tiny)] == [
        f"table places: found no {word}; expected words, which pages print",
        f"table visits, column cost: found no {word}; expected words, which pages print",
    ]


@pytest.mark.parametrize("stated", [True, False])
def test_a_unit_that_the_name_of_its_column_contradicts(data_copy, stated):
    """Billions in a column of millions: told where the unit stands."""
    fields = [FIELDS[0], {"name": "value_eur_m", "type": "number", "last_digit": 1}, FIELDS[2]]
    rows = "2019,1,cbs-83028ned"
    if stated:
        fields[1]["unit"] = "EUR_bn"
    else:
        fields.append({"name": "unit", "type": "string"})
        rows += ",EUR_bn"
    where = "datapackage.json, table new, column value_eur_m: found the unit" if stated else (
        "new.csv, row 2, column unit: found"
    )  # fmt: skip
    (told,) = newcomer(data_copy, rows, fields=fields)
    assert told.startswith(f"{where} 'EUR_bn'; expected EUR_m, the unit in")


@pytest.mark.parametrize(
    ("kind", "start", "end", "told"),
    [
        ("period", "2018", "2017", "2018 or later, as when_start has it"),
        ("period", "2017-11", "2017-10-31", "2017-11 or later, as when_start has it"),
        ("integer", "10", "9", "10 or later, as when_start has it"),
        ("period", "2017-11", "2017", ""), ("period", "2017", "2017", ""),
        ("period", "", "2017", ""), ("integer", "9", "10", ""), ("string", "b", "a", ""),
    ],
)  # fmt: skip
def test_what_ends_before_it_starts_is_told(data_copy, kind, start, end, told):
    """An end is not before its start, as far as both tell their month and day."""
    of = {"type": "integer"} if kind == "integer" else {"type": "string"}
    of |= {"period": True} if kind == "period" else {}
    fields = [FIELDS[0], {"name": "when_start", **of}, {"name": "when_end", **of}]
    found = newcomer(data_copy, f"2019,{start},{end}", fields=fields)
    place = f"new.csv, row 2, column when_end: found {end}; expected "
    assert found == [place + told] * bool(told)


@pytest.mark.parametrize("year", [{}, {"period": True}, {"name": "day", "period": True}])
def test_a_series_by_periods_is_held_to_its_neighbours(data_copy, year):
    """Whatever the column of the key that says when: a value a thousandfold off is told; a month
    and a year are not held to each other."""
    fields = [{"name": "year", "type": "string", **year}, *FIELDS[1:]]
    path = data_copy / "datapackage.json"
    rows = ["2001,2300", "2002,2.4", "2003,2500", "2003-01,2.2", "2003-02,2.3"]
    newcomer(data_copy, "\n".join(f"{row},cbs-83028ned" for row in rows), fields=fields)
    package = json.loads(path.read_text())
    schema = package["resources"][-1]["schema"]
    schema["fields"][1] |= {"unit": "EUR", "last_digit": 0.1}
    schema["primaryKey"] = [fields[0]["name"]]
    path.write_text(json.dumps(package))
    (told,) = (str(problem) for problem in checks.problems(data_copy))
    assert "new.csv, row 3, column value: found 2.4; expected a number nearer to 2300" in told


def test_a_second_typing_is_a_number(data_copy):
    """Words can't be held to the value: the type of their column is told."""
    fields = [*FIELDS, {"name": "value_confirmed", "type": "string"}]
    found = newcomer(data_copy, "2001,2.4,cbs-83028ned,2.4", fields=fields, unit="EUR",
                     last_digit=0.1)  # fmt: skip
    assert found == [
        "datapackage.json, table new, column value_confirmed: found string; expected type number"
    ]


def series(data, *values: str, confirmed: str = "") -> list[str]:
    """The problems of a series of values from 2001 on."""
    fields = [*FIELDS, {"name": "value_confirmed", "type": "number"}][: 4 if confirmed else 3]
    rows = [f"{year},{value},cbs-83028ned" for year, value in enumerate(values, 2001)]
    if confirmed:
        rows = [f"{row},{confirmed if row.startswith('2003') else ''}" for row in rows]
    return newcomer(data, "\n".join(rows), fields=fields, unit="EUR", last_digit=0.001)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (("2100.5", "2300", "2.447", "2500"), {4: "2.447"}),
        (("2.1", "2300", "2447.5", "2500"), {2: "2.1"}),
        (("2100.5", "2300", "2447.5", "2.5"), {5: "2.5"}),
        (("2100.5", "2300", "2400", "2.447", "2.5", "2600"), {5: "2.447", 6: "2.5"}),
        (("2.1", "2.3", "2447", "2.5"), {4: "2447"}),
        (("2300", "2.4"), {3: "2.4"}),
        (("2300", "", "2.4"), {4: "2.4"}),
        (("2300", "0", "2400"), {}),
        (("2300", "8.4", "2400"), {}),
        (("2300", "0.24", "2400"), {}),
        (("-2300", "-2.4", "-2500"), {3: "-2.4"}),
    ],
)  # fmt: skip
def test_a_value_a_thousandfold_off_is_asked_about(data_copy, values, told):
    """A point between thousands that was typed as a decimal point: the value lies about a thousand
    times off those beside it, by itself or in a run."""
    found = series(data_copy, *values)
    assert [line.partition("; ")[0] for line in found] == [
        f"new.csv, row {row}, column value: found {value}" for row, value in told.items()
    ]


def test_a_value_a_thousandfold_off_is_confirmed_in_its_row(data_copy):
    """The number typed again beside it says that its source has it so; another number is wrong."""
    (told,) = series(data_copy, "2100.5", "2300", "2.447", "2500")
    assert "that of 2002. If its source has it, type it again in a column value_confirmed" in told


@pytest.mark.parametrize(
    ("confirmed", "told"),
    [("2.447", []), ("2447", ["new.csv, row 4, column value_confirmed: found 2447.0"])],
)
def test_the_second_typing(data_copy, confirmed, told):
    """The same number confirms; another one is told, and confirms nothing."""
    found = series(data_copy, "2100.5", "2300", "2.447", "2500", confirmed=confirmed)
    assert [line.partition("; ")[0] for line in found] == told


def test_printed_words_confirm_a_value(data_copy):
    """Where the row has the number as printed, the words are held to the value instead."""
    path = data_copy / "statistics" / "tourism.csv"
    text = path.read_text()
    old = ",436 thousand,,436000,1000,"
    assert text.count(old) == 1
    path.write_text(text.replace(old, ",436,,436,1,"))
    assert checks.problems(data_copy) == []


@pytest.mark.parametrize(
    ("name", "role", "whose"),
    [
        ("statistics_sources", "sources", "a column source needs"),
        ("quantities", "reported", "claims need"), ("sections", "sections", "headings need"),
    ],
)  # fmt: skip
def test_a_table_that_others_need_is_told(data_copy, name, role, whose):
    """Without a table that values or claims need, with no key that leads to it: told, no
    traceback."""
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text())
    (gone,) = (table for table in package["resources"] if table["name"] == name)
    package["resources"].remove(gone)
    del package["annex"]["roles"][role]
    package["annex"]["traced"].pop(name, None)
    (data_copy / gone["path"]).unlink()
    for table in package["resources"]:
        keys = table["schema"].get("foreignKeys", [])
        table["schema"]["foreignKeys"] = [k for k in keys if k["reference"]["resource"] != name]
        for field in table["schema"]["fields"]:
            if field.get("copyOf", {}).get("resource") == name:
                del field["copyOf"]
            if field.get("rowOf") == name:
                del field["rowOf"]
    path.write_text(json.dumps(package))
    found = "\n".join(map(str, checks.problems(data_copy)))
    expected = f"a table of {role}, which {whose}"
    assert f"annex, roles: found no table for {role}; expected {expected}" in found


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (None, "annex, documents: found no headings; expected those of a document, as sections h"),
        ({"section": {}, "chapter": {}, "summary": {"name": "Summary"}},
         "column section: found 'Appendix 1'; expected a number, or a name as `headings` of "
         "evaluation has it for the appendix"),
        ({"section": {}, "chapter": {}, "summary": {"name": "Abstract"},
          "appendix": {"name": "Appendix"}},
         "row 2, column section: found 'Summary'; expected a number, or a name"),
    ],
)  # fmt: skip
def test_a_section_that_headings_do_not_name_is_told(data_copy, headings, found):
    """The table of sections and `headings` agree, or no page could say what a section is called."""
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text())
    words = {"label": "A", "label_nl": "B"}
    (document,) = package["annex"]["documents"]
    document["headings"] = {kind: words | own for kind, own in (headings or {}).items()}
    if headings is None:
        del document["headings"]
    path.write_text(json.dumps(package))
    assert found in "\n".join(map(str, checks.problems(data_copy)))


def test_a_transcribed_column_needs_a_section_of_the_document(data_copy):
    """The section beside transcribed words leads to the table of sections."""
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text())
    (table,) = (table for table in package["resources"] if table["name"] == "outcomes")
    keys = table["schema"]["foreignKeys"]
    table["schema"]["foreignKeys"] = [key for key in keys if key["fields"] != ["section"]]
    path.write_text(json.dumps(package))
    (problem,) = checks.problems(data_copy)
    assert problem.place.endswith("table outcomes, column section")
    assert problem.expected == "one to the key of sections"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("quantities", "subject_nl"), ("quantities", "unit"),
        ("quantities", "last_digit"), ("hedges", "below"), ("statistics_sources", "language"),
        ("claims", "remark_en"), ("goods_trade", "source"),
        ("goods_trade", "note_en"), ("province_economy", "unit"),
    ],
)  # fmt: skip
def test_a_column_that_is_needed_is_told(data_copy, name, column):
    """Without a column that a build reads, the check says so."""
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text())
    (table,) = (table for table in package["resources"] if table["name"] == name)
    header = [field["name"] for field in table["schema"]["fields"]]
    at = header.index(column)
    del table["schema"]["fields"][at]
    keys = table["schema"].pop("foreignKeys", [])
    table["schema"]["foreignKeys"] = [key for key in keys if column not in key["fields"]]
    path.write_text(json.dumps(package))
    file = data_copy / table["path"]
    with file.open(newline="") as stream:
        rows = [row[:at] + row[at + 1 :] for row in csv.reader(stream)]
    with file.open("w", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    found = [str(problem) for problem in checks.problems(data_copy)]
    assert any(name in line and column in line for line in found), found


def test_rows_alike_with_empty_cells(tiny):
    """With `sameFor`, empty cells are compared as well."""
    assert spoiled(tiny, "sameFor", "v-3,1995,1,out,true,,", "v-4,1995,1,out,,,") == [
        ("row 5, column listed", "an empty cell", "true, as in other rows of 1995")
    ]
