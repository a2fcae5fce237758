import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

import annex_start
from conftest import COUNTED as GOOD
from conftest import EXAMPLE, OTHER, notebook
from helpers.annex import commands
from helpers.annex.cli import main


def test_check_is_content_with_sound_tables(capsys):
    """Of tables that are right it says so."""
    assert main(["check", "--data", str(EXAMPLE / "data")]) == 0
    assert "no problems" in capsys.readouterr().out


def test_check_names_every_problem(tiny, capsys):
    """Every problem is a line with file, row and column; the exit code says so."""
    visits = tiny / "visits.csv"
    visits.write_text(visits.read_text().replace("1995,12.5", "NA,inf"))
    assert main(["check", "--data", str(tiny)]) == 1
    printed = capsys.readouterr().out
    assert "row 2, column year: found 'NA'" in printed
    assert "row 2, column cost: found 'inf'" in printed
    assert "2 problem(s)" in printed


def test_check_elsewhere(tmp_path, monkeypatch, capsys):
    """Outside a project the message says what is missing, without a traceback."""
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert "datapackage.json" in capsys.readouterr().err


def test_build_makes_both_languages(project, capsys):
    """A build gives a front page and a page of each notebook per language, and the style; the first
    language's front page is where a reader begins."""
    root = project(_01_a=notebook(GOOD))
    assert main(["build"]) == 0
    made = {str(p.relative_to(root / "annex")) for p in (root / "annex").rglob("*.*")}
    names = ["01_a", "evidence", "evidence-claims", "evidence-01_a"]
    pages = {f"{lang}/{name}.html" for lang in ("nl", "en") for name in names}
    own = {"manifest.json", "manifest.schema.json", "ro-crate-metadata.json"}
    own |= {"annex.json", "annex.schema.json"}
    assert made == {"index.html", "en/index.html", "style.css"} | own | pages
    assert capsys.readouterr().out.strip() == str(root / "annex" / "index.html")


def test_failing_notebook_leaves_the_annex(built_project, capsys):
    """A failing cell is named and quoted, the exit code is 1, the old annex is as it was."""
    root = built_project
    before = (root / "annex" / "nl" / "01_a.html").read_text()
    path = root / "notebooks" / "01_a.ipynb"
    path.write_text(path.read_text().replace("x=counts", "x=1/0 + counts"))
    assert main(["build"]) == 1
    printed = capsys.readouterr().err
    assert "notebooks/01_a.ipynb, cell [1]: found ZeroDivisionError" in printed
    assert "x=1/0 + counts" in printed
    assert (root / "annex" / "nl" / "01_a.html").read_text() == before


def test_typed_number_stops_the_build(project, capsys):
    """A sentence with a typed number fails by page, numeral and words around it."""
    typed = GOOD.replace('nl="{x:0}"', 'nl="{x:0} van 12 jaar"')
    root = project(_01_a=notebook(typed))
    assert main(["build"]) == 1
    assert "nl/01_a.html: found 12 in " in capsys.readouterr().err
    assert not (root / "annex").exists()


def test_broken_table_stops_the_build(project, tiny, capsys):
    """With a broken table nothing is built; file, row and column are named."""
    root = project(_01_a=notebook(GOOD))
    (tiny / "places.csv").write_text("place\nNA\n")
    assert main(["build", "--data", str(tiny)]) == 1
    assert "places.csv, row 2, column place" in capsys.readouterr().err
    assert not (root / "annex").exists()


def test_only_goes_to_a_draft(project):
    """A part of the annex never takes the place of the whole."""
    root = project(_01_a=notebook(GOOD), _02_b=notebook(GOOD))
    assert main(["build", "--only", "02_b.ipynb"]) == 0  # with its ending, as a shell completes it
    assert not (root / "annex").exists()
    assert sorted(p.name for p in (root / "annex-draft" / "nl").iterdir()) == [
        "02_b.html", "evidence-02_b.html", "evidence-claims.html", "evidence.html",
    ]  # fmt: skip


def test_only_unknown(project, capsys):
    """A notebook that is not there is named, with those that are."""
    project(_01_a=notebook(GOOD))
    assert main(["build", "--only", "03_x"]) == 1
    assert "'03_x'; expected one of 01_a" in capsys.readouterr().err


def test_verify_only_unknown(built_project, capsys):
    """Neither is it verified, and no table is printed."""
    (built_project / "annex").rename("annex-draft")
    assert main(["verify", "--only", "07"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "annex: --only: found '07'; expected one of 01_a\n")


def test_a_part_never_replaces_the_whole(project, capsys):
    """A build of one notebook does not go where the whole annex stands."""
    root = project(_01_a=notebook(GOOD), _02_b=notebook(GOOD))
    assert main(["build", "--only", "01_a", "--out", str(root / "annex")]) == 1
    assert "the folder of the whole annex; expected another folder" in capsys.readouterr().err
    assert not (root / "annex").exists()


def test_build_from_elsewhere(project, tmp_path, monkeypatch):
    """With --project a build runs from any folder."""
    root = project(_01_a=notebook(GOOD))
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--project", str(root)]) == 0
    assert (root / "annex" / "index.html").exists()


def test_no_notebooks(project, capsys):
    """A project without notebooks is told what is wanted."""
    project()
    assert main(["build"]) == 1
    assert "no notebooks" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["check"], ["build"], ["new"], ["new", "theme"]])
def test_help_has_an_example(command, capsys):
    """Each command explains itself with an example."""
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    assert "example: annex " in capsys.readouterr().out


def test_bad_usage(capsys):
    """A count of jobs below 1 is bad usage, said in one line."""
    with pytest.raises(SystemExit) as stop:
        main(["build", "--jobs", "0"])
    assert stop.value.code == 2
    assert "'0' is not a whole number of 1 or more" in capsys.readouterr().err


ANNEX = Path(sys.executable).with_name("annex")


def test_quiet_in_a_pipe(project):
    """In a pipe a build prints only where the annex is."""
    root = project(_01_a=notebook(GOOD))
    ran = subprocess.run([ANNEX, "build"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"{root / 'annex' / 'index.html'}\n"
    assert ran.stderr == ""


def test_progress_on_a_terminal(project):
    """On a terminal each notebook is a line with its seconds."""
    project(_01_a=notebook(GOOD))
    ours, theirs = pty.openpty()
    subprocess.run([ANNEX, "build"], stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    assert b"01_a  " in os.read(ours, 1000)
    os.close(ours)


def ran_again(capsys, *options: str) -> list[str]:
    """Build with the times; the notebooks that ran."""
    assert main(["build", "--timings", *options]) == 0
    told = capsys.readouterr().err.splitlines()
    lines = (line.split(" s  ") for line in told if line != "  nothing changed")
    beside = (stage.strip() for _, stage in lines if stage.startswith("  "))
    return sorted(name for name in beside if not name.startswith("page process"))


READS = "from helpers import tables\n_ = tables.load('local_ties')\n" + GOOD


def test_only_what_changed_runs_again(project, example_copy, capsys):
    """The next build runs only the notebooks that depend on what changed, and makes the same."""
    root = project(_01_a=notebook(READS), _02_b=notebook(GOOD, **OTHER))
    options = ("--data", str(example_copy))
    assert ran_again(capsys, *options) == ["01_a", "02_b"]
    assert ran_again(capsys, *options) == []
    ties = example_copy / "statistics" / "local_ties.csv"
    ties.write_text(ties.read_text().replace("Formal friendship", "A formal friendship"))
    assert ran_again(capsys, *options) == ["01_a"]
    page = (root / "annex" / "en" / "01_a.html").read_text()
    assert ran_again(capsys, "--no-cache", *options) == ["01_a", "02_b"]
    assert (root / "annex" / "en" / "01_a.html").read_text() == page


def test_a_moved_project_runs_nothing_again(project, tmp_path, monkeypatch, capsys):
    """A project that is moved, or cloned with its cache, runs no notebook: the cache names no place
    on this machine."""
    root = project(_01_a=notebook(READS))
    (root / "data").unlink()
    shutil.copytree(EXAMPLE / "data", root / "data")
    assert ran_again(capsys) == ["01_a"]
    held = b"".join(path.read_bytes() for path in (root / ".cache" / "annex").iterdir())
    assert str(tmp_path).encode() not in held
    moved, clone = tmp_path / "moved", tmp_path / "clone"
    monkeypatch.chdir(tmp_path)
    root.rename(moved)
    assert main(["build", "--timings", "--project", str(moved)]) == 0
    assert capsys.readouterr().err == "  nothing changed\n"
    for name in ("notebooks", "data", ".cache"):
        shutil.copytree(moved / name, clone / name)
    assert ran_again(capsys, "--project", str(clone)) == []
    assert (clone / "annex" / "index.html").exists()
    ties = clone / "data" / "statistics" / "local_ties.csv"
    ties.write_text(ties.read_text().replace("Formal friendship", "A formal friendship"))
    assert ran_again(capsys, "--project", str(clone)) == ["01_a"]


def test_nothing_changed_leaves_the_annex(built_project, capsys):
    """With nothing changed the annex stays the very folder that it is."""
    root = built_project
    shown = (root / "annex").readlink()
    assert main(["build"]) == 0
    assert capsys.readouterr().out == f"{root / 'annex' / 'index.html'}\n"
    assert (root / "annex").readlink() == shown


def test_damaged_cache_is_not_trusted(built_project, capsys):
    """A cache that was cut off or edited costs time and changes nothing."""
    root = built_project
    before = (root / "annex" / "nl" / "01_a.html").read_text()
    for entry in (root / ".cache" / "annex").iterdir():
        entry.write_bytes(entry.read_bytes().replace(b"7", b"8")[:-20])
    assert ran_again(capsys) == ["01_a"]
    assert (root / "annex" / "nl" / "01_a.html").read_text() == before


HEAVY = {
    "pandas", "matplotlib", "nbformat", "jinja2", "zmq", "babel", "jsonschema", "psutil", "tomllib",
    "multiprocessing", "asyncio", "logging", "dataclasses", "ast", "difflib", "importlib.metadata",
}  # fmt: skip


@pytest.mark.parametrize("command", ["--help", "build"])
@pytest.mark.usefixtures("built_project")
def test_light_commands_import_no_library(command):
    """Help, and a build that finds nothing changed, import none of the heavy libraries."""
    code = (
        "import sys\nfrom helpers.annex.cli import main\n"
        f"try:\n    main([{command!r}])\nexcept SystemExit:\n    pass\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_broken_table_is_all_that_is_said(project, tiny):
    """Kernels that were started meanwhile end without a word; the problem is the only line."""
    project(_01_a=notebook("import time; time.sleep(30)"))
    (tiny / "places.csv").write_text("town\nUtrecht\n")
    ran = subprocess.run([ANNEX, "build", "--data", tiny], capture_output=True, text=True)
    assert ran.returncode == 1
    assert {line.split(":")[0] for line in ran.stderr.splitlines()} == {"annex"}
    assert "places.csv" in ran.stderr


@pytest.fixture
def places(monkeypatch):
    """A temporary folder with a short name: the path of a socket has room for few characters."""
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.setenv("TMPDIR", name)
        monkeypatch.setattr(tempfile, "tempdir", name)
        yield Path(name)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_build(project, places, stop):
    """Told to stop, a build ends its kernels, leaves the annex as it was, and says so in a line."""
    root = project(_01_a=notebook("import time\nopen('begun', 'w').close()\ntime.sleep(60)"))
    build = subprocess.Popen(
        [ANNEX, "build"], stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    while not (root / "notebooks" / "begun").exists():
        time.sleep(0.05)
    started = psutil.Process(build.pid).children(recursive=True)
    build.send_signal(stop)
    _, errors = build.communicate(timeout=30)
    assert (build.returncode, errors) == (130, "annex: interrupted; the annex is unchanged\n")
    assert not (root / "annex").exists()
    assert list(places.iterdir()) == []
    assert started
    assert psutil.wait_procs(started, timeout=5)[1] == []


def test_next_build_sweeps_after_a_killed_one(project, places):
    """What a killed build's kernels left behind is removed by the next; a live one's is not."""
    project(_01_a=notebook(GOOD))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = [places / f"annex-kernel-{pid}-x" for pid in (dead.pid, os.getpid())]
    for place in left:
        place.mkdir()
    subprocess.run([ANNEX, "build"], check=True, capture_output=True)
    assert [place.exists() for place in left] == [False, True]


def test_interrupted_while_the_parent_loads(project):
    """Ctrl-C, which a terminal sends to all processes, is answered in a line by the build alone."""
    project(_01_a=notebook("import time; time.sleep(60)"))
    for seconds in (0.3, 0.8):
        build = subprocess.Popen(
            [ANNEX, "build"], stderr=subprocess.PIPE, text=True, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        time.sleep(seconds)
        os.killpg(build.pid, signal.SIGINT)
        _, errors = build.communicate(timeout=30)
        assert errors == "annex: interrupted; the annex is unchanged\n"
        # Python ends by the signal itself if that struck code in a text, as of a data class; for a
        # shell that is 130 too.
        assert build.returncode in (130, -signal.SIGINT)


def test_interrupted_inside_code_that_turns_every_error_into_another(project, monkeypatch, capsys):
    """Ctrl-C is answered in a line also where Python has made another error of it."""
    project(_01_a=notebook(GOOD))

    def load(*_):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise RuntimeError("Error calling __set_name__") from error

    monkeypatch.setattr("helpers.annex.plan.plan.Plan.__init__", load)
    assert main(["build"]) == 130
    assert capsys.readouterr().err == "annex: interrupted; the annex is unchanged\n"


def test_interrupted_before_the_command_line_is_loaded(project):
    """Ctrl-C while Python starts waits until the command line answers it."""
    project(_01_a=notebook(GOOD))

    def interrupt():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.kill(os.getpid(), signal.SIGINT)

    ran = subprocess.run([ANNEX, "build"], capture_output=True, text=True, preexec_fn=interrupt)
    assert (ran.returncode, ran.stderr) == (130, "annex: interrupted; the annex is unchanged\n")


def test_the_start_holds_ctrl_c_back(monkeypatch):
    """The program that starts the command line hands it over with Ctrl-C blocked."""
    masks = []

    def note(*_):
        masks.append(signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT}))

    monkeypatch.setattr("os.execve", note)
    monkeypatch.setattr("sys.exit", lambda *_: None)
    annex_start.main()
    assert signal.SIGINT in masks[0]


def test_a_build_that_finds_nothing_changed_sweeps_too(built_project, places):
    """What a killed build left is removed even if there is nothing to build, and that is said."""
    root = built_project
    left = [root / ".annex.build-a1b2c3d4", places / "annex-kernel-999999999-x"]
    others = [root / ".annex.build-mine", places / "annex-kernel-backup-1"]
    for place in left + others:
        place.mkdir()
    again = [ANNEX, "build", "--timings"]
    ran = subprocess.run(again, check=True, capture_output=True, text=True)
    assert ran.stderr == "  nothing changed\n"
    assert [place.exists() for place in left + others] == [False, False, True, True]
    assert (root / "annex" / "index.html").exists()


def test_a_mistake_in_a_helper_is_a_line(project, monkeypatch, capsys):
    """A helper that is no Python is told by file and line."""
    project(_01_a=notebook(GOOD))
    error = SyntaxError("'(' was never closed", ("helpers/x.py", 70, 4, "def f(\n"))
    monkeypatch.setattr("helpers.annex.plan.plan.Plan.__init__", lambda *_: _raise(error))
    assert main(["build"]) == 1
    told = "annex: helpers/x.py, line 70: found '(' was never closed: def f(; "
    assert capsys.readouterr().err.startswith(told)


def _raise(error):
    raise error


def test_a_name_that_moves_the_cursor_is_written_out(monkeypatch, capsys):
    """The name of a file that the system stumbles over is a line of ours, whatever it holds."""

    def fail(chosen):
        raise OSError(36, "File name too long", "a\x1b[2J\nThe annex agrees in full.")

    monkeypatch.setattr(commands, "check", fail)
    fail.__name__ = "check"
    assert main(["check"]) == 1
    told = "annex: a\\x1b[2J\\nThe annex agrees in full.: found File name too long; "
    assert capsys.readouterr().err == f"{told}expected a readable and writable path\n"


@pytest.mark.parametrize("command", ["check", "build", "verify", "trace x", "sbom"])
def test_every_command_finds_a_project_by_name(tmp_path, capsys, command):
    """`--project` is known to every command, and a folder that is none is told."""
    assert main([*command.split(), "--project", str(tmp_path)]) != 0
    assert f"{tmp_path}: found no project" in capsys.readouterr().err
