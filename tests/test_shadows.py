import sysconfig

import pytest

from helpers.annex import shadows
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
