"""Builds of the whole annex, in circumstances that must not matter, compared byte by byte.

    python tests/soak/identical.py [ROUNDS]

Each of 20 rounds is six builds, with another hash seed, number of threads and day in each round.
Prints how many were the same as a plain one, and the files in which one differs. Then six more with
a PDF in each language.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from helpers.annex.pdf import pdf
from helpers.errors import AnnexError

sys.path.insert(0, str(Path(__file__).parent.parent))
from variations import ROOT, Variation, build, differing, variations

PARTS = ("data", "notebooks", "pyproject.toml", "requirements.lock")


def fill(project: Path, backwards: bool) -> None:
    """A copy of this project, its files made in one order or the other."""
    found = [path for part in PARTS for path in [ROOT / part, *(ROOT / part).rglob("*")]]
    files = sorted(path for path in found if path.is_file())
    for path in reversed(files) if backwards else files:
        target = project / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def made(how: Variation) -> dict:
    """The annex of one build, in a place of its own."""
    with tempfile.TemporaryDirectory() as place:
        return build(fill, Path(place), how)


def differ(plain: dict, name: str, how: Variation) -> bool:
    """Whether a build is not the same as a plain one; in which files is printed."""
    try:
        found = differing(plain, made(how))
    except AssertionError as error:
        found = [f"no annex: {error}"]
    for path in found:
        print(f"{name}: {path}", flush=True)
    return bool(found)


def with_paper(how: Variation) -> Variation:
    """The same, with a PDF in each language."""
    return replace(how, options=(*how.options, "--pdf"))


def main(rounds: int) -> int:
    """Run the campaign; 0 when every build was the same."""
    plain, same, all_builds = made(Variation()), 0, 0
    for seed in range(1, rounds + 1):
        for name, how in variations(seed).items():
            all_builds += 1
            same += not differ(plain, f"round {seed}, {name}", how)
        print(f"  {same} of {all_builds} after round {seed}", file=sys.stderr, flush=True)
    print(f"identical {same} of {all_builds}", flush=True)
    try:
        pdf.ready()
    except AnnexError as error:
        print(f"no PDF was compared: {error}")
        return 0 if same == all_builds else 1
    papers = {name: with_paper(how) for name, how in variations().items()}
    plain = made(with_paper(Variation()))
    other = sum(differ(plain, f"with PDFs, {name}", how) for name, how in papers.items())
    print(f"with PDFs identical {len(papers) - other} of {len(papers)}")
    return 0 if same == all_builds and not other else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
