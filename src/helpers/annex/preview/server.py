"""Serve the pages of a preview on loopback, and tell the browsers of each build."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path

from tornado import httpserver, netutil, web, websocket

from ...errors import AnnexError, Problem

HOST = "127.0.0.1"
PORT, TRIES = 8765, 20  # the first port that is tried, and how many in all
SCRIPT = Path(__file__).with_name("preview.js")
# The policy of a page allows no script. What the addition may do stands beside that.
_POLICY = "default-src 'none'"
_END = "</head>"
_EMPTY = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>annex preview</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
{_END}<body><h1>%s</h1></body></html>
"""
WAITING = _EMPTY % "Building …"
MISSING = _EMPTY % "This page is not in the annex"


@dataclass
class State:
    """What browsers are told. run: a token of this server. version: number of the last build that
    changed a page. changed: the version in which each file changed last, by path in the annex.
    ran: the notebooks that the last build ran. latest: the pages that it changed. problems: why
    there is no newer build."""

    run: str = field(default_factory=lambda: secrets.token_hex(4))
    version: int = 0
    changed: dict[str, int] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    latest: list[str] = field(default_factory=list)
    building: bool = False
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, paths: list[str]) -> None:
        """Note the files that a build has changed."""
        if paths:
            self.version += 1
            self.changed |= dict.fromkeys(paths, self.version)


class Server:
    """The server of one preview. folder: with the pages. state: changed by the preview, which then
    calls `tell`."""

    def __init__(self, folder: Path, port: int | None = None):
        self.state = State()
        self._sockets: set[_Socket] = set()
        listening = _listen(port)
        self.port = listening[0].getsockname()[1]
        own = {"server": self, "folder": folder}
        application = web.Application(log_function=lambda _: None)
        # Only under these names: another site whose name leads here can't read the pages.
        application.add_handlers(
            r"(127\.0\.0\.1|localhost)",
            [
                ("/preview", _Socket, own),
                (f"/({SCRIPT.name})", _File, {"path": str(SCRIPT.parent)}),
                (r"/((?:.*\.html)?)", _Page, own),
                ("/(.*)", _File, {"path": str(folder)}),
            ],
        )
        self._http = httpserver.HTTPServer(application)
        self._http.add_sockets(listening)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def tell(self) -> None:
        """Send the state to every browser."""
        for each in list(self._sockets):
            each.send()

    def stop(self) -> None:
        """Take no more requests, and close the connections."""
        self._http.stop()
        for each in list(self._sockets):
            each.close()


def _listen(port: int | None) -> list[socket.socket]:
    """Listen on a port: the one given, or the first free one.

    Raises `AnnexError` if it is taken."""
    tried = [port] if port is not None else range(PORT, PORT + TRIES)
    for each in tried:
        try:
            return netutil.bind_sockets(each, HOST)
        except OSError as error:
            reason = error.strerror or str(error)
    place = f"--port {port}" if port is not None else f"port {PORT} to {PORT + TRIES - 1}"
    raise AnnexError(Problem(place, reason, "a free port", "Name another one with --port"))


class _Socket(websocket.WebSocketHandler):
    def initialize(self, server: Server, folder: Path) -> None:
        self._server = server

    def open(self) -> None:
        self._server._sockets.add(self)
        self.send()

    def on_close(self) -> None:
        self._server._sockets.discard(self)

    def send(self) -> None:
        with contextlib.suppress(websocket.WebSocketClosedError):  # of a tab that is being closed
            sent = self.write_message(json.dumps(vars(self._server.state)))
            sent.add_done_callback(lambda sent: sent.cancelled() or sent.exception())


class _Fresh(web.RequestHandler):
    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")


class _Page(_Fresh):
    """A page with the script; where there is none, a page that waits for it."""

    def initialize(self, server: Server, folder: Path) -> None:
        self._server, self._folder = server, folder

    def get(self, path: str) -> None:
        state, path = self._server.state, path or "index.html"
        known = {"run": state.run, "version": state.version}  # before the file is read
        html = WAITING
        if state.version:
            try:  # any other path may be outside the folder
                html = (self._folder / path).read_text("utf-8") if path in state.changed else ""
            except FileNotFoundError:
                html = ""
            if not html:
                self.set_status(404)
                html = MISSING
        self.finish(live(html, self.request.host, known))


class _File(web.StaticFileHandler, _Fresh):
    """Another file of the annex, or the script."""

    def compute_etag(self) -> None:
        """None: the base class would remember that of the file as it was first."""

    def should_return_304(self) -> bool:
        return False  # a file may change twice in a second, the unit of the times that are compared


def live(html: str, host: str, state: dict) -> str:
    """A page of the annex with the script.

    host: name and port of the server. state: `run` of the server, and `version` of the page.
    """
    allowed = f"{_POLICY}; script-src 'self'; connect-src ws://{host}"
    # Escaped as HTML inside quotes; numbers and a token need nothing else.
    told = json.dumps(state).replace('"', "&quot;")
    script = f'<script src="/{SCRIPT.name}" data-state="{told}" defer></script>\n'
    return html.replace(_POLICY, allowed, 1).replace(_END, script + _END, 1)
