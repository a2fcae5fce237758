"""Names of files that no message could tell."""

import os
import subprocess
import sys

import nbformat
import pytest

from conftest import ROOT, notebook
from helpers.annex.cli import main
from helpers.files import reading
from helpers.tables import frames

NAMES = {
    "\udcff": "found a name that is not UTF-8; expected a name in UTF-8",
    "a\udce9.csv": "found a name that is not UTF-8; expected a name in UTF-8",
    "a\nb.csv": "found U+000A, character 2 of the name",
    "\ta": "found U+0009, character 1 of the name",
    "a\x1b[31m": "found U+001B, character 2 of the name",
    "txt\u202egpj.csv": "found U+202E, character 4 of the name",
    "a\u200bb": "found U+200B, character 2 of the name",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_can_not_be_told_is_refused(name):
    """It is told in quotes, with what is wrong, on one line that can be printed."""
    [problem] = reading.unnamed(["data/b.csv", f"data/{name}"])
    assert problem.place == repr(f"data/{name}")
    assert str(problem).isprintable()
    assert NAMES[name] in str(problem)


@pytest.mark.parametrize("name", ["a b.csv", "é.csv", "广东.csv", ".DS_Store", "a'b", "e\u0301"])
def test_other_names_are_in_order(name):
    """Blanks, quotes and letters of any script are seen."""
    assert list(reading.unnamed([f"data/{name}"])) == []


@pytest.mark.parametrize("name", ["\udcff", "\udcff.csv", "a\nb.csv"])
def test_the_check_of_tables_tells_it(tiny, name):
    """A file in the data folder is told before any message has to name it."""
    (tiny / name).write_text("x")
    [problem] = frames.problems(tiny)
    assert problem.place == repr(str(tiny / name))


def test_annex_check_tells_it(tiny):
    """The command ends with a line and no traceback, in a terminal of whatever encoding."""
    (tiny / "\udcff.csv").write_text("x")
    ran = subprocess.run(
        [sys.executable, "-c", "from helpers.annex.cli import main; raise SystemExit(main())",
         "check", "--data", tiny],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "udcff.csv': found a name that is not UTF-8; expected a name in UTF-8\n" in ran.stdout


@pytest.mark.parametrize("place", ["data", "data/folder"])
def test_a_build_refuses_it_before_anything_runs(project, tiny, monkeypatch, capsys, place):
    """A file or a folder of such a name under data stops the build by its place."""
    root = project(_01_a=notebook("open('ran', 'w')"))
    (root / "data").unlink()
    tiny.rename(root / "data")
    (root / place / "\udcff").mkdir(parents=True)
    (root / place / "\udcff" / "a.txt").write_text("x")
    assert main(["build"]) == 1
    place = repr(str(root / place / "\udcff"))
    found = "found a name that is not UTF-8; expected a name in UTF-8"
    assert capsys.readouterr().err == f"annex: {place}: {found}\n"
    assert not list(root.rglob("ran"))
    assert not (root / "annex").exists()


def test_a_helper_is_held_to_it_too(tiny, tmp_path):
    """What lies beside the helpers goes into the manifest like a table."""
    from helpers.annex.plan.inputs import Inputs

    own = tmp_path / "helpers"
    own.mkdir()
    nbformat.write(notebook("1"), own / "a\u202eb.json")
    (own / "c.py").write_text("")
    [problem] = Inputs(tmp_path, tiny, own).unnamed([])
    assert problem.place == repr(str(own / "a\u202eb.json"))
