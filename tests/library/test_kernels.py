"""Warm kernels: the same outputs as ordinary ones, and nothing of another notebook or build."""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from conftest import EXAMPLE, notebook
from helpers.annex.build import build
from helpers.annex.pages.body import Body
from helpers.annex.plan.plan import Plan
from helpers.annex.run import execute, notebook_files
from helpers.annex.run.kernels import parent
from helpers.annex.run.kernels.parent import _no_main_module
from variations import fonts

pytestmark = pytest.mark.skipif(not parent.WARM, reason="no fork on this machine")


def run(folder, jobs=1, **notebooks):
    """The outputs of notebooks that ran in a folder, and what each read, by name."""
    found, reads = {}, {}
    for name, book in notebooks.items():
        nbformat.write(book, folder / f"{name}.ipynb")
    paths = {name: folder / f"{name}.ipynb" for name in notebooks}
    with execute.running(paths, folder, EXAMPLE / "data", jobs) as ran:
        for each in ran:
            found[each.name] = json.loads(notebook_files.outputs(each.book))
            reads[each.name] = each.reads
    return found, reads


def said(outputs) -> list[str]:
    return [output["text"] for cell in outputs for output in cell if "text" in output]


FEATURES = notebook(
    "import os\nprint('one'); print('two')\n_ = os.write(1, b'three\\n')",
    "!echo in a terminal",
    "%sx echo caught",
    "!!echo caught",
    "%%bash\necho script",
    "from IPython.display import display, update_display\n"
    "display('first', display_id='x')\nupdate_display('second', display_id='x')",
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\n_ = axes.plot([1, 3])\n"
    "display({'image/png': plt.rcParams['backend']}, raw=True)\nfigure",
    "%matplotlib inline\nplt.plot([1, 2])\nplt.show()",
    "import pandas as pd\npd.DataFrame({'a': [1, None]})",
    "import locale, __main__\nlocale.getlocale(), __name__",
    "__main__.__dict__ is globals()",
    "from helpers import language\nlanguage.number(1234.5)",
)


def test_warm_and_ordinary_kernels_say_the_same(tmp_path, monkeypatch):
    """Streams, displays, pictures and tables are the same from a warm and an ordinary kernel."""
    warm, _ = run(tmp_path, a=FEATURES)
    monkeypatch.setattr(parent, "WARM", False)
    ordinary, _ = run(tmp_path, a=FEATURES)
    assert warm == ordinary
    assert said(warm["a"][:2]) == ["one\ntwo\nthree\n", "in a terminal\n"]
    assert warm["a"][7][0]["data"]["image/png"].startswith("iVBOR")


LOOK = """
import numpy, random, uuid
print(numpy.random.random(), random.random())
print(numpy.random.default_rng().random(), numpy.random.default_rng(None).random())
print(random.Random().random(), numpy.random.RandomState().rand())
random.seed()
numpy.random.seed()
print(random.random(), numpy.random.random())
print(uuid.uuid4(), random.SystemRandom().random())
"""


def test_random_numbers_that_nobody_seeded_repeat(tmp_path, monkeypatch):
    """They are the same in every kernel, warm or ordinary, from a generator that Python or numpy
    shares and from one that is made without a seed; what must be unique still is."""
    found, _ = run(tmp_path, a=notebook(LOOK), b=notebook(LOOK))
    monkeypatch.setattr(parent, "WARM", False)
    found |= run(tmp_path, c=notebook(LOOK))[0]
    lines = [said(outputs)[0].splitlines() for outputs in found.values()]
    # The first numbers of numpy's and Python's own generators for the seed 0, and of generators
    # whose seeds are drawn from Python's for the seed 0, 128 bits each.
    assert {tuple(line[:2]) for line in lines} == {
        ("0.5488135039273248 0.8444218515250481", "0.47610760042345146 0.9705270516557434")
    }
    assert len({tuple(line[2:4]) for line in lines}) == 1
    assert len({line[4] for line in lines}) == 3


WORKERS = """
import multiprocessing, random
import numpy as np
def draw(_):
    return random.Random().random(), np.random.default_rng().random()
with multiprocessing.get_context("fork").Pool(1) as one, \\
        multiprocessing.get_context("fork").Pool(1) as other:
    first, second = one.map(draw, [0])[0], other.map(draw, [0])[0]
print(first[0] != second[0], first[1] != second[1])
"""


def test_workers_of_a_notebook_do_not_draw_the_same(tmp_path):
    """Generators without a seed in two processes that a notebook forks are no copies."""
    assert said(run(tmp_path, a=notebook(WORKERS))[0]["a"]) == ["True True\n"]


ORDER = """
import os, subprocess, sys
for n in range(3):
    print(n)
    os.system(f"echo program {n}")
    os.write(1, b"descriptor\\n")
subprocess.run(["echo", "handed on"], stdout=sys.stdout)
display("shown")
_ = os.write(1, "caf\\u00e9".encode()[:4])
_ = os.write(1, "caf\\u00e9".encode()[4:])
"""


@pytest.mark.parametrize("warm", [True, False])
def test_what_programs_write_is_an_output_in_its_place(tmp_path, monkeypatch, warm):
    """Text of a child process or of a file descriptor comes before what Python writes after it, to
    the last byte, and a character that comes in two parts is one."""
    monkeypatch.setattr(parent, "WARM", warm)
    before, shown, after = run(tmp_path, a=notebook(ORDER))[0]["a"][0]
    rounds = "".join(f"{n}\nprogram {n}\ndescriptor\n" for n in range(3))
    assert before["text"] == f"{rounds}handed on\n"
    assert shown["data"] == {"text/plain": "'shown'"}
    assert after["text"] == "caf\u00e9"


LAST = """
import os, sys
sys.stdout._drain_lock.acquire()  # the thread that takes what is written waits for this one
os.write(1, b"last");
"""


def test_the_last_that_is_written_belongs_to_its_cell(tmp_path):
    """A cell does not end before it has been taken, however busy the machine is."""
    assert said(run(tmp_path, a=notebook(LAST))[0]["a"]) == ["last"]


STRAY = """
import atexit, os, sys, threading
os.system("echo program")
os.write(1, b"descriptor\\n")
atexit.register(os.write, 1, b"at exit\\n")
print("original", file=sys.__stdout__, flush=True)
threading.Thread(target=lambda: [os.write(1, b"x") for _ in iter(int, 1)], daemon=True).start()
"""


@pytest.mark.parametrize("warm", [True, False])
def test_nothing_of_a_kernel_comes_to_the_output_of_the_command(tmp_path, warm):
    """What the command prints is for machines (`--json`): neither a program, a thread that goes on,
    nor an end of a kernel writes into it."""
    nbformat.write(notebook(STRAY), tmp_path / "a.ipynb")
    code = (
        "import sys\nfrom pathlib import Path\nfrom helpers.annex.run import execute\n"
        "from helpers.annex.run.kernels import parent\nfrom helpers.errors import NotebookError\n"
        f"parent.WARM = {warm}\nhere, data = map(Path, sys.argv[1:])\n"
        "paths = {'a': here / 'a.ipynb'}\ntry:\n"
        "    with execute.running(paths, here, data, 1) as ran:\n        list(ran)\n"
        "except NotebookError:\n    pass\nprint('{}')"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(EXAMPLE / "data")]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, "{}\n"), ran.stderr


def test_what_a_kernel_writes_before_it_is_one_is_no_output_of_the_command(tmp_path):
    """It goes where the command's errors go."""
    code = (
        "import os\nfrom helpers.annex.run.kernels import child\n"
        "from ipykernel.kernelapp import IPKernelApp\n"
        "IPKernelApp.start = lambda self: None\n"
        "child.load_matplotlib = lambda: os.write(1, b'early\\n')\n"
        f"child.main([{str(tmp_path / 'reads')!r}, '-f', {str(tmp_path / 'kernel.json')!r}])"
    )
    own = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=own)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "early\n" in ran.stderr


PICTURES = [
    "sns.regplot(x=x, y=x, ci=None);",
    "plt.plot(x)\nplt.show(); plt.close()",
    "figure, axes = plt.subplots()\nfigure",
    "sns.lmplot(pd.DataFrame({'a': x, 'b': x}), x='a', y='b', ci=None);",
    "figure, axes = plt.subplots()\ndisplay(figure)\nplt.close(figure)",
    "pd.DataFrame({'a': x}).plot()",
    "plt.subplots()[0].show()",
    "%matplotlib inline\nplt.plot(x)\nplt.show()",
    "from matplotlib.figure import Figure\nfigure = Figure()\nfigure.add_subplot()\nfigure",
]
NO_PICTURES = [
    "figure = plt.figure()\nplt.close(figure)",
    "sns.regplot(x=x, y=x, ci=None)\nplt.close('all')",
    "%%capture\nplt.plot(x)",
]
START = "import matplotlib.pyplot as plt\nimport pandas as pd\nimport seaborn as sns\nx = [1, 2, 3]"


@pytest.mark.parametrize("warm", [True, False])
def test_a_picture_that_jupyterlab_shows_is_refused(tmp_path, monkeypatch, warm):
    """However it is drawn and shown, by its cell and with the way out; a figure that is closed in
    its cell is shown nowhere and refused nowhere."""
    monkeypatch.setattr(parent, "WARM", warm)
    nbformat.write(notebook(START, *PICTURES, *NO_PICTURES), tmp_path / "a.ipynb")
    paths = {"a": tmp_path / "a.ipynb"}
    with execute.running(paths, tmp_path, EXAMPLE / "data", 1) as ran:
        [made] = [Body(each.name, "en", each.book) for each in ran]
    told = [str(problem) for problem in made.problems]
    cells = dict.fromkeys(line.split(":")[0] for line in told)
    assert list(cells) == [f"notebooks/a.ipynb, cell [{n + 2}]" for n in range(len(PICTURES))]
    assert all("image/png" in line and "plt.close()" in line for line in told)


LEAVE = """
import matplotlib, pandas, os, locale, helpers.language
matplotlib.rcParams['font.size'] = 77
pandas.set_option('display.max_rows', 3)
os.environ['LEFT'] = 'behind'
helpers.language.text = None
helpers.language('nl')
import json; json.left = 'behind'
left = 1
os.chdir('/')
"""
FIND = """
import matplotlib, pandas, os, pathlib, json
from helpers import language
print(matplotlib.rcParams['font.size'], pandas.get_option('display.max_rows'))
print('LEFT' in os.environ, language.text is None, language.current(), hasattr(json, 'left'))
print('left' in globals(), pathlib.Path(os.getcwd()).name)
"""


def test_no_notebook_sees_another(tmp_path):
    """Variables, settings, environment, folder and changed modules end with their notebook."""
    found, _ = run(tmp_path, a=notebook(LEAVE), b=notebook(FIND))
    assert "".join(said(found["b"])) == f"10.0 60\nFalse False en False\nFalse {tmp_path.name}\n"


LETTERS = """
from pathlib import Path
from matplotlib import font_manager, pyplot
print(Path(font_manager.findfont("DejaVu Sans")).name, pyplot.style.library["ggplot"]["font.size"])
print(*{Path(font.fname).parent.name for font in font_manager.fontManager.ttflist})
"""


@pytest.mark.parametrize("warm", [True, False])
def test_no_font_or_style_of_the_user_is_used(tmp_path, monkeypatch, warm):
    """Not one that a list in the home names, nor one of the machine: only matplotlib's own."""
    own = {**fonts(), ".config/matplotlib/stylelib/ggplot.mplstyle": "font.size: 31"}
    for name, text in own.items():
        (tmp_path / "home" / name).parent.mkdir(parents=True)
        (tmp_path / "home" / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(parent, "WARM", warm)
    found, _ = run(tmp_path, a=notebook(LETTERS))
    assert "".join(said(found["a"])) == "DejaVuSans.ttf 10.0\nttf\n"


def test_matplotlib_looks_for_no_fonts_of_the_machine(tmp_path, monkeypatch):
    """That takes seconds where there are many; an empty list in the form it knows spares it."""
    code = (
        "import matplotlib, os, sys\nlooked = []\n"
        "sys.addaudithook(lambda event, given: event == 'subprocess.Popen' and looked.append(1))\n"
        "from helpers.annex.run.kernels import environment\nenvironment.load_matplotlib()\n"
        "print(len(looked))"
    )
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "new"))
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "0\n"


CONFIG = "c.InteractiveShell.ast_node_interactivity = 'all'\n"


@pytest.mark.parametrize("kind", ["ENV_CONFIG_DIRS", "SYSTEM_CONFIG_DIRS"])
def test_no_settings_of_the_machine_are_used(tmp_path, kind):
    """Neither a configuration of IPython nor a start-up file for everybody reaches a kernel."""
    machine = tmp_path / "etc" / "ipython"
    (machine / "startup").mkdir(parents=True)
    (machine / "startup" / "00.py").write_text("import builtins; builtins.MINE = 1\n")
    (machine / "ipython_config.py").write_text(CONFIG)
    (machine / "ipython_kernel_config.py").write_text(CONFIG)
    code = (
        f"import IPython.core.application as known; known.{kind}.append({str(machine)!r})\n"
        "from helpers.annex.run.kernels import child\n"
        "from ipykernel.kernelapp import IPKernelApp\n"
        "IPKernelApp.start = lambda self: None\n"
        f"child.main([{str(tmp_path / 'reads')!r}, '-f', {str(tmp_path / 'kernel.json')!r}])\n"
        "import builtins, pathlib\nshell = IPKernelApp.instance().shell\n"
        f"found = pathlib.Path({str(tmp_path / 'found')!r})\n"  # a kernel has no standard output
        "found.write_text(f\"{hasattr(builtins, 'MINE')} {shell.ast_node_interactivity}\")"
    )
    own = {"IPYTHONDIR": str(tmp_path / "ipython"), "MPLCONFIGDIR": str(tmp_path / "m")}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **own}
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "found").read_text() == "False last_expr"


def state_of_parent(pipe) -> None:
    """In a fork: what the parent has loaded and runs."""
    import zmq

    from helpers.annex.run.kernels import preload
    from helpers.claims import Ledger

    del Ledger._row  # verdicts that the parent has are not worked out again
    status = Path(f"/proc/{os.getppid()}/status").read_text()
    threads = next(line.split()[1] for line in status.splitlines() if line.startswith("Threads"))
    pipe.send(
        {
            "complete": preload.COMPLETE,
            "threads": threads,
            "context": zmq.Context._instance is not None,
            "inline": "matplotlib_inline.backend_inline" in sys.modules,
            "loaded": "pandas" in sys.modules and "helpers.charts.lines" in sys.modules,
            "researchers'": {"openpyxl", "scipy", "seaborn", "statsmodels"} & {*sys.modules},
            "claims": len(Ledger().findings()),
        }
    )


def test_the_parent_is_safe_to_fork():
    """The parent has loaded what builds need and not what researchers use, has worked the claims
    out, runs one thread, has no sockets and no inline backend."""
    assert parent.warm_up(EXAMPLE / "data")
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=state_of_parent, args=(theirs,))
    with _no_main_module():
        process.start()
    assert ours.poll(60)
    assert ours.recv() == {
        "complete": True, "threads": "1", "context": False, "inline": False, "loaded": True,
        "researchers'": set(), "claims": 2,
    }  # fmt: skip
    process.join()


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("x = 1", True), ("print('loud')", False), ("1 / 0", False), ("(", False),
        ("open('/etc/hostname').close()", False),
    ],
)  # fmt: skip
def test_a_helper_that_fails_speaks_or_reads_is_left_to_the_kernels(tmp_path, module, expected):
    """A helper that can't be loaded in silence, or reads what a kernel might find to be something
    else, is loaded by each kernel that imports it."""
    (tmp_path / "own.py").write_text(module)
    code = (
        "import sys\nfrom helpers.annex.run.kernels import preload\n"
        "assert 'helpers.charts' in sys.modules\nok = preload.load([], ['own'])\n"
        "sys.stdout.write(f\"{ok} {'helpers.charts' in sys.modules} {'pandas' in sys.modules}\")"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert ran.stdout == f"{expected} {expected} True"


def test_a_dead_parent_is_no_end(tmp_path, monkeypatch):
    """Where the parent of warm kernels is gone, ordinary ones do the same."""
    monkeypatch.setattr(multiprocessing.context.ForkServerProcess, "start", _gone)
    found, _ = run(tmp_path, a=notebook("print('there')"))
    assert said(found["a"]) == ["there\n"]


def _gone(process):
    raise ConnectionRefusedError


def test_kernels_end_with_a_killed_build(project):
    """A build that is killed leaves no process behind."""
    root = project(_01_a=notebook("open('begun', 'w').close()\nimport time; time.sleep(60)"))
    build = subprocess.Popen([Path(sys.executable).with_name("annex"), "build"])
    while not (root / "notebooks" / "begun").exists():
        time.sleep(0.05)
    started = psutil.Process(build.pid).children(recursive=True)
    build.send_signal(signal.SIGKILL)
    build.wait()
    gone, alive = psutil.wait_procs(started, timeout=10)
    assert len(gone) == len(started) >= 2
    assert alive == []


def places(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files of this test alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_living_build_is_not_swept(temporary):
    """What a running process made stays; once it is killed, it goes."""
    code = (
        "import time\nfrom helpers.annex.run.kernels import parent\n"
        "with parent.temporary_folder():\n    print('there', flush=True)\n    time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    with other.stdout:
        assert other.stdout.readline() == b"there\n"
        found = places(temporary)
        parent.sweep()
        assert places(temporary) == found == [found[0]]
        other.kill()
        other.wait()
    parent.sweep()
    assert places(temporary) == []


@pytest.mark.parametrize("owner", ["²", "9" * 23, "me", ""])
def test_a_folder_named_after_no_process_stays(temporary, owner):
    """A folder that someone else named so is left alone, and stops no build."""
    (temporary / f"{parent.PREFIX}{owner}-x").mkdir()
    parent.sweep()
    assert len(places(temporary)) == 1


def test_a_parent_that_loads_ends_before_its_folder_goes():
    """A build that ends while its parent still loads leaves no folder: the parent would write into
    it while it is removed."""
    code = (
        "import shutil\nfrom multiprocessing import forkserver\nfrom pathlib import Path\n"
        "import psutil\nfrom helpers.annex.run.kernels import parent\n"
        "parent.warm_up(Path())\nserver = forkserver._forkserver._forkserver_pid\n"
        "remove = shutil.rmtree\n"
        "shutil.rmtree = lambda place, **how: (\n"
        "    print(psutil.pid_exists(server)), remove(place, **how))"
    )
    with tempfile.TemporaryDirectory() as place:  # a socket's path has room for few characters
        ran = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "TMPDIR": place},
            capture_output=True, text=True,
        )  # fmt: skip
        assert (ran.stdout, ran.stderr) == ("False\n", "")
        assert list(Path(place).iterdir()) == []


def test_a_build_names_every_place_of_its_own(project, tmp_path, temporary, monkeypatch):
    """Each folder of a running build, of its kernels, its parent and pages, is swept once it is
    killed."""
    project(_01_a=notebook("print('words')"))
    found = []

    def look(name, seconds):
        before = places(temporary)
        parent.sweep()
        found.extend([before, places(temporary)])
        with monkeypatch.context() as killed:
            killed.setattr(parent, "_is_running", lambda process: process != os.getpid())
            killed.setattr(shutil, "rmtree", lambda place, **_: found.append(place.name))
            parent.sweep()

    build(Plan(tmp_path / "project", EXAMPLE / "data", tmp_path / "annex"), report=look)
    before, after, *swept = found
    assert sorted(swept) == [name for name in before if name.startswith(parent.PREFIX)]
    # The folder of the kernels may be gone when the build hears of the last notebook.
    assert len([name for name in before if name.startswith(parent.PREFIX)]) in (2, 3)
    assert before == after


def test_what_a_link_leads_to_is_not_swept(temporary):
    """Only a folder is removed."""
    (temporary / "kept" / "own").mkdir(parents=True)
    (temporary / "annex-kernel-999999999-y").symlink_to(temporary / "kept")
    parent.sweep()
    assert places(temporary) == ["annex-kernel-999999999-y", "kept"]
    assert places(temporary / "kept") == ["own"]


def test_what_a_notebook_reads_is_recorded(tmp_path):
    """Tables, other files and folders that a notebook opens are recorded; what it writes is not."""
    (tmp_path / "own.csv").write_text("a\n1\n")
    code = (
        "import pandas as pd\nfrom pathlib import Path\nfrom helpers import tables\n"
        "pd.read_csv('own.csv')\ntables.load('hedges')\nPath('new.txt').write_text('x')\n"
        "_ = list(Path('.').iterdir())\n"
        "try:\n    open('absent.csv')\nexcept OSError:\n    pass"
    )
    _, reads = run(tmp_path, a=notebook(code))
    own = {str(Path(path).relative_to(tmp_path)): found for path, found in reads["a"].items()
           if path.startswith(str(tmp_path))}  # fmt: skip
    assert set(own) == {"own.csv", ".", "absent.csv"}
    assert own["absent.csv"] == "missing"
    known = "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc"
    assert own["own.csv"] == known
    data = {Path(path).name for path in reads["a"] if path.startswith(str(EXAMPLE / "data"))}
    assert data == {"datapackage.json", "hedges.csv"}


def test_what_threads_read_is_recorded(tmp_path):
    """Of files that are read at the same time none is missed."""
    code = (
        "from concurrent.futures import ThreadPoolExecutor\nfrom pathlib import Path\n"
        "names = [f'{n}.txt' for n in range(8)]\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    sizes = list(pool.map(lambda name: len(Path(name).read_bytes()), names))"
    )
    for n in range(8):
        (tmp_path / f"{n}.txt").write_bytes(b"x" * 3_000_000)
    _, reads = run(tmp_path, a=notebook(code))
    assert {f"{n}.txt" for n in range(8)} <= {Path(path).name for path in reads["a"]}


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("import subprocess\n_ = subprocess.run(['true'])", "subprocess.Popen"),
        ("import os\n_ = os.system('true')", "os.system"),
        ("!true", "os.forkpty"),
        ("import sqlite3\nsqlite3.connect(':memory:').close()", "sqlite3.connect"),
        ("import socket\ns = socket.socket()\ntry:\n    s.connect(('127.0.0.1', 1))\n"
         "except OSError:\n    pass\ns.close()", "socket.connect"),
    ],
)  # fmt: skip
def test_what_can_not_be_recorded_is_never_found_unchanged(tmp_path, code, seen):
    """A notebook that asks another process or the network runs in every build."""
    from helpers.annex.plan.input_files import unchanged

    _, reads = run(tmp_path, a=notebook(code))
    assert seen in reads["a"]
    assert not unchanged(reads["a"])
