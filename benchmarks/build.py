"""How fast is a build, compared with other tools that make less, and how much memory does it need?

Run: .venv/bin/python benchmarks/build.py [--pairs 5] [--peers DIR] [--before CHECKOUT]

Every goal is a ratio within one run: the commands of a pair run alternately (A B A B ...), as whole
processes, and the median of the ratios is printed with the medians of the times. The project is a
copy in a temporary folder. DIR is an environment with jupyter-book 1 and papermill:

    python3 -m venv DIR && DIR/bin/pip install --require-hashes -r benchmarks/peers.lock

With CHECKOUT, another state of this repository with an environment of its own (`git worktree add
CHECKOUT COMMIT`, `make -C CHECKOUT .venv/ready`), only builds of both are compared; those without a
cache alone with `--part whole`.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
HERE = Path(sys.executable).parent
Step = Callable[[], float]  # runs a command once and returns its seconds


class Project:
    """A copy of a checkout with its own helpers. books: number of notebooks, which are copies of
    four of them under other names; `None` for those of the project."""

    def __init__(self, place: Path, books: int | None = None, checkout: Path = ROOT):
        self.place = place
        # The kernels' parent imports the helpers that are installed, which are the same ones.
        self.python = checkout / ".venv" / "bin" / "python" if checkout != ROOT else sys.executable
        for name in ("data", "src"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(checkout / name, place / name, ignore=ignored)
        shutil.copy(checkout / "requirements.lock", place)
        (place / "notebooks").mkdir()
        real = sorted((checkout / "notebooks").glob("[0-9]*.ipynb"))
        chosen = real if books is None else itertools.islice(itertools.cycle(real[1:5]), books)
        for number, path in enumerate(chosen):
            name = path.name if books is None else f"{number:03d}_{path.stem[3:]}.ipynb"
            shutil.copy(path, place / "notebooks" / name)
            if books is not None:
                _retitle(place / "notebooks" / name, number)
        self._edits = itertools.count()
        self._kernel()

    def _kernel(self) -> None:
        """Add a kernel of this environment, for peers, which run in another one."""
        folder = self.place / "jupyter" / "kernels" / "python3"
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": command, "display_name": "Python 3", "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")

    def run(self, *command: str | Path) -> float:
        """Run a command in the project and return its seconds; exit if it fails. Afterwards
        `printed` is what it wrote, and `processor` its seconds on all cores."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONPATH": str(self.place / "src")}
        environment |= {"JUPYTER_PATH": str(self.place / "jupyter")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else each run compiles all modules
        start = time.perf_counter()
        ran = subprocess.run(
            list(map(str, command)), cwd=self.place, env=environment, capture_output=True, text=True
        )
        seconds = time.perf_counter() - start
        if ran.returncode:
            raise SystemExit(f"{command}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        self.printed = ran.stdout + ran.stderr
        return seconds

    def annex(self, *arguments: str) -> float:
        # Not the program `annex`, which ignores PYTHONPATH and so the helpers of this copy.
        return self.run(self.python, "-m", "helpers.annex.cli", *arguments)

    def cold(self) -> float:
        """A build without a cache."""
        shutil.rmtree(self.place / ".cache", ignore_errors=True)
        return self.annex("build")

    def again(self) -> float:
        """A build that finds nothing changed since the last one."""
        return self.annex("build")

    def nbconvert(self) -> float:
        """nbconvert on all notebooks: one language, no register, counts or checks."""
        return self.run(
            HERE / "jupyter", "nbconvert", "--execute", "--to", "html", "--output-dir", "html",
            *sorted((self.place / "notebooks").glob("*.ipynb")),
        )  # fmt: skip

    def floor(self) -> float:
        return self.run(sys.executable, ROOT / "benchmarks" / "floor.py", self.place)

    def edit(self, path: str, old: str, comment: str) -> None:
        """Insert a comment that no earlier build has seen after `old`, or at the end of a file."""
        file = self.place / path
        text = (ROOT / path).read_text(encoding="utf-8")
        new = comment.format(next(self._edits))
        if old and old not in text:
            raise SystemExit(f"{path}: no {old!r} to change")
        text = text.replace(old, old + new, 1) if old else text + new
        file.write_text(text, encoding="utf-8")

    def edit_notebook(self) -> None:
        """Change the first code cell of a notebook."""
        path = self.place / "notebooks" / "04_province_budgets.ipynb"
        book = json.loads(path.read_text(encoding="utf-8"))
        cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
        lines = "".join(cell["source"]).split("\n# edit")[0]
        cell["source"] = f"{lines}\n# edit {next(self._edits)}"
        path.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")


def _retitle(path: Path, number: int) -> None:
    """Give a copy of a notebook unique titles and short names, without digits."""
    own = " " + "".join("abcdefghij"[int(digit)] for digit in str(number))
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"][:2]:
        title, *rest = "".join(cell["source"]).split("\n")
        cell["source"] = "\n".join([title[:50] + own, *rest])  # a title has two lines at most
    names = book["metadata"]["annex"]
    book["metadata"]["annex"] = {lang: short + own for lang, short in names.items()}
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")


def pairs(number: int, ours: Step, theirs: Step) -> tuple[float, float, float]:
    """Medians of both times, and of the ratios pair by pair."""
    times = [(ours(), theirs()) for _ in range(number)]
    ratios = [one / other for one, other in times]
    return (*map(statistics.median, zip(*times, strict=True)), statistics.median(ratios))


@contextlib.contextmanager
def peak() -> Iterator[list[float]]:
    """The peak memory of this process's children together, in MB; shared pages count once (PSS)."""
    most, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            total = 0
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    total += process.memory_full_info().pss
            most[0] = max(most[0], total / 1e6)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


def row(what: str, ours: float, theirs: float, ratio: float, goal: str) -> None:
    print(f"| {what} | {ours:.2f} | {theirs:.2f} | {ratio:.2f} | {goal} |", flush=True)


def both(project: Project, step: Step, seen: list[float]) -> Step:
    """The step, which also adds its seconds of processor time to `seen`."""

    def run() -> float:
        seconds = step()
        seen.append(project.processor)
        return seconds

    return run


def against(what: str, number: int, ours: tuple, theirs: tuple, goal: str) -> None:
    """A row with the seconds of two steps, and one with their processor time. ours, theirs: a
    project and its step."""
    used: tuple[list[float], list[float]] = [], []
    steps = [both(*each, seen) for each, seen in zip((ours, theirs), used, strict=True)]
    row(what, *pairs(number, *steps), goal)
    ratios = [one / other for one, other in zip(*used, strict=True)]
    row(f"{what}, processor", *map(statistics.median, used), statistics.median(ratios), "")


def whole(project: Project, number: int, peers: Path | None) -> None:
    """A build without a cache, compared with nbconvert, papermill and the floor."""
    cold = project, project.cold
    against("cold build : nbconvert", number, cold, (project, project.nbconvert), "≤ 0.25")
    against("cold build : floor", number, cold, (project, project.floor), "≤ 1.5")
    if peers:
        theirs = lambda: papermill(project, peers)  # noqa: E731
        row("cold build : papermill + nbconvert", *pairs(number, project.cold, theirs), "")


def before(project: Project, number: int, checkout: Path, parts: Iterable[str]) -> None:
    """Builds compared with those of another state of the repository."""
    with tempfile.TemporaryDirectory() as place:
        other = Project(Path(place), checkout=checkout)
        for part, title, step in (
            ("whole", "cold build : before", lambda each: each.cold),
            ("changed", "one notebook changed : before", lambda e: changes(e, e.edit_notebook)),
            ("again", "nothing changed : before", lambda each: each.again),
        ):
            if part in parts:
                ours, theirs = ((each, step(each)) for each in (project, other))
                for _, build in (ours, theirs):
                    build()  # compiles the modules, and fills the cache
                against(title, number, ours, theirs, "")


def memory(project: Project) -> None:
    """The peak memory of a build without a cache, its kernels and their parent included."""
    with peak() as most:
        project.cold()
    row("memory of a build in MB : 1000", most[0], 1000, most[0] / 1000, "≤ 1")


def again(project: Project, number: int) -> None:
    """Commands that should respond at once, compared with `python -c pass`."""
    bare = lambda: project.run(sys.executable, "-c", "pass")  # noqa: E731
    project.annex("build")
    for what, goal in (("build", "≤ 0.1 s"), ("--help", "≤ 0.2 s"), ("check", "≤ 1 s")):
        title = "nothing changed" if what == "build" else f"annex {what}"
        row(title, *pairs(number, lambda what=what: project.annex(what), bare), goal)


EDITS = {
    "one table changed": ("data/statistics/local_ties.csv", "Formal friendship relation", " {}"),
    "one helper changed": ("src/helpers/claims/ledger.py", "", "# {}\n"),
    "the template changed": ("src/helpers/annex/pages/template/annex/style.css", "", "/* {} */\n"),
    "a translation changed": ("src/helpers/annex/pages/labels.py", "", "# {}\n"),
}


def changes(project: Project, change: Callable[..., None], *arguments: str) -> Step:
    """A build after a change."""

    def step() -> float:
        change(*arguments)
        return project.annex("build")

    return step


def changed(project: Project, number: int, peers: Path | None) -> None:
    """Builds after one change, compared with a cold build; a notebook also with jupyter-book."""
    project.annex("build")
    for what, edit in EDITS.items():
        step = changes(project, project.edit, *edit)
        row(f"{what} : cold build", *pairs(number, step, project.cold), "")
    notebook = changes(project, project.edit_notebook)
    row("one notebook changed : cold build", *pairs(number, notebook, project.cold), "")
    if peers:
        book = jupyter_book(project, peers)

        def theirs() -> float:
            project.edit_notebook()
            return book()

        row("one notebook changed : jupyter-book 1", *pairs(number, notebook, theirs), "≤ 0.5")


def jupyter_book(project: Project, peers: Path) -> Step:
    """A build by jupyter-book 1 with its own cache of runs, in kernels of this environment."""
    folder = project.place / "notebooks"
    parts = [f"- file: {path.stem}" for path in sorted(folder.glob("*.ipynb"))]
    contents = "\n".join(["format: jb-book", f"root: {parts[0][8:]}", "chapters:", *parts[1:]])
    (folder / "_toc.yml").write_text(contents, encoding="utf-8")
    settings = "title: Annex\nexecute:\n  execute_notebooks: cache\n  timeout: 300\n"
    (folder / "_config.yml").write_text(settings, encoding="utf-8")
    build = lambda: project.run(peers / "bin" / "jupyter-book", "build", "notebooks")  # noqa: E731
    build()
    return build


def papermill(project: Project, peers: Path) -> float:
    """Run each notebook with papermill, then convert all to HTML."""
    seconds = 0.0
    for path in sorted((project.place / "notebooks").glob("*.ipynb")):
        ran = project.place / "ran" / path.name
        ran.parent.mkdir(exist_ok=True)
        seconds += project.run(
            peers / "bin" / "papermill", "--cwd", "notebooks", "-k", "python3", path, ran
        )
    pages = sorted((project.place / "ran").glob("*.ipynb"))
    return seconds + project.run(HERE / "jupyter", "nbconvert", "--to", "html", *pages)


def many(number: int) -> None:
    """Time of 100 notebooks against 4, and memory against 8."""
    seconds, memory = {}, {}
    for books in (4, 8, 100):
        with tempfile.TemporaryDirectory() as place:
            project = Project(Path(place), books)
            with peak() as most:
                times = [project.cold() for _ in range(1 if books == 100 else number)]
            seconds[books], memory[books] = statistics.median(times), most[0]
    row("100 notebooks : 4", seconds[100], seconds[4], seconds[100] / seconds[4], "≤ 30")
    row("memory in MB, 100 : 8", memory[100], memory[8], memory[100] / memory[8], "≤ 1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5, help="runs of each command (default: 5)")
    parser.add_argument("--peers", type=Path, help="environment with jupyter-book 1 and papermill")
    parser.add_argument("--before", type=Path, help="another state of the repository")
    parser.add_argument("--part", choices=["whole", "again", "changed", "memory", "many"])
    chosen = parser.parse_args()
    tools = ("nbconvert", "nbclient", "ipykernel", "matplotlib", "pandas")
    versions = ", ".join(f"{name} {version(name)}" for name in tools)
    cores = f"{len(os.sched_getaffinity(0))} cores, {platform.machine()}, {platform.system()}"
    print(f"{cores}, Python {platform.python_version()}, {versions}; {chosen.pairs} pairs\n")
    print("| ours : other | s | s | ratio | goal |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        project = Project(Path(place))
        parts = {
            "whole": lambda: whole(project, chosen.pairs, chosen.peers),
            "again": lambda: again(project, chosen.pairs),
            "changed": lambda: changed(project, chosen.pairs, chosen.peers),
            "memory": lambda: memory(project),
            "many": lambda: many(chosen.pairs),
        }
        names = [chosen.part] if chosen.part else [*parts]
        if chosen.before:
            before(project, chosen.pairs, chosen.before.resolve(), names)
        for name in () if chosen.before else names:
            parts[name]()


if __name__ == "__main__":
    main()
