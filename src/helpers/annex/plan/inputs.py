"""What a build depends on, by content: never by time, and nothing that would need to be declared.

Light on purpose: a build that finds nothing changed imports no more than this.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import os
import platform
import re
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import Problem
from ...files import reading
from ..run import notebook_files
from ..run.kernels.reads import MISSING, digest
from .cache import Cache

LOCK, HELPED = "requirements.lock", "src/helpers"  # where they are in a project
HELPERS = Path(__file__).parents[2]
# What runs a notebook, whatever it imports, and what keeps its outputs.
_RUNNERS = tuple(
    f"helpers.annex.{name}"
    for name in ("run.execute", "plan.plan", "run.kernels.child", "run.kernels.preload")
)
ANY = "*"  # stands for every helper
# Names and modules by which code imports without saying what.
_BY_OTHER_MEANS = {"__import__", "exec", "eval", "get_ipython", "importlib", "pkgutil", "runpy"}


class Inputs:
    """The inputs of one build, each read once, when it is first asked for.

    cache: of what helpers import, which takes long to find out.
    """

    def __init__(self, root: Path, data: Path, helpers: Path = HELPERS, cache: Cache | None = None):
        self.root, self.data, self._helpers = root, data.resolve(), helpers
        self._cache = cache or Cache(None)

    @functools.cached_property
    def environment(self) -> str:
        """The lock file, the python, and the packages that are installed."""
        lock = digest(str(self.root / LOCK))
        return _hash([sys.version, sys.platform, lock, *self._installed])

    @functools.cached_property
    def _installed(self) -> list[str]:
        places = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
        names = {path.name for place in places for path in Path(place).iterdir()}
        return sorted(name for name in names if name.endswith(".dist-info"))

    @property
    def versions(self) -> dict[str, str]:
        """Versions of python and of the packages that the lock file names, by their names there."""
        try:
            lock = (self.root / LOCK).read_text(encoding="utf-8")
        except OSError:
            lock = ""
        named = {normal(name): name for name in re.findall(r"^([\w.-]+)==", lock, re.M)}
        parts = (name.removesuffix(".dist-info").split("-") for name in self._installed)
        found = {named[normal(p[0])]: p[1] for p in parts if normal(p[0]) in named}
        return {"python": platform.python_version(), **dict(sorted(found.items()))}

    def listed(self, paths: Sequence[Path]) -> dict[str, str]:
        """Digest of every input of a build of some notebooks, by its path in a project."""
        found = {f"notebooks/{path.name}": digest(str(path)) for path in paths}
        found |= {self.name(path): known for path, known in {**self.tables, **self.code}.items()}
        lock = digest(str(self.root / LOCK))
        return found if lock == MISSING else {**found, LOCK: lock}

    def contents(self, paths: Sequence[Path]) -> dict[str, str]:
        """Digest of what is read of the inputs that can be written in several ways, by their paths
        in a project: notebooks, which editors save with outputs and metadata, and JSON."""
        found = {f"notebooks/{path.name}": notebook_files.content(path) for path in paths}
        for path in self.tables:
            if path.endswith(".json"):
                found[self.name(path)] = _json(Path(path))
        return {name: _hash(read) for name, read in found.items() if read is not None}

    def path(self, name: str) -> Path:
        """Where an input, or a folder of them, is, by its path in a project."""
        for inside, folder in (("data", self.data), (HELPED, self._helpers)):
            if name == inside or name.startswith(f"{inside}/"):
                return folder / name.removeprefix(inside).lstrip("/")
        return self.root / name

    def name(self, path: str) -> str:
        """The path in a project of a table or helper; others as they are."""
        for name, folder in (("data", self.data), (HELPED, self._helpers)):
            if Path(path).is_relative_to(folder):
                return f"{name}/{Path(path).relative_to(folder).as_posix()}"
        return path

    @functools.cached_property
    def code(self) -> dict[str, str]:
        """Digest of every file of the helpers, templates included, by its path."""
        return _digests(self._helpers)

    @functools.cached_property
    def tables(self) -> dict[str, str]:
        """Digest of every file of the data folder, by its path."""
        return _digests(self.data)

    def unnamed(self) -> list[Problem]:
        """Files of the project whose names no page or message could hold, and folders of them."""
        notebooks = self.root / "notebooks"
        places = {self.data: self.tables, self._helpers: self.code, notebooks: _paths(notebooks)}
        inside = set()
        for folder, paths in places.items():
            for path in paths:
                below = Path(path).relative_to(folder)
                inside |= {folder / part for part in (below, *below.parents)}
        return list(reading.unnamed(sorted(inside - places.keys())))

    def everything(self, paths: Sequence[Path], options: Sequence[str]) -> str:
        """One digest of all that the build of some notebooks reads in the project."""
        books = {str(path): digest(str(path)) for path in paths}
        own = [str(self.data), *options]
        return _hash([self.environment, self.code, self.tables, books, own])

    def notebook(self, path: Path, cells: Sequence[str], tags: Sequence[Sequence[str]]) -> str:
        """A digest of what runs when a notebook does: its code cells, their tags, and what is under
        them. The files that it reads are not in it: those are recorded."""
        own = [str(path), str(self.data), list(cells), list(tags)]
        return _hash([own, self.under(cells), self.environment])

    def under(self, cells: Sequence[str]) -> dict[str, str]:
        """Digests by path of the helpers that some code imports, of what runs it, and of what
        lies beside the helpers for them to read."""
        paths = {str(self._modules[name]) for name in self.imported(cells)}
        wing = str(self._helpers / "annex") + os.sep
        paths |= {p for p in self.code if not p.endswith(".py") and not p.startswith(wing)}
        return {path: self.code[path] for path in paths}

    def imported(self, cells: Sequence[str]) -> set[str]:
        """The modules of the helpers that come in with some code, and with what runs notebooks."""
        modules, found = self._modules, set()
        waiting = [*_RUNNERS, *(name for cell in cells for name in _imports(cell, ""))]
        while waiting:
            name = waiting.pop()
            if name == ANY:
                return set(modules)
            if name in modules and name not in found:
                found.add(name)
                waiting += self._graph[name]
        return found

    @functools.cached_property
    def _graph(self) -> dict[str, list[str]]:
        """What each helper imports, by their names."""
        key = _hash([sys.version, self.code])
        if (known := self._cache.get("imports", key)) is not None:
            return known
        found = {}
        for name, path in self._modules.items():
            package = name if path.stem == "__init__" else name.rpartition(".")[0]
            imports = _imports(path.read_bytes(), package)
            found[name] = sorted({package, *imports})
        self._cache.put("imports", key, found)
        return found

    @functools.cached_property
    def _modules(self) -> dict[str, Path]:
        files = (Path(path) for path in self.code if path.endswith(".py"))
        return {_dotted(path.relative_to(self._helpers.parent)): path for path in files}


def unchanged(recorded: dict[str, str]) -> bool:
    """Whether all files that a notebook read are as they were."""
    return all(digest(path) == found for path, found in recorded.items())


def output(folder: Path) -> str:
    """One digest of a published annex: names and contents."""
    return _hash(
        {path.removeprefix(str(folder)): found for path, found in _digests(folder).items()}
    )


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(source: str | bytes, package: str) -> frozenset[str]:
    """The names that a piece of code may import; `ANY` when it does not say which.

    package: of the helper that the code is; empty for a notebook.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError):  # a magic, or a mistake
        return frozenset([ANY])
    found, bare = set(), False  # bare: a name under which every helper can be reached
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
            bare |= any(a.name.split(".")[0] == "helpers" and not a.asname for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Name):
            found |= {node.id} & _BY_OTHER_MEANS
    vague = bare or "helpers.*" in found or {name.split(".")[0] for name in found} & _BY_OTHER_MEANS
    own = package.startswith("helpers.annex")  # loads all helpers for kernels, and uses none
    return frozenset({ANY} if vague and not own else found)


def _json(path: Path):
    """What a JSON file holds; nothing where it is none."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _digests(folder: Path) -> dict[str, str]:
    """Digest of every file in a folder, by its path, but for what Python compiles beside it."""
    return {path: digest(path) for path in _paths(folder)}


def _paths(folder: Path) -> Iterator[str]:
    """Every file in a folder, and in those that are linked there."""
    seen = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        if (real := os.path.realpath(place)) in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (str(Path(place, name)) for name in sorted(names))


def normal(name: str) -> str:
    """The name of a package as indexes compare it (PEP 503), whatever its spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _hash(parts) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
