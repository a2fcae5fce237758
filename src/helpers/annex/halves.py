"""The same work for each language at the same time: one of them in a fork of this process."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from ..language import LANGUAGES

T = TypeVar("T")


def by_language(make: Callable[[str], T]) -> list[T]:
    """What `make` gives for each language, in their order; results can be pickled.

    Only Linux forks a process that has loaded libraries, and only one without other threads is
    forked. Elsewhere, and if the fork ends without a word, the work is done here.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return [make(lang) for lang in LANGUAGES]
    first, second = LANGUAGES
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(ours, theirs, make, second))
    process.start()
    theirs.close()
    try:
        done = make(first)
        with contextlib.suppress(EOFError):
            return [done, ours.recv()]
        return [done, make(second)]
    finally:
        ours.close()  # a fork that is still at work ends when it finds nobody listening
        process.join()


def _send(ours, pipe, make: Callable[[str], T], lang: str) -> None:
    """In the fork. What goes wrong is found again, and told, by the process that asked."""
    ours.close()  # else there would always be somebody to listen
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        pipe.send(make(lang))
