"""The commands `annex new …`, which begin something for an author."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from .commands import command_of, folders_of


def add(known) -> list[argparse.ArgumentParser]:
    """Add the commands to those that are known; return those about a project that is there."""
    new = known.add_parser(
        "new", help="begin a relation, a table or a theme",
        description="Begin a relation, a table or a theme.",
        epilog="example: annex new relation lyon-guangzhou --languages fr,en",
    ).add_subparsers(title="what", required=True, metavar="WHAT")  # fmt: skip
    made = command_of(
        new, relation, "make a new project, which builds at once",
        "annex new relation lyon-guangzhou --languages fr,en --title 'Lyon – Guangzhou'",
        "It has a table with two rows that are examples, and a notebook; README.md in it says what "
        "comes next.",
    )  # fmt: skip
    made.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    made.add_argument(
        "--languages", required=True, metavar="CODES", type=lambda text: text.split(","),
        help="the languages of its pages, the first one first, such as de,en",
    )  # fmt: skip
    made.add_argument(
        "--title", default="", metavar="TEXT", help="of the annex (default: the name of the folder)"
    )
    added = command_of(
        new, table, "add an empty table, with its description and its role",
        "annex new table visitors --role series",
    )  # fmt: skip
    added.add_argument("name", metavar="NAME", help="small letters, digits and underscores")
    added.add_argument(
        "--role", required=True,
        help="what the library reads it for: claims, hedges, sources, sections, errors, set_aside, "
        "reported, or series, which has values by year from publications",
    )  # fmt: skip
    begun = command_of(
        new, theme, "make the notebook of a theme, its row in the README and its test",
        "annex new theme air_quality --table emissions",
        "It builds at once; what an author must write is marked in it.",
    )  # fmt: skip
    begun.add_argument("name", metavar="NAME", help="letters, digits and underscores")
    begun.add_argument(
        "--table", metavar="NAME",
        help="the table to begin with: one with a year in its key and a measured column "
        "(default: that with the name of the theme, or else the first)",
    )  # fmt: skip
    return [added, begun]


def relation(chosen: argparse.Namespace) -> int:
    """Make a new project; print its files and what comes next."""
    from .new_relation.started_relation import start

    written = start(chosen.folder, chosen.languages, chosen.title)
    print("\n".join(f"{chosen.folder / name}" for name in written))
    print(
        f"It builds at once: cd {shlex.quote(str(chosen.folder))} && annex build. "
        "Then replace what annex check tells; README.md there says how."
    )
    return 0


def table(chosen: argparse.Namespace) -> int:
    """Add a table to the project; print what was written and its columns."""
    from .new_table import started_table

    begun = started_table.start(*folders_of(chosen), chosen.name, chosen.role)
    print("\n".join(begun.written))
    for name, columns in begun.columns.items():
        print(f"{name} has the columns {', '.join(columns)}")
    print("Add rows, and run annex check: it names each cell that does not fit.")
    return 0


def theme(chosen: argparse.Namespace) -> int:
    """Make the notebook of a new theme, its row in the README and its test; print their paths."""
    from .new_theme import started_theme

    started = started_theme.start(*folders_of(chosen), chosen.name, chosen.table)
    print("\n".join(started.written))
    for each in started.left_out:
        print(f"left out: {each}")
    print(f"Its figures are those of the table {started.table}; --table NAME takes another.")
    print("Now write what is marked [to be written] there; annex check says where it still stands.")
    return 0
