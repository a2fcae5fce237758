"""What a rerun was made of: the project's commit, what was changed in it since, and its inputs."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..plan.inputs import HELPED, LOCK
from ..plan.plan import Plan

# A hook is given these, of its own repository; git would follow them instead of the folder.
_OWN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")


@dataclass(frozen=True)
class Made:
    """commit: of the project; empty where git does not say. changed: what was read, or is gone, and
    is not as in that commit: changed, never added to it, or outside its repository; empty without
    a commit. inputs_sha256: of all that was read. data: where the tables are, if not in the
    project."""

    commit: str = ""
    changed: Sequence[str] = ()
    inputs_sha256: str = ""
    data: str = ""


def project(plan: Plan) -> Made:
    """What a build is made of."""
    inputs = plan.inputs.listed(plan.paths)
    data = "" if _real(plan.data) == _real(plan.root / "data") else str(plan.data)
    try:
        # Another repository may lie around a project that is not in it.
        _git(plan.root, "ls-files", "--error-unmatch", "notebooks")
        (commit,) = _git(plan.root, "rev-parse", "HEAD")
        (top,) = _git(plan.root, "rev-parse", "--show-toplevel")
        changed = tuple(_changed(plan, inputs, _real(top)))
    except (OSError, subprocess.CalledProcessError):
        return Made("", (), digest(inputs), data)
    return Made(commit, changed, digest(inputs), data)


def digest(inputs: dict[str, str]) -> str:
    """One SHA-256 of all inputs: of a line for each, as `sha256sum` writes them, by name."""
    lines = "".join(f"{inputs[name]}  {name}\n" for name in sorted(inputs))
    return hashlib.sha256(lines.encode()).hexdigest()


def _changed(plan: Plan, inputs: dict[str, str], top: Path) -> Iterator[str]:
    """What is not as in the commit of the repository at `top`: whole folders that are outside it,
    then files, by their names in a project. Where a folder is inside it does not matter: a project
    may be in a folder of the repository that holds its helpers."""
    places = {n: _real(plan.inputs.path(n)) for n in ("notebooks", "data", HELPED, LOCK)}
    outside = {name for name, place in places.items() if not place.is_relative_to(top)}
    yield from (f"{name} ({places[name]})" for name in places if name in outside)
    where = ["-z", "--", *(str(places[name]) for name in places if name not in outside)]
    tracked = {top / name for name in _git(top, "ls-files", *where)}
    options = ["HEAD", "--name-only", "--no-renames"]
    differ = {top / name for name in _git(top, "diff", *options, *where)}
    files = {name: _real(plan.inputs.path(name)) for name in inputs}
    gone = (path for path in differ if not path.exists())
    for path in gone:
        files |= {
            (Path(name) / path.relative_to(place)).as_posix(): path
            for name, place in places.items() if path.is_relative_to(place)
        }  # fmt: skip
    for name, path in sorted(files.items()):
        if not any(name == part or name.startswith(f"{part}/") for part in outside):
            if not path.is_relative_to(top):
                yield f"{name} ({path})"
            elif path in differ or path not in tracked:
                yield name


def _git(folder: Path, *what: str) -> list[str]:
    """What git says of a folder: lines, or names that end in a zero byte."""
    command = ["git", "--literal-pathspecs", "-C", str(folder), *what]
    own = {name: value for name, value in os.environ.items() if name not in _OWN}
    own["GIT_OPTIONAL_LOCKS"] = "0"  # nothing is written to the project
    ran = subprocess.run(command, capture_output=True, check=True, env=own)
    text = os.fsdecode(ran.stdout)
    return [each for each in text.split("\0" if "-z" in what else "\n") if each]


def _real(path: str | Path) -> Path:
    """Where a path leads, links followed: git and a build may come to it by other ways."""
    return Path(os.path.realpath(path))
