"""A kernel's own process: forked from the warm parent, or started as a command."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from multiprocessing import parent_process

from . import seeds, threads  # noqa: F401 (loaded before what a notebook reads is recorded)
from .environment import settle
from .reads import watch


def serve(arguments: Sequence[str], place: str, environment: Mapping[str, str]) -> None:
    """Be a kernel, in a process that was forked: nothing of the parent shows.

    arguments: as `main` takes them. place: the working folder. environment: all of it.
    """
    os.setsid()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # the parent has none
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _end_with_the_build()
    os.chdir(place)
    os.environ.clear()
    os.environ.update(environment)
    main([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _end_with_the_build() -> None:
    """A build that is killed leaves no kernel: its end is seen at once, not polled."""
    build = parent_process()

    def wait() -> None:
        build.join()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


def main(arguments: Sequence[str]) -> None:
    """Be a kernel: the file for what it reads, then the arguments of ipykernel."""
    from ipykernel.kernelapp import IPKernelApp
    from IPython.core.application import ENV_CONFIG_DIRS, SYSTEM_CONFIG_DIRS

    from .streams import Stream

    os.dup2(2, 1)  # what comes before the first cell is no part of what the build prints
    settle()
    # Settings and start-up files for every user of the machine, or of the environment.
    ENV_CONFIG_DIRS.clear()
    SYSTEM_CONFIG_DIRS.clear()
    reads, *rest = arguments
    application = IPKernelApp.instance()
    if os.name == "posix":
        application.outstream_class = f"{Stream.__module__}.{Stream.__name__}"
    application.initialize(rest)
    _seed(application.shell.events)
    watch(reads)  # what a kernel reads to become one is not the notebook's doing
    application.start()


def _seed(events) -> None:
    """Let random numbers that nobody seeds begin alike in every kernel, at its first cell: what
    IPython draws before that depends on the day."""

    def first() -> None:
        events.unregister("pre_execute", first)
        seeds.settle()

    events.register("pre_execute", first)


if __name__ == "__main__":
    main(sys.argv[1:])
