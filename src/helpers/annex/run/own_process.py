"""Another Python process of the annex that builds: started with options as JSON, it tells what it
does in lines of JSON, and ends when the process that started it does, however that ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from asyncio.subprocess import Process
from collections.abc import Callable
from typing import IO

from ...limits import END_SECONDS, MESSAGE_BYTES
from .kernels.parent import sweep


async def start(module: str, options: dict, errors: int | IO[str]) -> Process:
    """Run a module with options. errors: what its standard error is, as `subprocess` takes it."""
    command = [sys.executable, "-s", "-P", "-m", module, json.dumps(options)]
    return await asyncio.create_subprocess_exec(
        *command, stderr=errors, limit=MESSAGE_BYTES,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the process that waits, which then ends this one
    )  # fmt: skip


async def end(process: Process) -> None:
    """End a process, which ends by itself when its standard input does."""
    if process.returncode is not None:
        return
    assert process.stdin
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), END_SECONDS)
    except TimeoutError:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        sweep()  # its folders


def last_lines(errors: str) -> str:
    """The end of what a process wrote to its standard error before it died."""
    return "\n".join(errors.strip().splitlines()[-8:])


def begin(asked: Callable[[str], object] = lambda _: None) -> Callable[..., None]:
    """In the process that was started: listen to the one that started it, and return the function
    that tells it something, by name. asked: as for `listen`."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not reach the other process

    def tell(**message) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    threading.Thread(target=listen, args=(asked,), daemon=True).start()
    return tell


def listen(asked: Callable[[str], object]) -> None:
    """Pass on each line of the standard input. When it ends, as the other process has ended, also
    killed, pass on an empty text and interrupt this process as Ctrl-C does."""
    for line in sys.stdin:
        asked(line)
    asked("")  # where the interruption is ignored, as while kernels are ended
    os.kill(os.getpid(), signal.SIGINT)
