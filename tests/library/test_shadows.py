import os
import py_compile
import site
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, notebook
from helpers.annex.plan import shadows
from helpers.errors import AnnexError

LIBRARY, PACKAGES = sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")


@pytest.mark.parametrize("name", ["pandas.py", "json.py", "numpy/__init__.py"])
def test_a_module_that_hides_another_is_named(tmp_path, name):
    """A file or folder named as an installed package or a module of Python, found before it."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    with pytest.raises(AnnexError) as error:
        shadows.check([str(tmp_path), LIBRARY, PACKAGES])
    [problem] = error.value.problems
    assert problem.place == str(tmp_path / name.split(".")[0].split("/")[0])


@pytest.mark.parametrize("form", ["statistics.pyc", "more.zip", "more.zip/inside"])
def test_a_module_is_found_in_every_form_that_python_loads(tmp_path, form):
    """One without its source, and one in a zip file, hide another just so."""
    source = tmp_path / "source.py"
    source.write_text("mean = max\n", encoding="utf-8")
    place = tmp_path / "place"
    if form == "statistics.pyc":
        py_compile.compile(str(source), str(place / form))
    else:
        place = tmp_path / form
        with zipfile.ZipFile(tmp_path / "more.zip", "w") as made:
            made.write(source, "statistics.py")
            made.write(source, "inside/statistics.py")
    with pytest.raises(AnnexError) as error:
        shadows.check([str(place), LIBRARY, PACKAGES])
    assert [problem.place for problem in error.value.problems] == [str(place / "statistics")]


def test_packages_that_come_first_are_no_cover(tmp_path):
    """Behind the packages, but before Python's own library, a folder still hides the latter."""
    for name in ("statistics.py", "pandas.py"):
        (tmp_path / name).touch()
    with pytest.raises(AnnexError) as error:
        shadows.check([PACKAGES, str(tmp_path), LIBRARY, PACKAGES])
    assert [problem.place for problem in error.value.problems] == [str(tmp_path / "statistics")]


@pytest.mark.parametrize("name", ["sitecustomize", "usercustomize"])
@pytest.mark.parametrize("first", [True, False])
def test_a_start_up_file_of_the_user_is_named(tmp_path, name, first):
    """Python would run it before all else, wherever on the path it lies."""
    (tmp_path / f"{name}.py").touch()
    places = [LIBRARY, PACKAGES]
    places.insert(0 if first else 2, str(tmp_path))
    with pytest.raises(AnnexError) as error:
        shadows.check(places)
    assert [str(problem) for problem in error.value.problems] == [
        f"{tmp_path / name}: found a start-up file of your own, which may change any figure; "
        "expected a PYTHONPATH and a user's site-packages without it"
    ]


def test_a_start_up_file_of_the_environment_may_stay(tmp_path, monkeypatch):
    """Whoever made the environment, such as Debian, may have put one among its packages."""
    (tmp_path / "sitecustomize.py").touch()
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(tmp_path)])
    shadows.check([LIBRARY, str(tmp_path)])


def test_a_library_in_one_file_is_pythons_own(tmp_path, monkeypatch):
    """Python's library may be a zip file of its own; one of that name elsewhere is not."""
    name = f"python{sys.version_info[0]}{sys.version_info[1]}.zip"
    with zipfile.ZipFile(tmp_path / name, "w") as made:
        made.writestr("statistics.py", "")
    with pytest.raises(AnnexError):
        shadows.check([str(tmp_path / name), LIBRARY])
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    shadows.check([str(tmp_path / name), LIBRARY])


def test_what_hides_nothing_may_stay(tmp_path):
    """Other names, this code itself, and what is found later are no trouble."""
    before, after = tmp_path / "before", tmp_path / "after"
    for place, name in [(before, "mine.py"), (before, "helpers"), (after, "pandas")]:
        (place / name).mkdir(parents=True)
    shadows.check([str(before), str(tmp_path / "gone"), LIBRARY, PACKAGES, str(after)])


def test_the_command_refuses_before_anything_runs(tmp_path, monkeypatch, capsys):
    """`annex build` says which module it is and makes nothing."""
    from helpers.annex.cli import main

    (tmp_path / "numpy.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert main(["build", "--out", str(tmp_path / "annex")]) == 1
    assert f"{tmp_path / 'numpy'}: found a module that hides one" in capsys.readouterr().err
    assert not (tmp_path / "annex").exists()


def test_a_start_up_file_stops_the_build(tmp_path, project):
    """One on PYTHONPATH that has run by then, and would change what notebooks compute, ends with
    its place, and nothing is made."""
    root = project(_01_a=notebook("open('begun', 'w').close()"))
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text("import decimal\n", encoding="utf-8")
    ran = subprocess.run(
        [Path(sys.executable).with_name("annex"), "build"], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": f"{tmp_path / 'hook'}{os.pathsep}{ROOT / 'src'}"},
    )  # fmt: skip
    assert ran.returncode == 1
    assert f"{tmp_path / 'hook' / 'sitecustomize'}: found a start-up file" in ran.stderr
    assert not (root / "notebooks" / "begun").exists()
