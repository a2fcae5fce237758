"""The environment variables and settings of kernels: the same for every user and machine."""

from __future__ import annotations

import os
from pathlib import Path

from . import fonts

# Variables that are passed on: a process needs them to find programs, shared libraries, and folders
# for temporary files and caches. All others that the user has set are dropped, those too that add
# folders of Python modules.
_PASSED_ON = (
    "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
    "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
    "HOME", "XDG_CACHE_HOME", "TMPDIR", "TEMP", "TMP",
    "APPDATA", "COMSPEC", "LOCALAPPDATA", "PATHEXT", "PROGRAMDATA", "SYSTEMROOT", "USERPROFILE",
)  # fmt: skip
# One thread per library: more would not survive a fork, and sums may depend on their number.
_THREADS = ("BLIS", "MKL", "NUMEXPR", "OMP", "OPENBLAS", "VECLIB")
_FIXED = {
    "ANNEX_KERNEL": "1",  # `present` draws each picture in every language and for a phone
    **{f"{name}_NUM_THREADS": "1" for name in _THREADS},
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "MATPLOTLIBRC": os.devnull,  # matplotlib's defaults, no settings file
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as in JupyterLab
    "PYTHONHASHSEED": "0",  # sets have the same order in each run
    "PYTHONNOUSERSITE": "1",
    "PYTHONSAFEPATH": "1",  # no imports from the working folder
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}


OWN = "ANNEX_OWN"  # names the folder of the project's own modules
TABLES = "ANNEX_TABLES"  # only in the parent of kernels: names the file of `kept_tables`


def environment(data: Path, place: str, own: Path | None = None) -> dict[str, str]:
    """All environment variables of a kernel.

    data: the data folder. place: a folder of its own, for the settings and caches that IPython and
    matplotlib would keep in the user's home. own: the folder of the project's own modules."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    places = {"IPYTHONDIR": f"{place}/ipython", "MPLCONFIGDIR": f"{place}/matplotlib"}
    found = {**kept, **_FIXED, **places, "ANNEX_DATA": str(data.resolve())}
    return {**found, OWN: str(own.resolve())} if own else found


def load_matplotlib() -> None:
    """Load matplotlib with its default settings and bundled fonts. Changes the working folder for
    that, as matplotlib first looks there for a settings file."""
    here = Path.cwd()
    os.chdir(Path(__file__).parent)
    try:
        fonts.use_bundled_fonts()
    finally:
        os.chdir(here)
