"""Build several projects, each in a process of its own: none has the languages, tables or modules
of another, and one that fails does not stop the others."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

from ...errors import Problem
from ..run import own_process
from ..run.kernels.parent import sweep, temporary_folder

Report = Callable[[str, float | None], None]  # project and notebook, seconds or None: as before


def build_all(
    projects: Sequence[str],
    options: dict,
    jobs: int | None,
    report: Report,
    ended: Callable[[dict], None],
) -> None:
    """Build projects at the same time; at most `jobs` notebooks of all of them run at once, by
    default one per core.

    options: plain data, by the names in `one_build.Wanted`; texts are empty where a project has its
    own. report: is called with each notebook. ended: is called with each result as soon as it is
    there. Raises KeyboardInterrupt after Ctrl-C or SIGTERM, when all processes have ended.

    A result has `project`, `outcome` (`built`, `nothing changed` or `failed`), `seconds`,
    `notebooks` (the seconds of each, None for one that did not run again), `annex` (its front page)
    and `stages` (the seconds of each; none if nothing changed) unless it failed, `problems` if it
    did, `warnings`, and `messages`, the lines that it wrote to its standard error.
    """
    try:
        asyncio.run(_all(projects, options, jobs or os.cpu_count() or 1, report, ended))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _all(
    projects: Sequence[str], options: dict, jobs: int, report: Report, ended: Callable[[dict], None]
) -> None:
    if sys.platform != "win32":  # where the processes end without it, as their input does
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    # As many as there are turns, so that none waits for turns alone; one where there is no flock.
    at_once = 1 if sys.platform == "win32" else min(len(projects), jobs)
    free = asyncio.Semaphore(at_once)
    sweep()
    with temporary_folder() as place:
        shared = {**options, "at_once": jobs, "turns": place if at_once > 1 else ""}

        async def one(project: str) -> None:
            async with free:
                ended(await _one(project, shared, report))

        async with asyncio.TaskGroup() as group:
            for project in projects:
                group.create_task(one(project))


async def _one(project: str, options: dict, report: Report) -> dict:
    start, notebooks, told = time.monotonic(), {}, None
    options = {**options, "project": project}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = await own_process.start(f"{__package__}.one_project", options, errors)
        assert process.stdout
        try:
            async for line in process.stdout:
                if not line.endswith(b"\n"):  # it was killed while it wrote
                    break
                message = json.loads(line)
                told = message.get("result", told)
                if "ran" in message:
                    notebooks[message["ran"]] = message["seconds"]
                    report(f"{project}: {message['ran']}", message["seconds"])
            await process.wait()
        finally:
            await own_process.end(process)
        errors.seek(0)
        written = errors.read()
    result = told or _died(project, process.returncode, written)
    result["messages"] = written.splitlines() if told else []
    seconds = round(time.monotonic() - start, 3)
    return {"project": project, **result, "seconds": seconds, "notebooks": notebooks}


def _died(project: str, code: int | None, written: str) -> dict:
    """The result of a process that ended without one."""
    found = f"an end with code {code}"
    expected = f"a build that goes on:\n{own_process.last_lines(written)}"
    return {"outcome": "failed", "problems": [Problem(project, found, expected)._asdict()]}
