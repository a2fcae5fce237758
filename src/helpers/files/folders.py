"""Where a project is: the nearest folder, here or above, with `notebooks/` and `data/`."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import AnnexError, DataError, Problem

FILE = "datapackage.json"  # the description of the tables, in the data folder


def project(start: Path | None = None) -> Path:
    """The project that a folder (the working folder) is in."""
    here = (start or Path.cwd()).resolve()
    for place in (here, *here.parents):
        if (place / "notebooks").is_dir() and (place / "data" / FILE).is_file():
            return place
    told = "no project", f"a folder with notebooks/ and data/{FILE}, here or above"
    raise AnnexError(Problem(str(here), *told, "Go to one, or name it with --project"))


def data() -> Path:
    """The data folder: `$ANNEX_DATA`, else the nearest `data/` at or above the working folder."""
    if chosen := os.environ.get("ANNEX_DATA"):
        return Path(chosen)
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / "data" / FILE).is_file():
            return place / "data"
    told = f"no data/{FILE} here or above", "the folder of a project"
    raise DataError(Problem(str(here), *told, "Go to one, or name the data with --data"))
