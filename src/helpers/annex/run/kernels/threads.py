"""What the threads of a notebook still do when its last cell has ended."""

from __future__ import annotations

import threading

JOIN = f"from {__name__} import join; join()"  # what a build asks of a kernel


def join() -> None:
    """Return when every thread has ended that Python itself would wait for at its end."""
    for close in reversed(threading._threading_atexits):  # pools with nothing left to do end so
        close()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
