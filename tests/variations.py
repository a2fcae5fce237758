"""Builds of one project under circumstances that must not matter, by the real command."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
ANNEX = Path(sys.executable).with_name("annex")

# Run by every Python that starts, the build's and the kernels'; it leaves a line as a witness.
WITNESS = "open({witness!r}, 'a').write('started\\n')\n"
LATER = """
import ctypes, datetime, gc, time

SHIFT = {days} * 86400 + 7 * 3600
clock, clock_ns, local, universal = time.time, time.time_ns, time.localtime, time.gmtime
time.time = lambda: clock() + SHIFT
time.time_ns = lambda: clock_ns() + SHIFT * 10**9
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: universal(time.time() if seconds is None else seconds)


def now(cls, tz=None):
    return cls.fromtimestamp(time.time(), tz)


# The types are written in C and are in use there: only what they answer may be another.
for kind, answers in (
    (datetime.date, {{"today": lambda cls: cls.fromtimestamp(time.time())}}),
    (datetime.datetime, {{"now": now, "today": now, "utcnow": now}}),
):
    for name, answer in answers.items():
        gc.get_referents(kind.__dict__)[0][name] = classmethod(answer)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))
"""
NO_FORK = """
import multiprocessing
multiprocessing.get_all_start_methods = lambda: ["spawn"]
"""

# What a stranger's home may hold: each would change a page, or end the build, if it were used.
HOME = {
    ".config/matplotlib/matplotlibrc": "font.size: 31\ntimezone: Asia/Tokyo\ntext.usetex: True\n",
    ".ipython/profile_default/startup/00.py": "import builtins; builtins.sorted = None\n",
    ".ipython/profile_default/ipython_kernel_config.py": "raise SystemExit('hostile')\n",
    ".ipython/profile_default/ipython_config.py": "raise SystemExit('hostile')\n",
    ".jupyter/jupyter_config.py": "raise SystemExit('hostile')\n",
    ".jupyter/jupyter_nbconvert_config.py": "raise SystemExit('hostile')\n",
    ".local/share/jupyter/kernels/python3/kernel.json": '{"argv": ["false"]}\n',
    ".local/lib/python{v.major}.{v.minor}/site-packages/pandas.py": "raise SystemExit('hostile')\n",
    "startup.py": "import builtins; builtins.sorted = None\n",
}
# What may lie in the folder where somebody happens to be. The module is one that seaborn imports,
# and says nothing: a warm parent that fails is replaced by ordinary kernels.
FOLDER = {
    "matplotlibrc": HOME[".config/matplotlib/matplotlibrc"],
    "colorsys.py": "import builtins; builtins.MINE = 'hostile'\n",
    "ipython_kernel_config.py": "raise SystemExit('hostile')\n",
}


@dataclass(frozen=True)
class Variation:
    """How a build differs: variables by name, `{place}` for its own folder; files in that folder;
    options of the command; where it is called, with which umask, and by whom; code that every
    Python of it runs first."""

    variables: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[str] = ("--jobs", "2")
    folder: str = "project"
    backwards: bool = False
    umask: int = 0o022
    user: str | None = None
    hook: str = ""


def home(name: str = "home") -> dict[str, str]:
    """The variables of somebody else's home."""
    base = f"{{place}}/{name}"
    return {
        "HOME": base, "XDG_CONFIG_HOME": f"{base}/.config", "XDG_DATA_HOME": f"{base}/.local/share",
        "XDG_CACHE_HOME": f"{base}/.cache", "XDG_STATE_HOME": f"{base}/.state",
        "IPYTHONDIR": f"{base}/.ipython", "JUPYTER_CONFIG_DIR": f"{base}/.jupyter",
        "MATPLOTLIBRC": f"{base}/.config/matplotlib/matplotlibrc", "MPLBACKEND": "pdf",
        "PYTHONSTARTUP": f"{base}/startup.py", "ANNEX_LANGUAGE": "nl", "MINE": "hostile",
    }  # fmt: skip


def fonts() -> dict[str, str]:
    """A list of fonts as matplotlib keeps it in a home, in which one stands for another."""
    from matplotlib import font_manager

    known = json.dumps(font_manager.fontManager, cls=font_manager._JSONEncoder)
    assert "DejaVuSans.ttf" in known
    name = f"fontlist-v{font_manager.FontManager.__version__}.json"
    return {f".cache/matplotlib/{name}": known.replace("DejaVuSans.ttf", "DejaVuSansMono.ttf")}


def hostile(files: Mapping[str, str], name: str) -> dict[str, str]:
    """Files of a hostile folder under a name."""
    return {f"{name}/{path.format(v=sys.version_info)}": text for path, text in files.items()}


def variations(seed: int = 1) -> dict[str, Variation]:
    """All of them by name; `seed` moves the hash seed, the day and the number of threads."""
    threads = {f"{name}_NUM_THREADS": str(1 + seed % 7) for name in ("OMP", "OPENBLAS", "MKL")}
    zone = {"TZ": "Pacific/Kiritimati" if seed % 2 else "America/St_Johns", "LC_ALL": _locale()}
    return {
        "time zone, locale, hash seed": Variation({**zone, "PYTHONHASHSEED": str(seed)}),
        "threads, one notebook at a time": Variation(threads, options=("--jobs", "1")),
        "a stranger's home": Variation(home(), hostile(HOME | fonts(), "home")),
        "another folder and path": Variation(
            files=hostile(FOLDER, "een map 广东"), options=("--project", "{project}"),
            folder="een map 广东", backwards=True, umask=0o077,
        ),
        "another day": Variation(hook=LATER.format(days=97 * seed)),
        "ordinary kernels": Variation(hook=NO_FORK),
    }  # fmt: skip


def _locale() -> str:
    """A locale that is not the plain one: Dutch, Turkish or German where the machine has it."""
    if shutil.which("locale") is None:
        return "C"
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()
    return next((name for name in known if name[:5] in ("nl_NL", "tr_TR", "de_DE")), "C")


def build(fill: Callable[[Path, bool], None], place: Path, how: Variation) -> dict[str, list[str]]:
    """Build in the new folder `place`: digest and mode of every file of the annex, by its path.

    fill: makes the project in a folder, its files in an order or (True) the other way around.

    Raises AssertionError with what the command said when it fails.
    """
    project = place / ("project" if how.folder == "project" else "mijn project 省")
    fill(project, how.backwards)
    for name, text in how.files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    places = {"place": str(place), "project": str(project)}
    command = _hooked(place, how.hook) if how.hook else [ANNEX]
    ran = subprocess.run(
        [*command, "build", "--no-cache", *(option.format(**places) for option in how.options)],
        cwd=place / how.folder,
        env=_surroundings() | {k: v.format(**places) for k, v in how.variables.items()},
        user=how.user, umask=how.umask, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr or f"ended with {ran.returncode}"
    assert not how.hook or (place / "witness").stat().st_size > 10
    return contents(project / "annex")


def _hooked(place: Path, code: str) -> list[str | Path]:
    """The command from an environment of its own, with the packages of this one, in which every
    Python runs some code first: a start-up file from anywhere else would not be run."""
    root = place / "environment"
    venv.create(root, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(root), "platbase": str(root)}))
    witness = WITNESS.format(witness=str(place / "witness"))
    (packages / "sitecustomize.py").write_text(witness + code, encoding="utf-8")
    others = sorted({sysconfig.get_path(kind) for kind in ("purelib", "platlib")})
    others.append(str(ROOT / "src"))
    (packages / "others.pth").write_text("\n".join(others), encoding="utf-8")
    for path in (path for other in others for path in Path(other).glob("*.dist-info")):
        (packages / path.name).symlink_to(path)  # the manifest names their versions
    own = sysconfig.get_path("scripts", vars={"base": str(root)})
    return [Path(own, "python"), shutil.copy(ANNEX, own)]


def _surroundings() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "ANNEX", "LC_"))}


def contents(annex: Path) -> dict[str, list[str]]:
    """Digest and mode of every file and folder of an annex."""
    whole, found = annex.resolve(), {}
    for path in sorted(whole.rglob("*")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        found[str(path.relative_to(whole))] = [digest, oct(path.stat().st_mode & 0o777)]
    return found


def differing(one: Mapping, other: Mapping) -> list[str]:
    """The files that are not the same in two builds, or only in one."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
