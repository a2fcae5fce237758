import os
import sys
import tempfile
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_output

import helpers
from conftest import notebook
from helpers.annex.build import build
from helpers.annex.plan.plan import Plan
from helpers.annex.run.repeatable import machine, unrepeatable
from helpers.errors import NotebookError

PLACES = {
    "/home/ann/een map/data": "the folder of the data",
    "/home/ann": "the home of a user",
    "/root": "the home of another",
}


def ran(text: str, kind: str = "stream"):
    """A notebook whose first code cell gave a text."""
    book = notebook("first", "second")
    data = {"text": text} if kind == "stream" else {"data": {"text/plain": text}}
    book.cells[2].outputs = [new_output(kind, **data)]
    return book


@pytest.mark.parametrize("kind", ["stream", "display_data"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("here <object object at 0x7f3a5c0d2e50> is", "<object object at 0x7f3a5c0d2e50>"),
        ("<function f at 0x000001F2A3B4C5D6>", "<function f at 0x000001F2A3B4C5D6>"),
        ('<code object f at 0x7f3a5c0d, file "x", line 1>', "<code object f at 0x7f3a5c0d"),
        ('File "/var/x/ipykernel_42/77.py", line 1', "/var/x/ipykernel_42/77.py"),
        ("in /home/ann/een map/data/x.csv", "/home/ann/een map/data"),
        ("in /home/ann/een map/x.csv", "/home/ann"),
        ("/root", "/root"),
        ("It is '/root/x'.", "/root"),
        ("It is in /root.", "/root"),
        ("file:///root/x", "/root"),
    ],
)
def test_what_no_build_repeats_is_found(text, found, kind):
    """Addresses in memory, files of cells and folders of this machine, in printed or shown text."""
    [(number, said, _)] = unrepeatable(ran(text, kind), PLACES)
    assert (number, said) == (3, found)


@pytest.mark.parametrize(
    "text",
    [
        "0x7f3a5c0d2e50", "at 0x1F", "<b>at noon</b>", "data/x.csv", "a < b at 3 > c", "web/data/x",
        "1/2", "either/or", "/", "/rooted", "/root-2", "/root.txt", "/var/root", "./root",
        "x//root", "https://root.org/x", "https://root/x", "https://example.org/root", "root",
        "ann",
    ],
)  # fmt: skip
def test_other_text_is_left_alone(text):
    """A number in base sixteen, markup, names of files inside the project, other paths that hold
    the same words, and addresses are no such thing; nor is a stroke, where the home is `/`."""
    assert list(unrepeatable(ran(text), {**PLACES, "/data": "a folder", "/": "a home"})) == []


@pytest.mark.parametrize("text", ["x", "/", "<", "< at ", "ipykernel_", "/root/", "<x at 0"])
def test_a_long_text_is_looked_through_at_once(text):
    """One that is alike all through: a cell may print five times as much."""
    start = time.process_time()
    list(unrepeatable(ran(text * (20_000 // len(text))), PLACES))
    assert time.process_time() - start < 1


def test_a_folder_in_what_a_helper_shows_is_found():
    """It would stand on the page just as one that is printed."""
    book = notebook("say")
    shown = {"application/x+json": {"nl": {"html": "<p>in /root</p>"}}, "text/plain": "<text>"}
    book.cells[2].outputs = [new_output("display_data", data=shown)]
    assert [found for _, found, _ in unrepeatable(book, PLACES)] == ["/root"]


@pytest.mark.parametrize(
    ("user", "text", "found"),
    [
        ("ann_b", "by ann_b", ["ann_b"]),
        ("j.smith2", "j.smith2: 3", ["j.smith2"]),
        ("ann_b", "joann_bee", []),
        ("trade", "trade grew", []),
        ("2020", "in 2020", []),
        ("", "any", []),
    ],
)
def test_the_name_of_a_user_is_found_where_it_is_no_word(user, text, found):
    """One with a digit or sign in it; one of letters alone, such as `trade`, may be meant."""
    assert [said for _, said, _ in unrepeatable(ran(text), {}, user)] == found


def test_what_is_of_this_machine_is_known(tmp_path, monkeypatch):
    """The home and the folder for temporary files, also where links lead, the environment and
    the helpers."""
    (tmp_path / "real").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "real")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    places, _ = machine()
    names = {str(tmp_path / "home"), str(tmp_path / "real"), str(tmp_path / "temporary")}
    assert names | {sys.prefix, str(Path(helpers.__file__).parent)} <= places.keys()


def test_the_name_of_the_user_is_known():
    """As the machine has it, whatever variables say."""
    pwd = pytest.importorskip("pwd")
    assert machine()[1] == pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("Path.home()", "the home of a user"),
        ("sys.prefix", "the folder of the environment"),
        ("Path('..', 'own.csv').resolve()", "the folder of the project"),
    ],
)
def test_a_notebook_that_prints_a_place_is_refused(project, place, what):
    """By notebook and cell, before anything is made."""
    code = f"import sys\nfrom pathlib import Path\nprint({place})"
    root = project(_01_a=notebook(code))
    with pytest.raises(NotebookError) as error:
        build(Plan(root, root / "data", root / "annex"))
    [problem] = error.value.problems
    assert problem.place == "notebooks/01_a.ipynb, cell [1]"
    assert problem.expected.startswith(f"words or quantities, as {what} ")
    assert not (root / "annex").exists()
