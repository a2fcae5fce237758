"""A lower bound for the time of a build: runs the code of the notebooks as plain scripts, in two
processes, with imports done once, and without kernels, outputs or pages.

Run: .venv/bin/python benchmarks/floor.py PROJECT [NAME]

With the name of a notebook it runs that alone, and prints the seconds of its code.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from pathlib import Path


def run(path: Path) -> None:
    """Run the code cells of a notebook."""
    os.chdir(path.parent)
    names = {"__name__": "__main__"}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), str(path), "exec"), names)


def main(project: Path, names: list[str]) -> None:
    """Run all notebooks of a project, the longest first, or the one that is named."""
    import seaborn  # noqa: F401

    from helpers import present
    from helpers.claims import ledger  # noqa: F401

    present.publish_display_data = lambda bundle: None
    for name in names:
        start = time.perf_counter()
        run(project / "notebooks" / f"{name}.ipynb")
        print(time.perf_counter() - start)
    if names:
        return
    paths = sorted((project / "notebooks").glob("[0-9]*.ipynb"), key=lambda p: -p.stat().st_size)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(run, paths, chunksize=1)


if __name__ == "__main__":
    # All pictures that a build draws: each in both languages and for two widths.
    os.environ |= {"MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1", "ANNEX_KERNEL": "1"}
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
