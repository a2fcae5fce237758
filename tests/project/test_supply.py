"""What SECURITY.md, the audit and the workflow of the future home promise is there."""

import hashlib
import re
import shutil
import subprocess

import pytest
import yaml

from conftest import ROOT
from helpers.annex.cli import _parser

SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^(\w+):", MAKEFILE, re.M))
WORKFLOW = (ROOT / ".github" / "workflows" / "annex.yml").read_text(encoding="utf-8")
JOBS = yaml.safe_load(WORKFLOW)["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]


def test_every_command_of_the_security_page_exists():
    """Each make target and each annex command that it names can be run."""
    named = re.findall(r"make (\w+)", SECURITY)
    assert {"audit", "release"} <= set(named) <= TARGETS
    for words in re.findall(r"`annex (\w+)`", SECURITY):
        _parser().parse_args([words])


def test_every_file_of_the_security_page_exists():
    """Each file of the project that it names is there; what `make release` makes is not."""
    named = re.findall(r"`([\w./-]+\.(?:md|lock|yml|py))`", SECURITY)
    assert len(named) >= 4
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_audit_fails_when_nothing_could_be_looked_up():
    """The check reads the lock file with its hashes, and a package that no service knows is an
    error, not a line in the output."""
    [line] = [line for line in MAKEFILE.splitlines() if "/pip-audit" in line]
    for option in ("--strict", "--require-hashes", "--disable-pip", "-r requirements.lock"):
        assert option in line


def test_the_audit_is_locked_itself():
    """Every package of the audit is pinned with hashes, and no registry is named."""
    text = (ROOT / ".ci" / "audit.lock").read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert any(entry.startswith("pip-audit==") for entry in entries)
    assert "--require-hashes -r .ci/audit.lock" in MAKEFILE


def test_the_workflow_may_do_no_more_than_it_needs():
    """Nothing by default; the job that runs our code reads, and the one that signs runs none."""
    assert yaml.safe_load(WORKFLOW)["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "build": {"contents": "read"},
        "attest": {"attestations": "write", "id-token": "write"},
    }
    assert not any("run" in step for step in JOBS["attest"]["steps"])
    assert "secrets" not in WORKFLOW
    checkout = next(step for step in STEPS if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"]["persist-credentials"] is False


def test_the_workflow_has_git_before_it_checks_out():
    """The image has none, and without it the checkout is no repository; git must trust the folder,
    whose owner is another."""
    first, second = JOBS["build"]["steps"][:2]
    assert re.search(r"apt-get install [^\n]* git$", first["run"], re.M)
    assert 'git config --global --add safe.directory "$GITHUB_WORKSPACE"' in first["run"]
    assert second["uses"].startswith("actions/checkout@")


def test_only_a_pull_request_is_cancelled_by_the_next_push():
    """On main a push does not stop what is being signed for the one before."""
    cancelled = yaml.safe_load(WORKFLOW)["concurrency"]["cancel-in-progress"]
    assert cancelled == "${{ github.event_name == 'pull_request' }}"


def test_the_workflow_runs_what_anybody_can_run():
    """Each of its commands after the checkout is a target of the Makefile or the script that proves
    the project."""
    commands = [step["run"] for step in STEPS if "run" in step][1:]
    assert commands == [".ci/run", "make audit", "make release"]
    assert {command.removeprefix("make ") for command in commands[1:]} <= TARGETS


@pytest.mark.parametrize("step", [step["uses"] for step in STEPS if "uses" in step])
def test_actions_are_named_by_commit(step):
    """A tag can be moved; a commit can't. The tag stands beside it."""
    assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step)
    assert re.search(re.escape(step) + r" # v\d+\.\d+\.\d+$", WORKFLOW, re.M)


def test_the_release_is_what_the_workflow_signs():
    """The files that it signs are among those that `make release` makes."""
    given = [value for step in STEPS for value in step.get("with", {}).values()]
    for name in ("release/SHA256SUMS", "release/sbom.cdx.json", "release/annex/manifest.json"):
        assert name in given
    for made in ("release/annex\n", "annex sbom release/sbom.cdx.json", ">SHA256SUMS"):
        assert made in MAKEFILE


ANNEX = """#!/bin/sh
case $1 in
build) mkdir -p built/nl && echo a >"built/nl/01 a  b (c).html" && echo b >built/a.html &&
    echo c >"built/'d.css" && ln -sfn built annex;;
sbom) echo {} >"$2";;
esac
"""


def test_the_release_lists_every_file_whatever_its_name(tmp_path):
    """The checksums are of all files, in the order of their names in bytes, and agree; blanks and
    quotes in names are no trouble."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "annex").write_text(ANNEX)
    (tmp_path / ".venv" / "bin" / "annex").chmod(0o755)
    (tmp_path / ".venv" / "ready").touch()
    subprocess.run(["make", "release"], cwd=tmp_path, check=True, capture_output=True)
    listed = (tmp_path / "release" / "SHA256SUMS").read_text().splitlines()
    assert [line[66:] for line in listed] == [
        "annex/'d.css", "annex/a.html", "annex/nl/01 a  b (c).html", "sbom.cdx.json",
    ]  # fmt: skip
    for line in listed:
        content = (tmp_path / "release" / line[66:]).read_bytes()
        assert line[:66] == hashlib.sha256(content).hexdigest() + "  "
    if shutil.which("sha256sum"):
        check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
        subprocess.run(check, cwd=tmp_path / "release", check=True)
