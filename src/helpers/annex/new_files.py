"""Writes the files that a command begins for an author: all of them, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..errors import AnnexError, Problem


def write(files: Mapping[Path, str]) -> None:
    """Write all files, or none: each beside its place first, and then all are renamed, those that
    replace another last.

    Raises `AnnexError` for a file that can't be written; nothing is written then."""
    drafts = {path: path.resolve().with_name(f".{path.name}.{os.getpid()}") for path in files}
    new = [path for path in files if not path.exists()]
    try:
        for path, text in files.items():
            drafts[path].write_text(text, encoding="utf-8", newline="")
            if path not in new:
                shutil.copymode(path, drafts[path])
        for path in sorted(files, key=Path.exists):
            drafts[path].replace(path.resolve())
    except BaseException as error:
        if any(draft.exists() for draft in drafts.values()):  # else all were written
            for made in (*drafts.values(), *new):
                made.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise _unwritable(error, path) from error


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write a folder with its files, or nothing: under another name first. folder: does not exist,
    or is empty. files: texts by path in it.

    Raises `AnnexError` as `write` does."""
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for name, text in files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        draft.replace(folder)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        raise _unwritable(error, folder) from error


def _unwritable(error: OSError, path: Path) -> AnnexError:
    found, remedy = error.strerror or str(error), "Nothing was written"
    return AnnexError(Problem(str(path), found, "a file that can be written", remedy))
