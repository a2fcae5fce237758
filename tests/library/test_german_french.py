"""A project in German and French: no word of another language on its pages."""

import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import small_projects
from conftest import use_languages
from helpers import language, locales
from helpers.annex.build import build
from helpers.annex.plan.plan import Plan
from helpers.messages import FOLDER, _catalogue

LANGS = ("de", "fr")
DOCUMENT = {
    "name": "bericht", "language": "de", "title_de": "Der Bericht", "title": "Le rapport",
    "label_de": "Bericht", "label": "rapport",
}  # fmt: skip
CODE = """import pandas as pd
from helpers import charts, measures
numbers = tables.reported_numbers()
visits = tables.load("visits")
sums = pd.Series({"a": numbers["trade-01"], "b": numbers["trade-02"]})
names = {"a": Text("Erste", "Première"), "b": Text("Zweite", "Deuxième")}
chart = charts.bars(sums, names=names)
show_chart(chart, caption=Text("Summen.", "Sommes."), lead=True)
told = Text("Alle Besuche.", "Toutes les visites.")
show_table(visits, ["id"], caption=told, source=["visits"])
part = measures.share(numbers["trade-01"], numbers["trade-02"])
say("Anteil: {x:0.0%}.", "Part : {x:0.0%}.", x=part)
say("Am {day}.", "Le {day}.", source=["visits"], day=pd.Period("2017-11-01", "D"))"""


@pytest.fixture(scope="module")
def annex(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("de_fr") / "project"
    book = small_projects.theme(LANGS, *[CODE], title="{}?")
    small_projects.write(root, LANGS, [DOCUMENT], _01_theme=book)
    out = root / "annex"
    locales.set_languages(LANGS)
    build(Plan(root, root / "data", out))
    return out


def _texts(annex: Path, lang: str) -> dict[str, str]:
    """The texts of the elements of all pages in a language, with the page that has them."""
    found = {}
    for path in sorted((annex / lang).glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for part in page(["code", "pre", "style"]):
            part.decompose()
        for part in page.find_all(lang=True)[1:]:  # words that say that they are in another
            part.decompose()
        found |= {" ".join(str(text).split()): path.name for text in page.find_all(string=True)}
        found |= {tag["aria-label"]: path.name for tag in page.find_all(attrs={"aria-label": True})}
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_no_english_words_of_the_library(annex, lang):
    """No message of the library stands on a page in English, or in another language than the
    page's."""
    found = _texts(annex, lang)
    assert len(found) > 60
    own = set(_catalogue(lang).values())
    for other in {path.name for path in FOLDER.iterdir()} - {lang}:
        words = (
            {english for __, english in _catalogue("nl")}
            if other == "en"
            else set(_catalogue(other).values())
        )
        foreign = {each for each in words - own if re.search(r"[^\W\d_]{2}", each)}
        assert {text: found[text] for text in foreign & found.keys()} == {}


def test_numbers_and_days_as_each_language_writes_them(annex):
    """Decimals, per cent and the first day of a month."""
    german, french = ((annex / lang / "01_theme.html").read_text("utf-8") for lang in LANGS)
    for page, share, day in (
        (german, "50,0\N{NBSP}%", "1. November 2017"),
        (french, "50,0\N{NBSP}%", "1er novembre 2017"),
    ):
        plain = BeautifulSoup(page, "html.parser").get_text()
        assert share in plain and day in plain


@pytest.mark.parametrize(
    ("lang", "numbered", "days", "listed", "plurals"),
    [
        ("nl", "1.234,5", "1 november 2017", "a, b of c", "bb"),
        ("en", "1,234.5", "1 November 2017", "a, b or c", "bb"),
        ("de", "1.234,5", "1. November 2017", "a, b oder c", "bb"),
        ("fr", "1\N{NNBSP}234,5", "1er novembre 2017", "a, b ou c", "ab"),
    ],
)
def test_every_language_writes_in_its_own_way(lang, numbered, days, listed, plurals):
    """A number, a day, a list of choices, and the forms of a word for none (singular in French) and
    for two."""
    with use_languages((lang,)), language.use(lang):
        assert language.number(1234.5) == numbered
        assert language.period(pd.Period("2017-11-01", "D")) == days
        assert language.join(["a", "b", "c"], "or") == listed
        assert language.plural(0, "a", "b") + language.plural(2, "a", "b") == plurals
