"""Which file is the copy of which document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ...errors import AnnexError, Problem, nearest, quoted

SUFFIXES = (".txt", ".pdf", ".md")


def chosen(given: Sequence[str], names: Collection[str]) -> tuple[dict[str, Path], list[str]]:
    """The file of each document by its name, and notes on files that were passed over.

    given: what is typed: the path of the only document; `name=path`; a file or a folder of files
    that are called after the documents. names: of all documents. Raises `AnnexError` with each
    argument that is none of these, and for a document with two files.
    """
    found: dict[str, list[Path]] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for each in given:
        for name, path in _read(each, names, notes):
            if name in names:
                found.setdefault(name, []).append(path)
            else:
                problems.append(_unknown(each, name, names))
    for name, paths in found.items():
        if len(paths) > 1:
            text = " and ".join(map(str, paths))
            problems.append(Problem(f"document {name}", f"two files: {text}", "one of them"))
    if problems:
        raise AnnexError(problems)
    return {name: paths[0] for name, paths in found.items()}, notes


def _read(text: str, names: Collection[str], notes: list[str]) -> Iterator[tuple[str, Path]]:
    """The documents and files that an argument gives; an unknown name for what it can't be."""
    name, mark, path = text.partition("=")
    if mark and (name in names or not Path(text).exists()):
        yield name, Path(path)
    elif Path(text).is_dir() and len(names) > 1:
        files = [file for file in sorted(Path(text).iterdir()) if file.suffix.lower() in SUFFIXES]
        known = [file for file in files if file.stem in names]
        if other := [file.name for file in files if file.stem not in names]:
            notes.append(f"passed over, as no document is called so: {', '.join(other)}")
        yield from ((file.stem, file) for file in known)
        if not known:
            yield "", Path(text)
    else:
        yield next(iter(names)) if len(names) == 1 else Path(text).stem, Path(text)


def _unknown(text: str, name: str, names: Collection[str]) -> Problem:
    near = nearest(name, names) if name else ""
    meant = near or next(iter(names), "")
    if not name:
        found = f"no file called after a document, such as {meant}.txt or {meant}.pdf"
        return Problem(text, found, f"files called {', '.join(names)}")
    expected = f"NAME=PATH with the name of a document: {', '.join(names)}"
    return Problem(text, f"no document {quoted(name)}", expected, f"Write {meant}=PATH")
