"""stdout and stderr of a kernel, with the output of Python, C code and child processes in order."""

from __future__ import annotations

import codecs
import os
import select
import threading

from ipykernel.iostream import OutStream

from ....limits import OUTPUT_CHARACTERS, STREAM_BYTES

_DESCRIPTORS = {"stdout": 1, "stderr": 2}


class Stream(OutStream):
    """`sys.stdout` or `sys.stderr`, which also captures what is written to its file descriptor.

    ipykernel captures that too, but copies it to the terminal of the build, and reads it only in a
    thread, so that it may arrive out of order or after the cell has ended.
    """

    def __init__(self, session, pub_thread, name: str, **options):
        super().__init__(session, pub_thread, name, **{**options, "watchfd": False})
        self._descriptor = _DESCRIPTORS[name]
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._drain_lock = threading.RLock()
        self._unsent = 0
        self._pipe, end = os.pipe()
        os.dup2(end, self._descriptor)
        os.close(end)
        threading.Thread(target=self._watch, daemon=True).start()

    def fileno(self) -> int:
        """The file descriptor, which child processes inherit."""
        return self._descriptor

    def write(self, string: str) -> int:
        """Write a text, after all that was written to the descriptor before it."""
        self._drain()
        return self._buffer_text(string)

    def flush(self) -> None:
        """Send what was written; ipykernel calls this before each display and after each cell."""
        self._drain()
        super().flush()

    def _watch(self) -> None:
        """Drain the pipe while a cell waits for a child process, which a full pipe would block."""
        while select.select([self._pipe], [], []):
            self._drain()

    def _drain(self) -> None:
        if not self._is_master_process():  # a fork has no reader thread, and its lock may be held
            return
        with self._drain_lock:
            while select.select([self._pipe], [], [], 0)[0]:
                self._buffer_text(self._decoder.decode(os.read(self._pipe, STREAM_BYTES)))

    def _buffer_text(self, text: str) -> int:
        """Buffer a text and send it in time: the build, which stops a cell that writes more than
        `OUTPUT_CHARACTERS`, must receive it before memory is full."""
        super().write(text[: OUTPUT_CHARACTERS + 1] if isinstance(text, str) else text)
        self._unsent += len(text)
        if self._unsent > STREAM_BYTES:
            self._unsent = 0
            super().flush()
        return len(text)
