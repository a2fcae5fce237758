"""The notebooks as files: clean, bilingual, in order, and behind the doors of the house."""

import re

import nbformat
import pytest

from conftest import ROOT
from helpers.annex.run import notebook_rules

PATHS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def book(request):
    return nbformat.read(request.param, as_version=4)


def test_there_is_a_notebook_per_theme():
    """The summary, each theme, and the audit of claims have their notebooks."""
    names = [path.stem for path in PATHS]
    assert set(names) >= {
        "00_summary",
        "01_trade_growth",
        "02_investment_jobs",
        "03_mission_timeline",
        "04_province_budgets",
        "05_results",
        "06_claims_audit",
    }


def test_no_outputs(book):
    """Notebooks are committed without outputs: what a page shows is computed when it is built."""
    for cell in book.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_prose_stands_in_pairs(book):
    """Every prose cell in Dutch is followed by its twin in English."""
    tags = [cell.metadata["tags"] for cell in book.cells if cell.cell_type == "markdown"]
    assert [lang for lang, *_ in tags] == ["nl", "en"] * (len(tags) // 2)
    assert [more for _, *more in tags[::2]] == [more for _, *more in tags[1::2]]


def test_order(book):
    """Title as a question, imports, then data, definitions, sections, limits, appendix."""
    english = [c.source for c in book.cells if "en" in c.metadata.get("tags", [])]
    assert re.match(
        r"# .+\?\n\nServes (section|chapter|all chapters).* of the evaluation\.$", english[0]
    )
    heads = [text.split("\n")[0] for text in english[1:]]
    assert heads[:2] == ["## Data", "## Definitions and choices"]
    assert heads[-2:][0] == "## Limits of this chapter"
    assert heads[-1].startswith("## Appendix: ")
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    assert "from helpers import" in code[0]


def test_headline_and_finding(book):
    """Each notebook says up to when its data run, and its finding in a line and in a paragraph."""
    code = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    assert code.count('role="through"') == 1
    assert code.count('role="headline"') == 1
    assert code.count('role="finding"') == 1


NAMES = re.compile(
    r"(paragraaf|section|bijlage|appendix|voetnoot|footnote|hoofdstuk|chapter) [\d.]+"
)


def test_prose_holds_no_typed_figure(book):
    """Figures in prose come from data; a typed one could drift. Section numbers are names."""
    for cell in book.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", NAMES.sub("", cell.source.lower())), cell.source


def test_style():
    """Cells are short, imports stand at the head and are of helpers made for notebooks."""
    assert list(notebook_rules.style(PATHS, stored=True)) == []


def test_no_causal_verbs(book):
    """The annex describes: it does not say that one thing led to another."""
    causal = re.compile(
        r"\b(leidde[n]? tot|dankzij|door de relatie|zorgde[n]? voor|resulteerde[n]? in|"
        r"led to|thanks to|caused|because of the relation|resulted in|boosted)\b"
    )
    for cell in book.cells:
        assert not causal.search(cell.source), cell.source
