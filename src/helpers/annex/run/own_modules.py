"""The own modules of a project, in its `src/`, which its notebooks can import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ...errors import LIBRARY, Problem
from ...files import folders


def problems(root: Path) -> Iterator[Problem]:
    """The modules that a notebook would not get, as Python finds another of that name first.
    Kernels look in `src/` last, so that no module there changes what Python and packages do."""
    own = folders.own_code(root).resolve()
    for name, path in sorted(_names(own)):
        if found := _other(name, own):
            place = path.relative_to(own.parent).as_posix()
            expected, remedy = "a name that no installed module has", "Give it another name"
            if name == LIBRARY and name != _INSTALLED:
                remedy += f", or install the wheel of this library, which is called {_INSTALLED}"
            told = f"the module {name!r} of the project, which notebooks can't import: {found} has"
            yield Problem(place, f"{told} that name", expected, remedy)


_INSTALLED = "evidence_annex"  # what the wheel of this library is imported as


def _names(own: Path) -> Iterator[tuple[str, Path]]:
    """The top-level modules and packages in a folder, by name."""
    for path in own.iterdir() if own.is_dir() else ():
        package = path.is_dir() and any(path.glob("*.py"))
        if path.stem.isidentifier() and (package or path.suffix == ".py"):
            yield path.stem, path


def _other(name: str, own: Path) -> str:
    """What else has the name of a module in the folder `own`; empty if nothing has."""
    if name in sys.stdlib_module_names:
        return "Python itself"
    spec = find_spec(name)
    if spec is None or not spec.origin or Path(spec.origin).resolve().is_relative_to(own):
        return ""
    return f"this library, in {Path(spec.origin).parent}," if name == LIBRARY else spec.origin
