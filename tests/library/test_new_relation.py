"""`annex new relation` and `annex new table`: a project that builds at once, and what it gets."""

import json
import re
import runpy

import nbformat
import pytest

from conftest import use_languages
from helpers.annex.cli import main
from helpers.annex.new_table import column_words, described_table, descriptor_edit, started_table
from helpers.language import Text
from helpers.messages import translated
from helpers.tables import required_columns
from helpers.tables.roles import Role


@pytest.fixture
def relation(tmp_path, monkeypatch, capsys):
    """A new relation in some languages, in which the test stands."""

    def made(languages: str):
        root = tmp_path / "lyon-guangzhou"
        assert main(["new", "relation", str(root), "--languages", languages]) == 0
        capsys.readouterr()
        monkeypatch.chdir(root)
        return root

    return made


def test_it_builds_at_once(relation, capsys):
    """Pages in each language with the numbers of the examples, which the page, the build and the
    check call examples; its own test holds."""
    root = relation("de,en,fr")
    assert main(["build"]) == 0
    told = capsys.readouterr().err
    assert told.count("an example; expected a row of your own") == 2
    for lang, word in (("de", "Beispiel, erfunden"), ("en", "Example, made up"), ("fr", "Exemple")):
        page = (root / "annex" / lang / "01_figures.html").read_text(encoding="utf-8")
        assert word in page and re.search(r">21<", page)
    assert main(["check"]) == 1
    assert capsys.readouterr().out.endswith("2 problem(s)\n")
    runpy.run_path(str(root / "tests" / "test_figures.py"))["test_the_first_number"]()


@pytest.mark.parametrize("languages", ["nl,en", "en", "fr", "de,fr"])
def test_check_tells_only_the_examples(relation, capsys, languages):
    """Until they are replaced; of the languages that the project has not, nothing is there."""
    root = relation(languages)
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [re.search(r"found (\S+), an example", line)[1] for line in lines[:-1]] == [
        "example-01", "example-02",
    ]  # fmt: skip
    codes = languages.split(",")
    book = nbformat.read(root / "notebooks" / "01_figures.ipynb", as_version=4)
    tags = [cell.metadata.tags[0] for cell in book.cells if cell.cell_type == "markdown"]
    assert tags == codes * (len(tags) // len(codes))
    table = root / "data" / "numbers.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("example-", "visits-"))
    assert main(["check"]) == 0


def test_its_hedge_words_are_those_of_the_first_language(relation):
    """A document in French says `environ`."""
    root = relation("fr,en")
    rows = (root / "data" / "hedges.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "hedge,below,above,rationale,origin"
    assert any(row.startswith("environ,") for row in rows)


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        ("de,pl", "found 'pl', Polish; expected one of en (English), de (German), fr (French)"),
        ("de,xx", "found 'xx'; expected one of"),
        ("de,de", "found 'de,de'; expected languages, each once"),
    ],
)
def test_other_languages_are_refused(tmp_path, capsys, languages, told):
    """Those without a catalogue, with the list of those that have one; nothing is written."""
    assert main(["new", "relation", str(tmp_path / "a"), "--languages", languages]) == 1
    assert told in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]
    assert translated() == ["en", "de", "fr", "nl"]


def test_a_folder_with_something_in_it_is_refused(tmp_path, capsys):
    """What is there stays; an empty folder will do."""
    (tmp_path / "mine.txt").write_text("x")
    assert main(["new", "relation", str(tmp_path), "--languages", "en"]) == 1
    assert "a folder with mine.txt; expected a new or empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    (tmp_path / "mine.txt").unlink()
    assert main(["new", "relation", str(tmp_path), "--languages", "en"]) == 0
    assert (tmp_path / "data" / "datapackage.json").is_file()


def test_all_or_nothing(tmp_path, capsys, monkeypatch):
    """A folder that can't be put in its place leaves nothing."""

    def stop(made, target):
        raise OSError(28, "No space left on device", str(made), None, str(target))

    monkeypatch.setattr(type(tmp_path), "replace", stop)
    assert main(["new", "relation", str(tmp_path / "a"), "--languages", "en"]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_every_table_can_be_added(relation, capsys):
    """Each role once, and two series, of which the first brings the table of sources: the check
    has nothing against them, and the whole builds."""
    root = relation("de,en")
    before = (root / "data" / "datapackage.json").read_text(encoding="utf-8")
    for name, role in (
        ("visitors", "series"), ("guests", "series"), ("statements", "claims"),
        ("mistakes", "errors"), ("dates", "set_aside"),
    ):  # fmt: skip
        assert main(["new", "table", name, "--role", role]) == 0
    assert "data/sources.csv\ndata/visitors.csv\n" in capsys.readouterr().out
    assert main(["check"]) == 1
    assert capsys.readouterr().out.endswith("2 problem(s)\n")
    after = (root / "data" / "datapackage.json").read_text(encoding="utf-8")
    kept = before[: before.rindex("  }\n ]\n")]  # all tables; the roles stand before them
    assert kept[kept.index('"resources"') :] in after
    assert main(["build"]) == 0
    table = "year,value,last_digit,unit,source\n2020,5,1,visits,a\n2021,7,1,visits,a\n"
    (root / "data" / "visitors.csv").write_text(table)
    source = "id,kind,publisher_de,publisher_en,title,language,url\na,press,Blatt,Paper,Leute,de,\n"
    (root / "data" / "sources.csv").write_text(source)
    assert main(["new", "theme", "visitors"]) == 0
    assert main(["build", "--only", "02_visitors"]) == 0
    assert (root / "tests" / "test_theme_visitors.py").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["numbers2", "--role", "reported"], "the table numbers for reported; expected a role"),
        (["numbers", "--role", "claims"], "numbers, the name of a table; expected a new name"),
        (["report", "--role", "claims"], "report, the name of a document; expected a new name"),
        (["Claims", "--role", "claims"], "'Claims'; expected small letters"),
        (["a", "--role", "claim"], "the role 'claim'; expected one of reported, claims, hedges"),
        (["a", "--role", "sections"], "no document with headings; expected `headings`"),
    ],
)
def test_what_does_not_fit_is_told(relation, capsys, words, told):
    """And nothing is written."""
    root = relation("en")
    before = (root / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert main(["new", "table", *words]) == 1
    assert told in capsys.readouterr().err
    assert (root / "data" / "datapackage.json").read_text(encoding="utf-8") == before


def test_columns_are_those_that_the_library_reads():
    """Each that a role needs has a title, and what a table begins with besides is read."""
    for role in Role:
        needed = {*required_columns.columns(role)} - {*required_columns.optional(role)}
        assert needed <= {*described_table.columns(role, [])}
        assert {*described_table.BEGUN.get(role, ())} <= {*required_columns.optional(role)}
    assert {*started_table.ROLES} == {*column_words.TABLES}


def test_words_stand_in_the_project_s_languages():
    """A plain word is English where the project has it; a column says its language in each."""
    with use_languages(("de", "en")):
        assert described_table.worded("title", Text(de="Jahr", en="Year")) == {
            "title": "Year", "title_de": "Jahr",
        }  # fmt: skip
        table = described_table.described("n", Role.REPORTED, {}, [], {})
        (field,) = [f for f in table["schema"]["fields"] if f["name"] == "subject_de"]
        assert (field["title"], field["title_de"]) == ("Subject (German)", "Gegenstand (Deutsch)")
    with use_languages(("fr",)):
        table = described_table.described("n", Role.REPORTED, {}, [], {})
        assert "subject" in {field["name"] for field in table["schema"]["fields"]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"a": {"b": [1]}}', '{"a": {"b": [1, 2]}}'),
        ('{\n  "a": {\n    "b": [\n      1\n    ]\n  }\n}\n',
         '{\n  "a": {\n    "b": [\n      1,\n      2\n    ]\n  }\n}\n'),
        ('{"x": "]}", "a": {"b": []}}', '{"x": "]}", "a": {"b": [\n 2\n]}}'),
    ],
)  # fmt: skip
def test_an_edit_keeps_the_layout(text, wanted):
    """Only what is added is new, whatever the indentation."""
    assert descriptor_edit.added(text, ["a", "b"], 2) == wanted
    assert json.loads(wanted)["a"]["b"][-1] == 2
