"""The bill of materials says what the lock file says, in the form that scanners read."""

import json

import pytest

from conftest import ROOT
from helpers.annex.cli import main
from helpers.annex.release.sbom import sbom
from helpers.errors import AnnexError

PROJECT = '[project]\nname = "tiny"\nversion = "1.2"\ndependencies = ["One_Thing>=1"]\n'
A, B = "a" * 64, "b" * 64
LOCK = f"""one-thing==1.5 \\
    --hash=sha256:{B} \\
    --hash=sha256:{A}
two==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:{A}
two==2.1 ; python_full_version >= '3.12' \\
    --hash=sha256:{B}
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "requirements.lock").write_text(LOCK)
    return tmp_path


def test_every_package_with_version_address_and_hashes(place):
    """Name, version, package URL, hashes and marker of each entry, in any order of the file."""
    parts = {part["bom-ref"]: part for part in json.loads(sbom(place))["components"]}
    assert list(parts) == ["one-thing@1.5", "two@2.0", "two@2.1"]
    assert parts["one-thing@1.5"]["purl"] == "pkg:pypi/one-thing@1.5"
    assert [found["content"] for found in parts["one-thing@1.5"]["hashes"]] == [A, B]
    assert {found["alg"] for found in parts["one-thing@1.5"]["hashes"]} == {"SHA-256"}
    marker = {"name": "marker", "value": 'python_full_version < "3.12"'}
    assert parts["two@2.0"]["properties"] == [marker]


def test_what_the_project_asks_for_itself(place):
    """The project is the whole, and leads to its direct dependencies."""
    content = json.loads(sbom(place))
    assert content["metadata"]["component"]["bom-ref"] == "tiny@1.2"
    [own] = [entry for entry in content["dependencies"] if entry["ref"] == "tiny@1.2"]
    assert own["dependsOn"] == ["one-thing@1.5"]


def test_same_lock_same_bytes(place):
    """No time and no chance in it; another lock file has another serial number."""
    first = sbom(place)
    assert sbom(place) == first
    assert "timestamp" not in first
    (place / "requirements.lock").write_text(LOCK.replace("2.1", "2.2"))
    assert json.loads(sbom(place))["serialNumber"] != json.loads(first)["serialNumber"]


def test_valid_by_the_standard():
    """The bill of this project holds to the schema of CycloneDX 1.6, and has every entry."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = sbom(ROOT)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line[0].isalnum()]
    assert len(json.loads(text)["components"]) == len(entries) > 100


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("three==3.0", "'three==3.0'"),
        (f"three>=3 --hash=sha256:{A}", "'three>=3'"),
        (f"three==3.* --hash=sha256:{A}", "'three==3.*'"),
        (f"a file of mine --hash=sha256:{A}", "'a file of mine'"),
    ],
)
def test_what_is_not_pinned_is_named(place, line, found):
    """An entry without one version or without a hash is told by its line."""
    (place / "requirements.lock").write_text(LOCK + line + "\n")
    with pytest.raises(AnnexError) as error:
        sbom(place)
    [problem] = error.value.problems
    assert (problem.place, problem.found) == ("requirements.lock, line 8", found)


def test_a_package_that_is_not_locked_is_named(place):
    """What pyproject.toml asks for and the lock file lacks."""
    (place / "pyproject.toml").write_text(PROJECT.replace("One_Thing", "four"))
    with pytest.raises(AnnexError, match="no four"):
        sbom(place)


def test_command_writes_the_file(tmp_path, monkeypatch, capsys):
    """`annex sbom PATH` writes it, without PATH prints it; a bad place is named."""
    monkeypatch.chdir(ROOT)
    assert main(["sbom", str(tmp_path / "sbom.cdx.json")]) == 0
    assert main(["sbom"]) == 0
    assert capsys.readouterr().out == (tmp_path / "sbom.cdx.json").read_text(encoding="utf-8")
    assert main(["sbom", str(tmp_path / "none" / "x.json")]) == 1
    assert "none/x.json: found No such file" in capsys.readouterr().err
