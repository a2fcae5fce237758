"""Verify a published annex: its files, a fresh run, and why they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import AnnexError, Problem, visible
from ...language import Text
from .. import manifest
from ..kernels import parent
from ..plan import Plan
from . import compare
from .causes import Causes
from .differences import PARTS, Difference
from .integrity import checksum, integrity
from .project import Made, project

if TYPE_CHECKING:
    from ..build import Report

_REWRITTEN = Text("dezelfde inhoud, anders geschreven", "the same content, written otherwise")


@dataclass
class Result:
    """What was verified and what differs.

    folder: of the annex. checksum: SHA-256 of its manifest. totals: how many of each part there
    are. outputs: paths of its files. project: what the rerun was made of. published: the checksum
    as it was published elsewhere, if one was given. only: notebooks that were rerun; empty for
    all. failed: why it could not be built anew; then only its files were compared.
    """

    folder: Path
    checksum: str
    totals: dict[str, int]
    outputs: list[str]
    differences: list[Difference] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    project: Made = field(default_factory=Made)
    published: str | None = None
    only: Sequence[str] = ()

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
            part: {"compared": self.compared(part), "differences": [d.plain() for d in found]}
            for part, found in ((part, self.of(part)) for part in PARTS)
        }
        failed = [visible(str(problem)) for problem in self.failed]
        return {
            "agrees": self.agrees, "folder": visible(str(self.folder)),
            "manifest_sha256": self.checksum, "published_sha256": self.published,
            "project": asdict(self.project), "only": list(self.only), "failed": failed,
            "parts": parts,
        }  # fmt: skip

    def compared(self, part: str) -> int | None:
        """How many of a part were compared; `None` where the annex could not be built anew to
        compare it with."""
        return None if self.failed and part != "file" else self.totals[part]


def verify(
    folder: Path, root: Path, data: Path, known: str | None = None, only: Sequence[str] = (),
    build: Callable[[Plan], object] | None = None, report: Report = lambda *_: None,
) -> Result:
    """Hold an annex to its manifest, and to a build from the project at `root` in a fresh place.

    known: SHA-256 of the manifest as it was published elsewhere. only: names of notebooks, where
    the annex is a part; empty for all. build: makes what is planned. report: told of each notebook
    that has run, with its seconds.

    Raises `AnnexError` when there is no annex that can be read.
    """
    shown, folder = folder, folder.resolve()  # an annex may be shown by a link
    was = manifest.read(folder)
    known_as = checksum(folder / manifest.NAME)
    totals, outputs = compare.total(was), list(was["outputs"])
    result = Result(shown, known_as, totals, outputs, published=known, only=only)
    if known is not None and known.lower() != result.checksum:
        note = Text("niet het gepubliceerde manifest", "not the manifest that was published")
        result.differences.append(
            Difference("file", manifest.NAME, note, f"sha256 {known}", f"sha256 {result.checksum}")
        )
    result.differences += integrity(folder, was["outputs"])
    with parent.fresh_place() as place:
        try:
            plan = Plan(root, data, Path(place) / "annex", only, _paper(was))
            result.project = project(plan)
            build(plan) if build else _build(plan, report)
        except AnnexError as error:
            result.failed = error.problems
            return result
        now = manifest.read(plan.out)
        sides = was, now, folder, plan.out
        result.differences = [compare.edited(each, *sides) for each in result.differences]
        found = [*compare.inputs(was, now), *compare.results(*sides)]
        causes = Causes(was, now, data, {path.stem: plan.under(path.stem) for path in plan.paths})
        result.differences += [causes.of(difference) for difference in found]
        if not result.differences and known_as != checksum(plan.out / manifest.NAME):
            result.differences.append(Difference("file", manifest.NAME, _REWRITTEN))
    return result


def _build(plan: Plan, report: Report) -> None:
    from ..build import build

    parent.warm_up(plan.data)
    build(plan, report=report)


def _paper(was: dict) -> bool:
    return any(name.endswith(".pdf") for name in was["outputs"])

