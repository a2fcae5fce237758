"""Stock nbconvert makes readable pages of the notebooks: with the prose of one language, and tables
whose words are on the left and numbers on the right."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT

NAME = "03_mission_timeline"  # has charts and tables
CONFIG = ROOT / "etc" / "jupyter"


def convert(folder: Path, *options: str, **variables: str) -> None:
    """Run `jupyter nbconvert` as the environment has it, without settings of the user."""
    command = [sys.executable, "-m", "nbconvert", "--output-dir", str(folder), *options]
    own = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "none"), **variables}
    subprocess.run(command, cwd=ROOT, env=own, check=True)


def prose(lang: str) -> list[str]:
    """The prose cells of the notebook in a language."""
    cells = nbformat.read(ROOT / "notebooks" / f"{NAME}.ipynb", as_version=4).cells
    return [cell.source for cell in cells if lang in cell.metadata.get("tags", [])]


def test_the_environment_has_the_configuration():
    """As it stands in the project: setting up installs it where Jupyter looks."""
    for path in (*CONFIG.rglob("*.py"), *CONFIG.rglob("*.json")):
        installed = Path(sys.prefix) / "etc" / "jupyter" / path.relative_to(CONFIG)
        assert installed.read_text() == path.read_text(), "set up again: touch pyproject.toml; make"


@pytest.fixture(scope="module", params=("nl", "en"))
def page(request, tmp_path_factory):
    """A page in a language, whose cells were run, and that language."""
    folder = tmp_path_factory.mktemp(request.param)
    convert(folder, "--execute", "--to=html", f"notebooks/{NAME}.ipynb",
            ANNEX_LANGUAGE=request.param)  # fmt: skip
    return folder / f"{NAME}.html", request.param


def test_a_page_is_in_one_language(page):
    """All prose of the one, and none of the other."""
    html = page[0].read_text(encoding="utf-8")
    cells = BeautifulSoup(html, "html.parser").select(".jp-MarkdownCell")
    titles = [cell.find(["h1", "h2"]) for cell in cells]
    own = prose(page[1])
    assert len(cells) == len(own) > 5
    assert [title.get_text().rstrip("¶") for title in titles if title] == [
        source.splitlines()[0].lstrip("# ") for source in own if source.startswith("#")
    ]


def test_a_notebook_keeps_both(tmp_path):
    """Whoever runs or cleans a notebook by nbconvert loses no cell."""
    convert(tmp_path, "--to=notebook", f"notebooks/{NAME}.ipynb")
    before, after = (
        [cell.source for cell in nbformat.read(path / f"{NAME}.ipynb", as_version=4).cells]
        for path in (ROOT / "notebooks", tmp_path)
    )
    assert after == before


LOOK = """() => [...document.querySelectorAll('.shown table')].flatMap(table => {
  const sides = [...table.querySelectorAll('th, td')].map(cell =>
    `${cell.matches('.figure') ? 'figure' : 'words'} ${getComputedStyle(cell).textAlign}`);
  const caption = table.closest('.shown').querySelector('figcaption').getBoundingClientRect();
  const above = caption.bottom <= table.getBoundingClientRect().top + 1;
  return [...new Set(sides), `caption ${above ? 'above' : 'below'}`];
})"""


@pytest.mark.browser
def test_a_page_that_was_run_reads_well(page, chromium):
    """Its outputs are in the language of its prose; in tables words stand on the left, numbers on
    the right and the caption above."""
    path, lang = page
    tab = chromium.new_page()
    tab.route("https://**", lambda route: route.abort())  # scripts that nbconvert refers to
    tab.goto(path.as_uri())
    shown = "() => [...new Set([...document.querySelectorAll('.jp-OutputArea [lang]')].map("
    assert tab.evaluate(f"{shown}e => e.closest('figure, div[lang]').lang))]") == [lang]
    assert set(tab.evaluate(LOOK)) == {"figure right", "words left", "caption above"}
    tab.close()
