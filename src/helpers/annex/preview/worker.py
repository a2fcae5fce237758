"""The process of a preview that builds. It keeps libraries, tables and rendered pages loaded, and
ends when what it has loaded is no longer what is on disk; the preview then starts another.

Run with its options as JSON; reads a line for each build that is asked for, and writes lines of
JSON: `ran` for a notebook; `shown`, the files that changed, before the register is made and the
rules are checked; then `built` or `problems`.
"""

from __future__ import annotations

import gc
import hashlib
import json
import queue
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import Problem, mendable
from ...limits import CHANGED_BUILDS
from ...locales import read_languages, set_languages
from ..run.own_process import begin

if TYPE_CHECKING:
    from ..plan.inputs import Inputs

HELPERS = Path(__file__).parents[2]
RENEW = 75  # exit code of a process whose code is not that on disk any more


def main(options: dict) -> int:
    """Build whenever asked, until the standard input ends. Returns the exit code."""
    asked: queue.SimpleQueue[str] = queue.SimpleQueue()
    tell = begin(asked.put)
    try:
        return _serve(options, asked, tell)
    except KeyboardInterrupt:
        return 0
    except BaseException as error:  # a fault of the helpers: mended, they are loaded by another
        tell(problems=[str(problem) for problem in mendable(error) or [_fault(error)]])
        return 1


def _serve(options: dict, asked: queue.SimpleQueue[str], tell) -> int:
    from ..plan.inputs import Inputs

    root, data = Path(options["root"]), Path(options["data"])
    set_languages(read_languages(data))
    loaded = _code(Inputs(root, data))  # first: what changes from now on is noticed
    from ..run.kernels import parent

    parent.warm_up(data)  # it imports libraries while this process does too
    from ...errors import AnnexError
    from ..build import make
    from ..pages.spool import Spool
    from ..plan.cache import Cache
    from ..plan.plan import CACHE, InputsChanged, Plan

    gc.freeze()  # modules stay to the end, so the garbage collector need not scan them
    cache, pages = Cache(root / CACHE), _Folder(Path(options["folder"]))
    last: str = ""
    answer: dict[str, object] = {}
    tries = 0
    with Spool() as spool:
        while asked.get():
            start = time.monotonic()
            warnings: list[Problem] = []
            try:
                plan = Plan(root, data, pages.place, options["only"], cache=cache)
                if _code(plan.inputs) != loaded:
                    return RENEW
                if plan.waiting:
                    parent.warm_up(data)
                elif plan.key == last:  # saved as it was, or in two steps
                    tell(**answer)
                    continue
                last = ""  # `early` shows pages of a build that may fail
                spool.forget()
                files = make(
                    plan,
                    spool,
                    report=lambda name, seconds: tell(ran=name, seconds=seconds),
                    warn=warnings.append,
                    early=lambda files: tell(shown=pages.write(files)),
                )
            except InputsChanged as error:
                tries += 1
                if tries % CHANGED_BUILDS:
                    asked.put("again")
                else:  # by a notebook, as nobody saves that often
                    tell(problems=list(map(str, error.problems)))
                continue
            except AnnexError as error:
                tell(problems=list(map(str, error.problems)))
            else:
                spool.sure()
                tries, last, changed = 0, plan.key, pages.write(files, whole=True)
                answer = {"built": [], "warnings": list(map(str, warnings)), "seconds": 0}
                tell(**answer | {"built": changed, "seconds": time.monotonic() - start})
    return 0


def _code(inputs: Inputs) -> tuple:
    """What this process and its kernels have loaded: not the templates, which are read again."""
    annex = str(HELPERS / "annex")
    read_again = lambda path: path.startswith(annex) and not path.endswith(".py")  # noqa: E731
    loaded = {path: found for path, found in inputs.code.items() if not read_again(path)}
    return loaded, inputs.environment, read_languages(inputs.data)


class _Folder:
    """The folder that the preview serves, in which only files that change are written. It may have
    those of an earlier process."""

    def __init__(self, place: Path):
        self.place = place
        self._digests = {
            path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).digest()
            for path in place.rglob("*")
            if path.is_file()
        }

    def write(self, files: Mapping[str, str | bytes | Path], whole: bool = False) -> list[str]:
        """Write files, each in one step; returns the paths of those that changed, or went.
        files: content, or a file with it, by path in the annex. whole: remove all others."""
        changed = []
        for name, content in files.items():
            content = content.read_bytes() if isinstance(content, Path) else content
            content = content.encode() if isinstance(content, str) else content
            digest = hashlib.sha256(content).digest()
            if self._digests.get(name) != digest:
                path = self.place / name
                path.parent.mkdir(parents=True, exist_ok=True)
                draft = path.with_name(f"{path.name}.new")
                draft.write_bytes(content)
                draft.replace(path)
                self._digests[name] = digest
                changed.append(name)
        for name in set(self._digests) - set(files) if whole else ():
            (self.place / name).unlink()
            del self._digests[name]
            changed.append(name)
        return changed


def _fault(error: BaseException) -> Problem:
    """An error of the helpers, or of a library, as a problem at the last line of the helpers."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if each.filename.startswith(str(HELPERS))] or frames
    place = f"{own[-1].filename}, line {own[-1].lineno}"
    return Problem(place, f"{type(error).__name__}: {error}", "code that runs")


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
