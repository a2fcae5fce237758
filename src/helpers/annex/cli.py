"""The command `annex`. Heavy imports happen only in the command that needs them."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import AnnexError, Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 when all is well, 1 when something is wrong, 2 for bad usage."""
    chosen = _parser().parse_args(arguments)
    try:
        return chosen.run(chosen)
    except AnnexError as error:
        for problem in error.problems:
            print(f"annex: {problem}", file=sys.stderr)
        return 1
    except SyntaxError as error:  # in a helper: in a notebook it is the cell that fails
        place = f"{error.filename}, line {error.lineno}"
        problem = Problem(place, f"{error.msg}: {(error.text or '').strip()}", "lines of Python")
        print(f"annex: {problem}", file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder for temporary files that can't be written to
        place = str(error.filename or tempfile.gettempdir())
        problem = Problem(place, error.strerror or str(error), "a place to read from and write to")
        print(f"annex: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("annex: stopped; the annex is as it was", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="annex",
        description="Check the tables of the evidence annex and build its pages.",
        epilog="example: annex check && annex build",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = _command(
        commands, "check", _check, "check every table", "annex check --data ../next-year/data"
    )
    build = _command(
        commands, "build", _build, "run the notebooks and build the pages",
        "annex build --only 03_mission_timeline",
    )  # fmt: skip
    trace = _command(
        commands, "trace", _trace,
        "look up every transcribed row in a copy of the evaluation",
        "annex trace evaluation.pdf",
    )  # fmt: skip
    trace.add_argument("path", type=Path, metavar="PATH", help="the evaluation, as text or PDF")
    for command in (check, build, trace):
        command.add_argument(
            "--data", type=Path, metavar="DIR", help="the data folder (default: the project's)"
        )
    build.add_argument(
        "--project", type=Path, metavar="DIR",
        help="the folder with notebooks/ and data/ (default: here, or the nearest above)",
    )  # fmt: skip
    build.add_argument(
        "--out", type=Path, metavar="DIR",
        help="where the annex goes (default: annex; with --only: annex-draft)",
    )  # fmt: skip
    build.add_argument(
        "--only", action="append", default=[], metavar="NAME",
        help="build only this notebook, by name; may be given more than once",
    )  # fmt: skip
    build.add_argument(
        "--jobs", type=_positive, metavar="N", help="notebooks at once (default: one per core)"
    )
    build.add_argument(
        "--no-cache", action="store_true", help="run every notebook, whatever is known of it"
    )
    build.add_argument(
        "--timings", action="store_true",
        help="print where the time went; what is done at the same time is counted twice",
    )
    build.add_argument(
        "--pdf", action="store_true",
        help="also make annex-nl.pdf and annex-en.pdf (needs the extra 'pdf')",
    )  # fmt: skip
    return parser


def _command(commands, name: str, run, summary: str, example: str) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name, help=summary, description=summary.capitalize() + ".", epilog=f"example: {example}"
    )
    command.set_defaults(run=run)
    return command


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _check(chosen: argparse.Namespace) -> int:
    from .. import checks, package, tables

    data = chosen.data or package.folder()
    problems = checks.problems(data)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s)")
        return 1
    print(f"{len(tables.names(data))} tables, no problems")
    return 0


def _trace(chosen: argparse.Namespace) -> int:
    from .. import package
    from . import trace

    result = trace.trace(chosen.path, chosen.data or package.folder())
    print(trace.table(result))
    for problem in [*result.missing, *result.uncovered]:
        print(problem)
    for rule in result.idle:
        print(f"set_aside.csv, row {rule}: found nothing it sets aside; a rule that is used")
    return 1 if result.missing or result.uncovered or result.idle else 0


def _build(chosen: argparse.Namespace) -> int:
    from .. import folders
    from . import publish
    from .cache import Cache
    from .kernels import parent
    from .plan import CACHE, Plan

    root = folders.project(chosen.project)
    data = chosen.data or (root / "data" if chosen.project else folders.data())
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

    from .clock import Clock

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
