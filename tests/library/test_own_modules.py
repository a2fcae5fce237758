"""The modules in a project's own `src/`: notebooks can import them, or the reason is told."""

import sys
from pathlib import Path

import pytest

from conftest import ROOT, notebook
from helpers.annex.cli import main
from helpers.annex.run import own_modules
from helpers.files import folders


@pytest.fixture
def own(tmp_path):
    """The folder of a project's own modules."""
    folder = tmp_path / "src"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("helpers/__init__.py", "this library"),
        ("helpers.py", "this library"),
        ("json.py", "Python itself"),
        ("pandas/__init__.py", "pandas/__init__.py"),
    ],
)
def test_a_module_that_notebooks_would_not_get_is_told(own, path, told):
    """Another module with its name is found first: it is named, with a remedy."""
    file = own / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("")
    [problem] = own_modules.problems(own.parent)
    assert problem.place == f"src/{Path(path).parts[0]}"
    assert told in problem.found
    assert problem.remedy.startswith("Give it another name")
    assert ("evidence_annex" in problem.remedy) == path.startswith("helpers")


def test_what_notebooks_get_is_not_told(own):
    """Modules and packages with names of their own, and folders and files that are no modules."""
    (own / "prices.py").write_text("")
    (own / "people").mkdir()
    (own / "people" / "__init__.py").write_text("")
    (own / "json").mkdir()
    (own / "json" / "a.txt").write_text("")
    (own / "notes.json").write_text("")
    assert [*own_modules.problems(own.parent)] == []
    assert [*own_modules.problems(ROOT)] == []  # the library in its own repository


def test_every_command_tells_it(project, capsys):
    """`check` tells it as `build` does, before anything runs."""
    root = project(_01_a=notebook("1 / 0"))
    (root / "src").mkdir()
    (root / "src" / "helpers.py").write_text("")
    for command in ("check", "build"):
        assert main([command]) == 1
        told = "".join(capsys.readouterr())
        assert "src/helpers.py: found the module 'helpers' of the project, which" in told
        assert "ZeroDivisionError" not in told


def test_a_kernel_of_jupyterlab_looks_there_last(project, monkeypatch):
    """The folder comes once, after all that is installed; outside of a project none is added."""
    root = project()
    monkeypatch.setattr(sys, "path", ["a"])
    monkeypatch.chdir(root / "notebooks")
    folders.import_own_code()
    folders.import_own_code()
    assert sys.path == ["a", str(root / "src")]
    monkeypatch.chdir(root.parent)
    monkeypatch.setattr(sys, "path", ["a"])
    folders.import_own_code()
    assert sys.path == ["a"]
