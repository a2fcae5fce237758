"""What a verification found, on a terminal and as a statement to sign."""

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from conftest import EXAMPLE
from helpers.annex.verify import compare, statement
from helpers.annex.verify.differences import CHANGED, Cause, Difference
from helpers.annex.verify.provenance import Made
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
    paths = statement.write(result_of(told), [tmp_path / "s.md"], EXAMPLE / "data", lang)
    assert [path.name for path in paths] == ["s.md", "codecheck.yml"]
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    words = {
        "nl": ["stemt niet overeen", "gegevens: rij 3", "Handtekening", "Wanneer", "herschrijft"],
        "en": ["does not agree", "data: row 3", "Signed", "When", "rewrites"],
    }
    for word in [*words[lang], "ab" * 32, "**trade-01**"]:
        assert word in text


@pytest.mark.parametrize("name", ["s.html", "s.md"])
def test_what_was_found_is_text_in_a_statement(tmp_path, name):
    """What stands in a hostile annex is shown in a statement, never obeyed."""
    told = Difference("text", HOSTILE, Text(HOSTILE, HOSTILE), HOSTILE, HOSTILE)
    statement.write(result_of(told), [tmp_path / name], EXAMPLE / "data", "en")
    text = (tmp_path / name).read_text(encoding="utf-8")
    if name == "s.md":
        text = statement.page(text, "en")
    page = BeautifulSoup(text, "html.parser")
    assert page.select("script, a, img, code, h1:not(:first-of-type)") == []
    assert "<script>alert(1)</script> | [x](javascript:alert(1))" in page.get_text()
    assert len(page.select("h1")) == 1


def test_markup_in_a_statement_is_shown():
    """Markup that came into the text of a statement is shown on its page, too."""
    page = statement.page("# S\n\n<script>x</script> <b>y</b>\n", "en")
    page = BeautifulSoup(page, "html.parser")
    assert page.select("script, b") == []
    assert "<script>x</script> <b>y</b>" in page.get_text()


def test_codecheck_has_what_version_2_asks_for(tmp_path):
    """The file for CODECHECK has every field of version 2.0, those of the reviewer to be filled."""
    told = Difference("chart", "charts/a-1-nl", CHANGED)
    statement.write(result_of(told), [tmp_path / "s.md"], EXAMPLE / "data", "en")
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
        statement.write(result_of(), [tmp_path / "s.docx"], EXAMPLE / "data", "en")
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
        statement.ready([tmp_path / "s.md"])
    assert (tmp_path / "codecheck.yml").read_text() == "codechecker: me"


def test_what_could_not_be_rerun_is_not_called_the_same(tmp_path):
    """A rerun that failed leaves every part but the files open, on a terminal, in the statement and
    for CODECHECK."""
    failed = result_of()
    failed.failed.append(Problem("notebooks/01_a.ipynb, cell [1]", "NameError", "a cell that runs"))
    statement.write(failed, [tmp_path / "s.md"], EXAMPLE / "data", "en")
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    assert "could not be built anew" in text
    assert "| numbers | - | - |" in text
    assert "nothing: the build failed" in text
    assert "| files | 2 | 0 |" in text
    content = yaml.safe_load((tmp_path / "codecheck.yml").read_text(encoding="utf-8"))
    assert {each["comment"] for each in content["manifest"]} == {"not rerun"}
    assert f"{'numbers':14}{'-':>10}{'-':>8}" in statement.lines(failed)


def test_other_versions_are_in_the_headline():
    """An annex that agrees under another version of a package does not agree in full."""
    told = result_of(Difference("version", "pandas", CHANGED, "3.0", "3.1"))
    assert told.agrees
    assert list(statement.lines(told))[-1] == "The annex agrees; versions of packages differ."


@pytest.mark.parametrize("text", ["\x1b[2J\x1b[H", "\x9b2J", "\u202eabc", "bad\udcff", "\x07"])
def test_nothing_that_was_found_moves_the_cursor(tmp_path, text):
    """What a terminal would obey, or a reader would not see, is written out."""
    told = Difference("file", text, Text(text, text), text, text)
    statement.write(result_of(told), [tmp_path / "s.html"], EXAMPLE / "data", "en")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    shown = "".join(map(visible, statement.lines(result_of(told))))
    assert not set(text) & {c for c in page + shown if not c.isprintable()} - {"\n"}


def test_a_name_of_two_lines_is_one(tmp_path):
    """A file whose name holds a line of its own does not put it on a terminal."""
    told = Difference("file", "a\nThe annex agrees in full.", CHANGED)
    assert "The annex agrees in full." not in list(statement.lines(result_of(told)))


@pytest.mark.parametrize(
    ("published", "told"),
    [(None, "none was given"), ("ab" * 32, f"{'ab' * 32}: the same"),
     ("cd" * 32, f"{'cd' * 32}: **another one**")],
)  # fmt: skip
def test_a_statement_says_how_a_checksum_compared(tmp_path, published, told):
    """A statement says whether a checksum was given, and whether the manifest has it."""
    result = result_of()
    result.published = published
    result.project = Made("c0ffee", ["data/a.csv"], "12" * 32)
    statement.write(result, [tmp_path / "s.md"], EXAMPLE / "data", "en")
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    assert f"| Checksum published elsewhere | {told} |" in text
    assert "| Commit of the project (git) | c0ffee |" in text
    assert "| Other than in that commit | data/a.csv |" in text
    assert "12" * 32 in text


def test_what_explains_many_differences_is_told_once():
    """A cause stands once, with a number that each of its differences names."""
    cause = Cause("data", Text("tabel, rij 3", "table, row 3"))
    many = [Difference("number", name, CHANGED, causes=(cause,)) for name in ("a", "b")]
    told = list(statement.lines(result_of(*many)))
    assert [line for line in told if "row 3" in line] == ["  [1] data: table, row 3"]
    assert [line for line in told if line.startswith("number ")] == [
        "number a: changed [1]", "number b: changed [1]"
    ]  # fmt: skip


def test_a_part_that_agrees_is_no_annex_that_does():
    """The headline for a draft says that it is a part."""
    result = result_of()
    result.only = ["01_a"]
    assert list(statement.lines(result))[-1] == "This part of an annex agrees."


def test_two_statements_at_once(tmp_path):
    """A statement for a screen and one for a repository are written together, with one file for
    CODECHECK beside them."""
    paths = [tmp_path / "s.html", tmp_path / "s.md"]
    written = statement.write(result_of(), paths, EXAMPLE / "data", "nl")
    assert sorted(path.name for path in written) == ["codecheck.yml", "s.html", "s.md"]
    assert "(published address of s.html)" in (tmp_path / "codecheck.yml").read_text()


def test_a_link_to_nowhere_is_not_written_through(tmp_path):
    """A name that leads to a file that is not there yet is taken, too."""
    (tmp_path / "s.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(AnnexError, match=r"s\.md: found a file that is there already"):
        statement.ready([tmp_path / "s.md"])


def test_codecheck_names_what_differs(tmp_path):
    """A file that is no page or data of a chart is named for CODECHECK when it differs, and the
    summary counts."""
    told = [Difference("file", "style.css", CHANGED), Difference("number", "a", CHANGED)]
    statement.write(result_of(*told), [tmp_path / "s.md"], EXAMPLE / "data", "en")
    content = yaml.safe_load((tmp_path / "codecheck.yml").read_text(encoding="utf-8"))
    assert content["summary"] == "The annex does not agree. Differ: files 1, numbers 1."
    assert {"file": "style.css", "comment": "differs"} in content["manifest"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0.15 (0.1 to 0.2), +1 - a.b!", "0.15 (0.1 to 0.2), +1 - a.b!"),
     ("# head", r"\# head"), ("- item", r"\- item"), ("1. item", r"1\. item"),
     ("https://x www.y", r"https\://x www\.y"), ("a@b $x$ `c`", r"a\@b \$x\$ \`c\`"),
     ("[x](y) <b> a|b", r"\[x\](y) \<b\> a\|b"), ("\u3164", r"\\u3164")],
)  # fmt: skip
def test_only_what_markdown_obeys_is_escaped(tmp_path, text, shown):
    """Numbers and words can be read in the text of a statement; markup, addresses and blank letters
    are written out."""
    failed = result_of()
    failed.failed.append(Problem(text, "b", "c"))
    statement.write(failed, [tmp_path / "s.md"], EXAMPLE / "data", "en")
    assert f"- {shown}: found b" in (tmp_path / "s.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("differences", "last"),
    [
        ([("input", True)], "The annex agrees; inputs have the same content in another format."),
        ([("version", False), ("input", True), ("text", True)],
         "The annex agrees; versions differ, and inputs have the same content in another format."),
        ([("file", True)], "All results are the same, but files of this copy have another format "
         "than as built, such as other line ends."),
        ([("file", True), ("version", False)], "All results are the same, but files of this copy "
         "have another format than as built, such as other line ends."),
        ([("file", True), ("number", False)], "The annex does not agree."),
        ([("input", False), ("input", True)],
         "All results are the same, but the inputs are others."),
    ],
)  # fmt: skip
def test_the_headline_tells_what_is_only_written_otherwise(differences, last):
    """The last line says what a difference that is one of writing alone is, and no more."""
    told = result_of(*(Difference(part, "a", CHANGED, same=same) for part, same in differences))
    assert list(statement.lines(told))[-1] == last


def test_what_is_only_written_otherwise_is_told_in_a_line(tmp_path):
    """Many files with other line ends are a line on a terminal; a statement names them all, and
    for CODECHECK a page that says the same agrees."""
    note = Text("alleen de regeleinden verschillen", "only its line ends differ")
    many = [Difference("input", f"data/t{n}.csv", note, "1", "2", same=True) for n in range(5)]
    told = result_of(*many, Difference("text", "nl/a.html", CHANGED, same=True))
    shown = list(statement.lines(told))
    line = "input: only its line ends differ: data/t0.csv, data/t1.csv, data/t2.csv and 2 more"
    assert [each for each in shown if "line ends" in each] == [line]
    assert f"{'inputs':14}{2:>10}{0:>8}" in shown
    statement.write(told, [tmp_path / "s.md"], EXAMPLE / "data", "nl")
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    names = ", ".join(f"data/t{n}.csv" for n in range(5))
    assert f"- alleen de regeleinden verschillen: {names}\n" in text
    content = yaml.safe_load((tmp_path / "codecheck.yml").read_text(encoding="utf-8"))
    assert content["manifest"][0] == {"file": "nl/a.html", "comment": "agrees"}
