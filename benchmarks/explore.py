"""How long does a view of the notebook of questions take to be drawn anew?

Run: .venv/bin/python benchmarks/explore.py [--lab]

Moves each control of each view through its values. Prints the median and the longest redraw, in
milliseconds of the clock and of the processor (less on a busy machine), and the median of
the same without the view: the rows chosen, the chart drawn, nothing shown. With --lab also what a
reader waits for in JupyterLab, from a key to the changed picture; it needs Chromium.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "notebooks" / "questions.ipynb"
MOST = 8  # values of a control that are tried
GOAL = 200  # ms
HEAD = ("view", "redraws", "median", "longest", "processor", "longest", "plain", "ratio", "goal")

# The time from a key to the frame after the change that it made.
TIMED = """() => {
  window.waits = [];
  document.addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
  for (const view of document.querySelectorAll('.jp-OutputArea .widget-html-content'))
    new MutationObserver(() => requestAnimationFrame(() =>
      setTimeout(() => window.waits.push(performance.now() - window.pressed))
    )).observe(view, {childList: true});
}"""


def views() -> Iterator[tuple[str, object]]:
    """The views of the notebook, each with the name of its function."""
    names: dict = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            if hasattr(shown, "controls"):
                yield ast.unparse(last.value.func), shown


def took(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the clock and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - used)


def moved(view) -> Iterator[tuple[float, float, float]]:
    """The milliseconds of each redraw, of the clock and the processor, and of the processor for the
    same without the view."""
    for control in view.controls.values():
        first = control.value
        values = [value for _, value in control.options if value != first][:MOST]
        for value in [(value,) if isinstance(first, tuple) else value for value in values]:
            whole = took(lambda c=control, v=value: setattr(c, "value", v))
            own = {key: each.value for key, each in view.controls.items()}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                plain = took(lambda own=own: drawn(view, own))
            yield *whole, plain[1]
            control.value = first


def drawn(view, own) -> None:
    if chart := view._draw(**own).chart:
        chart.svg()


def in_kernel() -> None:
    print(f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|")
    for name, view in views():
        clock, used, plain = zip(*moved(view), strict=True)
        middle = statistics.median(used)
        cells = (statistics.median(clock), max(clock), middle, max(used), statistics.median(plain))
        numbers = " | ".join(f"{each:.0f}" for each in cells)
        ratio = middle / statistics.median(plain)
        met = f"≤ {GOAL} ms" + (" missed" if max(used) > GOAL else "")
        print(f"| `{name}` | {len(clock)} | {numbers} | {ratio:.2f} | {met} |")


def in_lab() -> None:
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "tests"))
    from lab import Lab, running

    with contextlib.ExitStack() as stack:
        root, own = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        (root / "notebooks").mkdir()
        shutil.copy(NOTEBOOK, root / "notebooks")
        (root / "data").symlink_to(ROOT / "data")
        address = stack.enter_context(running(root, own))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        lab = stack.enter_context(Lab(browser, address, f"notebooks/{NOTEBOOK.name}"))
        lab.run_all()
        lab.page.evaluate(TIMED)
        waits = []
        for control in lab.page.locator(".jp-OutputArea .widget-vbox select:enabled").all():
            control.focus()
            for key in ("ArrowDown", "ArrowUp"):
                waits += waited(lab.page, key)
        shown = f"median {statistics.median(waits):.0f} ms, longest {max(waits):.0f} ms"
        print(f"in JupyterLab, {len(waits)} keys: {shown}")


def waited(page, key: str) -> list[float]:
    """The wait after a key; none where it changes nothing."""
    page.evaluate("() => { window.waits = []; }")
    page.keyboard.press(key)
    with contextlib.suppress(Exception):
        page.wait_for_function("() => window.waits.length", timeout=2_000)
    return page.evaluate("() => window.waits.slice(0, 1)")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--lab", action="store_true", help="also in JupyterLab")
    in_kernel()
    if asked.parse_args().lab:
        in_lab()


if __name__ == "__main__":
    main()
