"""Drafts in one language: built and marked so; the whole annex needs every translation."""

import re

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from conftest import notebook, q
from helpers import language, present
from helpers.annex.cli import main
from helpers.formats.html_tables import Column
from helpers.formats.value_format import joined
from helpers.language import Text
from helpers.present import MIME
from helpers.quantities import derive

FIRST = """import pandas as pd
from helpers import charts, tables
from helpers.quantities import derive
from helpers.language import Text, year
from helpers.present import Column, say, show_chart, show_table
number = tables.reported_numbers()["trade-01"]
twice = derive("twice", "part + part", number.unit, lambda part: part + part, part=number,
               name=Text("het dubbele"), words=Text("deel"))
say(nl="Tot en met {last}.", last=year(2020), source=["7"], role="through")
say(nl="De kop is {x:#,##0.0}.", x=number, role="headline")
say(nl="Dat is {x:0.0} of {x:range 0.0}.", x=twice, role="finding")
say(nl="{x:#,##0} als kerncijfer.", x=number, role="key")"""
SECOND = """frame = pd.DataFrame({"row": ["a"], "x": [twice]})
show_table(frame, {"row": Column(Text("rij"), names={"a": Text("eerste")}),
                   "x": Column(Text("getal"), "0.0")}, caption=Text("Een tabel met {x:0.0}."),
           x=number)
show_chart(charts.lines(pd.DataFrame({"year": [2019, 2020], "series": "s", "x": [number, number]}),
                        y="x", names={"s": Text("naam")}, unit=Text("euro's")),
           lead=True, caption=Text("Een grafiek."), alt=Text("Een vlakke lijn.", ""))"""


def draft(lang: str = "nl"):
    """A notebook of which every text is in one language alone, with Dutch words."""
    first, second = (
        code
        if lang == "nl"
        else code.replace("say(nl=", "say(en=")
        .replace('Text("', 'Text(en="')
        .replace("deel", "part")
        for code in (FIRST, SECOND.replace(', ""', ""))
    )
    cells = [
        new_markdown_cell("# Wat is de vraag?", metadata={"tags": [lang]}),
        new_code_cell(first),
        new_markdown_cell("## Deel\n\nUitleg.", metadata={"tags": [lang]}),
        new_code_cell(second),
    ]
    return new_notebook(cells=cells, metadata={"annex": {lang: "Vraag"}})


def page(root, name: str):
    return BeautifulSoup((root / "annex-draft" / name).read_text(encoding="utf-8"), "html.parser")


PROSE = "prose in Dutch only; expected a cell of prose tagged nl, then one tagged en, each with one"
PLACES = [
    ("metadata annex", "'Vraag' in Dutch only"),
    ("the cell that begins '# Wat is de vraag?'", PROSE),
    *(("cell [1]", f"{text!r} in Dutch only") for text in (
        "Tot en met {last}.", "De kop is {x:#,##0.0}.", "Dat is {x:0.0} of {x:range 0.0}.",
        "het dubbele", "deel", "{x:#,##0} als kerncijfer.",
    )),
    ("the cell that begins '## Deel'", PROSE),
    *(("cell [2]", f"{text!r} in Dutch only") for text in (
        "Een tabel met {x:0.0}.", "eerste", "rij", "getal", "euro's", "naam", "Een vlakke lijn.",
        "Een grafiek.", "naam, euro's",
    )),
]  # fmt: skip


def is_told(lines: list[str], before: str) -> bool:
    """Whether the lines name every place of `PLACES` once."""
    begins = [
        f"annex: {before}notebooks/01_a.ipynb, {place}: found {found}" for place, found in PLACES
    ]
    return len(lines) == len(begins) and all(
        sum(line.startswith(begin) for line in lines) == 1 for begin in begins
    )


def test_a_draft_warns_of_what_the_whole_annex_refuses(project, capsys):
    """Every missing translation is told by its cell, in one run: by a draft as a warning."""
    root = project(_01_a=draft(), _02_b=notebook("x = 1"))
    assert main(["build", "--only", "01_a"]) == 0
    assert is_told(capsys.readouterr().err.splitlines(), "warning: ")
    assert main(["verify", "--only", "01_a"]) == 0
    assert main(["build"]) == 1
    assert not (root / "annex").exists()
    capsys.readouterr()
    assert main(["build"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert is_told(told, "")
    assert all("A draft (annex build --only NAME) may lack it" in line for line in told)


def test_a_draft_shows_the_language_that_there_is(project):
    """In the other language every text of the notebook stands with its own language, with numbers
    as that language writes them, linked to the register."""
    root = project(_01_a=draft())
    assert main(["build", "--only", "01_a"]) == 0
    for name in ("en/01_a.html", "en/evidence-01_a.html", "en/index.html"):
        words = page(root, name).find_all(string=re.compile("de vraag|^Vraag|dubbele"))
        own = [word for word in words if not word.find_parent(["title", "pre"])]
        assert own
        assert {word.find_parent(lang=True)["lang"] for word in own} == {"nl"}
    english = page(root, "en/01_a.html")
    [headline] = english.select(".headline [lang=nl]")
    assert headline.text == "De kop is 12.000.000,0."
    assert headline.a["href"] == "evidence.html#trade-01"
    assert [each.text for each in english.select("caption [lang=nl], th [lang=nl]")] == [
        "naam, euro's", "Een tabel met 12000000,0.", "rij", "getal", "eerste",
    ]  # fmt: skip
    assert english.select_one("figure img")["lang"] == "nl"
    assert [a.text for a in english.select("header nav [lang=nl]")] == ["Vraag"]
    assert english.select_one("html")["lang"] == "en"


def test_english_alone_is_a_draft_too(project, capsys):
    """The other way round a Dutch page shows English, and words of another language are refused as
    everywhere."""
    book = draft("en")
    root = project(_01_a=book)
    assert main(["build", "--only", "01_a"]) == 1
    assert "'Wat is de vraag?'; expected words in English" in capsys.readouterr().err
    book.cells[0].source = "# What is there to see?"
    for cell in book.cells:
        for old, new in (("Tot en met", "By"), ("De kop is", "Headline"), ("Dat is", "It is"),
                         (" of ", " or "), ("Een tabel met", "Table"), ("Een", "A")):  # fmt: skip
            cell.source = cell.source.replace(old, new)
    nbformat.write(book, root / "notebooks" / "01_a.ipynb")
    assert main(["build", "--only", "01_a"]) == 0
    assert page(root, "nl/01_a.html").select_one(".headline [lang=en]").text == (
        "Headline 12,000,000.0."
    )


def test_a_text_in_one_language():
    """A text alone is in the first language; it is shown in a language that it has."""
    assert Text("een") == Text(nl="een") == Text("een", "")
    shown = {}
    for lang in ("nl", "en"):
        with language.use(lang), language.lacking() as found:
            shown[lang] = (language.text(Text("een")), language.marked(Text("<", "a")),
                           language.marked(Text("<")), list(found))  # fmt: skip
    assert shown["nl"] == ("een", "&lt;", "&lt;", [])
    assert shown["en"] == ("een", "a", '<span lang="nl">&lt;</span>', [Text("een"), Text("<")])
    assert language.text(Text()) == ""
    assert not language.is_lacking(Text())
    assert not language.is_lacking(Text("a", "a"))
    assert language.is_lacking(Text(en="a"))


@pytest.mark.parametrize(
    ("parts", "made"),
    [
        ((Text("a", "b"), Text("c", "d")), Text("a: c", "b: d")),
        ((Text("a"), Text("c", "d")), Text("a: c")),
        ((Text(en="b"), Text("c", "d")), Text(en="b: d")),
        ((Text("a"), Text(en="d")), Text("a: d", "a: d")),
    ],
)
def test_joined_texts_have_the_languages_that_all_have(parts, made):
    """A name made of two is whole in each of its languages."""
    assert joined(": ", *parts) == made


@pytest.fixture
def shown(monkeypatch) -> list[dict]:
    found: list[dict] = []
    monkeypatch.setattr(present, "publish_display_data", found.append)
    return found


def test_one_language_is_enough_to_explore(shown):
    """JupyterLab shows a sentence or table in whatever language is set; the output says what it
    lacks, once."""
    with language.use("en"):
        present.say(nl="Er zijn {x:0.0} {word}.", x=q(2.5), word=Text("banen"))
    assert '<span lang="nl">Er zijn <data' in shown[0]["text/html"]
    assert ">2,5</data>" in shown[0]["text/html"]
    assert shown[0][MIME]["untranslated"] == [
        {"nl": "Er zijn {x:0.0} {word}.", "en": ""},
    ]
    present.show_table(
        pd.DataFrame({"x": [q(1)]}), {"x": Column(Text("x", "x"))}, caption=Text("t")
    )
    assert shown[1][MIME]["untranslated"] == [{"nl": "t", "en": ""}]
    present.say(nl="{x:0}", en="{x:0}", x=q(1))
    assert "untranslated" not in shown[2][MIME]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "a sentence without words"),
        ({"nl": " "}, "a sentence without words"),
        ({"nl": "a {x:0}"}, "fields and values differ in x"),
        ({"nl": "a", "xy": "b"}, "fields and values differ in xy"),
        ({"nl": "a", "en": "b", "fr": "c"}, "a text in 'fr'; the project has nl, en"),
        ({"en": "b", "role": "key"}, "a key figure starts with its field"),
    ],
)
def test_a_sentence_in_one_language_keeps_the_other_rules(shown, arguments, said):
    """Fields, values and roles are held to as in two languages."""
    with pytest.raises(ValueError, match=said):
        present.say(source=["7"], **arguments)
    assert shown == []


def test_a_measure_may_be_named_in_one_language():
    """A measure needs a name and words in one language, with a word for each input."""
    made = derive("twice", "part + part", "EUR", lambda part: part + part, part=q(1),
                  name=Text("het dubbele"), words=Text("deel"))  # fmt: skip
    assert made.origin.called == {"part": Text("deel")}
    assert made.origin.record()["name"] == {"nl": "het dubbele", "en": ""}
    named = derive("up", Text("alles"), "EUR", lambda a: a, a=q(1))
    assert named.origin.record()["formula"] == {"nl": "alles", "en": ""}
