"""The standard streams of a kernel: what Python, C code and other programs write, in one order."""

from __future__ import annotations

import codecs
import os
import select
import threading

from ipykernel.iostream import OutStream

from ....limits import OUTPUT_CHARACTERS, STREAM_BYTES

_DESCRIPTORS = {"stdout": 1, "stderr": 2}


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
        self._kept = 0
        self._pipe, end = os.pipe()
        os.dup2(end, self._descriptor)
        os.close(end)
        threading.Thread(target=self._watch, daemon=True).start()

    def fileno(self) -> int:
        """What a program that is started writes to."""
        return self._descriptor

    def write(self, string: str) -> int:
        """Write, after what came to the descriptor before."""
        self._take()
        return self._put(string)

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
                self._put(self._decoder.decode(os.read(self._pipe, STREAM_BYTES)))

    def _put(self, text: str) -> int:
        """Keep a text to be sent, but never much: the build, which refuses a cell that writes more
        than it may, must hear of it before memory is full."""
        super().write(text[: OUTPUT_CHARACTERS + 1] if isinstance(text, str) else text)
        self._kept += len(text)
        if self._kept > STREAM_BYTES:
            self._kept = 0
            super().flush()
        return len(text)
