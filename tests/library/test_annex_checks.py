"""`annex` in a descriptor: what its schema asks, and what it names."""

import json

import pytest

from helpers.annex.run.notebook_files import library
from helpers.claims import checks
from helpers.language import Text
from helpers.locales import read_languages
from helpers.tables import frames
from helpers.tables.annex_checks import SCHEMA
from helpers.tables.documents import documents
from helpers.tables.roles import Role

REPORT = {"name": "report", "title": "Report", "language": "nl"}
BOTH = {"label": "A", "label_nl": "B"}


def told(tiny, **parts) -> list[str]:
    """The problems of the tiny folder with parts of `annex`, without the path."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text())
    package["annex"] |= parts
    path.write_text(json.dumps(package))
    return [str(problem).partition("datapackage.json, ")[2] for problem in frames.problems(tiny)]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"languages": []}, "annex, languages: found []; expected the languages of the pages"),
        ({"languages": ["nl", "nl"]}, "annex, languages: found 'nl' twice; expected the languages"),
        ({"languages": ["Dutch"]}, 'annex, languages 1: found "Dutch"; expected a language by its'),
        ({"languages": "nl"}, 'annex, languages: found "nl"; expected the languages of the pages'),
        ({"languages": ["pt-BR"]}, 'languages 1: found "pt-BR"; expected a language by its code,'),
        ({"licences": "A"}, "annex: found the property 'licences'; expected a property of it: lic"),
        ({"qqq": 1}, "found the property 'qqq'; expected a property of it: one of languages, docu"),
        ({"documents": [{"title": "A", "language": "nl"}]}, "annex, documents 1: found no name; e"),
        ({"documents": [REPORT | {"name": "A B"}]}, 'documents 1, name: found "A B"; expected a n'),
        ({"documents": [REPORT | {"url": "www"}]}, 'documents 1, url: found "www"; expected its a'),
        ({"documents": [{"name": "a", "language": "nl"}]},
         "documents 1: found no title_nl and title_en; expected words for each language, or title"),
        ({"documents": [REPORT | {"label_nl": "A"}]}, "documents 1: found no label_en; expected w"),
        ({"documents": [REPORT | {"label_de": "A", "label": "B"}]}, "documents 1: found label_de, "
         "for a language that the project does not have; expected one of its languages: nl, en"),
        ({"documents": [REPORT | {"headings": []}]}, "documents 1, headings: found []; expected a"),
        ({"documents": [REPORT | {"headings": {"part": BOTH}}]}, "found the property 'part'; expe"),
        ({"documents": [REPORT | {"headings": {"summary": {"label_nl": "A"}}}]},
         "documents 1, headings, summary: found no label_en; expected words for each language"),
        ({"documents": [REPORT | {"headings": {"appendix": {**BOTH, "name": "App 1"}}}]},
         'headings, appendix, name: found "App 1"; expected a word'),
        ({"documents": [REPORT | {"headings": {"appendix": {**BOTH, "words": "app"}}}]},
         'headings, appendix, words: found "app"; expected a list of different words'),
        ({"documents": [REPORT, REPORT]}, "annex, documents: found the name report 2 times; expec"),
        ({"documents": [REPORT | {"name": "visits"}]}, "found visits, the name of a table too; ex"),
        ({"roles": {"facts": "visits"}}, "annex, roles: found the property 'facts'; expected a pr"),
        ({"roles": {"claims": ["visits"]}}, 'roles, claims: found ["visits"]; expected the name o'),
        ({"roles": {"claims": "visit"}}, "roles, claims: found 'visit'; expected a table of the p"),
        ({"roles": {"claims": "visits", "hedges": "visits"}},
         "annex, roles: found 'visits' for claims, hedges; expected a table for each role"),
        ({"traced": {"visits": {"place": True}}}, "traced, visits, place: found true; expected fi"),
        ({"traced": {"visits": {}}}, "annex, traced, visits: found {}; expected an object with a "),
        ({"traced": {"trips": {"place": "words"}}}, "annex, traced: found 'trips'; expected a tab"),
        ({"traced": {"visits": {"plaec": "words"}}}, "traced, visits: found 'plaec'; expected a c"),
        ({"traced": {"visits": {"year": "words"}}}, "found year, which has no texts; expected a c"),
        ({"traced": {"visits": {"when": "words"}}}, "found when, which has no texts; expected a c"),
        ({"licence": 3}, "annex, licence: found 3; expected words: the line below each page"),
        ({"licence_nl": "A"}, "annex: found no licence_en; expected words for each language, or l"),
        ({"outcome": {"text": "A"}}, "annex, outcome: found no source; expected the id of the pub"),
        ({"outcome": {"source": "a"}}, "annex, outcome: found no text_nl and text_en; expected wo"),
        ({"currencies": ["dollar"]}, 'annex, currencies 1: found "dollar"; expected a currency by'),
        ({"scale_words": {"nl": {"mln": 0}}}, "scale_words, nl, mln: found 0; expected the number"),
    ],
)  # fmt: skip
def test_faults_are_told_by_place(tiny, parts, message):
    """What does not fit is named with its place and with what is valid there."""
    found = told(tiny, **parts)
    assert any(message in line for line in found), found


def test_all_faults_are_told(tiny):
    """One run names every fault of `annex`, not the first."""
    parts = {"languages": [1], "licence": 2, "documents": [{"name": "a"}], "roles": {"x": "y"}}
    assert len(told(tiny, **parts)) == 4


@pytest.mark.parametrize("found", [5, "nl", [5], None, {}])
def test_odd_languages_are_no_languages(tiny, found):
    """What is no list of codes stops nothing before it is told: messages are in English."""
    told(tiny, languages=found)
    assert read_languages(tiny) == ("en",)


def test_without_annex_is_told(tiny):
    """A descriptor without `annex` says nothing of its languages."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text())
    del package["annex"]
    path.write_text(json.dumps(package))
    (problem,) = frames.problems(tiny)
    assert ", annex: found no languages; expected the languages of the pages, such" in str(problem)


def test_the_schema_is_one():
    """The published schema is valid JSON Schema, and has every role."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    library("jsonschema").Draft202012Validator.check_schema(schema)
    assert set(schema["properties"]["roles"]["properties"]) == set(Role)


def test_words_of_a_document_by_language(tiny):
    """A text in a language of its own stands before the plain one; without a label a document is
    called by its title; its own title is that in its language."""
    plan = {"name": "plan-2019", "title": "Plan", "title_nl": "Jaarplan", "language": "nl"}
    letter = {"name": "letter", "title": "Brief", "language": "de", "label": "the letter"}
    assert told(tiny, documents=[plan, letter]) == []
    one, two = documents(tiny).values()
    assert (one.title, one.label, one.work) == (Text("Jaarplan", "Plan"), one.title, "Jaarplan")
    assert (two.label, two.work, two.headings) == (Text.same("the letter"), "Brief", {})


def test_only_kinds_of_sources_are_official(tiny):
    """A value that no table of sources has is not called official."""
    path = tiny / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][1]["schema"]["fields"][3]["categories"][0]["official"] = True
    path.write_text(json.dumps(package))
    (problem,) = checks.problems(tiny)
    assert "column direction: found out with official; expected a kind of sources" in str(problem)
