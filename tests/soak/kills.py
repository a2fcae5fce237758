"""Kill builds at random moments and look at what they leave.

    python tests/soak/kills.py [--kills N] [--seed S]

A tiny project is built over and over with the real command, its data changed each time from A to B
or back, sometimes with a cache and sometimes without. Each build is killed at a random moment, the
whole process group or the main process alone. After each kill the annex must be A or B whole, no
process of the build may live, the next build must end well without a clean-up, and nothing of the
killed build may be left. Prints the figures in a line; exit code 1 unless all but the first are 0.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

import psutil

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "import sys; from helpers.annex.cli import main; sys.exit(main())"]
VALUE = (",17560000,", "17,56 miljoen")
OTHER = (",18760000,", "18,76 miljoen")
CODE = """from helpers import tables
from helpers.present import say
reported = tables.reported_numbers()
say(nl="{x:0} of {y:raw}", en="{x:0} or {y:raw}", x=reported["investment-02"], y=reported["ID"])
for role in ("through", "headline", "finding"):
    say(nl="{x:0}", en="{x:0}", x=reported["ID"], role=role)"""


class Target:
    """A tiny project in a folder, and its two annexes, A and B, as digests of their files.

    seconds: that a build takes when nothing is known yet.
    """

    def __init__(self, folder: Path):
        self.root, self.out = folder / "project", folder / "project" / "annex"
        self.temporary = folder / "t"  # short: the path of a socket has room for few characters
        self.temporary.mkdir()
        (self.root / "notebooks").mkdir(parents=True)
        shutil.copytree(ROOT / "data", self.root / "data")
        for name, id, own in (("01_a", "investment-01", ""), ("02_b", "budgets-02", " b")):
            path = self.root / "notebooks" / f"{name}.ipynb"
            path.write_text(json.dumps(_book(CODE.replace("ID", id), own)), encoding="utf-8")
        self.annexes = []
        for which in (0, 1):
            self.change(which)
            start = time.monotonic()
            if told := self.build():
                raise RuntimeError(told)
            self.seconds = time.monotonic() - start
            self.annexes.append(self.annex())
        if self.annexes[0] == self.annexes[1]:
            raise RuntimeError("the two annexes are the same: nothing would be seen")

    def change(self, which: int) -> None:
        """Make the data those of A (0) or B (1)."""
        table = self.root / "data" / "report" / "quantities.csv"
        text = table.read_text(encoding="utf-8")
        for old, new in zip(*((VALUE, OTHER) if which else (OTHER, VALUE)), strict=True):
            text = text.replace(old, new)
        table.write_text(text, encoding="utf-8")

    def start(self, *options: str) -> subprocess.Popen:
        """Begin a build, the head of a process group of its own."""
        paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        known = {"TMPDIR": str(self.temporary), "PYTHONPATH": paths}
        environment = {k: v for k, v in os.environ.items() if k != "ANNEX_DATA"} | known
        return subprocess.Popen(
            [*COMMAND, "build", *options], cwd=self.root, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def build(self, *options: str) -> str:
        """Build to the end; what went wrong, or nothing."""
        build = self.start(*options)
        _, errors = build.communicate(timeout=120)
        return f"exit {build.returncode}: {errors}" if build.returncode or errors else ""

    def annex(self) -> dict[str, str]:
        """Digests of the published files; none when there is no annex."""
        return {
            str(path.relative_to(self.out)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.out.rglob("*")
            if path.is_file()
        }

    def strays(self) -> list[str]:
        """What lies beside the annex and the build that it shows, or among temporary files."""
        shown = self.out.readlink().name if self.out.is_symlink() else ""
        beside = [path.name for path in self.root.iterdir() if path.name.startswith(".annex")]
        return [
            *(name for name in beside if name != shown),
            *(path.name for path in self.temporary.iterdir()),
        ]

    def orphans(self) -> list[psutil.Process]:
        """Processes that still work for this project some time after a kill. A fork server notices
        it when its imports are done, which takes long where other tests run too."""
        for _ in range(400):
            found = [process for process in psutil.process_iter() if self._ours(process)]
            if not found:
                break
            time.sleep(0.05)
        return found

    def _ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            return process.environ().get("TMPDIR") == str(self.temporary)
        except psutil.Error:
            return False


def kill(target: Target, after: float, alone: bool, options: list[str]) -> bool:
    """Kill a build after some seconds, the main process alone or its group; whether it was killed
    and had not ended by itself."""
    build = target.start(*options)
    try:
        build.wait(timeout=after)
        return False
    except subprocess.TimeoutExpired:
        if alone:
            build.kill()
        else:
            os.killpg(build.pid, signal.SIGKILL)
        return True
    finally:
        build.wait()
        build.stdout.close()
        build.stderr.close()


def campaign(folder: Path, kills: int, seed: int, each: int = 1, progress: bool = False) -> Counter:
    """Kill some builds; how many were killed, and how often something was not as it should be.

    each: after how many kills a build goes on to its end.
    """
    target, rng, found = Target(folder), Random(seed), Counter()
    for number in range(kills):
        # The data change before each build, so that a cache never makes it a build of nothing.
        target.change(which := 1 - number % 2)
        options = ["--no-cache"] if rng.random() < 0.5 else []
        if not options and rng.random() < 0.3:
            shutil.rmtree(target.root / ".cache", ignore_errors=True)
        longest = target.seconds * (1 if options else 0.4)  # what is known takes less
        ended = not kill(target, rng.uniform(0.05, longest), rng.random() < 0.5, options)
        found["kills"] += 1
        found["ended first"] += ended
        found["half-written"] += target.annex() not in target.annexes
        found["orphans"] += len(orphans := target.orphans())
        for process in orphans:
            process.kill()
        if (number + 1) % each:
            continue
        if told := target.build():
            found["failed builds"] += 1
            print(told, file=sys.stderr)
        found["wrong annexes"] += target.annex() != target.annexes[which]
        found["strays"] += len(left := target.strays())
        if left:
            print("left:", *left, file=sys.stderr)
        if progress and (number + 1) % 25 == 0:
            print(f"  {number + 1} of {kills}: {dict(found)}", file=sys.stderr, flush=True)
    return found


def _book(code: str, own: str) -> dict:
    def cell(kind: str, source: str, **metadata) -> dict:
        own = {"outputs": [], "execution_count": None} if kind == "code" else {}
        return {"cell_type": kind, "source": source, "metadata": metadata, **own}

    titles = [
        cell("markdown", f"# {t}{own}", tags=[g]) for t, g in (("Titel", "nl"), ("Title", "en"))
    ]
    return {
        "cells": [*titles, cell("code", code)], "nbformat": 4, "nbformat_minor": 4,
        "metadata": {"annex": {"nl": f"Titel{own}", "en": f"Title{own}"}},
    }  # fmt: skip


def main() -> int:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2020)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="k-") as folder:
        found = campaign(Path(folder), chosen.kills, chosen.seed, progress=True)
    names = ("half-written", "orphans", "failed builds", "wrong annexes", "strays")
    told = ", ".join(f"{name} {found[name]}" for name in ("kills", *names))
    print(f"{told} ({found['ended first']} had ended before their kill)")
    return 1 if any(found[name] for name in names) else 0


if __name__ == "__main__":
    sys.exit(main())
