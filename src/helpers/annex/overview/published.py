"""Find the annexes below a folder, and read what each publishes of itself. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...errors import AnnexError, Problem
from ...files import reading, schemas
from ...files.hidden_characters import SEEN, unseen
from ..many.project_folders import is_project, walked
from ..release import annex_summary, manifest
from ..verify.integrity import checksum


@dataclass(frozen=True)
class Published:
    """An annex. folder: where it is. summary: its `annex.json`. files: the paths of its files."""

    folder: Path
    summary: dict
    files: frozenset[str]


def below(folder: Path) -> tuple[list[Published], list[Problem]]:
    """The annexes below a folder, and those that are missing or broken: of each project the annex
    in its folder; outside of projects every folder with a manifest."""
    found: list[Published] = []
    problems: list[Problem] = []
    for place in _places(folder):
        try:
            found.append(_read(place))
        except AnnexError as error:
            problems += error.problems
    if not found:
        expected = "annexes that annex build made"
        raise AnnexError([*problems, Problem(str(folder), "no annex in it", expected)])
    return found, problems


def _places(folder: Path) -> Iterator[Path]:
    projects: list[Path] = []
    for place in walked(folder):
        if is_project(place):
            projects.append(place)
            yield place / "annex"
        elif any(place.is_relative_to(project) for project in projects):
            continue  # a copy, or part of an annex
        else:
            links = (p for p in sorted(place.iterdir()) if p.is_symlink() and p.is_dir())
            yield from (p for p in (place, *links) if (p / manifest.NAME).is_file())


def _read(folder: Path) -> Published:
    """An annex. Raises `AnnexError` when there is none, or it is not as it was built."""
    remedy = "Build it: annex build"
    listed = _json(folder / manifest.NAME, remedy)
    summary = _json(folder / annex_summary.NAME, remedy)
    place = str(folder / annex_summary.NAME)
    problems = [
        Problem(place, repr(error.message[:200]), f"what {annex_summary.SCHEMA.name} says", remedy)
        for error in schemas.faults(annex_summary.SCHEMA, summary)
    ]
    hidden = filter(None, (unseen(text) for _, text in reading.texts(summary)))
    problems += [Problem(place, f"a text with {found}", SEEN) for found in hidden]
    outputs: dict = listed.get("outputs", {}) if isinstance(listed, dict) else {}
    if not isinstance(outputs, dict) or not outputs:
        problems.append(Problem(str(folder / manifest.NAME), "no outputs", "a manifest", remedy))
    if problems:
        raise AnnexError(problems)
    wanted = [annex_summary.NAME, *(each["front"] for each in summary["languages"])]
    for name in wanted:
        path, stated = folder / name, outputs.get(name, {})
        found = checksum(path) if path.is_file() else "no file"
        if not isinstance(stated, dict) or stated.get("sha256") != found:
            expected = "the file as it was built, with the checksum in its manifest"
            problems.append(Problem(str(path), f"another one: {found[:12]}", expected, remedy))
    if problems:
        raise AnnexError(problems)
    return Published(folder, summary, frozenset(outputs))


def _json(path: Path, remedy: str):
    expected = "the file of an annex that annex build made"
    try:
        return reading.parsed(reading.content(path, expected))
    except (ValueError, RecursionError) as error:
        raise AnnexError(Problem(str(path), str(error)[:200], expected, remedy)) from None
