"""Verify a published annex: its files, a fresh run, and why they differ."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import AnnexError, Problem, visible
from ...language import Text
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

_REWRITTEN = Text("dezelfde inhoud, anders geschreven", "the same content, written otherwise")
_SHOWN = 60  # characters of a cell's first line


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
        """Whether every file, input and result agrees. Another version of python or a package, and
        an input that says the same but is written otherwise, are told, and are no disagreement when
        all that came out is the same."""
        return not self.failed and not any(each.counts for each in self.differences)

    def of(self, part: str) -> list[Difference]:
        """The differences of one part."""
        return [each for each in self.differences if each.part == part]

    def differ(self, part: str) -> int:
        """How many of one part differ; not those that say the same, unless each byte counts."""
        return sum(each.counts or each.part == "version" for each in self.of(part))

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
    folder: Path,
    root: Path,
    data: Path,
    known: str | None = None,
    only: Sequence[str] = (),
    build: Callable[[Plan], object] | None = None,
    report: Report = lambda *_: None,
) -> Result:
    """Hold an annex to its manifest, and to a build from the project at `root` in a fresh place.

    known: SHA-256 of the manifest as it was published elsewhere. only: names of notebooks, where
    the annex is a part; empty for all. build: makes what is planned. report: told of each notebook
    that has run, with its seconds.

    Raises `AnnexError` when there is no annex that can be read.
    """
    shown, folder = folder, folder.resolve()  # an annex may be shown by a link
    was = manifest.read(folder)
    content = (folder / manifest.NAME).read_bytes()
    found, totals = hashlib.sha256(content).hexdigest(), compare.total(was)
    result = Result(shown, found, totals, list(was["outputs"]), published=known, only=only)
    result.differences += [
        *_of_manifest(content, found, was, known),
        *integrity(folder, was["outputs"]),
    ]
    with parent.temporary_folder() as place:

        def made(name: str) -> tuple[Plan, dict]:
            """The plan of a build that ran everything, and its manifest."""
            out, cache = Path(place) / name, Cache(Path(place) / f"{name}-cache")
            plan = Plan(root, data, out, only, _paper(was), cache)
            result.project = project(plan)
            build(plan) if build else _build(plan, report)
            return plan, manifest.read(out)

        try:
            plan, now = made("annex")
            sides = was, now, folder, plan.out
            result.differences = [compare.edited(each, *sides) for each in result.differences]
            same = same_text.inputs(was, now, plan.inputs.path)
            found = [*compare.inputs(was, now, same), *compare.results(*sides, same)]
            rests = was, now, data, {path.stem: plan.under(path.stem) for path in plan.paths}, same
            told = [*map(Causes(*rests).of, found)]
            if any(cause.kind == "unexplained" for each in told for cause in each.causes):
                again, then = made("again")
                if then["inputs"] != now["inputs"]:
                    expected = "inputs that stay as they are while an annex is verified"
                    remedy = "Verify again"
                    raise AnnexError(Problem(str(root), "a changed input", expected, remedy))
                varying = _varying(plan, again)
                told = [*map(Causes(*rests, varying).of, found)]
            result.differences += told
        except AnnexError as error:
            result.failed = error.problems
    return result


def _of_manifest(content: bytes, found: str, was: dict, known: str | None) -> Iterator[Difference]:
    """How the manifest differs from the one that was published, or is written otherwise than a
    build writes it."""
    if known is not None and known.lower() != found:
        same = same_text.only(content, known.lower())
        note = Text("niet het gepubliceerde manifest", "not the manifest that was published")
        note = Text(*(f"{a}: {b}" for a, b in zip(note, same, strict=True))) if same else note
        ends = f"sha256 {known}", f"sha256 {found}"
        yield Difference("file", manifest.NAME, note, *ends, same=bool(same))
    elif (built := manifest.checksum(was)) != found:
        note = same_text.only(content, built) or _REWRITTEN
        yield Difference("file", manifest.NAME, note, same=True)


def _varying(one: Plan, other: Plan) -> dict[str, str]:
    """The notebooks that gave something else in two runs on the same inputs, each with the first
    line of the first cell that did."""
    found = {}
    for path in one.paths:
        # A run that was not kept has no cells to compare.
        cells = zip(one.cells(path.stem), other.cells(path.stem), strict=False)
        code = next((code for (code, given), (_, again) in cells if given != again), None)
        if code is not None:
            first = next(filter(str.strip, code.splitlines()), "").strip()
            found[path.stem] = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}..."
    return found


def _build(plan: Plan, report: Report) -> None:
    from ..build import build

    parent.warm_up(plan.data)
    build(plan, report=report)


def _paper(was: dict) -> bool:
    return any(name.endswith(".pdf") for name in was["outputs"])
