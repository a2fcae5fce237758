"""The wheel, installed in a fresh environment and used from a folder of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest

from conftest import EXAMPLE, ROOT, notebook
from previewing import Preview

# The project has a module and a package of its own; that one has the name that the library has in
# its own repository.
CODE = """from evidence_annex import measures, tables
from evidence_annex.language import year
from evidence_annex.present import say
import helpers
from prices import FIRST"""
SAID = """reported = tables.reported_numbers()
share = measures.share(reported["trade-04"], reported["trade-01"])
say(nl="Sinds {a} {b:0%}.", en="Since {a} {b:0%}.", a=year(FIRST), b=share)"""

# What the environment lacks: this repository, and the extra `lab`.
LACKING = {
    "evidence_annex", "ipywidgets", "jupyterlab", "openpyxl", "scipy", "seaborn", "statsmodels",
}  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A project beside an environment with the wheel, and with the packages of this one but those
    that a build does not need; this repository is not on its path."""
    place = tmp_path_factory.mktemp("installed")
    run = lambda *command, **options: subprocess.run(command, check=True, **options)  # noqa: E731
    python = place / "env" / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        place,
        cwd=ROOT,
        capture_output=True,
    )
    run(sys.executable, "-m", "venv", "--without-pip", place / "env")
    [packages] = (place / "env" / "lib").glob("*/site-packages")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if re.split("[-.]", path.name)[0] not in LACKING and path.suffix != ".pth":
            (packages / path.name).symlink_to(path)
    [wheel] = place.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run(*pip, "install", "-q", "--no-deps", "--no-index", wheel)
    root = place / "project"
    shutil.copytree(EXAMPLE / "data", root / "data")
    (root / "notebooks").mkdir()
    nbformat.write(notebook(CODE, SAID), root / "notebooks" / "01_a.ipynb")
    (root / "src" / "helpers").mkdir(parents=True)
    (root / "src" / "helpers" / "__init__.py").write_text("")
    (root / "src" / "prices.py").write_text("FIRST = 2015\n")
    return root


def annex(made: Path, *words: str, root: Path | None = None) -> subprocess.CompletedProcess:
    """The program of the environment, started elsewhere than in the project, by somebody on whose
    PYTHONPATH the repository is."""
    program = [made.parent / "env" / "bin" / "annex", *words, "--project", root or made]
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(program, cwd=made.parent, env=variables, capture_output=True, text=True)


@pytest.fixture(scope="module")
def made(installed) -> Path:
    """The project with its annex, which the wheel has built."""
    ran = annex(installed, "build", "--timings")
    assert (ran.returncode, ran.stdout) == (0, f"{installed}/annex/index.html\n"), ran.stderr
    return installed


@pytest.mark.slow
def test_the_wheel_has_one_name(installed):
    """It installs no module that another project may have, and `helpers` is not among them."""
    [own] = (installed.parent / "env" / "lib").glob("*/site-packages/evidence_annex-*.dist-info")
    record = (own / "RECORD").read_text()
    assert set(re.findall(r"^(\w+)/", record, re.M)) == {"evidence_annex", "annex_start"}


@pytest.mark.slow
def test_it_builds_with_what_it_brings(made):
    """The page has the numbers, drawn from the project's own module and its tables; the manifest
    has the files and the version that made it."""
    page = (made / "annex" / "en" / "01_a.html").read_text(encoding="utf-8")
    assert re.search(r"Since .{0,80}2015.{0,200}67%", page, re.S)
    made = json.loads((made / "annex" / "manifest.json").read_text(encoding="utf-8"))
    assert {"evidence_annex/measures.py", "src/prices.py", "src/helpers/__init__.py"} < {
        *made["inputs"]
    }
    assert {"python", "evidence-annex", "pandas"} <= {*made["environment"]}


@pytest.mark.slow
def test_it_checks_and_traces(made, tmp_path):
    """The commands that read need nothing of the repository either."""
    ran = annex(made, "check")
    assert ran.returncode == 0
    assert ran.stdout.endswith("10 tables, 1 notebooks, no problems\n")
    (tmp_path / "copy.txt").write_text("Samenvatting\n", encoding="utf-8")
    ran = annex(made, "trace", str(tmp_path / "copy.txt"))
    assert (ran.returncode, "copy.txt: found 0 of" in ran.stderr) == (1, True)


@pytest.mark.slow
def test_it_verifies_and_says_what_with(made):
    """A new run agrees, and is said to be made with this version."""
    ran = annex(made, "verify", "--json", str(made / "annex"))
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["agrees"]) == (0, True)
    assert re.match(r"evidence-annex \d+\.\d+\.\d+, SHA-256 \w{64}", told["project"]["library"])


@pytest.mark.slow
def test_a_changed_module_of_the_project_runs_its_notebook_again(made):
    """What a notebook imports from `src/` is an input of its; another module there is not."""
    (made / "src" / "other.py").write_text("x = 1\n")
    out = str(made.parent / "other")
    assert " 01_a" not in annex(made, "build", "--timings", "--out", out).stderr
    (made / "src" / "prices.py").write_text("FIRST = 2016\n")
    ran = annex(made, "build", "--timings", "--out", out)
    assert (ran.returncode, " 01_a" in ran.stderr) == (0, True)
    assert "2016" in Path(out, "en", "01_a.html").read_text(encoding="utf-8")
    (made / "src" / "prices.py").write_text("FIRST = 2015\n")


@pytest.mark.slow
def test_a_preview_follows_a_module_of_the_project(made):
    """It serves what the wheel builds, and again when a module in `src/` is saved."""
    python = made.parent / "env" / "bin" / "python"
    with Preview(made, python=python, library="evidence_annex") as preview:
        preview.built()
        assert b"2015" in preview.get("en/01_a.html")
        (made / "src" / "prices.py").write_text("FIRST = 2017\n")
        preview.built()
        assert b"2017" in preview.get("en/01_a.html")
    (made / "src" / "prices.py").write_text("FIRST = 2015\n")


@pytest.mark.slow
def test_jupyterlab_imports_modules_of_the_project(made):
    """A kernel that JupyterLab or an editor starts in the folder of a notebook imports them too."""
    code = (
        "import nbclient, nbformat.v4 as v4\n"
        "book = v4.new_notebook(cells=[v4.new_code_cell('from prices import FIRST\\nFIRST')])\n"
        "nbclient.NotebookClient(book, timeout=60).execute()\n"
        "print(book.cells[0].outputs[0]['data']['text/plain'])"
    )
    python, place = made.parent / "env" / "bin" / "python", made / "notebooks"
    ran = subprocess.run([python, "-c", code], cwd=place, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, "2015\n"), ran.stderr


@pytest.mark.slow
def test_it_begins_a_relation(made, tmp_path):
    """A new project builds at once: its hedge words, templates and notebook are in the wheel."""
    program, root = made.parent / "env" / "bin" / "annex", tmp_path / "ours"
    subprocess.run([program, "new", "relation", root, "--languages", "fr"], check=True)
    assert annex(made, "build", root=root).returncode == 0
    text = (root / "notebooks" / "01_figures.ipynb").read_text(encoding="utf-8")
    assert "from evidence_annex import charts, tables" in text
    assert "\npandas==" in (root / "requirements.lock").read_text()


@pytest.mark.slow
def test_it_begins_a_theme(made, tmp_path):
    """The notebook of a new theme imports the library by the name that it has there."""
    root = shutil.copytree(made, tmp_path / "p", ignore=shutil.ignore_patterns("annex", ".*"))
    ran = annex(made, "new", "theme", "money", root=root)
    assert ran.returncode == 0, ran.stderr
    assert "notebooks/02_money.ipynb" in ran.stdout
    text = (root / "notebooks" / "02_money.ipynb").read_text()
    assert "from evidence_annex import charts" in text and "helpers" not in text
