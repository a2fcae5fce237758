"""What the README, CONTRIBUTING and docs/architecture.md promise is there."""

import json
import re
import runpy
import shlex
import textwrap

import nbclient
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook
from test_house import MODULES, ROOMS, dotted, room

from conftest import ROOT, notebook, q
from helpers import tables
from helpers.annex.cli import _parser, main
from helpers.errors import ChartError
from helpers.files.media_types import MIME
from helpers.language import Text

NAMES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/library.md")
DOCS = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
README, CONTRIBUTING, ARCHITECTURE, _ = DOCS.values()
HELPERS = ROOT / "src" / "helpers"


def commands(name: str, text: str = README) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    lines = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    return [words for words in lines if words and words[0].endswith(name)]


def test_make_targets_exist():
    """Every make target of the documents is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text()
    targets = [words[1] for text in DOCS.values() for words in commands("make", text)]
    targets += [target for text in DOCS.values() for target in re.findall(r"`make (\w+)", text)]
    assert {"annex", "test", "lab"} <= set(targets)
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.M)


def test_first_screen_shows_the_commands():
    """The commands stand on the first screen."""
    assert README.index("make annex") < README.index("## ")


RELATION = (ROOT / "docs" / "new-relation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", commands("annex", README + RELATION), ids=" ".join)
def test_annex_commands_parse(words):
    """Every annex command of the documents is one that the command line takes; the program is that
    of this repository, or the installed one for another relation."""
    assert words[0] in (".venv/bin/annex", "annex")
    _parser().parse_args(words[1:])


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_files(name):
    """Every link of a document to a file of the project leads to one."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", DOCS[name])
    assert links
    place = (ROOT / name).parent
    assert [link for link in links if not (place / link).exists()] == []


@pytest.mark.parametrize("name", NAMES[:3])
def test_named_files_exist(name):
    """Every file that a document names exists, seen from the project or from the helpers."""
    named = re.findall(r"`((?:\w+/)+[\w.-]+\.(?:csv|ipynb|json|md|py))`", DOCS[name])
    named += re.findall(r"python -m pytest ([\w/]+(?:\.py)?)", DOCS[name])
    made = re.compile(r"annex/(en|manifest|ro-crate)|report/|statistics/|check/")
    named = [path for path in named if not made.match(path)]
    assert len(named) > 3
    assert [p for p in named if not (ROOT / p).exists() and not (HELPERS / p).is_file()] == []


def test_the_pages_of_the_functions_are_of_their_docstrings():
    """What docs/api says is what the code says now; `make docs` writes it anew."""
    pages = runpy.run_path(str(ROOT / "docs" / "api_pages.py"))["pages"]()
    folder = ROOT / "docs" / "api"
    assert {path.name for path in folder.iterdir()} == set(pages)
    stale = [n for n, text in pages.items() if (folder / n).read_text(encoding="utf-8") != text]
    assert stale == [], "make docs"


def test_tables_of_the_readme_are_those_of_the_data():
    """Every table that the README lists is in data, and every file of data is listed."""
    rows = re.findall(r"^\| (`[^|]*\.csv`[^|]*) \|", README, re.M)
    listed = re.findall(r"`([\w/*]+\.csv)`", " ".join(rows))
    files = set()
    for path in listed:
        found = [*(ROOT / "data").glob(path), *(ROOT / "data" / "report").glob(path)]
        assert found, path
        files |= set(found)
    assert files == set((ROOT / "data").rglob("*.csv"))


def test_findings_are_those_of_the_notebooks(built):
    """The line per theme is the headline that its notebook computes."""
    front = BeautifulSoup((built / "en/index.html").read_text(encoding="utf-8"), "html.parser")
    items = front.select(".first, .themes li")
    assert len(items) == len(re.findall(r"\(notebooks/\d", README))
    for item in items:
        name = item.a["href"].removesuffix(".html")
        line = next(line for line in README.splitlines() if f"[{name}]" in line)
        assert item.p.text in line


def test_changelog_names_the_version():
    """The version of the project has an entry in the changelog."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.M)[1]
    assert f"## {version} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def block(kind: str, under: str) -> str:
    """The first block of code of a kind under a heading of CONTRIBUTING.md."""
    part = CONTRIBUTING[CONTRIBUTING.index(f"\n## {under}\n") :]
    return textwrap.dedent(re.search(rf"^( *```){kind}\n(.*?)\n *```", part, re.S | re.M)[2])


def test_the_example_of_the_readme_runs(monkeypatch):
    """Its cells, in order, give a ratio with its formula and a chart with its evidence."""
    shown = []
    monkeypatch.setattr("helpers.present.publish_display_data", shown.append)
    names: dict = {}
    for code in re.findall(r"^ *```python\n(.*?)\n *```", README, re.S | re.M):
        exec(textwrap.dedent(code), names)
    assert names["ratio"].iloc[-1].origin.formula == "a / b"
    assert len(shown[0][MIME]["evidence"]) == 40  # imports and exports of twenty years


def test_a_language_is_chosen_as_the_readme_writes_it():
    """Its line, in a cell of a notebook that imports as others do, holds for the next cells."""
    [line] = re.findall(r"`([^`]*helpers\.language\([^`]*)`", README)
    cells = ["from helpers import tables", line, "from helpers import language; language.current()"]
    book = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    resources = {"metadata": {"path": str(ROOT / "notebooks")}}
    nbclient.NotebookClient(book, timeout=60, resources=resources).execute()
    assert book.cells[-1].outputs[0].data["text/plain"] == "'nl'"


def test_the_code_of_a_theme_builds(project):
    """The example of a theme is one: copied into a notebook it gives a page with a chart and a
    table, in both languages."""
    title = {"title_nl": "Wat is een voorbeeld?", "title_en": "What is an example?"}
    root = project(_07_example=notebook(block("python", "A theme"), said=False, **title))
    options = ["--project", str(root), "--data", str(ROOT / "data"), "--only", "07_example"]
    assert main(["build", *options]) == 0
    for lang in ("nl", "en"):
        html = (root / f"annex-draft/{lang}/07_example.html").read_text()
        page = BeautifulSoup(html, "html.parser")
        assert len(page.select("figure.chart")) == 1
        assert len(page.select(".body > .table > table")) == 1
        assert "68" in page.select_one(".headline").text


def test_the_recipe_of_a_table_works(data_copy, capsys):
    """The example of a table fits the data as it stands, and its cells are quantities."""
    described = json.loads(block("json", "A table"))
    (data_copy / described["path"]).write_text(block("csv", "A table") + "\n")
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"].append(described)
    path.write_text(json.dumps(package), encoding="utf-8")
    assert main(["check", "--data", str(data_copy)]) == 0
    museums = tables.load("museums", data_copy)
    assert (museums.visitors.sum().value, museums.visitors.sum().unit) == (2500, "visitors")


def test_the_recipe_of_a_measure_works():
    """The example of a measure gives a quantity that the register can name."""
    made: dict = {}
    exec(block("python", "A measure"), made)
    half = made["coverage_ratio"](q(3, 2, 4), q(6))
    assert (half.value, half.unit, half.origin.measure) == (0.5, "ratio", "coverage_ratio")
    assert half.origin.name == Text("dekkingsgraad", "coverage ratio")
    assert (half.bounds.low * 3, half.bounds.high * 3) == (1, 2)


def test_the_recipe_of_a_sentence_works(monkeypatch):
    """The words of the example are those that hold of the visits in the list."""
    shown = []
    monkeypatch.setattr("helpers.present.publish_display_data", shown.append)
    exec(block("python", "A sentence"), {})
    assert ">less than half of the visits<" in shown[0][MIME]["en"]["html"]


def test_the_recipe_of_a_chart_works():
    """The example of a kind of chart draws its names in both languages, and has its data."""
    made: dict = {}
    exec(block("python", "A kind of chart"), made)
    frame = pd.DataFrame({"who": ["a", "b"], "n": [1.5, 2.5]})
    names = {"a": Text("ene", "one"), "b": Text("andere", "other")}
    options = {"value": "n", "row": "who", "names": names, "unit": Text("stuks", "pieces")}
    drawn = made["dots"](frame, **options)
    for lang, words in (("nl", ("ene", "stuks")), ("en", ("one", "pieces"))):
        assert all(f">{word}<" in drawn.svg(lang) for word in words)
    assert list(drawn.columns) == ["who", "n"]
    with pytest.raises(ChartError, match="no row with 'b'"):
        made["dots"](frame.head(1), **options)


def test_the_rooms_are_those_of_the_helpers():
    """The architecture names each room, in the order in which they may import each other."""
    part = ARCHITECTURE.split("## The rooms")[1].split("\n## ")[0]
    named = re.findall(r"^- `([\w.]+)`: ", part, re.M)
    assert named == ROOMS
    standing = {room(dotted(path).removesuffix(".__init__")) for path in MODULES}
    assert standing - {""} == set(named)
