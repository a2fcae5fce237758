import ast

import nbformat
import pytest

from conftest import NAMES, ROOT
from helpers import language
from helpers.errors import DataError
from helpers.tables import display_names, frames, sections, sources


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [
        ("5.1.2", "evaluatie, paragraaf 5.1.2", "evaluation, section 5.1.2"),
        ("7", "evaluatie, hoofdstuk 7", "evaluation, chapter 7"),
        ("Appendix 3", "evaluatie, bijlage 3", "evaluation, appendix 3"),
        ("Summary", "evaluatie, samenvatting", "evaluation, summary"),
    ],
)
def test_sections(number, nl, en):
    """A section is named as each language names it."""
    assert tuple(sections.label(number)) == (nl, en)


def test_line_groups_by_section():
    """Figures of one section share its mention; a series is named by publisher and table."""
    cited = [sources.cite(item) for item in ("trade-04", "trade-05", "cbs-83028ned")]
    with language.use("en"):
        line = sources.line(cited)
    title = "In-, (weder)uitvoer, SITC (1 digit), landen(groepen), 2002-2022"
    assert line == f"trade-04, trade-05 (evaluation, section 5.1.2); CBS, {title}"


def test_line_parts_what_has_commas():
    """Sections are told apart, though their names have a comma."""
    with language.use("en"):
        line = sources.line(sources.cite_all(["Appendix 3", "4.2"]))
    assert line == "evaluation, appendix 3; evaluation, section 4.2"


def test_series_lead_to_their_publisher():
    """A series has an address, its title and its licence."""
    source = sources.cite("cbs-83028ned")
    assert source.url.startswith("https://")
    assert "CC BY 4.0" in source.detail.en


@pytest.mark.parametrize(
    ("name", "near"),
    [("5.9.9", "5.1.7"), ("Appendix 9", "Appendix 4"), ("summary", "Summary"), ("trade-5", "trad")],
)
def test_what_can_not_be_cited_is_told(name, near):
    """A section, number or series that there is not is refused with the nearest that there is."""
    with pytest.raises(DataError, match=rf"source: found '{name}'; .* such as '{near}"):
        sources.cite(name)


@pytest.mark.parametrize("name", ["Summary", "2.2", "5.1.7", "8", "Appendix 1"])
def test_every_section_can_be_cited(name):
    """A section can be cited whether or not a row comes from it."""
    assert sources.cite(name).label == sections.label(name)


def test_a_row_added_while_a_notebook_is_open_can_be_cited(data_copy, monkeypatch):
    """What was read belongs to the bytes of the files: a new section, and a word changed to one as
    long, are found in the next call."""
    monkeypatch.setenv("ANNEX_DATA", str(data_copy))
    with pytest.raises(DataError):
        sources.cite("9.9")
    table = data_copy / "report" / "sections.csv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows + rows.splitlines()[-1].replace("Appendix 4", "9.9") + "\n")
    assert sources.cite("9.9").label.en == "evaluation, section 9.9"
    numbers = data_copy / "report" / "quantities.csv"
    numbers.write_text(numbers.read_text(encoding="utf-8").replace("trade-04", "trade-99"))
    assert sources.cite("trade-99").id == "trade-99"


def test_every_name_that_is_not_there_is_told():
    """Two names that can't be cited are two problems."""
    with pytest.raises(DataError) as error:
        sources.cite_all(["trade-04", "trade-5", "9.9"])
    assert [problem.found for problem in error.value.problems] == ["'trade-5'", "'9.9'"]


def typed_sources(code: str) -> list[str]:
    """The words typed in an argument `source` of any call."""
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    given = (word.value for call in calls for word in call.keywords if word.arg == "source")
    return [
        part.value
        for value in given
        for part in ast.walk(value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


@pytest.fixture(scope="module")
def of_rows() -> set[str]:
    """The publications that some row of a table has as its source; the others stand in notes."""
    every = (frames.load(name) for name in display_names.names())
    return {id for frame in every if "source" in frame for id in frame.source.dropna()}


@pytest.mark.parametrize("name", NAMES)
def test_no_publication_is_typed(name, of_rows):
    """Which publications an output rests on follows from its rows (`frame.source.unique()`): one
    that is typed may name a publisher over rows that are not its own."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4)
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    assert [word for each in code for word in typed_sources(each) if word in of_rows] == []


def test_a_typed_publication_is_seen():
    """The words are found in lists, and beside sources that follow from rows."""
    code = 'say("x", source=["claims", *rows.source.unique(), "cbs-83028ned"])'
    assert typed_sources(code) == ["claims", "cbs-83028ned"]
