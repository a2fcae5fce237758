import json

import pytest

from helpers.annex import document, trace
from helpers.annex.cli import main
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


@pytest.fixture
def data(tmp_path):
    """A tiny package with the tables that a trace reads."""
    columns = {name: ["id", "section", "raw", "footnote"] for name in trace.PRINTED}
    columns["province_budgets"] = ["id", "section", "fte_raw", "budget_raw", "footnote"]
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
            "schema": {"fields": [{"name": column, "type": "string"} for column in names]},
        }
        for name, names in columns.items()
    ]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return folder


def write(tmp_path, text: str = REPORT):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_is_found(tmp_path, data):
    """Rows are found over line wraps and with fused footnote marks; no numeral is left over."""
    result = trace.trace(write(tmp_path), data)
    assert (result.rows, result.missing) == (7, [])
    assert result.uncovered == []
    assert result.idle == []
    assert result.numerals == result.covered + result.aside == 16


def test_text_and_pdf_give_the_same_answer(tmp_path, data):
    """A PDF of the same words gives the same figures."""
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(REPORT))
    assert trace.trace(path, data) == trace.trace(write(tmp_path), data)


def test_row_in_another_section_is_missing(tmp_path, data):
    """Words that stand elsewhere than the row says are reported by table, row and section."""
    result = trace.trace(write(tmp_path, REPORT.replace("82 mensen10", "veel mensen10")), data)
    (problem,) = result.missing
    assert problem.place == "quantities.csv, row q-5"
    assert problem.found == "'82'"
    assert "section 1 " in problem.expected


def test_number_inside_a_number_is_not_it(tmp_path, data):
    """15 is not found in 150, and 0,33 not in 0,334."""
    text = REPORT.replace("15 projecten", "150 projecten").replace("0,3324", "0,3325")
    places = [problem.place for problem in trace.trace(write(tmp_path, text), data).missing]
    assert places == ["quantities.csv, row q-2", "quantities.csv, row q-6"]


def test_errors_are_looked_up_and_cover_nothing(tmp_path, data):
    """An erratum must stand where it says, and its numeral still needs a row or a rule."""
    (data / "errata.csv").write_text(
        "id,section,raw,footnote\ne-1,1.1,2017 was,\ne-2,1.1,9 maal,\n"
    )
    (data / "set_aside.csv").write_text(
        (data / "set_aside.csv").read_text().replace("(19|20)", "(19|21)")
    )
    result = trace.trace(write(tmp_path), data)
    assert [p.place for p in result.missing] == ["errata.csv, row e-2"]
    assert any("2017 was" in p.found for p in result.uncovered)


def test_number_without_a_row_is_reported(tmp_path, data):
    """A printed number that no row covers is shown with its section and surroundings."""
    result = trace.trace(write(tmp_path, REPORT.replace("goed jaar", "jaar met 7 visites")), data)
    (problem,) = result.uncovered
    assert problem.place == "section 1.1"
    assert "7 visites" in problem.found


def test_idle_rule_is_reported(tmp_path, data):
    """A rule that sets nothing aside is named."""
    with (data / "set_aside.csv").open("a", encoding="utf-8") as rules:
        rules.write('"aside-04",,"nergens",a,b\n')
    assert trace.trace(write(tmp_path), data).idle == ["aside-04"]


def test_headings_in_order_only():
    """A line that looks like a heading out of order does not open a section."""
    text = "1. Een\n3. Niet\n1.2. Deel\n1.1. Niet\n2. Twee\nAppendix 2: Niet\nAppendix 1: Een"
    sections, _ = document.cut(["Samenvatting", *text.splitlines()])
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
    assert "a copy of the evaluation" in line


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("gone.txt", None, "a text file"),
        (
            "bytes.txt",
            "één twee\ndrie\xff".encode("latin-1").replace(b"\xe9", b"\xc3\xa9"),
            "UTF-8",
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
        trace.trace(tmp_path / name, data)


def test_command_prints_the_figures(tmp_path, data, capsys):
    """The command prints what was found, and 0 says that all is accounted for."""
    assert main(["trace", str(write(tmp_path)), "--data", str(data)]) == 0
    assert "7 of 7" in capsys.readouterr().out
