"""Where warm kernels come from: forks of the warm parent, by jupyter_client's own door for it.

Where there is no fork (Windows), ordinary kernels do the same, slower.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import types
from collections.abc import Iterator
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from . import child


class WarmProvisioner(LocalProvisioner):
    """Kernels forked from the warm parent."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> dict:
        """Fork a kernel with the arguments that follow the module in the ordinary command."""
        arguments = cmd[cmd.index(child.__name__) + 1 :]
        target = (arguments, str(options["cwd"]), options["env"])
        process = multiprocessing.get_context("forkserver").Process(target=child.serve, args=target)
        try:
            with _no_program():
                process.start()
        except (OSError, EOFError):  # the parent is gone; an ordinary kernel does the same
            return await super().launch_kernel(cmd, **options)
        self.process = _Forked(process)
        self.pid = self.pgid = process.pid  # it makes itself the head of a group of its own
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and see that it has ended: the stock way looks ten times a second."""
        await super().kill(restart)
        if self.process:
            self.process.wait()


@contextlib.contextmanager
def _no_program() -> Iterator[None]:
    """Hide the program that builds: multiprocessing would import it again in each process."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


class _Forked:
    """A forked process as `LocalProvisioner` handles one: a part of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, process: multiprocessing.Process):
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)
