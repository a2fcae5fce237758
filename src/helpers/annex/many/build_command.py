"""The command `annex build` for several projects."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ...errors import AnnexError, Problem, visible
from ..terminal import progress, tell
from ..timings import table
from . import many_builds, project_folders


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
        many_builds.build_all(projects, options, chosen.jobs, progress, lambda r: _end(r, ended))
    except KeyboardInterrupt:
        interrupted = True
    results = sorted(ended, key=lambda result: projects.index(result["project"]))
    if chosen.json:
        print(json.dumps({"builds": results}, ensure_ascii=False, indent=1))
    else:
        for result in results:
            for told in _remarks(result, chosen.timings):
                tell(told)
        print("\n".join(map(visible, _lines(results))))
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


def _end(result: dict, ended: list[dict]) -> None:
    ended.append(result)
    if sys.stderr.isatty():
        tell(f"{result['project']}: {result['outcome']}, {result['seconds']:.1f} s")


def _lines(results: Sequence[dict]) -> Iterator[str]:
    """A line per project: what became of it, how long that took, and its front page; then how many
    there are of each. results: of `build_all`."""
    wide = max((len(result["project"]) for result in results), default=0)
    for each in results:
        told = f"{each['outcome']:<15}  {each['seconds']:7.1f} s"
        yield f"{each['project']:<{wide}}  {told}  {each.get('annex', '')}".rstrip()
    counts = Counter(result["outcome"] for result in results)
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
    yield f"{len(results)} projects: {told}"


def _remarks(result: dict, timings: bool) -> Iterator[str]:
    """What a build says beside its result: messages, warnings and problems, each with its project,
    and with `timings` the duration of each stage."""
    told = [message.removeprefix("annex: ") for message in result["messages"]]
    told += [f"warning: {Problem(**each)}" for each in result.get("warnings", ())]
    told += [str(Problem(**each)) for each in result.get("problems", ())]
    yield from (f"{result['project']}: {each}" for each in told)
    if timings and (stages := result.get("stages")):
        yield f"{result['project']}:\n{table(stages)}"
