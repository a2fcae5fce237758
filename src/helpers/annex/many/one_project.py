"""The process that builds one of several projects. Run with its options as JSON; writes lines of
JSON: `ran` for a notebook, and at the end its `result`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from ...errors import Problem, mendable
from ...files import folders
from ..one_build import Wanted, renew
from ..run.own_process import begin
from ..run.turns import SharedTurns


def main(options: dict) -> int:
    """Build, and tell how that went. Returns the exit code: 0 if it is told, also of a failure."""
    tell = begin()
    warnings: list[Problem] = []
    try:
        result = _built(options, tell, warnings)
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        if not (problems := mendable(error)):
            raise
        result = {"outcome": "failed", "problems": [problem._asdict() for problem in problems]}
    tell(result={**result, "warnings": [problem._asdict() for problem in warnings]})
    return 0


def _built(options: dict, tell: Callable[..., None], warnings: list[Problem]) -> dict:
    root = folders.project(Path(options["project"]))
    data = Path(options["data"]) if options["data"] else root / "data"
    out = Path(options["out"]) if options["out"] else None
    wanted = Wanted(root, data, out, options["only"], options["paper"], options["cached"])
    turns, jobs = options["turns"], options["at_once"]
    clock = renew(
        wanted,
        SharedTurns(Path(turns), jobs) if turns else jobs,
        lambda name, seconds: tell(ran=name, seconds=seconds),
        warnings.append,
    )
    outcome = "built" if clock else "nothing changed"
    stages = clock.seconds if clock else {}
    return {"outcome": outcome, "annex": str(wanted.place / "index.html"), "stages": stages}


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
