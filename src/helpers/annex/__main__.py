"""The program `annex`: starts the command line in a Python that imports only from its environment.

For users with a PYTHONPATH, packages in their home folder, or a `sitecustomize` in either: a module
found there could give other figures than the packages that the lock file names. `python -I` will
not do: multiprocessing passes it on to kernels, which would then ignore PYTHONHASHSEED.
"""

from __future__ import annotations

import os
import sys

# Variables that set how Python prints and where it caches bytecode, not what it imports.
_PASSED_ON = {"PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONPYCACHEPREFIX", "PYTHONUTF8"}


def main() -> None:
    """Replace this process by the command line, without the other PYTHON* variables."""
    command = [sys.executable, "-s", "-P", "-m", f"{__package__}.cli", *sys.argv[1:]]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") or k in _PASSED_ON}
    if os.name == "posix":
        os.execve(sys.executable, command, kept)
    import subprocess  # on Windows the shell would not wait for the end of an exec'd process

    sys.exit(subprocess.run(command, env=kept).returncode)


if __name__ == "__main__":
    main()
