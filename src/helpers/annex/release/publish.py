"""Put a finished annex in its place in one step. Until then the previous one stays.

The published folder is a link to a build beside it: replacing a link is atomic, so a reader, or
a power cut, sees the old annex or the new one and nothing between.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import AnnexError, Problem, visible
from ..plan.inputs import output

try:
    import fcntl
except ImportError:  # Windows has no flock: there, two builds at once are the user's care
    fcntl = None


def publish(files: Mapping[str, str | bytes | Path], out: Path) -> str:
    """Write `files` and let `out` show them, all or nothing; the digest of what was written, as
    `inputs.output` gives it of a folder, whatever another build publishes there a moment later.

    files: content, or a file that has it, by its path inside the annex.

    Raises `AnnexError` when `out` is something else than an earlier annex or nothing, or
    when writing fails; then `out` is as it was.
    """
    out = out.parent.resolve() / out.name
    if (out.exists() or out.is_symlink()) and not _is_ours(out):
        found, remedy = "a file or folder that no build made", "Name another place with --out"
        raise AnnexError(Problem(str(out), found, "an annex, or nothing", remedy))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(out.parent):
            return _swap(files, out)
    except OSError as error:
        found, remedy = f"{error.strerror or error}", "Make room, or name another place: --out"
        expected = "a folder that can be written to"
        raise AnnexError(Problem(str(out), found, expected, remedy)) from error


def sweep(out: Path) -> None:
    """Remove what a killed build left beside an annex."""
    out = out.parent.resolve() / out.name
    with _alone(out.parent):
        _sweep(out)


def _swap(files: Mapping[str, str | bytes | Path], out: Path) -> str:
    _sweep(out)
    build = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    try:
        for folder in {(build / name).parent for name in files}:
            folder.mkdir(parents=True, exist_ok=True)
        from concurrent.futures import ThreadPoolExecutor  # here, as it takes long to load

        with ThreadPoolExecutor() as pool:  # a disk writes many files in the time of a few
            list(pool.map(lambda name: _write(build / name, files[name]), files))
        folders = [*(path for path in build.rglob("*") if path.is_dir()), build]
        for folder in folders:
            folder.chmod(0o755)  # mkdtemp makes it for its owner alone, as some users do all
        # A power cut must not find a link to a build whose names are not on disk yet, nor, as the
        # old build goes next, a disk that still has the old link.
        for folder in [*folders, out.parent]:
            _flush(folder)
        written = output(build)  # before others can put theirs in its place
        link = build.with_suffix(".link")
        link.symlink_to(build.name, target_is_directory=True)
        link.replace(out)
        _flush(out.parent)
    except BaseException:
        if not (out.is_symlink() and out.readlink().name == build.name):  # else it is in its place
            build.with_suffix(".link").unlink(missing_ok=True)
            shutil.rmtree(build, ignore_errors=True)
        raise
    _sweep(out)
    return written


def _write(path: Path, content: str | bytes | Path) -> None:
    content = content.read_bytes() if isinstance(content, Path) else content
    with path.open("wb") as stream:
        stream.write(content.encode() if isinstance(content, str) else content)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(0o644)  # readers may read, whatever the user's own files allow


def _flush(folder: Path) -> None:
    """See that the names in a folder are on disk; where folders can't be opened, as on Windows, it
    is the system's care."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prefix(out: Path) -> str:
    return f".{out.name}.build-"


def _is_build(name: str, out: Path) -> bool:
    """Whether a name is one that `_swap` gives: nobody else's folder is ever taken for a build."""
    return re.fullmatch(re.escape(_prefix(out)) + r"\w{8}(\.link)?", name) is not None


def _is_ours(out: Path) -> bool:
    return out.is_symlink() and _is_build(str(out.readlink()), out)


def _sweep(out: Path) -> None:
    """Remove builds that are not shown: earlier ones, and what a killed build left. What can't be
    removed harms no annex: it is told on stderr, and left to the next build."""
    try:
        shown = out.readlink().name if out.is_symlink() else None
        found = [path for path in out.parent.iterdir() if _is_build(path.name, out)]
    except OSError as error:
        _left(out.parent, error)
        return
    for path in found:
        try:
            if path.is_symlink():
                path.unlink()
            elif path.is_dir() and path.name != shown:
                shutil.rmtree(path)
        except OSError as error:
            _left(path, error)


def _left(path: Path, error: OSError) -> None:
    expected, remedy = "an earlier build that can be removed", "The next build tries again"
    problem = Problem(str(path), error.strerror or str(error), expected, remedy)
    print(visible(f"annex: {problem}"), file=sys.stderr)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one build at a time write in `folder`, for who starts two of one annex: else each would
    sweep what the other writes. A second waits for the moment that takes.

    The lock is on the folder itself and ends with the process, however it ends.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
