"""The inputs of a build, compared by digest of their content. Nothing has to be declared.

Imports little, because a build that finds the annex up to date loads this module and no libraries.
"""

from __future__ import annotations

import functools
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...errors import LIBRARY, Problem
from ...files import folders
from ..run import notebook_files
from ..run.kernels.reads import MISSING, digest
from .cache import Cache
from .imports import Imports, dotted, imports
from .input_files import hashed, paths_in, stamp

LOCK = "requirements.lock"  # path in a project
HELPERS = Path(__file__).parents[2]
DISTRIBUTION = "evidence-annex"  # what this library is called where packages are installed
# Modules that run a notebook or cache its outputs: every notebook depends on them.
_RUNNERS = tuple(
    f"{LIBRARY}.annex.{name}"
    for name in ("run.execute", "plan.plan", "run.kernels.child", "run.kernels.preload")
)


class Inputs:
    """The inputs of one build, each read once, on first use.

    root: folder of the project. data: folder of the tables. helpers: folder of this package, with
    the path `library` in the project. cache: holds which module imports which, as parsing takes
    long.
    """

    def __init__(self, root: Path, data: Path, helpers: Path = HELPERS, cache: Cache | None = None):
        self.root, self.data, self._helpers = root, data.resolve(), helpers
        self._own, self._cache = folders.own_code(root).resolve(), cache or Cache(None)
        self.inside = helpers.resolve().parent == self._own  # in the library's own repository
        self.library = f"{folders.OWN}/{LIBRARY}" if self.inside else LIBRARY
        # Where files are on disk, by their path in a project: the first that fits is the one. As
        # text: a build asks this of hundreds of paths.
        within = {"data": self.data, self.library: helpers, folders.OWN: self._own}
        within |= {".": root.resolve(), LIBRARY: helpers}
        self._places = {name: str(place).rstrip(os.sep) for name, place in within.items()}
        self._known: dict[str, str] = {}
        self._under: dict[tuple[str, ...], dict[str, str]] = {}

    def digest(self, path: str) -> str:
        """The digest of a file or folder as it was when this was first asked for."""
        if path not in self._known:
            self._known[path] = digest(path)
        return self._known[path]

    def unchanged(self, recorded: dict[str, str]) -> bool:
        """As the function `unchanged`, of files as they were when they were first read."""
        return all(self.digest(path) == found for path, found in recorded.items())

    @functools.cached_property
    def environment(self) -> str:
        """Digest of the lock file, the version of Python and the installed packages."""
        lock = self.digest(str(self.root / LOCK))
        return hashed([sys.version, sys.platform, lock, *sorted(self._installed)])

    @functools.cached_property
    def _installed(self) -> list[str]:
        """What is installed, by the name of its `.dist-info`; what Python finds first, first."""
        places = filter(os.path.isdir, sys.path)
        names = dict.fromkeys(name for place in places for name in os.listdir(place))
        return [name for name in names if name.endswith(".dist-info")]

    @property
    def versions(self) -> dict[str, str]:
        """Versions of Python and of the packages in the lock file, by their names there; without
        one, of those that this library needs. Of the library itself, if the project has it not."""
        import platform  # here, as it takes long to load

        try:
            lock = (self.root / LOCK).read_text(encoding="utf-8")
            names = re.findall(r"^([\w.-]+)==", lock, re.M)
        except OSError:
            names = _needed()
        names += [] if self.inside else [DISTRIBUTION]
        named = {normal(name): name for name in names}
        parts = [name.removesuffix(".dist-info").split("-") for name in self._installed[::-1]]
        found = {named[normal(p[0])]: p[1] for p in parts if normal(p[0]) in named}
        return {"python": platform.python_version(), **dict(sorted(found.items()))}

    def listed(self, paths: Sequence[Path]) -> dict[str, str]:
        """Digest of every input file of a build of the notebooks `paths`, by path in a project."""
        found = {f"notebooks/{path.name}": self.digest(str(path)) for path in paths}
        found |= {self.name(path): known for path, known in self.files.items()}
        lock = self.digest(str(self.root / LOCK))
        return found if lock == MISSING else {**found, LOCK: lock}

    def contents(self, paths: Sequence[Path]) -> dict[str, str]:
        """Digests of the content of inputs that can be saved in several ways, by path in a project:
        notebooks without outputs and metadata, and JSON without layout. Unreadable ones are left
        out."""
        found = {f"notebooks/{path.name}": notebook_files.content(path) for path in paths}
        for path in self.tables:
            if path.endswith(".json"):
                found[self.name(path)] = _json(Path(path))
        return {name: hashed(read) for name, read in found.items() if read is not None}

    def path(self, name: str) -> Path:
        """The path on disk of a path in a project, of a file or folder."""
        for inside, place in self._places.items():
            if name == inside or name.startswith(f"{inside}/"):
                return Path(place or os.sep, name[len(inside) + 1 :])
        return self.root / name

    def name(self, path: str) -> str:
        """The path in a project, wherever that is on a machine. Tables are in `data/`, the library
        in a folder with its name, in `src/` if the project has it there, and other files of the
        project in `./`. Paths elsewhere are returned unchanged."""
        for name, place in self._places.items():
            if f"{path}{os.sep}".startswith(f"{place}{os.sep}"):
                return f"{name}/{path[len(place) + 1 :].replace(os.sep, '/')}"
        return path

    def named(self, digests: Mapping[str, str]) -> dict[str, str]:
        """Digests by the paths in a project, as the cache has them: what it holds stays good in a
        project that was moved, renamed or cloned. The library is not told by its place."""
        own = re.compile(f"^{self.library}/")
        return {own.sub(f"{LIBRARY}/", self.name(path)): found for path, found in digests.items()}

    def here(self, named: Mapping[str, str]) -> dict[str, str]:
        """Digests by their paths on this machine, of what `named` gave."""
        return {str(self.path(name)): found for name, found in named.items()}

    @functools.cached_property
    def _tables_place(self) -> str:
        """Where the tables are: in the project's own folder, or in which other."""
        if self.data == ((root := self.path(".")) / "data").resolve():
            return "data"
        inside = self.data.is_relative_to(root)
        return f"./{self.data.relative_to(root)}" if inside else str(self.data)

    @functools.cached_property
    def code(self) -> dict[str, str]:
        """Digest of every file of the helpers, including templates, by its path."""
        return {path: self.digest(path) for path in paths_in(self._helpers)}

    @functools.cached_property
    def own(self) -> dict[str, str]:
        """Digest of every other file in `src/` of the project, by its path."""
        found = paths_in(self._own, without=self._helpers.resolve())
        return {path: self.digest(path) for path in found}

    @functools.cached_property
    def tables(self) -> dict[str, str]:
        """Digest of every file of the data folder, by its path."""
        return {path: self.digest(path) for path in paths_in(self.data)}

    @property
    def files(self) -> dict[str, str]:
        """Digest of every input file but the notebooks, by its path."""
        return {**self.code, **self.own, **self.tables}

    def stamps(self, notebooks: Sequence[Path]) -> dict[str, tuple]:
        """What shows, without reading it, that a file was written: of every input file but those of
        the environment, by path."""
        own = paths_in(self._own, without=self._helpers.resolve())
        files = [*paths_in(self._helpers), *own, *paths_in(self.data), *map(str, notebooks)]
        return {path: stamp(path) for path in files}

    def unnamed(self, notebooks: Sequence[Path]) -> list[Problem]:
        """Problems of inputs of a build, and of their folders, whose names can't be printed."""
        places = {self.data: self.tables, self._helpers: self.code, self._own: self.own}
        inside = {path for path in notebooks if _is_odd(path.name)}
        for folder, paths in places.items():
            for path in paths:
                if _is_odd(path.removeprefix(str(folder))):
                    below = Path(path).relative_to(folder)
                    inside |= {folder / part for part in (below, *below.parents)}
        if not inside:
            return []
        from ...files import reading

        return list(reading.unnamed(sorted(inside - places.keys())))

    def everything(self, paths: Sequence[Path], options: Sequence[str]) -> str:
        """One digest of all inputs of a build of the notebooks `paths`, and of its options."""
        books = {str(path): self.digest(str(path)) for path in paths}
        files = self.named({**self.files, **books})
        return hashed([self.environment, files, self._tables_place, *options])

    def notebook(self, path: Path, code: Sequence[Sequence]) -> str:
        """A digest of the code of a notebook: its code cells as `notebook_files.code` gives them,
        the helpers that they import and the environment. The files that it reads are recorded
        during the run instead."""
        under = self.named(self.under([source for source, _ in code]))
        return hashed([[path.name, self._tables_place, code], under, self.environment])

    def under(self, cells: Sequence[str]) -> dict[str, str]:
        """Digests by path of the modules that code cells import, of those that run them, and of the
        data files in this package, except those of the annex."""
        if (known := self._under.get(key := tuple(cells))) is None:  # their code is parsed once
            paths = {str(self._modules[name]) for name in self.imported(cells)}
            annex = str(self._helpers / "annex") + os.sep
            paths |= {p for p in self.code if not p.endswith(".py") and not p.startswith(annex)}
            files = {**self.code, **self.own}
            known = self._under[key] = {path: files[path] for path in files if path in paths}
        return known

    def imported(self, cells: Sequence[str]) -> set[str]:
        """The modules of this library and of the project that code cells, and what runs them,
        import, also indirectly."""
        return self._imports.reached({*_RUNNERS, *(n for cell in cells for n in imports(cell, ""))})

    @functools.cached_property
    def _imports(self) -> Imports:
        digests = {name: self.digest(str(path)) for name, path in self._modules.items()}
        return Imports(self._modules, digests, self._cache)

    @functools.cached_property
    def _modules(self) -> dict[str, Path]:
        return {
            dotted(Path(path).relative_to(folder)): Path(path)
            for folder, files in ((self._own, self.own), (self._helpers.parent, self.code))
            for path in files if path.endswith(".py")
        }  # fmt: skip


def of_library(name: str) -> bool:
    """Whether a path in a project, as `Inputs.name` gives it, is of a file of this library."""
    return name.startswith((f"{LIBRARY}/", f"{folders.OWN}/{LIBRARY}/"))


def _json(path: Path):
    """The content of a JSON file; None if it can't be read or parsed."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _is_odd(name: str) -> bool:
    """Whether a name has more than printable ASCII, so that it must be looked at closely."""
    return not (name.isascii() and name.isprintable())


def _needed() -> list[str]:
    """The packages that this library needs to build, without those of its extras."""
    from importlib.metadata import requires  # here, as it takes long to load

    asked = requires(DISTRIBUTION) or []
    return [re.split(r"[^\w.-]", line)[0] for line in asked if "extra ==" not in line]


def normal(name: str) -> str:
    """The normalised name of a package (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
