"""The provenance of a rerun: the project's commit, uncommitted changes, inputs, and the library."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...files import folders
from ..plan.inputs import DISTRIBUTION, LOCK, of_library
from ..plan.plan import Plan

# Git sets these for its hooks, with the hook's repository; here they would override the folder.
_HOOK_VARIABLES = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
)


@dataclass(frozen=True)
class Made:
    """The provenance of a rerun.

    commit: of the project; empty without a git repository. changed: inputs that differ from that
    commit: changed, deleted, untracked or outside its repository. inputs_sha256: from `digest`.
    data: folder of the tables; empty when it is the project's. library: version and digest of this
    library, if it is not in the project or its repository.
    """

    commit: str = ""
    changed: Sequence[str] = ()
    inputs_sha256: str = ""
    data: str = ""
    library: str = ""


def project(plan: Plan) -> Made:
    """The provenance of a build of `plan`."""
    inputs = plan.inputs.listed(plan.paths)
    data = "" if _real(plan.data) == _real(plan.root / "data") else str(plan.data)
    try:
        # Fails if the project is untracked, inside another repository.
        _git(plan.root, "ls-files", "--error-unmatch", "notebooks")
        (commit,) = _git(plan.root, "rev-parse", "HEAD")
        (top,) = _git(plan.root, "rev-parse", "--show-toplevel")
        library = "" if _is_tracked(plan, _real(top)) else _library(inputs)
        changed = tuple(_changed(plan, inputs, _real(top), library == ""))
    except (OSError, subprocess.CalledProcessError):
        library = "" if plan.inputs.inside else _library(inputs)
        return Made("", (), digest(inputs), data, library)
    return Made(commit, changed, digest(inputs), data, library)


def _is_tracked(plan: Plan, top: Path) -> bool:
    """Whether this library is in the commit of the repository at `top`, not installed there."""
    place = _real(plan.inputs.path(plan.inputs.library))
    return place.is_relative_to(top) and bool(_git(top, "ls-files", "--", str(place)))


def _library(inputs: dict[str, str]) -> str:
    from importlib.metadata import version

    own = {name: found for name, found in inputs.items() if of_library(name)}
    return f"{DISTRIBUTION} {version(DISTRIBUTION)}, SHA-256 {digest(own)}"


def digest(inputs: dict[str, str]) -> str:
    """One SHA-256 of all inputs: of the lines that `sha256sum` would write, sorted by name."""
    lines = "".join(f"{inputs[name]}  {name}\n" for name in sorted(inputs))
    return hashlib.sha256(lines.encode()).hexdigest()


def _changed(plan: Plan, inputs: dict[str, str], top: Path, library: bool) -> Iterator[str]:
    """Inputs that differ from the commit of the repository at `top`, by their paths in the project:
    folders outside the repository, then files. A project may be in any folder of the repository.
    library: whether the repository has this library as well."""
    names = ["notebooks", "data", folders.OWN, LOCK, *[plan.inputs.library] * library]
    places = {name: _real(plan.inputs.path(name)) for name in names}
    outside = {name for name, place in places.items() if not place.is_relative_to(top)}
    yield from (f"{name} ({places[name]})" for name in places if name in outside)
    where = ["-z", "--", *(str(places[name]) for name in places if name not in outside)]
    tracked = {top / name for name in _git(top, "ls-files", *where)}
    options = ["HEAD", "--name-only", "--no-renames"]
    differ = {top / name for name in _git(top, "diff", *options, *where)}
    files = {
        name: _real(plan.inputs.path(name)) for name in inputs if library or not of_library(name)
    }
    files |= {
        (Path(name) / path.relative_to(place)).as_posix(): path
        for path in differ if not path.exists()
        for name, place in places.items() if path.is_relative_to(place)
    }  # fmt: skip
    for name, path in sorted(files.items()):
        if not any(name == part or name.startswith(f"{part}/") for part in outside):
            if not path.is_relative_to(top):
                yield f"{name} ({path})"
            elif path in differ or path not in tracked:
                yield name


def _git(folder: Path, *what: str) -> list[str]:
    """The output of a git command in `folder`, split at line ends, or at zero bytes with `-z`."""
    command = ["git", "--literal-pathspecs", "-C", str(folder), *what]
    variables = {n: value for n, value in os.environ.items() if n not in _HOOK_VARIABLES}
    variables["GIT_OPTIONAL_LOCKS"] = "0"  # git does not update the project's index
    ran = subprocess.run(command, capture_output=True, check=True, env=variables)
    text = os.fsdecode(ran.stdout)
    return [each for each in text.split("\0" if "-z" in what else "\n") if each]


def _real(path: str | Path) -> Path:
    """A path with links resolved, as git and a build may reach it by different links."""
    return Path(os.path.realpath(path))
