"""A running `annex preview` for tests: what it tells browsers, and what it serves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import websocket

SECONDS = 60  # that a test waits for a build


class Preview:
    """The command in a project. python: of another environment, where the library has the name
    `library`."""

    def __init__(
        self, root: Path, *options: str, python: Path = Path(sys.executable),
        library: str = "helpers",
    ):  # fmt: skip
        self.process = subprocess.Popen(
            [python, "-m", f"{library}.annex.cli", "preview", "--no-browser", *options],
            cwd=root, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.address = self.process.stdout.readline().strip()
        host = self.address.split("/")[2]
        self._socket = websocket.create_connection(f"ws://{host}/preview", timeout=SECONDS)
        self.state: dict = {}

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, *_) -> None:
        self.end(signal.SIGTERM)

    def until(self, fits) -> dict:
        """The first state after a build for which `fits` is true."""
        try:
            while True:
                self.state = json.loads(self._socket.recv())
                if not self.state["building"] and fits(self.state):
                    return self.state
        except websocket.WebSocketTimeoutException:
            raise AssertionError(f"no such state; the last was {self.state}") from None

    def built(self) -> dict:
        """The state after the next build without a problem that changes something."""
        before = self.state.get("version", 0)
        return self.until(lambda state: state["version"] > before and not state["problems"])

    def failed(self) -> str:
        """The problems of the next build that has some."""
        return "\n".join(self.until(lambda state: state["problems"])["problems"])

    def get(self, path: str, **headers: str) -> bytes:
        request = urllib.request.Request(self.address + path, headers=headers)
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.read()

    def worker(self) -> int:
        """The process id of what builds."""
        return psutil.Process(self.process.pid).children()[0].pid

    def end(self, number: int) -> tuple[int, list[psutil.Process]]:
        """Stop it with a signal; its exit code, and processes that it left."""
        self._socket.close()
        known = []
        if self.process.poll() is None:
            known = psutil.Process(self.process.pid).children(recursive=True)
            self.process.send_signal(number)
        code = self.process.wait(SECONDS)
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        return code, psutil.wait_procs(known, timeout=10)[1]
