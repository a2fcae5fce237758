"""How long and heavy are the pages of an annex, and where is the first chart? With a second annex,
such as one of an earlier version, both stand side by side: pages.py ANNEX [ANNEX]"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTHS = (1280, 390)  # of a desktop and a phone, in CSS pixels
LOOK = """() => {
  const first = document.querySelector('figure');
  return [document.documentElement.scrollHeight,
          first ? Math.round(first.getBoundingClientRect().top + scrollY) : null,
          document.title.length];
}"""


def looked_at(browser, folder: Path) -> dict[str, list]:
    """By page: height and top of the first chart at each width, then the length of the title."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        row: list = []
        for width in WIDTHS:
            tab = browser.new_page(viewport={"width": width, "height": 900})
            tab.goto(path.as_uri())
            *sizes, title = tab.evaluate(LOOK)
            row += sizes
            tab.close()
        found[str(path.relative_to(folder))] = [*row, title, path.stat().st_size]
    return found


def weights(folder: Path) -> Counter[str]:
    """Bytes by kind of file, and of all."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file():
            found[path.suffix] += path.stat().st_size
    return found + Counter({"all": found.total()})


def table(columns: list[str], rows: list[dict[str, list]]) -> None:
    """Print a Markdown table: a line per key, and in each cell the values of all annexes."""
    print(f"\n| | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for key in sorted(set().union(*rows)):
        own = [row.get(key, ["–"] * len(columns)) for row in rows]
        cells = [
            " → ".join("–" if v is None else f"{v}" for v in each)
            for each in zip(*own, strict=True)
        ]
        print(f"| {key} | {' | '.join(cells)} |")


def main(folders: list[Path]) -> None:
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        pages = [looked_at(browser, folder) for folder in folders]
        browser.close()
    at = [f"{what}, {width} px" for width in WIDTHS for what in ("height", "first chart")]
    table([*at, "title", "bytes"], pages)
    table(["bytes"], [{k: [n] for k, n in weights(folder).items()} for folder in folders])


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("Usage: pages.py ANNEX [ANNEX]")
    main([Path(name).resolve() for name in sys.argv[1:]])
