"""Find the projects below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...errors import AnnexError, Problem
from ...files import folders


def below(folder: Path) -> list[Path]:
    """Every project in a folder and the folders inside it, itself too.

    A project has `data/datapackage.json` and notebooks in `notebooks/`. Hidden folders, links and
    Python environments are not looked into; nor are the tables and notebooks of a project.

    Raises `AnnexError` if there is none, or a folder can't be looked into.
    """
    if found := [place for place in walked(folder) if is_project(place)]:
        return found
    expected = f"projects: folders with data/{folders.FILE} and notebooks in notebooks/"
    raise AnnexError(Problem(str(folder), "no project in it", expected))


def distinct(paths: Iterable[Path]) -> list[str]:
    """Paths without those that lead to the same project as an earlier one."""
    found: dict[Path, str] = {}
    for path in paths:
        try:
            found.setdefault(folders.project(path), str(path))
        except AnnexError:  # its build tells so
            found.setdefault(path.resolve(), str(path))
    return list(found.values())


def is_project(place: Path) -> bool:
    """Whether a folder has what every project has."""
    return (place / "data" / folders.FILE).is_file() and any(place.glob("notebooks/*.ipynb"))


def walked(folder: Path) -> Iterator[Path]:
    """A folder and those inside it that may hold projects, in the order of their names."""

    def stop(error: OSError) -> None:
        expected = "a folder that can be looked into"
        raise AnnexError(Problem(str(error.filename), error.strerror or str(error), expected))

    for place, names, _ in os.walk(folder, onerror=stop):
        here = Path(place)
        if (here / "pyvenv.cfg").exists():
            names.clear()
            continue
        own = {"data", "notebooks"} if is_project(here) else set()
        names[:] = sorted(name for name in names if name[0] != "." and name not in own)
        yield here
