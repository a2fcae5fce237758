"""The machine's own Firefox, driven over WebDriver BiDi: no geckodriver, no patched browser."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import websocket

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://([\d.]+):(\d+))\n")


class Browser:
    """One tab at a time; what it logs and asks for is kept until the next page is opened."""

    def __init__(self, socket):
        self.socket, self.sent, self.tab, self.errors, self.requests = socket, 0, None, [], []
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log", "network"])

    def call(self, method, **params):
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.sent:
            self._note(answer.get("method"), answer.get("params", {}))
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def _note(self, event, params):
        if (params.get("context") or params.get("source", {}).get("context")) != self.tab:
            return  # an earlier page, or Firefox itself
        if event == "log.entryAdded" and params["level"] == "error":
            self.errors.append(params["text"])
        elif event == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])
        elif event == "network.fetchError":
            self.errors.append(f"{params['request']['url']}: {params['errorText']}")

    def open(self, url, width=None):
        """Load a page in a new tab, in a window of this width; without one, Firefox's own."""
        old, self.tab = self.tab, self.call("browsingContext.create", type="tab")["context"]
        if old:
            self.call("browsingContext.close", context=old)
        self.errors, self.requests = [], []
        size = width and {"width": width, "height": 900}
        self.call("browsingContext.setViewport", context=self.tab, viewport=size)
        self.call("browsingContext.navigate", context=self.tab, url=url, wait="complete")
        self.evaluate("new Promise(done => setTimeout(() => done(0), 100))")  # late messages

    def evaluate(self, js):
        """The value of an expression, or of the promise it makes, as JSON carries it."""
        answer = self.call("script.evaluate", target={"context": self.tab}, awaitPromise=True,
            expression=f"Promise.resolve({js}).then(value => JSON.stringify(value))")  # fmt: skip
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])


@contextlib.contextmanager
def firefox(path, patience=60):
    """Start this Firefox with an empty profile and home; it is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as home:
        # Its home must belong to whoever runs it, or Firefox refuses to start as root.
        env = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")} | {"HOME": home}
        command = [path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile"]
        log = Path(home, "stderr.txt")  # not a pipe: one that nobody reads fills up and blocks
        with log.open("wb") as out:
            process = subprocess.Popen([*command, home], env=env, stdout=out, stderr=out,
                                       start_new_session=True)  # fmt: skip
        try:
            end = time.monotonic() + patience
            while not (found := LISTENING.search(said := log.read_text(errors="replace"))):
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"Firefox did not start:\n{said}")
                time.sleep(0.1)
            # The plain socket first: a proxy named in the environment is not for 127.0.0.1.
            with socket.create_connection(found.groups()[1:], timeout=60) as plain:
                options = {"timeout": 60, "socket": plain, "suppress_origin": True}  # or refused
                yield Browser(websocket.create_connection(f"{found[1]}/session", **options))
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with the processes of its tabs
            process.wait()
