"""Outputs that no second build could repeat: refused, as the annex must be the same again."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

# What Python and ipykernel write of themselves, and what it is.
_PASSING = {
    "an address in memory": re.compile(r"<[^<>\n]{1,200} at 0x[0-9a-fA-F]+(?:>|\b)"),
    "the file of a cell": re.compile(r"(?<![^\s\"'])[^\s\"']*\bipykernel_\d+\b[^\s\"']*"),
}
# Around a whole path: not in the middle of another one, nor the host in an address (`file:///` may
# come before).
_BEFORE, _AFTER = r"(?<![\w.~-])(?<!(?<!:/)/)", r"(?![\w-]|\.\w)"


def unrepeatable(book, places: Mapping[str, str], user: str = "") -> Iterator[tuple[int, str, str]]:
    """What stands in outputs and is another at each build, or on each machine: number of the cell,
    what was found, what would be right.

    book: a notebook that has run. places: what folders of this machine are, by their path. user:
    the name of who builds; one that may be an ordinary word is not looked for.
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
            data = output.get("data", {})
            text = "\n".join(_texts([output.get("text", ""), data.get("text/plain", "")]))
            for what, pattern in _PASSING.items():
                if found := pattern.search(text):
                    yield number, found[0], _expected(what)
            whole = "\n".join(_texts([text, data]))
            for pattern, kinds in here.items():
                if found := pattern.search(whole):
                    yield number, found[0], _expected(kinds[found[0]])


def machine() -> tuple[dict[str, str], str]:
    """What folders of this machine and user are, by their path, and the user's name if known."""
    own = {
        "the folder of the helpers": Path(__file__).parents[2],
        "the folder of the environment": Path(sys.prefix),
        "the folder of Python": Path(sysconfig.get_path("stdlib")),
        "the home of a user": Path(os.path.expanduser("~")),  # noqa: PTH111 - it may be unknown
        "the folder for temporary files": Path(tempfile.gettempdir()),
    }
    found = {}
    for what, path in own.items():
        found |= {str(form): what for form in (path, path.resolve()) if str(form) not in found}
    try:
        import pwd

        return found, pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows, and a user whom the machine has no name for
        return found, ""


def _expected(what: str) -> str:
    return f"words or quantities, as {what} is never twice the same"


def _texts(data) -> Iterator[str]:
    """All texts in plain data, such as what a helper shows."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (list, Mapping)):
        for part in data.values() if isinstance(data, Mapping) else data:
            yield from _texts(part)
