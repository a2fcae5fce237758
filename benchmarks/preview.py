"""How soon is an edit seen in `annex preview`, compared with a build, with jupyter-book 1, and with
the notebook's own code?

Run: .venv/bin/python benchmarks/preview.py [--pairs 5] [--peers DIR]

Each edit is a text that the page did not have: the time runs from writing the file until Chromium
has loaded the page with that text, its charts included. Every goal is a ratio within one run: an
edit and what it is compared with alternate (A B A B ...), and the median of the ratios is printed
with the medians of the times. DIR is an environment with jupyter-book 1, as for `build.py`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from build import HERE, ROOT, Project, jupyter_book, pairs, row
from playwright.sync_api import Page, sync_playwright

sys.path.append(str(ROOT / "tests"))
from previewing import Preview

NAME = "04_province_budgets"
TABLE, CELL = "data/statistics/local_ties.csv", ("Formal friendship relation", "Formal friendship")
WAIT = 120_000  # milliseconds


class Edited:
    """A previewed project, with its page of one notebook open in a browser."""

    def __init__(self, project: Project, preview: Preview, page: Page):
        self._project, self._preview, self._page, self._number = project, preview, page, 0
        page.add_init_script("onload = () => console.log(document.body.textContent)")
        page.goto(f"{preview.address}en/{NAME}.html")
        preview.built()

    def _seconds(self, kind: str, insert: Callable[[str, str], str]) -> float:
        """Insert a new text in the last cell of a kind; the seconds until the page has it."""
        self._number += 1
        text = "edit " + "".join("abcdefghij"[int(digit)] for digit in str(self._number))
        path = self._project.place / "notebooks" / f"{NAME}.ipynb"
        book = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in book["cells"] if cell["cell_type"] == kind]
        cell = next(c for c in reversed(cells) if "nl" not in c["metadata"].get("tags", []))
        cell["source"] = insert("".join(cell["source"]), text)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")
        # The page tells its text itself when it has loaded: a locator would look now and then.
        with self._page.expect_console_message(lambda m: text in m.text, timeout=WAIT):
            start = time.perf_counter()
            draft.replace(path)
        seconds = time.perf_counter() - start
        self._preview.built()  # before the next edit
        return seconds

    def prose(self) -> float:
        return self._seconds("markdown", lambda source, text: f"{source}\n\n{text}")

    def code(self) -> float:
        """A comment, which changes no number."""
        return self._seconds("code", lambda source, text: f"{source}\n# {text}")

    def number(self) -> float:
        """A sentence with a number that no page had, so that the register changes too."""
        sentence = (
            "\nsay(nl='{{n:0.0###}} euro', en='{{n:0.0###}} euros {0}', "
            "n=budgets.budget_eur.dropna().iloc[0] * {1}, source=['4.3'])"
        )
        factor = f"{1 + self._number / 1000:.3f}"
        return self._seconds("code", lambda source, text: source + sentence.format(text, factor))

    def table(self) -> list[str]:
        """The notebooks that run after a change of a cell of a table."""
        path = self._project.place / TABLE
        path.write_text(path.read_text(encoding="utf-8").replace(*CELL), encoding="utf-8")
        return self._preview.built()["ran"]


def cold(project: Project) -> float:
    """A build without a cache."""
    return project.run(HERE / "annex", "build", "--no-cache", "--project", project.place)


def own_code(project: Project) -> float:
    """The notebook's code as a plain script, with imports done and all pictures of a build."""
    command = [sys.executable, ROOT / "benchmarks" / "floor.py", project.place, NAME]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--peers", type=Path, help="environment with jupyter-book 1")
    chosen = parser.parse_args()
    if (chromium := shutil.which("chromium")) is None:
        sys.exit("no chromium on this machine: the time is taken in a browser")
    number = chosen.pairs
    print("| ours : other | s | s | ratio | goal |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        project = Project(Path(place) / "project")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with Preview(project.place) as preview:
            edited = Edited(project, preview, browser.new_page())
            row("prose : cold build", *pairs(number, edited.prose, lambda: cold(project)), "≤ 0.1")
            code = pairs(number, edited.code, lambda: own_code(project))
            row("code of a notebook : its own code", *code, "≤ 1.3")
            changed = pairs(number, edited.number, lambda: own_code(project))
            row("the same, with a new number : its own code", *changed, "")
            if chosen.peers:
                peer = Project(Path(place) / "peer")
                book = jupyter_book(peer, chosen.peers)

                def theirs() -> float:
                    peer.edit_notebook()
                    return book()

                row(
                    "code of a notebook : jupyter-book 1",
                    *pairs(number, edited.code, theirs),
                    "≤ 0.3",
                )
            print(f"A cell of {TABLE} runs: {', '.join(sorted(edited.table()))}")
        browser.close()


if __name__ == "__main__":
    main()
