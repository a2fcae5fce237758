"""The page work of a build: the same however many processes share it, and all or nothing."""

import gc
import os
import signal
from multiprocessing import Pipe
from unittest.mock import Mock

import psutil
import pytest

from conftest import use_languages
from helpers.annex import page_preload, page_processes
from helpers.annex.build import build
from helpers.annex.pages.page_sections import Content
from helpers.annex.pages.render import Page
from helpers.annex.pages.spool import Spool
from helpers.annex.plan.cache import Cache
from helpers.annex.plan.plan import Plan
from helpers.annex.run.kernels import child, kept_tables, parent
from helpers.annex.run.kernels.reads import digest
from helpers.annex.stages import Stages
from helpers.annex.timings import Clock, table
from helpers.errors import AnnexError, NotebookError
from small_projects import prose, theme, write

LANGS = ("nl", "en")
DOCUMENTS = [{"name": "report", "title": "Report", "language": "en"}]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A project of which all notebooks have run, so that a build only makes pages."""
    books = {
        f"_0{number}_{name}": theme(LANGS, title=f"{name} {{}}?")
        for number, name in enumerate(("one", "two", "three"), 1)
    }
    root = write(tmp_path_factory.mktemp("shared") / "project", LANGS, DOCUMENTS, **books)
    package = root / "data" / "datapackage.json"  # of which a build warns
    package.write_text(package.read_text("utf-8").replace("Of a ", "[to be written] "), "utf-8")
    with use_languages(LANGS):
        build(planned(root, root / "first"))
    return root


@pytest.fixture(autouse=True)
def languages():
    with use_languages(LANGS):
        yield


def planned(root, out) -> Plan:
    return Plan(root, root / "data", out, cache=Cache(root / ".cache" / "annex"))


def content(annex) -> dict[str, bytes]:
    files = (path for path in annex.rglob("*") if path.is_file())
    return {path.relative_to(annex).as_posix(): path.read_bytes() for path in files}


def test_pages_do_not_depend_on_who_makes_them(root, tmp_path, monkeypatch):
    """One process, two, and none beside this one make the same bytes and tell the same."""
    told = {}
    for number in (1, 2, 0):
        monkeypatch.setattr(parent, "WARM", number > 0)
        warn = Mock()
        build(planned(root, tmp_path / str(number)), jobs=number or 1, warn=warn)
        told[number] = (
            [str(call.args[0]) for call in warn.mock_calls],
            content(tmp_path / str(number)),
        )
    assert told[1] == told[2] == told[0]
    assert len(told[0][0]) == 1
    assert told[0][1] == content(root / "first")


def test_a_build_leaves_no_process(root, tmp_path):
    """The parent of the kernels, from which the processes that make pages are forked, ends with
    them."""
    build(planned(root, tmp_path / "annex"))
    commands = [p.cmdline() for p in psutil.Process().children() if p.status() != "zombie"]
    assert not [command for command in commands if "forkserver" in " ".join(command)]


def processes() -> list[psutil.Process]:
    """Those that make pages: forked from one that the parent of the kernels has forked."""
    below = psutil.Process().children()
    for _ in range(2):
        below = [own for each in below for own in each.children()]
    return below


def test_a_process_that_is_killed_ends_the_build(root, tmp_path):
    """The build tells it, publishes nothing and leaves no process."""
    left = []

    def kill(name, seconds):
        if not left:
            left.extend(processes())
            left[0].kill()

    with pytest.raises(AnnexError) as error:
        build(planned(root, tmp_path / "annex"), jobs=2, report=kill)
    assert str(error.value) == (
        "a process that makes pages: found an end with code -9; expected one that goes on. Build "
        "again; if that does not help, with more memory."
    )
    assert list(tmp_path.iterdir()) == []
    assert len(left) == 2
    assert psutil.wait_procs(left, timeout=10)[1] == []


def test_a_process_that_is_stopped_leaves_with_the_build(root, tmp_path):
    """One that answers nothing is killed when the build is interrupted."""
    left = []

    def stop(name, seconds):
        left.extend(processes())
        left[0].send_signal(signal.SIGSTOP)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(planned(root, tmp_path / "annex"), jobs=2, report=stop)
    assert list(tmp_path.iterdir()) == []
    assert len(left) == 2
    assert psutil.wait_procs(left, timeout=10)[1] == []


def test_a_process_of_a_killed_build_says_nothing(root, tmp_path, monkeypatch):
    """It ends by itself, without a traceback, where its build no longer listens."""
    monkeypatch.setattr(child, "die_with_build", lambda: None)
    monkeypatch.chdir(tmp_path)  # and back at the end
    ours, theirs = Pipe()
    ours.close()
    surroundings = str(tmp_path), dict(os.environ), LANGS
    plan = planned(root, tmp_path / "annex")
    page_processes._serve(theirs, plan, (tmp_path, 0, 1), surroundings)
    with pytest.raises(BrokenPipeError):
        theirs.send("read")


def test_a_killed_build_keeps_nothing_and_forks_nothing(root, tmp_path, monkeypatch):
    """The process that loads what makes pages ends when it finds that nobody waits for it."""
    done = Mock()
    for name in ("load", "keep"):
        monkeypatch.setattr(page_preload, name, getattr(done, name))
    monkeypatch.setattr(os, "setsid", done.setsid)
    monkeypatch.setattr(os, "fork", done.fork)
    ours, theirs = Pipe()
    plan = planned(root, tmp_path / "annex")
    with ours, theirs:  # this process has no parent that asked for it
        page_processes._fork([theirs], plan, tmp_path, (str(tmp_path), {}, LANGS))
    assert [call[0] for call in done.method_calls] == ["setsid", "load"]


def test_a_later_build_takes_over_the_tables(root, tmp_path):
    """It keeps them anew only if it made some; without a cache nothing is read or kept."""
    [kept] = (root / ".cache" / "annex").glob("tables-*")
    before = kept.stat().st_mtime_ns
    build(planned(root, tmp_path / "annex"))
    assert kept.stat().st_mtime_ns == before
    assert Plan(root, root / "data", tmp_path, cache=Cache(None)).tables_file is None


def test_tables_are_kept_by_the_code_that_made_them(tmp_path, monkeypatch):
    """Not if a module was edited since it was imported."""
    saved = Mock()
    monkeypatch.setattr(kept_tables, "save", saved)
    module = tmp_path / "module.py"
    module.write_text("one = 1\n")
    plan = Mock()
    plan.inputs.code = {str(module): digest(str(module))}
    page_preload.keep(plan)
    module.write_text("one = 2\n")
    page_preload.keep(plan)
    saved.assert_called_once_with()


def test_problems_of_all_processes_are_told_in_order(tmp_path):
    """Those of each page, whoever has made it, in the order of the notebooks."""
    books = {}
    for name in ("01_one", "02_two", "03_three"):
        book = theme(LANGS, title=f"{name[3:]} {{}}?")
        book.cells += prose(LANGS, f"The {{}} of {name[3:]} has 4711 parts.")
        books[f"_{name}"] = book
    root = write(tmp_path / "project", LANGS, DOCUMENTS, **books)
    with pytest.raises(NotebookError) as error:
        build(planned(root, tmp_path / "annex"), jobs=2)
    assert [problem.found for problem in error.value.problems] == [
        "4711 in 'The brug of one has 4711 parts.'",
        "4711 in 'The brug of two has 4711 parts.'",
        "4711 in 'The brug of three has 4711 parts.'",
        "4711 in 'The bridge of one has 4711 parts.'",
        "4711 in 'The bridge of two has 4711 parts.'",
        "4711 in 'The bridge of three has 4711 parts.'",
    ]
    assert not (tmp_path / "annex").exists()


def test_a_page_that_is_written_leaves_nothing_in_memory(root, tmp_path):
    """Neither what was loaded for it nor its HTML, so memory does not grow with the pages."""
    held: list[int] = []

    def share(items, make):
        return [(make(item), held.append(loaded()))[0] for item in items]

    def loaded() -> int:
        every = gc.get_objects()
        pages = [each for each in every if isinstance(each, Page) and "html" in vars(each)]
        return len(pages) + sum(isinstance(each, Content) for each in every)

    plan = planned(root, tmp_path / "annex")
    with Spool() as whole:
        stages = Stages(plan, Spool(whole.folder), share, Mock(), Mock())
        stages.read()
        for name, run in plan.kept.items():
            stages.render(name, run["outputs"])
        stages.files()
    assert len(held) > 6  # pages of notebooks, in two languages, and of the register
    assert set(held) == {0}


def test_one_process_has_an_item_of_work():
    """It is for the one that asks first, in the folder that they share."""
    with Spool() as spool:
        other = Spool(spool.folder)
        assert [spool.claimed("a"), other.claimed("a"), other.claimed("b")] == [True, False, True]


def test_stages_add_up_to_the_whole(monkeypatch):
    """What goes on beside them is no part of the sum."""
    times = iter([1.0, 1.5, 4.5, 4.75])
    monkeypatch.setattr("time.perf_counter", lambda: next(times))
    clock = Clock()
    clock.ended("imports")
    clock.beside["01_a"] = 2.0
    clock.ended("running notebooks")
    clock.ended("imports")
    assert table(clock.seconds).splitlines() == [
        "    2.00 s    01_a",
        "    0.75 s  imports",
        "    3.00 s  running notebooks",
        "    3.75 s  all",
    ]
