"""Several documents and languages: tiny texts as they are extracted, and what is found in them."""

import json
import re

import pytest

from helpers.annex.cli import main
from helpers.annex.trace import copies, source_text, trace, wording
from helpers.annex.trace.headings import Words
from helpers.errors import AnnexError
from helpers.tables import sections

KINDS = {
    "summary": {"name": "Summary"},
    "chapter": {},
    "section": {},
    "appendix": {"name": "Annex"},
}


def cut(lang: str, text: str, kinds: dict = KINDS, expected: tuple = ()) -> dict[str, str]:
    """The sections of a text, by name."""
    found, _ = source_text.cut(text.splitlines(), Words(kinds, lang), expected)
    return {name: section.text for name, section in found.items()}


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("nl", "Samenvatting\nx\nHoofdstuk 1 Begin\nx\n1.1 Deel\nx\nBijlage 3: Lijst\nx",
         ["Summary", "1", "1.1", "Annex 3"]),
        ("en", "Executive summary\nx\nChapter 1\nStart\nx\nAnnex A: List\nx\nAppendix B\nx",
         ["Summary", "1", "Annex A", "Annex B"]),
        ("de", "Zusammenfassung\nx\nKapitel 1: Anfang\nx\nKapitel 2 Übersicht\nx\nAnhang C\nx",
         ["Summary", "1", "2", "Annex C"]),
        ("fr", "Résumé\nx\nChapitre 1\nx\nChapitre II : Élan\nx\nAnnexe I\nx\nAnnexe II\nx",
         ["Summary", "1", "2", "Annex I", "Annex II"]),
        ("sv", "1. Början\nx\n2. Slut\nx", ["1", "2"]),
    ],
)  # fmt: skip
def test_headings_of_a_language(lang, text, names):
    """Headings begin with the usual words of the language of the document where the descriptor has
    none of its own; appendices have figures, letters or Roman figures."""
    assert list(cut(lang, text)) == names


def test_two_digits():
    """A tenth chapter follows the ninth; a date and the number of a page are none."""
    text = "".join(f"{n}. Teil\nText.\n" for n in range(1, 10))
    assert list(cut("de", text + "10. Schluss\n10.1 Dank\n11. Ende"))[-3:] == ["10", "10.1", "11"]
    assert list(cut("de", text + "12. Dezember 2016 war es.\n10\n15. Teile davon"))[-1] == "9"
    assert list(cut("de", text + "10. Mai 2017 war es."))[-1] == "9"
    assert list(cut("de", text.replace("2. Teil", "12. Januar")))[:2] == ["1", "3"]


@pytest.mark.parametrize(
    ("lang", "heading", "titles"),
    [
        ("nl", "Inhoudsopgave", ("Samenvatting", "1. Begin", "2. Einde", "Bijlage A: Lijst")),
        ("en", "Table of contents", ("Summary", "1. Start", "2. End", "Annex A: List")),
        ("de", "Inhaltsverzeichnis", ("Kurzfassung", "1. Anfang", "2. Ende", "Anhang A: Liste")),
        ("fr", "Table des matières", ("Résumé", "1. Début", "2. Fin", "Annexe A : Liste")),
    ],
)  # fmt: skip
def test_contents_of_a_language(lang, heading, titles):
    """A table of contents opens no section, and its own heading is none of the text."""
    listed = "".join(f"{title} ..... {page}\n" for page, title in enumerate(titles, 3))
    text = f"{heading}\n{listed}" + "".join(f"{title}\nText {title}.\n" for title in titles)
    found, notes = source_text.cut(text.splitlines(), Words(KINDS, lang))
    assert list(found) == ["Summary", "1", "2", "Annex A"]
    assert notes == ["set aside as a list of contents: 5 lines"]


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("Summary", "summary", ""), ("3", "chapter", "3"), ("10.2", "section", "10.2"),
        ("Annex 3", "appendix", "3"), ("Annex B", "appendix", "B"), ("Annexe II", "appendix", "II"),
    ],
)  # fmt: skip
def test_names_of_sections(name, kind, number):
    """The form of a name gives the kind of a section, with a letter for an appendix too."""
    assert (sections.kind(name), sections.number(name)) == (kind, number)
    assert sections.named({kind: {"name": name.removesuffix(number).strip()}}, name)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Handelsbeziehungen", "Handels-\nbeziehungen"),
        ("Wirtschafts- und Handelspolitik", "Wirtschafts-\nund Handels\N{SOFT HYPHEN}\npolitik"),
        ("E-Mail-Adresse", "E-Mail-\nAdresse"),
        ("«le partenariat»", "« le parte-\nnariat »"),
        ("\"le partenariat\"", "«\N{NO-BREAK SPACE}le partenariat\N{NO-BREAK SPACE}»"),
        ("der »Rahmen« ist", "der »Rahmen« ist"),
        ("13 800", "13\N{NARROW NO-BREAK SPACE}800"),
        ("13\N{NARROW NO-BREAK SPACE}800", "13 800"),
        ("13 800", "de 13\n800 euros"),
        ("12 %", "12\N{NARROW NO-BREAK SPACE}%"), ("12%", "12\N{NO-BREAK SPACE}%"), ("12 %", "12%"),
        ("75 Mio.", "75\N{NO-BREAK SPACE}Mio."), ("CHF 1’250", "CHF 1'250"),
        ("officiële efficiëntie", "oﬃciële eﬃciëntie"), ("KAPITEL 2", "K A P I T E L  2"),
    ],
)  # fmt: skip
def test_words_as_they_are_extracted(words, text):
    """Hyphenation of compounds, quotation marks of each language, spaces of thousands and before
    per cent, ligatures and letter-spacing make no difference."""
    joined = wording.joined(wording.clean(text))
    assert re.search(wording.pattern(words), joined)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("800", "13\N{NARROW NO-BREAK SPACE}800"), ("13", "13\N{NO-BREAK SPACE}800"),
        ("250", "1'250"), ("1", "1'250"), ("Rahm", "»Rahmen«"),
    ],
)  # fmt: skip
def test_a_part_of_a_number_is_not_it(words, text):
    """A number with its thousands apart is one, and none of its parts is found in it."""
    joined = wording.joined(wording.clean(text))
    assert not re.search(wording.pattern(words), joined)
    assert len(wording.NUMERAL.findall(joined)) == text[0].isdigit()


def test_figures_beside_each_other(project, capsys):
    """In a language that sets thousands apart by a space, figures with one may be one number; a row
    of a part is told with the whole."""
    path = project / "data" / "numbers.csv"
    path.write_text(path.read_text() + 'q-5,note,"410"\nq-6,bericht,"345"\n')
    for name, text in {"note": "Total 345 410.", "bericht": "Gesamt 345 410."}.items():
        with (project / "texts" / f"{name}.txt").open("a") as file:
            file.write(f"\n{text}")
    code, lines = traced(project, capsys, str(project / "texts"))
    assert code == 1
    assert [line for line in lines if "numbers.csv" in line] == [
        "note: numbers.csv, row q-5: found '410'; expected words of the document note; '345 410' "
        "there may be one number"
    ]


TEXTS = {
    "bericht": "75 Mio. Einwohner, davon 13,8 Mio.\nin Städten.",
    "review": "Over 400 guests and 22 delegations.",
    "note": "Un budget de 13\N{NARROW NO-BREAK SPACE}800 euros.",
}
ROWS = [
    ("q-1", "bericht", "75 Mio."), ("q-2", "bericht", "13,8 Mio."), ("q-3", "review", "400"),
    ("q-4", "note", "13 800"),
]  # fmt: skip


@pytest.fixture
def project(tmp_path):
    """A package of three documents, with a text for each in a folder."""
    data, texts = tmp_path / "data", tmp_path / "texts"
    data.mkdir()
    texts.mkdir()
    for name, text in TEXTS.items():
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [("id", "document", "raw"), *ROWS]
    (data / "numbers.csv").write_text("".join(f'{i},{d},"{r}"\n' for i, d, r in rows))
    (data / "aside.csv").write_text(
        "id,document,section,pattern,reason_en\na-1,review,,22(?= delegations),counted elsewhere\n"
    )
    columns = {"numbers": rows[0], "aside": ("id", "document", "section", "pattern", "reason_en")}
    package = {
        "annex": {
            "languages": ["en"],
            "documents": [
                {"name": name, "title": name, "language": lang}
                for name, lang in zip(TEXTS, ("de", "en", "fr"), strict=True)
            ],
            "roles": {"set_aside": "aside"},
            "traced": {"numbers": {"raw": "figures"}},
        },
        "resources": [
            {
                "name": name, "path": f"{name}.csv", "schema": {
                    "fields": [{"name": column, "type": "string"} for column in names],
                    "primaryKey": "id",
                },
            }
            for name, names in columns.items()
        ],
    }  # fmt: skip
    (data / "datapackage.json").write_text(json.dumps(package))
    return tmp_path


def traced(project, capsys, *given: str) -> tuple[int, list[str]]:
    """What the command says of copies: its exit code, and its lines."""
    code = main(["trace", *given, "--data", str(project / "data")])
    said = capsys.readouterr()
    return code, (said.out + said.err).splitlines()


def test_several_documents(project, capsys):
    """Each text is looked up by its own rows, from a folder or one by one; counts are summed."""
    folder = project / "texts"
    code, lines = traced(project, capsys, str(folder))
    assert code == 0
    assert [line.split()[-1] for line in lines] == ["3", "4", "5", "4", "1", "0"]
    assert lines[0].split()[:-1] == ["documents", "looked", "at", "3", "of"]
    names = [f"{name}={folder / name}.txt" for name in TEXTS]
    assert traced(project, capsys, *names) == (code, lines)


def test_a_document_without_a_copy(project, capsys):
    """A document for which no file was given is told, and is no success; rules are not called idle
    then."""
    code, lines = traced(project, capsys, str(project / "texts" / "note.txt"))
    assert code == 1
    assert lines[0].split() == ["documents", "looked", "at", "1", "of", "3"]
    assert [line for line in lines if ": document " in line] == [
        f"{name}: document {name}: found no copy of it: its {rows} transcribed rows were not "
        f"looked up; expected {name}=PATH, a text file or a PDF"
        for name, rows in (("bericht", 2), ("review", 1))
    ]
    assert not [line for line in lines if "sets aside" in line]


def test_a_copy_of_another_document(project, capsys):
    """A text that is not that document is told, and the others are looked up."""
    (project / "texts" / "review.txt").write_text("Nothing of it.", encoding="utf-8")
    code, lines = traced(project, capsys, str(project / "texts"))
    assert code == 1
    assert lines[0].split()[-3:] == ["2", "of", "3"]
    assert lines[1].split()[-3:] == ["3", "of", "4"]
    assert any(
        "0 of 1 transcribed rows in it; expected a copy of 'review'" in line for line in lines
    )


def test_a_rule_of_one_document(project):
    """A rule holds in the document that it names; a rule that no document uses is told."""
    files = {name: project / "texts" / f"{name}.txt" for name in TEXTS}
    path = project / "data" / "aside.csv"
    path.write_text(path.read_text().replace("review", "note"))
    found = trace.trace(files, project / "data")
    assert [problem.place for problem in found["review"].uncovered] == ["document review"]
    assert [problem.place for problem in found["bericht"].idle] == ["aside.csv, row a-1"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("texts/reviews.txt", "found no document 'reviews'; expected NAME=PATH"),
        ("reveiw=texts/review.txt", "Write review=PATH"),
        ("review=a.txt review=b.txt", "document review: found two files"),
        ("empty", "no file called after a document, such as bericht.txt"),
    ],
)
def test_arguments_that_are_no_copy(tmp_path, given, told):
    """A file that is called after no document, a slip in a name, two files for one document and a
    folder without any are refused by what is given."""
    (tmp_path / "empty").mkdir()
    given = [str(tmp_path / each) if "=" not in each else each for each in given.split()]
    with pytest.raises(AnnexError) as error:
        copies.chosen(given, list(TEXTS))
    assert told in str(error.value)


def test_files_of_no_document_are_told(project, capsys):
    """What else stands in a folder of texts is named."""
    (project / "texts" / "README.md").write_text("x")
    _, lines = traced(project, capsys, str(project / "texts"))
    assert lines[-1] == "passed over, as no document is called so: README.md"


def test_an_equals_sign_in_a_path(tmp_path):
    """A file whose path has an equals sign is a file."""
    path = tmp_path / "a=b.txt"
    path.write_text("x")
    assert copies.chosen([str(path)], ["report"])[0] == {"report": path}
