"""Texts of the templates in both languages: labels and introductions."""

from __future__ import annotations

from ...messages import COLON, SEMICOLON, _

ERRORS = "evidence-errors"  # the name of the sheet of errors of the document
WORDS = {
    "annex": _("Evidence annex"),
    "contents": _("On this page"),
    "themes": _("Themes"),
    "chart": _("Figure"),
    "table": _("Table"),
    "source": _("Source"),
    "sources": _("Sources"),
    "evaluation": _("Figures from the evaluation"),
    "statistics": _("Official and other series"),
    "data": _("Table for {}"),
    "open_table": _("See {} in full"),
    "back": _("Back to {}"),
    "description": _("Description"),
    "colon": COLON,
    "semicolon": SEMICOLON,
    "download": _("Download the table for {} (CSV)"),
    "licence": _("Text, tables and figures: CC BY 4.0. Series: on the terms of their publishers."),
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
    "reported": _("What the evaluation reports"),
    "computed": _("Computed here"),
    "series": _("Official and other series"),
    "publishers": _("Publishers of the series"),
    "files": _("Files"),
    "coverage": _("Coverage"),
    "what": _("What"),
    "value": _("Value"),
    "unit": _("Unit"),
    "period": _("Period"),
    "formula": _("Computed as"),
    "rows": _("Rows"),
    "verdict": _("Verdict within the evaluation"),
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
    "errors": _("Errors and unclear places in the evaluation"),
    "sum": _("Calculation"),
    "read_as": _("Read as"),
    "range": _("Range, rounded outwards"),
    "see": _("See"),
    "file": _("File"),
    "file_inside": _("file"),
    "publisher_inside": _("publisher"),
    "checksum": _("Checksum"),
    "publisher": _("Publisher"),
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
    "about_errors": _(
        "What stands in the evaluation, and what is right or how it is read here, in the order of"
        " the document. At text extraction the cause is the text that was taken from the document."
        " Claims that other figures contradict are listed too."
    ),
    "about_files": _("The checksum (SHA-256) is that of the file from which this annex was made."),
    "about_coverage": _(
        "Every numeral in the text of the themes, in every language, by where it comes from;"
        " drawings are not counted. A numeral of none of these kinds stops the annex from being"
        " built."
    ),
}

# The three columns of the front page, by the role of their lines.
COLUMNS = {
    "official": _("What official figures say"),
    "stated": _("What only the evaluation says"),
    "unknown": _("What is not known"),
}
