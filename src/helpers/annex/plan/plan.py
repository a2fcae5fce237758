"""The plan of a build: which notebooks must run, and which have cached outputs of the same inputs.

Imports little, as `inputs` explains.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from pathlib import Path

from ...errors import AnnexError, NotebookError, Problem
from ...limits import CACHED_ENTRIES
from ..run import notebook_files, own_modules
from .cache import Cache
from .input_files import hashed, output, unchanged
from .inputs import Inputs

CACHE = Path(".cache") / "annex"


class InputsChanged(AnnexError):
    """Inputs changed during a build."""


class Plan:
    """The notebooks of one build, and which of them have cached outputs.

    root: folder of the project. data: folder of the tables. out: folder of the published annex.
    only: names of notebooks; empty for all. paper: also make a PDF in each language. cache: results
    of earlier builds. key: a digest of all inputs and options.

    Raises `NotebookError` if there are no notebooks, or if a name in `only` is unknown;
    `AnnexError` for files whose names can't be printed, and for modules in `src/` that notebooks
    can't import.
    """

    def __init__(
        self, root: Path, data: Path, out: Path, only: Sequence[str] = (), paper: bool = False,
        cache: Cache | None = None,
    ):  # fmt: skip
        self.root, self.data, self.out, self.paper = root, data, out, paper
        self.draft = bool(only)  # may lack translations
        self.cache = cache or Cache(None)
        self.paths = notebooks(root / "notebooks", only)
        self.inputs = Inputs(root, data, cache=self.cache)
        if problems := [*self.inputs.unnamed(self.paths), *own_modules.problems(root)]:
            raise AnnexError(problems)
        self.key = self._build_key(self.inputs)
        self._run_keys: dict[str, str] = {}
        self._looked: dict[str, tuple] = {}  # what `check_runs` has found unchanged

    def _build_key(self, inputs: Inputs) -> str:
        """The cache key of the published annex: a digest of all inputs and options."""
        out = inputs.name(str(self.out.absolute()))
        return inputs.everything(self.paths, [out, str(self.paper)])

    @functools.cached_property
    def _codes(self) -> dict[str, list[list] | None]:
        return {path.stem: notebook_files.code(path) for path in self.paths}

    def _run_key(self, path: Path) -> str:
        if path.stem not in self._run_keys:
            code = self._codes[path.stem]
            assert code is not None  # only a notebook that can be read has runs
            self._run_keys[path.stem] = self.inputs.notebook(path, code)
        return self._run_keys[path.stem]

    def _sources(self, name: str) -> list[str]:
        """The code cells of a notebook; none if it can't be read."""
        return [source for source, _ in self._codes[name] or []]

    @functools.cached_property
    def kept(self) -> dict[str, dict]:
        """Cached runs by notebook (`outputs`, `reads`, `seconds`), if its code, its helpers and the
        files that it read are unchanged since."""
        found = {}
        for path in self.paths:
            if self._codes[path.stem] is not None and self.cache.has(f"run-{path.stem}"):
                for reads in self._known_reads(path):
                    entry = self.inputs.unchanged(reads) and self.cache.get(*self._run(path, reads))
                    if entry:
                        found[path.stem] = {**entry, "reads": reads}
                        break
        return found

    def _known_reads(self, path: Path) -> list[dict[str, str]]:
        """Digests of the files that earlier runs of the same code read, latest run first."""
        known = self.cache.get(f"reads-{path.stem}", self._run_key(path)) or []
        return [self.inputs.here(reads) for reads in known]

    def _run(self, path: Path, reads: dict[str, str]) -> tuple[str, str]:
        """The name and key of a run in the cache."""
        read = sorted(self.inputs.named(reads).items())
        return f"run-{path.stem}", f"{self._run_key(path)} {read}"

    @property
    def waiting(self) -> list[Path]:
        """The notebooks that must run, the longest first: the last one sets the end."""
        rest = [path for path in self.paths if path.stem not in self.kept]
        return sorted(rest, key=lambda path: -self._seconds[path.stem])

    @functools.cached_property
    def _seconds(self) -> dict[str, float]:
        """About how long each notebook runs: as it last did, whatever has changed since; one that
        never ran as the others, for the length of its code."""
        lengths = {path.stem: sum(map(len, self._sources(path.stem))) for path in self.paths}
        known = self.cache.get("seconds", "") or {}
        measured = {name: known[name] for name in lengths if name in known}
        pace = sum(measured.values()) / (sum(lengths[name] for name in measured) or 1) or 1
        return {name: pace * length for name, length in lengths.items()} | measured

    @property
    def tables_file(self) -> Path | None:
        """The file in which builds with the same code keep what they make of the tables; `None` if
        nothing is kept."""
        code = self.inputs.named(self.inputs.code)
        return self.cache.file("tables", hashed([self.inputs.environment, code]))

    @property
    def done(self) -> bool:
        """Whether the published annex is up to date."""
        last = self.cache.get("annex", self.key)
        if not last or last["output"] != output(self.out):
            return False
        return self.inputs.unchanged(self.inputs.here(last["reads"]))

    def path(self, name: str) -> Path:
        """The file of a notebook."""
        return next(path for path in self.paths if path.stem == name)

    def under(self, name: str) -> tuple[set[str], set[str]]:
        """What a notebook depends on: the modules that it imports and the files that it read, as
        paths in a project. All helpers if its code can't be parsed; all tables if it has no
        cached run."""
        known = self._codes[name] is not None
        helpers = self.inputs.under(self._sources(name)) if known else self.inputs.code
        reads = self.kept[name]["reads"] if name in self.kept else self.inputs.tables
        return set(map(self.inputs.name, helpers)), set(map(self.inputs.name, reads))

    def cells(self, name: str) -> list[tuple[str, list]]:
        """The code cells of a notebook with their outputs in the cached run; empty without one."""
        path, run = self.path(name), self.kept.get(name)
        entry = run and self.cache.get(*self._run(path, run["reads"]))
        given = json.loads(entry["outputs"]) if entry else []
        return list(zip(self._sources(name), given, strict=True)) if given else []

    def ran(self, name: str, outputs: str, reads: dict[str, str], seconds: float) -> None:
        """Cache the run of a notebook, unless its inputs changed during the run or nothing lasts.

        outputs: of its code cells, as JSON. reads: digests of the files that it read, by path.
        """
        path, code = self.path(name), self._codes[name]
        if code is None or not self.cache.lasts:  # None: the file is no notebook any more
            return
        same = Inputs(self.root, self.data).environment == self.inputs.environment
        depends = self.inputs.under(self._sources(name)) | reads
        if same and notebook_files.code(path) == code and unchanged(depends):
            self.kept[name] = {"reads": reads, "seconds": seconds}
            each = [reads, *(known for known in self._known_reads(path) if known != reads)]
            known = [self.inputs.named(one) for one in each[:CACHED_ENTRIES]]
            self.cache.put(f"reads-{name}", self._run_key(path), known)
            self.cache.put(*self._run(path, reads), {"seconds": seconds, "outputs": outputs})
            took = self.cache.get("seconds", "") or {}
            self.cache.put("seconds", "", {**took, name: seconds})

    def check_unchanged(self) -> None:
        """Raise `InputsChanged` with the inputs that changed during the build: some pages would
        show the old content and others the new."""
        now = Inputs(self.root, self.data)
        if self._build_key(now) == self.key:
            return
        before, after = self.inputs.files, now.files
        changed = sorted(p for p in before | after if before.get(p) != after.get(p))
        if now.environment != self.inputs.environment:
            changed.append("the installed packages, or requirements.lock")
        places = changed or [str(self.root / "notebooks")]
        found, expected = "changed during the build", "files that stay the same until it ends"
        raise InputsChanged(Problem(place, found, expected, "Build again") for place in places)

    def check_runs(self) -> None:
        """Raise `InputsChanged` if the notebooks that run are no longer those on disk, or if tables
        or helpers changed: nobody waits for outputs of what was there before. Files are read only
        when one of them was written since the last look; `check_unchanged` reads them all."""
        if (stamps := self.inputs.stamps(self.paths)) == self._looked:
            return
        now = Inputs(self.root, self.data)
        other = any(notebook_files.code(p) != self._codes[p.stem] for p in self.waiting)
        if other or self.inputs.files != now.files:
            self.check_unchanged()
        self._looked = stamps

    def published(self, digest: str) -> None:
        """Record in the cache that the published annex was built from these inputs.

        digest: of the annex, from `publish`; the folder may by now have the annex of another build.
        """
        if len(self.kept) == len(self.paths):
            reads = {
                path: found for run in self.kept.values() for path, found in run["reads"].items()
            }
            entry = {"reads": self.inputs.named(reads), "output": digest}
            self.cache.put("annex", self.key, entry)


def numbered(folder: Path) -> list[Path]:
    """The notebooks that belong to the annex: those whose name begins with a digit, and last the
    short page, if there is one. All other files of the folder are free."""
    return sorted([*folder.glob("[0-9]*.ipynb"), *folder.glob(f"{notebook_files.BRIEF}.ipynb")])


def notebooks(folder: Path, only: Sequence[str]) -> list[Path]:
    """The notebooks in a folder, or those named in `only`.

    Raises `NotebookError` as `Plan` does, and for file names that can't be part of a URL.
    """
    only = [name.removesuffix(".ipynb") for name in only]
    known = {path.stem: path for path in numbered(folder)}
    if not known:
        remedy = "Let the name of each notebook begin with a number"
        expected = "files such as 01_theme.ipynb"
        raise NotebookError(Problem(str(folder), "no notebooks", expected, remedy))
    # A name becomes part of URLs, where other characters have a meaning.
    if odd := [path for name, path in known.items() if not re.fullmatch(r"[\w .,()-]+", name)]:
        fit = "a name of letters, digits, blanks and . , - _ ( )"
        raise NotebookError(Problem(repr(str(path)), "a name that no URL can hold", fit)
                            for path in odd)  # fmt: skip
    expected = "one of " + ", ".join(known)
    unknown = [name for name in only if name not in known]
    if unknown:
        raise NotebookError(Problem("--only", repr(name), expected) for name in unknown)
    return [known[name] for name in known if not only or name in only]
