"""Several projects at once: what is built, what a failure leaves, and the page over all annexes."""

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from conftest import EXAMPLE, mistakes, notebook
from helpers.annex.cli import main
from helpers.annex.many import project_folders
from helpers.annex.run.turns import SharedTurns
from helpers.errors import AnnexError

ANNEX = Path(sys.executable).with_name("annex")
GOOD = """from helpers import counts, tables
from helpers.present import say
say(nl="{x:0} regels", en="{x:0} criteria", x=counts.count(tables.load("criteria")),
    source=["7"], role="official")"""


def made(folder: Path, code: str = GOOD) -> Path:
    """A project with one notebook, on the example's data."""
    (folder / "notebooks").mkdir(parents=True)
    shutil.copytree(EXAMPLE / "data", folder / "data")
    nbformat.write(notebook(code), folder / "notebooks" / "01_a.ipynb")
    return folder


@pytest.fixture(scope="module")
def relations(tmp_path_factory) -> tuple[Path, dict, int]:
    """A folder with two sound projects and one that fails, built together; what that printed."""
    base = tmp_path_factory.mktemp("relations")
    for name in ("a", "b"):
        made(base / name)
    made(base / "c", GOOD.replace("x=counts", "x=1/0 + counts"))
    ran = subprocess.run(
        [ANNEX, "build", "--under", base, "--jobs", "2", "--json"], capture_output=True, text=True
    )
    return base, json.loads(ran.stdout), ran.returncode


def test_one_that_fails_does_not_stop_the_others(relations):
    """Each is told with its outcome, the failed one with its problem, and the exit code says so."""
    base, told, code = relations
    outcomes = {Path(each["project"]).name: each["outcome"] for each in told["builds"]}
    assert (outcomes, code) == ({"a": "built", "b": "built", "c": "failed"}, 1)
    [problem] = told["builds"][2]["problems"]
    assert problem["place"] == "notebooks/01_a.ipynb, cell [1]"
    assert [(base / name / "annex").exists() for name in "abc"] == [True, True, False]
    assert told["builds"][0]["annex"] == str(base / "a" / "annex" / "index.html")


def test_the_next_build_changes_nothing(relations, capfd):
    """A line per project and their number, and nothing else in a pipe."""
    base, _, _ = relations
    assert main(["build", "--project", str(base / "a"), str(base / "b")]) == 0
    told = capfd.readouterr()
    first, second, last = told.out.splitlines()
    assert first.split()[:3] == [str(base / "a"), "nothing", "changed"]
    assert second.split()[:3] == [str(base / "b"), "nothing", "changed"]
    assert (last, told.err) == ("2 projects: 2 nothing changed", "")


def test_what_is_about_one_project_is_refused(relations, capsys):
    """Its own tables, place and notebooks can't be those of several; each is told."""
    base, _, _ = relations
    more = ["--out", "x", "--data", "y", "--only", "01_a"]
    assert main(["build", "--under", str(base), *more]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["--out", "--data", "--only"]


def test_projects_below_a_folder(tmp_path):
    """Those with notebooks count; not hidden folders, environments, links, or the data of one."""
    for name in ("one", "deep/two", ".hidden/x", "env/x", "one/data/x"):
        made(tmp_path / name)
    (tmp_path / "env" / "pyvenv.cfg").touch()
    (tmp_path / "link").symlink_to(tmp_path / "one")
    (tmp_path / "bare" / "notebooks").mkdir(parents=True)
    found = [str(path.relative_to(tmp_path)) for path in project_folders.below(tmp_path)]
    assert found == ["deep/two", "one"]
    with pytest.raises(AnnexError, match="no project in it"):
        project_folders.below(tmp_path / "bare")


def test_turns_are_shared(tmp_path):
    """Two that share turns have no more than one, and a turn that is given back can be taken."""
    one, other = (SharedTurns(tmp_path, 2) for _ in range(2))
    assert [one._taken(), other._taken(), one._taken(), other._taken()] == [
        True,
        True,
        False,
        False,
    ]
    asyncio.run(one.__aexit__())
    assert [other._taken(), one._taken()] == [True, False]


def test_ctrl_c_ends_all(tmp_path):
    """All processes end, no annex is touched, and the exit code says so."""
    code = "import time\nopen('begun', 'w').close()\ntime.sleep(60)"
    roots = [made(tmp_path / name, code) for name in ("a", "b")]
    build = subprocess.Popen(
        [ANNEX, "build", "--jobs", "2", "--project", *roots], stderr=subprocess.PIPE, text=True,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    while not all((root / "notebooks" / "begun").exists() for root in roots):
        time.sleep(0.05)
    started = psutil.Process(build.pid).children(recursive=True)
    build.send_signal(signal.SIGINT)
    _, errors = build.communicate(timeout=60)
    assert build.returncode == 130
    assert errors.startswith("annex: interrupted; 0 of 2 projects had ended")
    assert not any((root / "annex").exists() for root in roots)
    assert started
    assert psutil.wait_procs(started, timeout=5)[1] == []


def test_the_page_over_all(relations, tmp_path, capsys):
    """Each annex with its languages, figures linked to their entries, and verdicts; the missing one
    is named there and told; the same again gives the same bytes."""
    base, _, _ = relations
    assert main(["index", str(base)]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [str(base / "index.html"), str(base / "index-nl.html")]
    assert "c/annex/manifest.json: found no such file" in told.err
    page = (base / "index.html").read_text()
    assert mistakes(page) == []
    assert 'href="a/annex/en/evidence-01_a.html#count-' in page
    assert "<code>c/annex/manifest.json</code>" in page
    assert 'hreflang="nl" lang="nl">Nederlands</a>' in page
    main(["index", str(base)])
    assert (base / "index.html").read_text() == page


def test_a_page_that_is_not_ours_stays(relations, tmp_path, capsys):
    """A file of somebody else in its place is not replaced."""
    base, _, _ = relations
    own = tmp_path / "own.html"
    own.write_text("mine")
    assert main(["index", str(base), "--out", str(own)]) == 1
    assert "a file that annex index did not make" in capsys.readouterr().err
    assert (own.read_text(), list(tmp_path.iterdir())) == ("mine", [own])


def test_an_annex_that_was_changed_is_not_shown(relations, tmp_path, capsys):
    """A summary that is not that of the manifest is told."""
    base, _, _ = relations
    shutil.copytree(base / "a" / "annex", tmp_path / "given")
    shutil.copytree(base / "b" / "annex", tmp_path / "other")
    file = tmp_path / "given" / "annex.json"
    file.write_text(file.read_text().replace("The bridge", "Another"))
    assert main(["index", str(tmp_path), "--languages", "en"]) == 1
    assert "given/annex.json: found another one" in capsys.readouterr().err
    assert "Another" not in (tmp_path / "index.html").read_text()
