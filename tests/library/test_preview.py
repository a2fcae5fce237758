"""`annex preview`: each edit is seen on its page, nothing stale, nothing left."""

from __future__ import annotations

import asyncio
import os
import py_compile
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import urllib.error
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock

import nbformat
import pytest
import watchfiles
import websocket
from nbformat.v4 import new_markdown_cell
from tornado.websocket import WebSocketClosedError

from conftest import EXAMPLE, OTHER, ROOT, notebook
from helpers.annex.build import build
from helpers.annex.cli import main
from helpers.annex.pages.spool import Spool
from helpers.annex.plan.plan import InputsChanged, Plan
from helpers.annex.preview.preview import _Builder, _drop_bytecode, _Filter
from helpers.annex.preview.server import State, _Socket, live
from helpers.annex.preview.worker import _Folder, _serve
from helpers.annex.run.own_process import listen
from helpers.errors import NotebookError, Problem
from previewing import Preview

VISITS = """from helpers import counts, tables
from helpers.present import say
visits = counts.count(tables.load("missions"))
say(nl="{n:0} bezoeken.", en="{n:0} visits.", n=visits)"""
RESULTS = VISITS.replace("missions", "outcomes").replace("visits.", "results.")
LONG = [
    new_markdown_cell(f"## {letter}\n\n{letter}: {word * 300}", metadata={"tags": [lang]})
    for letter in "ABCDEF"
    for lang, word in (("nl", "woord "), ("en", "word "))
]


def made(folder: Path) -> Path:
    """A project of two notebooks that read one table each."""
    (folder / "notebooks").mkdir(parents=True)
    shutil.copytree(EXAMPLE / "data", folder / "data")
    first, second = notebook(VISITS), notebook(RESULTS, **OTHER)
    first.cells += LONG
    nbformat.write(first, folder / "notebooks" / "01_a.ipynb")
    nbformat.write(second, folder / "notebooks" / "02_b.ipynb")
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A preview of such a project after its first build, for all tests of this module."""
    root = made(tmp_path_factory.mktemp("previewed") / "project")
    with Preview(root) as preview:
        preview.root = root
        preview.built()
        yield preview


def own_python(folder: Path, source: Path) -> Path:
    """An environment with the packages of this one and the helpers of `source`."""
    venv.create(folder)
    [packages] = folder.glob("lib/*/site-packages")
    both = f"{source}\n{sysconfig.get_path('purelib')}\n"
    (packages / "own.pth").write_text(both, encoding="utf-8")
    return folder / "bin" / "python"


def change(preview: Preview, old: str, new: str, file: str = "notebooks/01_a.ipynb") -> None:
    """Replace a text in a file of the project, in one step, as editors do."""
    path = preview.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    draft = path.with_suffix(".new")
    draft.write_text(text.replace(old, new), encoding="utf-8")
    draft.replace(path)


def plain(html: str) -> str:
    """A page that was served, without the script and what it may do."""
    html = re.sub(r'<script src="/preview.js" data-state="[^"]*" defer></script>\n', "", html)
    return re.sub(r"; script-src 'self'; connect-src ws://[\d.:]+", "", html)


@pytest.mark.slow
def test_it_shows_what_a_build_writes(running, tmp_path):
    """After edits each file that is served is the one that a build writes, byte for byte; a page
    has the script besides, and leave for that."""
    change(running, "word word", "other word", "notebooks/01_a.ipynb")
    running.built()
    change(running, ".count(tables", ".count( tables")
    running.built()
    build(Plan(running.root, running.root / "data", tmp_path / "annex"))
    paths = [p.relative_to(tmp_path / "annex").as_posix() for p in tmp_path.glob("annex/**/*.*")]
    assert len(paths) > 10
    for path in paths:
        content = running.get(path)
        assert (b"<script" in content) == path.endswith(".html")
        if path.endswith(".html"):
            content = plain(content.decode()).encode()
        assert content == (tmp_path / "annex" / path).read_bytes(), path


@pytest.mark.slow
def test_prose_is_shown_without_running_anything(running):
    """An edit of prose is on its page, with what it changes elsewhere; no notebook has run, and the
    same process has built."""
    worker, before = running.worker(), running.state
    change(running, "## B", "## Bridges")
    state = running.built()
    assert b"Bridges" in running.get("en/01_a.html")
    assert [path for path in state["latest"] if "02_b" in path] == []
    assert (running.worker(), state["run"]) == (worker, before["run"])
    assert state["ran"] == []


@pytest.mark.slow
def test_a_changed_table_runs_the_notebooks_that_read_it(running):
    """The number on the page is the new one, though the table had been read before."""
    file = "data/report/missions.csv"
    change(running, "visit-03,", "visit-09,incoming,2001,,,Appendix 3\nvisit-03,", file)
    state = running.built()
    assert state["ran"] == ["01_a"]
    assert b">4</data></a> visits." in running.get("en/01_a.html")


@pytest.mark.slow
def test_a_change_of_code_runs_that_notebook_in_warm_processes(running):
    """Only the notebook whose code changed runs, forked from the parent that was there before."""
    worker = running.worker()
    change(running, "{n:0} results.", "{n:0} outcomes.", "notebooks/02_b.ipynb")
    state = running.built()
    assert (state["ran"], running.worker()) == (["02_b"], worker)
    assert b"outcomes." in running.get("en/02_b.html")


@pytest.mark.slow
def test_an_error_is_told_with_its_cell_and_lines_until_it_is_mended(running):
    """The page stays as it was; mended, it goes on."""
    change(running, "visits = ", "visits = 1 / 0\\n")
    told = running.failed()
    assert "notebooks/01_a.ipynb, cell [1]: found ZeroDivisionError" in told
    assert "  3 | visits = 1 / 0" in told
    assert b" visits." in running.get("en/01_a.html")
    change(running, "visits = 1 / 0\\n", "visits = ")
    assert running.until(lambda state: not state["problems"])["problems"] == []


@pytest.mark.slow
def test_a_broken_table_is_told_with_its_row_and_column(running):
    """As in a build; nothing else stops, and the mended table is read again."""
    file = "data/report/missions.csv"
    change(running, "outgoing,1995", "sideways,1995", file)
    assert "missions.csv, row 2, column direction: found 'sideways'" in running.failed()
    change(running, "sideways,1995", "outgoing,1995", file)
    running.until(lambda state: not state["problems"])


def test_other_sites_and_names_get_nothing(running):
    """A page of another site whose name leads to this computer, and a file beside the pages."""
    for path, headers in (
        ("en/01_a.html", {"Host": "evil.example"}),
        ("preview.js", {"Host": "evil.example:80"}),
        ("%2e%2e/errors", {}),
        ("../errors", {}),
        ("en/none.html", {}),
        ("%00.html", {}),
        (f"{'x' * 300}.html", {}),
        ("en/none.svg", {}),
    ):
        with pytest.raises(urllib.error.HTTPError, match=r"40[034]"):
            running.get(path, **headers)


@pytest.mark.slow
def test_what_changed_elsewhere_is_told_until_more_changes(running):
    """One save may be several changes of the file system, of which the last change nothing."""
    change(running, "{n:0} bezoeken.", "{n:0} malen.", "notebooks/02_b.ipynb")
    assert "nl/02_b.html" in running.built()["latest"]
    (running.root / "notebooks" / "02_b.ipynb").touch()
    running.until(lambda state: state["building"] is False)
    assert "nl/02_b.html" in running.state["latest"]
    change(running, "{n:0} malen.", "{n:0} bezoeken.", "notebooks/02_b.ipynb")
    running.built()


@pytest.mark.slow
def test_an_edit_ends_a_cell_that_never_ends(running):
    """Nobody waits for outputs of code that is no longer there."""
    change(running, "visits = ", "import time; open('begun', 'w'); time.sleep(600); visits = ")
    begun = running.root / "notebooks" / "begun"
    for _ in watchfiles.watch(begun.parent, yield_on_timeout=True, rust_timeout=200):
        if begun.exists():
            break
    worker = running.worker()
    change(running, "import time; open('begun', 'w'); time.sleep(600); ", "")
    change(running, "{n:0} visits.", "{n:0} trips.")
    running.built()
    assert b"trips." in running.get("en/01_a.html")
    assert running.worker() == worker
    change(running, "{n:0} trips.", "{n:0} visits.")
    begun.unlink()


@pytest.mark.slow
def test_a_file_that_is_elsewhere_is_watched(running):
    """A link in the data folder leads to it."""
    table = running.root / "data" / "report" / "missions.csv"
    table.rename(running.root / "linked.csv")
    table.symlink_to(running.root / "linked.csv")
    running.until(lambda state: not state["problems"])
    change(running, ",1996,", ",1997,", "linked.csv")
    running.built()
    change(running, ",1997,", ",1996,", "linked.csv")
    running.built()


@pytest.mark.slow
def test_a_folder_that_was_replaced_is_watched(running):
    """As git and tools that copy do: what is edited in the new folder is seen."""
    data = running.root / "data"
    shutil.copytree(data, running.root / "other")
    data.rename(running.root / "old")
    running.failed()
    (running.root / "other").rename(data)
    running.until(lambda state: not state["problems"])
    change(running, ",1996,", ",1995,", "data/report/missions.csv")
    running.built()


@pytest.mark.slow
def test_the_lock_file_is_watched(running):
    """The manifest has its digest, and what it installs is loaded anew."""
    before = running.get("manifest.json")
    (running.root / "requirements.lock").write_text("numpy==1.0\n", encoding="utf-8")
    running.built()
    assert running.get("manifest.json") != before


@pytest.mark.slow
def test_a_tab_that_is_closing_does_no_harm(running):
    """One that has said so but not yet gone, when a build is told."""
    host = running.address.split("/")[2]
    closing = websocket.create_connection(f"ws://{host}/preview")
    closing.send_close()
    change(running, "## C", "## Cities")
    running.built()
    assert b"Cities" in running.get("en/01_a.html")
    closing.shutdown()
    tab = object.__new__(_Socket)  # as it may be when it has gone and the server is not told yet
    tab._server = Mock(state=State())
    tab.write_message = Mock(side_effect=WebSocketClosedError)
    tab.send()


def test_a_file_is_always_sent(running):
    """Also to who has one already: that of a moment ago may be another."""
    for header in ({"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
        assert running.get("style.css", **header)


def test_the_end_of_the_preview_is_the_last_that_is_asked(monkeypatch):
    """Where the signal is ignored, as while kernels are ended, the loop ends all the same."""
    monkeypatch.setattr(sys, "stdin", ["build\n"])
    monkeypatch.setattr("os.kill", lambda *_: None)
    asked = queue.SimpleQueue()
    listen(asked.put)
    assert [asked.get(timeout=1), asked.get(timeout=1)] == ["build\n", ""]


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_that_comes_and_goes(running, chromium):
    """A new notebook, whose name has all that a name may have, is shown and renewed; without its
    notebook the page says so, and comes back with it."""
    book = running.root / "notebooks" / "03_c, é (1).ipynb"
    third = notebook(VISITS.replace("visits.", "others."), title_nl="Derde", title_en="Third")
    nbformat.write(third, book)
    running.built()
    tab = chromium.new_page()
    tab.goto(f"{running.address}en/03_c%2C%20%C3%A9%20%281%29.html")
    change(running, "others.", "more.", f"notebooks/{book.name}")
    tab.get_by_text("more.").first.wait_for()
    kept = book.rename(running.root / "kept")
    tab.get_by_text("This page is not in the annex").wait_for()
    kept.rename(book)
    tab.get_by_text("more.").first.wait_for()
    book.unlink()
    tab.close()


@pytest.mark.browser
@pytest.mark.slow
def test_a_reader_sees_each_edit_where_he_was(running, chromium):
    """Without reload by hand: a sentence added above keeps the paragraph in its place, and what was
    unfolded stays so; an error is told on the page, with its lines, and goes when it is mended;
    a change of another page is told with a link. No request leaves this computer."""
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    requests, noise = [], []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("pageerror", lambda error: noise.append(str(error)))
    tab.goto(f"{running.address}en/01_a.html")
    tab.locator("details").first.evaluate("each => { each.open = true; }")
    tab.locator("h2", has_text=re.compile("^D$")).evaluate(
        "e => e.scrollIntoView({behavior: 'instant'})"
    )
    place = tab.locator("h2", has_text=re.compile("^D$")).bounding_box()["y"]
    change(running, "## A", "## A\\n\\nAdded above.")
    tab.get_by_text("Added above.").wait_for(state="attached")
    assert abs(tab.locator("h2", has_text=re.compile("^D$")).bounding_box()["y"] - place) < 2
    assert tab.locator("details").first.evaluate("each => each.open")
    panel = tab.locator("section[role=alert]")
    change(running, "visits = ", "visits = 1 / 0\\n")
    panel.wait_for()
    assert "cell [1]" in panel.inner_text() and "3 | visits = 1 / 0" in panel.inner_text()
    change(running, "visits = 1 / 0\\n", "visits = ")
    panel.wait_for(state="detached")
    change(running, "{n:0} bezoeken", "{n:0} keer", "notebooks/02_b.ipynb")
    tab.get_by_role("link", name="/en/02_b.html").wait_for()
    assert {request.split("/")[2] for request in requests} == {running.address.split("/")[2]}
    assert noise == []
    tab.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_place_is_found_by_what_stayed(running, chromium):
    """Where the paragraph in view is edited and another added above in one save, the next ones tell
    the place; what was unfolded is known by what it holds."""
    book = running.root / "notebooks" / "01_a.ipynb"
    before = book.read_text(encoding="utf-8")
    tab = chromium.new_page(viewport={"width": 1000, "height": 700})
    tab.goto(f"{running.address}en/01_a.html")
    after = tab.locator("h2", has_text=re.compile("^E$"))
    tab.locator("details").last.evaluate("each => { each.open = true; }")
    after.evaluate(
        "e => scrollTo({top: e.getBoundingClientRect().top + scrollY - 300, behavior: 'instant'})"
    )
    place = after.bounding_box()["y"]
    cell = nbformat.v4.new_code_cell("added = 1")
    edited = nbformat.read(book, 4)
    for each in edited.cells:
        each.source = each.source.replace("## A", "## A\n\nAdded.").replace(
            "## D\n\n", "## D\n\nNew "
        )
    edited.cells[2:2] = [
        cell,
        *(
            new_markdown_cell(t, metadata={"tags": [lang]})
            for lang, t in (("nl", "Erbij."), ("en", "Besides."))
        ),
    ]
    nbformat.write(edited, book)
    tab.get_by_text("Besides.").wait_for(state="attached")
    tab.wait_for_load_state()
    assert abs(after.bounding_box()["y"] - place) < 2
    unfolded = [each.evaluate("each => each.open") for each in tab.locator("details").all()]
    assert unfolded[-1] and not any(unfolded[:-1])
    tab.close()
    book.write_text(before, encoding="utf-8")
    running.built()


@pytest.mark.slow
def test_an_edited_helper_is_loaded_anew(tmp_path):
    """What it makes is shown, whether the build or a notebook calls it; a helper that can't be
    imported is told with its file and line, and mended all goes on."""
    root = made(tmp_path / "project")
    ignored = shutil.ignore_patterns("__pycache__")
    source = shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    with Preview(root, python=own_python(tmp_path / "env", source)) as preview:
        preview.root = source / "helpers"
        preview.built()
        change(preview, '{"html": f"<p>', '{"html": f"<p>Now ', "present.py")
        assert sorted(preview.built()["ran"]) == ["01_a", "02_b"]
        assert re.search(rb"Now .{,80}visits", preview.get("en/01_a.html"))
        change(preview, "import os\n", "import os\n1 / 0\n", "annex/build.py")
        assert re.search(r"annex/build.py, line \d+: found ZeroDivisionError", preview.failed())
        change(preview, '"On this page"', '"Here"', "annex/pages/labels.py")
        change(preview, "import os\n1 / 0\n", "import os\n", "annex/build.py")
        preview.until(lambda state: not state["problems"])
        assert b"Here" in preview.get("en/01_a.html")
        (preview.root / "annex/pages/template/annex/style.css").write_text("p { color: red }\n")
        preview.built()
        assert preview.get("style.css").startswith(b"p { color: red }\n")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_leaves_no_process(tmp_path, project, monkeypatch, number):
    """However it ends, also while a notebook runs; when it is asked to, with exit code 0 and
    without a folder."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    begun = tmp_path / "begun"
    code = f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\ntime.sleep(600)"
    preview = Preview(project(_01_a=notebook(code)))
    for _ in watchfiles.watch(tmp_path, yield_on_timeout=True, rust_timeout=200):
        if begun.exists():
            break
    code, left = preview.end(number)
    assert left == []
    if number != signal.SIGKILL:
        assert (code, list(place.iterdir())) == (0, [])


def test_folders_of_a_process_that_had_to_be_killed_go(tmp_path, monkeypatch):
    """One that does not end in time can't remove them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("helpers.annex.run.own_process.END_SECONDS", 0.01)
    (tmp_path / "annex").mkdir()
    builder = _Builder({"folder": str(tmp_path / "annex")}, Mock(), Mock(), Mock())

    async def ended():
        builder._process = process = await asyncio.create_subprocess_exec(
            "sleep", "600", stdin=asyncio.subprocess.PIPE, start_new_session=True
        )
        (tmp_path / f"annex-kernel-{process.pid}-x").mkdir()
        await builder.end()

    with ThreadPoolExecutor() as other:  # a browser may have a loop in this thread
        other.submit(lambda: asyncio.run(ended())).result()
    assert [path.name for path in tmp_path.iterdir()] == ["annex"]


def test_what_can_not_be_previewed_is_told(project, capsys):
    """A port that is taken, a notebook that is not there, a port that is none: with what would be
    right."""
    project(_01_a=notebook())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "helpers.annex.cli", "preview", "--port", port]
        ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"annex: --port {port}: found Address already in use")
    assert main(["preview", "--no-browser", "--only", "02_b"]) == 1
    assert "--only: found '02_b'; expected one of 01_a" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["preview", "--port", "70000"])


def test_a_page_keeps_its_policy_but_for_the_script():
    """Besides the script and its connection to this server nothing is allowed that was not."""
    page = "<head><meta content=\"default-src 'none'; img-src 'self'\"></head><p>default-src 'none'"
    assert live(page, "127.0.0.1:1", {"run": "a", "version": 2}) == (
        "<head><meta content=\"default-src 'none'; script-src 'self'; "
        "connect-src ws://127.0.0.1:1; img-src 'self'\">"
        '<script src="/preview.js" data-state="{&quot;run&quot;: &quot;a&quot;, '
        '&quot;version&quot;: 2}" defer></script>\n'
        "</head><p>default-src 'none'"
    )


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("notebooks/01_a.ipynb", True),
        ("notebooks/out.csv", False),
        ("notebooks/.ipynb_checkpoints/01_a-checkpoint.ipynb", False),
        ("data/report/missions.csv", True),
        ("data/report/.missions.csv.swp", False),
    ],
)
def test_what_is_a_change(path, told):
    """What notebooks or editors write beside the inputs is none; the folder above may have any
    name."""
    above = Path("/node_modules/.venv")
    chosen = _Filter(above / "notebooks", [above / "notebooks", above / "data"])
    assert chosen(watchfiles.Change.modified, str(above / path)) == told


def test_only_files_that_changed_are_written(tmp_path):
    """They are told by their paths; files of an annex that are no longer of it are removed."""
    folder = _Folder(tmp_path)
    assert folder.write({"a.html": "1", "en/b.html": b"2"}) == ["a.html", "en/b.html"]
    assert folder.write({"a.html": "1", "en/b.html": "3"}) == ["en/b.html"]
    assert (tmp_path / "en/b.html").read_bytes() == b"3"
    assert folder.write({"a.html": "1"}, whole=True) == ["en/b.html"]
    assert [path.name for path in tmp_path.rglob("*.html")] == ["a.html"]
    assert folder.write({"a.html": "1"}, whole=True) == []


def test_a_folder_with_files_of_an_earlier_process(tmp_path):
    """Those that stay the same are not told, and others go."""
    _Folder(tmp_path).write({"a.html": "1", "en/b.html": "2"})
    assert _Folder(tmp_path).write({"a.html": "1"}, whole=True) == ["en/b.html"]
    assert [path.name for path in tmp_path.rglob("*.html")] == ["a.html"]


def test_a_build_that_failed_is_not_taken_for_the_one_before(project, monkeypatch):
    """An edit that was taken back while its build ran has been shown: a whole build follows, though
    the files are again those of the build before."""
    monkeypatch.setattr("helpers.annex.run.kernels.parent.warm_up", lambda data: None)
    root = project(_01_a=notebook())
    served, shown = root / "served", ["a", "b", "a"]
    served.mkdir()

    def make(plan, spool, early, **options):
        text = shown.pop(0)
        early({"a.html": text})
        if text == "b":
            raise InputsChanged(Problem("a", "b", "c"))
        return {"a.html": text}

    monkeypatch.setattr("helpers.annex.build.make", make)
    monkeypatch.setattr(Plan, "waiting", [])
    keys = iter(["A", "B", "A"])
    monkeypatch.setattr(Plan, "_build_key", lambda self, inputs: next(keys))
    options = {"root": str(root), "data": str(root / "data"), "only": [], "folder": str(served)}
    asked = Mock(get=iter(["build", "build", "again", ""]).__next__)
    assert _serve(options, asked, lambda **message: None) == 0
    assert (served / "a.html").read_text() == "a"


def test_what_a_failed_build_made_is_made_again(project, monkeypatch):
    """Files may have changed after they were compared, so it may be made of others than it says."""
    monkeypatch.setattr("helpers.annex.run.kernels.parent.warm_up", lambda data: None)
    root = project(_01_a=notebook())
    (root / "served").mkdir()
    made = iter(["of half a file", "of the whole file"])

    def make(plan, spool, **options):
        text = spool.once("page", "the same", lambda: next(made))
        if text == "of half a file":
            raise NotebookError(Problem("a", "b", "c"))
        return {"a.html": text}

    monkeypatch.setattr("helpers.annex.build.make", make)
    monkeypatch.setattr(Plan, "waiting", [])
    folders = {"root": str(root), "data": str(root / "data"), "folder": str(root / "served")}
    asked = Mock(get=iter(["build", "build", ""]).__next__)
    assert _serve({**folders, "only": []}, asked, lambda **message: None) == 0
    assert (root / "served" / "a.html").read_text() == "of the whole file"


def test_bytecode_is_looked_at_before_a_process_begins(tmp_path, monkeypatch):
    """It would load what is there."""
    done = []

    async def begin(*arguments, **options):
        done.append("began")

    monkeypatch.setattr(
        "helpers.annex.preview.preview._drop_bytecode", lambda _: done.append("seen")
    )
    monkeypatch.setattr("asyncio.create_subprocess_exec", begin)
    builder = _Builder({"folder": str(tmp_path / "annex")}, Mock(), Mock(), Mock())
    with ThreadPoolExecutor() as other:  # a browser may have a loop in this thread
        other.submit(lambda: asyncio.run(builder._start())).result()
    assert done == ["seen", "began"]


def test_bytecode_of_the_second_of_a_save_is_not_trusted(tmp_path):
    """Python would take it for that of another text of the same length, saved in that second."""
    kept = []
    for name, later in (("a", 0.5), ("b", 1.5)):
        source = tmp_path / f"{name}.py"
        source.write_text("x = 1")
        kept.append(Path(py_compile.compile(str(source))))
        os.utime(source, (1_000_000_000, 1_000_000_000))
        os.utime(kept[-1], (1_000_000_000 + later,) * 2)
    _drop_bytecode(tmp_path)
    assert [path.exists() for path in kept] == [False, True]


def test_what_was_made_while_files_changed_is_made_again():
    """It may be made of other files than it says."""
    with Spool() as spool:
        assert spool.once("a", 1, lambda: "sure") == "sure"
        spool.sure()
        assert spool.once("a", 2, lambda: "unsure") == "unsure"
        spool.once("b", 1, lambda: "unsure")
        spool.forget()
        assert spool.once("a", 1, lambda: "anew") == "anew"
        assert spool.once("b", 1, lambda: "anew") == "anew"


def test_what_is_made_of_the_same_is_made_once():
    """And again when it is made of something else, or is something else."""
    calls = []

    def make():
        calls.append(None)
        return len(calls)

    with Spool() as spool:
        asked = [("a", 1), ("a", 1), ("b", 1), ("a", 2), ("a", 2), ("a", 1)]
        assert [spool.once(*each, make) for each in asked] == [1, 1, 2, 3, 3, 4]
