"""What the pages themselves say, in both languages."""

from __future__ import annotations

from ..language import Text

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
    "code": Text("Code", "Code"),
    "skip": Text("Naar de inhoud", "Skip to content"),
    "twin": Text("English", "Nederlands"),
    "scroll": Text("tabel, schuift opzij", "table, scrolls sideways"),
    "previous": Text("Vorige", "Previous"),
    "next": Text("Volgende", "Next"),
    "register": Text("Register van getallen", "Register of numbers"),
    "register_short": Text("Register", "Register"),
    "printed": Text("Zoals gedrukt", "As printed"),
    "read": Text("Gelezen als", "Read as"),
    "range": Text("Kan staan voor", "May stand for"),
    "no_bound": Text("geen grens", "no bound"),
    "to": Text("tot", "to"),
    "place": Text("Plaats", "Place"),
    "footnote": Text("voetnoot", "footnote"),
    "row": Text("Rij", "Row"),
    "note": Text("Toelichting", "Note"),
    "claims": Text("Beweringen", "Claims"),
    "cited": Text("Aangehaald op", "Cited on"),
    "not_cited": Text("geen bladzijde", "no page"),
    "about_register": Text(
        "Elk getal dat de evaluatie noemt, per thema. Het bereik volgt uit het"
        " laatste cijfer en het voorbehoud. De controlesom is die van het bestand waaruit deze"
        " bijlage is gemaakt (SHA-256).",
        "Every number that the evaluation reports, by theme. The range follows"
        " from the last digit and the qualifier. The checksum is that of the file from which this"
        " annex was made (SHA-256).",
    ),
}

COVERAGE = Text(
    "In de lopende tekst van alle bladzijden komen {bound} cijfers uit de gegevens; {aside} zijn"
    " nummers van paragrafen, figuren of rijen.",
    "In the running text of all pages {bound} numerals come from the data; {aside} are numbers of"
    " sections, charts or rows.",
)
