"""Modules of the user's own that would be taken for those of the environment.

Numbers would then come from code that no lock file names, and another build would give others.
"""

from __future__ import annotations

import itertools
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from ..errors import AnnexError, Problem

_OWN = "helpers"  # this code itself may lie anywhere


def check(path: Iterable[str] | None = None) -> None:
    """Raise `AnnexError` naming each module that is found sooner than one of the installed
    packages or of Python itself.

    path: where modules are looked for, in that order; `sys.path` if None.
    """
    paths = sys.path if path is None else path
    packages = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    known = sys.stdlib_module_names.union(*map(_modules, packages)) - {_OWN}
    sooner = itertools.takewhile(lambda place: place not in packages, paths)
    sooner = [place for place in sooner if not _of_python(place)]
    hidden = [Path(place) / name for place in sooner for name in sorted(_modules(place) & known)]
    found = "a module that hides one of the environment"
    expected = "a PYTHONPATH and a user's site-packages without it"
    if hidden:
        raise AnnexError(Problem(str(module), found, expected) for module in hidden)


def _of_python(place: str) -> bool:
    """Whether a place is Python's own: its library, or where the command itself lies."""
    own = Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("scripts"))
    return Path(place) in own or Path(place).parent == own[0]


def _modules(place: str) -> set[str]:
    """The modules that lie in a folder, by name."""
    folder = Path(place)
    if not folder.is_dir():
        return set()
    return {
        path.name.split(".")[0]
        for path in folder.iterdir()
        if path.suffix in (".py", ".so", ".pyd") or (path.is_dir() and "." not in path.name)
    } - {"__pycache__"}
