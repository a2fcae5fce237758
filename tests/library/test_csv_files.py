import csv
import io

import pandas as pd
import pytest

from conftest import q
from helpers import language
from helpers.formats.csv_files import csv_text
from helpers.formats.html_tables import Column
from helpers.language import Text

WHO = Column(Text("wie", "who"))


def read(frame: dict, columns: dict, lang: str = "en") -> list[list[str]]:
    with language.use(lang):
        text = csv_text(pd.DataFrame(frame), columns)
    return list(csv.reader(io.StringIO(text)))


def test_numbers_are_unrounded_and_name_their_evidence():
    """A number stands as it is, with a point in either language, beside the id of its evidence."""
    columns = {"who": WHO, "n": Column(Text("bedrag", "amount"), "0.0")}
    for lang, head in (("nl", "bedrag: nummer in het register"),
                       ("en", "amount: number in the register")):  # fmt: skip
        rows = read({"who": ["a"], "n": [q("17.56", id="trade-05")]}, columns, lang)
        assert rows[0][2] == head
        assert rows[1] == ["a", "17.56", "trade-05"]


def test_unknown_is_an_empty_cell():
    """A missing number, an unknown one and a missing word are empty cells, never 0."""
    frame = {"who": ["a", "b", None], "n": [q(1, id="trade-01"), None, q(None, id="trade-02")]}
    rows = read(frame, {"who": WHO, "n": Column(WHO.label)})
    assert rows[1:] == [["a", "1", "trade-01"], ["b", "", ""], ["", "", "trade-02"]]


def test_a_range_is_two_columns():
    """A column that shows a range has its bounds; a missing bound is an empty cell."""
    columns = {"who": WHO, "n": Column(Text("n", "n"), "range 0")}
    rows = read({"who": ["a", "b"], "n": [q(2, 1, 3), q(5, 5, None)]}, columns)
    assert rows == [["who", "n, lower bound", "n, upper bound"], ["a", "1", "3"], ["b", "5", ""]]


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "\0=1",
        "\xa0=1",
        "=",
        "-",
        "--1",
        '="a"',
        "-x",
        "+31 30 258 91 11",
    ],
)
def test_a_formula_is_defused(words):
    """A text that a spreadsheet would run gets an apostrophe before it, in cells and headings."""
    rows = read({"who": [words]}, {"who": Column(Text(words, words))})
    assert rows == [[f"'{words}"], [f"'{words}"]]


@pytest.mark.parametrize(
    ("words", "defused"),
    [
        ('a;"=1', "a;'\"=1"), ('a; "" =1', "a;' \"\" =1"),
        ("a;=1", "a;'=1"), ("a; +1", "a;' +1"), ("a\t@x", "a\t'@x"), ("a\n-1", "a\n'-1"),
        ("=1;=2", "'=1;'=2"), ("a;\n=1", "a;'\n'=1"),
    ],
)  # fmt: skip
def test_a_formula_in_the_middle_is_defused(words, defused):
    """A spreadsheet that reads semicolons for commas starts a cell behind each, quotes or not; so
    does one that reads tabs, and a line break starts a row for both."""
    assert read({"who": [words]}, {"who": WHO})[1] == [defused]


@pytest.mark.parametrize("words", ["a-1", "a =1", "2 - 1", "1;2", "a; b", "'=1", "a,=1", "€ -1"])
def test_other_words_stay_as_they_are(words):
    """What no spreadsheet takes for the start of a formula gets no apostrophe."""
    assert read({"who": [words]}, {"who": WHO})[1] == [words]


@pytest.mark.parametrize(
    ("number", "written"),
    [("-3", "-3"), ("-0.5", "-0.5"), ("-1234567", "-1234567"), ("-0.000001", "-1e-06"),
     ("-17.56", "-17.56"), ("0", "0")],
)  # fmt: skip
def test_a_negative_number_stays_a_number(number, written):
    """A number below 0 is no formula, as a value and as both bounds."""
    columns = {"n": Column(WHO.label), "r": Column(WHO.label, "range 0.0")}
    row = read({"n": [q(number)], "r": [q(number)]}, columns)[1]
    assert row == [written, "trade-01", written, written]


def test_the_name_of_a_number_is_no_formula():
    """The key of a row may come from words; where it is named it runs nothing."""
    row = read({"n": [q(-3, id="=HYPERLINK()")]}, {"n": Column(WHO.label)})[1]
    assert row == ["-3", "'=HYPERLINK()"]


def test_commas_and_quotes_are_quoted():
    """A text with a comma, quote or line break is one cell."""
    assert read({"who": ['a, "b"\nc']}, {"who": WHO})[1] == ['a, "b"\nc']


def test_dates_are_those_of_the_standard():
    """A month is written as ISO 8601 has it, in either language."""
    frame = {"who": [pd.Period("2017-03", "M")]}
    assert read(frame, {"who": WHO}, "nl")[1] == ["2017-03"]


def test_labels_and_years():
    """Values are called as the page calls them, and years are plain."""
    columns = {
        "who": Column(WHO.label, names={"x": Text("ja", "yes")}), "y": Column(WHO.label, year=True)
    }  # fmt: skip
    assert read({"who": ["x"], "y": [2017]}, columns, "nl")[1] == ["ja", "2017"]
