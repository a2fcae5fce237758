"""The commands of the command line. Each imports heavy libraries only when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import quote

from ..errors import AnnexError, Problem, visible
from . import terminal


def data_folder(chosen: argparse.Namespace) -> Path:
    """The folder with the tables, whose languages are those of this process from now on."""
    from ..locales import read_languages, set_languages

    data = _data_folder(chosen)
    set_languages(read_languages(data))
    return data


def _data_folder(chosen: argparse.Namespace) -> Path:
    """The folder with the tables: `--data`, that of `--project`, or that of this project."""
    from ..files import folders

    own = chosen.project and folders.project(chosen.project) / "data"
    return chosen.data or own or folders.data()


def folders_of(chosen: argparse.Namespace) -> tuple[Path, Path]:
    """The folders of the project and of its tables."""
    from ..files import folders

    return folders.project(chosen.project), data_folder(chosen)


def check(chosen: argparse.Namespace) -> int:
    """Print all problems of all tables, and those of notebooks that are found without running
    them; returns 1 if there are any."""
    from ..claims import checks
    from ..tables import display_names, unwritten
    from .run import notebook_rules, own_modules

    data, notebooks = data_folder(chosen), _notebooks(chosen)
    unreadable, unbound = notebook_rules.errors(notebooks)
    problems = [*checks.problems(data), *unreadable, *unbound]
    for root in {path.parent.parent for path in notebooks}:
        problems += own_modules.problems(root)
    for warning in notebook_rules.warnings(notebooks, stored=True):
        terminal.warn(warning)
    if not problems:
        for warning in unwritten.words(data):
            terminal.warn(warning)
        problems += unwritten.rows(data)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s)")
        return 1
    if unread := checks.unread(data):
        print(
            f"{len(unread)} printed texts are no number that can be read, so that nothing compares "
            f"them with their values, such as {unread[0]}"
        )
    counted = f"{len(display_names.names(data))} tables, {len(notebooks)} notebooks"
    print(f"{counted}, no problems")
    return 0


def _notebooks(chosen: argparse.Namespace) -> list[Path]:
    """The notebooks of the project; none where only a data folder is named, outside of one."""
    from ..files import folders
    from .plan.plan import numbered

    try:
        return numbered(folders.project(chosen.project) / "notebooks")
    except AnnexError:
        if chosen.project or not chosen.data:
            raise
        return []


def trace(chosen: argparse.Namespace) -> int:
    """Search copies of the documents for every row; returns 1 if one is missing, a number of a
    document has no row, or a document has no copy."""
    from ..tables.documents import documents
    from .trace import copies, trace

    data = data_folder(chosen)
    files, notes = copies.chosen(chosen.paths, documents(data))
    results = trace.trace(files, data)
    print(trace.table(list(results.values())))
    for name, result in results.items():
        whose = f"{name}: " if len(results) > 1 else ""
        for line in (*result.notes, *map(str, result.problems)):
            print(visible(f"{whose}{line}"))
    for note in notes:
        print(visible(note))
    return 1 if any(result.problems for result in results.values()) else 0


def verify(chosen: argparse.Namespace) -> int:
    """Compare an annex with its manifest and a fresh run; returns 1 unless everything agrees."""
    import json

    from .plan.plan import notebooks
    from .verify import result, statement

    root, data = folders_of(chosen)
    if chosen.only:  # without it a project may have no notebooks: its files are still compared
        notebooks(root / "notebooks", chosen.only)
    statement.ready(chosen.report)  # reports a bad path before the notebooks run
    folder = chosen.folder or root / ("annex-draft" if chosen.only else "annex")
    found = result.verify(
        folder, root, data, chosen.checksum, chosen.only, report=terminal.progress
    )
    if chosen.json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(visible, statement.lines(found))))
    if chosen.report:
        for path in statement.write(found, chosen.report, data, chosen.lang):
            print(path, file=sys.stderr if chosen.json else sys.stdout)
    return 0 if found.agrees else 1


def sbom(chosen: argparse.Namespace) -> int:
    """Print the bill of materials, or write it to a file."""
    from ..files import folders
    from .release.sbom import sbom

    text = sbom(folders.project(chosen.project))
    if chosen.path is None:
        print(text, end="")
        return 0
    try:
        chosen.path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        found = error.strerror or str(error)
        raise AnnexError(Problem(str(chosen.path), found, "a file that can be written")) from error
    return 0


def build(chosen: argparse.Namespace) -> int:
    """Build the annex unless it is up to date, and print the path of its front page; or those of
    several projects."""
    from ..files import folders
    from .one_build import Wanted, renew
    from .timings import table

    named: list[Path] = chosen.project or []
    if chosen.under or chosen.json or len(named) > 1:
        from .many import build_command

        return build_command.run(chosen, named)
    chosen.project = named[0] if named else None
    root, data = folders.project(chosen.project), _data_folder(chosen)
    wanted = Wanted(root, data, chosen.out, chosen.only, chosen.pdf, not chosen.no_cache)
    clock = renew(wanted, chosen.jobs, terminal.progress, terminal.warn)
    if chosen.timings or (clock is None and sys.stderr.isatty()):
        print(table(clock.seconds) if clock else "  nothing changed", file=sys.stderr)
    print(wanted.place / "index.html")
    return 0


def index(chosen: argparse.Namespace) -> int:
    """Make a front page over the annexes below a folder."""
    from .overview import index_command

    return index_command.run(chosen)


def preview(chosen: argparse.Namespace) -> int:
    """Serve the annex, and show each edit on the page that it changes, until it is stopped."""
    from .plan.plan import notebooks
    from .preview.preview import preview
    from .run.kernels import parent

    root, data = folders_of(chosen)
    named = [path.stem for path in notebooks(root / "notebooks", chosen.only)]
    first = ""
    if chosen.only:
        from .. import language

        first = f"{language.current()}/{quote(named[0])}.html"
    parent.sweep()

    def opened(address: str) -> None:
        print(address + first, flush=True)
        shown = not chosen.no_browser and _has_display()
        if sys.stderr.isatty():
            here = "" if shown else "Open this address in a browser. "
            print(f"{here}Ctrl-C ends the preview.", file=sys.stderr, flush=True)
        if shown:
            import webbrowser

            webbrowser.open(address + first)

    preview(root, data, chosen.only, chosen.port, opened, terminal.tell, terminal.progress)
    return 0


def _has_display() -> bool:
    """Whether a browser can have a window: one in the terminal would take it from the preview."""
    shown = {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)
    return bool(shown) or sys.platform in ("win32", "darwin")


def command_of(known, run, summary: str, example: str, more: str = "") -> argparse.ArgumentParser:
    """Add a command, which `run` runs, to those that are known. example, more: of its help."""
    command = known.add_parser(
        run.__name__, help=summary, description=f"{summary[0].upper()}{summary[1:]}. {more}",
        epilog=f"example: {example}",
    )  # fmt: skip
    command.set_defaults(run=run, trouble=1)
    return command
