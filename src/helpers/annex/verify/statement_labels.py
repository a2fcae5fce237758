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
    "part agrees": Text(
        "Dit deel van een bijlage stemt overeen.",
        "This part of an annex agrees.",
    ),
    "agrees version": Text(
        "De bijlage stemt overeen; versies van pakketten verschillen.",
        "The annex agrees; versions of packages differ.",
    ),
    "agrees same": Text(
        "De bijlage stemt overeen; bronbestanden zijn alleen anders geschreven.",
        "The annex agrees; inputs have the same content in another format.",
    ),
    "agrees same version": Text(
        "De bijlage stemt overeen; versies verschillen, en bronbestanden zijn alleen anders "
        "geschreven.",
        "The annex agrees; versions differ, and inputs have the same content in another format.",
    ),
    "differs": Text(
        "De bijlage stemt niet overeen.",
        "The annex does not agree.",
    ),
    "rewritten": Text(
        "Alle uitkomsten zijn gelijk, maar bestanden van deze kopie zijn anders geschreven dan zij "
        "zijn gemaakt, zoals in hun regeleinden.",
        "All results are the same, but files of this copy have another format than as built, such "
        "as other line ends.",
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
    "published sum": Text("Elders gepubliceerd controlegetal", "Checksum published elsewhere"),
    "same sum": Text("hetzelfde", "the same"),
    "other sum": Text("**een ander**", "**another one**"),
    "no sum": Text("niet opgegeven", "none was given"),
    "project": Text("Commit van het project (git)", "Commit of the project (git)"),
    "changed": Text("Anders dan in die commit", "Other than in that commit"),
    "library": Text("Gemaakt met", "Made with"),
    "data": Text("Tabellen uit", "Tables from"),
    "inputs": Text("SHA-256 van de bronbestanden", "SHA-256 of the inputs"),
    "unknown": Text("onbekend", "unknown"),
    "when": Text("Wanneer (UTC)", "When (UTC)"),
    "machine": Text("Waarop", "On"),
    "rerun": Text("Wat is herhaald", "What was rerun"),
    "reran": Text(
        "alle notebooks, vanaf de eerste cel en zonder cache",
        "all notebooks, from their first cells and without a cache",
    ),
    "reran part": Text(
        "alleen deze notebooks, vanaf de eerste cel en zonder cache",
        "these notebooks alone, from their first cells and without a cache",
    ),
    "nothing": Text("niets: de bouw mislukte", "nothing: the build failed"),
    "result": Text("Uitkomst", "Result"),
    "parts": Text(
        "Bestanden zijn vergeleken met manifest.json, de rest met wat hier opnieuw is gemaakt: "
        "bronbestanden (tabellen, notebooks, code), versies van Python en pakketten, oordelen over "
        "uitspraken, getallen met hun bandbreedte, grafieken, en de tekst van elke pagina. Alles "
        "moet precies gelijk zijn. Alleen een andere versie telt niet, als de uitkomst gelijk is, "
        "en een bronbestand dat hetzelfde zegt en anders geschreven is (regeleinden, byte order "
        "mark, aanhalingstekens, opgeslagen uitvoer van een notebook).",
        "Files were compared with manifest.json, all else with what was built anew here: inputs "
        "(tables, notebooks, code), versions of Python and packages, verdicts on statements, "
        "numbers with their ranges, charts, and the text of each page. All must be exactly the "
        "same. Only another version does not count, if what came out is the same, and an input "
        "that says the same and is written otherwise (line ends, a byte order mark, quoting, "
        "stored outputs of a notebook).",
    ),
    "part": Text("Onderdeel", "Part"),
    "compared": Text("vergeleken", "compared"),
    "differ": Text("verschilt", "differ"),
    "differences": Text("Verschillen", "Differences"),
    "ids": Text(
        "Getallen staan hier met hun id: de evidence-pagina's van de bijlage leggen uit wat elk is "
        "(nl/evidence-….html#id). De bandbreedte van een getal is wat de bijlage erbij geeft.",
        "Numbers stand here by their ids: the annex's evidence pages explain each "
        "(en/evidence-….html#id). The range of a number is the one that the annex gives with it.",
    ),
    "file was": Text("zoals gemaakt", "as it was made"),
    "file now": Text("in deze kopie", "in this copy"),
    "was": Text("gepubliceerd", "published"),
    "now": Text("hier gemaakt", "built here"),
    "causes": Text("Wat eronder veranderde", "What changed underneath"),
    "cause": Text("zie", "see"),
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
    "declared": Text(
        "Ik heb deze verificatie zelf uitgevoerd. Het controlegetal, als dat is opgegeven, heb ik "
        "uit de bron die hieronder staat, niet bij de bijlage zelf. Wat ik invul hoort ook in "
        "codecheck.yml, op de plaatsen met FIXME.",
        "I ran this verification myself. The checksum, where one was given, I took from the source "
        "named below, not from the annex itself. What I fill in belongs in codecheck.yml too, "
        "where it says FIXME.",
    ),
    "source": Text("Bron van het controlegetal", "Source of the checksum"),
    "name": Text("Naam", "Name"),
    "body": Text("Organisatie", "Organisation"),
    "date": Text("Datum", "Date"),
    "remarks": Text("Opmerkingen", "Remarks"),
    "sign": Text("Handtekening", "Signed"),
    "unbuilt": Text("Waarom", "Why"),
}  # fmt: skip
