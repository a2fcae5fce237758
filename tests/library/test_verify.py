"""A published annex against a fresh run: what differs is named, with its cause."""

import copy
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from conftest import EXAMPLE, ROOT, notebook
from helpers.annex.cli import main
from helpers.annex.plan.inputs import Inputs
from helpers.annex.plan.plan import Plan
from helpers.annex.release import manifest
from helpers.annex.verify import compare, result
from helpers.annex.verify.differences import CHANGED, Difference
from helpers.annex.verify.provenance import project
from helpers.annex.verify.result import Result
from helpers.errors import AnnexError, Problem

ANNEX = Path(sys.executable).with_name("annex")

CODE = (
    "from helpers import tables\nfrom helpers.present import say\n"
    "n = tables.reported_numbers()['investment-02']\n"
    "say('Er was {n}.', 'There was {n}.', n=n)\n"
    "from helpers import counts\nrows = tables.load('outcomes')\n"
    "say('{n} rijen.', '{n} rows.', n=counts.count(rows[rows.status == 'signed']), source=['5'])"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A project of one notebook on a copy of the data, built; tests copy it."""
    root = tmp_path_factory.mktemp("small") / "project"
    (root / "notebooks").mkdir(parents=True)
    (root / "notebooks" / "01_a.ipynb").write_text(nbformat.writes(notebook(CODE)))
    shutil.copytree(EXAMPLE / "data", root / "data")
    assert main(["build", "--project", str(root)]) == 0
    return root


@pytest.fixture
def project_copy(small, tmp_path):
    """The project and its annex, which a test may change."""
    return shutil.copytree(small, tmp_path / "p", symlinks=True)


def verified(root, capsys, *options: str) -> tuple[int, dict]:
    """Verify the annex of a project; the exit code and what was found."""
    capsys.readouterr()
    code = main(["verify", "--project", str(root), "--json", *options])
    return code, json.loads(capsys.readouterr().out)


def test_an_unchanged_project_agrees_in_full(project_copy, capsys):
    """Files, inputs, numbers, verdicts, charts and texts of an unchanged project all agree."""
    code, told = verified(project_copy, capsys)
    assert (code, told["agrees"]) == (0, True)
    assert {name: part["differences"] for name, part in told["parts"].items()} == {
        name: [] for name in compare.total(manifest.read(project_copy / "annex"))
    }
    assert told["parts"]["number"]["compared"] == 9
    assert told["parts"]["verdict"]["compared"] == 2


def test_a_changed_row_is_found_and_explained(project_copy, capsys):
    """A changed table: its number with old and new, the pages that print it, and the row."""
    table = project_copy / "data" / "report" / "quantities.csv"
    text = table.read_text(encoding="utf-8")
    text = text.replace("17,56 miljoen", "18,76 miljoen").replace(",17560000,", ",18760000,")
    table.write_text(text, encoding="utf-8")
    code, told = verified(project_copy, capsys)
    assert (code, told["agrees"]) == (1, False)
    numbers = {each["name"]: each for each in told["parts"]["number"]["differences"]}
    moved = numbers["investment-02"]
    assert moved["note"] == "moved by +1200000; outside the published range (01_a)"
    assert moved["was"] == "17560000 (17555000 to 17565000) EUR"
    cause = {"kind": "data", "name": "data/report/quantities.csv, row 6 (investment-02)"}
    assert moved["causes"] == [cause]
    texts = {each["name"] for each in told["parts"]["text"]["differences"]}
    assert {"nl/01_a.html", "en/01_a.html", "en/evidence.html"} <= texts
    inputs = [each["name"] for each in told["parts"]["input"]["differences"]]
    assert inputs == ["data/report/quantities.csv"]


def test_a_count_that_moved_is_told_with_old_and_new(project_copy, capsys):
    """A count over other rows has another id; on a built page its place tells what it was."""
    table = project_copy / "data" / "report" / "outcomes.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    signed = max(number for number, line in enumerate(lines) if ",signed," in line)
    table.write_text("".join(lines[:signed] + lines[signed + 1 :]), encoding="utf-8")
    code, told = verified(project_copy, capsys)
    assert code == 1
    counts = [each for each in told["parts"]["number"]["differences"] if "count-" in each["name"]]
    assert [each["note"] for each in counts] == ["moved by -1; outside the published range (01_a)"]


def test_other_code_with_the_same_results_is_told(project_copy, capsys):
    """A comment in a notebook changes the code on its page; numbers agree; the cause is told."""
    path = project_copy / "notebooks" / "01_a.ipynb"
    text = path.read_text().replace("from helpers import", "# own\\nfrom helpers import", 1)
    path.write_text(text)
    code, told = verified(project_copy, capsys)
    assert code == 1
    assert told["parts"]["number"]["differences"] == []
    causes = [each["causes"] for each in told["parts"]["text"]["differences"]]
    assert causes == [[{"kind": "code", "name": "notebooks/01_a.ipynb"}]] * 2


def test_a_forged_number_is_found(project_copy, capsys):
    """Someone who rewrites a page and the manifest with it is found by the rerun, and by a
    checksum that was published elsewhere."""
    folder = project_copy / "annex"
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    forged = copy.deepcopy(content)
    page = (folder / "en" / "01_a.html").read_bytes().replace(b">17,560,000<", b">19,990,000<")
    (folder / "en" / "01_a.html").write_bytes(page)
    digest = hashlib.sha256(page).hexdigest()
    forged["outputs"]["en/01_a.html"] = {"sha256": digest, "bytes": len(page)}
    number = next(each for each in forged["quantities"] if each["id"] == "investment-02")
    number["value"] = 19990000
    known = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(forged), encoding="utf-8")
    code, told = verified(project_copy, capsys, "--checksum", known)
    assert code == 1
    (file,) = told["parts"]["file"]["differences"]
    assert file["note"] == "not the manifest that was published"
    (moved,) = told["parts"]["number"]["differences"]
    assert moved["name"] == "investment-02"
    assert moved["causes"][0]["kind"] == "unexplained"


def test_a_manifest_that_was_written_otherwise(project_copy, capsys):
    """A manifest of the same content in other bytes has another checksum, and is told."""
    path = project_copy / "annex" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")), indent=1))
    code, told = verified(project_copy, capsys)
    assert code == 1
    (file,) = told["parts"]["file"]["differences"]
    assert (file["name"], file["note"]) == ("manifest.json", "the same content, in another format")


def test_an_edited_page_is_shown_with_what_was_built(project_copy, capsys):
    """A digit that somebody changed on a page is shown, old and new."""
    page = project_copy / "annex" / "en" / "01_a.html"
    page.write_bytes(page.read_bytes().replace(b">17,560,000<", b">19,990,000<"))
    code, told = verified(project_copy, capsys)
    assert code == 1
    (file,) = told["parts"]["file"]["differences"]
    assert (file["was"], file["now"]) == ("17,560,000", "19,990,000")


def test_a_draft_is_held_to_its_notebook(project_copy, capsys):
    """A draft of one notebook agrees when just that notebook is run again."""
    book = (project_copy / "notebooks" / "01_a.ipynb").read_text()
    (project_copy / "notebooks" / "02_b.ipynb").write_text(book)
    root = ["--project", str(project_copy)]
    assert main(["build", "--only", "02_b", *root]) == 0
    code, told = verified(project_copy, capsys, "--only", "02_b")
    assert (code, told["only"], told["folder"]) == (0, ["02_b"], str(project_copy / "annex-draft"))


def test_the_commit_is_that_of_the_project(project_copy):
    """A statement names the commit of the project and what is not as in it; a repository that lies
    around it, files that nothing is made of, and a library from elsewhere are left out."""
    git = ["git", "-C", str(project_copy), "-c", "user.name=a", "-c", "user.email=a@b"]
    plan = Plan(project_copy, project_copy / "data", project_copy / "annex")
    subprocess.run([*git[:3], "init", "--quiet"], check=True)
    (project_copy / "handout").mkdir()
    (project_copy / "handout" / "a").write_text("")
    subprocess.run([*git, "add", "handout"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "a"], check=True)
    assert project(plan).commit == ""
    subprocess.run([*git, "add", "notebooks", "data"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "b"], check=True)
    (project_copy / "handout" / "b").write_text("")
    assert project(plan).changed == ()
    (project_copy / "data" / "hedges.csv").write_text("")
    (project_copy / "notebooks" / "09 b.ipynb").write_text("")
    made = project(Plan(project_copy, project_copy / "data", project_copy / "annex"))
    assert [*made.changed] == ["data/hedges.csv", "notebooks/09 b.ipynb"]
    assert len(made.commit) == 40


def committed(folder: Path, *what: str) -> str:
    """A repository of some files of a folder; its commit."""
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git[:3], "init", "--quiet"], check=True)
    subprocess.run([*git, "add", *what], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "a"], check=True)
    ran = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def planned(root: Path, helpers: Path) -> Plan:
    """A plan whose helpers are in a folder of their own."""
    plan = Plan(root, root / "data", root / "annex")
    plan.inputs = Inputs(root, root / "data", helpers)
    return plan


def test_a_project_in_a_folder_of_its_repository(project_copy, tmp_path):
    """A project in a folder of the repository that holds the library is as in the commit; files
    that are changed, gone, ignored or lead out of it are told, by their names in the project."""
    helpers = tmp_path / "src" / "helpers"
    helpers.mkdir(parents=True)
    (helpers / "a.py").write_text("")
    commit = committed(tmp_path, "p/notebooks", "p/data", "src")
    made = project(planned(project_copy, helpers))
    assert (made.commit, made.changed, made.data, made.library) == (commit, (), "", "")
    (helpers / "a.py").write_text("1")
    (project_copy / "data" / "hedges.csv").unlink()
    (tmp_path / ".gitignore").write_text("x.csv")
    (project_copy / "data" / "x.csv").write_text("")
    (project_copy / "data" / "y.csv").symlink_to(ROOT / "LICENSE")
    assert list(project(planned(project_copy, helpers)).changed) == [
        "data/hedges.csv", "data/x.csv", f"data/y.csv ({ROOT / 'LICENSE'})", "helpers/a.py"
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["p/.venv/site-packages", "elsewhere"])
def test_an_installed_library_is_told_by_version_and_content(project_copy, tmp_path, place):
    """In an environment inside the project's repository or outside of it: no commit has it, so its
    version and a digest of its files say which it is; a module of the project is as in the commit
    or told."""
    helpers = tmp_path / place / "helpers"
    helpers.mkdir(parents=True)
    (helpers / "a.py").write_text("1")
    own = project_copy / "src" / "prices.py"
    own.parent.mkdir()
    own.write_text("")
    (project_copy / ".gitignore").write_text(".venv")
    committed(project_copy, "notebooks", "data", "src")
    first = project(planned(project_copy, helpers))
    assert first.changed == ()
    assert re.fullmatch(r"evidence-annex [\d.]+, SHA-256 [0-9a-f]{64}", first.library)
    (helpers / "a.py").write_text("2")
    own.write_text("3")
    made = project(planned(project_copy, helpers))
    assert (made.changed, made.library == first.library) == (("src/prices.py",), False)


def test_a_linked_and_a_shallow_checkout_have_a_commit(project_copy, tmp_path, monkeypatch):
    """A worktree that is linked and a clone of the last commit alone are as in it, in a hook too,
    which git leads to its own repository."""
    commit = committed(project_copy, "notebooks", "data")
    git = ["git", "-C", str(project_copy)]
    subprocess.run([*git, "worktree", "add", "--quiet", tmp_path / "linked"], check=True)
    address = f"file://{project_copy}"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", address, tmp_path / "s"], check=True)
    monkeypatch.setenv("GIT_DIR", str(ROOT / ".git"))
    for root in (tmp_path / "linked", tmp_path / "s"):
        helpers = root / "data"  # in the repository
        made = project(planned(root, helpers))
        assert (made.commit, made.changed) == (commit, ())


def test_data_from_elsewhere_are_told(project_copy, tmp_path):
    """Tables from a folder outside the repository are not as in the commit, though the project has
    a folder of that name that leads there; without git nothing is said of a commit."""
    shutil.move(project_copy / "data", tmp_path / "own")
    (project_copy / "data").symlink_to(tmp_path / "own")
    helpers = project_copy / "notebooks"
    none = project(planned(project_copy, helpers))
    assert (none.commit, none.changed) == ("", ())
    committed(project_copy, "notebooks", "data")
    assert project(planned(project_copy, helpers)).changed == (f"data ({tmp_path / 'own'})",)
    plan = Plan(project_copy, tmp_path / "own", project_copy / "annex")
    assert project(plan).data == ""
    other = shutil.copytree(tmp_path / "own", project_copy / "next")
    assert project(Plan(project_copy, other, project_copy / "annex")).data == str(other)


def test_a_notebook_that_gives_something_else_each_time(project_copy, capsys):
    """A number by chance is not blamed on the copy: the notebook is run once more, and named with
    the cell."""
    code = (
        "import os\nfrom helpers.present import say",
        "\nword = os.urandom(9).hex().translate({n: n + 50 for n in range(48, 58)})\n"
        "say(f'Een {word}.', f'A {word}.', source=['5'])",
    )
    path = project_copy / "notebooks" / "01_a.ipynb"
    path.write_text(nbformat.writes(notebook(*code)))
    assert main(["build", "--project", str(project_copy)]) == 0
    code, told = verified(project_copy, capsys)
    assert code == 1
    for each in told["parts"]["text"]["differences"]:
        (cause,) = each["causes"]
        assert cause["kind"] == "unrepeatable"
        assert "01_a.ipynb gave something else in two runs here" in cause["name"]
        assert "begins with 'word = os.urandom(9)" in cause["name"]


def test_a_project_that_does_not_build(project_copy, capsys):
    """Files are compared also when the rerun fails, and the problems are told."""
    (project_copy / "annex" / "style.css").unlink()
    (project_copy / "notebooks" / "01_a.ipynb").write_text(nbformat.writes(notebook("nonsense")))
    code, told = verified(project_copy, capsys)
    assert (code, told["agrees"]) == (1, False)
    assert [each["name"] for each in told["parts"]["file"]["differences"]] == ["style.css"]
    assert "01_a.ipynb, cell [1]" in told["failed"][0]


def test_what_counts_as_agreement():
    """Another version with the same results agrees; what could not be rerun does not."""
    found = Result(Path("handout"), "", {}, [])
    assert found.agrees
    found.differences.append(Difference("version", "pandas", CHANGED, "3.0", "3.1"))
    assert found.agrees
    found.failed.append(Problem("notebooks/01_a.ipynb", "x", "y"))
    assert not found.agrees
    found.failed.clear()
    found.differences.append(Difference("input", "data/visits.csv", CHANGED))
    assert not found.agrees


@pytest.mark.parametrize("name", ["annex-nl.pdf", "style.css"])
def test_an_annex_with_a_pdf_is_rerun_with_one(project_copy, monkeypatch, name):
    """Whether a PDF is made again is read off the published annex."""
    path = project_copy / "annex" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["outputs"] = {name: {"sha256": "0" * 64, "bytes": 1}}
    path.write_text(json.dumps(content), encoding="utf-8")
    asked = []

    def build(plan, report):
        asked.append(plan.paper)
        raise AnnexError(Problem("here", "enough", "more"))

    monkeypatch.setattr("helpers.annex.build.build", build)
    result.verify(project_copy / "annex", project_copy, project_copy / "data")
    assert asked == [name.endswith(".pdf")]


def test_no_annex_is_a_line(tmp_path, capsys):
    """A folder without a manifest is told in a line."""
    assert main(["verify", str(tmp_path), "--project", str(EXAMPLE)]) == 2
    assert "manifest.json: found no such file; expected the manifest" in capsys.readouterr().err


def test_nothing_is_left_behind(project_copy):
    """The fresh place of the rerun is gone afterwards, and the project is as it was."""
    files = lambda: sorted(p for p in project_copy.rglob("*") if "__pycache__" not in p.parts)  # noqa: E731
    before = files()
    with tempfile.TemporaryDirectory() as place:
        ran = subprocess.run(
            [ANNEX, "verify", "--project", project_copy], env={**os.environ, "TMPDIR": place},
            capture_output=True, text=True,
        )  # fmt: skip
        assert ran.stdout.splitlines()[-1] == "The annex agrees in full."
        assert (ran.returncode, ran.stderr) == (0, "")
        assert list(Path(place).iterdir()) == []
    assert files() == before


def test_help_has_an_example():
    """`annex verify --help` shows how it is used."""
    ran = subprocess.run([ANNEX, "verify", "--help"], capture_output=True, text=True)
    assert "example: annex verify handout --report statement.html" in ran.stdout


@pytest.mark.parametrize("given", ["", "abc", "g" * 64])
def test_a_checksum_that_is_none(given, capsys):
    """A checksum that is empty or cut off is refused: it would be taken for one that agreed."""
    with pytest.raises(SystemExit):
        main(["verify", "--checksum", given])
    assert "is not 64 digits of 0-9 and a-f" in capsys.readouterr().err
