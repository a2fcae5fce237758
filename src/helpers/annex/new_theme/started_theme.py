"""Writes a new theme into a project: all of its files, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import AnnexError, Problem, listed
from ...files import reading
from ...tables import descriptor, frames, roles
from ...tables.roles import Role
from . import starting_rows, theme_names, theme_texts

_TESTS = Path("tests") / "evaluation"


@dataclass(frozen=True)
class Started:
    """What was written, relative to the project, with the figures of which table, and what was left
    out and why."""

    written: Sequence[str]
    table: str
    left_out: Sequence[str]


def start(root: Path, data: Path, name: str, table: str | None = None) -> Started:
    """Make the notebook of a theme, its row in README.md and its test in tests/evaluation.

    name: letters, digits and underscores. table: with a year in its key and a measured column, by
    default that with the name of the theme, or else the first such.

    Raises `AnnexError` for a name that is invalid or taken, without a suitable table, and for a
    file that can't be written; nothing is written then."""
    names = theme_names.choose(root, name)
    begin = starting_rows.find(data, table, name)
    book, readme = root / "notebooks" / f"{names.stem}.ipynb", root / "README.md"
    test = root / _TESTS / f"test_theme_{name}.py"
    if test.exists():
        found = f"the theme {name!r}, which is there: {test.name}"
        raise AnnexError(Problem("annex new theme", found, "a new name"))
    files = {book: theme_texts.notebook(names, begin, _claims(data, name))}
    left_out = []
    if not readme.is_file():
        left_out.append("a row in README.md, which this project does not have")
    elif text := theme_texts.with_row(_read(readme), names):
        files[readme] = text
    else:
        left_out.append("a row in README.md, which has no table of themes")
    if test.parent.is_dir():
        files[test] = theme_texts.test(name, begin)
    else:
        left_out.append(f"its test, as this project has no {_TESTS.as_posix()}")
    _write(files)
    return Started([path.relative_to(root).as_posix() for path in files], begin.table, left_out)


def _claims(data: Path, name: str) -> theme_texts.Claims | None:
    """The claims of the theme, if the table of claims has a theme of that name."""
    table = roles.tables(descriptor.read(data)).get(Role.CLAIMS)
    if table is None:
        return None
    rows = frames.load(table, data)
    known = "theme" in rows and name in set(rows.theme.dropna())
    return theme_texts.Claims(table, name) if known else None


def _read(path: Path) -> str:
    try:
        return reading.content(path, "the README of the project").decode("utf-8")
    except UnicodeDecodeError:
        raise AnnexError(Problem(str(path), "text that is not UTF-8", "UTF-8")) from None


def _write(files: dict[Path, str]) -> None:
    """Write all files, or none: each beside its place first, and then all are renamed."""
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    waiting: dict[Path, Path] = {}
    try:
        for path, text in files.items():
            target = path.resolve()
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            waiting[target] = Path(name)
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            _allow(Path(name), target)
        for target, made in waiting.items():
            made.replace(target)
    except BaseException as error:
        for made in waiting.values():
            made.unlink(missing_ok=True)
        changed = [str(path) for path, content in before.items() if not _restored(path, content)]
        if not isinstance(error, OSError):
            raise
        place, found = str(error.filename2 or error.filename or path), error.strerror or str(error)
        expected = "a file that can be written"
        remedy = f"Restore {listed(changed)} by hand" if changed else "Nothing was written"
        raise AnnexError(Problem(place, found, expected, remedy)) from error


def _allow(made: Path, target: Path) -> None:
    """Give a file the permissions of the one that it replaces, or of a new one."""
    if target.exists():
        shutil.copymode(target, made)
    else:
        mask = os.umask(0)
        os.umask(mask)
        made.chmod(0o666 & ~mask)


def _restored(path: Path, content: bytes | None) -> bool:
    """Put a file back as it was, `None` for none; whether it is."""
    with contextlib.suppress(OSError):
        if content is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != content:
            path.write_bytes(content)
        return True
    return False
