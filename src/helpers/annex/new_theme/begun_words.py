"""The words of a notebook that is begun for an author: sentences, and questions in place of those
that only its author can write."""

from __future__ import annotations

from pathlib import Path

from ...language import Text
from ...messages import UNWRITTEN, _
from ...tables import sections

_NAMES = ("last", "a", "b", "x", "y")  # fields that the notebook fills in when it runs
_WORDS = {
    # of each notebook
    "part": _("Which part of the documents this serves, and which question it answers, is {}."),
    "through": _("Figures up to {last}."),
    "shows": _("What these figures show is {}."),
    "shows_not": _("What they do not show is {}."),
    "data": _("Data"),
    "origin": _("Where they are from, and which are missing, is {}."),
    "definitions": _("Definitions and choices"),
    "seen": _("What is to be seen in it is {}."),
    "limits": _("Limits of this chapter"),
    "missing": _("What is missing is {}."),
    "change": _("What could change the finding is {}."),
    # of a theme
    "what": _("what this is, is {}."),
    "choices": _("The base year, the currency, the concept and the geography: {}."),
    "developed": _("How did the figures develop?"),
    "each_year": _("The chart shows the value of each year."),
    "beside": _("The table sets the first year beside the last."),
    "year": _("Year"),
    "first_last": _("The first and the last year"),
    "verdicts": _("The table has the verdicts on the statements of this theme."),
    "matters": _("What of that matters is {}."),
    "no_series": _("no series"),
    "row": _("Row"),
    "statement": _("Statement"),
    "against": _("Against a series"),
    "of_theme": _("The statements of this theme"),
    "all_years": _("Appendix: the value of each year"),
    "all_values": _("All values of the chart"),
    # of a new relation
    "question": _("What do the figures show?"),
    "counts": _("Example, {}: the report counts {x} visits to the partner, and {y} from it."),
    "together": _("Together these are {x} visits, an example that is made up."),
    "every_number": _("The table has every number of the report."),
    "numbers": _("Every number that the report gives"),
    "unit": _("Unit"),
    "printed": _("As printed"),
    "visit": _("What counts as a visit, and who counted, is {}."),
    "compare": _("How do the numbers compare?"),
    "asks": _("What this asks, and why, is {}."),
    "directions": _("Example, {}: visits in each direction."),
}
USED = _("Used: {n:0} values, from {a} up to {b}.")


def words() -> dict[str, Text]:
    """The words by name, with the mark where an author must write."""
    fields = {name: f"{{{name}}}" for name in _NAMES}
    return {name: text.format(UNWRITTEN, **fields) for name, text in _WORDS.items()}


def serves(data: Path) -> Text:
    """What part of the documents a notebook serves, which its author has to write."""
    places = sections.Places(data)
    if len(places.documents) == 1 and sections.SECTION in places.columns:
        return _("Serves section {} of the {}.").format(UNWRITTEN, documents(data))
    return words()["part"]


def documents(data: Path) -> Text:
    """What the documents are called in a sentence: the only one, or all together."""
    known = [*sections.Places(data).documents.values()]
    return known[0].label if len(known) == 1 else _("documents")
