"""Cells tagged `explore`, and notebooks without a number: free, and no part of the annex."""

import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from conftest import COUNTED as GOOD
from conftest import EXAMPLE, notebook
from helpers import explore, tables
from helpers.annex.cli import main
from helpers.annex.pages import render
from helpers.annex.plan.inputs import Inputs
from helpers.annex.run import execute, explored_names, notebook_files
from helpers.errors import NotebookError

TAGGED = {"tags": ["explore"]}


def explored(*cells: str):
    """A notebook of these code cells; one that begins with `#x ` is tagged and has no `#x`."""
    book = notebook(*(source.removeprefix("#x ") for source in cells))
    for cell, source in zip(book.cells[2:], cells, strict=False):
        if source.startswith("#x "):
            cell.metadata["tags"] = ["explore"]
    return book


def ran(tmp_path, book):
    """The notebook after a run of its own."""
    nbformat.write(book, path := tmp_path / "01_a.ipynb")
    with execute.running({"01_a": path}, tmp_path, EXAMPLE / "data", 1) as finished:
        [found] = finished
    return found.book


def test_a_tagged_cell_does_not_run(tmp_path):
    """Whatever it does, an error too, happens in JupyterLab only."""
    book = ran(tmp_path, explored("x = 1", "#x x = 2\n1 / 0\n!no-such-command", "print(x)"))
    assert [cell.get("outputs", []) for cell in book.cells[2:4]] == [[], []]
    assert book.cells[4].outputs[0].text == "1\n"


def test_other_cells_keep_their_numbers(tmp_path):
    """A cell is told by the number that JupyterLab gives it, after the tagged one."""
    with pytest.raises(NotebookError, match=r"01_a.ipynb, cell \[3\]: found NameError"):
        ran(tmp_path, explored("x = 1", "#x y = 2", "nonsense"))


def test_no_page_shows_a_tagged_cell():
    """Neither its code, its outputs, prose, a raw cell, nor a figure in them; no rule applies."""
    book = explored("x = 1", "#x secret = 5")
    book.cells[3].outputs = [new_output("display_data", {"image/png": "hidden"})]
    book.cells[3:3] = [new_markdown_cell("# Secret 2017 <b>", metadata=TAGGED)]
    book.cells += [new_markdown_cell("secret", metadata={"tags": ["nl", "explore"]})]
    book.cells += [new_raw_cell("secret", metadata=TAGGED)]
    book.cells.insert(0, new_code_cell("secret = 4", metadata=TAGGED))
    bodies = render.bodies("01_a", book)
    assert [body.problems for body in bodies] == [[], []]
    for body in bodies:
        assert "ecret" not in "".join(body.content[:3])
        assert "x = " in body.content.html


def test_a_tagged_cell_is_no_input(tmp_path):
    """An edit of one, or a new one, changes no key and no digest of the content."""
    plain, other = explored("x = 1"), explored("x = 1", "#x import helpers\nprint(2)")
    other.cells.append(new_markdown_cell("note", metadata=TAGGED))
    keys, contents = set(), set()
    inputs, path = Inputs(tmp_path, EXAMPLE / "data"), tmp_path / "01_a.ipynb"
    for book in (plain, other):
        nbformat.write(book, path)
        keys.add(inputs.notebook(path, notebook_files.code(path)))
        contents.add(json.dumps(inputs.contents([path])["notebooks/01_a.ipynb"]))
    assert len(keys) == len(contents) == 1


def test_an_edit_of_a_tagged_cell_runs_nothing_again(project, monkeypatch, capsys):
    """The second build uses the outputs of the first, and the annex still verifies."""
    root = project(_01_a=explored(GOOD, "#x 1 / 0"))
    assert main(["build"]) == 0
    nbformat.write(explored(GOOD, "#x 2 / 0"), root / "notebooks" / "01_a.ipynb")
    assert main(["verify"]) == 0
    monkeypatch.setattr(execute, "running", None)
    assert main(["build"]) == 0
    assert "/ 0" not in (root / "annex" / "nl" / "01_a.html").read_text()


TAKEN = {
    "an assignment": "x = 1", "a tuple": "a, x = 1, 2", "a star": "a, *x = 1, 2",
    "a walrus": "if (x := 1): pass", "one in a comprehension": "[x := n for n in (1, 2)]",
    "augmented": "x = 1\nx += 1", "annotated": "x: int = 1", "an import": "import x",
    "import as": "import os as x", "a module in it": "import x.y",
    "from": "from os import path as x", "star import": "from os import *",
    "a function": "def x(): pass", "a class": "class x: pass",
    "async": "async def x(): pass", "for": "for x in (1, 2): pass",
    "with": "with open('a') as x: pass", "except": "try: pass\nexcept OSError as x: pass",
    "global": "def f():\n    global x\n    x = 1", "del": "del x",
    "in a branch": "if a:\n    x = 1",
    "match": "match a:\n    case [x]: pass", "%time": "%time x = 1", "%%time": "%%time\nx = 1",
    "%%capture": "%%capture x\nprint(1)", "a command": "x = !ls", "await": "x = await f()",
}  # fmt: skip


def told(*cells: str) -> list[str]:
    """What is told of a notebook of these cells: cell and what was found."""
    book = explored(*cells)
    found = explored_names.problems("01_a", book.cells)
    return [f"{problem.place[22:]}: {problem.found}" for problem in found]


NO_RUN = "which is tagged explore and does not run in a build"


@pytest.mark.parametrize("way", TAKEN)
def test_a_name_from_a_tagged_cell_is_told(way):
    """However it is bound there, what a build could not find is told with both cells."""
    assert told(f"#x {TAKEN[way]}", "print(x)") == [f"cell [2]: 'x' from cell [1], {NO_RUN}"]


@pytest.mark.parametrize("use", [
    "x", "x += 1", "x = x + 1", "del x", "f'{x}'", "y[x] = 1", "x.y = 1", "lambda: x",
    "[x for n in (1,)]", "[n for n in x]", "y = map(lambda n: n * x, z)", "def f(n=x): pass",
    "class A:\n    y = x", "class A(x): pass", "@x\ndef f(): pass", "if True:\n    x",
    "for n in x: pass", "with x: pass", "%matplotlib inline\nx", "%time x",
    "def f():\n    def g():\n        return x\n    return g\nf()",
    "class A:\n    def f(self): x\nA()",
])  # fmt: skip
def test_a_use_of_any_kind_is_told(use):
    """Where a cell uses a global name, at whatever depth, it is told."""
    [found] = told("#x x = 1", use)
    assert found.startswith("cell [2]: 'x'")


@pytest.mark.parametrize("cells", [
    ("x = 1", "#x y = x", "x"),
    ("#x x = 1", "x = 2\nprint(x)"),
    ("#x x = 1", "x = 2", "x"),
    ("#x x = 1", "def f(x): return x\n[x for x in (1,)]\nlambda x: x"),
    ("#x x = 1", "def f():\n    return x", "x = 2\nf()"),
    ("#x x = 1", "def f():\n    x = 2\n    return x\nf()"),
    ("#x x = 1", "for x in (1, 2):\n    print(x)"),
    ("#x x = 1", "class A:\n    x = 1\n    y = x"),
    ("#x x = 1", "y.x\nf(x=1)\n'x'"),
    ("import x", "#x import x", "x"),
    ("from x import y", "#x from x import y", "y"),
    ("#x x = 1", "#x x", "y = 1"),
    ("x", "#x x = 1"),
    ("#x x = (", "x"),
    ("#x from os import *", "print(len)\nx = 1\nx"),
])  # fmt: skip
def test_names_of_its_own_are_no_matter(cells):
    """What other cells bind themselves, what is local, and what tagged cells use is not told."""
    assert told(*cells) == []


@pytest.mark.parametrize("change", ["x = 2", "x += 1", "x['a'] = 1", "x.a = 1", "x.a['b'] += 1",
                                    "del x", "del x['a']", "import x", "for x in y: pass",
                                    "x.a, b = 1, 2"])  # fmt: skip
def test_a_value_that_a_tagged_cell_changes_is_told(change):
    """A page would show another value than its author saw."""
    assert told("x = f()", f"#x {change}", "x", "x = 3\nx") == [
        f"cell [3]: 'x' as cell [2] changes it, {NO_RUN}"
    ]


def test_a_name_inside_a_function_is_told_where_it_is_called():
    """With the function through which it is used."""
    cells = ("#x x = 1", "def f():\n    return x", "def g():\n    return f()", "g()")
    assert told(*cells) == [f"cell [4]: 'x' (through f) from cell [1], {NO_RUN}"]


def test_check_and_build_tell_every_name_before_anything_runs(project, capsys):
    """All names of all notebooks, with both ways out."""
    books = {f"_0{n}_a": explored("#x a = 1", f"open('ran{n}', 'w')", "a") for n in (1, 2)}
    root = project(**books)
    told = [
        f"notebooks/0{n}_a.ipynb, cell [3]: found 'a' from cell [1], {NO_RUN}; expected names of "
        "cells that run. Move what binds it to a cell without the tag, or tag this cell explore "
        "too."
        for n in (1, 2)
    ]
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines() == [*told, "2 problem(s)"]
    assert main(["build"]) == 1
    assert capsys.readouterr().err.splitlines() == [f"annex: {line}" for line in told]
    assert not list(root.rglob("ran?"))


def test_check_tells_a_file_that_is_no_notebook(project, capsys):
    """What a build could not read is told without a build."""
    root = project(_01_a=notebook("1"))
    (root / "notebooks" / "01_a.ipynb").write_text("{")
    assert main(["check"]) == 1
    assert "notebooks/01_a.ipynb: found invalid JSON" in capsys.readouterr().out


def test_a_notebook_without_a_number_is_free(built_project, capsys):
    """Notebooks and odd files beside the numbered ones, and in folders, change nothing: the annex
    has the same bytes, a check finds no problem, and a build after them has nothing to do."""
    root = built_project
    before = {p.relative_to(root / "annex"): p.read_bytes() for p in files(root / "annex")}
    own = root / "notebooks"
    nbformat.write(notebook("1 / 0", "import helpers.annex"), own / "scratch.ipynb")
    (own / "tutorial").mkdir()
    nbformat.write(notebook("nonsense"), own / "tutorial" / "01_b.ipynb")
    (own / ".ipynb_checkpoints").mkdir()
    shutil.copy(own / "scratch.ipynb", own / ".ipynb_checkpoints" / "01_a-checkpoint.ipynb")
    (own / "broken.ipynb").write_text("{")
    (own / "a\udcff.txt").write_text("x")
    (own / "line\nbreak.ipynb").write_text("x")
    (own / "link.ipynb").symlink_to("nowhere")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert main(["build", "--timings"]) == 0
    assert "nothing changed" in capsys.readouterr().err
    assert main(["build", "--no-cache"]) == 0
    assert {p.relative_to(root / "annex"): p.read_bytes() for p in files(root / "annex")} == before


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


DEFINED = '''from helpers import tables
from helpers.quantities import derive
from helpers.language import Text
from helpers.present import say


def twice(number):
    """A measure of its own, with a closure."""
    factor = 2

    def doubled(number):
        return number + number if factor == 2 else number

    return derive("twice", "number and number", number.unit, doubled, number=number,
                  name=Text("het dubbele", "the double"), words=Text("getal", "number"))


class Shown:
    def __init__(self, of):
        say(nl="{x:0}", en="{x:0}", x=twice(of))


_ = Shown(tables.reported_numbers().iloc[0])'''


def test_functions_and_classes_are_fine(project, capsys):
    """A measure by `def`, a closure passed to a helper and a class build; an edit runs again."""
    root = project(_01_a=notebook(DEFINED.replace("number and number", "number + number")))
    assert main(["build"]) == 0
    page = (root / "annex" / "nl" / "evidence-01_a.html").read_text()
    assert "het dubbele" in page
    other = DEFINED.replace("number and number", "number + number").replace("dubbele", "tweevoud")
    nbformat.write(notebook(other), root / "notebooks" / "01_a.ipynb")
    assert main(["build"]) == 0
    assert "het tweevoud" in (root / "annex" / "nl" / "evidence-01_a.html").read_text()


LONG = "\n".join(f"x = {n}" for n in range(26))
STYLE = [
    "notebooks/01_a.ipynb, cell [2]: found 26 lines of code; expected at most 25. Make two cells "
    "of it.",
    "notebooks/01_a.ipynb, cell [3]: found an import of os; expected all imports in cell [1].",
    "notebooks/01_a.ipynb, cell [4]: found an import of helpers.annex.timings.Clock; expected all "
    "imports in cell [1].",
    "notebooks/01_a.ipynb, cell [4]: found an import of helpers.annex.timings.Clock; expected "
    "helpers that are made for notebooks, as helpers.annex may change.",
]
STORED = ("notebooks/01_a.ipynb: found stored outputs; expected a notebook without them. Clear all "
          "outputs before you commit it.")  # fmt: skip


def test_style_is_a_warning(project, capsys):
    """Long cells and imports further down are told once each by check and build, which go on; a
    build that finds nothing changed does not repeat them. Tagged cells have no style."""
    book = explored(GOOD, LONG, "import os", "from helpers.annex.timings import Clock",
                    "#x import sys\n" + LONG)  # fmt: skip
    project(_01_a=book)
    warned = [f"annex: warning: {line.removesuffix('.')}" for line in STYLE]
    assert main(["check"]) == 0
    found = [line.removesuffix(".") for line in capsys.readouterr().err.splitlines()]
    assert found == [*warned, f"annex: warning: {STORED}".removesuffix(".")]
    assert main(["build"]) == 0
    found = [line.removesuffix(".") for line in capsys.readouterr().err.splitlines()]
    assert found == warned
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""


def test_a_view_without_its_library_says_what_is_missing(monkeypatch):
    """Where the extra for JupyterLab is not installed."""
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    monkeypatch.delenv("ANNEX_KERNEL", raising=False)
    with pytest.raises(NotebookError, match=r"no module ipywidgets; .*evidence-annex\[lab\]"):
        explore.rows(tables.load("missions"), by=["direction"], count=("direction", "year"))


VIEW = """from helpers import explore, tables
explore.rows(tables.load("missions"), by=["direction"], count=("direction", "year"))"""


def published(root) -> dict:
    """Every file of an annex; the manifest without the checksums of the notebooks' files."""
    found = {path.relative_to(root / "annex"): path.read_bytes() for path in files(root / "annex")}
    manifest = json.loads(found.pop(Path("manifest.json")))
    inputs = {name: own for name, own in manifest["inputs"].items() if ".ipynb" not in name}
    return found | {"manifest": manifest | {"inputs": inputs}}


def test_a_view_in_a_tagged_cell_leaves_no_trace(project):
    """The annex is that of the notebook without it, and no kernel loads ipywidgets."""
    loaded = "import sys\nassert 'ipywidgets' not in sys.modules, 'loaded'"
    root = project(_01_a=explored("from helpers import explore", GOOD, loaded))
    assert main(["build", "--no-cache"]) == 0
    before = published(root)
    book = explored("from helpers import explore", GOOD, loaded, f"#x {VIEW}")
    nbformat.write(book, root / "notebooks" / "01_a.ipynb")
    assert main(["build", "--no-cache"]) == 0
    assert published(root) == before


@pytest.mark.parametrize(("cell", "told"), [
    (VIEW, "found NotebookError: helpers.explore: found a view of helpers.explore in a cell that a "
     "build runs"),
    ("import ipywidgets\nipywidgets.Dropdown(options=['a'])",
     "found text/plain, application/vnd.jupyter.widget-view+json"),
])  # fmt: skip
def test_a_view_in_another_cell_is_refused(project, capsys, cell, told):
    """With its cell, and the tag that would keep it out of the build; so are bare widgets."""
    project(_01_a=explored(GOOD, cell))
    assert main(["build"]) == 1
    found = capsys.readouterr().err
    assert f"notebooks/01_a.ipynb, cell [2]: {told}" in found
    assert re.search("the cell (the tag )?explore", found)


def test_saved_states_of_widgets_change_nothing(project, capsys, monkeypatch):
    """What JupyterLab saves of them in a notebook's metadata is neither read, checked nor shown."""
    root = project(_01_a=explored(GOOD, f"#x {VIEW}"))
    assert main(["build"]) == 0
    before = published(root)
    capsys.readouterr()
    assert main(["check"]) == 0
    checked = capsys.readouterr()
    book = explored(GOOD, f"#x {VIEW}")
    state = {"version_major": 2, "version_minor": 0, "state": {"a": {"model_name": "secret"}}}
    book.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    nbformat.write(book, root / "notebooks" / "01_a.ipynb")
    assert main(["check"]) == 0
    assert capsys.readouterr() == checked
    monkeypatch.setattr(execute, "running", None)
    assert main(["build"]) == 0
    assert published(root) == before
