"""The letters of charts: from the fonts that matplotlib brings, and from no list of the user's.

matplotlib takes what it finds in a list kept in the user's home, fonts of the machine among them: a
chart would depend on both.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
from pathlib import Path


def settle() -> None:
    """Load matplotlib's fonts and let it know its own alone, in one order."""
    _spare()
    import matplotlib
    from matplotlib import font_manager

    own = sorted(map(str, Path(matplotlib.get_data_path(), "fonts", "ttf").glob("*.ttf")))
    search = font_manager.findSystemFonts
    # It looks in its own folders first, then, without naming any, in those of the machine.
    font_manager.findSystemFonts = lambda paths=None, fontext="ttf": (
        own if paths and fontext == "ttf" else []
    )
    try:
        font_manager.fontManager.__init__()
    finally:
        font_manager.findSystemFonts = search


def _spare() -> None:
    """Leave an empty list where matplotlib would keep one, so that it does not look through the
    machine, which may take seconds, for what is put aside at once."""
    with contextlib.suppress(OSError, KeyError, TypeError):
        place = Path(os.environ["MPLCONFIGDIR"])
        module = importlib.util.find_spec("matplotlib.font_manager").origin
        source = Path(module).read_text(encoding="utf-8")
        [version] = set(re.findall(r"    __version__ = '([\w.]+)'", source)) or {""}
        place.mkdir(exist_ok=True)
        empty = f'{{"__class__": "FontManager", "_version": "{version}"}}'
        (place / f"fontlist-v{version}.json").write_text(empty, encoding="utf-8")
