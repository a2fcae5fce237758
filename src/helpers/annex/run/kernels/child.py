"""The main program of a kernel process: forked from the warm parent, or started as a command."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from multiprocessing import parent_process

from ....locales import set_languages
from . import seeds, threads  # noqa: F401 (loaded before what a notebook reads is recorded)
from .environment import OWN, load_matplotlib
from .reads import watch


def serve(arguments: Sequence[str], place: str, environment: Mapping[str, str]) -> None:
    """Run a kernel in a process forked from the warm parent, without traces of the parent.

    arguments: as for `main`. place: the working folder. environment: all its variables.
    """
    os.setsid()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # the parent blocks it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    die_with_build()
    os.chdir(place)
    os.environ.clear()
    os.environ.update(environment)
    set_languages(())  # the parent may have looked up those of an earlier state
    main([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def build_lives() -> bool:
    """Whether the build process, which asked for this one, is there."""
    build = parent_process()
    return build is not None and build.is_alive()


def die_with_build() -> None:
    """Kill this process as soon as the build process ends, so that a killed build leaves none."""
    build = parent_process()
    assert build is not None  # multiprocessing started this process

    def wait() -> None:
        build.join()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


def main(arguments: Sequence[str]) -> None:
    """Run a kernel. arguments: the file to record reads in, then the arguments of ipykernel."""
    from ipykernel.kernelapp import IPKernelApp
    from IPython.core.application import ENV_CONFIG_DIRS, SYSTEM_CONFIG_DIRS

    from .streams import Stream

    os.dup2(2, 1)  # output before the first cell must not reach the build's stdout
    load_matplotlib()
    # Ignore IPython's settings and start-up files of the machine and of the environment.
    ENV_CONFIG_DIRS.clear()
    SYSTEM_CONFIG_DIRS.clear()
    reads, *rest = arguments
    application = IPKernelApp.instance()
    if os.name == "posix":
        application.outstream_class = f"{Stream.__module__}.{Stream.__name__}"
    application.initialize(rest)
    assert application.shell is not None  # `initialize` made it
    _seed(application.shell.events)
    own = os.environ.get(OWN)
    if own and own not in sys.path:
        sys.path.append(own)  # last: nothing in it takes the place of what is installed
    watch(reads)  # only now: files read at start-up are not inputs of the notebook
    application.start()


def _seed(events) -> None:
    """Seed the random generators just before the first cell: how many numbers IPython draws before
    that varies from day to day."""

    def first() -> None:
        events.unregister("pre_execute", first)
        seeds.seed_generators()

    events.register("pre_execute", first)


if __name__ == "__main__":
    main(sys.argv[1:])
