"""Compares the files of a published annex with its manifest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ...errors import DataError
from ...files import reading
from ...language import Text
from ...messages import _
from ..release import manifest
from . import same_text
from .differences import CHANGED, Difference

_LINK = _("a link, where a file should be")
_SHORTER = _("shorter than as built: truncated, or changed")
_FILE = _("added: a file that no build made")
_FOLDER = _("added: a folder that no build made")
_CLOSED = _("a folder that can't be looked into")
_LINKED = _("added: a link that no build made")


def integrity(folder: Path, outputs: dict[str, dict]) -> list[Difference]:
    """Files that are changed, cut off, exchanged, missing, added or replaced by a link.

    outputs: `sha256` and `bytes` of each file, by path inside `folder`; from the manifest.
    """
    linked = link(folder, folder / manifest.NAME)
    own = [Difference("file", manifest.NAME, _LINK, "", linked)] if linked else []
    return [*own, *_listed(folder, outputs), *_added(folder, outputs)]


def checksum(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _listed(folder: Path, outputs: dict[str, dict]) -> Iterator[Difference]:
    owners = {output["sha256"]: name for name, output in outputs.items()}
    sizes = {output["bytes"] for output in outputs.values()}
    for name, output in outputs.items():
        path, same, now = folder / name, None, ""
        if linked := link(folder, path):
            note, now = _LINK, linked
        elif not path.exists():
            note = _("missing")
        elif not path.is_file():
            note = _("no file")
        elif not os.access(path, os.R_OK):
            note = _("can't be read")
        else:
            size = path.stat().st_size
            # A file of a size that no file of the annex has may be too large to read.
            found = checksum(path) if size in sizes else ""
            if {"sha256": found, "bytes": size} == output:
                continue
            note, owner = CHANGED, owners.get(found, name)
            if same := _written(path, output):
                note = same
            elif owner != name:
                note = _("holds what belongs in {}").format(owner)
            elif size < output["bytes"]:
                note = _SHORTER
            now = f"{size} bytes, sha256 {found}" if found else f"{size} bytes"
        was = f"{output['bytes']} bytes, sha256 {output['sha256']}"
        yield Difference("file", name, note, was, now, same=bool(same))


def _written(path: Path, output: dict) -> Text | None:
    """What differs in the form of a file with the same content; `None` when the content differs."""
    # Other line ends at most double the size, and a byte order mark has 3 bytes.
    if path.stat().st_size > 2 * output["bytes"] + 3:
        return None
    try:
        return same_text.only(reading.content(path, "a file of the annex"), output["sha256"])
    except DataError:
        return None


def link(folder: Path, path: Path) -> str:
    """The target of the link, if a file or a folder above it in `folder` is one; else empty."""
    for part in (path, *path.parents):
        if part == folder:
            return ""
        if part.is_symlink():
            return f"-> {part.readlink()}"
    return ""


def _added(folder: Path, outputs: dict[str, dict]) -> Iterator[Difference]:
    """Files, folders and links that no build made, and folders that can't be read."""
    wanted = {Path(name).parent for name in outputs}
    wanted |= {parent for path in wanted for parent in path.parents}
    listed = {*outputs, manifest.NAME}
    unreadable: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=unreadable.append):
        for name in sorted([*folders, *names]):
            path = Path(place, name)
            inside = path.relative_to(folder)
            if inside.as_posix() in listed or (inside in wanted and name in folders):
                continue
            folder_or_file = _FOLDER if name in folders else _FILE
            kind = _LINKED if os.path.islink(path) else folder_or_file  # noqa: PTH114 (a long path raises)
            yield Difference("file", inside.as_posix(), kind)
    for error in unreadable:
        name = Path(error.filename).relative_to(folder).as_posix()
        yield Difference("file", name, _CLOSED, "", error.strerror or str(error))
