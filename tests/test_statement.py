"""What a verification found, on a terminal and as a statement to sign."""

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from conftest import ROOT
from helpers.annex.verify import compare, statement
from helpers.annex.verify.differences import CHANGED, Cause, Difference
from helpers.annex.verify.result import Result
from helpers.errors import AnnexError
from helpers.language import Text


def result_of(*differences) -> Result:
    return Result(Path("handout"), "ab" * 32, dict.fromkeys(compare.total(annex_free()), 2),
                  ["nl/a.html", "charts/a-1-nl.csv", "style.css"], list(differences))  # fmt: skip


def annex_free() -> dict:
    return {name: {} for name in ("inputs", "outputs", "environment", "quantities", "claims")}


HOSTILE = "<script>alert(1)</script> | [x](javascript:alert(1)) ![y](z) `<b>` **b** \n# head"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_statement_can_be_signed(tmp_path, lang):
    """A statement says what was verified, when and with what result, and has fields to fill."""
    told = Difference("number", "trade-01", Text("verschil", "moved"), "1", "2",
                      (Cause("data", Text("rij 3", "row 3")),))  # fmt: skip
    paths = statement.write(result_of(told), tmp_path / "s.md", ROOT / "data", lang)
    assert [path.name for path in paths] == ["s.md", "codecheck.yml"]
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    words = {
        "nl": ["stemt niet overeen", "gegevens: rij 3", "Handtekening", "Wanneer", "herschrijft"],
        "en": ["does not agree", "data: row 3", "Signed", "When", "rewrites"],
    }
    for word in [*words[lang], "ab" * 32, r"trade\-01"]:
        assert word in text


@pytest.mark.parametrize("name", ["s.html", "s.md"])
def test_what_was_found_is_text_in_a_statement(tmp_path, name):
    """What stands in a hostile annex is shown in a statement, never obeyed."""
    told = Difference("text", HOSTILE, Text(HOSTILE, HOSTILE), HOSTILE, HOSTILE)
    statement.write(result_of(told), tmp_path / name, ROOT / "data", "en")
    text = (tmp_path / name).read_text(encoding="utf-8")
    if name == "s.md":
        text = statement.page(text)
    page = BeautifulSoup(text, "html.parser")
    assert page.select("script, a, img, code, h1:not(:first-of-type)") == []
    assert "<script>alert(1)</script> | [x](javascript:alert(1))" in page.get_text()
    assert len(page.select("h1")) == 1


def test_codecheck_has_what_version_2_asks_for(tmp_path):
    """The file for CODECHECK has every field of version 2.0, those of the reviewer to be filled."""
    told = Difference("chart", "charts/a-1-nl", CHANGED)
    statement.write(result_of(told), tmp_path / "s.md", ROOT / "data", "en")
    content = yaml.safe_load((tmp_path / "codecheck.yml").read_text(encoding="utf-8"))
    assert set(content) == {
        "version", "paper", "manifest", "codechecker", "summary", "repository", "check_time",
        "certificate", "report",
    }  # fmt: skip
    assert content["version"] == "https://codecheck.org.uk/spec/config/2.0/"
    assert content["manifest"] == [
        {"file": "nl/a.html", "comment": "agrees"},
        {"file": "charts/a-1-nl.csv", "comment": "differs"},
    ]
    assert content["codechecker"] == [{"name": "FIXME", "ORCID": "FIXME"}]


def test_a_statement_of_another_kind(tmp_path):
    """A statement is HTML or Markdown; another name is refused before anything is written."""
    with pytest.raises(AnnexError, match=r"found \.docx; expected a name in \.md or \.html"):
        statement.write(result_of(), tmp_path / "s.docx", ROOT / "data", "en")
    assert list(tmp_path.iterdir()) == []


def test_a_long_list_is_cut_on_a_terminal():
    """A terminal shows the first differences of a part and says how many there are more."""
    many = [Difference("number", f"n-{n}", CHANGED) for n in range(25)]
    lines = list(statement.lines(result_of(*many)))
    assert sum(line.startswith("number n-") for line in lines) == 20
    assert "... and 5 more numbers: --json and --report have all" in lines
