"""How many notebooks run at the same time: in one build, or over several that share their turns."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from ...limits import TURN_SECONDS

if sys.platform != "win32":  # where builds do not share turns: it has no flock
    import fcntl


class SharedTurns:
    """A number of turns that several processes share, as an asynchronous context manager.

    A turn is a lock on one of the files in a folder, which the system releases when a process ends,
    also one that is killed: no turn is lost.

    folder: the same for all processes. number: of turns.
    """

    def __init__(self, folder: Path, number: int):
        self._files = [folder / f"turn-{place}" for place in range(number)]
        self._held: list[int] = []  # alike, so each may be given back by any notebook

    async def __aenter__(self) -> None:
        """Wait for a turn, and take it."""
        while not self._taken():
            await asyncio.sleep(TURN_SECONDS)

    async def __aexit__(self, *_) -> None:
        os.close(self._held.pop())

    def _taken(self) -> bool:
        for file in self._files:
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
            else:
                self._held.append(handle)
                return True
        return False


Jobs = int | SharedTurns  # turns of one build, or shared ones
Turn = contextlib.AbstractAsyncContextManager[object, bool | None]


def gates(jobs: Jobs) -> tuple[Turn, Turn]:
    """What a notebook waits for before its kernel starts, and before its cells run."""
    if isinstance(jobs, int):
        # Twice as many kernels may start as may run, so that one is ready when a notebook ends.
        return asyncio.Semaphore(2 * jobs), asyncio.Semaphore(jobs)
    return jobs, contextlib.nullcontext()
