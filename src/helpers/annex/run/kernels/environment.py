"""What kernels find around them: the same for whoever builds, wherever and whenever."""

from __future__ import annotations

import os
from pathlib import Path

from . import fonts

# Without these a process finds no programs, libraries, or room for temporary files and for what
# libraries keep. All else that a user may have set stays outside, where modules are found too.
_KEPT = (
    "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
    "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
    "HOME", "XDG_CACHE_HOME", "TMPDIR", "TEMP", "TMP",
    "APPDATA", "COMSPEC", "LOCALAPPDATA", "PATHEXT", "PROGRAMDATA", "SYSTEMROOT", "USERPROFILE",
)  # fmt: skip
# One thread, as a second one would not live through a fork, and as sums may depend on their number.
_THREADS = ("BLIS", "MKL", "NUMEXPR", "OMP", "OPENBLAS", "VECLIB")
_FIXED = {
    **{f"{name}_NUM_THREADS": "1" for name in _THREADS},
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "MATPLOTLIBRC": os.devnull,  # its own settings, and nobody's
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # shows what JupyterLab shows
    "PYTHONHASHSEED": "0",  # sets have one order
    "PYTHONNOUSERSITE": "1",
    "PYTHONSAFEPATH": "1",  # the working folder is no place to import from
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}


def environment(data: Path, place: str) -> dict[str, str]:
    """All variables of a kernel's environment. data: the folder that it reads. place: a folder of
    its own, for what IPython and matplotlib would look for, and keep, in the user's home."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    own = {"IPYTHONDIR": f"{place}/ipython", "MPLCONFIGDIR": f"{place}/matplotlib"}
    return {**kept, **_FIXED, **own, "ANNEX_DATA": str(data.resolve())}


def settle() -> None:
    """Load matplotlib where no settings lie, as it looks in the working folder first, and with its
    own fonts alone."""
    here = Path.cwd()
    os.chdir(Path(__file__).parent)
    try:
        fonts.settle()
    finally:
        os.chdir(here)
