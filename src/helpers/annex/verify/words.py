"""The words of a reviewer's statement, in Dutch and English."""

from __future__ import annotations

from ...language import Text

FILL = "FIXME"  # what only the reviewer knows; tools of CODECHECK look for this word

WORDS = {
    "title": Text("Verklaring van verificatie", "Statement of verification"),
    "agrees": Text(
        "De bijlage stemt geheel overeen.",
        "The annex agrees in full.",
    ),
    "agrees otherwise": Text(
        "De bijlage stemt overeen; versies van pakketten verschillen.",
        "The annex agrees; versions of packages differ.",
    ),
    "differs": Text(
        "De bijlage stemt niet overeen.",
        "The annex does not agree.",
    ),
    "other inputs": Text(
        "Alle uitkomsten zijn gelijk, maar de bronbestanden zijn andere.",
        "All results are the same, but the inputs are others.",
    ),
    "not built": Text(
        "De bijlage kon niet opnieuw worden gemaakt.",
        "The annex could not be built anew.",
    ),
    "annex": Text("Bijlage", "Annex"),
    "folder": Text("Map", "Folder"),
    "checksum": Text("SHA-256 van manifest.json", "SHA-256 of manifest.json"),
    "compared sum": Text("Vergeleken met een elders gepubliceerd controlegetal",
                         "Held to a checksum published elsewhere"),
    "yes": Text("ja", "yes"),
    "no": Text("nee", "no"),
    "project": Text("Project (git)", "Project (git)"),
    "inputs": Text("SHA-256 van de bronbestanden", "SHA-256 of the inputs"),
    "unknown": Text("onbekend", "unknown"),
    "when": Text("Wanneer (UTC)", "When (UTC)"),
    "machine": Text("Waarop", "On"),
    "rerun": Text("Wat is herhaald", "What was rerun"),
    "reran": Text(
        "alle notebooks, vanaf de eerste cel en zonder cache, op de tabellen van het project",
        "all notebooks, from their first cells and without a cache, on the project's tables",
    ),
    "result": Text("Uitkomst", "Result"),
    "part": Text("Onderdeel", "Part"),
    "compared": Text("vergeleken", "compared"),
    "differ": Text("verschilt", "differ"),
    "differences": Text("Verschillen", "Differences"),
    "was": Text("was", "was"),
    "now": Text("nu", "now"),
    "cause": Text("verklaring", "explanation"),
    "shows": Text("Wat dit niet laat zien", "What this does not show"),
    "limits": Text(
        "Overeenstemming betekent dat dezelfde gegevens en code dezelfde uitkomst geven, niet dat "
        "zij juist zijn. Een manifest bewijst niets tegen wie zowel een bestand als het manifest "
        "herschrijft; daarvoor dienen de herhaling, en een controlegetal dat elders staat.",
        "Agreement means that the same data and code give the same result, not that they are "
        "right. A manifest proves nothing against someone who rewrites both a file and the "
        "manifest; for that there is the rerun, and a checksum that is published elsewhere.",
    ),
    "signed": Text("Ondertekening", "Signature"),
    "name": Text("Naam", "Name"),
    "body": Text("Organisatie", "Organisation"),
    "date": Text("Datum", "Date"),
    "remarks": Text("Opmerkingen", "Remarks"),
    "sign": Text("Handtekening", "Signed"),
    "unbuilt": Text("Waarom", "Why"),
}  # fmt: skip
