"""Modules of the user's own that would be taken for those of the environment, and start-up files.

Numbers would then come from code that no lock file names, and another build would give others.
"""

from __future__ import annotations

import site
import sys
import sysconfig
from collections.abc import Iterable
from importlib.machinery import PathFinder, all_suffixes
from pathlib import Path

from ...errors import AnnexError, Problem

_OWN = "helpers"  # this code itself may lie anywhere
_STARTED = {  # run by every Python that starts, before a line of this code
    "sitecustomize": "a start-up file of your own, which may change any figure",
    "usercustomize": "a start-up file of your own, which may change any figure",
}
_HIDES = "a module that hides one of the environment"
_EXPECTED = "a PYTHONPATH and a user's site-packages without it"


def check(path: Iterable[str] | None = None) -> None:
    """Raise `AnnexError` naming each module that is found sooner than one of the installed
    packages or of Python itself, and each start-up file that is not of the environment.

    path: where modules are looked for, in that order; `sys.path` if None.
    """
    paths = list(sys.path if path is None else path)
    own = {place: _modules(place) for place in dict.fromkeys(paths) if _of_environment(place)}
    found = []
    for number, place in enumerate(paths):
        if place in own:
            continue
        later = own.keys() & set(paths[number:]) - set(paths[:number])
        names = set().union(*map(own.get, later)) - {_OWN}
        told = dict.fromkeys(names, _HIDES) | _STARTED
        found += [(str(Path(place) / name), told[name]) for name in _held(place, told)]
    if found:
        raise AnnexError(Problem(module, what, _EXPECTED) for module, what in found)


def _of_environment(place: str) -> bool:
    """Whether a place is of Python, its packages, or where the command itself lies."""
    return _of_python(place) or place in _packages() or place == sysconfig.get_path("scripts")


def _of_python(place: str) -> bool:
    """Whether a place is Python's own library: its folder, one in it, or the same as one file."""
    stdlib, major, minor = Path(sysconfig.get_path("stdlib")), *sys.version_info[:2]
    if Path(place).name == f"python{major}{minor}.zip":
        return Path(place).is_relative_to(sys.base_prefix)
    return stdlib in (Path(place), Path(place).parent)


def _packages() -> set[str]:
    """Where the environment's packages lie; the user's own are not among them."""
    return {sysconfig.get_path(kind) for kind in ("purelib", "platlib")} | set(
        site.getsitepackages()
    )


def _held(place: str, names: Iterable[str]) -> list[str]:
    """Which modules an import would find in a place: in a file of any kind, a folder or a zip."""
    if Path(place).is_dir():  # as asking for hundreds that are not there takes time
        names = {path.name.split(".")[0] for path in Path(place).iterdir()}.intersection(names)
    return [name for name in sorted(names) if PathFinder.find_spec(name, [place])]


def _modules(place: str) -> set[str]:
    """The modules of a place of the environment, by name."""
    if _of_python(place):
        return set(sys.stdlib_module_names)
    folder, suffixes = Path(place), tuple(all_suffixes())
    if not folder.is_dir():
        return set()
    return {
        path.name.split(".")[0]
        for path in folder.iterdir()
        if path.name.endswith(suffixes) or (path.is_dir() and "." not in path.name)
    } - {"__pycache__"}
