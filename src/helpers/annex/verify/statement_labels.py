"""The words of a reviewer's statement."""

from __future__ import annotations

from ...messages import _

FILL = "FIXME"  # what only the reviewer knows; tools of CODECHECK look for this word

WORDS = {
    "title": _("Statement of verification"),
    "agrees": _("The annex agrees in full."),
    "part agrees": _("This part of an annex agrees."),
    "agrees version": _("The annex agrees; versions of packages differ."),
    "agrees same": _("The annex agrees; inputs have the same content in another format."),
    "agrees same version": _(
        "The annex agrees; versions differ, and inputs have the same content in another format."
    ),
    "differs": _("The annex does not agree."),
    "rewritten": _(
        "All results are the same, but files of this copy have another format than as built, such "
        "as other line ends."
    ),
    "other inputs": _("All results are the same, but the inputs are others."),
    "not built": _("The annex could not be built anew."),
    "annex": _("Annex"),
    "folder": _("Folder"),
    "checksum": _("SHA-256 of manifest.json"),
    "published sum": _("Checksum published elsewhere"),
    "same sum": _("the same"),
    "other sum": _("**another one**"),
    "no sum": _("none was given"),
    "project": _("Commit of the project (git)"),
    "changed": _("Other than in that commit"),
    "library": _("Made with"),
    "data": _("Tables from"),
    "inputs": _("SHA-256 of the inputs"),
    "unknown": _("unknown"),
    "when": _("When (UTC)"),
    "machine": _("On", "machine"),
    "rerun": _("What was rerun"),
    "reran": _("all notebooks, from their first cells and without a cache"),
    "reran part": _("these notebooks alone, from their first cells and without a cache"),
    "nothing": _("nothing: the build failed"),
    "result": _("Result"),
    "parts": _(
        "Files were compared with manifest.json, all else with what was built anew here: inputs "
        "(tables, notebooks, code), versions of Python and packages, verdicts on statements, "
        "numbers with their ranges, charts, and the text of each page. All must be exactly the "
        "same. Only another version does not count, if what came out is the same, and an input "
        "that says the same and is written otherwise (line ends, a byte order mark, quoting, "
        "stored outputs of a notebook)."
    ),
    "part": _("Part"),
    "compared": _("compared"),
    "differ": _("differ"),
    "differences": _("Differences"),
    "ids": _(
        "Numbers stand here by their ids: the annex's evidence pages explain each "
        "(evidence-….html#id). The range of a number is the one that the annex gives with it."
    ),
    "file was": _("as it was made"),
    "file now": _("in this copy"),
    "was": _("published"),
    "now": _("built here"),
    "causes": _("What changed underneath"),
    "cause": _("see"),
    "shows": _("What this does not show"),
    "limits": _(
        "Agreement means that the same data and code give the same result, not that they are "
        "right. A manifest proves nothing against someone who rewrites both a file and the "
        "manifest; for that there is the rerun, and a checksum that is published elsewhere."
    ),
    "signed": _("Signature"),
    "declared": _(
        "I ran this verification myself. The checksum, where one was given, I took from the source "
        "named below, not from the annex itself. What I fill in belongs in codecheck.yml too, "
        "where it says FIXME."
    ),
    "source": _("Source of the checksum"),
    "name": _("Name"),
    "body": _("Organisation"),
    "date": _("Date"),
    "remarks": _("Remarks"),
    "sign": _("Signed"),
    "unbuilt": _("Why"),
}
