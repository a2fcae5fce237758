import multiprocessing
import os
import signal
import sys
import threading

import pytest

from helpers.annex.halves import by_language
from helpers.errors import NotebookError, Problem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks here")


@pytest.fixture
def alone(monkeypatch):
    """The tests' own workers have threads; a build has none."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_both_are_done_in_their_order(alone):
    """Each language is done in a process of its own, and given in order."""
    (first, one), (second, other) = by_language(lambda lang: (lang, os.getpid()))
    assert (first, second) == ("nl", "en")
    assert one == os.getpid() != other


def test_with_threads_nothing_is_forked():
    """A process that runs threads does both by itself."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert by_language(lambda lang: os.getpid()) == [os.getpid()] * 2
    done.set()
    thread.join()


def test_a_problem_in_the_fork_is_told(alone):
    """What goes wrong in the fork is raised as if it had been done here."""

    def make(lang: str) -> None:
        if lang == "en":
            raise NotebookError(Problem("en/01_a.html", "x", "y"))

    with pytest.raises(NotebookError, match=r"en/01_a\.html: found x; expected y"):
        by_language(make)


def test_a_fork_that_dies_is_no_loss(alone):
    """A fork that is killed leaves its work to be done here."""
    own = os.getpid()

    def make(lang: str) -> str:
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return lang

    assert by_language(make) == ["nl", "en"]


def test_no_fork_is_left(alone):
    """An error here ends the fork too, whatever it has to say."""

    def make(lang: str) -> bytes:
        if lang == "nl":
            raise ValueError
        return bytes(10_000_000)

    with pytest.raises(ValueError):
        by_language(make)
    assert multiprocessing.active_children() == []
