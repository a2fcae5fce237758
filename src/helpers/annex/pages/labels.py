"""Texts of the templates: labels and introductions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...language import Text
from ...messages import COLON, SEMICOLON, _

if TYPE_CHECKING:
    from ...tables.publication import Publication

ERRORS = "evidence-errors"  # the name of the sheet of errors of the document
WORDS = {
    "annex": _("Evidence annex"),
    "contents": _("On this page"),
    "themes": _("Themes"),
    "chart": _("Figure"),
    "table": _("Table"),
    "source": _("Source"),
    "sources": _("Sources"),
    "statistics": _("Official and other series"),
    "data": _("Table for {}"),
    "open_table": _("See {} in full"),
    "back": _("Back to {}"),
    "description": _("Description"),
    "colon": COLON,
    "semicolon": SEMICOLON,
    "download": _("Download the table for {} (CSV)"),
    "annex_group": _("Tables of this annex"),
    "code": _("Calculation"),
    "skip": _("Skip to content"),
    "offers": _("To begin with"),
    "published_by": _("Published by"),
    "published_on": _("On", "date"),
    "version": _("Version"),
    "corrections": _("Corrections"),
    "about_corrections": _("are listed by version in CHANGELOG.md, with the source code"),
    "contact": _("Contact"),
    "no_contact": _("no address known"),
    "not_known": _("not known"),
    "scroll": _("table, scrolls sideways"),
    "previous": _("Previous"),
    "next": _("Next"),
    "register": _("Register of numbers"),
    "register_short": _("Register"),
    "computed": _("Computed here"),
    "series": _("Official and other series"),
    "publishers": _("Publishers"),
    "files": _("Files"),
    "coverage": _("Coverage"),
    "what": _("What"),
    "value": _("Value"),
    "unit": _("Unit"),
    "period": _("Period"),
    "formula": _("Computed as"),
    "rows": _("Rows"),
    "by_series": _("Verdict by figures from outside"),
    "operation": _("Test"),
    "outside": _("figures from outside"),
    "stated": _("As printed"),
    "computed_short": _("Computed"),
    "official": _("By figures from outside"),
    "place": _("Place"),
    "footnote": _("Footnote"),
    "row": _("Row"),
    "note": _("Note"),
    "claims": _("Claims"),
    "cited": _("Used in"),
    "unless": _("unless a number says otherwise"),
    "counted": _("Counted in:"),
    "formulas": _("Formulas in words"),
    "inputs": _("In a calculation only"),
    "apart": _("Elsewhere in this theme"),
    "top": _("At the top of the page"),
    "sum": _("Calculation"),
    "read_as": _("Read as"),
    "range": _("Range, rounded outwards"),
    "see": _("See"),
    "file": _("File"),
    "file_inside": _("file"),
    "publisher_inside": _("publisher"),
    "checksum": _("Checksum"),
    "publisher": _("Publisher"),
    "title": _("Title"),
    "language": _("Language"),
    "texts": _("The documents themselves"),
    "table_id": _("Table"),
    "hand": _("At what remove"),
    "retrieved": _("Retrieved via"),
    "class": _("Kind of numeral"),
    "number": _("Number", "count"),
    "figure": _("Number"),
    "contents_pdf": _("Contents"),
    "figures_pdf": _("Charts in words and numbers"),
    "tables_pdf": _("Long tables"),
    "code_pdf": _("Calculations"),
    "as_sheet": _("to print, PDF"),
    "as_pdf": _("All themes as PDF"),
    "numbers_pdf": _(
        "In the web version every number is a link to the register, with what it rests on. That"
        " register is not in this document."
    ),
    "about_register": _(
        "Every number with what it rests on; open a line for its origin or its calculation. A range"
        " has all numbers that would be written that way, and is rounded outwards. Without a range"
        " it is just this number."
    ),
    "by_official": _("What official figures say"),
    "what_unknown": _("What is not known"),
    "rests_on_official": _("rests on official publications only"),
    "rests_on_counted": _("counts verdicts of this annex"),
    "about_files": _("The checksum (SHA-256) is that of the file from which this annex was made."),
    "about_coverage": _(
        "Every numeral in the text of the themes, in every language, by where it comes from;"
        " drawings are not counted. A numeral of none of these kinds stops the annex from being"
        " built."
    ),
}

# What pages call the documents: an evaluation that is the only one, or any other, or several.
_OF_EVALUATION = {
    "evaluation": _("Figures from the evaluation"),
    "reported": _("What the evaluation reports"),
    "verdict": _("Verdict within the evaluation"),
    "errors": _("Errors and unclear places in the evaluation"),
    "about_errors": _(
        "What stands in the evaluation, and what is right or how it is read here, in the order of"
        " the document. At text extraction the cause is the text that was taken from the document."
        " Claims that other figures contradict are listed too."
    ),
    "only_stated": _("What only the evaluation says"),
    "rests_on_stated": _("rests on what the evaluation states; a statement about it was tested"),
    "rests_on_unknown": _("rests on what the evaluation states; nothing tests it"),
}
_OF_DOCUMENTS = {
    "evaluation": _("Cited documents"),
    "reported": _("What documents report"),
    "verdict": _("Verdict by what documents report"),
    "errors": _("Errors and unclear places in documents"),
    "about_errors": _(
        "What stands in a document, and what is right or how it is read here, by document. At text"
        " extraction the cause is the text that was taken from the document. Claims that other"
        " figures contradict are listed too."
    ),
    "only_stated": _("What is only stated"),
    "rests_on_stated": _("rests on what documents state; a statement about it was tested"),
    "rests_on_unknown": _("rests on what documents state; nothing tests it"),
}

# The headings of the three columns of the front page, by the role of their lines.
COLUMNS = {"official": "by_official", "stated": "only_stated", "unknown": "what_unknown"}


def labels(told: Publication) -> Mapping[str, Text]:
    """Every text of the pages of a project, by name."""
    own = _OF_EVALUATION if told.evaluation else _OF_DOCUMENTS
    return {**WORDS, **own, "licence": told.licence}
