"""The program `annex`: starts the command line in a Python that imports from its environment alone.

For whoever has a PYTHONPATH, packages of their own or a start-up file (`sitecustomize`) on it: a
module found there could give other figures than the packages that the lock file names. Not by
`python -I`: multiprocessing passes that on to kernels, which would then ignore their hash seed.
"""

from __future__ import annotations

import os
import sys

# Settings of Python that say how it prints and where it keeps bytecode, not what it imports.
_KEPT = {"PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONPYCACHEPREFIX", "PYTHONUTF8"}


def main() -> None:
    """Replace this process by the command line, without the user's settings of Python."""
    command = [sys.executable, "-s", "-P", "-m", f"{__package__}.cli", *sys.argv[1:]]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") or k in _KEPT}
    if os.name == "posix":
        os.execve(sys.executable, command, kept)
    import subprocess  # Windows would not wait for a process that took this one's place

    sys.exit(subprocess.run(command, env=kept).returncode)


if __name__ == "__main__":
    main()
