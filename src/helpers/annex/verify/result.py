"""Verify a published annex: its files, a fresh run, and why they differ."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import AnnexError, Problem
from ...language import Text
from .. import manifest
from ..kernels import parent
from ..plan import Plan
from . import compare
from .causes import Causes
from .differences import PARTS, Difference
from .integrity import checksum, integrity

if TYPE_CHECKING:
    from ..build import Report


@dataclass
class Result:
    """What was verified and what differs.

    folder: of the annex. checksum: SHA-256 of its manifest. totals: how many of each part there
    are. outputs: paths of its files. project: commit and digest of the inputs of the rerun.
    compared: whether the checksum was held to one that was published elsewhere. failed: why it
    could not be built anew; then only its files were compared.
    """

    folder: Path
    checksum: str
    totals: dict[str, int]
    outputs: list[str]
    differences: list[Difference] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    project: dict[str, str] = field(default_factory=dict)
    compared: bool = False

    @property
    def agrees(self) -> bool:
        """Whether every file, input and result agrees. Another version of python or a package is
        told, and is no disagreement when all that came out is the same."""
        return not self.failed and all(each.part == "version" for each in self.differences)

    def of(self, part: str) -> list[Difference]:
        """The differences of one part."""
        return [each for each in self.differences if each.part == part]

    def plain(self) -> dict:
        """All of it as plain data."""
        parts = {
            part: {"compared": self.totals[part], "differences": [d.plain() for d in self.of(part)]}
            for part in PARTS
        }
        failed = [str(problem) for problem in self.failed]
        return {
            "agrees": self.agrees, "folder": str(self.folder), "manifest_sha256": self.checksum,
            "checksum_compared": self.compared, "project": self.project, "failed": failed,
            "parts": parts,
        }  # fmt: skip


def verify(
    folder: Path, root: Path, data: Path, known: str | None = None,
    build: Callable[[Plan], object] | None = None, report: Report = lambda *_: None,
) -> Result:
    """Hold an annex to its manifest, and to a build from the project at `root` in a fresh place.

    known: SHA-256 of the manifest as it was published elsewhere. build: makes what is planned.
    report: told of each notebook that has run, with its seconds.

    Raises `AnnexError` when there is no annex that can be read.
    """
    shown, folder = folder, folder.resolve()  # an annex may be shown by a link
    was = manifest.read(folder)
    known_as = checksum(folder / manifest.NAME)
    result = Result(shown, known_as, compare.total(was), list(was["outputs"]))
    result.compared = known is not None
    if known is not None and known.lower() != result.checksum:
        note = Text("niet het gepubliceerde manifest", "not the manifest that was published")
        result.differences.append(
            Difference("file", manifest.NAME, note, f"sha256 {known}", f"sha256 {result.checksum}")
        )
    result.differences += integrity(folder, was["outputs"])
    with tempfile.TemporaryDirectory(prefix=f"{parent.PLACE}{os.getpid()}-") as place:
        try:
            plan = Plan(root, data, Path(place) / "annex", paper=_paper(was))
            build(plan) if build else _build(plan, report)
        except AnnexError as error:
            result.failed = error.problems
            return result
        now = manifest.read(plan.out)
        result.project = {"commit": _commit(root), "inputs_sha256": _digest(now["inputs"])}
        found = [*compare.inputs(was, now), *compare.results(was, now, folder, plan.out)]
        causes = Causes(was, now, data, {path.stem: plan.under(path.stem) for path in plan.paths})
        result.differences += [causes.of(difference) for difference in found]
    return result


def _build(plan: Plan, report: Report) -> None:
    from ..build import build

    parent.warm_up(plan.data)
    build(plan, report=report)


def _digest(inputs: dict[str, str]) -> str:
    """One SHA-256 of all inputs: of a line for each, as `sha256sum` writes them, by name."""
    lines = "".join(f"{inputs[name]}  {name}\n" for name in sorted(inputs))
    return hashlib.sha256(lines.encode()).hexdigest()


def _commit(root: Path) -> str:
    """The commit that the project is at, and whether something was changed since; empty where git
    does not say."""
    git = ["git", "-C", str(root)]
    try:
        at, state = (
            subprocess.run([*git, *rest], capture_output=True, text=True, check=True).stdout.strip()
            for rest in (("rev-parse", "HEAD"), ("status", "--porcelain"))
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{at}, with changes" if state else at


def _paper(was: dict) -> bool:
    return any(name.endswith(".pdf") for name in was["outputs"])

