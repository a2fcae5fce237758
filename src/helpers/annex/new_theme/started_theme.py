"""Writes a new theme into a project: all of its files, or none."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import AnnexError, NotebookError, Problem
from ...files import reading
from ...tables import descriptor, frames, roles
from ...tables.roles import Role
from ..plan.plan import numbered
from . import starting_rows, theme_texts

_TESTS = Path("tests") / "evaluation"


@dataclass(frozen=True)
class Started:
    """What was written, relative to the project, and what was left out and why."""

    written: Sequence[str]
    left_out: Sequence[str]


def start(root: Path, data: Path, name: str, table: str | None = None) -> Started:
    """Make the notebook of a theme, its row in README.md and its test in tests/evaluation.

    name: letters, digits and underscores. table: with a year in its key and a measured column, by
    default the first such.

    Raises `AnnexError` for a name that is invalid or taken, without a suitable table, and for a
    file that can't be written; nothing is written then."""
    stem = _stem(root, name)
    begin = starting_rows.find(data, table)
    files = {
        root / "notebooks" / f"{stem}.ipynb": theme_texts.notebook(name, begin, _claims(data, name))
    }
    left_out = []
    readme, test = root / "README.md", root / _TESTS / f"test_theme_{name}.py"
    if not readme.is_file():
        left_out.append("a row in README.md, which this project does not have")
    elif text := theme_texts.with_row(_read(readme), name, stem):
        files[readme] = text
    else:
        left_out.append("a row in README.md, which has no table of themes")
    if test.parent.is_dir():
        files[test] = theme_texts.test(name, begin)
    else:
        left_out.append(f"its test, as this project has no {_TESTS.as_posix()}")
    _write(files)
    return Started([path.relative_to(root).as_posix() for path in files], left_out)


def _stem(root: Path, name: str) -> str:
    """The name of the notebook: the number after the last one, and the name of the theme."""
    place = "annex new theme"
    if not re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII):
        expected = "letters (a to z), digits and underscores, a letter first"
        raise AnnexError(Problem(place, repr(name), expected, "Such as air_quality"))
    known = {path.stem: path for path in numbered(root / "notebooks")}
    parts = {stem: re.match(r"(\d+)_?(.*)", stem, re.S) for stem in known}
    same = [stem for stem, part in parts.items() if part and part[2].lower() == name.lower()]
    test = root / _TESTS / f"test_theme_{name}.py"
    taken = [f"notebooks/{stem}.ipynb" for stem in same] or [test.name] * test.exists()
    if taken:
        raise AnnexError(
            Problem(place, f"the theme {name!r}, which is there: {taken[0]}", "a new name")
        )
    numbers = [part[1] for part in parts.values() if part]
    wide = max(map(len, numbers), default=2)
    number = max(map(int, numbers), default=0) + 1
    if len(str(number)) > wide:
        found = f"a notebook with the number {max(numbers)}"
        remedy = "Give all notebooks a number of one digit more"
        raise NotebookError(Problem(str(root / "notebooks"), found, "a number after it", remedy))
    return f"{number:0{wide}}_{name}"


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
            if target.exists():
                shutil.copymode(target, name)
            else:
                Path(name).chmod(0o666 & ~_mask())
        for target, made in waiting.items():
            made.replace(target)
    except OSError as error:
        for made in waiting.values():
            made.unlink(missing_ok=True)
        _restore(before)
        place = str(error.filename2 or error.filename or path)
        found = error.strerror or str(error)
        remedy = "Nothing was written"
        raise AnnexError(Problem(place, found, "a file that can be written", remedy)) from error


def _restore(before: dict[Path, bytes | None]) -> None:
    for path, content in before.items():
        with contextlib.suppress(OSError):
            if content is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != content:
                path.write_bytes(content)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
