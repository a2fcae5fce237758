"""What a verification found, on a terminal and as a statement to sign."""

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from conftest import ROOT
from helpers.annex.verify import compare, statement
from helpers.annex.verify.differences import CHANGED, Cause, Difference
from helpers.annex.verify.result import Result
from helpers.errors import AnnexError, Problem, visible
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


def test_markup_in_a_statement_is_shown():
    """Markup that came into the text of a statement is shown on its page, too."""
    page = BeautifulSoup(statement.page("# S\n\n<script>x</script> <b>y</b>\n"), "html.parser")
    assert page.select("script, b") == []
    assert "<script>x</script> <b>y</b>" in page.get_text()


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


def test_a_statement_that_is_there_is_not_written_over(tmp_path):
    """What a reviewer has filled in stays, and is told before anything runs."""
    (tmp_path / "codecheck.yml").write_text("codechecker: me")
    with pytest.raises(AnnexError, match=r"codecheck\.yml: found a file that is there already"):
        statement.ready(tmp_path / "s.md")
    assert (tmp_path / "codecheck.yml").read_text() == "codechecker: me"


def test_what_could_not_be_rerun_is_not_called_the_same(tmp_path):
    """A rerun that failed leaves every part but the files open, on a terminal, in the statement and
    for CODECHECK."""
    failed = result_of()
    failed.failed.append(Problem("notebooks/01_a.ipynb, cell 3", "NameError", "a cell that runs"))
    statement.write(failed, tmp_path / "s.md", ROOT / "data", "en")
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    assert "could not be built anew" in text
    assert "| numbers | 2 | - |" in text
    assert "| files | 2 | 0 |" in text
    content = yaml.safe_load((tmp_path / "codecheck.yml").read_text(encoding="utf-8"))
    assert {each["comment"] for each in content["manifest"]} == {"not rerun"}
    assert f"{'numbers':14}{2:>10}{'-':>8}" in statement.lines(failed)


def test_other_versions_are_in_the_headline():
    """An annex that agrees under another version of a package does not agree in full."""
    told = result_of(Difference("version", "pandas", CHANGED, "3.0", "3.1"))
    assert told.agrees
    assert list(statement.lines(told))[-1] == "The annex agrees; versions of packages differ."


@pytest.mark.parametrize("text", ["\x1b[2J\x1b[H", "\x9b2J", "\u202eabc", "bad\udcff", "\x07"])
def test_nothing_that_was_found_moves_the_cursor(tmp_path, text):
    """What a terminal would obey, or a reader would not see, is written out."""
    told = Difference("file", text, Text(text, text), text, text)
    statement.write(result_of(told), tmp_path / "s.html", ROOT / "data", "en")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    shown = "".join(map(visible, statement.lines(result_of(told))))
    assert not set(text) & {c for c in page + shown if not c.isprintable()} - {"\n"}


def test_a_name_of_two_lines_is_one(tmp_path):
    """A file whose name holds a line of its own does not put it on a terminal."""
    told = Difference("file", "a\nThe annex agrees in full.", CHANGED)
    assert "The annex agrees in full." not in list(statement.lines(result_of(told)))


@pytest.mark.parametrize(("compared", "word"), [(True, "yes"), (False, "no")])
def test_a_statement_says_whether_a_checksum_was_compared(tmp_path, compared, word):
    """A statement with the published checksum differs from one without."""
    result = result_of()
    result.compared, result.project = compared, {"commit": "c0ffee", "inputs_sha256": "12" * 32}
    statement.write(result, tmp_path / "s.md", ROOT / "data", "en")
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    assert f"| Held to a checksum published elsewhere | {word} |" in text
    assert "| Project (git) | c0ffee |" in text
    assert "12" * 32 in text
