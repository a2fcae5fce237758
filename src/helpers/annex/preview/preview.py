"""Build, serve and watch: what `annex preview` does until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Callable, Sequence
from importlib.util import cache_from_source
from pathlib import Path

import watchfiles

from ...errors import AnnexError, Problem
from ...files import folders
from ...limits import LOOK_SECONDS, QUIET_SECONDS
from ..plan.inputs import LOCK
from ..run import own_process
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
    root = Path(options["root"])
    own = folders.own_code(root)
    watched = [root / "notebooks", Path(options["data"]), HELPERS, own, root / LOCK]
    work = [
        asyncio.create_task(each)
        for each in (builder.run(), _watch(watched, builder.ask, stopped), stopped.wait())
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


async def _watch(
    paths: Sequence[Path], changed: Callable[[], None], stopped: asyncio.Event
) -> None:
    """Call `changed` after each change in folders, or of files, until stopped. paths: that of the
    notebooks first."""
    while not stopped.is_set():
        known = _identities(paths)
        places = [path.resolve() for path in known]
        found = watchfiles.awatch(
            *places,
            watch_filter=_Filter(paths[0], places),
            step=int(1000 * QUIET_SECONDS),
            stop_event=stopped,
            raise_interrupt=False,
            rust_timeout=int(1000 * LOOK_SECONDS),
            yield_on_timeout=True,
        )
        try:
            async with contextlib.aclosing(found):
                async for changes in found:
                    # The system watches a folder, not its path: another may stand there now.
                    replaced = _identities(paths) != known
                    if changes or replaced:
                        changed()
                    if replaced:
                        break
        except FileNotFoundError:  # it went just now, and is looked for again
            await asyncio.sleep(QUIET_SECONDS)
        except (OSError, RuntimeError) as error:  # the system allows no more watches
            remedy = "Set WATCHFILES_FORCE_POLLING=true, which watches without the system's help"
            place = ", ".join(map(str, places))
            raise AnnexError(Problem(place, str(error), "folders to watch", remedy)) from error


def _identities(paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """What stands at paths now, and at the links inside, whose files the system does not watch."""
    links = (path for folder in paths for path in folder.rglob("*") if path.is_symlink())
    found = {}
    for path in (*paths, *links):
        with contextlib.suppress(OSError):  # nothing
            found[path] = (path.stat().st_dev, path.stat().st_ino)
    return found


def _drop_bytecode(folder: Path) -> None:
    """Remove bytecode written in the second in which its module was saved. Python compares seconds
    and sizes only, and would not notice a second save in it."""
    for source in folder.rglob("*.py"):
        cached = Path(cache_from_source(source))
        with contextlib.suppress(OSError):  # there is none, or it is not ours to remove
            if cached.stat().st_mtime < int(source.stat().st_mtime) + 1:
                cached.unlink()


class _Filter(watchfiles.DefaultFilter):
    """No change is what an editor or git writes for itself in the places that are watched, nor
    what notebooks write beside themselves, which would make a build follow a build."""

    def __init__(self, notebooks: Path, places: Sequence[Path]):
        super().__init__(ignore_dirs=(*self.ignore_dirs, ".ipynb_checkpoints"))
        self._notebooks, self._places = notebooks.resolve(), places

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        found = Path(path)
        if found.is_relative_to(self._notebooks) and found.suffix != ".ipynb":
            return False
        # The names of the places themselves may be any.
        inside = (found.relative_to(p) for p in self._places if found.is_relative_to(p))
        return super().__call__(change, str(next(inside, found)))


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
            state.building, state.ran = True, []
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
        _drop_bytecode(folders.own_code(Path(self._options["root"])))  # of kernels to come
        process = self._process
        if began := process is None or process.returncode is not None:
            process = self._process = await self._start()
        assert process and process.stdin and process.stdout
        state = self._server.state
        first, state.ran = not state.version, []
        latest: list[str] = []  # told from the first change on: one save may ask for two builds
        with contextlib.suppress(ConnectionError):  # it has ended, as is seen below
            process.stdin.write(b"build\n")
        async for line in process.stdout:
            if not line.endswith(b"\n"):  # it was killed while it wrote
                break
            message = json.loads(line)
            if "ran" in message and message["seconds"] is not None:
                state.ran.append(message["ran"])
                self._report(message["ran"], message["seconds"])
                self._server.tell()
            if changed := message.get("shown", message.get("built")):
                state.add(changed)
                folder = Path(self._options["folder"])
                pages = [p for p in changed if p.endswith(".html") and (folder / p).exists()]
                latest += [] if first else pages
                state.latest = latest
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
        _drop_bytecode(HELPERS)
        with self._errors.open("w") as errors:
            return await own_process.start(f"{__package__}.worker", self._options, errors)

    def _died(self, process: asyncio.subprocess.Process) -> str:
        told = own_process.last_lines(self._errors.read_text(encoding="utf-8", errors="replace"))
        found = f"an end with code {process.returncode}"
        return str(Problem("the process that builds", found, f"one that goes on:\n{told}"))

    async def end(self) -> None:
        """End the process: it ends when nobody can ask for a build any more."""
        if self._process:
            await own_process.end(self._process)
