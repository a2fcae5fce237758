"""What tables and columns are called in the descriptor of a project, until an author says it
better."""

from __future__ import annotations

from ...language import Text
from ...messages import _
from ...tables.roles import Role

SERIES = "series"  # a table of values by year, which is no role: a project may have many

# The title, the description, and what the rows are called.
TABLES: dict[str, tuple[Text, Text, Text]] = {
    Role.REPORTED: (
        _("Reported numbers"), _("The numbers that the documents report."), _("numbers"),
    ),
    Role.CLAIMS: (
        _("Statements"), _("Statements of the documents, and the rows that test them."),
        _("statements"),
    ),
    Role.HEDGES: (
        _("Hedge words"), _("Words such as about or over, and what they allow."), _("words"),
    ),
    Role.SOURCES: (
        _("Sources"), _("The publications that figures of this annex come from."),
        _("publications"),
    ),
    Role.SECTIONS: (_("Sections"), _("The sections of the documents."), _("sections")),
    Role.ERRORS: (_("Errors"), _("Errors of the documents that no number can test."), _("errors")),
    Role.SET_ASIDE: (
        _("Numerals set aside"), _("Numerals in the documents that are no figures, such as dates."),
        _("rules"),
    ),
    SERIES: (Text(), _("Values by year."), _("values")),
}  # fmt: skip

# The title and the description of each column, in the order that they have in a table.
COLUMNS: dict[str, tuple[Text, Text]] = {
    "id": (_("Reference"), _("The name of the row; never reused.")),
    "year": (_("Year"), _("Calendar year.")),
    "document": (_("Document"), _("The name of the document that it stands in.")),
    "section": (_("Section"), _("The section of the document that it stands in.")),
    "kind": (_("Kind"), _("What kind it is of.")),
    "pattern": (_("Pattern"), _("Regular expression for the numeral with its surroundings.")),
    "raw": (_("As printed"), _("Exactly as the document prints it.")),
    "hedge": (_("Hedge"), _("The word that goes with the number, such as about, as printed.")),
    "below": (_("Below"), _("How far the number may lie lower, in units of its last digit.")),
    "above": (_("Above"), _("How far the number may lie higher, in units of its last digit.")),
    "value": (_("Value"), _("The number in its unit; empty if none can be read.")),
    "last_digit": (_("Last digit"), _("What one unit of the last digit that counts stands for.")),
    "unit": (_("Unit"), _("The unit of the value.")),
    "source": (_("Source"), _("The publication that it is from.")),
    "subject": (_("Subject"), _("What the number counts.")),
    "statement": (_("Statement"), _("The statement in own words.")),
    "operation": (_("Operation"), _("How it is tested.")),
    "inputs": (_("Inputs"), _("The rows that it is computed from, joined with semicolons.")),
    "claimed": (_("Claimed"), _("The row with the number that is claimed.")),
    "series": (_("Series"), _("Rows of other publications that it is also computed from.")),
    "publisher": (_("Publisher"), _("Who published it.")),
    "title": (_("Title"), _("The title of the publication, in its language.")),
    "language": (_("Language"), _("The language that it is written in, by its code.")),
    "url": (_("Address"), _("Where it can be read.")),
    "description": (_("Description"), _("What stands there, and how this annex reads it.")),
    "row": (_("Row"), _("The row of another table that it concerns; empty if none.")),
    "rationale": (_("Rationale"), _("Why it allows that.")),
    "origin": (_("Origin"), _("What the rule rests on.")),
    "reason": (_("Reason"), _("Why it is no figure.")),
    "note": (_("Note"), _("What readers need to know about it.")),
}  # fmt: skip

# The values of columns that have some; the kinds of sources go from the strongest to the weakest.
CATEGORIES: dict[tuple[str, str], dict[str, Text]] = {
    (Role.SOURCES, "kind"): {
        "official": _("official statistics"),
        "report": _("report or paper"),
        "press": _("press"),
    },
    (Role.ERRORS, "kind"): {
        "figure": _("a figure that can't be right"),
        "date": _("a date that is incomplete or unclear"),
        "wording": _("unclear wording"),
    },
}
