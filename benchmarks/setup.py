"""How long does a set-up take with uv, compared with pip alone?

Run: .venv/bin/python benchmarks/setup.py [--pairs 3] [--part cold|warm]

Both install requirements.lock in a temporary copy of the project: `.ci/install`, which installs uv
first, and pip alone. Cold: without caches. Warm: with the caches of pip and uv, filled by a set-up
of each that is not measured. Two builds follow each set-up, as pip compiles bytecode at once, and
uv leaves that to the first import.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
COLD = {"PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}


def copy(place: Path) -> Path:
    """Copy the files that a set-up and a build need to `place`."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("src", "data", "notebooks", ".ci"):
        shutil.copytree(ROOT / name, place / name, ignore=ignored)
    for name in ("requirements.lock", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, place)
    return place


def run(place: Path, environment: dict[str, str], *command: str) -> float:
    """Run a command in the project and return its seconds; exit if it or uv failed."""
    start = time.perf_counter()
    ran = subprocess.run(
        command, cwd=place, env=os.environ | environment, capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    if ran.returncode:
        raise SystemExit(f"{command}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    if "pip installs requirements.lock" in ran.stderr:
        raise SystemExit(f"pip installed instead of uv: {ran.stderr[-2000:]}")
    return seconds


def pip(place: Path, environment: dict[str, str]) -> float:
    """A set-up by pip alone."""
    shutil.rmtree(place / ".venv", ignore_errors=True)
    install = ".venv/bin/python", "-m", "pip", "install", "--quiet"
    seconds = run(place, environment, sys.executable, "-m", "venv", ".venv")
    seconds += run(place, environment, *install, "--require-hashes", "-r", "requirements.lock")
    own = "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."
    return seconds + run(place, environment, *install, *own)


def uv(place: Path, environment: dict[str, str]) -> float:
    """The set-up as `make` does it."""
    return run(place, environment, ".ci/install", sys.executable)


def builds(place: Path) -> tuple[float, float]:
    """Seconds of the first build in an environment and of the second, without a cache."""
    first, again = (run(place, {}, ".venv/bin/annex", "build", "--no-cache") for _ in range(2))
    return first, again


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=3, help="set-ups of each kind (default: 3)")
    parser.add_argument("--part", choices=["cold", "warm"], help="run this part only")
    chosen = parser.parse_args()
    cores = f"{len(os.sched_getaffinity(0))} cores, {platform.machine()}, {platform.system()}"
    print(f"{cores}, Python {platform.python_version()}; {chosen.pairs} pairs\n")
    print("| ours : other | s | s | ratio | goal |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        place = copy(Path(folder))
        for part in [chosen.part] if chosen.part else ["cold", "warm"]:
            environment = COLD if part == "cold" else {}
            if part == "warm":
                uv(place, environment), pip(place, environment)
            found: dict[str, list[tuple[float, float]]] = {}
            for _ in range(chosen.pairs):
                ours, (first, again) = uv(place, environment), builds(place)
                theirs, (compiled, _) = pip(place, environment), builds(place)
                found.setdefault(f"set-up, {part} : pip | ≤ 0.5", []).append((ours, theirs))
                found.setdefault("its first build : pip's |", []).append((first, compiled))
                found.setdefault("its first build : its second |", []).append((first, again))
            for name, pairs in found.items():
                what, goal = name.split("|")
                ratio = statistics.median(a / b for a, b in pairs)
                a, b = (statistics.median(side) for side in zip(*pairs, strict=True))
                print(f"| {what.strip()} | {a:.1f} | {b:.1f} | {ratio:.2f} | {goal.strip()} |")


if __name__ == "__main__":
    main()
