"""The program `annex`: starts the command line in a Python that imports from its environment alone.

For whoever has a PYTHONPATH, packages of their own or a start-up file (`sitecustomize`) on it: a
module found there could give other figures than the packages that the lock file names. It stands
outside the package, so that no copy of that on that path is imported. It does not use `python -I`:
multiprocessing would pass it on to kernels, which then ignore their hash seed.
"""

from __future__ import annotations

import os
import signal
import sys

# Finds the package, by what a wheel calls it or else its own repository, and runs its command line.
_RUN = """import sys
from importlib import import_module, util
name = "evidence_annex" if util.find_spec("evidence_annex") else "helpers"
sys.exit(import_module(f"{name}.annex.cli").main())"""
# Variables that set how Python prints and where it caches bytecode, not what it imports.
_PASSED_ON = {"PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONPYCACHEPREFIX", "PYTHONUTF8"}


def main() -> None:
    """Replace this process by the command line, without the other PYTHON* variables."""
    command = [sys.executable, "-s", "-P", "-c", _RUN, *sys.argv[1:]]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") or k in _PASSED_ON}
    if os.name == "posix":
        # Ctrl-C waits until the command line can answer it in a line.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.execve(sys.executable, command, kept)
    import subprocess  # on Windows the shell would not wait for the end of an exec'd process

    sys.exit(subprocess.run(command, env=kept).returncode)


if __name__ == "__main__":
    main()
