import json
from fractions import Fraction

import pytest

from helpers import checks
from helpers.annex.cli import main


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("1135", [1135]), ("36.784", [36784]), ("20,000", [20000]), ("0,33", ["0.33"]),
        ("€ 15.000", [15000]), ("7.000,-", [7000]), ("8,8%", ["8.8"]),
        ("17,56 miljoen", [17560000]), ("1.5 miljard", [1500000000]),
        ("0.6 billion", [600000000]), ("436 thousand", [436000]), ("100 mln.", [100000000]),
        ("18.000 euro", [18000]), ("twee", []), ("tientallen miljoenen", []), ("7e", []),
    ],
)  # fmt: skip
def test_printed_digits(raw, numbers):
    """What printed digits may be read as, by hand; words are not read."""
    assert checks.printed(raw) == {Fraction(number) for number in numbers}


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
         "tourism.csv, row 3, column last_digit: found an empty cell; expected that of the value"),
        ("report/quantities.csv", ",ruim,11000000000,1000000000,", ",ruim,11000000000,,",
         "column last_digit: found an empty cell; expected that of the value"),
        ("statistics/national_economy.csv", "1995,gdp,330032,1,EUR_m", "1995,gdp,330032,1,persons",
         "national_economy.csv, row 2, column unit: found 'persons'; expected EUR_m, of gdp"),
        ("datapackage.json", '"value": "CNY_100m",', '"whole": true, "value": "CNY_100m",',
         "guangdong_economy.csv, row 2, column value: found 2447.5; expected a whole number of"),
        ("datapackage.json", '"primaryKey": [\n     "criterion"\n    ],', "",
         "datapackage.json, table criteria, primaryKey: found none; expected what names a row"),
        ("report/province_budgets.csv", ",geen afzonderlijk budget voor China,no separate budget "
         "for China,inkomende en uitgaande missies,incoming and outgoing missions,,,\nLimburg",
         ",,no separate budget for China,inkomende en uitgaande missies,incoming and outgoing "
         "missions,,,\nLimburg", "province_budgets.csv, row 2, column remark_nl: found an empty "
         "cell; expected in words what remark_en says"),
        ("report/errata.csv", ",source-02\n", ",source-99\n",
         "errata.csv, row 2, column row: found 'source-99'; expected the key of a row of a table"),
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
    is the same; a cell that names a row of any table names one that is there."""
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
