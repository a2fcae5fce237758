"""A running JupyterLab, with settings of its own, and its page in Chromium."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

_SETTINGS = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
_NO_NEWS = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
# An error stops a run: the cells below it get no number.
_ALL_RAN = """() => {
  const cells = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
  return cells.every(cell => /\\d/.test(cell.textContent)) ||
    document.querySelector('[data-mime-type="application/vnd.jupyter.error"]');
}"""


@contextlib.contextmanager
def running(root: Path, own: Path, *options: str) -> Iterator[str]:
    """JupyterLab on the folder `root`, at the address that the block gets. own: an empty folder for
    its settings, so that those of the user neither matter nor change."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = own / "settings" / _SETTINGS
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(_NO_NEWS), encoding="utf-8")
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    places = {name: str(own / name.lower()) for name in names}
    places |= {f"JUPYTERLAB_{name.upper()}_DIR": str(own / name)
               for name in ("settings", "workspaces")}  # fmt: skip
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
               "--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
               f"--ServerApp.root_dir={root}", *options]  # fmt: skip
    server = subprocess.Popen(
        command, env=os.environ | places, cwd=root, stderr=subprocess.PIPE, text=True
    )
    assert server.stderr is not None
    try:
        said = []
        for line in server.stderr:
            said.append(line)
            if f"http://127.0.0.1:{port}/" in line:
                break
        else:
            raise AssertionError("".join(said))
        rest = threading.Thread(target=server.stderr.read, daemon=True)
        rest.start()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()  # its kernels end with it
        server.wait(30)
        rest.join(30)
        server.stderr.close()


class Lab:
    """A notebook open in JupyterLab. outside: addresses asked for that are not this machine's.
    noise: errors that the page logged."""

    def __init__(self, browser, address: str, notebook: str):
        self.page = browser.new_page(viewport={"width": 1400, "height": 1000})
        self.outside: list[str] = []
        self.noise: list[str] = []
        self.page.on("request", lambda request: self._requested(request.url, address))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        # What is run before the kernel answers is lost; before it starts it is called idle.
        with self.page.expect_websocket(lambda socket: "/api/kernels/" in socket.url) as opened:
            self.page.goto(f"{address}/lab/tree/{notebook}?reset")
        opened.value.wait_for_event("framereceived", lambda frame: "idle" in str(frame))
        self.page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()

    def _requested(self, url: str, address: str) -> None:
        known = (address, address.replace("http", "ws"), "data:", "blob:")
        if not url.startswith(known):
            self.outside.append(url)

    def run_all(self) -> None:
        """Run all cells, by the menu, and wait until the last one, or one that fails, has ended."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_function(_ALL_RAN, timeout=60_000)

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, *_) -> None:
        self.page.close()
