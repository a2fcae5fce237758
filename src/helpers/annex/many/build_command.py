"""The command `annex build` for several projects."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from ...errors import AnnexError, Problem, visible
from ..terminal import progress, tell
from . import many_builds, project_folders, summary


def run(chosen: argparse.Namespace, named: list[Path]) -> int:
    """Build the projects that are named or stand below a folder, and print what became of each.
    Returns the exit code: 1 if one failed, 130 after Ctrl-C."""
    found = project_folders.below(chosen.under) if chosen.under else named or [Path()]
    projects = project_folders.distinct(found)
    own = {"out": chosen.out, "data": chosen.data, "only": chosen.only}
    if chosen.under or len(projects) > 1:
        _refuse(own)
    options = {
        "out": str(chosen.out or ""), "data": str(chosen.data or ""), "only": chosen.only,
        "paper": chosen.pdf, "cached": not chosen.no_cache,
    }  # fmt: skip
    ended: list[dict] = []
    interrupted = False
    try:
        many_builds.build_all(projects, options, chosen.jobs, _report, lambda r: _end(r, ended))
    except KeyboardInterrupt:
        interrupted = True
    results = sorted(ended, key=lambda result: projects.index(result["project"]))
    if chosen.json:
        print(summary.as_json(results))
    else:
        for result in results:
            for told in summary.remarks(result, chosen.timings):
                tell(told)
        print("\n".join(map(visible, summary.lines(results))))
    if interrupted:
        ended_of = f"{len(results)} of {len(projects)} projects had ended"
        tell(f"interrupted; {ended_of}, the annexes of the others are unchanged")
        return 130
    return int(any(result["outcome"] == "failed" for result in results))


def _refuse(own: Mapping[str, object]) -> None:
    """Raise `AnnexError` for options that are about one project."""
    expected, remedy = "each project with its own tables and annex", "Build it alone for that"
    if refused := [name for name in own if own[name]]:
        raise AnnexError(
            Problem(f"--{name}", "several projects", expected, remedy) for name in refused
        )


def _report(project: str, notebook: str, seconds: float | None) -> None:
    progress(f"{project}: {notebook}", seconds)


def _end(result: dict, ended: list[dict]) -> None:
    ended.append(result)
    if sys.stderr.isatty():
        tell(f"{result['project']}: {result['outcome']}, {result['seconds']:.1f} s")
