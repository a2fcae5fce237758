"""The page work of a build, in processes that share it: each renders some of the notebooks while
others run, and then goes through the same stages as the others, in which it makes its share of the
pages. They are forked from a process that imports what makes pages, which itself is forked from the
parent of the kernels. Without fork, and in a preview, this process makes all."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import AnnexError, Problem, mendable
from ..limits import END_SECONDS
from ..locales import languages, set_languages
from . import page_preload
from .pages.spool import Spool
from .plan.plan import Plan
from .run.kernels import child, parent
from .timings import Clock

if TYPE_CHECKING:
    from .stages import Files


class PageWork(Protocol):
    """The page work: what the methods of `Stages` of these names do."""

    def read(self) -> None: ...
    def render(self, name: str, outputs: str) -> None: ...
    def files(self) -> Files: ...
    def check(self) -> None:
        """Raise the error of a process that failed."""


@contextlib.contextmanager
def page_work(
    plan: Plan, spool: Spool, number: int, warn: Callable[[Problem], None], clock: Clock,
    early: Callable[[Files], None] | None,
) -> Iterator[PageWork]:  # fmt: skip
    """The page work of a build; leaving the block ends its processes and, except in a preview, the
    parent of the kernels. number: of processes; 0 for this one alone. Others: as for `build.make`.
    """
    try:
        with _started(plan, spool, number) as (links, source):
            if source:
                yield _Shared(plan, spool, warn, clock, links, source)
            else:
                yield _Alone(plan, spool, warn, clock, early)
    finally:
        if not early:
            parent.end()


class _Alone:
    """All page work in this process."""

    def __init__(self, plan, spool, warn, clock: Clock, early):
        from . import stages

        made = stages.Stages(plan, spool, stages.alone, warn, clock.ended)
        self.read, self.render = made.read, made.render
        self.files = lambda: made.files(early)

    def check(self) -> None:
        """An error is raised where it happens."""


@contextlib.contextmanager
def _started(
    plan: Plan, spool: Spool, number: int
) -> Iterator[tuple[list[Connection], BaseProcess | None]]:
    """Start processes: the connections to them, and the process that they are forked from; `None`
    if there are none, also because the parent of the kernels is dead."""
    pipes = [Pipe() for _ in range(number)]
    links, source = [ours for ours, _ in pipes], None
    surroundings = str(Path.cwd()), dict(os.environ), languages()
    try:
        with contextlib.suppress(OSError, EOFError):
            if number:
                ends = [theirs for _, theirs in pipes]
                source = parent.fork(_fork, ends, plan, spool.folder, surroundings)
        for _, theirs in pipes:
            theirs.close()  # so that a connection ends with its process
        yield links, source
    finally:
        if source:
            _kill(source, links)


def _kill(source: BaseProcess, links: Sequence[Connection]) -> None:
    """End the processes, and wait until they have."""
    assert source.pid is not None  # it was started
    source.kill()  # first: it then forks no more
    with contextlib.suppress(OSError):  # they have ended, or it has forked none yet
        os.killpg(source.pid, signal.SIGKILL)
    source.join()
    for link in links:
        with contextlib.suppress(EOFError, OSError):
            while True:
                link.recv_bytes()


class _Shared:
    """The page work in several processes, which are told what to do, and tell: `read`, that the
    tables are read; `warning`; `ended`, a stage; `shared`, that their share of some work is done;
    `files`, of the annex; `seconds` of processor time; `error`."""

    def __init__(self, plan, spool, warn, clock, links: list[Connection], source: BaseProcess):
        self._plan, self._spool, self._warn, self._clock = plan, spool, warn, clock
        self._links, self._source = links, source
        self._rendered = 0

    def read(self) -> None:
        for link in self._links:
            while self._received(link)[0] != "read":
                pass

    def render(self, name: str, outputs: str) -> None:
        self._spool.keep(f"{name}.outputs", outputs)
        self._send(self._links[self._rendered % len(self._links)], name)
        self._rendered += 1

    def check(self) -> None:
        for link in self._links:
            if link.poll():
                self._received(link)

    def files(self) -> Files:
        files: Files = {}
        for link in self._links:
            self._send(link)
        working, shared = {*self._links}, 0
        while working:
            wait(working)
            for link in filter(Connection.poll, [*working]):
                what, told = self._received(link)
                if what == "shared" and (shared := shared + 1) % len(self._links) == 0:
                    for other in self._links:
                        self._send(other)
                elif what == "files":
                    files = told
                elif what == "seconds":
                    working.remove(link)
        return files

    def _send(self, link: Connection, name: str | None = None) -> None:
        """Tell a process the name of a notebook, or to go on."""
        with contextlib.suppress(ConnectionError):  # it has ended, as `_received` tells
            link.send(name)

    def _received(self, link: Connection) -> tuple[str, Any]:
        """The next that a process tells: its name and value. Raises the error that it tells."""
        number = self._links.index(link)
        try:
            what, told = link.recv()
        except (EOFError, ConnectionError):
            self._source.join(END_SECONDS)  # it ends as its process did
            code = self._source.exitcode
            found = "an end" if code is None else f"an end with code {code}"
            remedy = "Build again; if that does not help, with more memory"
            told = Problem("a process that makes pages", found, "one that goes on", remedy)
            raise AnnexError(told) from None
        if what == "warning":
            self._warn(told)
        elif what == "ended" and number == 0:
            self._clock.ended(told)
        elif what == "seconds":
            self._clock.beside[f"page process {number + 1}"] = told
        elif what == "error":
            if not mendable(told):
                self._plan.check_unchanged()  # what changes meanwhile may not fit together
            raise told
        return what, told


def _fork(links: list[Connection], plan: Plan, folder: Path, surroundings: tuple) -> None:
    """In a process forked from the parent of the kernels: load what makes pages, fork a process for
    each connection, and end when they have, or as the first one that fails."""
    os.setsid()  # a group, which can be killed at once
    set_languages(surroundings[-1])
    page_preload.load(plan)
    if not child.build_lives():
        return
    page_preload.keep(plan)
    for own, link in enumerate(links):
        if os.fork() == 0:
            for other in {*links} - {link}:
                other.close()
            _serve(link, plan, (folder, own, len(links)), surroundings)
            return
    for link in links:
        link.close()
    for _ in links:
        if code := os.waitstatus_to_exitcode(os.wait()[1]):
            if code < 0:
                os.kill(os.getpid(), -code)
            sys.exit(code)


def _serve(link: Connection, plan: Plan, share: tuple, surroundings: tuple) -> None:
    """Do the page work in a process of its own."""
    import time

    child.die_with_build()
    tell = lambda what, value=None: link.send((what, value))  # noqa: E731
    try:
        place, environment, codes = surroundings
        os.chdir(place)
        os.environ.clear()
        os.environ.update(environment)
        set_languages(codes)
        _work(link, tell, plan, *share)
        tell("seconds", time.process_time())
    except BaseException as error:
        if not mendable(error):
            error.add_note(traceback.format_exc())
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            error = RuntimeError(traceback.format_exc())
        with contextlib.suppress(ConnectionError):  # nobody listens when the build was killed
            tell("error", error)


def _work(
    link: Connection, tell: Callable, plan: Plan, folder: Path, own: int, number: int
) -> None:
    from .stages import Stages

    spool, rounds = Spool(folder), iter(range(1_000))

    def share(items: Sequence, make: Callable) -> list:
        """As `stages.Share`: the next free item is for the process that asks first."""
        name = f"share-{next(rounds)}"
        mine = [(at, make(item)) for at, item in enumerate(items) if spool.claimed(f"{name}-{at}")]
        spool.keep(f"{name}-of-{own}", mine)
        tell("shared")
        link.recv()
        every = [each for other in range(number) for each in spool.load(f"{name}-of-{other}")]
        return [made for _, made in sorted(every, key=lambda each: each[0])]

    # All come to the same warnings: the first one tells them.
    warn = (lambda problem: tell("warning", problem)) if own == 0 else (lambda problem: None)
    stages = Stages(plan, spool, share, warn, lambda name: tell("ended", name), own == 0)
    stages.read()
    tell("read")
    for name in iter(link.recv, None):
        stages.render(name, spool.load(f"{name}.outputs"))
    files = stages.files()
    if own == 0:
        tell("files", files)
