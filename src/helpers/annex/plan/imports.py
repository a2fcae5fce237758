"""Which modules a piece of code may import, as far as its text shows."""

from __future__ import annotations

import ast
from pathlib import Path

from ...errors import LIBRARY

ANY = "*"  # all modules of the library and of the project
# Names and modules for dynamic imports: what such code imports can't be known.
_DYNAMIC = {"__import__", "exec", "eval", "get_ipython", "importlib", "pkgutil", "runpy"}


def imports(source: str | bytes, package: str) -> frozenset[str]:
    """The names of modules that source code may import; `ANY` if it can't be known.

    package: the package of the module, for relative imports; empty for a notebook.
    """
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
