import json
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from conftest import q
from helpers import charts, language, present
from helpers.errors import DataError, EvidenceError
from helpers.language import Text
from helpers.present import MIME, Column


def test_say_writes_both_languages(shown):
    """One output holds the sentence in both languages, numbers as each writes them."""
    share, number = q("0.683", unit="ratio"), q(1135)
    present.say(nl="{x:0.0%} van {y:#,##0}", en="{x:0.0%} of {y:#,##0}", x=share, y=number)
    bundle = shown[0][MIME]
    assert BeautifulSoup(bundle["nl"]["html"], "html.parser").text == "68,3% van 1.135"
    assert BeautifulSoup(bundle["en"]["html"], "html.parser").text == "68.3% of 1,135"
    assert '<data value="0.683" data-id="trade-01">' in bundle["nl"]["html"]


def test_say_carries_the_evidence(shown):
    """An output holds its numbers, those they are computed from, and cites the rows."""
    present.say(nl="{x:0}", en="{x:0}", x=q(5, id="trade-05") - q(3, id="trade-04"))
    bundle = shown[0][MIME]
    assert [item["id"] for item in bundle["evidence"]] == [
        "trade-05", "trade-04", bundle["shown"][0]
    ]  # fmt: skip
    assert [item["id"] for item in bundle["sources"]] == ["trade-05", "trade-04"]


@pytest.mark.parametrize("value", [3, 0.5, "12 banen", Text("3 x", "x")])
def test_say_refuses_figures_without_evidence(shown, value):
    """A plain number, or a figure in words, can't be said."""
    with pytest.raises(EvidenceError):
        present.say(nl="{x}", en="{x}", source=["7"], x=value)


def test_words_between_and_behind_fields_are_text(shown):
    """A sign of markup in a sentence, or in the words of a plural, reaches the reader as it is."""
    present.say(nl="a & {n:plural R&D|R&Ds}", en="<b> {n:plural R&D|R&Ds}", n=q(1))
    assert shown[0][MIME]["nl"]["html"] == "<p>a &amp; R&amp;D</p>"
    assert shown[0][MIME]["en"]["html"] == "<p>&lt;b&gt; R&amp;D</p>"


def test_both_languages_write_a_number_alike(shown):
    """17.6 in one language is not 18 in the other; only words as printed may stand for it."""
    with pytest.raises(ValueError, match=r"patterns of x differ: \['0.0'\] and \['0'\]"):
        present.say(nl="{x:0.0}", en="{x:0}", x=q("17.56"))
    present.say(nl="{x:raw}, {x:0}", en="{x:0}", x=q("17.56"))
    present.say(nl="{x:raw}", en="{x:0}", x=q("17.56"))
    assert len(shown) == 2


@pytest.mark.parametrize("field", ["{}", "{0}", "{x.value}", "{x[0]}"])
def test_a_field_is_the_name_of_a_value(shown, field):
    """Another field is told with what to write."""
    with pytest.raises(ValueError, match=r"write \{x:0\.0\}"):
        present.say(nl=field, en=field, x=q(1))


def test_say_needs_a_source(shown):
    """A sentence with neither a number nor a source is an error."""
    with pytest.raises(ValueError, match="without a source"):
        present.say(nl="a", en="a")


def test_say_shows_the_readers_language(shown):
    """JupyterLab shows the language that the reader chose."""
    with language.use("nl"):
        present.say(nl="groei", en="growth", source=["7"])
    assert "groei" in shown[0]["text/html"]
    assert "growth" not in shown[0]["text/html"]


def test_outputs_are_plain_data(shown):
    """An output can be stored: it is JSON and holds no objects."""
    present.say(nl="{x:0}", en="{x:0}", source=["cbs-83028ned", "5.1.2"], x=q(1, id="trade-05"))
    assert json.loads(json.dumps(shown[0])) == shown[0]
    assert [s["id"] for s in shown[0][MIME]["sources"]] == ["cbs-83028ned", "5.1.2", "trade-05"]


@pytest.mark.parametrize(
    ("nl", "en", "values"),
    [
        ("{x:0}", "{x:0} {y:0}", {"x": q(1), "y": q(2)}),
        ("{x:0}", "{x:0}", {"x": q(1), "y": q(2)}),
        ("{x:0}", "x", {"x": q(1)}),
    ],
)
def test_say_needs_the_same_fields(shown, nl, en, values):
    """A figure that only one language mentions is an error."""
    with pytest.raises(ValueError, match="differ"):
        present.say(nl=nl, en=en, source=["7"], **values)


def test_unknown_source(shown):
    """A source that does not exist is an error that names it."""
    with pytest.raises(DataError, match="trade-999"):
        present.say(nl="a", en="a", source=["trade-999"])


def test_text_is_never_markup(shown):
    """Markup in a value or a sentence is shown as text."""
    present.say(nl="<b>{x}</b>", en="<b>{x}</b>", source=["7"], x="<script>")
    html = shown[0][MIME]["en"]["html"]
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_unknown_values_are_said(shown):
    """A missing number in a sentence is the word for unknown."""
    present.say(nl="{x:0}", en="{x:0}", source=["7"], x=float("nan"))
    assert shown[0][MIME]["nl"]["html"] == '<p><span class="value">onbekend</span></p>'


FRAME = pd.DataFrame(
    {
        "who": ["a", "b"],
        "n": [q(1.5), None],
        "note_nl": ["ja", None],
        "note_en": ["yes", None],
    }
)
COLUMNS = {
    "who": Column(
        Text("Wie", "Who"), names={"a": Text("eerste", "first"), "b": Text("<tweede>", "second")}
    ),
    "n": Column(Text("Getal", "Number"), "0.0"),
    "note": Column(Text("Opmerking", "Note"), missing=Text("geen", "none")),
}


def cells(html: str) -> list[list[str]]:
    return [
        ["".join(cell.itertext()) for cell in row]
        for row in ElementTree.fromstring(html).iter("tr")
    ]


def test_table_in_both_languages(shown):
    """Headings, names, numbers and bilingual columns follow the language; unknown is said."""
    present.show_table(FRAME, COLUMNS, caption=Text("Tabel", "Table"), source=["7"])
    bundle = shown[0][MIME]
    assert cells(bundle["nl"]["html"]) == [
        ["Wie", "Getal", "Opmerking"], ["eerste", "1,5", "ja"], ["<tweede>", "onbekend", "geen"]
    ]  # fmt: skip
    assert cells(bundle["en"]["html"])[1:] == [
        ["first", "1.5", "yes"],
        ["second", "unknown", "none"],
    ]


def test_table_has_headers_with_scope(shown):
    """Columns and rows have headers that say what they head."""
    present.show_table(FRAME, COLUMNS, caption=Text("Tabel", "Table"), source=["7"])
    table = ElementTree.fromstring(shown[0][MIME]["nl"]["html"])
    assert [th.get("scope") for th in table.iter("th")] == ["col"] * 3 + ["row"] * 2


def test_chart_in_both_languages_and_rooms(shown):
    """A chart is drawn for both languages, desktop and phone, with alt text from its numbers."""
    frame = pd.DataFrame({"what": ["a"], "value": [q(3)]})
    chart = charts.bars(
        frame,
        value="value",
        row="what",
        names={"a": Text("een", "one")},
        unit=Text("euro", "euros"),
    )
    present.show_chart(
        chart, caption=Text("Som {n:0.0}", "Sum {n:0.0}"),
        alt=Text("Balk van {n:0.0}", "Bar of {n:0.0}"), n=q(2.5, id="trade-02"),
    )  # fmt: skip
    bundle = shown[0][MIME]
    assert BeautifulSoup(bundle["nl"]["alt"], "html.parser").text == "Balk van 2,5"
    assert bundle["shown"] == ["trade-02", "trade-01"]
    assert cells(bundle["nl"]["data"]) == [["naam", "euro"], ["een", "3"]]
    assert "2.5</data>" in bundle["en"]["caption"]
    pictures = {bundle[lang][room] for lang in ("nl", "en") for room in ("wide", "narrow")}
    assert len(pictures) == 4


def test_an_id_among_words_is_no_excuse(shown):
    """A value that names a row may be said; one that holds a figure beside it may not."""
    present.say(nl="{x}", en="{x}", source=["7"], x="trade-05")
    with pytest.raises(EvidenceError):
        present.say(nl="{x}", en="{x}", source=["7"], x="trade-05 en 12")


def test_roles_are_few(shown):
    """A role that the page does not know is refused: it would be markup."""
    with pytest.raises(ValueError, match="one of text, through"):
        present.say(nl="a", en="a", source=["7"], role='x"><img>')


def test_numbers_in_lists_and_languages_are_evidence_too(shown):
    """A number in a list in a cell, or in a column per language, is in the evidence."""
    frame = pd.DataFrame({"w": ["a"], "n": [[q(2, id="trade-02")]], "m_nl": [q(3)], "m_en": [q(3)]})
    columns = {name: Column(Text(name, name)) for name in ("w", "n", "m")}
    present.show_table(frame, columns, caption=Text("c", "c"))
    assert shown[0][MIME]["shown"] == ["trade-02", "trade-01"]


def test_words_of_what_was_not_printed(shown):
    """A computed number has no words as printed to show."""
    with pytest.raises(EvidenceError, match="that was printed"):
        present.say(nl="{x:raw}", en="{x:raw}", x=q(1) - q(2, id="trade-02"))


def test_a_key_figure_starts_with_its_number():
    """A sentence that is set with its figure large has the figure first, in both languages."""
    with pytest.raises(ValueError, match="starts with its field"):
        present.say(nl="Er zijn {x:0}", en="{x:0} are there", role="key", x=q(1))


def test_a_lacking_field_is_told_by_language():
    """Which language lacks which field is told."""
    with pytest.raises(ValueError, match=r"the Dutch of 'a 1 .*lacks y"):
        present.say(nl="{x:0}", en="a 1 {x:0} {y:0}", x=q(1), y=q(2, id="trade-02"))


def _chart(**options):
    frame = pd.DataFrame({"r": ["a"], "v": [q("17.56")]})
    names = {"a": Text("a", "a")}
    options = {"unit": Text("x", "x")} | options
    return charts.bars(frame, value="v", row="r", names=names, **options)


@pytest.mark.parametrize(
    ("show", "said"),
    [
        (lambda: present.say(nl="{x:0,0}", en="{x:0,0}", x=q("17.56")), "'0,0'; write '0.0'"),
        (lambda: present.say(nl="{x:.1f}", en="{x:.1f}", x=q("17.56")), "'.1f'; write '0.0'"),
        (
            lambda: present.say(nl="{x:money 0,0}", en="{x:money 0,0}", x=q(5)),
            "'0,0'; write '0.0'",
        ),
        (
            lambda: present.say(nl="{x:range 0,0}", en="{x:range 0,0}", x=q(5)),
            "'0,0'; write '0.0'",
        ),
        (lambda: present.say(nl="{x!r}", en="{x!r}", x=q("17.56")), "write {x}"),
        (lambda: present.say(nl="{x!s:0.0}", en="{x!s:0.0}", x=q("17.56")), "write {x}"),
        (
            lambda: present.say(nl="{x:0}", en="{x:0}", source=["7"], x=language.year(2017)),
            "no pattern",
        ),
        (lambda: present.show_chart(
            _chart(), caption=Text("{x:0,0}", "{x:0,0}"), alt=Text("a", "a"), x=q("17.56")
        ), "'0,0'; write '0.0'"),
        (lambda: present.show_chart(
            _chart(), caption=Text("a", "a"), alt=Text("{x:d}", "{x:d}"), x=q("17.56")
        ), "'d'; write '0'"),
        (lambda: present.show_chart(
            _chart(pattern="0,0"), caption=Text("a", "a"), alt=Text("a", "a")
        ), "'0,0'; write '0.0'"),
        (lambda: present.show_table(
            pd.DataFrame({"v": [q("17.56")]}), {"v": Column(Text("v", "v"), "0,0")},
            caption=Text("a", "a"),
        ), "'0,0'; write '0.0'"),
        (lambda: present.show_table(
            pd.DataFrame({"v": [q("17.56")]}), {"v": Column(Text("v", "v"), "0.0")},
            caption=Text("{x:,}", "{x:,}"), x=q("17.56"),
        ), "','; write '#,##0'"),
    ],
)  # fmt: skip
def test_no_pattern_is_passed_over(shown, show, said):
    """A pattern that is none is refused wherever one can stand, and nothing is shown."""
    with pytest.raises((ValueError, EvidenceError), match=re.escape(said)):
        show()
    assert shown == []


@pytest.mark.parametrize(
    ("show", "said"),
    [
        (lambda: present.say(nl="{n}", en="{n}", n=5), "counts.count"),
        (lambda: present.say(nl="a", en="a", source="57"), "write source=['57']"),
        (
            lambda: present.show_table(
                pd.DataFrame({"v": [5]}), {"v": Column(Text("v", "v"))}, caption=Text("a", "a")
            ),
            "Column(..., year=True)",
        ),
        (
            lambda: present.show_table(
                pd.DataFrame({"v": [q(5)]}), {"v": "Year"}, caption=Text("a", "a")
            ),
            "column v: 'Year'; write Column(Text(...), ...)",
        ),
        (lambda: Column("Jaar", "Year"), "label 'Jaar'; write Column(Text(...), ...)"),
        (lambda: _chart(unit="euros"), "the unit 'euros'; expected a unit"),
        (
            lambda: present.show_chart(_chart(), caption="Een", alt=Text("a", "a")),
            "'Een' as a plain text; write Text(...)",
        ),
        (
            lambda: present.show_chart(_chart(), caption=Text("a", "a"), alt="a"),
            "'a' as a plain text; write Text(...)",
        ),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_told_with_what_to_write(shown, show, said):
    """What people write first, a number, a word, a string for a list, is told before anything else
    that may be missing too."""
    with pytest.raises((ValueError, EvidenceError), match=re.escape(said)):
        show()
    assert shown == []
