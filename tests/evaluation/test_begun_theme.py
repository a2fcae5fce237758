"""A theme begun in this project with `annex new theme` fits it at once."""

import runpy
import shutil

import nbformat
import pytest
import test_notebooks
from bs4 import BeautifulSoup

from conftest import ROOT
from helpers.annex.cli import main

KEPT = ["01_trade_growth", "04_province_budgets"]  # of the same subject, and of another


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project with two of its notebooks, as far as the command and a build need it,
    to stand in."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    for name in KEPT:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", tmp_path / "notebooks")
    for name in ("README.md", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "tests" / "evaluation").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_a_new_theme_fits_the_project(project, capsys):
    """Check and the whole build pass; the notebook is as the others; the README has the line that
    the front page has; and the made test is true."""
    assert main(["new", "theme", "trade"]) == 0
    notebook, readme, test = capsys.readouterr().out.splitlines()[:3]
    assert readme == "README.md"
    assert main(["check"]) == 0
    assert main(["build"]) == 0
    book = nbformat.read(project / notebook, as_version=4)
    for rule in ("no_outputs", "prose_stands_in_pairs", "order", "headline_and_finding",
                 "prose_holds_no_typed_figure", "no_causal_verbs"):  # fmt: skip
        getattr(test_notebooks, f"test_{rule}")(book)
    (run,) = (v for k, v in runpy.run_path(test).items() if k.startswith("test_"))
    run()
    lines = (project / "README.md").read_text(encoding="utf-8").splitlines()
    front = BeautifulSoup(
        (project / "annex/en/index.html").read_text(encoding="utf-8"), "html.parser"
    )
    items = front.select(".themes li")
    assert len(items) == len(KEPT)
    stem = notebook.removeprefix("notebooks/").removesuffix(".ipynb")
    (item,) = (each for each in items if each.a["href"] == f"{stem}.html")
    assert item.p.text in next(line for line in lines if f"[{stem}]" in line)
    page = (project / "annex" / "en" / f"{stem}.html").read_text(encoding="utf-8")
    assert "Which statements of the evaluation are about this?" in page
