"""Build, serve and watch: what `annex preview` does until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import watchfiles

from ...errors import AnnexError, Problem
from ...limits import END_SECONDS, MESSAGE_BYTES, QUIET_SECONDS
from ..run.kernels.parent import temporary_folder
from .server import Server
from .worker import HELPERS, RENEW

Report = Callable[[str, float], None]


def preview(
    root: Path,
    data: Path,
    only: Sequence[str],
    port: int | None,
    opened: Callable[[str], None],
    tell: Callable[[str], None],
    report: Report,
) -> None:
    """Build and serve the annex, and build again whatever changes, until SIGINT or SIGTERM.

    root, data, only: as for `Plan`. port: of the server; `None` for the first free one. opened: is
    called with the address. tell: is called with each problem and warning. report: is called with
    the name of each notebook that ran and its seconds, and with `shown` and those of a build.

    Raises `AnnexError` if the port is taken or the folders can't be watched, and on Windows, whose
    processes do not end with the one that began them.
    """
    if sys.platform == "win32":
        remedy = "Use WSL, or build after each edit"
        raise AnnexError(Problem("annex preview", "Windows", "Linux or macOS", remedy))
    with temporary_folder() as place:
        pages = Path(place) / "annex"
        pages.mkdir()
        options = {"root": str(root), "data": str(data), "only": list(only), "folder": str(pages)}
        asyncio.run(_preview(options, port, opened, tell, report))


async def _preview(options: dict, port: int | None, opened, tell, report: Report) -> None:
    server = Server(Path(options["folder"]), port)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    builder = _Builder(options, server, tell, report)
    builder.ask()
    opened(server.address)
    folders = {Path(options["root"]) / "notebooks", Path(options["data"]), HELPERS}
    work = [
        asyncio.create_task(each)
        for each in (builder.run(), _watch(folders, builder.ask, stopped), stopped.wait())
    ]
    try:
        done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()  # raises what ended it
    finally:
        stopped.set()
        server.stop()
        await builder.end()
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


async def _watch(folders: set[Path], changed: Callable[[], None], stopped: asyncio.Event) -> None:
    ignored = (*watchfiles.DefaultFilter.ignore_dirs, ".ipynb_checkpoints")
    chosen = watchfiles.DefaultFilter(ignore_dirs=ignored)
    places = [path.resolve() for path in folders]
    try:
        async for _ in watchfiles.awatch(
            *places,
            watch_filter=chosen,
            step=int(1000 * QUIET_SECONDS),
            stop_event=stopped,
            raise_interrupt=False,
        ):
            changed()
    except (OSError, RuntimeError) as error:  # the system allows no more watches
        remedy = "Set WATCHFILES_FORCE_POLLING=true, which watches without the system's help"
        place = ", ".join(map(str, places))
        raise AnnexError(Problem(place, str(error), "folders to watch", remedy)) from error


class _Builder:
    """The process that builds, and what the browsers are told of it."""

    def __init__(self, options: dict, server: Server, tell, report: Report):
        self._options, self._server, self._tell, self._report = options, server, tell, report
        self._asked = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._errors = Path(options["folder"]).with_name("errors")

    def ask(self) -> None:
        """Build, or build again after the build that runs."""
        self._asked.set()

    async def run(self) -> None:
        """Build whenever asked."""
        state = self._server.state
        while await self._asked.wait():
            self._asked.clear()
            state.building = True
            self._server.tell()
            before = [*state.problems, *state.warnings]
            state.problems, state.warnings = await self._build()
            state.building = False
            self._server.tell()
            if (now := [*state.problems, *state.warnings]) != before:
                for text in now:
                    self._tell(text)

    async def _build(self) -> tuple[list[str], list[str]]:
        """Build once; the problems and the warnings."""
        process = self._process
        if began := process is None or process.returncode is not None:
            process = self._process = await self._start()
        assert process and process.stdin and process.stdout
        state = self._server.state
        first, state.ran, state.latest = not state.version, [], []
        with contextlib.suppress(ConnectionError):  # it has ended, as is seen below
            process.stdin.write(b"build\n")
        async for line in process.stdout:
            message = json.loads(line)
            if "ran" in message and message["seconds"] is not None:
                state.ran.append(message["ran"])
                self._report(message["ran"], message["seconds"])
            if changed := message.get("shown", message.get("built")):
                state.add(changed)
                pages = [path for path in changed if path.endswith(".html")]
                state.latest += [] if first else pages
                self._server.tell()
            if "built" in message:
                self._report("shown", message["seconds"])
                return [], message["warnings"]
            if "problems" in message:
                return message["problems"], []
        if await process.wait() == RENEW or not began:  # an earlier fault may have ended it
            return await self._build()
        return [self._died(process)], []

    async def _start(self) -> asyncio.subprocess.Process:
        command = [sys.executable, "-s", "-P", "-m", f"{__package__}.worker"]
        with self._errors.open("w") as errors:
            return await asyncio.create_subprocess_exec(
                *command, json.dumps(self._options), stderr=errors, limit=MESSAGE_BYTES,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the preview, which then ends this process
            )  # fmt: skip

    def _died(self, process: asyncio.subprocess.Process) -> str:
        lines = self._errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        told = "\n".join(lines[-8:])
        found = f"an end with code {process.returncode}"
        return str(Problem("the process that builds", found, f"one that goes on:\n{told}"))

    async def end(self) -> None:
        """End the process: it ends when nobody can ask for a build any more."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        assert process.stdin
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
