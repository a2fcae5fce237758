"""Texts of the templates in both languages: labels and introductions."""

from __future__ import annotations

from ...language import Text

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
    "printed": Text("Zoals vermeld", "As printed"),
    "value": Text("Waarde", "Value"),
    "unit": Text("Eenheid", "Unit"),
    "range": Text("Mogelijke waarden", "May stand for"),
    "period": Text("Periode", "Period"),
    "formula": Text("Berekend als", "Computed as"),
    "rows": Text("Rijen", "Rows"),
    "exact": Text("precies dit getal", "just this number"),
    "at_least": Text("ten minste", "at least"),
    "at_most": Text("ten hoogste", "at most"),
    "verdict": Text("Oordeel binnen de evaluatie", "Verdict within the evaluation"),
    "by_series": Text("Oordeel met cijfers van elders", "Verdict by figures from outside"),
    "operation": Text("Toets", "Test"),
    "stated": Text("Zoals vermeld", "As printed"),
    "computed_short": Text("Berekend", "Computed"),
    "official": Text("Volgens cijfers van elders", "By figures from outside"),
    "no_bound": Text("geen grens", "no bound"),
    "to": Text("tot", "to"),
    "place": Text("Vindplaats", "Place"),
    "footnote": Text("voetnoot", "footnote"),
    "row": Text("Rij", "Row"),
    "note": Text("Toelichting", "Note"),
    "claims": Text("Uitspraken", "Claims"),
    "cited": Text("Staat op", "Printed on"),
    "unless": Text("tenzij bij een getal iets anders staat", "unless a number says otherwise"),
    "not_cited": Text("geen pagina", "no page"),
    "input": Text("alleen in een berekening", "as an input only"),
    "file": Text("Bestand", "File"),
    "checksum": Text("Controlesom", "Checksum"),
    "publisher": Text("Uitgever", "Publisher"),
    "table_id": Text("Tabel", "Table"),
    "hand": Text("Herkomst", "At what remove"),
    "retrieved": Text("Verkregen via", "Retrieved via"),
    "class": Text("Soort cijfer", "Kind of numeral"),
    "number": Text("Aantal", "Number"),
    "contents_pdf": Text("Inhoud", "Contents"),
    "as_pdf": Text("Alle thema's als PDF", "All themes as PDF"),
    "numbers_pdf": Text(
        "In de webversie is elk getal een koppeling naar het register, met wat eraan ten grondslag"
        " ligt. Dat register staat niet in dit document.",
        "In the web version every number is a link to the register, with what it rests on. That"
        " register is not in this document.",
    ),
    "about_register": Text(
        "Elk getal op de pagina's, met wat eraan ten grondslag ligt: de rij en het bestand, of de "
        "formule en de gegevens daarin. Wat de evaluatie noemt, staat er ook als geen pagina het "
        "gebruikt. Een getal kan staan voor alle getallen die zo zouden zijn opgeschreven.",
        "Every number on the pages, with what it rests on: the row and the file, or the formula"
        " and its inputs. What the evaluation reports is here even when no page uses it. A number"
        " may stand for all numbers that would be written that way.",
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
