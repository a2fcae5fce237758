"""Restrict matplotlib to the fonts that it ships with.

By default it also uses the machine's fonts, from a list cached in the user's home: charts would
depend on both.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path


def use_bundled_fonts() -> None:
    """Load matplotlib's font manager with its bundled fonts only, in sorted order."""
    _write_empty_list()
    import matplotlib
    from matplotlib import font_manager

    own = sorted(map(str, Path(matplotlib.get_data_path(), "fonts", "ttf").glob("*.ttf")))
    search = font_manager.findSystemFonts
    # The font manager asks for its own folders first, then, without paths, for the machine's.
    font_manager.findSystemFonts = lambda fontpaths=None, fontext="ttf": (
        own if fontpaths and fontext == "ttf" else []
    )
    try:
        font_manager.FontManager.__init__(font_manager.fontManager)
    finally:
        font_manager.findSystemFonts = search


def _write_empty_list() -> None:
    """Write an empty font list to matplotlib's cache: otherwise its import searches the machine for
    fonts, which may take seconds and is not used."""
    import matplotlib

    with contextlib.suppress(OSError, KeyError):
        place = Path(os.environ["MPLCONFIGDIR"])
        module = Path(matplotlib.__file__).with_name("font_manager.py")
        source = module.read_text(encoding="utf-8")
        [version] = set(re.findall(r"    __version__ = '([\w.]+)'", source)) or {""}
        place.mkdir(exist_ok=True)
        empty = f'{{"__class__": "FontManager", "_version": "{version}"}}'
        (place / f"fontlist-v{version}.json").write_text(empty, encoding="utf-8")
