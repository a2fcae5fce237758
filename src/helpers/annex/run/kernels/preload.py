"""Imports of the warm parent, the process that kernels are forked from; importing this does them.

The parent does nothing else: no thread, no socket, no data, so that a fork is like a new process.
`matplotlib_inline` must not be imported here: kernels would then show no pictures.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import pkgutil
import sys
from collections.abc import Iterable

from ....errors import LIBRARY
from ....limits import GARBAGE_OBJECTS
from . import kept_tables, reads
from .environment import load_matplotlib

# Includes modules that ipykernel imports in each kernel after its start.
LIBRARIES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "IPython.core.completerlib",
    "IPython.extensions.storemagic", "tornado.platform.asyncio", "tornado.queues", "sqlite3",
    "pandas", "matplotlib.backends.backend_svg", "matplotlib.pyplot",
)  # fmt: skip


def load(libraries: Iterable[str], own: Iterable[str]) -> bool:
    """Import `libraries` and the helpers `own`; return whether the helpers had no side effects.

    If a helper fails, prints or reads a file during import, all helpers are unloaded again, and
    kernels import them: the notebook then shows that output, and the read is recorded.
    """
    effects = io.StringIO()
    try:
        with contextlib.redirect_stdout(effects), contextlib.redirect_stderr(effects):
            for name in libraries:
                importlib.import_module(name)
            effects.truncate(0)  # libraries may print: they stay loaded
            with reads.observed(lambda path: path.endswith(".py") or effects.write(path)):
                for name in own:
                    importlib.import_module(name)
    except Exception:
        effects.write("failed")
    if not effects.getvalue():
        return True
    for name in [n for n in sys.modules if _importable(n)]:
        del sys.modules[name]
        vars(sys.modules[LIBRARY]).pop(name.split(".")[1], None)
    return False


def modules() -> list[str]:
    """The helpers that notebooks may import."""
    place = sys.modules[LIBRARY].__path__
    found = pkgutil.walk_packages(place, f"{LIBRARY}.", onerror=lambda name: None)
    return [module.name for module in found if _importable(module.name)]


def _importable(name: str) -> bool:
    return name.startswith(f"{LIBRARY}.") and name.split(".")[1] != "annex"


def read_tables() -> None:
    """Read the tables, and work out the claims, so that no process forked from this one need do it.
    Each still opens the files that it uses, and works out again what has changed: the caches are
    keyed by content. The modules are imported by name: every notebook depends on those that this
    one imports, and runs again when one is edited."""
    ledger, display_names, evidence_frames, sources = (
        importlib.import_module(f"{LIBRARY}.{name}")
        for name in (
            "claims.ledger", "tables.display_names", "tables.evidence_frames", "tables.sources",
        )
    )  # fmt: skip
    # A problem is told where a notebook loads the table, and by the checks of the build.
    with contextlib.suppress(Exception):
        kept_tables.restore()
        for name in display_names.names():
            evidence_frames.load(name)
        sources.cite_all(())
        ledger.Ledger().findings()


gc.set_threshold(GARBAGE_OBJECTS)  # also for all processes that are forked from this one
load_matplotlib()  # before `modules`, which imports packages of ours that load matplotlib
COMPLETE = load(LIBRARIES, modules())
if COMPLETE:
    read_tables()
gc.freeze()  # kernels need not scan the objects loaded so far in each garbage collection
