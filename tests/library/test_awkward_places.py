"""A build in odd places: without a network, in folders with odd names, on linked or wrong data."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from conftest import EXAMPLE, OTHER, notebook
from helpers.annex.cli import main

ANNEX = Path(sys.executable).parent / "annex"
GOOD = """from helpers import counts, tables
from helpers.present import say
say(nl="{x:0}", en="{x:0}", x=counts.count(tables.load("criteria").head(4)), source=["7"])"""
ODD = """a "b" 'c' 省 & <d> #e%20?f;g"""


def contents(annex: Path) -> dict[str, bytes]:
    """Every file of an annex, by its path inside."""
    found = annex.resolve()
    return {str(p.relative_to(found)): p.read_bytes() for p in found.rglob("*") if p.is_file()}


def made(root: Path, data: Path, book) -> Path:
    """A project of a notebook whose data folder is a link to another folder."""
    (root / "notebooks").mkdir(parents=True)
    (root / "data").symlink_to(data, target_is_directory=True)
    nbformat.write(book, root / "notebooks" / "01_a.ipynb")
    return root


def without_network() -> list[str]:
    """The command that runs another one in a place with no network, not even to itself."""
    alone = ["unshare", "--map-root-user", "--net"]
    tried = shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True)
    if not tried or tried.returncode:
        reason = "a place without network can't be made here (unshare, or leave to use it)"
        if os.environ.get("CI") and hasattr(os, "geteuid") and os.geteuid() == 0:
            pytest.fail(reason)
        pytest.skip(reason)
    return alone


@pytest.mark.slow
def test_a_build_needs_no_network(project):
    """Where nothing can be reached, this machine itself included, a build with warm kernels ends
    well; kernels talk by files."""
    alone = without_network()
    root = project(_01_a=notebook(GOOD), _02_b=notebook("print('b')", **OTHER))
    reach = "import socket; socket.create_connection(('127.0.0.1', {}), 5)"
    with subprocess.Popen([sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1"],
                          stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONUNBUFFERED": "1"},
                          ) as server:  # fmt: skip
        port = server.stdout.readline().split("port ")[1].split()[0]
        here = [sys.executable, "-c", reach.format(port)]
        assert subprocess.run(here).returncode == 0
        assert subprocess.run([*alone, *here], capture_output=True).returncode != 0
        server.kill()
    ran = subprocess.run([*alone, ANNEX, "build", "--no-cache"], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (root / "annex" / "nl" / "02_b.html").exists()


@pytest.mark.slow
def test_odd_folders_make_the_same_annex(tmp_path):
    """Blanks, quotes, Chinese characters and what has a meaning in addresses, in the names of the
    project and of the folder that its data folder leads to, change nothing in the annex."""
    data = Path(shutil.copytree(EXAMPLE / "data", tmp_path / ODD / f"data {ODD}"))
    inside = tmp_path / "report 省"
    shutil.move(data / "report", inside)
    (data / "report").symlink_to(inside, target_is_directory=True)
    book = notebook(GOOD)
    plain = made(tmp_path / "plain", EXAMPLE / "data", book)
    odd = made(tmp_path / ODD / ODD, data, book)
    for root in (plain, odd):
        assert main(["build", "--project", str(root)]) == 0
    assert contents(plain / "annex") == contents(odd / "annex")
    changed = inside / "criteria.csv"
    changed.write_text(changed.read_text(encoding="utf-8").replace("use", "u\x01se"), "utf-8")
    assert main(["build", "--project", str(odd)]) == 1


def test_missing_and_extra_tables_are_all_told(project, example_copy, capsys):
    """A table that is gone, one that nobody describes, a link that leads nowhere or back, and a
    pipe are each told by name, in one run, and nothing is built."""
    root = project(_01_a=notebook(GOOD))
    (example_copy / "report" / "claims.csv").unlink()
    (example_copy / "report" / "outcomes.csv").unlink()
    (example_copy / "report" / "outcomes.csv").symlink_to("nowhere.csv")
    (example_copy / "hedges.csv").unlink()
    (example_copy / "hedges.csv").symlink_to("hedges.csv")
    (example_copy / "statistics" / "local_ties.csv").unlink()
    os.mkfifo(example_copy / "statistics" / "local_ties.csv")
    (example_copy / "statistics" / "more 省.csv").write_text("a\n1\n")
    (example_copy / "statistics" / "back").symlink_to("..", target_is_directory=True)
    assert main(["build", "--data", str(example_copy)]) == 1
    told = capsys.readouterr().err
    for name, found in {
        "claims.csv": "no such file", "outcomes.csv": "no such file", "local_ties.csv": "a pipe",
        "hedges.csv": "Too many levels", "more 省.csv": "a file that no table describes",
    }.items():  # fmt: skip
        assert f"{name}: found {found}" in told
    assert len(told.splitlines()) == 5
    assert not (root / "annex").exists()


def huge(path: Path, size: int) -> None:
    """A file of a size, which takes no room on the disk."""
    with path.open("wb") as stream:
        stream.truncate(size)


@pytest.mark.parametrize("name", ["places.csv", "datapackage.json"])
def test_a_huge_file_is_refused(tiny, capsys, name):
    """A table or descriptor of many gigabytes is told by name at once."""
    huge(tiny / name, 100 * 2**30)
    assert main(["check", "--data", str(tiny)]) == 1
    assert f"{name}: found more than 16,000,000 bytes" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device that never ends")
@pytest.mark.parametrize("name", ["places.csv", "datapackage.json"])
def test_a_device_is_refused(tiny, capsys, name):
    """A link to a device that never ends is told by name."""
    (tiny / name).unlink()
    (tiny / name).symlink_to("/dev/zero")
    assert main(["check", "--data", str(tiny)]) == 1
    assert f"{name}: found a pipe or a device" in capsys.readouterr().out


def test_a_device_among_the_data_does_not_stop_a_build(project, example_copy, capsys):
    """What a build looks at to know whether something changed, it does not read to no end."""
    os.mkfifo(example_copy / ".pipe.txt")
    (example_copy / ".zero.txt").symlink_to("/dev/zero")
    project(_01_a=notebook("x = 1"))
    assert main(["build", "--data", str(example_copy)]) == 0


def test_a_table_without_end_is_refused(tiny, capsys):
    """More rows than any table has, and a header with more columns, are told with their row."""
    with (tiny / "places.csv").open("w") as stream:
        stream.write("place\n")
        stream.writelines(f"{number}\n" for number in range(100_001))
    (tiny / "visits.csv").write_text("a," * 300_000 + "b\n1\n")
    assert main(["check", "--data", str(tiny)]) == 1
    told = capsys.readouterr().out
    assert "places.csv, row 100002: found more than 100,000 rows; expected" in told
    assert "visits.csv, row 1, column a: found column 'a' 300000 times" in told
    assert len(told) < 10_000


def test_many_problems_are_counted(tiny, capsys):
    """Of a table in which everything is wrong the first thousand problems are told, and how many
    more there are."""
    rows = "".join(f"v-{n},x,,out,,,Utrecht\n" for n in range(1500))
    (tiny / "visits.csv").write_text(f"id,year,cost,direction,listed,when,place\n{rows}")
    assert main(["check", "--data", str(tiny)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 1002
    assert "visits.csv: found 500 more problems" in told[1000]


def test_deep_descriptors_are_refused(tiny):
    """Lists in lists without end are no descriptor, and no end of the program."""
    (tiny / "datapackage.json").write_text("[" * 100_000)
    assert main(["check", "--data", str(tiny)]) == 1
    deep = '{"resources": [], "x": ' + "[" * 900 + "]" * 900 + "}"
    (tiny / "datapackage.json").write_text(json.dumps(json.loads(deep)))
    assert main(["check", "--data", str(tiny)]) == 1


def test_longest_cell_of_the_project_passes(tiny):
    """A cell of twenty thousand characters is read; one of ten million is told by its place."""
    from helpers.tables import frames

    (tiny / "places.csv").write_text("place\nUtrecht\n" + "x" * 20_000 + "\n")
    assert frames.problems(tiny) == []
    (tiny / "places.csv").write_text("place\nUtrecht\n" + "x" * 10_000_000 + "\n")
    (problem,) = frames.problems(tiny)
    assert problem.place.endswith("places.csv, row 3, column place")
    assert problem.expected == "at most 20,000 characters, not 10,000,000"
    assert len(str(problem)) < 400
