"""A data folder a thousand times as large: how a check and a build end, how long they take, and how
much memory they take; a line each."""

import csv
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from conftest import ROOT, notebook

ANNEX = Path(sys.executable).parent / "annex"
TABLES = sorted(str(p.relative_to(ROOT / "data")) for p in (ROOT / "data").rglob("*.csv"))
MEGABYTES = 1500  # of address space: what goes beyond is refused by the system, and fails


def run(*command) -> tuple[subprocess.CompletedProcess, str]:
    """A command with little memory, and what it took."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20,) * 2)  # noqa: E731
    start = time.monotonic()
    ran = subprocess.run(
        [ANNEX, *command], capture_output=True, text=True, preexec_fn=limit, timeout=300,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    took = time.monotonic() - start
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    return ran, f"{took:.1f} s, at most {most} MB so far"


def times(path: Path, factor: int) -> None:
    """Repeat the rows of a table; keys that were names get a number."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for _ in range(factor):
            writer.writerows(rows)


def test_every_table_a_thousand_times(data_copy, capsys):
    """The check ends with a line for each table that is too large or has a key twice."""
    for name in TABLES:
        times(data_copy / name, 1000)
    size = sum(path.stat().st_size for path in data_copy.rglob("*.csv"))
    ran, took = run("check", "--data", str(data_copy))
    with capsys.disabled():
        print(f"\n{size / 1e6:.0f} MB of tables: {len(ran.stdout.splitlines())} lines, {took}")
    assert ran.returncode == 1 and ran.stderr == ""
    assert len(ran.stdout) < 10_000_000
    assert all(Path(name).name in ran.stdout for name in TABLES)


@pytest.mark.parametrize("name", ["report/outcomes.csv", "statistics/goods_trade.csv"])
def test_a_table_at_the_limit(data_copy, capsys, name):
    """A table of about fifteen megabytes ends the check in order."""
    path = data_copy / name
    times(path, 15_000_000 // path.stat().st_size)
    ran, took = run("check", "--data", str(data_copy))
    with capsys.disabled():
        print(f"\n{name}, {path.stat().st_size / 1e6:.1f} MB: exit {ran.returncode}, {took}")
    assert ran.returncode == 1 and ran.stderr == ""


def test_a_huge_stranger(data_copy, tmp_path, capsys):
    """A file of four gigabytes beside the tables takes time to look at, and no memory; a table
    that large that nobody describes is told."""
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook("x = 1"), tmp_path / "notebooks" / "01_a.ipynb")
    with (data_copy / "scan.tiff").open("wb") as stream:
        stream.truncate(4 * 2**30)
    ran, took = run("build", "--project", str(tmp_path))
    with capsys.disabled():
        print(f"\n4 GB beside the tables: exit {ran.returncode}, {took}")
    assert (ran.returncode, ran.stderr) == (0, "")
    (data_copy / "scan.tiff").rename(data_copy / "scan.csv")
    ran, took = run("check", "--data", str(data_copy))
    with capsys.disabled():
        print(f"4 GB as an extra table: exit {ran.returncode}, {took}")
    assert ran.returncode == 1 and "scan.csv: found a file that no table describes" in ran.stdout
