"""The words of a new project, in its languages: its tables, and the questions to its author that its
notebook has in place of prose."""

from __future__ import annotations

from ...language import Text
from ...messages import _
from ...tables.unwritten import UNWRITTEN

DESCRIPTION = _("What this annex is about is {}.")
REPORT = _("The report, whose title is {}")
LABEL = _("report")
VISITS = _("visits")
FIGURES = _("Figures")  # the short name of the notebook
THERE = _("Example, made up: visits to the partner")
HERE = _("Example, made up: visits from the partner")
RATIONALES = {
    "over": _("Somewhat more than the number."),
    "under": _("Somewhat less than the number."),
    "about": _("Somewhat more or less than the number."),
}

_NOTEBOOK = {
    "title": _(
        "# What do the figures show?\n\n"
        "Which part of the report this serves, and which question it answers, is {}."
    ),
    "through": _("Figures up to {{last}}."),
    "headline": _("Example: the report counts {{x}} visits to the partner, and {{y}} from it."),
    "finding": _(
        "Together these are {{x}} visits, an example that is made up. "
        "What the figures show is {}. What they do not show is {}."
    ),
    "data": _(
        "## Data\n\nThe table has every number of the report. Where they are from, which period "
        "they are about, and which are missing, is {}."
    ),
    "unit": _("Unit"),
    "table": _("Every number that the report gives"),
    "definitions": _(
        "## Definitions and choices\n\nWhat counts as a visit, and who counted, is {}."
    ),
    "section": _("## How do the numbers compare?\n\nWhat this asks, and why, is {}."),
    "chart": _("Example: visits in each direction."),
    "read": _("What is to be seen in it is {}."),
    "limits": _(
        "## Limits of this chapter\n\n- What is missing is {}.\n"
        "- What could change the finding is {}."
    ),
}


def notebook() -> dict[str, Text]:
    """The texts of the notebook, with the mark where an author must write."""
    return {name: text.format(UNWRITTEN, UNWRITTEN) for name, text in _NOTEBOOK.items()}


def hedges(lang: str) -> list[dict[str, str]]:
    """The rows of the table of hedge words for a document in a language."""
    return []
