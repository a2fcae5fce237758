"""A jupyter_client provisioner that forks kernels from the warm parent.

Without `fork` (Windows) ordinary kernels are used, which start more slowly.
"""

from __future__ import annotations

import os
import signal
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from . import child, parent


class WarmProvisioner(LocalProvisioner):
    """Kernels forked from the warm parent."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Fork a kernel, with the arguments after the module name in the ordinary command `cmd`."""
        arguments = cmd[cmd.index(child.__name__) + 1 :]
        try:
            process = parent.fork(child.serve, arguments, str(options["cwd"]), options["env"])
        except (OSError, EOFError):  # the parent is dead: start an ordinary kernel
            return await super().launch_kernel(cmd, **options)
        # LocalProvisioner annotates a Popen, and uses only what `_Forked` has.
        self.process = _Forked(process)  # type: ignore[assignment]
        self.pid = self.pgid = process.pid  # `child.serve` calls setsid
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and join its process; the base class would poll every 0.1 s."""
        await super().kill(restart)
        if self.process:
            self.process.wait()


class _Forked:
    """A forked process with the part of `subprocess.Popen`'s interface that `LocalProvisioner`
    uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess):
        assert process.pid is not None  # it was started
        self._process, self.pid = process, process.pid

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
