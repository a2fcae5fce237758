"""The command `annex index`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ...errors import AnnexError, Problem
from ...locales import set_languages
from ...messages import SOURCE, translated
from ..terminal import tell
from . import overview_pages, published


def run(chosen: argparse.Namespace) -> int:
    """Write the overview of the annexes below a folder, and print the paths of its pages. Returns 1
    if an annex is missing or broken, which the pages name too."""
    annexes, problems = published.below(chosen.folder)
    codes = _languages(chosen.languages, annexes)
    set_languages(codes)
    out = chosen.out or chosen.folder / "index.html"
    if out.suffix != ".html":
        raise AnnexError(Problem("--out", str(out), "the name of a page, with .html"))
    places = dict.fromkeys(problem.place.partition(",")[0] for problem in problems)
    missing = [Path(os.path.relpath(place, out.parent)).as_posix() for place in places]
    for path in overview_pages.write(annexes, missing, codes, out):
        print(path)
    for problem in problems:
        tell(str(problem))
    return int(bool(problems))


def _languages(wanted: str | None, annexes: list[published.Published]) -> tuple[str, ...]:
    """The languages of the pages: those asked for, or all that the annexes have and in which the
    library has words, English first."""
    known = translated()
    if wanted is None:
        used = {each["language"] for annex in annexes for each in annex.summary["languages"]}
        return tuple(code for code in known if code in used) or (SOURCE,)
    codes = tuple(dict.fromkeys(code.strip() for code in wanted.split(",")))
    if unknown := [code for code in codes if code not in known]:
        expected = f"languages of the library, with commas: {', '.join(known)}"
        raise AnnexError(Problem("--languages", repr(code), expected) for code in unknown)
    return codes
