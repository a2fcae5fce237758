"""What each command does. Heavy imports happen only in the command that needs them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import AnnexError, Problem, visible


def _data(chosen: argparse.Namespace) -> Path:
    """The folder of the tables."""
    from ..files import folders

    own = chosen.project and folders.project(chosen.project) / "data"
    return chosen.data or own or folders.data()


def _places(chosen: argparse.Namespace) -> tuple[Path, Path]:
    """The project and its data."""
    from ..files import folders

    return folders.project(chosen.project), _data(chosen)


def check(chosen: argparse.Namespace) -> int:
    """Print every problem of every table; 1 if there are any."""
    from ..claims import checks
    from ..tables import display_names

    data = _data(chosen)
    problems = checks.problems(data)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s)")
        return 1
    print(f"{len(display_names.names(data))} tables, no problems")
    return 0


def trace(chosen: argparse.Namespace) -> int:
    """Look up every row in a copy of the evaluation; 1 if anything is missing or left over."""
    from .trace import trace

    result = trace.trace(chosen.path, _data(chosen))
    print(trace.table(result))
    for note in result.notes:
        print(visible(note))
    for problem in result.problems:
        print(visible(str(problem)))
    return 1 if result.problems else 0


def verify(chosen: argparse.Namespace) -> int:
    """Hold an annex to its manifest and a fresh run; 1 unless all agrees."""
    import json

    from .plan.plan import notebooks
    from .verify import result, statement

    root, data = _places(chosen)
    if chosen.only:  # there may be no notebooks: the files of a whole annex are compared then too
        notebooks(root / "notebooks", chosen.only)
    statement.ready(chosen.report)  # what is wrong with it is told before the notebooks run
    folder = chosen.folder or root / ("annex-draft" if chosen.only else "annex")
    found = result.verify(folder, root, data, chosen.checksum, chosen.only, report=_progress)
    if chosen.json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(visible, statement.lines(found))))
    if chosen.report:
        for path in statement.write(found, chosen.report, data, chosen.lang):
            print(path, file=sys.stderr if chosen.json else sys.stdout)
    return 0 if found.agrees else 1


def sbom(chosen: argparse.Namespace) -> int:
    """Print or write the bill of materials."""
    from ..files import folders
    from .release.sbom import sbom

    text = sbom(folders.project(chosen.project))
    if chosen.path is None:
        print(text, end="")
        return 0
    try:
        chosen.path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        found = error.strerror or str(error)
        raise AnnexError(Problem(str(chosen.path), found, "a file that can be written")) from error
    return 0


def build(chosen: argparse.Namespace) -> int:
    """Build what is not as it would be built, and print where it is."""
    from .plan.cache import Cache
    from .plan.plan import CACHE, Plan
    from .release import publish
    from .run.kernels import parent

    root, data = _places(chosen)
    whole, draft = root / "annex", root / "annex-draft"
    out = chosen.out or (draft if chosen.only else whole)
    if chosen.only and out.resolve().parent == whole.parent and out.name == whole.name:
        found = f"{out}, where the whole annex goes"
        raise AnnexError(Problem("--out", found, "another place for a part of it"))
    cache = Cache(None if chosen.no_cache else root / CACHE)
    plan = Plan(root, data, out, chosen.only, chosen.pdf, cache)
    parent.sweep()  # here, as a build whose notebooks are all known starts no kernels
    if plan.done:
        publish.sweep(out)
        if chosen.timings or sys.stderr.isatty():
            print("  nothing changed", file=sys.stderr)
    else:
        if plan.waiting:
            parent.warm_up(data)  # it loads while this process imports what it needs itself
        _make(plan, chosen.jobs, chosen.timings)
    print(out / "index.html")
    return 0


def _make(plan, jobs: int | None, timings: bool) -> None:
    import gc

    from .timings import Clock

    clock = Clock()
    with clock("all"):
        with clock("imports"):
            from .build import build
        gc.freeze()  # what stays to the end is not looked through again and again
        build(plan, jobs, _progress, clock)
    gc.freeze()
    if timings:
        print(clock.table(), file=sys.stderr)


def _progress(name: str, seconds: float | None) -> None:
    """A line per notebook for someone who watches; nothing in a pipe."""
    if sys.stderr.isatty():
        told = "as before" if seconds is None else f"{seconds:.1f} s"
        print(f"  {name}  {told}", file=sys.stderr, flush=True)
