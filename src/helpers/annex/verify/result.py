"""Verifies a published annex: its files, a fresh run, and the causes of differences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import AnnexError, Problem, visible
from ...messages import _
from ..plan.cache import Cache
from ..plan.plan import Plan
from ..release import manifest
from ..run.kernels import parent
from . import compare, same_text
from .causes import Causes
from .differences import PARTS, Difference
from .integrity import integrity
from .provenance import Made, project

if TYPE_CHECKING:
    from ..build import Report

_REWRITTEN = _("the same content, in another format")
_SHOWN = 60  # characters that are shown of a cell's first line


@dataclass
class Result:
    """The result of a verification.

    folder: of the annex. checksum: SHA-256 of its manifest. totals: number of items of each part.
    outputs: paths of its files. project: provenance of the rerun. published: the checksum that was
    published elsewhere, if the user gave one. only: notebooks that were rerun; empty for all.
    failed: why the rebuild failed; then only files were compared.
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
        """Whether every file, input and result agrees (see `Difference.counts`)."""
        return not self.failed and not any(each.counts for each in self.differences)

    def of(self, part: str) -> list[Difference]:
        """The differences of one part."""
        return [each for each in self.differences if each.part == part]

    def differ(self, part: str) -> int:
        """How many items of one part differ: versions, and differences that count."""
        return sum(each.counts or each.part == "version" for each in self.of(part))

    def plain(self) -> dict:
        """The result as plain data for JSON."""
        parts = {}
        for part in PARTS:
            found = [each.plain() for each in self.of(part)]
            parts[part] = {"compared": self.compared(part), "differences": found}
        failed = [visible(str(problem)) for problem in self.failed]
        return {
            "agrees": self.agrees, "folder": visible(str(self.folder)),
            "manifest_sha256": self.checksum, "published_sha256": self.published,
            "project": asdict(self.project), "only": list(self.only), "failed": failed,
            "parts": parts,
        }  # fmt: skip

    def compared(self, part: str) -> int | None:
        """How many items of a part were compared; `None` when the rebuild failed."""
        return None if self.failed and part != "file" else self.totals[part]


def verify(
    folder: Path,
    root: Path,
    data: Path,
    known: str | None = None,
    only: Sequence[str] = (),
    report: Report = lambda *_: None,
) -> Result:
    """Compare an annex with its manifest, and with a new build of the project at `root` in a
    temporary folder.

    known: SHA-256 of the manifest as published elsewhere. only: names of the notebooks to run, when
    the annex is a draft; empty for all. report: called with each notebook that has run and its
    seconds.

    Raises `AnnexError` when the manifest can't be read. A failed build does not raise: see
    `Result.failed`.
    """
    from ..build import build

    given, folder = folder, folder.resolve()  # an annex may be given by a link
    was = manifest.read(folder)
    content = (folder / manifest.NAME).read_bytes()
    digest, totals = hashlib.sha256(content).hexdigest(), compare.total(was)
    result = Result(given, digest, totals, list(was["outputs"]), published=known, only=only)
    result.differences += [
        *_of_manifest(content, digest, was, known),
        *integrity(folder, was["outputs"]),
    ]
    paper = any(name.endswith(".pdf") for name in was["outputs"])
    with parent.temporary_folder() as place:

        def made(name: str) -> tuple[Plan, dict]:
            """Build without a cache: the plan and the manifest."""
            out, cache = Path(place) / name, Cache(Path(place) / f"{name}-cache")
            plan = Plan(root, data, out, only, paper, cache)
            result.project = project(plan)
            build(plan, report=report)
            return plan, manifest.read(out)

        try:
            plan, now = made("annex")
            sides = was, now, folder, plan.out
            result.differences = [compare.edited(each, *sides) for each in result.differences]
            same = same_text.inputs(was, now, plan.inputs.path)
            found = [*compare.inputs(was, now, same), *compare.results(*sides, same)]
            changes = was, now, data, {p.stem: plan.under(p.stem) for p in plan.paths}, same
            explained = [*map(Causes(*changes).of, found)]
            if any(cause.kind == "unexplained" for each in explained for cause in each.causes):
                again, then = made("again")
                if then["inputs"] != now["inputs"]:
                    expected = "inputs that stay as they are while an annex is verified"
                    remedy = "Verify again"
                    raise AnnexError(Problem(str(root), "a changed input", expected, remedy))
                varying = _varying(plan, again)
                explained = [*map(Causes(*changes, varying).of, found)]
            result.differences += explained
        except AnnexError as error:
            result.failed = error.problems
    return result


def _of_manifest(content: bytes, digest: str, was: dict, known: str | None) -> Iterator[Difference]:
    """Whether the manifest differs from the published one, or in form from what a build writes."""
    if known is not None and known.lower() != digest:
        same = same_text.only(content, known.lower())
        gone = _("not the manifest that was published")
        note = _("{}: {}").format(gone, same) if same else gone
        ends = f"sha256 {known}", f"sha256 {digest}"
        yield Difference("file", manifest.NAME, note, *ends, same=bool(same))
    elif (built := manifest.checksum(was)) != digest:
        note = same_text.only(content, built) or _REWRITTEN
        yield Difference("file", manifest.NAME, note, same=True)


def _varying(one: Plan, other: Plan) -> dict[str, str]:
    """The notebooks whose outputs differ between two runs on the same inputs, each with the first
    line of the first such cell."""
    found = {}
    for path in one.paths:
        # The cells of a run that was not cached are unknown: there is nothing to compare.
        cells = zip(one.cells(path.stem), other.cells(path.stem), strict=False)
        code = next((code for (code, given), (__, again) in cells if given != again), None)
        if code is not None:
            first = next(filter(str.strip, code.splitlines()), "").strip()
            found[path.stem] = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}..."
    return found
