"""Texts of the templates in both languages: labels and introductions."""

from __future__ import annotations

from ...language import Text

ERRORS = "evidence-errors"  # the name of the sheet of errors of the document
WORDS = {
    "annex": Text("Cijferbijlage", "Evidence annex"),
    "contents": Text("Op deze pagina", "On this page"),
    "themes": Text("Thema's", "Themes"),
    "chart": Text("Figuur", "Figure"),
    "table": Text("Tabel", "Table"),
    "source": Text("Bron", "Source"),
    "sources": Text("Bronnen", "Sources"),
    "evaluation": Text("Cijfers uit de evaluatie", "Figures from the evaluation"),
    "statistics": Text("Officiële en andere reeksen", "Official and other series"),
    "data": Text("Tabel bij", "Table for"),
    "open_table": Text("Bekijk {} in zijn geheel", "See {} in full"),
    "back": Text("Terug naar", "Back to"),
    "description": Text("Beschrijving", "Description"),
    "download": Text("Download de tabel bij", "Download the table for"),
    "licence": Text(
        "Tekst, tabellen en figuren: CC BY 4.0. Reeksen: onder de voorwaarden van hun uitgevers.",
        "Text, tables and figures: CC BY 4.0. Series: on the terms of their publishers.",
    ),
    "annex_group": Text("Tabellen van deze bijlage", "Tables of this annex"),
    "code": Text("Berekening", "Calculation"),
    "skip": Text("Naar de inhoud", "Skip to content"),
    "own_name": Text("Nederlands", "English"),
    "offers": Text("Om te beginnen", "To begin with"),
    "published_by": Text("Uitgegeven door", "Published by"),
    "published_on": Text("Op", "On"),
    "version": Text("Versie", "Version"),
    "corrections": Text("Correcties", "Corrections"),
    "about_corrections": Text(
        "staan per versie in CHANGELOG.md, bij de broncode",
        "are listed by version in CHANGELOG.md, with the source code",
    ),
    "contact": Text("Contact", "Contact"),
    "no_contact": Text("geen adres bekend", "no address known"),
    "not_known": Text("niet bekend", "not known"),
    "scroll": Text("tabel, schuift opzij", "table, scrolls sideways"),
    "previous": Text("Vorige", "Previous"),
    "next": Text("Volgende", "Next"),
    "register": Text("Register van getallen", "Register of numbers"),
    "register_short": Text("Register", "Register"),
    "reported": Text("Wat de evaluatie noemt", "What the evaluation reports"),
    "computed": Text("Hier berekend", "Computed here"),
    "series": Text("Officiële en andere reeksen", "Official and other series"),
    "publishers": Text("Uitgevers van de reeksen", "Publishers of the series"),
    "files": Text("Bestanden", "Files"),
    "coverage": Text("Verantwoording", "Coverage"),
    "what": Text("Wat", "What"),
    "value": Text("Waarde", "Value"),
    "unit": Text("Eenheid", "Unit"),
    "period": Text("Periode", "Period"),
    "formula": Text("Berekend als", "Computed as"),
    "rows": Text("Rijen", "Rows"),
    "verdict": Text("Oordeel binnen de evaluatie", "Verdict within the evaluation"),
    "by_series": Text("Oordeel met cijfers van elders", "Verdict by figures from outside"),
    "operation": Text("Toets", "Test"),
    "outside": Text("cijfers van elders", "figures from outside"),
    "stated": Text("Zoals vermeld", "As printed"),
    "computed_short": Text("Berekend", "Computed"),
    "official": Text("Volgens cijfers van elders", "By figures from outside"),
    "place": Text("Vindplaats", "Place"),
    "footnote": Text("voetnoot", "footnote"),
    "row": Text("Rij", "Row"),
    "note": Text("Toelichting", "Note"),
    "claims": Text("Uitspraken", "Claims"),
    "cited": Text("Gebruikt in", "Used in"),
    "unless": Text("tenzij bij een getal iets anders staat", "unless a number says otherwise"),
    "counted": Text("Geteld in:", "Counted in:"),
    "formulas": Text("Formules in woorden", "Formulas in words"),
    "inputs": Text("Alleen in een berekening", "In a calculation only"),
    "apart": Text("Elders in dit thema", "Elsewhere in this theme"),
    "top": Text("Boven aan de pagina", "At the top of the page"),
    "errors": Text(
        "Fouten en onduidelijkheden in de evaluatie", "Errors and unclear places in the evaluation"
    ),
    "sum": Text("Berekening", "Calculation"),
    "read_as": Text("Gelezen als", "Read as"),
    "range": Text("Bandbreedte, naar buiten afgerond", "Range, rounded outwards"),
    "see": Text("Zie", "See"),
    "file": Text("Bestand", "File"),
    "checksum": Text("Controlesom", "Checksum"),
    "publisher": Text("Uitgever", "Publisher"),
    "table_id": Text("Tabel", "Table"),
    "hand": Text("Herkomst", "At what remove"),
    "retrieved": Text("Verkregen via", "Retrieved via"),
    "class": Text("Soort cijfer", "Kind of numeral"),
    "number": Text("Aantal", "Number"),
    "figure": Text("Getal", "Number"),
    "contents_pdf": Text("Inhoud", "Contents"),
    "figures_pdf": Text("Figuren in woorden en getallen", "Charts in words and numbers"),
    "tables_pdf": Text("Lange tabellen", "Long tables"),
    "code_pdf": Text("Berekeningen", "Calculations"),
    "as_sheet": Text("om af te drukken, PDF", "to print, PDF"),
    "as_pdf": Text("Alle thema's als PDF", "All themes as PDF"),
    "numbers_pdf": Text(
        "In de webversie is elk getal een koppeling naar het register, met wat eraan ten grondslag"
        " ligt. Dat register staat niet in dit document.",
        "In the web version every number is a link to the register, with what it rests on. That"
        " register is not in this document.",
    ),
    "about_register": Text(
        "Elk getal met waar het op rust; open een regel voor de herkomst of de berekening. De"
        " bandbreedte bevat alle getallen die zo zouden zijn opgeschreven, en is naar buiten"
        " afgerond. Zonder bandbreedte is het precies dit getal.",
        "Every number with what it rests on; open a line for its origin or its calculation. A range"
        " has all numbers that would be written that way, and is rounded outwards. Without a range"
        " it is just this number.",
    ),
    "about_errors": Text(
        "Wat er in de evaluatie staat, en wat juist is of hoe het hier is gelezen, in de volgorde"
        " van het document. Bij tekstuitlezing ligt het aan de tekst die uit het document is"
        " gehaald. Ook uitspraken staan erbij die door andere cijfers worden tegengesproken.",
        "What stands in the evaluation, and what is right or how it is read here, in the order of"
        " the document. At text extraction the cause is the text that was taken from the document."
        " Claims that other figures contradict are listed too.",
    ),
    "about_files": Text(
        "De controlesom (SHA-256) is die van het bestand waaruit deze bijlage is gemaakt.",
        "The checksum (SHA-256) is that of the file from which this annex was made.",
    ),
    "about_coverage": Text(
        "Elk cijfer in de tekst van de thema's, in elke taal, ingedeeld naar herkomst; tekeningen "
        "tellen niet mee. Als een cijfer in geen van deze soorten past, wordt de bijlage niet "
        "gemaakt.",
        "Every numeral in the text of the themes, in every language, by where it comes from;"
        " drawings are not counted. A numeral of none of these kinds stops the annex from being"
        " built.",
    ),
}

# The three columns of the front page, by the role of their lines.
COLUMNS = {
    "official": Text("Wat officiële cijfers zeggen", "What official figures say"),
    "stated": Text("Wat alleen de evaluatie zegt", "What only the evaluation says"),
    "unknown": Text("Wat niet bekend is", "What is not known"),
}
