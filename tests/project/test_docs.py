"""What the README promises is there."""

import re
import shlex
import textwrap

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT, notebook
from helpers.annex.cli import _parser, main

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(name: str) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    lines = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    return [words for words in lines if words and words[0].endswith(name)]


def test_make_targets_exist():
    """Every make target of the README is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text()
    targets = [words[1] for words in commands("make")]
    assert {"annex", "test", "lab"} <= set(targets)
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.M)


def test_first_screen_shows_the_commands():
    """The commands stand on the first screen."""
    assert README.index("make annex") < README.index("## ")


@pytest.mark.parametrize("words", commands("annex"), ids=" ".join)
def test_annex_commands_parse(words):
    """Every annex command of the README is one that the command line takes."""
    assert words[0] == ".venv/bin/annex"
    _parser().parse_args(words[1:])


def test_links_lead_to_files():
    """Every link to a file of the project leads to one."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_named_files_exist():
    """Every file that the README names exists."""
    for name in re.findall(r"`((?:data|src|tests|notebooks)/[\w/.-]+\.\w+)`", README):
        assert (ROOT / name).is_file(), name


def test_findings_are_those_of_the_notebooks(built):
    """The line per theme is the headline that its notebook computes."""
    front = BeautifulSoup((built / "index.html").read_text(encoding="utf-8"), "html.parser")
    items = front.select("section[lang=en] li")
    assert len(items) == README.count("(notebooks/")
    for item in items:
        name = item.a["href"].removeprefix("en/").removesuffix(".html")
        line = next(line for line in README.splitlines() if f"[{name}]" in line)
        assert item.p.text in line


def test_changelog_names_the_version():
    """The version of the project has an entry in the changelog."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.M)[1]
    assert f"## {version} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_code_of_a_theme_builds(project):
    """The README's example of a theme is one: copied into a notebook it gives a page with a chart
    and a table, in both languages."""
    code = textwrap.dedent(re.search(r"```python\n(.*?)```", README, re.S)[1])
    title = {"title_nl": "Wat is een voorbeeld?", "title_en": "What is an example?"}
    root = project(_07_example=notebook(code, said=False, **title))
    assert main(["build", "--project", str(root), "--only", "07_example"]) == 0
    for lang in ("nl", "en"):
        html = (root / f"annex-draft/{lang}/07_example.html").read_text()
        page = BeautifulSoup(html, "html.parser")
        assert len(page.select("figure.chart")) == 1
        assert len(page.select(".body > .table > table")) == 1
        assert "68" in page.select_one(".headline").text
