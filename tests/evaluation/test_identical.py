"""Two builds of one project are byte for byte the same, whatever must not matter."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import fields
from pathlib import Path

import nbformat
import pytest

from conftest import ROOT, notebook
from variations import Variation, build, differing, home, variations

pytestmark = pytest.mark.slow

# Says in words what a kernel finds around it.
PROBE = """import builtins, locale, os, random, time, matplotlib, numpy
from helpers import language
letters = list("abcdefghijklmnopqrstuvwxyz")
print(*{"ant", "bee", "cat", "dog", "eel"}, language.current())
print("MINE" in os.environ, hasattr(builtins, "MINE"))
print(*random.choices(letters, k=9), *numpy.random.choice(letters, 9))
print(*time.tzname, locale.setlocale(locale.LC_ALL)[:5], matplotlib.rcParams["timezone"])"""


def fill(project: Path, backwards: bool) -> None:
    """A project of two real notebooks and the probe, on the real data."""
    files = [path for path in sorted((ROOT / "data").rglob("*")) if path.is_file()]
    files += [ROOT / f"notebooks/{name}.ipynb" for name in ("00_summary", "02_investment_jobs")]
    for path in reversed(files) if backwards else files:
        target = project / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    book = notebook(PROBE)
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number}"
    nbformat.write(book, project / "notebooks" / "09_probe.ipynb")


@pytest.fixture(scope="session")
def made(tmp_path_factory, worker_id):
    """A function that builds under a variation: each once, though tests run in several
    processes."""
    base = tmp_path_factory.getbasetemp()
    base = (base if worker_id == "master" else base.parent) / "identical"
    base.mkdir(exist_ok=True)

    def make(name: str, how: Variation) -> dict:
        found = base / f"{name}.json"
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not found.exists():
                with tempfile.TemporaryDirectory() as place:  # where other users may go, too
                    Path(place).chmod(0o755)
                    found.write_text(json.dumps(build(fill, Path(place), how)))
        return json.loads(found.read_text())

    return make


TOGETHER = [
    ("time zone, locale, hash seed", "threads, one notebook at a time", "another day"),
    ("a stranger's home", "another folder and path", "ordinary kernels"),
]


def together(names: tuple[str, ...]) -> Variation:
    """Several variations as one."""
    parts = [variations()[name] for name in names]
    every = {
        "variables": {k: v for part in parts for k, v in part.variables.items()},
        "files": {k: v for part in parts for k, v in part.files.items()},
        "options": tuple(option for part in parts for option in part.options),
    }
    for field in fields(Variation):
        own = [getattr(part, field.name) for part in parts]
        if field.name not in every and (other := [v for v in own if v != field.default]):
            every[field.name] = other[0]
    return Variation(**every)


@pytest.mark.parametrize("names", TOGETHER, ids=" + ".join)
def test_identical(made, names):
    """No file of the annex, and no mode of one, is another in another place, time or home; which
    of the variations is to blame, tests/soak/identical.py tells."""
    plain = made("plain", Variation())
    assert sum(path.endswith(".svg") for path in plain) >= 12
    other = made(names[0], together(names))
    assert differing(plain, other) == [], differing(plain, other)


def test_no_variation_is_left_out():
    """The builds cover every variation."""
    assert sorted(name for names in TOGETHER for name in names) == sorted(variations())


def test_another_user(made):
    """Another user of the machine gets the same."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("only root may run the command as somebody else")
    try:
        subprocess.run([sys.executable, "-c", ""], user="nobody", cwd="/", check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("other users can't run this Python")

    def filled(project: Path, backwards: bool) -> None:
        fill(project, backwards)
        for path in (project.parent, *project.parent.rglob("*")):
            shutil.chown(path, "nobody")

    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        how = Variation(home(), user="nobody", umask=0o077)
        assert differing(made("plain", Variation()), build(filled, Path(place), how)) == []
