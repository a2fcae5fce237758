"""Slips that change nothing that the annex says, and why that is as it should be.

A rule may only excuse what no build shows: of each a mutant is built, and the rule fails if a page
says another thing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Set

from tabled import Mutant

_SERIES = "statistics/"  # the folder of the tables of series
UNUSED = (
    "a row of a series that gives no number and no claim its value, though it may be counted: its "
    "table is in the annex for what others may ask of it, and published are its number of rows and "
    "its checksum"
)
LIMITS = ("niet minder dan", "maximaal", "binnen", "zeker")
SAME_LIMIT = (
    "the last digit of a number that a word makes a limit, as 'not less than': it is the same "
    "limit, however coarse or fine the number is"
)
NAMES = [
    f"descriptor: {name}_{what}"
    for name, what in (
        ("label", "changed"), ("list", "dropped"), ("title", "changed"), ("whole", "changed"),
        ("measure", "changed"),
    )
]  # fmt: skip
LESS = "a rule less in the descriptor: the tables meet it, so nothing that is published is another"


def reason(mutant: Mutant, used: Set[tuple[str, str]]) -> str:
    """Why a mutant may change nothing; empty when no rule says so.

    used: table and key of every row that the annex rests on.
    """
    if mutant.operator in NAMES:
        return f"{mutant.operator}, of a table or column that no page shows"
    if mutant.operator in ("descriptor: rule_dropped", "descriptor: key_dropped"):
        return LESS
    if (
        mutant.path.startswith(_SERIES)
        and mutant.table != "statistics_sources"
        and mutant.keys
        and not any((mutant.table, key) in used for key in mutant.keys)
    ):
        return UNUSED
    if mutant.columns == ("last_digit",) and _changed(mutant).get("hedge") in LIMITS:
        return SAME_LIMIT
    for table, columns, why in COLUMNS:
        fits = table in ("", mutant.table)
        if fits and mutant.columns and all(_named(c, columns) for c in mutant.columns):
            return why
    return ""


def _changed(mutant: Mutant) -> dict[str, str]:
    """The row with the slip; empty when it is in several."""
    rows = csv.DictReader(io.StringIO(mutant.content.decode(), newline=""))
    return next((row for number, row in enumerate(rows, 2) if number == mutant.row), {})


def _named(column: str, names: tuple[str, ...]) -> bool:
    return any(column == n[:-1] if n.endswith("=") else column.startswith(n) for n in names)


# Table (empty for all), what the names of columns start with (with = all of the name), reason.
COLUMNS: list[tuple[str, tuple[str, ...], str]] = [
    ("", ("note_",), "a note of a row that no number of a page rests on is read in its table"),
    (
        "sources",
        ("",),
        "documents that the evaluation cites are read in their table; pages name the footnote",
    ),
    (
        "sections",
        ("raw",),
        "the heading by which `annex trace` finds a section; pages name it by its number",
    ),
    ("set_aside", ("",), "a rule for `annex trace`, which no page uses"),
    ("hedges", ("rationale_",), "the reason of a rule is read beside it, in its table"),
    (
        "questions",
        ("numbers", "norm_sections", "finding_sections"),
        "where a question's norm and finding stand, and the numbers of it, are read in its table; "
        "pages give the question, norm, finding and claims",
    ),
    (
        "province_budgets",
        ("remark_", "use_", "footnote"),
        "what the evaluation says beside a "
        "budget is read in its table; pages give the budget and its place",
    ),
    ("province_partners", ("footnote",), "the footnote of a pair of partners is read in its table"),
    (
        "province_partners",
        ("raw",),
        "the words by which `annex trace` finds a pair; pages give the pair by its key",
    ),
    ("milestones", ("footnote",), "the footnote of a date is read in its table"),
    (
        "outcomes",
        ("description_", "footnote"),
        "what is said of a result that repeats another is read in its table; pages show the first",
    ),
    (
        "missions",
        ("leader=",),
        "who led, in words, is read in its table; pages give the office and whether that led",
    ),
    (
        "arguments",
        ("raw", "section"),
        "words by which `annex trace` finds a row; pages give the statement",
    ),
]
