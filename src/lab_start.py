"""`make lab`: JupyterLab on the whole project, opened at the tutorial, with settings of the project
alone and without the network. Options on its command line, as `make lab LAB_ARGS=...`, go first.
"""
# ruff: noqa: E402 (Jupyter looks for its folders while it is imported)

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path

# Until the server ends itself there is nothing to stop: no traceback at Ctrl-C.
signal.signal(signal.SIGINT, lambda *_: os._exit(0))

ROOT = Path(__file__).resolve().parent.parent


def _kept() -> Path:
    """The folder for what Jupyter writes: its keys, and the settings and layout that a user
    chooses. One of this run for a user who may not write in the project."""
    folder = ROOT / ".cache" / "jupyter"
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        print(f"{folder}: {error.strerror}, so settings and layout are not kept.")
        folder = Path(tempfile.mkdtemp())
        atexit.register(shutil.rmtree, folder)
    return folder


_folder = _kept()
os.environ |= {
    "JUPYTER_CONFIG_PATH": f"{ROOT}/etc/jupyter",  # without news and PyPI
    "JUPYTER_CONFIG_DIR": f"{_folder}/config",
    "JUPYTER_DATA_DIR": f"{_folder}/data",
    "IPYTHONDIR": f"{_folder}/ipython",
}
if _data := os.environ.get("ANNEX_DATA"):  # each kernel starts in the folder of its notebook
    os.environ["ANNEX_DATA"] = str(Path(_data).resolve())

from jupyter_server.auth.identity import PasswordIdentityProvider
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from jupyterlab.labapp import LabApp
from tornado.httputil import url_concat
from tornado.platform.asyncio import BaseAsyncIOLoop
from tornado.websocket import WebSocketClosedError
from traitlets import default
from traitlets.config import Config

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class SameUser(PasswordIdentityProvider):
    """Lets in whoever has the token, and every browser of the user who started the server.

    Without a token any user of the machine could run code as this one. With it, whoever opens
    http://localhost:8888/lab by hand would have to look it up. Linux tells which user made a
    connection within the machine; on other systems a browser needs the printed address once, and
    has a cookie from then on."""

    @default("token")
    def _token_default(self):
        token = super()._token_default()
        self.token_generated = False  # the server would print the address again, in six lines
        return token

    async def _get_user(self, handler):
        user = await super()._get_user(handler)
        if user is None and _made_by(handler.request.connection.stream.socket) == os.getuid():
            user = self.generate_anonymous_user(handler)
            self.set_login_cookie(handler, user)
        return user


SETTINGS = Config(
    # Else the address is one of thirty lines, and each notebook is "not trusted" when it is opened.
    Application={"log_level": "ERROR"},
    ServerApp={
        "root_dir": str(ROOT),
        "allow_root": True,  # in a container, root is often the only user
        "identity_provider_class": SameUser,
    },
    LabApp={
        # The tutorial, and beside it the folder of the project instead of the tutorial's own.
        "default_url": "/lab/tree/notebooks/tutorial/first_steps.ipynb?file-browser-path=/",
    },
    LanguageServerManager={"autodetect": False},  # none is in the set-up; npm would be asked
    # Otherwise each kernel warns that others may listen in, on this machine.
    KernelManager={"transport_encryption": "auto"},
)


class Server(ServerApp):
    """A server that prints its address in a line, and ends at Ctrl-C without a question."""

    def load_config_file(self, *args, **options):
        super().load_config_file(*args, **options)
        self.update_config(SETTINGS)

    def start_app(self):
        page = self.default_url.removeprefix(self.base_url)
        if self.file_to_run:
            page = url_path_join("lab", "tree", self._resolve_file_to_run_and_root_dir())
        token = {"token": self.identity_provider.token} if self.identity_provider.token else {}
        address = url_concat(url_path_join(self.connection_url, page), token)
        words = f"JupyterLab: {address}\nCtrl-C stops it."
        self.io_loop.add_callback(print, words, flush=True)  # once the server listens
        assert isinstance(self.io_loop, BaseAsyncIOLoop)  # the only loop that tornado has
        self.io_loop.asyncio_loop.set_exception_handler(_but_closed_tabs)
        super().start_app()

    def init_signal(self):
        super().init_signal()
        for each in SIGNALS:
            signal.signal(each, self._end)

    def _end(self, *_):
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        print("\nStopping JupyterLab and its kernels.", flush=True)
        self.stop(from_signal=True)


def _but_closed_tabs(loop, context: dict) -> None:
    """What asyncio tells of an error in the background. A tab that closes while the server writes
    to it is none."""
    if not isinstance(context.get("exception"), WebSocketClosedError):
        loop.default_exception_handler(context)


def _made_by(connection: socket.socket) -> int | None:
    """The id of the user whose process made a connection from this machine to itself; `None` if it
    comes from elsewhere, or the system is not Linux."""
    theirs, own = (_written(name) for name in (connection.getpeername(), connection.getsockname()))
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                _, here, there, state, _, _, _, user, *_ = line.split()
                if (here, there, state) == (theirs, own, "01"):  # established
                    return int(user)
    return None


def _written(name: tuple) -> str:
    """An address as /proc/net has it: each four bytes as a number of this machine, and the port."""
    host, port = name[:2]
    packed = socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
    fours = (packed[at : at + 4] for at in range(0, len(packed), 4))
    return "".join(f"{int.from_bytes(four, sys.byteorder):08X}" for four in fours) + f":{port:04X}"


if __name__ == "__main__":
    LabApp.serverapp_class = Server
    LabApp.launch_instance()
