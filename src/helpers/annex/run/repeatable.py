"""Find outputs that differ between builds or machines: equal inputs must give an equal annex."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

# What Python and ipykernel print that differs in every run.
_VARYING = {
    "an address in memory": re.compile(r"<[^<>\n]{1,200} at 0x[0-9a-fA-F]+(?:>|\b)"),
    "the file of a cell": re.compile(r"(?<![^\s\"'])[^\s\"']*\bipykernel_\d+\b[^\s\"']*"),
}
# The context of a whole path: not inside a longer path, and not the host of a URL (`file:///` may
# precede it).
_BEFORE, _AFTER = r"(?<![\w.~-])(?<!(?<!:/)/)", r"(?![\w-]|\.\w)"


def unrepeatable(book, places: Mapping[str, str], user: str = "") -> Iterator[tuple[int, str, str]]:
    """Find text in outputs that differs between builds or machines: (number of the cell from 1,
    found, expected).

    book: a notebook that has run. places: descriptions of this machine's folders, by path. user:
    the user's name, searched for only if it has a digit or punctuation and so is no ordinary word.
    """
    known = {path: what for path, what in places.items() if len(Path(path).parts) > 1}
    longest = sorted(known, key=len, reverse=True)
    here = {}
    if longest:
        here[re.compile(f"{_BEFORE}(?:{'|'.join(map(re.escape, longest))}){_AFTER}")] = known
    if re.search(r"[^\W\d_]", user) and re.search(r"[\d_.-]", user):
        here[re.compile(rf"(?<!\w){re.escape(user)}(?!\w)")] = {user: "the name of a user"}
    for number, cell in enumerate(book.cells, 1):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                continue  # refused as such
            data = output.get("data", {})
            text = "\n".join(_texts([output.get("text", ""), data.get("text/plain", "")]))
            for what, pattern in _VARYING.items():
                if found := pattern.search(text):
                    yield number, found[0], _expected(what)
            whole = "\n".join(_texts([text, data]))
            for pattern, kinds in here.items():
                if found := pattern.search(whole):
                    yield number, found[0], _expected(kinds[found[0]])


def machine() -> tuple[dict[str, str], str]:
    """Descriptions of this machine's folders, by path, and the user's name, empty if unknown."""
    own = {
        "the folder of the helpers": Path(__file__).parents[2],
        "the folder of the environment": Path(sys.prefix),
        "the folder of Python": Path(sysconfig.get_path("stdlib")),
        "the home of a user": Path(os.path.expanduser("~")),  # noqa: PTH111 - Path.home() raises if unknown
        "the folder for temporary files": Path(tempfile.gettempdir()),
    }
    found: dict[str, str] = {}
    for what, path in own.items():
        found |= {str(form): what for form in (path, path.resolve()) if str(form) not in found}
    try:
        import pwd

        return found, pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows, or a user id without a name
        return found, ""


def _expected(what: str) -> str:
    return f"words or quantities, as {what} differs between builds or machines"


def _texts(data) -> Iterator[str]:
    """All strings in nested lists and dictionaries."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (list, Mapping)):
        for part in data.values() if isinstance(data, Mapping) else data:
            yield from _texts(part)
