"""`annex new theme`: a notebook, a row in the README and a test, all or none."""

import csv
import json
import os
import re
import runpy
import shutil

import nbformat
import pytest
from bs4 import BeautifulSoup

from conftest import EXAMPLE, OTHER, notebook
from helpers import language
from helpers.annex.cli import main
from helpers.annex.new_theme import starting_rows, theme_names, theme_texts
from helpers.annex.run import notebook_rules

README = (
    "# A project\n\n| Theme | Finding | Notebook |\n|---|---|---|\n"
    "| First | Found. | [01_first](notebooks/01_first.ipynb) |\n\nAfter it.\n"
)


@pytest.fixture
def root(project):
    """A project with a notebook, a README with a table of themes, and tests."""
    found = project(_01_first=notebook())
    (found / "data").unlink()
    shutil.copytree(EXAMPLE / "data", found / "data")
    (found / "README.md").write_text(README, encoding="utf-8")
    (found / "tests" / "evaluation").mkdir(parents=True)
    return found


def files(root) -> dict[str, bytes]:
    """The content of every file of a project."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*")) if path.is_file()
    }  # fmt: skip


def test_it_makes_three_files(root, capsys):
    """The notebook after the last one, a row below the last, and a test; their paths are told."""
    before = files(root)
    assert main(["new", "theme", "bridges"]) == 0
    printed = capsys.readouterr().out.splitlines()
    made = ["notebooks/02_bridges.ipynb", "README.md", "tests/evaluation/test_theme_bridges.py"]
    assert printed[:3] == made
    assert printed[3] == (
        "Its figures are those of the table foreign_investment; --table NAME takes another."
    )
    assert printed[4].startswith("Now write what is marked [to be written]")
    after = files(root)
    assert {name for name in after if after[name] != before.get(name)} == {*made}
    row = (
        "| Bridges | What the figures on bridges show is [to be written]. "
        "| [02_bridges](notebooks/02_bridges.ipynb) |\n"
    )
    assert after["README.md"].decode() == README.replace("\n\nAfter", f"\n{row}\nAfter")


def test_it_builds_at_once(root, capsys):
    """The whole annex with its page in both languages, a chart, and two tables; the line of the
    front page is that of the README. Check and build warn of what is not written. A theme of the
    table of claims has a section with its verdicts besides."""
    assert main(["new", "theme", "trade"]) == 0
    capsys.readouterr()
    assert main(["check"]) == 0
    warned = "annex: warning: notebooks/02_trade.ipynb: found '[nog te schrijven]' or '[to be"
    assert warned in capsys.readouterr().err
    assert main(["build"]) == 0
    assert warned in capsys.readouterr().err
    for lang, number in (("nl", "13,1"), ("en", "13.1")):
        html = (root / "annex" / lang / "02_trade.html").read_text(encoding="utf-8")
        page = BeautifulSoup(html, "html.parser")
        assert len(page.select("figure.chart")) == 1
        assert len(page.select(".body > .table > table:not(:has(.mark))")) == 2
        assert number in page.select_one(".finding").text
    front = BeautifulSoup((root / "annex/en/index.html").read_text(encoding="utf-8"), "html.parser")
    line = front.select_one(".themes li:has(a[href='02_trade.html']) p").text
    assert line in (root / "README.md").read_text(encoding="utf-8")
    (shown,) = page.select("table:has(.mark)")
    assert [[cell.text for cell in row.select("td")] for row in shown.select("tbody tr")] == [
        ["Exports were over twelve million", "○ undecided", "● reproduced"],
        ["Imports as in section five", "○ undecided", "no series"],
    ]


def test_its_test_holds(root):
    """The made test is true of the data, and fails when the value changes."""
    assert main(["new", "theme", "bridges"]) == 0
    path = str(root / "tests/evaluation/test_theme_bridges.py")
    check = "test_the_last_value_of_bridges"
    runpy.run_path(path)[check]()
    table = root / "data/statistics/foreign_investment.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("13.1", "14.1"), encoding="utf-8")
    with pytest.raises(AssertionError):
        runpy.run_path(path)[check]()


def test_every_open_place_is_told(root):
    """Each cell of the notebook with a mark counts; when all are written nothing is told."""
    assert main(["new", "theme", "bridges"]) == 0
    path = root / "notebooks/02_bridges.ipynb"
    book = nbformat.read(path, as_version=4)
    marked = [cell for cell in book.cells if "[nog te" in cell.source or "[to be" in cell.source]
    (problem,) = notebook_rules.unwritten([path])
    assert f" in {len(marked)} cells, first in the cell that begins" in problem.found
    for cell in book.cells:
        cell.source = re.sub(r"\[(nog te schrijven|to be written)\]", "x", cell.source)
    nbformat.write(book, path)
    assert list(notebook_rules.unwritten([path])) == []


def test_a_theme_without_claims_shows_no_verdicts(root):
    """Where the table of claims has no such theme, there is no section of them."""
    assert main(["new", "theme", "other"]) == 0
    assert "Ledger" not in (root / "notebooks/02_other.ipynb").read_text(encoding="utf-8")


def table(root, name: str, key: list[str], rows: list[list], **properties) -> None:
    """Add a series to the project: columns `key`, a value in euros, and the source."""
    path = root / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    types = {"year": "integer", "value": "number"}
    columns = [*key, "value", "source"]
    fields = [
        {"name": each, "type": types.get(each, "string"), "title": f"{each} of it",
         "title_nl": f"{each} daarvan"} for each in columns
    ]  # fmt: skip
    fields[-2] |= {"unit": "EUR", "last_digit": 1, **properties}
    link = {"fields": ["source"],
            "reference": {"resource": "statistics_sources", "fields": ["id"]}}  # fmt: skip
    package["resources"].insert(0, {
        "name": name, "path": f"{name}.csv", "title": "Tolls", "title_nl": "Tollen",
        "schema": {"fields": fields, "primaryKey": key, "foreignKeys": [link]},
    })  # fmt: skip
    path.write_text(json.dumps(package), encoding="utf-8")
    with (root / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *([*row, "count-2019"] for row in rows)])


TOLLS = [["2001", 'the "old"', 5], ["2001", "new", 7], ["2002", "new", 8], ["2003", "new", ""],
         ["2004", "new", 9]]  # fmt: skip


def test_it_begins_with_the_longest_series(root):
    """Of a table with several values in a year it takes those of one kind, without empty ones."""
    table(root, "tolls", ["year", "kind"], TOLLS)
    found = starting_rows.find(root / "data", "tolls", "x")
    assert found.same == {"kind": "new"}
    assert found.rows.year.tolist() == [2001, 2002, 2004]
    assert main(["new", "theme", "tolls_of_19", "--table", "tolls"]) == 0
    assert main(["build", "--only", "02_tolls_of_19"]) == 0
    made = (root / "tests/evaluation/test_theme_tolls_of_19.py").read_text(encoding="utf-8")
    assert 'LAST = "2004|new"' in made
    assert 'assert (float(value), value.unit) == (9.0, "EUR")' in made


def test_figures_of_names_stay_out_of_prose(root):
    """Titles and descriptions with a figure would stop the build: only data give figures."""
    table(
        root, "tolls", ["year", "kind"], [["2001", "under 18", 5], ["2002", "under 18", 6]],
        description="Of 2 gates.", description_nl="Van 2 poorten.",
    )  # fmt: skip
    assert main(["new", "theme", "tolls"]) == 0
    assert main(["build"]) == 0
    book = nbformat.read(root / "notebooks/02_tolls.ipynb", as_version=4)
    prose = "".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    assert not re.search(r"\d", prose)
    table(root, "gates", ["year"], [["2001", 5], ["2002", 6]], title="Gate 2", title_nl="Poort 2")
    assert starting_rows.find(root / "data", None, "gates").table == "tolls"


def test_the_table_with_its_name_comes_first(root):
    """Without --table: the table that is called as the theme, or else the first suitable one."""
    table(root, "tolls", ["year", "kind"], TOLLS)
    data = root / "data"
    assert starting_rows.find(data, None, "foreign_investment").table == "foreign_investment"
    assert starting_rows.find(data, None, "other").table == "tolls"


@pytest.mark.parametrize("name", ["", "1st", "a-b", "a b", "../a", "é", "_a", "a/b", "a.ipynb"])
def test_a_name_of_other_characters_is_refused(root, capsys, name):
    """Nothing is written, and the message says what a name is made of."""
    before = files(root)
    assert main(["new", "theme", name]) == 1
    assert capsys.readouterr().err == (
        f"annex: annex new theme: found {name!r}; expected letters (a to z), digits and "
        "underscores, a letter first. Such as air_quality.\n"
    )
    assert files(root) == before


def test_readers_can_tell_it_from_the_others(root, capsys):
    """A short name that a notebook has gets a word more; a title that one has is refused."""
    path = root / "notebooks/01_first.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"en": "Title"', '"en": "Tolls"'))
    assert main(["new", "theme", "tolls_a_1"]) == 0
    assert main(["new", "theme", "tolls"]) == 0
    book = nbformat.read(root / "notebooks/03_tolls.ipynb", as_version=4)
    assert book.metadata.annex == {"nl": "Tolls, nieuw", "en": "Tolls, new"}
    assert "| Tolls, new | What the figures" in (root / "README.md").read_text(encoding="utf-8")
    before = files(root)
    assert main(["new", "theme", "tolls_a_2"]) == 1
    assert (
        "found 'Wat laten de cijfers over tolls a zien?', as in 02_tolls_a_1.ipynb; expected a "
        "name with words of its own, as titles have no figures"
    ) in capsys.readouterr().err
    assert files(root) == before


@pytest.mark.parametrize("name", ["first", "FIRST"])
def test_a_theme_that_is_there_is_refused(root, capsys, name):
    """Whatever its number, and its capitals, which some systems do not tell apart."""
    before = files(root)
    assert main(["new", "theme", name]) == 1
    assert "which is there: notebooks/01_first.ipynb" in capsys.readouterr().err
    assert files(root) == before
    (root / "tests/evaluation/test_theme_second.py").write_text("", encoding="utf-8")
    assert main(["new", "theme", "second"]) == 1
    assert "which is there: test_theme_second.py" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missions", "the table 'missions' without a year and a measured column"),
        ("investments", "no table 'investments'"),
    ],
)
def test_a_table_that_does_not_do_is_refused(root, capsys, name, told):
    """With those that do."""
    before = files(root)
    assert main(["new", "theme", "bridges", "--table", name]) == 1
    error = capsys.readouterr().err
    assert told in error and "foreign_investment" in error
    assert files(root) == before


def test_without_a_suitable_table_it_says_so(root, capsys):
    """None with a year and measured values, and none with two of them."""
    path = root / "data/statistics/foreign_investment.csv"
    path.write_text("year,value_eur_m,source\n2016,8.2,count-2019\n", encoding="utf-8")
    assert main(["new", "theme", "bridges"]) == 1
    assert "no two years with a value of one kind in foreign_investment" in capsys.readouterr().err
    descriptor = root / "data/datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(text.replace('"year"', '"jaar"'), encoding="utf-8")
    path.write_text("jaar,value_eur_m,source\n2016,8.2,count-2019\n", encoding="utf-8")
    assert main(["new", "theme", "bridges"]) == 1
    assert "no table to begin with" in capsys.readouterr().err


@pytest.mark.parametrize("blocked", ["notebooks", "README.md", "tests/evaluation"])
def test_all_or_nothing(root, monkeypatch, capsys, blocked):
    """A file that can't be put in its place leaves all as it was, without traces."""
    before = files(root)
    replace = type(root).replace

    def stop(made, target):
        if str(target).startswith(str(root / blocked)):
            raise OSError(28, "No space left on device", str(made), None, str(target))
        return replace(made, target)

    monkeypatch.setattr(type(root), "replace", stop)
    assert main(["new", "theme", "bridges"]) == 1
    error = capsys.readouterr().err
    assert str(root / blocked) in error and "No space left on device" in error
    assert "Nothing was written" in error
    assert files(root) == before


def test_after_an_interruption_nothing_is_left(root, monkeypatch):
    """Ctrl-C while the second file is put in its place: as before."""
    before = files(root)
    replace = type(root).replace

    def stop(made, target):
        if target.name == "README.md":
            raise KeyboardInterrupt
        return replace(made, target)

    monkeypatch.setattr(type(root), "replace", stop)
    assert main(["new", "theme", "bridges"]) == 130
    assert files(root) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_closed(root, capsys):
    """As above, by the system itself."""
    before = files(root)
    (root / "tests/evaluation").chmod(0o500)
    assert main(["new", "theme", "bridges"]) == 1
    assert "Permission denied" in capsys.readouterr().err
    assert files(root) == before


def test_what_a_project_lacks_is_told(root, capsys):
    """Without a README, or a table in it, and without tests the notebook is made, and the rest is
    said to be left out."""
    (root / "README.md").write_text("# No table\n", encoding="utf-8")
    shutil.rmtree(root / "tests")
    assert main(["new", "theme", "bridges"]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "notebooks/02_bridges.ipynb",
        "left out: a row in README.md, which has no table of themes",
        "left out: its test, as this project has no folder tests",
    ]
    (root / "README.md").unlink()
    assert main(["new", "theme", "towers", "--project", str(root)]) == 0
    assert "left out: a row in README.md, which this project does not have" in (
        capsys.readouterr().out
    )
    assert (root / "notebooks/03_towers.ipynb").exists()


def test_it_is_numbered_after_the_last(project, capsys):
    """In a project without notebooks it is the first; after 99 the numbers need another digit."""
    root = project()
    assert main(["new", "theme", "one"]) == 0
    assert (root / "notebooks/01_one.ipynb").exists()
    nbformat.write(notebook(**OTHER), root / "notebooks/99_last.ipynb")
    capsys.readouterr()
    assert main(["new", "theme", "two"]) == 1
    assert "a notebook with the number 99; expected a number after it" in capsys.readouterr().err


def test_line_ends_and_other_rows_of_the_readme_stay(root):
    """The row ends as its neighbours do, also as the last line of the file."""
    text = README.replace("\n\nAfter it.\n", "").replace("\n", "\r\n")
    names = theme_names.choose(root, "a_b")
    assert theme_texts.with_row(text, names) == text + (
        "\n| A b | What the figures on a b show is [to be written]. "
        "| [02_a_b](notebooks/02_a_b.ipynb) |\n"
    )
    assert theme_texts.with_row(README.replace("\n", "\r\n"), names).count("\r\n") == 8
    assert theme_texts.with_row("| a | b |\n", names) == ""


def test_every_language_is_there(root):
    """Prose stands in pairs, one of each language, and no cell is against the style."""
    assert main(["new", "theme", "trade"]) == 0
    path = root / "notebooks/02_trade.ipynb"
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    tags = [cell.metadata.tags[0] for cell in book.cells if cell.cell_type == "markdown"]
    assert tags == [*language.languages()] * (len(tags) // 2)
    assert list(notebook_rules.style([path], stored=True)) == []


def test_a_name_whose_title_is_too_long_is_refused(root, capsys):
    """The theme would not build."""
    assert main(["new", "theme", "air_quality_and_noise_in_cities"]) == 1
    assert "expected at most 54 characters. Choose a shorter name" in capsys.readouterr().err
