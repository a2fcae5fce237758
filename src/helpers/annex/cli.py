"""The command `annex`. Heavy imports happen only in the command that needs them."""

from __future__ import annotations

import argparse
import gc
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from ..errors import mendable, visible
from ..limits import GARBAGE_OBJECTS
from . import commands, new_commands
from .commands import command_of

_BUILD_DETAILS = (
    "Several projects are built in a process each, and one that fails does not stop the others. "
    "Exit code: 0 if every annex is as it should be, 1 if one could not be built."
)
_PREVIEW_DETAILS = (
    "The pages are those of a build, with a script that shows the next one; they are served to "
    "this computer only. Ctrl-C ends it."
)
_VERIFY_DETAILS = (
    "It runs the project's notebooks, as a build does. Exit code: 0 no difference; 1 something "
    "differs, or the annex could not be rebuilt; 2 nothing could be verified."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns the exit code: 0 for success, 1 for problems, 2 when nothing
    could be verified (argparse exits with 2 for invalid arguments), 130 after Ctrl-C."""
    gc.set_threshold(GARBAGE_OBJECTS)
    chosen = _parser().parse_args(arguments)
    try:
        if os.name == "posix":
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # `annex_start` blocks it
        return chosen.run(chosen)
    except BaseException as error:
        if _is_interruption(error):
            print("annex: interrupted; the annex is unchanged", file=sys.stderr)
            return 130
        problems = mendable(error)
        if not problems:
            raise
    for problem in problems:
        print(visible(f"annex: {problem}"), file=sys.stderr)
    return chosen.trouble


def _is_interruption(error: BaseException | None) -> bool:
    """True for Ctrl-C, also where it struck code that turns every error into another, as Python
    does while it defines a class or a package while it is imported."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="annex",
        description="Check the tables of the evidence annex, build its pages, and verify them.",
        epilog="example: annex check && annex build && annex verify",
    )
    known = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = command_of(
        known, commands.check, "check every table", "annex check --data ../next-year/data"
    )
    build = command_of(
        known, commands.build, "run the notebooks and build the pages",
        "annex build --only 03_mission_timeline", _BUILD_DETAILS,
    )  # fmt: skip
    preview = command_of(
        known, commands.preview,
        "show the annex in a browser, and each edit of a notebook, table, helper or template on "
        "the page that it changes", "annex preview --only 03_mission_timeline", _PREVIEW_DETAILS,
    )  # fmt: skip
    verify = command_of(
        known, commands.verify,
        "compare a published annex with its manifest and with a new run, and explain differences",
        "annex verify handout --report statement.html", _VERIFY_DETAILS,
    )  # fmt: skip
    verify.set_defaults(trouble=2)
    trace = command_of(
        known, commands.trace, "look up every transcribed row in copies of the documents",
        "annex trace evaluation.pdf",
    )  # fmt: skip
    sbom = command_of(
        known, commands.sbom,
        "write a bill of materials (CycloneDX) of what requirements.lock installs",
        "annex sbom release/sbom.cdx.json",
    )  # fmt: skip
    index = command_of(
        known, commands.index, "make a front page over all annexes below a folder",
        "annex index relations", "It reads what they publish, and runs nothing.",
    )  # fmt: skip
    index.add_argument("folder", type=Path, metavar="DIR", help="the folder with the annexes")
    index.add_argument(
        "--out", type=Path, metavar="PAGE", help="the first page (default: index.html in DIR)"
    )
    index.add_argument(
        "--languages", metavar="CODES",
        help="languages of the page, such as en,nl (default: those of the annexes)",
    )  # fmt: skip
    begun = new_commands.add(known)
    trace.add_argument(
        "paths", nargs="+", metavar="PATH",
        help="the document, as text or PDF; of several documents: NAME=PATH for each, or a folder "
        "with NAME.txt, NAME.pdf or NAME.md",
    )  # fmt: skip
    sbom.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help="the file to write (default: printed)"
    )
    _add_build_options(build)
    preview.add_argument(
        "--port", type=_port, metavar="N", help="port of the server (default: a free one from 8765)"
    )
    preview.add_argument("--no-browser", action="store_true", help="only print the address")
    _add_verify_options(verify)
    for command in (build, preview, verify):
        command.add_argument(
            "--only", action="append", default=[], metavar="NAME",
            help="only this notebook, by name; may be given more than once; verify: of a draft",
        )  # fmt: skip
    for command in (check, build, preview, verify, trace, *begun):
        command.add_argument(
            "--data", type=Path, metavar="DIR", help="the data folder (default: the project's)"
        )
    for command in (check, preview, verify, trace, sbom, *begun):
        command.add_argument(
            "--project", type=Path, metavar="DIR",
            help="the folder with notebooks/ and data/ (default: here, or the nearest above)",
        )  # fmt: skip
    return parser


def _add_build_options(command: argparse.ArgumentParser) -> None:
    projects = command.add_mutually_exclusive_group()
    projects.add_argument(
        "--project", type=Path, nargs="+", action="extend", metavar="DIR",
        help="a folder with notebooks/ and data/, or several (default: here, or the nearest above)",
    )  # fmt: skip
    projects.add_argument(
        "--under", type=Path, metavar="DIR", help="every project in this folder and those inside it"
    )
    command.add_argument(
        "--json", action="store_true",
        help="print one JSON object with what became of each project, its notebooks and problems",
    )  # fmt: skip
    command.add_argument(
        "--out", type=Path, metavar="DIR",
        help="where the annex goes (default: annex; with --only: annex-draft)",
    )  # fmt: skip
    command.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        help="notebooks in parallel, of all projects together (default: one per core)",
    )
    command.add_argument(
        "--no-cache", action="store_true", help="run every notebook, ignoring cached results"
    )
    command.add_argument(
        "--timings",
        action="store_true",
        help="print the duration of each stage, and, indented, of what went on beside them",
    )
    command.add_argument(
        "--pdf", action="store_true",
        help="also make PDFs in each language, such as annex-en.pdf of all themes and "
        "five_minutes-en.pdf to print (needs the extra 'pdf')",
    )  # fmt: skip


def _add_verify_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="the annex (default: the project's)"
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.add_argument(
        "--report", type=Path, action="append", default=[], metavar="PATH",
        help="write a statement to sign, .html or .md, with codecheck.yml beside it; may be given "
        "more than once",
    )  # fmt: skip
    command.add_argument(
        "--checksum",
        type=_sha256,
        metavar="HEX",
        help="expected SHA-256 of manifest.json, as published elsewhere",
    )
    command.add_argument(
        "--lang",
        type=_translated,
        default="en",
        metavar="CODE",
        help="language of the statement, of those that the program speaks (default: en)",
    )


def _translated(code: str) -> str:
    from ..messages import translated

    if code not in (known := translated()):
        raise argparse.ArgumentTypeError(f"{code!r} is not one of {', '.join(known)}")
    return code


def _sha256(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not 64 digits of 0-9 and a-f")
    return text.lower()


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: 1 to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


if __name__ == "__main__":  # as the program `annex` starts it
    sys.exit(main())
