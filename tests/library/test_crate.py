"""What an archive is told of the published folder."""

import json

from helpers.annex.release import crate

FILES = ["index.html", "style.css", "nl/a.html", "en/a.html", "charts/a-1-nl.csv", "annex-nl.pdf"]


def described(tiny, **more) -> dict[str, dict]:
    """What the metadata say, by what they say it of."""
    path = tiny / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | more))
    return {each["@id"]: each for each in json.loads(crate.crate(FILES, tiny))["@graph"]}


def test_the_folder_is_described(tiny):
    """Title, description, licence and date are those of the data package; every part is named."""
    licence = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    found = described(tiny, created="2026-11-26T00:00:00Z", licenses=[licence])
    root = found["./"]
    assert (root["name"], root["description"]) == ("Tiny", "A tiny package.")
    assert root["datePublished"] == "2026-11-26T00:00:00Z"
    assert root["license"] == [{"@id": "https://creativecommons.org/licenses/by/4.0/"}]
    parts = {"index.html", "style.css", "annex-nl.pdf", "manifest.json", "nl/", "en/", "charts/"}
    assert {part["@id"] for part in root["hasPart"]} == parts
    assert parts <= set(found)
    assert found["annex-nl.pdf"]["encodingFormat"] == "application/pdf"


def test_it_says_what_a_list_of_checksums_does_not_prove(tiny):
    """Who reads of the manifest in an archive reads what it does not show."""
    assert (
        "whoever rewrites a file can rewrite the list"
        in (described(tiny)["manifest.json"]["description"])
    )


def test_the_time_of_the_build_is_not_in_it(tiny):
    """Without a date of the data there is none: the library's own would differ in each build."""
    assert "datePublished" not in described(tiny)["./"]
