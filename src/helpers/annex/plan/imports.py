"""Which modules a piece of code may import, as far as its text shows."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...errors import LIBRARY
from ..run.kernels.reads import digest
from .cache import Cache

ANY = "*"  # all modules of the library and of the project
# Names and modules for dynamic imports: what such code imports can't be known.
_DYNAMIC = {"__import__", "exec", "eval", "get_ipython", "importlib", "pkgutil", "runpy"}


def imports(source: str | bytes, package: str) -> frozenset[str]:
    """The names of modules that source code may import; `ANY` if it can't be known.

    package: the package of the module, for relative imports; empty for a notebook.
    """
    import ast  # here, as a build that finds the annex up to date parses nothing

    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError):  # an IPython magic, or a syntax error
        return frozenset([ANY])
    found, bare = set(), False  # bare: `import library.x` binds `library`, which reaches all
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
            bare |= any(a.name.split(".")[0] == LIBRARY and not a.asname for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Name):
            found |= {node.id} & _DYNAMIC
    dynamic = bare or f"{LIBRARY}.*" in found or {name.split(".")[0] for name in found} & _DYNAMIC
    annex = package.startswith(f"{LIBRARY}.annex")  # imports all helpers by name to preload them
    return frozenset({ANY} if dynamic and not annex else found)


def dotted(path: Path) -> str:
    """The name of a module, from its path relative to the folder that it is imported from."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class Imports:
    """What the modules of the library and of a project import, each parsed when it is asked for.

    modules: their files, by name. digests: of these files, by name. cache: keeps what was found, as
    parsing takes long.
    """

    def __init__(self, modules: Mapping[str, Path], digests: Mapping[str, str], cache: Cache):
        self._modules, self._digests, self._cache = modules, digests, cache
        self._key = f"{sys.version} {digest(__file__)}"
        self._known: dict[str, list[str]] = cache.get("imports", self._key) or {}

    def reached(self, names: Iterable[str]) -> set[str]:
        """The modules among `names`, and those that they import, also indirectly."""
        found, waiting, before = set(), list(names), len(self._known)
        while waiting:
            name = waiting.pop()
            if name == ANY:
                found = set(self._modules)
                break
            if name in self._modules and name not in found:
                found.add(name)
                waiting += self._of(name)
        if len(self._known) > before:
            current = {f"{name} {known}" for name, known in self._digests.items()}
            kept = {module: known for module, known in self._known.items() if module in current}
            self._cache.put("imports", self._key, kept)
        return found

    def _of(self, name: str) -> list[str]:
        """The names of the modules that a module imports."""
        known = self._known.get(f"{name} {self._digests[name]}")
        if known is None:
            path, content = self._modules[name], self._modules[name].read_bytes()
            package = name if path.stem == "__init__" else name.rpartition(".")[0]
            # What the library itself imports is named after it, in the code that imports from it.
            found = () if name == LIBRARY else {package, *imports(content, package)}
            known = self._known[f"{name} {hashlib.sha256(content).hexdigest()}"] = sorted(found)
        return known
