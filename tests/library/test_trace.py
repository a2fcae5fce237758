import io
import json
import re

import layouts
import pytest
from pypdf import PdfReader, PdfWriter

from helpers.annex.cli import main
from helpers.annex.trace import source_text, trace
from helpers.annex.trace.headings import Words
from helpers.errors import AnnexError

REPORT = """Samenvatting
In 25 jaar zijn er 15 projecten. Zie het plan uit 2012.
1. Inleiding
De export groeide van 1 miljard naar ruim 11
miljard euro3. Er waren ‘82 mensen10 – en meer’.
1.1. Deel
2017 was een goed jaar, met 0,3324 fte.
Appendix 1: Lijst
Januari 1995 Bezoek
3 Beleidsnota
10 Gegevens
"""

RULES = [
    ["aside-01", None, r"^\d(\.\d)*(?=\. )|Appendix \d", "nummer", "number"],
    ["aside-02", None, r"(?<!\d)(19|20)\d\d(?!\d)", "jaartal", "year"],
    ["aside-03", None, r"(?<=euro)3|(?<=mensen)10|3 Beleidsnota|10 Gegevens", "noot", "note"],
]
HEADINGS = {
    "summary": {"name": "Summary", "words": ["samenvatting", "summary"]},
    "chapter": {"words": ["hoofdstuk", "chapter"]},
    "section": {},
    "appendix": {"name": "Appendix", "words": ["appendix", "bijlage", "annex"]},
}
for kind, words in HEADINGS.items():
    words |= {"label": kind, "label_nl": kind}
QUANTITIES = [
    ["q-1", "Summary", "25", None],
    ["q-2", "Summary", "15", None],
    ["q-3", "1", "1 miljard", None],
    ["q-4", "1", "11 miljard", "3"],
    ["q-5", "1", "82", "10"],
    ["q-6", "1.1", "0,33", "24"],
]


def pdf_of(text: str) -> bytes:
    """A one-page PDF that shows the lines of `text`, in the encoding of Western Europe."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    lines = ") Tj T* (".join(escaped.splitlines())
    stream = f"BT /F1 9 Tf 12 TL 20 2000 Td ({lines}) Tj ET".encode("cp1252")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 2100] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}".encode()
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def bound(*texts: str) -> bytes:
    """A PDF with a page for each text."""
    writer = PdfWriter()
    for text in texts:
        writer.append(PdfReader(io.BytesIO(pdf_of(text))))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(content: bytes, password: str) -> bytes:
    """A PDF encrypted the older way, which needs no library."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


AES = (
    b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <%s> /U <%s> /OE <%s> /UE <%s>"
    b" /Perms <%s> /StmF /StdCF /StrF /StdCF /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> >>"
    b" /ID [<00> <00>]"
) % (b"00" * 48, b"00" * 48, b"00" * 32, b"00" * 32, b"00" * 16)


@pytest.fixture
def data(tmp_path):
    """A tiny package with the tables that a trace reads."""
    named = ("quantities", "missions", "errata")
    columns = {name: ["id", "section", "raw", "footnote"] for name in named}
    columns["budgets"] = ["id", "section", "fte_raw", "budget_raw", "footnote"]
    columns["set_aside"] = ["id", "section", "pattern", "reason_nl", "reason_en"]
    rows = {"quantities": QUANTITIES, "set_aside": RULES}
    for name, names in columns.items():  # a table needs a row, here one that prints nothing
        rows.setdefault(name, [["x-1", "1", *[None] * (len(names) - 2)]])
    rows["missions"] = [["v-1", "Appendix 1", "Januari 1995", None]]
    folder = tmp_path / "data"
    folder.mkdir()
    for name, names in columns.items():
        lines = [names, *rows.get(name, [])]
        text = "\n".join(",".join(f'"{cell}"' if cell else "" for cell in row) for row in lines)
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "schema": {
                "fields": [{"name": column, "type": "string"} for column in names],
                "primaryKey": "id",
            },
        }
        for name, names in columns.items()
    ]
    document = {"name": "report", "title": "Report", "language": "nl", "headings": HEADINGS}
    traced = {
        name: {
            column: "words" if name == "errata" else "figures"
            for column in names if column.endswith("raw")
        }
        for name, names in columns.items()
        if name != "set_aside"
    }  # fmt: skip
    annex = {
        "languages": ["nl", "en"], "documents": [document], "roles": {"set_aside": "set_aside"},
        "traced": traced,
    }  # fmt: skip
    package = {"annex": annex, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package))
    return folder


def one(path, data) -> trace.Trace:
    """The trace of the only document."""
    return trace.trace({"report": path}, data)["report"]


def write(tmp_path, text: str = REPORT):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_is_found(tmp_path, data):
    """Rows are found over line wraps and with fused footnote marks; no numeral is left over."""
    result = one(write(tmp_path), data)
    assert (result.rows, result.missing) == (7, [])
    assert result.uncovered == []
    assert result.idle == []
    assert result.numerals == result.covered + result.aside == 16


def test_text_and_pdf_give_the_same_answer(tmp_path, data):
    """A PDF of the same words gives the same figures."""
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(REPORT))
    assert one(path, data) == one(write(tmp_path), data)


def test_row_in_another_section_is_missing(tmp_path, data):
    """Words that stand elsewhere than the row says are reported by table, row and section."""
    result = one(write(tmp_path, REPORT.replace("82 mensen10", "veel mensen10")), data)
    (problem,) = result.missing
    assert problem.place == "quantities.csv, row q-5"
    assert problem.found == "'82'"
    assert "section 1 " in problem.expected


def test_number_inside_a_number_is_not_it(tmp_path, data):
    """15 is not found in 150, and 0,33 not in 0,334."""
    text = REPORT.replace("15 projecten", "150 projecten").replace("0,3324", "0,3325")
    places = [problem.place for problem in one(write(tmp_path, text), data).missing]
    assert places == ["quantities.csv, row q-2", "quantities.csv, row q-6"]


def test_errors_are_looked_up_and_cover_nothing(tmp_path, data):
    """An erratum must stand where it says, and its numeral still needs a row or a rule."""
    (data / "errata.csv").write_text(
        "id,section,raw,footnote\ne-1,1.1,2017 was,\ne-2,1.1,9 maal,\n"
    )
    (data / "set_aside.csv").write_text(
        (data / "set_aside.csv").read_text().replace("(19|20)", "(19|21)")
    )
    result = one(write(tmp_path), data)
    assert [p.place for p in result.missing] == ["errata.csv, row e-2"]
    assert any("2017 was" in p.found for p in result.uncovered)


def test_number_without_a_row_is_reported(tmp_path, data):
    """A printed number that no row covers is shown with its section and surroundings."""
    result = one(write(tmp_path, REPORT.replace("goed jaar", "jaar met 7 visites")), data)
    (problem,) = result.uncovered
    assert problem.place == "section 1.1"
    assert "7 visites" in problem.found


def test_idle_rule_is_reported(tmp_path, data):
    """A rule that sets nothing aside is named."""
    with (data / "set_aside.csv").open("a", encoding="utf-8") as rules:
        rules.write('"aside-04",,"nergens",a,b\n')
    (problem,) = one(write(tmp_path), data).idle
    assert problem.place == "set_aside.csv, row aside-04"


def test_headings_in_order_only():
    """A line that looks like a heading out of order does not open a section."""
    text = "1. Een\n3. Niet\n1.2. Deel\n1.1. Niet\n2. Twee\nAppendix 2: Niet\nAppendix 1: Een"
    sections, _ = source_text.cut(["Samenvatting", *text.splitlines()], Words(HEADINGS))
    assert list(sections) == [
        "Summary", "1", "1.2", "2", "Appendix 1"
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["Samenvatting\nEen ander verhaal.\n", "Geen koppen."])
def test_another_document(tmp_path, data, capsys, words):
    """A document that is not the evaluation gets one clear error."""
    path = write(tmp_path, words)
    assert main(["trace", str(path), "--data", str(data)]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "0 of 7 transcribed rows" in line
    assert "a copy of 'Report' from beginning to end" in line


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("gone.txt", None, "a text file"),
        (
            "bytes.txt",
            "één twee\ndrie\xff".encode("latin-1").replace(b"\xe9", b"\xc3\xa9"),
            "on line 2 bytes that are not UTF-8; expected a text in one encoding",
        ),
        ("empty.txt", b"", "an empty file"),
        ("mark.txt", b"\xff\xfe", "an empty file"),
        ("not.pdf", b"no pdf", "a PDF that holds text"),
    ],
)
def test_unreadable_document(tmp_path, data, name, content, expected):
    """A file that can't be read is named, with what would be right."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AnnexError, match=expected):
        one(tmp_path / name, data)


def test_command_prints_the_figures(tmp_path, data, capsys):
    """The command prints what was found, and 0 says that all is accounted for."""
    assert main(["trace", str(write(tmp_path)), "--data", str(data)]) == 0
    assert "7 of 7" in capsys.readouterr().out


def same(tmp_path, data, content: str | bytes, name: str = "copy.txt") -> trace.Trace:
    """The trace of another copy, which has all that the plain one has."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    result = one(path, data)
    assert result.problems == []
    assert (result.found, result.numerals, result.covered) == (7, 16, 7)
    return result


@pytest.mark.parametrize(
    "content",
    [
        REPORT.encode("utf-8-sig"),
        b"\xff\xfe" + REPORT.encode("utf-16-le"),
        b"\xfe\xff" + REPORT.encode("utf-16-be"),
        REPORT.encode("utf-32"),
        *(REPORT.replace("\n", end).encode() for end in ("\r\n", "\r", "\x85", "\u2028", "\f\n")),
    ],
)
def test_encodings_and_line_ends(tmp_path, data, content):
    """A byte-order mark, other encodings and other line ends make no difference."""
    assert same(tmp_path, data, content).notes == []


def test_windows_encoding_is_told(tmp_path, data):
    """A text in Windows-1252 is read, and that it is read as one is told with the line."""
    (note,) = same(tmp_path, data, REPORT.encode("cp1252")).notes
    assert note == "read as Windows-1252: on line 5 bytes that are not UTF-8"
    read = source_text.read(tmp_path / "copy.txt", Words(HEADINGS))
    assert "'82 mensen10 - en meer'" in read.sections["1"].text


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850", "cp437"])
def test_utf8_that_was_read_as_another_encoding(tmp_path, data, encoding):
    """UTF-8 that was decoded with another encoding, and saved so, is repaired, with a note."""
    rows(data, "geïnd: € 3")
    rule(data, '"aside-04",,"€ 3",a,b\n')
    text = REPORT.replace("goed jaar", "jaar waarin is geïnd: € 3")
    found = one(write(tmp_path, text.encode().decode(encoding)), data)
    assert found.problems == []
    assert found.notes == [f"UTF-8 decoded as {encoding} by mistake: repaired in 5 places"]


def test_two_signs_that_may_be_one_stay(tmp_path, data):
    """Signs that could be UTF-8 in another encoding stay where most of the others are not."""
    rows(data, "CAFÉ\u201c")
    text = REPORT.replace("goed jaar", "jaar in CAFÉ\u201c")
    assert one(write(tmp_path, text), data).notes == []
    assert same_but(tmp_path, data, text) == []


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > "])
def test_quoted_lines(tmp_path, data, mark):
    """A copy whose lines are quoted, as in a reply by mail, is read without the marks."""
    (note,) = same(tmp_path, data, "".join(f"{mark}{x}\n" for x in REPORT.splitlines())).notes
    assert note == "read without the '>' before 11 lines"


def test_a_lone_quoted_line_stays(tmp_path, data):
    """Where few lines begin with '>' it is a sign of the text."""
    rows(data, "> goed jaar")
    assert same_but(tmp_path, data, REPORT.replace("goed jaar", "\n> goed jaar")) == []


def test_escapes_of_markdown(tmp_path, data):
    """The backslashes with which Markdown escapes signs make no difference."""
    rows(data, "25-jarige [sic]", "a_b")
    text = REPORT.replace("goed jaar", "jaar a_b, 25-jarige [sic]")
    escaped = re.sub(r"([^\w\s])", r"\\\1", text).replace("_", "\\_").replace("was ", "was\\\n")
    rule(data, '"aside-04",,"25-jarige",a,b\n')
    assert same_but(tmp_path, data, escaped) == []


CHAPTERS = REPORT.replace("1. Inl", "Hoofdstuk 1\nInl").replace("Appendix 1: ", "Bijlage 1\n")


@pytest.mark.parametrize(
    "text",
    [
        re.sub(r"(?m)^(Samenv|1\.|Appen)", r"## \1", REPORT),
        re.sub(r"(?m)^((?:Samenv|1\.|Appen).*)$", r"**\1**", REPORT),
        re.sub(r"(?m)^((?:Samenv|1\.|Appen).*)$", r"\1\n=====", REPORT),
        REPORT.replace("1. ", "1\\. "),
        REPORT.replace("1. ", "1 "),
        REPORT.replace("1. ", "1.\n"),
        CHAPTERS,
        CHAPTERS.replace("Samenvatting", "S A M E N V A T T I N G"),
        re.sub(r"(?m)^(?:Samenv|1\.|Appen).*$", lambda match: match[0].upper(), REPORT),
    ],
)
def test_forms_of_headings(tmp_path, data, text):
    """Sections are found by headings in Markdown, without a final stop, over two lines, with
    chapter words, spaced out and in capitals."""
    assert same(tmp_path, data, text).notes == []


def test_footnotes_are_no_chapters(tmp_path, data):
    """Where chapters are numbered without a full stop, a footnote of that number is not one."""
    text = REPORT.replace("1. ", "1 ").replace("1 Inleiding", "1 Nota over 15 zaken\n1 Inleiding")
    rule(data, '"aside-04",,"1 (?=Nota)|15 (?=zaken)",a,b\n')
    path = write(tmp_path, text)
    assert one(path, data).problems == []
    read = source_text.read(path, Words(HEADINGS), ["1", "1.1"])
    assert read.sections["1"].text.startswith("1. Inleiding De")


def test_words_of_a_heading_in_capitals(tmp_path, data):
    """Words of a row that stand in a heading are found when it is in capitals; elsewhere not."""
    (data / "errata.csv").write_text("id,section,raw,footnote\ne-1,1.1,Deel,\ne-2,1.1,Goed,\n")
    result = one(write(tmp_path, REPORT.replace("Deel", "DEEL")), data)
    assert [problem.place for problem in result.missing] == ["errata.csv, row e-2"]


@pytest.mark.parametrize("leaders", ["........ ", " ", "\n"])
@pytest.mark.parametrize("after", ["", "projecten. Zie het plan uit 2012.\n"])
def test_contents_are_set_aside(tmp_path, data, leaders, after):
    """A list of contents, in front or after the summary, opens no section and covers nothing."""
    titles = ["Samenvatting", "1. Inleiding", "1.1. Deel", "Appendix 1: Lijst"]
    listed = "".join(f"{title}{leaders}{page}\n" for page, title in enumerate(titles, 15))
    at = REPORT.index(after) + len(after)
    result = same(tmp_path, data, f"{REPORT[:at]}Inhoud\n{listed}{REPORT[at:]}")
    assert [note[:31] for note in result.notes] == ["set aside as a list of contents"]


def rule(data, line: str) -> None:
    """Give the package one more rule."""
    with (data / "set_aside.csv").open("a", encoding="utf-8") as rules:
        rules.write(line)


def rows(data, *words: str) -> None:
    """Give the package these words to look up in section 1.1, in place of what it had there."""
    lines = [f'e-{number},1.1,"{text}",' for number, text in enumerate(words)]
    (data / "errata.csv").write_text("\n".join(["id,section,raw,footnote", *lines, ""]))


@pytest.mark.parametrize("sign", ["-", "\xad", "\u2010", "\u2011"])
def test_hyphens_at_line_ends(tmp_path, data, sign):
    """A hyphen at a line end is part of the word or not: words are found either way."""
    rows(
        data, "verdubbeld door de PvdA-fractie", "fractie" if sign != "\xad" else "de", "verdubbeld"
    )
    text = f"Er is verdub{sign}\nbeld door de PvdA{sign} \n fractie.\nAppendix"
    assert same_but(tmp_path, data, REPORT.replace("Appendix", text)) == []


def same_but(tmp_path, data, text: str) -> list[str]:
    """What is missing or left over in another text, by words."""
    result = one(write(tmp_path, text), data)
    return [problem.found for problem in result.problems]


def test_hyphens_join_no_more(tmp_path, data):
    """No hyphen joins figures, none within a line is passed over, and part of a word that is
    divided by a soft hyphen is not a word."""
    rows(data, "20182022", "mediaaandacht", "beeld")
    text = "Zo 2018-\n2022 en media-aandacht, voor\xad\nbeeld.\nAppendix"
    found = same_but(tmp_path, data, REPORT.replace("Appendix", text))
    assert found == ["'20182022'", "'mediaaandacht'", "'beeld'"]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("BZ-7-8", "BZ-7-\n8"),
        ("PvdA-lid 7", "PvdA-\nlid 7"),
        ("7 januari", "7 ja-\nnuari"),
        ("t/m 7- 8", "t/m 7-\n8"),
    ],
)
def test_rules_over_line_ends(tmp_path, data, pattern, text):
    """A rule sets aside a numeral whichever way it reads a hyphen at a line end."""
    rule(data, f'"aside-04",,"{pattern}",a,b\n')
    assert same_but(tmp_path, data, REPORT.replace("goed jaar", f"goed {text}")) == []


FILL = "".join(f"{'woord' * (1 + n // 20)}{'abcdefghijklmnopqrst'[n % 20]}\n" for n in range(60))
FILLED = REPORT.replace("1.1. Deel", f"{FILL}1.1. Deel")
LINES = FILLED.splitlines()


def pages(size: int) -> list[str]:
    """The lines in pages of so many."""
    return ["\n".join(LINES[at : at + size]) for at in range(0, len(LINES), size)]


def headed(page: int, text: str) -> str:
    """A page between a head and a foot that differ left and right."""
    return f"{'Evaluatie' if page % 2 else f'{page} Het plan'}\n\n{text}\n\nBladzij {page} van 15\n"


def test_running_heads_and_feet(tmp_path, data):
    """Heads and feet are set aside and told, in a text with form feeds and in a PDF; words go on
    over them, and a page number is no numeral of the text."""
    shown = [headed(number, text) for number, text in enumerate(pages(10), 14)]
    for name, content in (("a.txt", "\f".join(shown)), ("a.pdf", bound(*shown))):
        (note,) = same(tmp_path, data, content, name).notes
        assert note == (
            "set aside as running heads and feet: 16 lines, such as "
            "'14 Het plan', 'Bladzij 14 van 15', 'Evaluatie'"
        )


def test_words_over_a_page_break(tmp_path, data):
    """Words go on over the head and foot between two pages, and a divided word too."""
    (data / "errata.csv").write_text("id,section,raw,footnote\ne-1,1,woorde woordf,\n")
    shown = [headed(number, text) for number, text in enumerate(pages(10), 14)]
    assert same_but(tmp_path, data, "\f".join(shown)) == []
    assert same_but(tmp_path, data, "\f".join(shown).replace("woorde", "woorde woor-")
                    .replace("woordf", "df")) == []  # fmt: skip


def test_page_numbers_without_form_feeds(tmp_path, data):
    """Where lines count up through the whole text they are its page numbers."""
    text = "\n".join(f"{text}\n{number}" for number, text in enumerate(pages(18), 14))
    (note,) = same(tmp_path, data, text).notes
    assert note == "set aside as running heads and feet: 4 lines, such as '14', '15', '16'"


def test_a_lone_number_is_text(tmp_path, data):
    """A number on a line of its own, at the top of a page, stays when it is no page number."""
    shown = [f"{number}\n{text}" for number, text in zip((7, 3, 8, 2), pages(18), strict=True)]
    result = one(write(tmp_path, "\f".join(shown)), data)
    assert (len(result.uncovered), result.notes) == (
        3,
        ["ignored, as they come before the first heading: 1 lines"],
    )


def test_heading_that_is_a_running_head(tmp_path, data):
    """A running head with the words of a heading is set aside; the heading itself stays."""
    first, second = REPORT.split("1.1. Deel\n")
    shown = [FILL[at : at + 160] for at in range(0, len(FILL), 160)]
    text = "\f".join([first, *(f"1.1. Deel\n{part}" for part in shown), f"1.1. Deel\n{second}"])
    (note,) = same(tmp_path, data, text).notes
    assert note == f"set aside as running heads and feet: {len(shown)} lines, such as '1.1. Deel'"


def test_headings_that_are_repeated(tmp_path, data):
    """A heading that comes again, alone or with a page number, is a running head; a line that goes
    on in another way is text."""
    text = REPORT.replace("fte.\n", "fte.\n1.1. Deel\n").replace(
        "Samen", "Samenvatting 1\nSamen", 1
    )
    (note,) = same(tmp_path, data, text).notes
    assert note == "set aside as headings that are repeated: 2 lines"
    text = REPORT.replace("1. Inl", "Samenvatting van 7 zaken\n1. Inl")
    (left,) = same_but(tmp_path, data, text)
    assert left.endswith("Samenvatting van 7 zaken'")


LEFT = """Samenvatting
In 25 jaar zijn er
15 projecten. Zie het
plan uit 2012.
1. Inleiding
De export groeide van
1 miljard naar ruim 11
miljard euro3. Er waren""".splitlines()
RIGHT = """82 mensen10 en nog veel
meer in deze regio.
1.1. Deel
2017 was een goed jaar,
met 0,3324 fte. Dat was
niet meer dan een jaar.
Appendix 1: Lijst
Januari 1995 Bezoek""".splitlines()


def across(gutter: int) -> str:
    return "\n".join(f"{a:<{gutter}} {b}" for a, b in zip(LEFT, RIGHT, strict=True))


def test_two_columns(tmp_path, data):
    """Two columns with a white strip between are read one after the other."""
    result = one(write(tmp_path, across(30)), data)
    assert (result.found, result.missing, result.uncovered) == (7, [], [])
    assert result.notes == ["read as two columns: 1 pages"]


def test_columns_run_together(tmp_path, data):
    """Columns read across, without a strip, are told as the cause."""
    rows(data, "groeide van 1 miljard", "was niet meer dan")
    with pytest.raises(AnnexError, match=r"2 rows, .* lines run across the columns of the text"):
        one(write(tmp_path, across(0)), data)


def test_section_that_is_not_found(tmp_path, data, capsys):
    """A section without a heading is told once, with what was looked for; a mention of its number
    is not called its heading."""
    text = REPORT.replace("1.1. Deel", "Deel (1.1)")
    assert main(["trace", str(write(tmp_path, text)), "--data", str(data)]) == 1
    lines = capsys.readouterr().out.splitlines()
    (line,) = [line for line in lines if "report.txt" in line]
    assert "no heading of section 1.1 (1 rows); expected" in line
    assert line.endswith("expected lines that begin '1.1'")
    assert not [line for line in lines if "q-6" in line]


def later(data) -> None:
    """Give the package rows of several words, early in the text and at its end."""
    words = ["Summary,Zie het plan", "Appendix 1,Januari 1995 Bezoek"]
    words += ["Appendix 1,1995 Bezoek 3", "Appendix 1,Bezoek 3 Beleidsnota"]
    lines = [f"e-{number},{text}," for number, text in enumerate(words)]
    (data / "errata.csv").write_text("\n".join(["id,section,raw,footnote", *lines, ""]))


@pytest.mark.parametrize(
    ("cut", "where"),
    [
        ("Appendix 1", "1.1, with '2017 was een goed jaar, met 0,3324 fte.'"),
        ("Januari", "Appendix 1, with 'Appendix 1: Lijst'"),
    ],
)
def test_copy_that_ends_early(tmp_path, data, cut, where):
    """A copy without the rest, from a heading on or within a section, is told where it ends, and
    not that it is in columns."""
    later(data)
    (note,) = one(write(tmp_path, REPORT[: REPORT.index(cut)]), data).notes
    assert note == (
        f"the copy ends in section {where}: 3 rows of errata.csv that come later, such as "
        "'Januari 1995 Bezoek', are not in it"
    )


@pytest.mark.parametrize(
    "text",
    [
        REPORT.replace("Appendix 1: Lijst\n", ""),  # the words are there, the heading is not
        REPORT.replace("Zie het plan", "Geen plannen"),  # the words are absent, the end is not
        "1. Een ander stuk\nmet andere woorden.\n",
    ],
)
def test_no_end_is_told_without_one(tmp_path, data, text):
    """Nothing is said of the end of a copy that has its end, or that is another document."""
    later(data)
    try:
        found = one(write(tmp_path, text), data)
        told = [*found.notes, *map(str, found.problems)]
    except AnnexError as error:
        told = [str(error)]
    assert told
    assert not [text for text in told if "the copy ends" in text or "columns" in text]


def test_rows_before_the_last_section_tell_no_end(tmp_path, data):
    """The last rows of a table may be of an earlier section: without them the text has its end."""
    rows(data, "een goed jaar", "niet in dit", "en dat ook", "of dit dan")
    assert one(write(tmp_path), data).notes == []


def test_other_words_at_line_starts_are_no_columns(tmp_path, data):
    """Lines that are numbered part the words of a row, which is not called columns."""
    rows(data, "een goed jaar", "met veel zaken", "en meer mensen")
    text = REPORT.replace(
        "2017 was een goed jaar,", "een\n12 goed jaar met\n13 veel zaken en\n14 meer"
    )
    assert one(write(tmp_path, text), data).notes == []


def test_section_out_of_order(tmp_path, data):
    """A heading that goes back is named as what keeps its section from being found."""
    text = "Appendix 1: Lijst\nJanuari 1995 Bezoek\n" + REPORT[: REPORT.index("Appendix")]
    (lost,) = one(write(tmp_path, text), data).lost
    assert "'Appendix 1: Lijst' is out of order" in lost.found


def test_words_in_another_section(tmp_path, data):
    """Words that stand in other sections only are said to."""
    text = REPORT.replace("82 mensen10", "veel mensen10").replace("goed jaar", "jaar voor 82")
    (problem,) = one(write(tmp_path, text), data).missing
    assert problem.expected.endswith("of the document; found in section 1.1 instead")


WORDS = pdf_of(REPORT)
REFUSED = {
    "word.docx": (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    "old.doc": (b"\xd0\xcf\x11\xe0", "an older Word file"),
    "rich.txt": (b"{\\rtf1", "an RTF file"),
    "page.html": (b"<!DOCTYPE html><p>x", "HTML or XML"),
    "scan.png": (b"\x89PNG\r\n", "a picture"),
    "nulls.txt": (b"a\0b\0", "bytes that are no text"),
    "aes.pdf": (WORDS.replace(b"/Root", AES + b" /Root"), "an encrypted PDF"),
    "locked.pdf": (locked(WORDS, "secret"), "a password on it"),
    "scan.pdf": (bound("", ""), "2 pages without text (a scan?)"),
    "short.pdf": (WORDS[:300], "a damaged PDF"),
    "folder.txt": (None, "a folder"),
    "large.txt": (b"x" * 2_000_001, "2 MB; expected a text of at most 2 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_files_are_refused(tmp_path, data, capsys, name):
    """What is handed in by mistake is named in one line, with what would be right."""
    content, found = REFUSED[name]
    path = tmp_path / name
    path.mkdir() if content is None else path.write_bytes(content)
    assert main(["trace", str(path), "--data", str(data)]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert line.startswith(f"annex: {path}: found {found}")
    assert re.search("expected .*(text|PDF)", line)


def test_encrypted_without_a_password(tmp_path, data):
    """A PDF that is encrypted but opens without a password is read."""
    assert same(tmp_path, data, locked(WORDS, ""), "copy.pdf").notes == []


def test_damaged_pdf_that_can_be_read(tmp_path, data):
    """What the library mends in a PDF is told; a page without text is, too."""
    (note,) = same(tmp_path, data, b"junk\n" + WORDS, "copy.pdf").notes
    assert note.startswith("the PDF is damaged: ")
    (note,) = same(tmp_path, data, bound(REPORT, ""), "copy.pdf").notes
    assert note == "pages without text (pictures?): 2"


def test_signs_of_print(tmp_path, data):
    """Ligatures, superior footnote marks, narrow spaces and other quotes make no difference."""
    text = REPORT.replace("euro3", "euro³").replace("mensen10", "mensen¹⁰")
    same(tmp_path, data, text.replace("1 miljard", "1\u202fmiljard").replace("‘82", "‛82\u200b"))
    rows(data, "officiële afl")
    found = same_but(tmp_path, data, REPORT.replace("goed", "oﬃcie\u0308le aﬂ"))
    assert found == []


def test_the_campaign_of_layouts_sees(tmp_path, data, capsys):
    """A layout in which a row or a numeral is lost is called wrong, and so is one of which nothing
    is told; without a text to lay out the campaign says that it is skipped."""
    assert layouts.judged(write(tmp_path), data, "") == (True, "7 of 7, 0 uncovered")
    assert not layouts.judged(write(tmp_path), data, "no heading")[0]
    for text in (REPORT.replace("1995", "1996"), REPORT.replace("goed", "7de"), ""):
        assert not layouts.judged(write(tmp_path, text), data, "")[0]
    assert layouts.judged(write(tmp_path, ""), data, "an empty file")[0]
    assert layouts.main("") == 0
    assert capsys.readouterr().out.startswith("SKIPPED: ")


def changed(data, change) -> None:
    """Change the descriptor of the tiny package."""
    path = data / "datapackage.json"
    package = json.loads(path.read_text())
    change(package)
    path.write_text(json.dumps(package))


def test_words_of_another_document(tmp_path, data):
    """Headings are those that the descriptor names, in whatever language the document is."""

    def change(package):
        package["annex"]["documents"][0]["headings"]["summary"]["words"] = ["zusammenfassung"]
        package["annex"]["documents"][0]["headings"]["appendix"]["words"] = ["anhang"]

    changed(data, change)
    text = REPORT.replace("Samenvatting", "Zusammenfassung").replace("Appendix 1", "Anhang 1")
    assert one(write(tmp_path, text), data).problems == []
    expected = "lines that begin 'Zusammenfassung', 'Anhang 1'"
    assert one(write(tmp_path), data).lost[0].expected == expected


def test_nothing_transcribed_is_told(tmp_path, data):
    """Without a transcribed column there is nothing to look up, which is no success."""
    changed(data, lambda package: package["annex"].pop("traced"))
    with pytest.raises(AnnexError, match="annex, traced: found nothing transcribed; expected ce"):
        one(write(tmp_path), data)


def test_a_document_without_headings(tmp_path, data):
    """A text without numbered sections is one: rows are looked up in the whole of it."""
    changed(data, lambda package: package["annex"]["documents"][0].pop("headings"))
    assert one(write(tmp_path), data).found == 7
    result = one(write(tmp_path, REPORT.replace("82", "83")), data)
    assert [problem.expected for problem in result.missing] == ["words of the document report"]
    assert {problem.place for problem in result.uncovered} == {"document report"}
    found = [problem.found for problem in result.uncovered]
    assert len(found) == 3  # the number, and those of two headings, which the rule wants in front
    assert "83 mensen10" in found[2] or "83 mensen10" in found[1]


def test_without_rules_every_numeral_needs_a_row(tmp_path, data):
    """No table has to set numerals aside; where none does, the message says which role would."""
    changed(data, lambda package: package["annex"].pop("roles"))
    result = one(write(tmp_path), data)
    assert (result.aside, len(result.uncovered)) == (0, 9)
    expected = "a row for it, or a rule in a table for set_aside in annex.roles"
    assert {problem.expected for problem in result.uncovered} == {expected}


def test_rules_without_their_columns_are_told(tmp_path, data):
    """A table of rules that lacks a column is told with it."""

    def change(package):
        package["resources"][-1]["schema"]["fields"][2]["name"] = "expression"

    changed(data, change)
    path = data / "set_aside.csv"
    path.write_text(path.read_text().replace("pattern", "expression"))
    with pytest.raises(AnnexError, match="table set_aside: found no column pattern; expected a c"):
        one(write(tmp_path), data)
