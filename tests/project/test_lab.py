"""`make lab` in a copy of the project: what it prints, who may enter, what it leaves behind, and
the tutorial in a browser."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
import psutil
import pytest
import websocket

from conftest import ROOT

TUTORIAL = "notebooks/tutorial/first_steps.ipynb"
SECONDS = 60  # until a process of this test has started or ended
# Another user, who may read all files, as Python may be installed in the home of root.
AS_NOBODY = [
    "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups",
    "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
]  # fmt: skip
# Python imports this in the server and in each kernel: it writes down whom they connect to.
LISTENER = """import os, sys
told = os.environ["CONNECTIONS"]
open(told, "a").write(f"started {os.getpid()}\\n")
def listen(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple) or event == "socket.getaddrinfo":
        host = args[1][0] if event == "socket.connect" else args[0]
        if host not in (None, "", "localhost", "127.0.0.1", "::1"):
            open(told, "a").write(f"{event} {host}\\n")
sys.addaudithook(listen)
"""


@contextlib.contextmanager
def copied():
    """A folder that every user may enter, with a copy of the project, an empty home, and the
    listener."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        for name in ("data", "etc", "notebooks", "src"):
            shutil.copytree(ROOT / name, place / "project" / name)
        shutil.copy(ROOT / "Makefile", place / "project")
        (place / "bin").mkdir()
        # make itself would refuse a Python that only the capability of `AS_NOBODY` lets it read.
        (place / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        (place / "bin" / "python").chmod(0o755)
        (place / "home").mkdir()
        (place / "listener").mkdir()
        (place / "listener" / "sitecustomize.py").write_text(LISTENER)
        yield place


@pytest.fixture
def place():
    """Such a folder for one test."""
    with copied() as place:
        yield place


class Lab:
    """JupyterLab as `make lab` starts it, until its address is printed."""

    def __init__(self, place: Path, *before: str, options: str = "--port=0", **variables: str):
        self.root = place / "project"
        self.connections = place / "home" / "connections"
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        own = {"HOME": str(place / "home"), "PYTHONPATH": str(place / "listener")}
        command = ["make", "--assume-old=.venv/ready", f"BIN={place / 'bin'}", "lab"]
        self.process = subprocess.Popen(
            [*before, *command, f"LAB_ARGS=--no-browser {options}"],
            cwd=self.root,
            env={**kept, **own, "CONNECTIONS": str(self.connections), **variables},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        self.printed = []
        while not (self.printed and self.printed[-1].startswith("Ctrl-C")):
            line = self.process.stdout.readline()
            if not line:
                self.__exit__()
                pytest.fail(f"make lab printed {self.printed}")
            self.printed.append(line.rstrip())
        self.address = self.printed[-2].removeprefix("JupyterLab: ")
        self.server = re.match(r"http://localhost:\d+/", self.address)[0]
        self.token = re.search("token=(.*)", self.address)[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def asked(self, message: str, content: dict) -> websocket.WebSocket:
        """A connection to a new kernel, started by the interface without the token, that has been
        asked this."""
        jar = urllib.request.HTTPCookieProcessor()
        self.browser = urllib.request.build_opener(jar)
        self.browser.open(f"{self.server}lab").close()
        [xsrf] = [cookie.value for cookie in jar.cookiejar if cookie.name == "_xsrf"]
        asked = urllib.request.Request(f"{self.server}api/kernels", b"{}", {"X-XSRFToken": xsrf})
        started = json.load(self.browser.open(asked))["id"]
        channels = f"ws{self.server.removeprefix('http')}api/kernels/{started}/channels"
        header = {"msg_id": "last", "msg_type": message, "username": "", "session": ""}
        ask = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        connection = websocket.create_connection(channels, SECONDS)
        connection.send(json.dumps({**ask, "channel": "shell"}))
        return connection

    def kernel(self) -> psutil.Process:
        """Start a kernel and wait until it answers."""
        # Until it is idle: a kernel that is ended while it answers writes a traceback.
        with contextlib.closing(self.asked("kernel_info_request", {})) as answers:
            state, asked = "", ""
            while (state, asked) != ("idle", "last"):
                told = json.loads(answers.recv())
                state = told["content"].get("execution_state", "")
                asked = told["parent_header"].get("msg_id", "")
        processes = psutil.Process(self.process.pid).children(recursive=True)
        [kernel] = [each for each in processes if "ipykernel_launcher" in each.cmdline()]
        return kernel

    def interrupted(self) -> str:
        """What it prints when Ctrl-C is pressed, which reaches all processes of the terminal; after
        that none is left."""
        processes = psutil.Process(self.process.pid).children(recursive=True)
        os.killpg(self.process.pid, signal.SIGINT)
        rest = self.process.communicate(timeout=SECONDS)[0]
        assert psutil.wait_procs(processes, timeout=SECONDS)[1] == []
        return rest


def status(address: str, *before: str) -> str:
    """The status and the address that a browser of a user ends at."""
    ask = (
        "import sys, urllib.request, urllib.error\n"
        "try: found = urllib.request.urlopen(sys.argv[1])\n"
        "except urllib.error.HTTPError as error: found = error\n"
        "print(found.status, found.url)"
    )
    command = [*before, sys.executable, "-I", "-c", ask, address]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def is_left(folder: Path) -> list[str]:
    """All files and folders in a folder, by name."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def nobody():
    """What stands before a command to run it as another user than root, who can read what the tests
    need."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root can start a program as another user, by setpriv")
    tried = subprocess.run([*AS_NOBODY, "env", sys.executable, "-c", ""], capture_output=True)
    if tried.returncode != 0:
        pytest.skip(f"no program starts as another user: {tried.stderr.decode().strip()}")
    return AS_NOBODY


def given(folder: Path) -> None:
    """Make the user `nobody` the owner of a folder with all that is in it."""
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody")


def test_it_prints_an_address_and_ends_at_once(place):
    """Two lines at the start, one at the end; the address leads to the tutorial with the project
    beside it, and no kernel, no file in the user's home and no message of make remains."""
    with Lab(place) as lab:
        assert lab.printed == [
            f"JupyterLab: {lab.server}lab/tree/{TUTORIAL}?file-browser-path=%2F&token={lab.token}",
            "Ctrl-C stops it.",
        ]
        kernel = lab.kernel()
        assert lab.interrupted() == "\nStopping JupyterLab and its kernels.\n"
        assert not kernel.is_running()
        assert is_left(place / "home") == ["connections"]


def test_a_tab_that_closes_while_a_cell_prints(place):
    """The server has something to write to it, and tells the terminal of no error."""
    with Lab(place) as lab:
        code = {"code": "for each in range(2_000): print(each, flush=True)", "silent": False}
        tab = lab.asked("execute_request", code)
        while "stream" not in tab.recv():
            pass
        at_once = struct.pack("ii", 1, 0)  # without a word, as a browser that is killed
        tab.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        tab.sock.close()
        while (
            json.load(lab.browser.open(f"{lab.server}api/kernels"))[0]["execution_state"] != "idle"
        ):
            time.sleep(0.1)
        assert lab.interrupted() == "\nStopping JupyterLab and its kernels.\n"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_closed_terminal_leaves_no_kernel(place, name):
    """Nor does a shutdown of the machine."""
    with Lab(place) as lab:
        kernel = lab.kernel()
        kernel.parent().send_signal(signal.Signals[name])
        rest = lab.process.communicate(timeout=SECONDS)[0]
        assert (rest, lab.process.returncode) == ("\nStopping JupyterLab and its kernels.\n", 0)
        assert psutil.wait_procs([kernel], timeout=SECONDS)[1] == []


@pytest.fixture(scope="module")
def lab():
    """One for several tests: its port is taken, ANNEX_DATA is relative to the project, and the user
    has a configuration that stops any Jupyter."""
    with copied() as place, socket.create_server(("127.0.0.1", 0)) as taken:
        own = place / "home" / ".jupyter"
        own.mkdir()
        for name in ("jupyter_config.py", "jupyter_server_config.py", "jupyter_lab_config.py"):
            (own / name).write_text("import os; os._exit(7)")
        port = taken.getsockname()[1]
        with Lab(place, options=f"--port={port}", ANNEX_DATA="../other") as started:
            started.taken = f"http://localhost:{port}/"
            yield started


def test_whoever_started_it_needs_no_token(lab):
    """An address typed by hand leads in, whichever of the machine's own names it has."""
    tutorial = f"lab/tree/{TUTORIAL}?file-browser-path=/"
    assert status(lab.server).rstrip("&") == f"200 {lab.server}{tutorial}"
    by_number = lab.server.replace("localhost", "127.0.0.1")
    for server in (lab.server, by_number):
        for page in ("lab", "api/contents"):
            assert status(f"{server}{page}") == f"200 {server}{page}"


def test_another_user_needs_the_token(lab, nobody):
    """Whoever else works on the machine is asked for it, and gets nothing without."""
    assert status(f"{lab.server}lab", *nobody) == f"200 {lab.server}login?next=%2Flab"
    assert status(f"{lab.server}api/contents", *nobody).startswith("403")
    known = f"{lab.server}api/contents?token={lab.token}"
    assert status(known, *nobody) == f"200 {known}"


def test_a_taken_port_gives_the_next(lab):
    """Its number stands in the address."""
    assert lab.server != lab.taken
    assert status(f"{lab.server}lab").startswith("200")


def test_settings_of_the_user_change_nothing(lab):
    """Those in the home are not read, and none is written there."""
    own = lab.root.parent / "home" / ".jupyter"
    assert is_left(own) == [
        "jupyter_config.py", "jupyter_lab_config.py", "jupyter_server_config.py",
    ]  # fmt: skip


def test_other_data_are_found_from_every_folder(lab):
    """A relative ANNEX_DATA is seen from the folder in which make ran, not from each notebook's."""
    assert lab.kernel().environ()["ANNEX_DATA"] == str(lab.root.parent.resolve() / "other")


def test_a_notebook_may_be_named(place):
    """In the options, instead of the tutorial."""
    with Lab(place, options="--port=0 notebooks/explorations.ipynb") as lab:
        assert lab.address.startswith(f"{lab.server}lab/tree/notebooks/explorations.ipynb?token=")


def test_a_project_of_another_user_can_be_read(place, nobody):
    """Where the user may not write, a line says that settings are not kept."""
    given(place / "home")
    with Lab(place, *nobody) as lab:
        kept = lab.root / ".cache" / "jupyter"
        assert lab.printed[0] == f"{kept}: Permission denied, so settings and layout are not kept."
        assert status(lab.address).startswith("200")
        lab.interrupted()


def run_all(tab) -> None:
    """Run all cells, and wait until the last one has its number."""
    tab.get_by_text("| Idle").wait_for()
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_text("Run All Cells", exact=True).click()
    tab.wait_for_function(
        """() => {
            const cells = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
            return cells.length && /\\d/.test(cells.at(-1).textContent);
        }""",
        timeout=SECONDS * 1000,
    )
    tab.keyboard.press("Control+s")
    tab.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("user", ["same", "other"])
def test_the_tutorial_in_a_browser(place, chromium, request, user):
    """Beside it stands the whole project; all cells run to the end without an error, a question or
    a request beyond the machine; as root and as another user."""
    before = [] if user == "same" else request.getfixturevalue("nobody")
    if before:
        given(place)
    with Lab(place, *before) as lab:
        context = chromium.new_context()
        tab, outside = context.new_page(), []
        tab.on("request", lambda asked: outside.append(asked.url))
        tab.goto(lab.address if before else lab.server)
        listed = tab.locator(".jp-DirListing-itemText")
        listed.first.wait_for()
        assert listed.all_inner_texts() == ["data", "etc", "notebooks", "src", "Makefile"]
        run_all(tab)
        assert tab.locator(".jp-Dialog, .Toastify__toast").count() == 0
        assert tab.get_by_role("tab", name="Extension Manager").count() == 0  # it would ask PyPI
        inside = re.compile(rf"{lab.server}|data:|blob:{lab.server}")
        assert [url for url in outside if not inside.match(url)] == []
        context.close()
        assert lab.interrupted() == "\nStopping JupyterLab and its kernels.\n"
        told = lab.connections.read_text().splitlines()
        assert len(told) >= 2  # the server and its kernel
        assert [line for line in told if not line.startswith("started")] == []
    cells = nbformat.read(lab.root / TUTORIAL, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [*range(1, len(code) + 1)]
    kinds = {output.output_type for cell in code for output in cell.outputs}
    assert kinds == {"display_data", "execute_result"}
