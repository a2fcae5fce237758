"""What a change makes a build do again: for each kind of dependency one that must, one that must
not."""

import json
import os
import shutil

import nbformat
import pytest

from conftest import EXAMPLE, ROOT, notebook
from helpers.annex.plan.cache import Cache
from helpers.annex.plan.imports import imports
from helpers.annex.plan.input_files import output
from helpers.annex.plan.inputs import _RUNNERS, HELPERS, Inputs, digest
from helpers.annex.plan.plan import Plan
from helpers.annex.release import publish as publishing
from helpers.annex.run import notebook_files
from helpers.errors import AnnexError

CODE = "from helpers import measures\nfrom helpers.tables import load\nload('visits')"


@pytest.fixture
def place(tmp_path, tiny, monkeypatch):
    """A project with one notebook and a lock file, and helpers of its own."""
    root = tiny.parent
    (root / "notebooks").mkdir()
    nbformat.write(notebook(CODE), root / "notebooks" / "01_a.ipynb")
    (root / "requirements.lock").write_text("pandas==1")
    shutil.copytree(HELPERS, root / "src" / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    # As if this process had imported those.
    monkeypatch.setattr(Inputs.__init__, "__defaults__", (root / "src" / "helpers", None))
    monkeypatch.setattr("helpers.annex.run.own_modules.problems", lambda root: [])
    return root


def plan(root, **options) -> Plan:
    return Plan(root, root / "data", root / "annex", cache=Cache(root / ".cache"), **options)


def ran(root, *read: str) -> None:
    """Act as if the notebook had run and had read some files of the data folder."""
    reads = {str(root / "data" / name): digest(str(root / "data" / name)) for name in read}
    plan(root).ran("01_a", json.dumps([[STREAM]]), reads, 1.5)


def waits(root) -> bool:
    """Whether the notebook would run in the next build."""
    return [path.stem for path in plan(root).waiting] == ["01_a"]


def test_first_build_runs_everything(place):
    """What never ran waits."""
    assert waits(place)


def test_nothing_changed_runs_nothing(place):
    """A notebook that ran on what is there now is not run again; what it gave is kept."""
    ran(place, "visits.csv")
    assert not waits(place)
    assert json.loads(plan(place).kept["01_a"]["outputs"])[0][0]["text"] == "x"


def test_a_change_taken_back_runs_nothing(place):
    """What a notebook gave on a table as it was is found again when the table is that again."""
    ran(place, "visits.csv")
    before = (place / "data" / "visits.csv").read_text()
    append(place / "data" / "visits.csv", "v-3,1999,,in,true,,\n")
    assert waits(place)
    ran(place, "visits.csv", "places.csv")
    assert list(plan(place).kept["01_a"]["reads"]) == paths(place, "visits.csv", "places.csv")
    (place / "data" / "visits.csv").write_text(before)
    assert list(plan(place).kept["01_a"]["reads"]) == paths(place, "visits.csv")


def paths(root, *names: str) -> list[str]:
    return [str(root / "data" / name) for name in names]


def edit_cell(root, old, new):
    path = root / "notebooks" / "01_a.ipynb"
    path.write_text(path.read_text().replace(old, new))


def append(path, text="\n# another comment\n"):
    path.write_text(path.read_text() + text)


STREAM = {"output_type": "stream", "name": "stdout", "text": "x"}
MUST = {
    "a code cell": lambda root: edit_cell(root, "load('visits')", "load('visits' )"),
    "a table it reads": lambda root: append(root / "data" / "visits.csv", "v-3,1999,,in,true,,\n"),
    "a table it reads, gone": lambda root: (root / "data" / "visits.csv").unlink(),
    "a helper it imports": lambda root: append(root / "src" / "helpers" / "measures.py"),
    "a helper that comes in with one": lambda root: append(
        root / "src" / "helpers" / "tables" / "cells.py"
    ),
    "a module of the warm kernels": lambda root: append(
        root / "src" / "helpers" / "annex" / "run" / "kernels" / "child.py"
    ),
    "the form of what is kept": lambda root: append(
        root / "src" / "helpers" / "annex" / "plan" / "cache.py"
    ),
    "a tag that tells how to run a cell": lambda root: edit_cell(
        root, '"metadata": {}', '"metadata": {"tags": ["raises-exception"]}'
    ),
    "a file beside the helpers": lambda root: (root / "src" / "helpers" / "own.json").write_text(
        "{}"
    ),
    "the lock file": lambda root: append(root / "requirements.lock"),
}
MUST_NOT = {
    "prose": lambda root: edit_cell(root, "# Title", "# Another title"),
    "a stored output": lambda root: edit_cell(
        root, '"outputs": []', f'"outputs": [{json.dumps(STREAM)}]'
    ),
    "a table nobody reads": lambda root: append(root / "data" / "places.csv", "Zeist\n"),
    "a comment in an unused helper": lambda root: append(
        root / "src" / "helpers" / "claims" / "ledger.py"
    ),
    "the template": lambda root: append(
        root / "src" / "helpers" / "annex" / "pages" / "template" / "annex" / "style.css"
    ),
    "a word of the pages": lambda root: append(
        root / "src" / "helpers" / "annex" / "pages" / "labels.py"
    ),
    "the page maker": lambda root: append(root / "src" / "helpers" / "annex" / "pages" / "body.py"),
    "times of files": lambda root: [path.touch() for path in root.rglob("*") if path.is_file()],
    "another notebook": lambda root: nbformat.write(
        notebook("x = 1"), root / "notebooks" / "b.ipynb"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MUST)
def test_change_that_must_run_again(place, kind):
    """Whatever a notebook's outputs depend on makes it run again."""
    ran(place, "visits.csv", "datapackage.json")
    MUST[kind](place)
    assert waits(place)


def test_a_helper_that_a_helper_now_imports(place):
    """What helpers import is found out anew when one of them changes."""
    ran(place)  # which remembers what they import
    append(place / "src" / "helpers" / "measures.py", "\nfrom .claims import ledger\n")
    ran(place, "visits.csv", "datapackage.json")
    append(place / "src" / "helpers" / "claims" / "ledger.py")
    assert waits(place)


@pytest.mark.parametrize("kind", MUST_NOT)
def test_change_that_must_not_run_again(place, kind):
    """What the outputs do not depend on does not."""
    ran(place, "visits.csv", "datapackage.json")
    MUST_NOT[kind](place)
    assert not waits(place)


@pytest.mark.parametrize("kind", [k for k in MUST | MUST_NOT if k not in (
    "times of files", "another notebook",
)])  # fmt: skip
def test_any_change_of_content_makes_the_pages_anew(place, kind):
    """The annex is only taken as it is when nothing at all changed."""
    ran(place, "visits.csv", "datapackage.json")
    publish(place)
    assert plan(place).done
    (MUST | MUST_NOT)[kind](place)
    assert not plan(place).done


def publish(root) -> None:
    """Act as if the annex was published."""
    (root / "annex").mkdir()
    (root / "annex" / "index.html").write_text("front")
    made = plan(root)
    assert made.kept
    made.published(output(root / "annex"))


def test_the_annex_of_another_build_is_not_taken_for_its_own(place):
    """When another build publishes in the same place right after, something did change."""
    ran(place)
    made = plan(place)
    assert made.kept
    digest = publishing.publish({"index.html": "own", "nl/a.html": "own"}, place / "annex")
    assert digest == output(place / "annex")
    publishing.publish({"index.html": "another's"}, place / "annex")
    made.published(digest)
    assert not plan(place).done
    publishing.publish({"index.html": "own", "nl/a.html": "own"}, place / "annex")
    assert plan(place).done


@pytest.mark.parametrize("spoil", [
    lambda out: (out / "index.html").write_text("edited"),
    lambda out: (out / "index.html").unlink(),
    lambda out: (out / "more.html").write_text("added"),
    lambda out: (out / "index.html").rename(out / "other.html"),
])  # fmt: skip
def test_an_annex_that_was_changed_is_built_again(place, spoil):
    """Files of the annex that were edited, removed, added or renamed are noticed."""
    ran(place)
    publish(place)
    assert plan(place).done
    spoil(place / "annex")
    assert not plan(place).done


def test_a_file_outside_the_project_is_followed(place, tmp_path_factory):
    """A notebook that reads a file elsewhere runs again when that changes."""
    outside = tmp_path_factory.mktemp("elsewhere") / "own.csv"
    outside.write_text("1")
    plan(place).ran("01_a", [[]], {str(outside): digest(str(outside))}, 1.0)
    publish(place)
    assert plan(place).done
    outside.write_text("2")
    assert not plan(place).done
    assert waits(place)


def test_a_change_while_it_runs_is_not_kept(place):
    """What a notebook gave is not kept when its table, code or helper changed meanwhile."""
    table = place / "data" / "visits.csv"
    before = {str(table): digest(str(table))}
    append(table, "v-3,1999,,in,true,,\n")
    plan(place).ran("01_a", [[]], before, 1.0)
    assert waits(place)
    running = plan(place)
    assert running.waiting
    append(place / "src" / "helpers" / "measures.py")
    running.ran("01_a", [[]], {}, 1.0)
    assert waits(place)


def test_a_change_during_the_build_stops_it(place):
    """A build whose inputs change while it runs publishes nothing, and names them."""
    running = plan(place)
    running.check_unchanged()
    append(place / "data" / "places.csv", "Zeist\n")
    with pytest.raises(AnnexError, match=r"places\.csv: found changed during the build"):
        running.check_unchanged()


def test_while_kernels_run_only_what_was_written_is_read(place, monkeypatch):
    """A look at inputs that nobody has written reads none; an edit of the same length that leaves
    the time of the file as it was is noticed."""
    running, table = plan(place), place / "data" / "places.csv"
    running.check_runs()
    with monkeypatch.context() as patch:
        patch.setattr("helpers.annex.plan.inputs.digest", lambda path: pytest.fail(path))
        running.check_runs()
    found = table.stat()
    table.write_text(table.read_text().replace("e", "o", 1))
    os.utime(table, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert table.stat().st_size == found.st_size
    with pytest.raises(AnnexError, match=r"places\.csv: found changed during the build"):
        running.check_runs()


def test_no_file_is_read_twice_to_find_nothing_changed(place, monkeypatch):
    """Each input and each file of the annex is read once, and no notebook is parsed."""
    ran(place, "visits.csv")
    publish(place)
    read = []

    def note(path: str) -> str:
        read.append(path)
        return digest(path)

    monkeypatch.setattr("helpers.annex.plan.inputs.digest", note)
    monkeypatch.setattr("helpers.annex.plan.input_files.digest", note)
    monkeypatch.setattr(notebook_files, "document", lambda path: pytest.fail(str(path)))
    assert plan(place).done
    assert len(read) == len(set(read))
    names = ("data/visits.csv", "notebooks/01_a.ipynb", "annex/index.html", "requirements.lock")
    assert {str(place / name) for name in names} <= set(read)


def test_a_helper_is_parsed_once_in_its_life(place, monkeypatch):
    """After an edit of one helper, what the others import is known from earlier builds."""
    ran(place)
    parsed = []

    def note(source, package):
        parsed.append(source)
        return imports(source, package)

    monkeypatch.setattr("helpers.annex.plan.imports.imports", note)
    append(place / "src" / "helpers" / "measures.py")
    ran(place)
    assert parsed == [(place / "src" / "helpers" / "measures.py").read_bytes()]


def test_packages_that_change_during_a_build_are_told_as_such(place):
    """A lock file or an installed package that changes is not taken for a changed notebook."""
    (place / "requirements.lock").write_text("one==1")
    building = plan(place)
    (place / "requirements.lock").write_text("one==2")
    with pytest.raises(AnnexError, match=r"packages, or requirements\.lock: found changed"):
        building.check_unchanged()


@pytest.mark.parametrize("option", [{"paper": True}, {"only": ["01_a"]}])
def test_other_options_are_another_annex(place, option):
    """An annex with a PDF is not the one without; a part goes to a place of its own."""
    ran(place)
    publish(place)
    assert plan(place, **option).done == ("only" in option)


@pytest.mark.parametrize("name", ["ANNEX_LANGUAGE", "LC_ALL", "TZ"])
def test_what_the_user_has_set_plays_no_part(place, monkeypatch, name):
    """Kernels find the same environment whatever language or time zone the user has chosen: what
    they gave stays good."""
    ran(place)
    publish(place)
    monkeypatch.setenv(name, "nl")
    assert plan(place).done


def test_other_data_is_another_run(place):
    """What a notebook gave on one data folder is not taken for what it gives on another."""
    ran(place, "visits.csv")
    shutil.copytree(place / "data", place / "other")
    other = Plan(place, place / "other", place / "annex", cache=Cache(place / ".cache"))
    assert [path.stem for path in other.waiting] == ["01_a"]


def test_a_file_of_the_project_moves_with_it(place, tmp_path_factory):
    """What a notebook read in the project is found where the project now is, and seen to change."""
    own = place / "notebooks" / "own.csv"
    own.write_text("1")
    plan(place).ran("01_a", "[[]]", {str(own): digest(str(own))}, 1.0)
    moved = tmp_path_factory.mktemp("elsewhere") / "other name"
    shutil.copytree(place, moved)
    own.unlink()
    assert not waits(moved)
    (moved / "notebooks" / "own.csv").write_text("2")
    assert waits(moved)


def test_a_folder_that_is_a_link_is_followed(place, tmp_path_factory):
    """A table in a linked folder is looked at like any other; a link that leads back is not."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "own.csv").write_text("a\n")
    (elsewhere / "round").symlink_to(place / "data")
    (place / "data" / "linked").symlink_to(elsewhere)
    before = Inputs(place, place / "data").tables
    assert str(place / "data" / "linked" / "own.csv") in before
    (elsewhere / "own.csv").write_text("b\n")
    assert Inputs(place, place / "data").tables != before


@pytest.mark.parametrize("name", ["requirements.lock", "src/helpers/measures.py"])
def test_what_ran_on_a_change_that_was_taken_back_is_not_kept(place, name):
    """A run during which something changed is not found when that is as before."""
    running, file = plan(place), place / name
    assert running.waiting
    before = file.read_text()
    append(file)
    running.ran("01_a", json.dumps([[STREAM]]), {}, 1.0)
    file.write_text(before)
    assert waits(place)


@pytest.mark.parametrize("code", ["import importlib\nimportlib.import_module('x')", "exec('1')"])
def test_a_helper_that_imports_by_other_means(place, code):
    """A notebook that uses such a helper depends on all of them."""
    append(place / "src" / "helpers" / "measures.py", f"\n{code}\n")
    ran(place)
    append(place / "src" / "helpers" / "claims" / "ledger.py")
    assert waits(place)


def test_what_is_no_notebook_is_not_kept(place):
    """A file that can't be read, such as a notebook of an older form, runs each time."""
    (place / "notebooks" / "01_a.ipynb").write_text('{"nbformat": 3, "worksheets": []}')
    ran(place)
    assert waits(place)


def test_a_helper_in_another_encoding(place):
    """What a helper imports is read as Python reads it."""
    file = place / "src" / "helpers" / "measures.py"
    file.write_bytes(b"# -*- coding: latin-1 -*-\nfrom .claims import ledger\n# \xe9\n")
    ran(place)
    append(place / "src" / "helpers" / "claims" / "ledger.py")
    assert waits(place)


@pytest.mark.parametrize(
    "code",
    [
        "import helpers\nhelpers.claims.ledger",
        "import helpers.language\nhelpers.claims.ledger",
        "from helpers import *",
        "from importlib import import_module\nimport_module('helpers.claims.ledger')",
        "import importlib as i\ni.import_module('helpers.claims.ledger')",
        "__import__('helpers.claims.ledger')",
        "exec('from helpers.claims import ledger')",
        "%run other.py",
        "from helpers.claims.ledger import Ledger",
        "def later():\n    from helpers.claims import ledger",
    ],
)
def test_imports_by_other_means(place, code):
    """A notebook that may import any helper depends on all of them."""
    nbformat.write(notebook(code), place / "notebooks" / "01_a.ipynb")
    ran(place)
    assert not waits(place)
    append(place / "src" / "helpers" / "claims" / "ledger.py")
    assert waits(place)


def test_longest_first(place):
    """The notebook with most code starts first, so that none is waited for alone."""
    nbformat.write(notebook("x = 1\n" * 100), place / "notebooks" / "02_b.ipynb")
    assert [path.stem for path in plan(place).waiting] == ["02_b", "01_a"]


def test_longest_first_by_its_last_run(place):
    """However short its code is, and though it has changed since; one that never ran is taken to
    run as long as others with as much code."""
    codes = {"01_a": "x = 10", "02_short": "x", "03_long": "x = 100", "04_new": "x = 1"}
    for name, code in codes.items():
        nbformat.write(notebook(code), place / "notebooks" / f"{name}.ipynb")
    for name, seconds in (("01_a", 0.1), ("02_short", 9.0), ("03_long", 0.2)):
        plan(place).ran(name, json.dumps([[STREAM]]), {}, seconds)
    for name in ("01_a", "02_short", "03_long"):
        nbformat.write(notebook(f"{codes[name]}+1"), place / "notebooks" / f"{name}.ipynb")
    assert [path.stem for path in plan(place).waiting] == ["02_short", "04_new", "03_long", "01_a"]


def test_a_file_that_is_no_notebook_waits(place):
    """A file that can't be read waits to be named by the build."""
    (place / "notebooks" / "01_a.ipynb").write_text("{")
    assert waits(place)


def test_outputs_go_back_where_they_came_from():
    """Outputs kept from a run stand in the same cells, code or not."""
    book = notebook("1", "2", said=False)
    filled = notebook_files.filled(book, json.dumps([[], [STREAM]]))
    assert json.loads(notebook_files.outputs(filled)) == [[], [STREAM]]


def test_what_runs_a_notebook_are_modules_of_the_helpers():
    """A module that is renamed can't drop out of what makes a notebook run again."""
    known = Inputs(ROOT, EXAMPLE / "data").imported([])
    assert known >= set(_RUNNERS)


def test_the_helpers_of_the_project_are_seen():
    """The closure of a real notebook holds what it draws with, and nothing of the page maker."""
    own = Inputs(ROOT, EXAMPLE / "data").imported(["from helpers.present import say"])
    assert {"helpers.present", "helpers.charts.style", "helpers.tables.cells"} <= own
    rooms = tuple(f"helpers.annex.{room}." for room in ("pages", "rules", "register", "release"))
    assert not [name for name in own if name.startswith(rooms)]
