"""Publish a finished annex atomically.

The published folder is a symbolic link to a build in the same directory. Replacing a link is
atomic: a reader, also after a power cut, sees the old annex or the new one.
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
from ..plan.input_files import output

if sys.platform != "win32":  # which has no flock: users there must not run two builds at once
    import fcntl


def publish(files: Mapping[str, str | bytes | Path], out: Path) -> str:
    """Write `files` to a new build and make `out` a link to it, or change nothing.

    Returns the digest of the build (see `input_files.output`), taken before another build can
    replace it. files: content, or a file to copy it from, by path inside the annex.

    Raises `AnnexError` when `out` exists and is no annex, or when writing fails; `out` is then
    unchanged.
    """
    out = out.parent.resolve() / out.name
    if (out.exists() or out.is_symlink()) and not _is_ours(out):
        found, remedy = "a file or folder that no build made", "Name another place with --out"
        raise AnnexError(Problem(str(out), found, "an annex, or nothing", remedy))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(out.parent):
            return _swap(files, out)
    except OSError as error:
        found, remedy = f"{error.strerror or error}", "Make room, or name another place: --out"
        expected = "a folder that can be written to"
        raise AnnexError(Problem(str(out), found, expected, remedy)) from error


def sweep(out: Path) -> None:
    """Remove the unfinished builds that killed processes left beside an annex."""
    out = out.parent.resolve() / out.name
    with _locked(out.parent):
        _remove_builds(out)


def _swap(files: Mapping[str, str | bytes | Path], out: Path) -> str:
    _remove_builds(out)
    build = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    try:
        for folder in {(build / name).parent for name in files}:
            folder.mkdir(parents=True, exist_ok=True)
        from concurrent.futures import ThreadPoolExecutor  # imported here as it is slow

        with ThreadPoolExecutor() as pool:  # most of the time goes to waiting for fsync
            list(pool.map(lambda name: _write(build / name, files[name]), files))
        folders = [*(path for path in build.rglob("*") if path.is_dir()), build]
        for folder in folders:
            folder.chmod(0o755)  # mkdtemp gives 0700, and a umask may do so for the others
        # After a power cut the link must not lead to a build whose names are not on disk, nor may
        # the old link be left when its build, removed below, is gone. So both are flushed.
        for folder in [*folders, out.parent]:
            _flush(folder)
        written = output(build)
        link = build.with_name(f"{build.name}.link")
        link.symlink_to(build.name, target_is_directory=True)
        link.replace(out)
        _flush(out.parent)
    except BaseException:
        if not (out.is_symlink() and out.readlink().name == build.name):  # not published
            build.with_name(f"{build.name}.link").unlink(missing_ok=True)
            shutil.rmtree(build, ignore_errors=True)
        raise
    _remove_builds(out)
    return written


def _write(path: Path, content: str | bytes | Path) -> None:
    content = content.read_bytes() if isinstance(content, Path) else content
    with path.open("wb") as stream:
        stream.write(content.encode() if isinstance(content, str) else content)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(0o644)  # readable by everyone, whatever the umask


def _flush(folder: Path) -> None:
    """Flush the names in a folder to disk; nothing on Windows, which can't open a folder."""
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
    """Whether `_swap` can have given a name, so that nothing else is removed as a build."""
    return re.fullmatch(re.escape(_prefix(out)) + r"\w{8}(\.link)?", name) is not None


def _is_ours(out: Path) -> bool:
    return out.is_symlink() and _is_build(str(out.readlink()), out)


def _remove_builds(out: Path) -> None:
    """Remove earlier and unfinished builds, but not the one that `out` links to.

    A build that can't be removed harms no annex: it is reported on stderr, and the next build
    tries again.
    """
    try:
        published = out.readlink().name if out.is_symlink() else None
        found = [path for path in out.parent.iterdir() if _is_build(path.name, out)]
    except OSError as error:
        _warn(out.parent, error)
        return
    for path in found:
        try:
            if path.is_symlink():
                path.unlink()
            elif path.is_dir() and path.name != published:
                shutil.rmtree(path)
        except OSError as error:
            _warn(path, error)


def _warn(path: Path, error: OSError) -> None:
    expected, remedy = "an earlier build that can be removed", "The next build tries again"
    problem = Problem(str(path), error.strerror or str(error), expected, remedy)
    print(visible(f"annex: {problem}"), file=sys.stderr)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on `folder`; a second build waits for it. For users who start two
    builds of one annex: without it each would remove the files of the other.

    The system releases the lock when the process ends, also when it is killed.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
