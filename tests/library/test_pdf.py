"""The PDF of the annex, on tiny pages written here."""

import io
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from conftest import judged
from helpers.annex.pages.render import Page
from helpers.annex.pdf import pdf, table_fit
from helpers.annex.run.notebook_files import BRIEF
from helpers.errors import AnnexError
from helpers.language import Text
from helpers.tables.publication import Publication

HERE = Path(__file__).parent

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36">'
    "<style>.h{paint-order:stroke;stroke:#fff;stroke-width:3px}text{font-family:'DejaVu Sans'}"
    '</style><rect width="9" height="9"/><g class="h"><text x="9" y="9">mark</text></g></svg>'
)
pytestmark = pytest.mark.usefixtures("pango")
FILES = {"charts/a-1-nl-wide.svg": SVG}
CHART = (
    '<figure class="chart" id="figuur-1"><figcaption><p><b>Figuur 1.</b> Lijn</p></figcaption>'
    '<picture><source srcset="../charts/a-1-nl-narrow.svg">'
    '<img src="../charts/a-1-nl-wide.svg" alt="een lijn" width="96" height="48"></picture>'
    "<details class='data'><summary>Gegevens</summary><p>een lijn</p>"
    '<section class="table"><table><thead><tr><th scope="col">jaar</th>'
    '<th scope="col">geld</th></tr></thead><tbody><tr>'
    '<th scope="row">1995</th><td class="figure">gevouwen</td></tr></tbody>'
    "</table></section></details></figure>"
)


def page(body: str = "", name: str = "01_a", lang: str = "nl", title: str = "Handel?") -> Page:
    """A page as it is after rendering."""
    html = (
        f'<html lang="{lang}"><body><nav><a href="02_b.html">weg</a></nav><main id="content">'
        f'<div class="lead"><h1>{title}</h1></div><h2 id="deel">deel</h2><p>Tekst.</p>{body}'
        "</main></body></html>"
    )
    return Page(name, lang, title, "", html, "Kort")


POINTER = (
    '<div class="pointer" id="tabel-1"><p>Rijen</p>'
    '<p><a class="apart" href="01_a-table-1.html">Bekijk tabel 1</a></p></div>'
)


def apart() -> Page:
    """The page of a table that `POINTER` leads to."""
    html = (
        '<html lang="nl"><body><main id="content" class="apart-page"><div class="lead">'
        '<h1>Tabel 1: Kort</h1><p><a href="01_a.html#tabel-1">Terug</a></p></div>'
        f'<div class="body">{wide(2, "ver")}<section class="sources"><details><summary>'
        '<h2>Bronnen</h2></summary><div id="sources"><h3>Reeksen</h3></div></details></section>'
        "</div></main></body></html>"
    )
    return Page("01_a-table-1", "nl", "Tabel 1: Kort", "", html)


def wide(columns: int, text: str = "1.234.567") -> str:
    """A table with many columns of numbers."""
    head = "".join(f'<th scope="col" class="figure">kolom{n}</th>' for n in range(columns))
    row = "".join(f'<td class="figure">{text}</td>' for _ in range(columns - 1))
    return (
        f'<section class="table"><table><caption>Breed</caption><thead><tr>{head}</tr></thead>'
        f'<tbody><tr><th scope="row">rij</th>{row}</tr></tbody></table></section>'
    )


def make(*pages: Page, files=FILES, lang: str = "nl") -> PdfReader:
    """A PDF of pages, read again."""
    return PdfReader(io.BytesIO(pdf.pdf(pages, lang, files, "Titel", "Waarover.")))


@pytest.fixture(scope="module")
def whole() -> PdfReader:
    """Two pages with all that a page has."""
    code = '<details class="code"><summary>Code</summary><pre>import this</pre></details>'
    links = (
        '<p><a href="02_b.html#deel">binnen</a> <a href="evidence.html#x"><data>5</data></a> '
        '<a href="https://example.org/x">buiten</a></p>'
        '<p><a download href="../charts/a.csv">CSV</a></p>'
    )
    return make(page(CHART + code + links), page(name="02_b", title="Bezoek?"))


def elements(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            found.extend([node] if "/S" in node else [])
            walk(node.get("/K", ArrayObject()))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def kinds(reader: PdfReader, kind: str) -> list[DictionaryObject]:
    return [element for element in elements(reader) if element["/S"] == kind]


def text(reader: PdfReader) -> str:
    return "\n".join(each.extract_text() for each in reader.pages)


def reach(reader: PdfReader, words: str) -> list[tuple[float, float]]:
    """Of each piece of text with these words: its left edge, and the width of its page."""
    found = []
    for sheet in reader.pages:

        def visit(piece, ctm, matrix, font, size, sheet=sheet):
            if words in piece:
                left = matrix[4] * ctm[0] + matrix[5] * ctm[2] + ctm[4]
                found.append((left, float(sheet.mediabox.width)))

        sheet.extract_text(visitor_text=visit)
    return found


def test_document_is_tagged(whole):
    """The file says that it is tagged, and claims PDF/UA-1."""
    root = whole.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert re.search(rb"pdfuaid:part[>=\"]+1", root["/Metadata"].get_data())


def test_language_and_title(whole):
    """The file has its language, and a viewer shows its title instead of the name of the file."""
    root = whole.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert whole.metadata.title == "Titel: Cijferbijlage"


def test_cover_says_who_published_it_and_when():
    """The lines of the imprint stand on the cover."""
    made = pdf.pdf([page()], "nl", FILES, "Titel", "Waarover.", ["Versie 0.5"])
    assert "Versie 0.5" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_sheet_is_one_page_without_what_is_folded():
    """The printed sheet of a page has its text and charts, and neither code nor cover."""
    code = '<details class="code"><summary>Code</summary><pre>import this</pre></details>'
    made = PdfReader(io.BytesIO(pdf.sheet(page(CHART + code), FILES, "Titel", ["Versie 0.5"])))
    assert len(made.pages) == 1
    assert all(words in text(made) for words in ("Handel?", "Tekst.", "mark", "Versie 0.5"))
    assert not any(words in text(made) for words in ("import this", "gevouwen", "Inhoud"))


def test_sheet_is_at_most_a_leaf():
    """A sheet of more than two pages is refused, with the number that it would take."""
    with pytest.raises(
        AnnexError, match=r"01_a-nl\.pdf: found \d pages; expected at most 2 \(A4\)"
    ):
        pdf.sheet(page("<p>Tekst.</p>" * 200), FILES, "Titel")


def test_every_pdf_of_an_annex():
    """In each language a PDF of all pages, with the short page before the others, and that page as
    a sheet; the cover and the sheet say who published it, when, and which version."""
    told = Publication(
        Text("Titel", "Title"), Text("Over.", "About."), (Text("Wij", "We"),), "", "0.5",
        "2026-11-26", None, None, Text(), True,
    )  # fmt: skip
    pages = [
        page(name=name, lang=lang, title=title)
        for lang in ("nl", "en") for name, title in (("01_a", "Handel?"), (BRIEF, "Kort?"))
    ]  # fmt: skip
    made = {name: PdfReader(io.BytesIO(each)) for name, each in
            pdf.all_files(pages, FILES, told).items()}  # fmt: skip
    assert [*made] == [
        "annex-nl.pdf", "five_minutes-nl.pdf", "annex-en.pdf", "five_minutes-en.pdf"
    ]  # fmt: skip
    assert pdf.paths(pages) == set(made)
    assert [entry.title for entry in made["annex-nl.pdf"].outline[::2]] == ["Kort?", "Handel?"]
    imprint = ("Uitgegeven door: Wij", "Op: 26 november 2026", "Versie: 0.5")
    for name in ("annex-nl.pdf", "five_minutes-nl.pdf"):
        assert all(line in made[name].pages[0].extract_text() for line in imprint)
    assert "Published by: We" in made["five_minutes-en.pdf"].pages[0].extract_text()


def test_what_the_descriptor_does_not_say_is_not_printed():
    """Without publisher, date and version the cover has no line for them."""
    told = Publication(Text("Titel", "Title"), Text("Over.", "About."), (), "", "", "", None, None,
                       Text(), True)  # fmt: skip
    made = pdf.all_files([page()], FILES, told)["annex-nl.pdf"]
    cover = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Over." in cover and not re.search("Uitgegeven|Op:|Versie", cover)


def test_only_the_pages_of_the_language():
    """Pages of another language are left out."""
    made = make(page(), page(name="01_a", lang="en", title="Trade?"))
    assert "Handel?" in text(made)
    assert "Trade?" not in text(made)


def test_bookmarks_follow_the_headings(whole):
    """Each theme is a bookmark, with its sections under it."""
    outline = whole.outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == [
        "Handel?", "Bezoek?", "Figuren in woorden en getallen", "Berekeningen",
    ]  # fmt: skip
    assert [entry.title for entry in outline[1]] == ["deel"]


def test_one_first_heading_per_theme(whole):
    """The structure has a first heading for each theme and each part of the back."""
    assert len(kinds(whole, "/H1")) == 4


def test_contents_give_page_numbers(whole):
    """The contents name the page on which each theme starts."""
    numbers = {name: whole.pages[int(number) - 1].extract_text() for name, number in re.findall(
        r"(Handel\?|Bezoek\?)[ .]+(\d+)", whole.pages[1].extract_text()
    )}  # fmt: skip
    assert set(numbers) == {"Handel?", "Bezoek?"}
    assert all(name in words for name, words in numbers.items())


def test_figures_have_their_words(whole):
    """A chart has its alternative text."""
    assert [figure["/Alt"] for figure in kinds(whole, "/Figure")] == ["een lijn"]


def test_header_cells_have_scope(whole):
    """Each header cell heads a column or a row, and says which."""
    scopes = [cell["/A"]["/Scope"] for cell in kinds(whole, "/TH")]
    assert scopes == ["/Column", "/Column", "/Row"]


def test_fonts_are_embedded(whole):
    """Every font is in the file, and all are those that matplotlib brings."""
    fonts = {}
    for sheet in whole.pages:
        for font in sheet["/Resources"].get("/Font", {}).values():
            inner = font["/DescendantFonts"][0].get_object()
            fonts[font["/BaseFont"]] = set(inner["/FontDescriptor"])
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & keys for keys in fonts.values())
    assert {re.sub(r"^/\w+\+", "", name) for name in fonts} <= {
        "DejaVu-Sans", "DejaVu-Sans-Bold", "DejaVu-Sans-Mono",
    }  # fmt: skip


def led_to(reader: PdfReader, words: str) -> list[int]:
    """The pages that links with these words name, in the order of the document."""
    return [int(number) for number in re.findall(words + r" – p\. (\d+)", text(reader))]


def test_code_and_numbers_stand_at_the_back(whole):
    """Where the code and the numbers of a figure stood a link says on what page they are; their
    heading there leads back. The words of a figure stand there too."""
    for label, back, content in (
        ("Gegevens", "Figuur 1. Lijn", "gevouwen"),
        ("Berekening 1", "Berekening 1", "import this"),
    ):
        there, here = led_to(whole, label)[0], led_to(whole, back)[-1]
        assert here == 3 < there
        assert content in whole.pages[there - 1].extract_text()
        assert content not in whole.pages[here - 1].extract_text()
    assert "een lijn" in whole.pages[led_to(whole, "Gegevens")[0] - 1].extract_text()


def test_links_of_a_figure_and_its_code_share_a_line():
    """The link to the code behind a figure stands beside the link to its numbers."""
    code = '<details class="code"><summary>Code</summary><pre>import this</pre></details>'
    source = '<small class="source">Bron</small>'
    assert "Gegevens – p. 4 · Berekening 1 – p. 5" in text(make(page(CHART + source + code)))


def test_table_of_its_own_page_stands_at_the_back():
    """A long table is at the back under its chapter, below a heading; links lead there and back."""
    made = make(page(POINTER), apart(), page(name="02_b", title="Bezoek?"))
    (there,) = led_to(made, "Bekijk tabel 1")
    assert led_to(made, "Tabel 1: Kort") == [3]
    assert "ver" in made.pages[there - 1].extract_text()
    assert "Reeksen" not in text(made)  # its chapter names them
    chapter, (table,) = made.outline[-1]
    assert (chapter.title, table.title) == ("Kort", "Tabel 1: Kort")


def test_no_table_is_dropped():
    """The page of a table to which no chapter leads is an error, not a gap."""
    with pytest.raises(AssertionError, match="01_a-table-1"):
        make(page(), apart())


def test_folded_sections_are_open():
    """A section that is folded on a screen is read in its place, and links find its heading."""
    folded = (
        '<details class="background"><summary><h2>Keuzes</h2></summary>'
        '<div id="keuzes"><p>Waarom.</p></div></details><p><a href="#keuzes">zie daar</a></p>'
    )
    made = make(page(folded))
    assert "deel ." in text(made) and "Keuzes ." not in text(made)  # in the contents
    assert "Waarom." in made.pages[2].extract_text()
    assert [entry.title for entry in made.outline[1]] == ["deel", "Keuzes"]
    links = [note.get_object() for note in made.pages[2]["/Annots"]]
    assert [note["/Dest"] for note in links] == ["01_a--keuzes"]


def test_links(whole):
    """Links inside the PDF work, addresses are written out, other links are plain text."""
    uris, places = set(), set()
    for sheet in whole.pages:
        for note in sheet.get("/Annots", []):
            note = note.get_object()
            uris |= {note["/A"]["/URI"]} if "/A" in note else set()
            places |= {note["/Dest"]} if "/Dest" in note else set()
    assert uris == {"https://example.org/x"}
    assert "02_b--deel" in places
    assert "buiten (https://example.org/x)" in text(whole)
    assert not any("evidence" in place for place in places)
    assert "CSV" not in text(whole)


@pytest.mark.parametrize("columns", [12, 30, 60])
@pytest.mark.parametrize("words", ["1.234.567", "12.345.678.901.234"])
def test_wide_table_is_whole(columns, words):
    """No column of a wide table is beyond the edge, and none is lost."""
    cells = reach(make(page(wide(columns, words))), words)
    assert len(cells) == columns - 1
    right = table_fit._em(words, False) * 7
    assert all(left > 50 and left + right < width - 50 for left, width in cells)


def test_a_column_of_much_text_is_broad():
    """On its side a table gives short words their room, and the rest to the column with most text,
    in which long words are hyphenated."""
    head = "".join(f'<th scope="col">{word}</th>' for word in ("Id", "Toelichting", *"abcdefghijk"))
    cells = f"<td>{'gemeenteraadsverkiezingen ' * 9}</td>" + "<td>uitgaand</td>" * 11
    made = make(page(
        f'<section class="table"><table><thead><tr>{head}</tr></thead><tbody><tr>'
        f'<th scope="row">visit-65</th>{cells}</tr></tbody></table></section>'
    ))  # fmt: skip
    lines = made.pages[3].extract_text()
    assert "visit-65" in lines and "uitgaand" in lines
    assert lines.count("gemeenteraadsverkiezingen gemeente") > 1  # more than one word on a line


def test_parts_of_a_wide_table_repeat_the_first_column():
    """A table in parts begins each with the same first column, under one caption."""
    made = make(page(wide(30)))
    assert text(made).count("kolom0") == len(kinds(made, "/Table")) > 1
    assert text(made).count("Breed") == 1


def test_word_wider_than_the_paper_is_broken():
    """A word that fits on no page is broken rather than cut off."""
    made = make(page(wide(2, "x" * 300)))
    assert text(made).count("x") == 300


def test_long_table_repeats_its_head():
    """On every page that a table runs on to, its head is there again."""
    rows = '<tr><th scope="row">rij</th><td>cel</td></tr>' * 120
    table = (
        '<section class="table"><table><thead><tr><th scope="col">wat</th><th scope="col">kop</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></section>"
    )
    sheets = [each.extract_text() for each in make(page(table)).pages]
    with_rows = [words for words in sheets if "cel" in words]
    assert len(with_rows) > 1
    assert all("kop" in words for words in with_rows)


def test_halo_is_under_the_letters():
    """The letters of a text with a halo are drawn after it, or they would be hidden."""
    assert pdf._haloed(SVG).index('class="h"') < pdf._haloed(SVG).rindex("mark</")
    assert pdf._haloed(SVG).count("mark") == 2


def test_same_pages_same_bytes():
    """Two builds, a second apart and in another process, give the same bytes."""
    first = pdf.pdf([page(CHART)], "nl", FILES, "Titel", "")
    time.sleep(1.1)
    script = (
        f"import sys; sys.path[:0] = {[str(HERE), str(HERE.parent)]}; import test_pdf as t;"
        " from helpers.annex.pdf import pdf;"
        " sys.stdout.buffer.write(pdf.pdf([t.page(t.CHART)], 'nl', t.FILES, 'Titel', ''))"
    )
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert again.stdout == first


@pytest.mark.parametrize(
    "source", ["https://example.org/a.svg", "file:///etc/hostname", "../style.css", "/etc/hostname"]
)
def test_picture_from_outside_is_refused(source):
    """A picture that is no chart of the annex stops the build and is not fetched."""
    with pytest.raises(AnnexError, match="a chart of the annex"):
        make(page(f'<img src="{source}" alt="x">'))


def test_address_inside_a_chart_is_refused():
    """A chart can't fetch either: it is named as one that can't be drawn."""
    svg = SVG.replace(
        "<rect", '<image href="https://example.org/a.png" width="9" height="9"/><rect'
    )
    with pytest.raises(AnnexError, match=r"Failed to render.*charts/a-1-nl-wide"):
        make(page(CHART), files={"charts/a-1-nl-wide.svg": svg})


def test_remarks_of_weasyprint_are_problems():
    """A picture without words, which WeasyPrint would only log, stops the build."""
    with pytest.raises(AnnexError, match="no required alt"):
        make(page(CHART.replace("een lijn", "")))


def test_missing_package_is_one_problem(monkeypatch):
    """Without WeasyPrint the problem names the package and how to install it."""
    for name in [name for name in sys.modules if name.startswith("weasyprint")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(AnnexError) as caught:
        pdf.ready()
    assert str(caught.value) == (
        "--pdf: found no Python package weasyprint; "
        "expected the extra 'pdf'. Run pip install 'weasyprint>=70'."
    )


def test_missing_library_is_one_problem(monkeypatch, capsys):
    """Without Pango the problem names the library and the packages to install, and no more."""

    def fail(name):
        print("WeasyPrint could not import some external libraries.")
        raise OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: no such file")

    monkeypatch.setattr("importlib.import_module", fail)
    with pytest.raises(AnnexError, match=r"no library libpango-1\.0-0; .*apt-get install libpango"):
        pdf.ready()
    assert capsys.readouterr().out == ""


def test_conforms_to_pdf_ua():
    """An independent reader finds nothing against PDF/UA-1, in a wide and long table neither."""
    made = pdf.pdf([page(CHART + wide(30)), page(CHART, "02_b")], "nl", FILES, "Titel", "Over.")
    assert judged(made) == []
    assert judged(pdf.sheet(page(CHART + wide(3)), FILES, "Titel")) == []


@pytest.mark.parametrize("key", ["/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata"])
def test_reader_finds_what_is_broken(whole, key):
    """The independent reader is no rubber stamp: it names a file from which a part is taken."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=whole)
    del writer.root_object[NameObject(key)]
    content = io.BytesIO()
    writer.write(content)
    assert judged(content.getvalue())


def test_a_chart_of_a_name_with_a_space():
    """A picture is found under its name, however its address has to write it."""
    spaced = CHART.replace("a-1-nl-wide", "a%20b-1-nl-wide")
    made = make(page(spaced), files={"charts/a b-1-nl-wide.svg": SVG})
    assert "mark" in text(made)
