"""The pages of tiny projects: in one language, and in three with several documents."""

import csv
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import small_projects
from helpers import locales
from helpers.annex.build import build
from helpers.annex.plan.plan import Plan

THREE = ("de", "en", "fr")
OWN = {"de": "Deutsch", "en": "English", "fr": "Français"}  # each language in its own words
REPORT = {"name": "report", "language": "en", "title": "The report", "label": "report"}
REPORTS = [
    {"name": "bericht", "language": "de", **small_projects.texts("title", THREE, "Text, {}"),
     **small_projects.texts("label", THREE, "text {}")},
    {"name": "article", "language": "fr", **small_projects.texts("title", THREE, "Paper, {}"),
     **small_projects.texts("label", THREE, "paper {}")},
]  # fmt: skip


def _built(root: Path, langs: tuple[str, ...], documents: list[dict]) -> Path:
    said = small_projects.sentence(langs, "{}: {{x}}", 'x=tables.reported_numbers()["trade-01"]')
    book = small_projects.theme(langs, said, tagged=len(langs) > 1)
    small_projects.write(root, langs, documents, _01_theme=book)
    locales.set_languages(langs)
    build(Plan(root, root / "data", root / "annex"))
    return root


@pytest.fixture(scope="module")
def one(tmp_path_factory) -> Path:
    return _built(tmp_path_factory.mktemp("one") / "project", ("en",), [REPORT])


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> Path:
    return _built(tmp_path_factory.mktemp("three") / "project", THREE, REPORTS)


def _pages(root: Path) -> dict[str, BeautifulSoup]:
    """Every page, by its path in the annex."""
    annex = root / "annex"
    return {
        path.relative_to(annex).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(annex.rglob("*.html"))
    }


def test_one_language_has_no_other(one):
    """Pages in the only language link to no page in another and name no other language; their
    only folder is that language's."""
    pages = _pages(one)
    assert {path.partition("/")[0] for path in pages} == {"en", "index.html"}
    for path, page in pages.items():
        assert not page.select(".twin, [hreflang], link[rel=alternate]"), path
        assert {tag["lang"] for tag in page.select("[lang]")} == {"en"}, path
        assert not any(name in page.get_text() for name in ("Deutsch", "Français")), path


def test_one_language_has_plain_columns_and_titles(one):
    """Columns, titles and prose without a language are the words on the pages."""
    with (one / "data" / "quantities.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    package = json.loads((one / "data" / "datapackage.json").read_text("utf-8"))
    assert "subject" in columns and "title" in package
    assert not any(re.fullmatch(r".*_(de|en|fr|nl)", name) for name in [*columns, *package])
    pages = _pages(one)
    assert "Evidence annex: The bridge" in pages["index.html"].h1.get_text()
    assert "sum b of a bridge" in pages["en/evidence.html"].get_text()
    assert "Words: bridge." in pages["en/01_theme.html"].get_text()


def test_each_page_links_to_the_two_others(three):
    """A page in one of three languages links to itself in the two others, each named in its own
    words, and to nothing that is not there."""
    pages = _pages(three)
    for path, page in pages.items():
        lang = page.html["lang"]
        twins = page.select(".twin a")
        assert {a["lang"]: a.get_text() for a in twins} == {
            other: OWN[other] for other in THREE if other != lang
        }
        for twin in twins:
            target = (three / "annex" / path).parent / twin["href"]
            found = pages[target.resolve().relative_to((three / "annex").resolve()).as_posix()]
            assert found.html["lang"] == twin["lang"] == twin["hreflang"]
            assert target.name == Path(path).name
    assert sorted(page.html["lang"] for page in pages.values()) == sorted(THREE * (len(pages) // 3))


def test_each_page_has_the_words_of_its_language(three):
    """The words of the project on a page are those of its language, but for code and for the titles
    of documents in another."""
    for path, page in _pages(three).items():
        lang = page.html["lang"]
        for part in page.select("code, pre, cite"):
            part.decompose()
        text = page.get_text()
        assert small_projects.WORDS[lang] in text, path
        others = {small_projects.WORDS[other] for other in THREE if other != lang}
        assert not [word for word in others if re.search(rf"\b{word}\b", text)], path


def test_quotes_and_titles_are_in_the_language_of_their_document(three):
    """What a document prints is marked with its language, on pages in another."""
    pages = _pages(three)
    for lang in THREE:
        page = pages[f"{lang}/evidence.html"]
        quoted = {tag.find_parent("details").dl["id"]: tag for tag in page.select("summary q")}
        for id, own in (("trade-00", "de"), ("trade-01", "fr"), ("trade-02", "de")):
            assert quoted[id].get("lang", lang) == own
        for name, own, title in (
            ("bericht", "de", "Text, Brücke"), ("article", "fr", "Paper, pont"),
        ):  # fmt: skip
            cited = page.select_one(f"#document-{name} cite")
            assert (cited.get("lang", lang), cited.get_text()) == (own, title)


@pytest.mark.parametrize("project", ["one", "three"])
def test_no_evaluation(project, request):
    """Pages of documents that are no evaluation do not call them one, nor give them chapters."""
    for path, page in _pages(request.getfixturevalue(project)).items():
        for kinds in page.select("#coverage"):  # names kinds of numbers that any annex may have
            kinds.decompose()
        words = page.get_text().lower()
        assert not re.search(r"[eé]valu[ae]|chapter|kapitel|chapitre", words), path
