"""Wait for the threads of a notebook after its last cell."""

from __future__ import annotations

import threading

JOIN = f"from {__name__} import join; join()"  # the code that a build executes in the kernel


def join() -> None:
    """Return when all threads have ended that Python joins at exit: those that are no daemons."""
    # Let idle thread pools end. typeshed has no private names.
    for close in reversed(threading._threading_atexits):  # type: ignore[attr-defined]
        close()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
