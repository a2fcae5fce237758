"""What a researcher finds in an Excel file."""

import openpyxl
import pandas as pd

from conftest import EXAMPLE
from helpers import tables


def cells(path) -> list[list]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def test_to_excel_writes_numbers(tmp_path):
    """A measured column is a column of numbers, with nothing where the value is missing; texts and
    plain numbers stay what they are."""
    reported = tables.reported_numbers(EXAMPLE / "data")
    known = reported[reported.notna()].iloc[:2]
    frame = pd.DataFrame({"value": known, "word": ["a", "b"], "n": [1, 2]})
    frame = pd.concat([frame, pd.DataFrame({"word": ["c"], "n": [3]}, index=["none"])])
    frame.to_excel(tmp_path / "a.xlsx")
    header, *rows = cells(tmp_path / "a.xlsx")
    assert header[1:] == ["value", "word", "n"]
    assert [row[1] for row in rows[:2]] == [float(cell) for cell in known]
    assert [row[2:] for row in rows] == [["a", 1], ["b", 2], ["c", 3]]
    assert rows[2][1] is None


def test_several_tables_in_one_file(tmp_path):
    """A sheet per table, by pandas' own writer; objects that are quantities are numbers too."""
    reported = tables.reported_numbers(EXAMPLE / "data")
    known = reported[reported.notna()].iloc[:1]
    with pd.ExcelWriter(tmp_path / "b.xlsx") as file:
        known.to_frame("a").to_excel(file, sheet_name="one")
        known.astype(object).to_frame("b").to_excel(file, sheet_name="two")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert [sheet["B2"].value for sheet in book] == [float(known.iloc[0])] * 2
