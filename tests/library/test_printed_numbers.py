"""Printed numbers read back: small pages whose text says their number, or another one."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import notebook
from helpers.annex.cli import main
from helpers.annex.rules import printed_numbers

RECORDS = {
    "trade-01": {"unit": "EUR_m", "value": 17.56, "row": {"raw": "ruim 17,56 miljoen"}},
    "trade-02": {"unit": "EUR_bn", "value": None, "row": {"raw": "miljarden"}},
    "jobs-01": {"unit": "jobs", "value": 134},
    "share-01": {"unit": "ratio", "value": 0.683, "low": 0.651, "high": 0.722},
    "rate-01": {"unit": "percent", "value": 144, "low": 143.5, "high": 144.5},
    "total-01": {"unit": "EUR", "value": 15000},
    "as_euros-0": {
        "unit": "EUR", "value": 15000,
        "derivation": {"measure": "as_euros", "inputs": {"amount": "budget-01"}},
    },
    "budget-01": {"unit": "EUR", "value": 15000, "row": {"raw": "15.000+"}},
}  # fmt: skip


def faults(text: str, value: str, lang: str = "nl", id: str = "trade-01") -> list[str]:
    html = f'<html lang="{lang}"><p><a href="e.html#{id}"><data value="{value}">{text}</data></a>'
    found = printed_numbers.faults(LexborHTMLParser(html), RECORDS)
    return [what for what, _ in found]


@pytest.mark.parametrize(
    ("text", "value", "lang"),
    [
        ("17,56", "17.56", "nl"), ("17.56", "17.56", "en"), ("17,6", "17.56", "nl"),
        ("18", "17.56", "nl"), ("1.135", "1135", "nl"), ("1,135", "1135", "en"),
        ("1135", "1135", "en"), ("1.234.567,8", "1234567.84", "nl"),
        ("-2.5", "-2.54", "en"), ("0", "0.4", "en"), ("onbekend", "", "nl"), ("unknown", "", "en"),
        ("€\N{NO-BREAK SPACE}17,56\N{NO-BREAK SPACE}mln", "17.56", "nl"), ("€17.6m", "17.56", "en"),
        ("€17,560k", "17.56", "en"), ("€\N{NO-BREAK SPACE}0,018 mld", "17.56", "nl"),
        ("ruim 17,56 miljoen", "17.56", "en"), ("1.234.567,123456", "1234567.12", "nl"),
    ],
)  # fmt: skip
def test_a_text_that_says_its_number(text, value, lang):
    """A number is read in the language of the page, to half a unit of the last digit shown."""
    assert faults(text, value, lang) == []


@pytest.mark.parametrize(
    ("text", "value", "lang"),
    [
        ("1.8", "17.56", "nl"), ("1,8", "17.56", "en"), ("18f", "17.56", "nl"), ("d", "5", "en"),
        ("17.56", "17.56", "nl"), ("17,56", "17.56", "en"), ("17", "17.56", "nl"),
        ("17,5", "17.56", "nl"), ("1.135", "1135", "en"), ("1,135", "1135", "nl"),
        ("1.13", "113", "nl"), ("11.35", "1135", "nl"), ("68,3", "0.683", "nl"),
        ("0,683%", "0.683", "nl"), ("2.5", "-2.5", "en"), ("unknown", "", "nl"), ("0", "", "nl"),
        ("onbekend", "5", "nl"), ("5", "5", "xx"), ("", "5", "nl"), ("vijf", "5", "nl"),
        ("€ 17,56 mld", "17.56", "nl"), ("€ 17,56", "17.56", "nl"), ("€17.56k", "17.56", "en"),
        ("17,56 mld", "17.56", "nl"), ("68,3%", "0.683", "nl"), ("17,56 miljoen", "17.56", "nl"),
        ("١٧", "17", "nl"),
    ],
)  # fmt: skip
def test_a_text_that_says_another_number(text, value, lang):
    """A slip of the decimal sign, of thousands, rounding, per cent, scale or sign, a word that is
    no number: each is named with the number that is marked."""
    assert faults(text, value, lang) == [f"{text!r} for {value or 'an unknown number'}"]


@pytest.mark.parametrize(
    ("html", "right"),
    [
        ('<data value="17.54">17</data>–<data value="18.2">19</data>', True),
        ('<a href="#a"><data value="1.4">1</data></a>–<a><data value="18.2">19</data></a>', True),
        ('<data value="17.54">17</data>–<data value="19.6">19</data>', False),
        ('<data value="17.54">19</data>–<data value="20">20</data>', False),
        ('<data value="17.54">17</data> – <data value="18">18</data>', False),
        ('<data value="18.2">≤ 19</data>', True), ('<data value="17.8">≤ 19</data>', False),
        ('<data value="19.8">≤ 19</data>', False),
        ('<data value="17.54">≥ 17</data>', True), ('<data value="17.1">≥ 18</data>', False),
    ],
)  # fmt: skip
def test_the_ends_of_a_range_are_rounded_outwards(html, right):
    """The end of a range may lie less than a unit outside of its number, and no unit inside."""
    tree = LexborHTMLParser(f'<html lang="nl"><p>{html}</p>')
    assert (list(printed_numbers.faults(tree, {})) == []) is right


def test_words_as_printed_are_those_of_the_row():
    """Words of another row, or of none, are no reading of a number; an amount that was read as
    euros has the words of the amount."""
    assert faults("15.000+", "15000", id="budget-01") == []
    assert faults("15.000+", "15000", id="as_euros-0") == []
    assert faults("miljarden", "", id="trade-02") == []
    assert faults("15.000+", "17.56") == ["'15.000+' for 17.56"]


@pytest.mark.parametrize("id", ["jobs-01", "trade-02", "of-no-record"])
def test_an_amount_is_that_of_a_known_number_of_euros(id):
    """No other number is printed as an amount."""
    assert faults("€ 134", "134", id=id) == ["'€ 134' for 134"]


@pytest.mark.parametrize(
    ("html", "right"),
    [
        ('<a href="#share-01"><data value="0.683">68%</data></a>', True),
        ('<a href="#share-01"><data value="0.651">65%</data></a>–<a href="#share-01">'
         '<data value="0.722">73%</data></a>', True),
        ('<a href="#rate-01"><data value="144">144</data></a>% groei', True),
        ('<a href="#rate-01"><data value="144">144</data></a> procent', True),
        ('<a href="#rate-01"><data value="1.44">144%</data></a>', True),
        ('<a href="#rate-01"><data value="144">14400%</data></a>', False),
        ('<a href="#jobs-01"><data value="134">13400%</data></a>', False),
        ('<a href="#jobs-01"><data value="134">134</data></a> procent', False),
        ('<a href="#share-01"><data value="0.683">0,7</data></a> procent', False),
        ('<a href="#trade-01"><data value="17.56">17,6</data></a> miljoen euro', True),
        ('<a href="#trade-01"><data value="0.01756">0,018</data></a> miljard euro', True),
        ('<a href="#trade-01"><data value="17.56">17,6</data></a> miljard euro', False),
        ('<a href="#trade-01"><data value="17.56">17,6</data></a> <em>miljard</em>', False),
        ('€ <a href="#trade-01"><data value="17.56">18</data></a> mln', True),
        ('€ <a href="#trade-01"><data value="17.56">18</data></a>', False),
        ('<a href="#jobs-01"><data value="134">134</data></a>k banen', False),
        ('<a href="#jobs-01"><data value="134">134</data></a> duizend banen', False),
        ('<a href="#jobs-01"><data value="134">134</data></a> per duizend banen', True),
        ('<a href="#total-01"><data value="15000">15.000</data></a> euro', True),
        ('kost -<a href="#jobs-01"><data value="134">134</data></a>', False),
        ('van 1,<a href="#jobs-01"><data value="134">134</data></a>', False),
        ('2017-<a href="#jobs-01"><data value="134">134</data></a>-delig', True),
        ('<a href="#jobs-01"><data value="134">134</data></a>, dus', True),
        ('<a href="#jobs-01"><data value="134">134</data></a>,<data value="18">18</data>', False),
        ('<a href="#jobs-01"><data value="134">134</data></a>5', False),
    ],
)  # fmt: skip
def test_a_number_is_read_with_what_stands_beside_it(html, right):
    """Per cent, a scale, €, a sign or a digit before or after the mark belongs to what a reader
    reads, and must fit the unit of the evidence."""
    tree = LexborHTMLParser(f'<html lang="nl"><p>{html}</p>')
    assert (list(printed_numbers.faults(tree, RECORDS)) == []) is right


@pytest.mark.parametrize(
    ("heading", "right"),
    [
        ("Handel, miljoen euro", True), ("Handel, miljard euro", False), ("Handel", True),
        ("Trade, billion euros", False), ("Per miljard euro", True),
    ],
)  # fmt: skip
def test_a_number_is_read_with_the_heading_of_its_column(heading, right):
    """The scale above a column is that of its numbers, whatever stands in the columns beside it."""
    html = (
        f"<table><thead><tr><th>Jaar, miljard<th>{heading}</thead><tbody><tr><th>2017"
        f'<td><a href="#trade-01"><data value="17.56">17,6</data></a></tbody></table>'
    )
    tree = LexborHTMLParser(f'<html lang="nl">{html}')
    assert (list(printed_numbers.faults(tree, RECORDS)) == []) is right


def test_each_part_of_a_page_has_its_language():
    """The front page says each number in both languages."""
    html = '<html><p lang="nl"><data value="1.5">1,5</data></p><p lang="en"><data value="1.5">1,5'
    assert len(list(printed_numbers.faults(LexborHTMLParser(html), {}))) == 1


def test_a_fault_in_the_writing_of_numbers_stops_a_build(project, capsys, monkeypatch):
    """When the code that writes numbers goes wrong, both pages are refused, by the number."""
    root = project(_01_a=notebook(
        "from helpers import counts, language, tables\n"
        "from helpers.present import say\n"
        "language.number = lambda value, *_: f'{value + 1:.0f}'\n"
        "say(nl='{x:0}', en='{x:0}', x=counts.count(tables.load('hedges')), source=['7'])"
    ))  # fmt: skip
    assert main(["build", "--project", str(root), "--only", "01_a"]) == 1
    told = capsys.readouterr().err
    for page in ("nl/01_a.html", "en/01_a.html"):
        assert f"annex: {page}: found " in told
    assert not (root / "annex-draft").exists()


@pytest.mark.parametrize(
    ("lang", "html", "right"),
    [
        ("de", '<data value="17.56">17,56 Mio. €</data>', True),
        ("de", '<data value="17.56">17,56 Mrd. €</data>', False),
        ("de", '<data value="17.56">17,56</data> Mio. €', True),
        ("de", '<data value="17.56">17,6</data> Millionen Euro', True),
        ("de", '<data value="17.56">17,6</data> Milliarden Euro', False),
        ("de", '<data value="17.56">17,56 Mio. $</data>', False),
        ("de", '<data value="17.56">17,56</data> Mio. $', False),
        ("de", '<data value="17.56">17.56</data>', False),
        ("fr", '<data value="17.56">17,56 M€</data>', True),
        ("fr", '<data value="17.56">17,56 k€</data>', False),
        ("fr", '<data value="17.56">17,6</data> millions d’euros', True),
        ("fr", '<data value="17.56">17,56 M$US</data>', False),
        ("fr", '<data value="17560">17 560 k€</data>', True),
        ("en", '<data value="17.56">$17.56m</data>', False),
        ("en", 'USD <data value="17.56">17.56</data>m', False),
        ("en", 'EUR <data value="17.56">17.56</data>m', True),
        ("en", 'for all <data value="17.56">17.56</data>', True),
        ("sv", '<data value="17.56">17,56 mn €</data>', True),
    ],
)  # fmt: skip
def test_amounts_in_any_language(lang, html, right):
    """Separators, scales and currencies are read in the language of the page, on either side of the
    number; a currency other than that of the evidence is told."""
    html = html.replace("<data", '<a href="#trade-01"><data').replace("</data>", "</data></a>")
    tree = LexborHTMLParser(f'<html lang="{lang}"><p>{html}')
    assert (list(printed_numbers.faults(tree, RECORDS)) == []) is right


@pytest.mark.parametrize(
    ("lang", "word"), [("de", "unbekannt"), ("fr", "inconnu"), ("sv", "unknown")]
)
def test_an_unknown_number_in_any_language(lang, word):
    """The word for an unknown number is that of the language, English where there is none."""
    assert faults(word, "", lang) == []
