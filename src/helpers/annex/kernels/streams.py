"""The standard streams of a kernel: what Python, C code and other programs write, in one order."""

from __future__ import annotations

import codecs
import os
import select
import threading

from ipykernel.iostream import OutStream

_DESCRIPTORS = {"stdout": 1, "stderr": 2}
_PIECE = 65_536  # bytes that are taken at once


class Stream(OutStream):
    """`sys.stdout` or `sys.stderr`, with what is written to its file descriptor.

    ipykernel takes that too, but passes it on to the terminal of who builds, and takes it in a
    thread, so that it may come after the cell has ended, or out of order.
    """

    def __init__(self, session, pub_thread, name: str, **options):
        super().__init__(session, pub_thread, name, **{**options, "watchfd": False})
        self._descriptor = _DESCRIPTORS[name]
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._taking = threading.RLock()
        self._pipe, end = os.pipe()
        os.dup2(end, self._descriptor)
        os.close(end)
        threading.Thread(target=self._watch, daemon=True).start()

    def fileno(self) -> int:
        """What a program that is started writes to."""
        return self._descriptor

    def write(self, string: str) -> int | None:
        """Write, after what came to the descriptor before."""
        self._take()
        return super().write(string)

    def flush(self) -> None:
        """Send what was written; called before each display and at the end of each cell."""
        self._take()
        super().flush()

    def _watch(self) -> None:
        """Take what programs write while a cell waits for them: a full pipe would stop them."""
        while select.select([self._pipe], [], []):
            self._take()

    def _take(self) -> None:
        if not self._is_master_process():  # a fork has no thread, and a lock that may be held
            return
        with self._taking:
            while select.select([self._pipe], [], [], 0)[0]:
                super().write(self._decoder.decode(os.read(self._pipe, _PIECE)))
