"""What SECURITY.md, the audit and the workflow of the future home promise is there."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tomllib

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


@pytest.mark.parametrize(
    ("lock", "first", "used_by"),
    [
        (".ci/setup.lock", "uv", ".ci/install"),
        (".ci/audit.lock", "pip-audit", "Makefile"),
        ("benchmarks/peers.lock", "jupyter-book", "benchmarks/README.md"),
    ],
)
def test_tools_are_locked_themselves(lock, first, used_by):
    """Every package of the set-up, the audit and the benchmarks is pinned with hashes, and no
    registry is named."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert any(entry.startswith(f"{first}==") for entry in entries)
    assert f"--require-hashes -r {lock}" in (ROOT / used_by).read_text(encoding="utf-8")


def test_make_lock_writes_every_lock_file():
    """What `make lock` would run names each lock file of the project, and asks for hashes."""
    show = ["make", "--dry-run", "--assume-old=.venv/ready", "lock"]
    shown = subprocess.run(show, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = [*ROOT.glob("*.lock"), *ROOT.glob(".ci/*.lock"), *ROOT.glob("benchmarks/*.lock")]
    assert len(found) == 4
    for path in found:
        assert f"--output-file {path.relative_to(ROOT)} " in shown
    assert shown.count("--generate-hashes") == shown.count("uv pip compile") == 4


def test_no_file_of_the_setup_names_a_registry():
    """Where packages come from is a setting of the machine."""
    for name in ("Makefile", ".ci/install", ".ci/run", "pyproject.toml", ".pre-commit-config.yaml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"://|--(extra-|default-)?index(-url)?\b|--find-links", text), name


# A python whose `-m venv` makes an environment; its python writes down what pip is asked,
# and brings a uv that does the same and then what $UV says.
PYTHON = r"""#!/bin/sh
mkdir -p .venv/bin
cat >.venv/bin/python <<'END'
#!/bin/sh
echo "pip $*" >>asked
case "$*" in *setup.lock*)
    echo "WARNING: a mirror of mine is away" >&2
    [ "$UV" = none ] && { echo "ERROR: No matching distribution found for uv" >&2; exit 1; }
    printf '#!/bin/sh\necho "uv $*" >>asked; touch .venv/of-uv; eval "$UV"' >.venv/bin/uv
    chmod +x .venv/bin/uv;;
esac
END
chmod +x .venv/bin/python
"""
TAKES_OVER = "pip installs requirements.lock, which takes longer, as uv did not: "


def set_up(place, uv):
    """Run the set-up in `place` with a uv that does as told: exit code, output, what ran."""
    (place / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "install", place / ".ci")
    (place / "python").write_text(PYTHON)
    (place / "python").chmod(0o755)
    ran = subprocess.run(
        [".ci/install", "./python"], cwd=place, capture_output=True, text=True,
        env={**os.environ, "UV": uv}, start_new_session=True,
        # Tests that run in the background of a shell would pass on that Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    asked = (place / "asked").read_text().splitlines()
    hashed = [line for line in asked if "--require-hashes" in line]
    assert all("--require-hashes" in line or line.endswith("--editable .") for line in asked)
    assert "--no-index" in asked[-1] or ran.returncode
    tools = [f"{line.split()[0]} {line.split()[-1]}" for line in hashed]
    return ran.returncode, ran.stdout + ran.stderr, tools


def test_setup_is_by_uv(tmp_path):
    """uv installs the lock file and pip no more than uv; nothing is said, whatever uv warns of."""
    assert set_up(tmp_path, "echo warning: beware >&2") == (
        0, "", ["pip .ci/setup.lock", "uv requirements.lock"],
    )  # fmt: skip


def test_pip_takes_over_when_uv_fails(tmp_path):
    """pip installs the same lock file in an environment without what uv began, and one line says so
    and why."""
    uv = "printf 'error: Request failed\\n  cause: no route to 100%% of *\\n' >&2; exit 2"
    code, said, tools = set_up(tmp_path, uv)
    assert code == 0
    assert said == TAKES_OVER + "error: Request failed cause: no route to 100% of *\n"
    assert tools == ["pip .ci/setup.lock", "uv requirements.lock", "pip requirements.lock"]
    assert not (tmp_path / ".venv" / "of-uv").exists()


def test_pip_takes_over_when_there_is_no_uv(tmp_path):
    """No wheel of uv for this machine."""
    assert set_up(tmp_path, "none") == (
        0, TAKES_OVER + "ERROR: No matching distribution found for uv\n",
        ["pip .ci/setup.lock", "pip requirements.lock"],
    )  # fmt: skip


def test_an_interrupted_setup_ends(tmp_path):
    """Ctrl-C while uv runs, which ends it with a code of its own: pip does not start."""
    code, said, tools = set_up(tmp_path, "trap '' INT; kill -INT 0; exit 2")
    assert (code, said) == (130, "")
    assert tools == ["pip .ci/setup.lock", "uv requirements.lock"]


def test_commits_are_checked_with_what_is_installed():
    """Each hook runs a program of .venv, so that a commit fetches nothing."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["ruff-check", "ruff-format", "mypy", "annex-check"]
    for hook in hooks:
        assert hook["language"] == "system"
        assert re.match(r"\.venv/bin/(ruff (check|format)|mypy|annex check)\b", hook["entry"])


def test_the_citation_is_of_this_version():
    """CITATION.cff has what the Citation File Format 1.2.0 requires, and the version, licence and
    day of the project."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["cff-version"] == "1.2.0"
    assert citation["message"] and citation["title"] and citation["abstract"]
    assert [list(author) for author in citation["authors"]] == [["name"]]
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
    day = citation["date-released"].isoformat()
    assert f"\n## {citation['version']} – {day}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


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
