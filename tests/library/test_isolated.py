"""The program `annex` imports from its environment alone, whatever the user has beside it."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from conftest import notebook

ANNEX = Path(sys.executable).with_name("annex")
# What a notebook imports, found in the environment or in Python itself.
WHERE = """import numpy, pandas, statistics, sys
_ = open('found', 'w').write('\\n'.join(m.__file__ for m in (numpy, pandas, statistics)))
_ = open('flags', 'w').write(f'{sys.flags.optimize} {hash("a")}')"""


def built(root: Path, **variables: str) -> subprocess.CompletedProcess:
    """A build in a process of its own, with variables of a user."""
    return subprocess.run(
        [ANNEX, "build", "--no-cache"], cwd=root, capture_output=True, text=True,
        env={**os.environ, **variables},
    )  # fmt: skip


def of_environment(root: Path) -> bool:
    """Whether all that the notebook imported is of the environment."""
    places = [sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib")]
    found = (root / "notebooks" / "found").read_text().splitlines()
    return len(found) == 3 and all(name.startswith(tuple(places)) for name in found)


@pytest.mark.slow
@pytest.mark.parametrize("start_up", ["sitecustomize", "usercustomize"])
def test_a_pythonpath_changes_nothing(project, tmp_path, start_up):
    """Modules on it are imported by neither the command nor a notebook, and what a start-up file
    there changes does not last: the build ends well and without a word."""
    root, own = project(_01_a=notebook(WHERE)), tmp_path / "own"
    own.mkdir()
    for name in ("numpy", "pandas", "statistics", "jinja2", "helpers"):
        (own / f"{name}.py").write_text("raise SystemExit('hidden')\n", encoding="utf-8")
    ran_in = f"import os\nopen({str(tmp_path / 'started')!r}, 'a').write(f'{{os.getpid()}} ')\n"
    (own / f"{start_up}.py").write_text(f"{ran_in}import sys\nsys.modules['pandas'] = None\n")
    ran = built(root, PYTHONPATH=str(own), PYTHONUSERBASE=str(own))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert of_environment(root)
    started = tmp_path / "started"
    assert not started.exists() or len(started.read_text().split()) == 1  # before the command is


@pytest.mark.slow
def test_a_module_beside_the_notebooks_hides_none(project, monkeypatch):
    """The folder in which a notebook runs, and the one in which the build does, are no places to
    import from; a module of one's own there is told by the cell that wants it."""
    root = project(_01_a=notebook(WHERE))
    for folder in (root, root / "notebooks"):
        for name in ("numpy", "pandas", "statistics", "mine"):
            (folder / f"{name}.py").write_text("raise SystemExit('hidden')\n", encoding="utf-8")
    ran = built(root)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert of_environment(root)
    from helpers.annex.run.kernels import parent

    assert "-P" in parent.command(Path("reads"))  # ordinary kernels


@pytest.mark.slow
def test_a_module_of_ones_own_is_told(project):
    """What lies beside the notebooks is no module: the cell that imports it is named."""
    root = project(_01_a=notebook("import mine"))
    (root / "notebooks" / "mine.py").write_text("x = 1\n", encoding="utf-8")
    ran = built(root)
    assert ran.returncode == 1
    assert "ModuleNotFoundError: No module named 'mine'" in ran.stderr


@pytest.mark.slow
def test_settings_of_python_reach_no_kernel(project):
    """Sets have one order, and asserts are run, whatever a user has set."""
    root = project(_01_a=notebook(WHERE))
    found = set()
    for seed in ("1", "2"):
        ran = built(root, PYTHONHASHSEED=seed, PYTHONOPTIMIZE="2", PYTHONWARNINGS="ignore")
        assert (ran.returncode, ran.stderr) == (0, "")
        found.add((root / "notebooks" / "flags").read_text())
    (flags,) = found
    assert flags.startswith("0 ")
