import csv
import io

import pandas as pd
import pytest

from conftest import q
from helpers import language
from helpers.language import Text
from helpers.spreadsheets import csv_text
from helpers.tabular import Column

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
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", " =1"],
)
def test_a_formula_is_defused(words):
    """A text that a spreadsheet would run gets an apostrophe before it, in cells and headings."""
    rows = read({"who": [words]}, {"who": Column(Text(words, words))})
    assert rows == [[f"'{words}"], [f"'{words}"]]


def test_a_negative_number_stays_a_number():
    """A number below 0 is no formula."""
    assert read({"n": [q(-3)]}, {"n": Column(WHO.label)})[1] == ["-3", "trade-01"]


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
