"""What a key figure rests on: computed from its rows, shown by a sign and in words."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from conftest import EXAMPLE
from helpers import language
from helpers.annex.pages import grounds
from helpers.annex.pages.labels import labels
from helpers.annex.register.number_grounds import NumberGrounds
from helpers.claims.source_kinds import SourceKinds
from helpers.claims.verdicts import MARKS
from helpers.tables import publication

WORDS = labels(publication.read(EXAMPLE / "data"))
# Rows: two series of an office, one of the press, two of the report and two claims.
SOURCES = {("series", "a"): "office", ("series", "b"): "office", ("series", "c"): "paper"}
KINDS = SimpleNamespace(is_official=lambda source: source == "office")


def cell(table: str, key: str) -> dict:
    return {"row": {"table": table, "key": key}}


def derived(*inputs: str, table: str = "", rows=()) -> dict:
    counted = {"table": table, "rows": list(rows)} if table else {}
    return {"derivation": {"inputs": dict(enumerate(inputs)), **counted}}


RECORDS = {
    "a": cell("series", "a"), "c": cell("series", "c"), "tested": cell("report", "one"),
    "outside": cell("report", "two"), "untested": cell("report", "three"),
    "growth": derived("a", "a"), "share": derived("growth", "tested"),
    "open": derived("a", "untested"), "press": derived("c"),
    "visits": derived(table="report", rows=["one", "three"]),
    "quiet": derived(table="report", rows=["three"]), "offices": derived(table="series", rows="ab"),
    "decided": derived(table="claims", rows=["claim-01"]),
    "undecided": derived(table="claims", rows=["claim-02"]), "none": derived(),
    "part": derived("decided", "untested"),
}  # fmt: skip


def claim(id: str, internal: str, external: str | None, *keys: str) -> SimpleNamespace:
    used = [SimpleNamespace(table="report", keys=keys)]
    return SimpleNamespace(id=id, internal=internal, external=external, used=used)


CLAIMS = [
    claim("claim-01", "reproduced", None, "one"),
    claim("claim-02", "undecided", "undecided", "three"),
    claim("claim-03", "undecided", "contradicted", "two"),
]


def row(origin: dict) -> SimpleNamespace:
    source = SOURCES.get((origin["table"], origin["key"]))
    return SimpleNamespace(source=source) if source else SimpleNamespace()


@pytest.mark.parametrize(
    ("id", "ground"),
    [
        ("a", "official"), ("growth", "official"), ("offices", "official"), ("tested", "stated"),
        ("outside", "stated"), ("share", "stated"), ("visits", "stated"), ("decided", "counted"),
        ("untested", "unknown"), ("part", "unknown"), ("open", "unknown"), ("press", "unknown"),
        ("quiet", "unknown"), ("undecided", "counted"), ("none", "unknown"),
    ],
)  # fmt: skip
def test_ground_of_a_number(id, ground):
    """Official if all rows are of official publications; stated if a decided claim tests one of the
    others, counted if it counts claims; otherwise nothing tests it."""
    assert NumberGrounds(RECORDS, CLAIMS, row, "claims", KINDS).of(id) == ground


def test_tiles_have_their_ground_in_words():
    """A sign that screen readers skip and a word; below, what the signs that occur mean."""
    keys = [f'<p><data value="1" data-id="{id}">1</data> x</p>' for id in ("b", "a")]
    with language.use("nl"):
        html = grounds.tiles(keys, {"a": "official", "b": "unknown"}.get, WORDS)
    found = BeautifulSoup(html, "html.parser")
    assert [p.text for p in found.select(".basis")] == ["□ niet na te gaan", "■ officieel"]
    assert all(sign["aria-hidden"] == "true" for sign in found.select(".ground"))
    legend = found.select_one(".legend").text
    assert legend.startswith("■ officieel: rust alleen")
    assert "□ niet na te gaan: " in legend
    assert "opgegeven" not in legend
    assert grounds.tiles([], {}.get, {}) == ""


def test_a_tile_of_several_numbers_has_the_weakest_ground():
    """Beside an official number, one that nothing tests is not marked as official too."""
    known = {"a": "official", "b": "unknown", "c": "counted", "d": "stated"}
    for ids, word in (("ab", "can't be checked"), ("ad", "stated"), ("ac", "counted here")):
        numbers = " ".join(f'<data value="1" data-id="{id}">1</data>' for id in ids)
        with language.use("en"):
            html = grounds.tiles([f"<p>{numbers}</p>"], known.get, WORDS)
        assert BeautifulSoup(html, "html.parser").select_one(".basis").text[2:] == word


def test_signs_are_not_those_of_verdicts():
    """A reader tells what a number rests on from what was found about a statement."""
    assert len({*grounds.SIGNS.values(), *MARKS.values()}) == 4 + len(MARKS)
    assert {*grounds.SIGNS} == {*grounds.NAMES}


def test_which_kinds_are_official(monkeypatch):
    """Kinds of sources are official where the descriptor says so."""
    assert not SourceKinds(EXAMPLE / "data").is_official("cbs-83028ned")
