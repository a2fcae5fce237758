import math
import re

import pandas as pd
import pytest

from conftest import q
from helpers import language
from helpers.errors import EvidenceError
from helpers.evidence.rows import Row
from helpers.formats import html_tables, value_format
from helpers.formats.html_tables import Column
from helpers.formats.value_format import marked, written
from helpers.language import Text


@pytest.mark.parametrize(
    ("value", "spec", "nl"),
    [
        (q("0.683", unit="ratio"), "0.0%", "68,3%"),
        (q(11_000_000_000), "raw", "ruim 11000000000"),
        (q(10, 9, "11.5"), "range 0.0", "9,0–11,5"),
        (q(10, "9.99", "11.51"), "range 0.0", "9,9–11,6"),
        (q("0.33", "0.325", "0.335"), "range 0.0#", "0,32–0,34"),
        (q(-1, "-1.25", "-0.75"), "range 0.0", "-1,3–-0,7"),
        (q(10, 9, None), "range 0", "≥ 9"),
        (q(10, None, 9), "range 0", "≤ 9"),
        (q(10), "range 0", "10"),
        (q(None), "0", "onbekend"),
        (pd.Period("2017-11", freq="M"), "", "november 2017"),
        (language.year(2017), "", "2017"),
        ([q(1), Text("een", "one"), "twee"], "", "1, een en twee"),
        (float("nan"), "0", "onbekend"),
    ],
)
def test_written(value, spec, nl):
    """Each kind of value as Dutch writes it."""
    with language.use("nl"):
        assert written(value, spec) == nl


@pytest.mark.parametrize("value", [3, 2.5, True])
def test_plain_numbers_are_refused(value):
    """A number that does not say where it comes from can't be written."""
    for write in (written, marked):
        with pytest.raises(EvidenceError, match=f"the plain value {value}"):
            write(value, "0")


def test_marked_numbers_lead_to_their_evidence():
    """A number is data with the id of its evidence; a range is two."""
    assert marked(q(2), "0") == '<data value="2" data-id="trade-01">2</data>'
    both = marked(q("2.5", 2, 3), "range 0")
    assert both == (
        '<data value="2" data-id="trade-01">2</data>–<data value="3" data-id="trade-01">3</data>'
    )


def test_marked_dates_and_words():
    """A year is a time; words from data are marked as a value and never markup."""
    assert marked(language.year(2017)) == "<time>2017</time>"
    assert marked("<b>") == '<span class="value">&lt;b&gt;</span>'


def test_plain_frame_for_drawing():
    """Quantities become floats, unknown ones NaN; other columns stay."""
    frame = pd.DataFrame({"n": [q(1), q(None), None], "w": ["a", "b", "c"]})
    got = html_tables.plain(frame)
    assert got.n.tolist()[0] == 1.0
    assert all(math.isnan(n) for n in got.n.tolist()[1:])
    assert got.w.tolist() == ["a", "b", "c"]


def test_year_column():
    """A column of years is written as dates."""
    html = html_tables.table(
        pd.DataFrame({"w": ["a"], "year": [2017]}),
        {"w": Column(Text("Wie", "Who")), "year": Column(Text("Jaar", "Year"), year=True)},
    )
    assert "<time>2017</time>" in html


def test_a_value_that_is_a_number_has_its_name():
    """The rows of a chart may be years: a cell is named whatever its type."""
    frame, names = pd.DataFrame({"row": [2010]}), {2010: Text("toen", "then")}
    cells = html_tables.table(frame, {"row": Column(Text("rij", "row"), names=names)})
    assert ">then<" in cells


def test_plain_number_in_a_table_names_its_column():
    """A plain number in a table is an error that names the column."""
    frame = pd.DataFrame({"w": ["a"], "n": [5]})
    with pytest.raises(EvidenceError, match="column n: found the plain value 5"):
        html_tables.table(frame, {"w": Column(Text("W", "W")), "n": Column(Text("N", "N"))})


def test_columns_are_set_by_what_they_hold():
    """Figures stand to the right, short words stay whole, long text has room and makes cards."""
    frame = pd.DataFrame({"a": ["kort"], "n": [q(1)], "long": ["w " * 30]})
    html = html_tables.table(frame, {c: Column(Text(c, c)) for c in frame})
    assert html.startswith('<table class="cards s1 l3">')
    assert html.count('class="figure"') == 2


def test_cells_on_cards_have_their_heading():
    """Where a table has long text, a figure and one of two long texts say what they are; a year, a
    name from a list and a lone long text speak for themselves."""
    frame = pd.DataFrame({"a": ["x"], "y": [2017], "n": [q(1)], "k": ["x"], "t": ["w " * 30]})
    columns = {c: Column(Text(c, c.upper())) for c in frame}
    columns["y"] = Column(Text("y", "Y"), year=True)
    columns["k"] = Column(Text("k", "K"), names={"x": Text("x", "x")})
    with language.use("en"):
        assert re.findall('data-l="(.)"', html_tables.table(frame, columns)) == ["N"]
        two = frame.assign(u="v " * 30)
        html = html_tables.table(two, {**columns, "u": Column(Text("u", "U"))})
    assert re.findall('data-l="(.)"', html) == ["N", "T", "U"]


def test_an_empty_cell_has_no_heading_on_a_card():
    """A phone shows nothing of it, so its heading would only be weight."""
    frame = pd.DataFrame({"a": ["x", "y"], "n": ["m", None], "t": ["w " * 30, "v"]})
    columns = {c: Column(Text(c, c.upper()), missing=Text("", "")) for c in frame}
    with language.use("en"):
        html = html_tables.table(frame, columns)
    assert '<td data-l="N">m</td>' in html and html.count("<td></td>") == 1


def test_data_are_never_markup():
    """Markup in a cell, a name, a heading or a missing word is shown as text."""
    frame = pd.DataFrame({"w": ["<i>"], "n": ["x"], "m": [None], "q": [q(1)]})
    html = html_tables.table(
        frame,
        {
            "w": Column(Text("<b>", "<b>")),
            "n": Column(Text("n", "n"), names={"x": Text("<u>", "<u>")}),
            "m": Column(Text("m", "m"), missing=Text("<s>", "<s>")),
            "q": Column(Text("q", "q"), "0"),
        },
    )
    for mark in ("<i>", "<b>", "<u>", "<s>"):
        assert mark not in html
        assert mark.replace("<", "&lt;").replace(">", "&gt;") in html


def test_a_missing_cell_is_blank_and_the_caption_says_once_what_that_means():
    """Missing texts, and numbers of which few are known, are blank; a few unknown numbers and row
    headers are said, as are words that the author gave."""
    frame = pd.DataFrame(
        {
            "who": ["a", None, "c"],
            "note": ["x", None, None],
            "most": [q(1), q(2), None],
            "few": [q(3), None, None],
            "own": [None, None, None],
        }
    )
    columns = {name: Column(Text(name, name), "0") for name in frame}
    columns["own"] = Column(Text("own", "own"), missing=Text("geen", "none"))
    with language.use("nl"):
        html = html_tables.table(frame, columns)
    rows = [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in html.split("<tr>")[2:]]  # fmt: skip
    assert rows == [
        ["a", "x", "1", "3", "geen"],
        ["onbekend", "", "2", "", "geen"],
        ["c", "", "onbekend", "", "geen"],
    ]
    assert html.count('<caption><p class="blank">Leeg: niet vermeld.</p></caption>') == 1
    with language.use("en"):
        html = html_tables.table(frame, {"who": columns["who"], "most": columns["most"]})
    assert "unknown" in html and "caption" not in html


def test_an_unknown_number_has_no_value():
    """The number behind 'unknown' is empty, not 0."""
    assert 'value=""' in marked(q(None), "0")


def test_money_and_plural_in_a_sentence():
    """An amount is one number with its sign and scale; a plural is a word without a number."""
    amount = q("17.56", unit="EUR_m")
    with language.use("nl"):
        assert value_format.written(amount, "money 0.00") == "€\xa017,56\xa0mln"
        assert '<data value="17.56" data-id="trade-01">€' in value_format.marked(
            amount, "money 0.00"
        )
        assert value_format.marked(q(1), "plural bezoek|bezoeken") == "bezoek"
        assert value_format.marked(q(2), "plural bezoek|bezoeken") == "bezoeken"


def test_printed_words_are_marked_as_foreign():
    """Words as printed say their language where the page has another."""
    origin = Row("quantities", "trade-01", "value", "ruim 5", "trade-01", "nl", True)
    printed = q(5).replaced(origin=origin)
    with language.use("en"):
        assert 'lang="nl">ruim 5</data>' in value_format.marked(printed, "raw")
        assert "lang" not in value_format.marked(printed, "0")
    with language.use("nl"):
        assert "lang" not in value_format.marked(printed, "raw")


def test_a_mark_stands_before_the_word():
    """A value with a mark shows both; those who hear the page hear the word only."""
    columns = {"v": Column(Text("o", "v"), names={"x": Text("ja", "yes")}, marks={"x": "●"})}
    with language.use("en"):
        html = html_tables.table(pd.DataFrame({"v": ["x"]}), columns)
    assert '<span class="mark x" aria-hidden="true">●</span> yes' in html


def test_words_of_another_language_are_marked():
    """A column of words in one language says so on a page in the other."""
    columns = {"w": Column(Text("w", "w"), lang="nl")}
    for lang, mark in (("en", '<span lang="nl">ruim</span>'), ("nl", '"row">ruim</th>')):
        with language.use(lang):
            assert mark in html_tables.table(pd.DataFrame({"w": ["ruim"]}), columns)


def test_each_row_may_have_a_language_of_its_own():
    """Words of several documents are in the language of each, which another column has."""
    columns = {"w": Column(Text("w", "w"), lang="of")}
    frame = pd.DataFrame({"w": ["ruim", "over"], "of": ["nl", "en"]})
    with language.use("en"):
        html = html_tables.table(frame, columns)
    assert '<th scope="row"><span lang="nl">ruim</span></th>' in html
    assert '<th scope="row">over</th>' in html


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("0,0", "'0.0' or '#,##0'"), ("range 0,0", "'0.0' or '#,##0'"), ("money .2f", "'0.00'"),
        ("plural visit", "both words"), ("plural a|b|c", "both words"), ("plural |b", "both words"),
        ("rang 0", "'range 0.0'"), ("range", "'range 0.0'"), ("Raw", "'raw'"), ("raw ", "'raw'"),
        ("money", "'money 0.0'"), ("range money 0", "one such as"),
    ],
)  # fmt: skip
def test_what_stands_behind_the_colon_is_read_strictly(spec, said):
    """A form or pattern that is none is an error in a sentence and in a column, and says which is
    right."""
    for refuse in (lambda: marked(q(17.56), spec), lambda: Column(Text("a", "a"), spec)):
        with pytest.raises(ValueError, match=re.escape(said)):
            refuse()


def test_each_number_of_a_list_has_the_pattern():
    """The pattern of a field that holds several quantities is that of each."""
    with language.use("nl"):
        assert value_format.written([q("17.56"), q("3.2")], "0.0") == "17,6 en 3,2"
        assert ">17,6</data> en" in marked([q("17.56"), q("3.2")], "0.0")


@pytest.mark.parametrize("value", ["Utrecht", Text("a", "b"), language.year(2017), ["Utrecht"]])
def test_words_and_dates_have_no_pattern(value):
    """A pattern that would do nothing is an error."""
    for write in (value_format.written, marked):
        with pytest.raises(EvidenceError, match="no pattern"):
            write(value, "0.0")


def test_a_range_without_ends_is_unknown():
    """A number of which nothing is known has no range that ends anywhere."""
    with language.use("en"):
        assert marked(q(None), "range 0") == '<data value="" data-id="trade-01">unknown</data>'


def test_an_empty_list_leaves_no_hole():
    """A list without items is an error, and not a gap in a sentence."""
    for write in (written, marked):
        with pytest.raises(EvidenceError, match="an empty list"):
            write([])


@pytest.mark.parametrize(
    ("unit", "said"),
    [("percent", r"\.to\('ratio'\)"), ("EUR_m", "without %"), ("jobs", "without %")],
)
def test_only_a_ratio_is_written_in_per_cent(unit, said):
    """The pattern multiplies by a hundred: 50 per cent would be written as 5000%."""
    for spec in ("0%", "range 0.0%"):
        with pytest.raises(EvidenceError, match=said):
            marked(q(50, unit=unit), spec)
    assert written(q("3.5", unit="percent").to("ratio"), "0.0%") == "3.5%"


def test_a_column_of_numbers_has_their_pattern():
    """The words that go with numbers are no numbers."""
    with pytest.raises(ValueError, match="of a column"):
        Column(Text("a", "a"), "plural visit|visits")
