"""Find the project: the nearest folder, here or above, with `notebooks/` and `data/`."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from ..errors import AnnexError, DataError, Problem

FILE = "datapackage.json"  # the descriptor of the tables, in the data folder
OWN = "src"  # the folder of a project's own modules, which its notebooks can import


def project(start: Path | None = None) -> Path:
    """The root of the project that `start` (default: the working directory) is in.

    Raises `AnnexError` when it is in none."""
    here = (start or Path.cwd()).resolve()
    for place in (here, *here.parents):
        if (place / "notebooks").is_dir() and (place / "data" / FILE).is_file():
            return place
    problem = "no project", f"a folder with notebooks/ and data/{FILE}, here or above"
    raise AnnexError(Problem(str(here), *problem, "Go to one, or name it with --project"))


def own_code(root: Path) -> Path:
    """The folder of the own modules of the project at `root`, whether it is there or not."""
    return root / OWN


def import_own_code() -> None:
    """Let this process import the own modules of the project that it stands in, if it does. Last:
    nothing there takes the place of what is installed."""
    with contextlib.suppress(AnnexError):
        place = str(own_code(project()))
        if place not in sys.path:
            sys.path.append(place)


def data(chosen: Path | str | None = None) -> Path:
    """The data folder: the chosen one, else `$ANNEX_DATA`, else the nearest `data/` at or above the
    working directory.

    Raises `DataError` when there is none."""
    if named := chosen if chosen is not None else os.environ.get("ANNEX_DATA"):
        return Path(named)
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / "data" / FILE).is_file():
            return place / "data"
    problem = f"no data/{FILE} here or above", "the folder of a project"
    raise DataError(Problem(str(here), *problem, "Go to one, or name the data with --data"))
