"""What a command says on stderr while it works."""

from __future__ import annotations

import sys

from ..errors import Problem, visible


def tell(words: str) -> None:
    """Print a line, or several, with the name of the program."""
    print(visible(f"annex: {words}"), file=sys.stderr, flush=True)


def warn(problem: Problem) -> None:
    """Print a problem by which no reader loses anything."""
    tell(f"warning: {problem}")


def progress(name: str, seconds: float | None) -> None:
    """Print a line per notebook if stderr is a terminal."""
    if sys.stderr.isatty():
        told = "as before" if seconds is None else f"{seconds:.1f} s"
        print(f"  {name}  {told}", file=sys.stderr, flush=True)
