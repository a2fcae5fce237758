"""What a rerun was made of: the project's commit, what was changed in it since, and its inputs."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..inputs import HELPED, LOCK
from ..plan import Plan

_HELPERS = Path(__file__).parents[2]  # those that run
_INPUTS = ("notebooks", "data", HELPED, LOCK)


@dataclass(frozen=True)
class Made:
    """commit: of the project; empty where git does not say. changed: files of it that are not as
    in that commit, or are taken from elsewhere. inputs_sha256: of all that was read."""

    commit: str = ""
    changed: Sequence[str] = ()
    inputs_sha256: str = ""


def project(plan: Plan) -> Made:
    """What a build is made of."""
    inputs = plan.inputs.listed(plan.paths)
    commit, *changed = _state(plan.root) or ("",)
    places = {"data": plan.data, HELPED: _HELPERS}
    elsewhere = [
        f"{name} ({place})"
        for name, place in places.items()
        if place.resolve() != (plan.root / name).resolve()
    ]
    return Made(commit, (*elsewhere, *changed), digest(inputs))


def digest(inputs: dict[str, str]) -> str:
    """One SHA-256 of all inputs: of a line for each, as `sha256sum` writes them, by name."""
    lines = "".join(f"{inputs[name]}  {name}\n" for name in sorted(inputs))
    return hashlib.sha256(lines.encode()).hexdigest()


def _state(root: Path) -> list[str] | None:
    """The commit, then the inputs that git says were changed or added since; nothing where git has
    no such project: another repository may lie around it."""
    found = []
    for what in (
        ["ls-files", "--error-unmatch", "notebooks"],
        ["rev-parse", "HEAD"],
        ["status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *_INPUTS],
    ):  # fmt: skip
        command = ["git", "-C", str(root), *what]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        found.append(ran.stdout)
    return [found[1].strip(), *(entry[3:] for entry in found[2].split("\0") if entry)]
