"""What the parent of warm kernels loads, once: importing this module loads it.

The parent runs nothing else: no thread, no socket, no data, so that a fork of it is a fresh start.
`matplotlib_inline` must never be loaded here: kernels would then lose their pictures.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import pkgutil
import sys
from collections.abc import Iterable

import helpers

from . import reads
from .environment import settle

# What ipykernel would import in each kernel anyway stands here too.
LIBRARIES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "IPython.core.completerlib",
    "IPython.extensions.storemagic", "tornado.platform.asyncio", "tornado.queues", "sqlite3",
    "pandas", "matplotlib.backends.backend_svg", "matplotlib.pyplot", "seaborn",
)  # fmt: skip


def load(libraries: Iterable[str], own: Iterable[str]) -> bool:
    """Import libraries and the helpers `own`; whether all went in silence.

    A helper that fails, says something or reads a file while it is imported is left to the kernels,
    with all others: a notebook that imports it then shows the same as in any kernel, and what is
    read is recorded.
    """
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            for name in libraries:
                importlib.import_module(name)
            said.truncate(0)  # what a library says is not said again: it stays loaded
            with reads.told(lambda path: path.endswith(".py") or said.write(path)):
                for name in own:
                    importlib.import_module(name)
    except Exception:
        said.write("failed")
    if not said.getvalue():
        return True
    for name in [n for n in sys.modules if _of_notebooks(n)]:
        del sys.modules[name]
        vars(helpers).pop(name.split(".")[1], None)
    return False


def modules() -> list[str]:
    """The helpers that notebooks may import."""
    found = pkgutil.walk_packages(helpers.__path__, "helpers.", onerror=lambda name: None)
    return [module.name for module in found if _of_notebooks(module.name)]


def _of_notebooks(name: str) -> bool:
    return name.startswith("helpers.") and name.split(".")[1] != "annex"


settle()  # first: to look for modules is to load packages of helpers
COMPLETE = load(LIBRARIES, modules())
gc.freeze()  # what is loaded now is not looked through for garbage in every kernel
