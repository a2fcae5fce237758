import json
import shutil

import pandas as pd
import pytest

from conftest import VISITS
from helpers.errors import DataError
from helpers.tables import display_names, frames


def test_types(tiny):
    """Whole numbers stay nullable, closed lists are categories, empty is missing, never 0."""
    frame = frames.load("visits", tiny)
    assert frame.year.dtype == "Int64"
    assert frame.year.tolist() == [1995, pd.NA]
    assert frame.direction.dtype == "category"
    assert frame.listed.tolist() == [True, False]
    assert frame.when[0] == pd.Period("1995-01", freq="M")
    assert frame.cost.isna().tolist() == [False, True]
    assert frame.place.isna().tolist() == [False, True]


SPOILED = {
    "duplicate header": ("id,year,cost", "id,year,year", "row 1, column year", "2 times"),
    "missing column": (",cost,", ",", "row 1, column cost", "no such column"),
    "extra column": ("when,place\n", "when,place,more\n", "row 1, column more", "or describe it"),
    "order of columns": ("id,year", "year,id", "row 1", "the order id, year"),
    "short row": ("v-2,,,in,false,,", "v-2,,,in,false", "row 3", "7 cells"),
    "long row": ("v-2,,,in,false,,", "v-2,,,in,false,,,", "row 3", "7 cells"),
    "NA": ("v-2,,", "v-2,NA,", "row 3, column year", "an empty cell"),
    "leading zeros": ("1995,12.5", "01995,12.5", "row 2, column year", "1995"),
    "infinite": ("12.5", "inf", "row 2, column cost", "an empty cell"),
    "decimal comma": ("12.5", '"12,5"', "row 2, column cost", "12.5"),
    "unknown word": (",out,", ",up,", "row 2, column direction", "one of out, in"),
    "unknown key": ("1995-01,Utrecht", "1995-01,Atlantis", "row 2, column place", "places.csv"),
    "used twice": ("v-2", "v-1", "row 3, column id", "row 2"),
    "open quote": ("v-2", '"v-2', "row 3", "balanced quotes"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_refuses_by_place(tiny, case):
    """Each kind of flaw is refused with file, row and column, and what would be right."""
    old, new, place, right = SPOILED[case]
    path = tiny / "visits.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as error:
        frames.load("visits", tiny)
    message = str(error.value)
    assert "visits.csv" in message
    assert place in message
    assert right in message


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_other_marks_for_commas_are_one_problem(tiny, mark, name):
    """A table that a spreadsheet saved with another mark between its columns is told in a line."""
    path = tiny / "visits.csv"
    path.write_text(path.read_text().replace(",", mark))
    (problem,) = frames.problems(tiny)
    assert problem.place.endswith("visits.csv, row 1")
    assert (problem.found, problem.expected) == (
        f"{name} between the columns", "commas, in every row"
    )  # fmt: skip


def test_another_kind_of_unicode_is_named(tiny):
    """A table that was saved as UTF-16 is told as such."""
    path = tiny / "places.csv"
    path.write_text(path.read_text(), encoding="utf-16")
    (problem,) = frames.problems(tiny)
    assert (problem.found, problem.expected) == ("text saved as UTF-16", "text saved as UTF-8")


def test_refuses_other_encodings(tiny):
    """Bytes that are not UTF-8 are refused with their row."""
    (tiny / "places.csv").write_bytes(b"place\nUtrecht\nFrysl\xe2n\n")
    (problem,) = frames.problems(tiny)
    assert "places.csv, row 3" in str(problem)
    assert "UTF-8" in problem.expected


def test_accepts_what_spreadsheets_write(tiny):
    """A byte-order mark, CRLF and needless quotes change nothing."""
    before = frames.load("visits", tiny)
    path = tiny / "visits.csv"
    text = path.read_text(encoding="utf-8").replace("v-1", '"v-1"').replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    pd.testing.assert_frame_equal(frames.load("visits", tiny), before)


def test_reports_every_problem(tiny):
    """One run names all problems of all tables, not the first."""
    (tiny / "places.csv").write_text("place\nUtrecht\nUtrecht\n", encoding="utf-8")
    (tiny / "visits.csv").write_text(
        "id,year,cost,direction,listed,when,place\nv-1,NA,1,up,true,,Atlantis\n", encoding="utf-8"
    )
    (tiny / "stray.csv").write_text("a\n", encoding="utf-8")
    found = "\n".join(map(str, frames.problems(tiny)))
    for place in (
        "places.csv, row 3",
        "column year",
        "column direction",
        "column place",
        "stray.csv",
    ):
        assert place in found


def test_missing_table(tiny):
    """A table that the descriptor names and nobody wrote is a problem, not an empty frame."""
    (tiny / "places.csv").unlink()
    with pytest.raises(DataError, match=r"places\.csv: found no such file"):
        frames.load("places", tiny)


def test_folder_in_place_of_a_table(tiny):
    """What can't be read at all is named with the reason."""
    (tiny / "places.csv").unlink()
    (tiny / "places.csv").mkdir()
    (problem,) = frames.problems(tiny)
    assert "directory" in problem.found


def test_empty_file(tiny):
    """An empty file is a problem, not an empty frame."""
    (tiny / "places.csv").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="an empty file"):
        frames.load("places", tiny)


def test_unknown_table(tiny):
    """Asking for a table that is not there names those that are."""
    with pytest.raises(DataError, match="one of places, visits"):
        frames.load("visit", tiny)


def test_labels(tiny):
    """The values of a closed list have names in both languages, from the descriptor."""
    labels = display_names.labels("visits", "direction", tiny)
    assert tuple(labels["out"]) == ("uitgaand", "outgoing")


@pytest.mark.parametrize(
    ("spoil", "right"),
    [
        (lambda p: p["resources"][0]["schema"]["fields"][0].update(type="date"), "one of boolean"),
        (lambda p: p["resources"][0]["schema"].update(primaryKey=["town"]), "columns of the table"),
        (lambda p: p["resources"].pop(0), "a table of the package"),
        (lambda p: p["resources"][0].update(schema=None), "a column per field"),
        (lambda p: p["resources"][0]["schema"]["fields"][0].update(constraints=None), "an object"),
        (
            lambda p: p["resources"][0]["schema"]["fields"][0].update(constraints={"enum": 3}),
            "a list of words",
        ),
        (
            lambda p: p["resources"][0]["schema"]["fields"][0].update(constraints={"minimum": 3}),
            "on numbers only",
        ),
        (lambda p: p["resources"][0]["schema"].update(primaryKey=7), "a list of columns"),
        (lambda p: p["resources"][0]["schema"].update(foreignKeys="x"), "fields and reference"),
        (
            lambda p: p["resources"][0]["schema"]["fields"].append(
                {"name": "place", "type": "string"}
            ),
            "a name of its own for each column",
        ),
        (lambda p: p.pop("resources"), "a list of tables"),
        (lambda p: p["resources"].append(p["resources"][0]), "a name of its own"),
        (lambda p: p["resources"][0].update(path="../places.csv"), "a CSV file in the data folder"),
        (lambda p: p["resources"][0].pop("schema"), "a column per field"),
        (lambda p: p["resources"][0]["schema"]["fields"][0].pop("name"), "a column per field"),
        (
            lambda p: p["resources"][1]["schema"]["fields"][1].update(constraints={"minimum": "x"}),
            "a number as minimum",
        ),
        (
            lambda p: p["resources"][0]["schema"]["fields"][0].update(constraints={"pattern": "("}),
            "a regular expression",
        ),
    ],
)
def test_descriptor_flaws(tiny, spoil, right):
    """A descriptor that can't be used is refused by place, too."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    spoil(package)
    path.write_text(json.dumps(package), encoding="utf-8")
    (problem, *_) = frames.problems(tiny)
    assert "datapackage.json" in problem.place
    assert right in problem.expected


@pytest.mark.parametrize("place", [("primaryKey",), ("foreignKeys", 0, "fields")])
def test_a_key_of_columns_without_a_name(tiny, place):
    """Columns of a key that no table has are shown in one order, each in quotes: one may be
    empty."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = next(t for t in package["resources"] if t["name"] == "visits")["schema"]
    *way, last = place
    for part in way:
        schema = schema[part]
    schema[last] = ["town", "", "area", "road", "mark", "lake"]
    path.write_text(json.dumps(package), encoding="utf-8")
    found = [p.found for p in frames.problems(tiny) if p.expected.startswith("columns of the")]
    assert found == ["'', 'area', 'lake', 'mark', 'road', 'town'"]


def test_descriptor_not_json(tiny):
    """A descriptor that is not JSON is refused by name."""
    (tiny / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="valid JSON"):
        frames.load("places", tiny)


def test_header_and_nothing_else(tiny):
    """A table may have no rows yet: only what names one of them is told."""
    (tiny / "visits.csv").write_text(f"{VISITS.splitlines()[0]}\n")
    assert frames.problems(tiny) == []
    assert frames.load("visits", tiny).shape == (0, 7)
    (tiny / "visits.csv").write_text(VISITS)
    (tiny / "places.csv").write_text("place\n")
    (problem,) = frames.problems(tiny)
    assert problem.found == "'Utrecht'"


def test_key_is_never_empty(tiny):
    """A row without its key can't be named: file, row and column are."""
    visits = tiny / "visits.csv"
    visits.write_text(visits.read_text().replace("v-2,", ","))
    described = (tiny / "datapackage.json").read_text()
    (tiny / "datapackage.json").write_text(
        described.replace('"name": "id", "type": "string", "constraints": {"required": true}',
                          '"name": "id", "type": "string"')
    )  # fmt: skip
    (problem,) = frames.problems(tiny)
    assert str(problem).endswith(
        "row 3, column id: found an empty cell; expected a value, as it names the row"
    )


def test_a_bad_key_is_said_once(tiny):
    """Where a row's key can't be read, rows that lead to it are not called wrong as well."""
    (tiny / "places.csv").write_text("place\n Utrecht\n")
    (problem,) = frames.problems(tiny)
    assert "places.csv, row 2, column place" in problem.place


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"path": "places.csv"', '"path": "visits.csv"', "tables places, visits; expected one"),
        ('"path": "places.csv"', '"dialect": {}, "path": "places.csv"', "places: found dialect {}"),
        ('"label": "incoming", ', "", "column direction: found the category {'value': 'in'"),
        ('"enum": ["out", "in"]', '"enum": ["out"]', "expected the values of categories: out, in"),
        ('"name": "cost", ', '"copyOf": {"key": "id"}, "name": "cost", ', "cost: found the copyOf"),
        ('"name": "cost", ', '"categories": 7, "name": "cost", ', "found categories 7; expected"),
        ('"type": "integer"', '"period": true, "type": "integer"', "column year: found period on"),
    ],
)
def test_descriptor_that_misleads(tiny, old, new, message):
    """What the descriptor says and the reader would not follow is an error."""
    path = tiny / "datapackage.json"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    assert message in "\n".join(map(str, frames.problems(tiny)))


def test_a_table_that_changes_is_read_anew(tiny):
    """A file that is written over between two calls gives its new rows."""
    before = frames.load("places", tiny)
    (tiny / "places.csv").write_text("place\nUtrecht\nZeist\n", encoding="utf-8")
    assert before.place.tolist() == ["Utrecht"]
    assert frames.load("places", tiny).place.tolist() == ["Utrecht", "Zeist"]


def test_a_key_whose_target_changes_is_looked_up_anew(tiny):
    """A value of a foreign key is refused once the table it leads to has lost it."""
    frames.load("visits", tiny)
    (tiny / "places.csv").write_text("place\nZeist\n", encoding="utf-8")
    with pytest.raises(DataError, match="found 'Utrecht'"):
        frames.load("visits", tiny)


def test_a_description_that_changes_is_read_anew(tiny):
    """A rule that is added to the descriptor between two calls holds for the second."""
    frames.load("visits", tiny)
    path = tiny / "datapackage.json"
    path.write_text(path.read_text().replace('"minimum": 1980', '"minimum": 2000'))
    with pytest.raises(DataError, match="at least 2000"):
        frames.load("visits", tiny)


def test_who_changes_a_frame_changes_no_other(tiny):
    """A caller that changes cells, columns or names of its frame leaves those of the next."""
    frame = frames.load("places", tiny)
    frame.loc[0, "place"] = "Zeist"
    frame.index.name, frame.columns.name = "row", "column"
    frame["more"] = 1
    again = frames.load("places", tiny)
    assert again.to_dict("list") == {"place": ["Utrecht"]}
    assert (again.index.name, again.columns.name) == (None, None)


def test_equal_tables_of_two_folders_keep_their_places(tiny, tmp_path):
    """The same flaw in two folders is said of the file in each."""
    (tiny / "places.csv").write_text("place\nUtrecht \n", encoding="utf-8")
    other = shutil.copytree(tiny, tmp_path / "other")
    assert [str(folder) in str(frames.problems(folder)[0]) for folder in (tiny, other)] == [1, 1]


def test_a_foreign_key_names_the_file_by_its_path(tiny):
    """Two tables may have files of one name in different folders."""
    (tiny / "more").mkdir()
    (tiny / "places.csv").rename(tiny / "more" / "places.csv")
    path = tiny / "datapackage.json"
    path.write_text(path.read_text().replace('"places.csv"', '"more/places.csv"'))
    visits = tiny / "visits.csv"
    visits.write_text(visits.read_text().replace("Utrecht", "Zeist"))
    (problem,) = frames.problems(tiny)
    assert problem.expected == "a value of place in more/places.csv"


@pytest.mark.parametrize("name", ["KOPIE.CSV", "copy.tsv", "old.xlsx", "more/rest.json", "notes"])
def test_a_file_that_no_table_describes_is_told(tiny, name):
    """Whatever its name: a reader would take it for part of the data."""
    (tiny / name).parent.mkdir(exist_ok=True)
    (tiny / name).write_text("")
    (problem,) = frames.problems(tiny)
    assert str(problem) == (
        f"{tiny / name}: found a file that no table describes; "
        "expected a table described in datapackage.json. Describe it there, or remove it."
    )


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", ".ipynb_checkpoints/visits.csv", "README.md", "more/LICENSE"]
)
def test_files_that_nobody_takes_for_data_are_passed_over(tiny, name):
    """What a system leaves, and words about the tables."""
    (tiny / name).parent.mkdir(exist_ok=True)
    (tiny / name).write_text("")
    assert frames.problems(tiny) == []


def test_a_limit_says_where_it_stands(tiny):
    """Who adds a year beyond it is told what to change."""
    visits = tiny / "visits.csv"
    visits.write_text(visits.read_text().replace("1995,", "1979,"))
    (problem,) = frames.problems(tiny)
    assert problem.expected == "at least 1980, the `minimum` of year in datapackage.json"
