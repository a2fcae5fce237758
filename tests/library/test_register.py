"""The register of evidence: where a number leads, and how often the claims are worked out."""

import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from conftest import EXAMPLE, notebook
from helpers import counts
from helpers.annex.cli import main
from helpers.annex.pages import page_sections
from helpers.annex.register import document_errors, entries
from helpers.annex.register.entries import Register
from helpers.claims import checks
from helpers.claims.ledger import Ledger
from helpers.evidence import trail
from helpers.evidence.arithmetic import total
from helpers.language import Text
from helpers.tables import display_names, evidence_frames

DATA = EXAMPLE / "data"


@pytest.fixture(scope="module")
def ledger():
    return checks.sound(DATA)


def test_a_number_leads_to_the_sheet_of_the_page_that_has_it_first(ledger):
    """A number that two notebooks compute has one entry, and both pages lead there; a reported one
    leads to the sheet of those, from the page or from the folder above."""
    parts = evidence_frames.reported_numbers(DATA)[["investment-02"]]
    computed = total(parts)
    evidence = {each.id: trail.record(each) for each in (computed, *parts)}
    bodies = [
        SimpleNamespace(
            name=name, lang="en", evidence=evidence, shown=[computed.id], cited=(),
            places={computed.id: 0}, contents=[("how", "How?")],
        )
        for name in ("01_a", "02_b")
    ]  # fmt: skip
    register = Register(DATA, ledger).printed(bodies)
    assert register.entries[computed.id].pages == ["01_a", "02_b"]
    assert register.entries[computed.id].group == ("section-1", Text(en="How?"))
    data = f'<data value="2" data-id="{computed.id}">2</data>'
    assert register.link(data) == (
        f'<a href="evidence-01_a.html#{computed.id}"><data value="2">2</data></a>'
    )
    assert register.link('<data value="3" data-id="investment-02">3</data>', "nl/") == (
        '<a href="nl/evidence.html#investment-02"><data value="3">3</data></a>'
    )
    assert register.link("<td>claim-01</td>") == (
        '<td><a href="evidence-claims.html#claim-01">claim-01</a></td>'
    )


def test_what_one_annex_prints_is_not_in_the_entries_of_the_next(ledger):
    """As in a preview, where a number may go from a page."""
    register = Register(DATA, ledger)
    bare = SimpleNamespace(name="01_a", lang="en", evidence={}, shown=["investment-02"],
                           places={}, contents=[], cited=())  # fmt: skip
    assert register.printed([bare]).entries["investment-02"].pages == ["01_a"]
    assert register.printed([]).entries["investment-02"].pages == []


def test_publishers_of_all_that_is_cited(ledger):
    """Of series that claims are tested by; of rows that were counted, which have no number of their
    own; and of what a page cites."""
    register = Register(DATA, ledger)
    assert [row.id for row in register.publishers] == ["cbs-83028ned"]
    bare = SimpleNamespace(name="01_a", lang="en", evidence={}, shown=[], places={},
                           contents=[], cited=())  # fmt: skip
    assert [row.id for row in register.printed([bare]).publishers] == ["cbs-83028ned"]
    counted = counts.count(evidence_frames.load("local_ties", DATA))
    counting = {"evidence": {counted.id: trail.record(counted)}, "cited": ()}
    cited = {"evidence": {}, "cited": ["count-2019"]}
    for more in (counting, cited):
        body = SimpleNamespace(**{**vars(bare), **more})
        found = [row.id for row in register.printed([body]).publishers]
        assert found == ["cbs-83028ned", "count-2019"]


def test_numbers_stand_by_the_section_of_their_page_that_has_them_first():
    """In each language of the page; above the first heading, and in no place, is said too."""
    html = '<data data-id="a"></data><h2 class="x" id="{}">.</h2><data data-id="b"></data>'
    bodies = [
        SimpleNamespace(
            lang=lang, evidence=dict.fromkeys("abcd"), shown="abd", contents=[(anchor, words)],
            places=page_sections.places_of_numbers(html.format(anchor), [(anchor, words)]),
        )
        for lang, anchor, words in (("nl", "hoe", "Hoe?"), ("en", "how", "How?"))
    ]  # fmt: skip
    assert dict(entries.sections_of(bodies)) == {
        "a": ("section-0", Text("Boven aan de pagina", "At the top of the page")),
        "b": ("section-1", Text("Hoe?", "How?")),
        "c": ("inputs", Text("Alleen in een berekening", "In a calculation only")),
        "d": ("section-apart", Text("Elders in dit thema", "Elsewhere in this theme")),
    }


def test_claims_that_are_contradicted_are_errors_of_the_document(ledger):
    """By the evaluation's own figures or by others; no other claim is one."""
    claims = Register(DATA, ledger).claims
    own, outside, sound = (
        replace(claims[0], id=id, internal=internal, external=external)
        for id, internal, external in (
            ("claim-01", "contradicted", None), ("claim-02", "undecided", "contradicted"),
            ("claim-03", "reproduced", None),
        )
    )  # fmt: skip
    found = document_errors.faults(DATA, [own, outside, sound], Register(DATA, ledger).labels)
    assert [(fault.id, fault.kind.en) for fault in found] == [
        ("claim-01", "Verdict within the evaluation: contradicted"),
        ("claim-02", "Verdict by figures from outside: contradicted"),
    ]
    assert found[0].words[0] == claims[0].statement


def test_a_row_is_called_as_people_call_it(ledger):
    """A visit, which has no text that names it, by its labels and year."""
    names = Register(DATA, ledger).names
    assert names.row("missions", "visit-01") == Text("visit-01, 1995", "visit-01, 1995")


def test_a_sum_is_not_called_by_its_first_term_alone(ledger):
    """It is told how many terms follow; of one term there are none."""
    numbers = evidence_frames.reported_numbers(DATA)
    rows = numbers[["trade-01", "trade-04", "trade-05"]].tolist()
    of_three, of_one = total(rows), total(rows[:1])
    records = {each.id: trail.record(each) for each in (of_three, of_one, *rows)}
    name = Register(DATA, ledger).names.number
    first = name(records["trade-01"], records)
    assert name(records[of_three.id], records) == Text(
        f"som: {first.nl} en 2 andere", f"sum: {first.en} and 2 more"
    )
    assert "andere" not in name(records[of_one.id], records).nl


def test_a_value_of_a_series_is_called_by_its_labels_and_then_its_year():
    """Labels are words of a sentence: small letters after the first, but for names."""
    fields = [
        {"name": "year", "type": "integer"},
        {"name": "land", "type": "string", "categories": [
            {"value": "north", "label": "North", "label_nl": "Noord"}]},
        {"name": "what", "type": "string", "categories": [
            {"value": "gdp", "label": "Gross product", "label_nl": "Bruto product"}]},
        {"name": "city", "type": "string"},
    ]  # fmt: skip
    table = {"schema": {"fields": fields, "primaryKey": ["year", "land", "what", "city"]}}
    row = {"year": 2017, "land": "north", "what": "gdp", "city": "Aa"}
    assert display_names.row_name(table, row).en == "North, gross product, Aa, 2017"


def test_the_claims_are_worked_out_once(ledger, monkeypatch):
    """The register takes the verdicts that the check of the tables has worked out."""
    monkeypatch.setattr(Ledger, "_row", None)
    assert len(Register(DATA, ledger).claims) == len(ledger.findings())


@pytest.mark.slow
def test_tables_may_have_any_name(project):
    """With other names for the tables of numbers and of claims the register says the same: what is
    printed is quoted, and every link inside it leads somewhere."""
    root = project(_01_a=notebook("print('words')"))
    assert main(["build", "--out", str(root / "plain")]) == 0
    (root / "data").unlink()  # a link to the example
    path = Path(shutil.copytree(EXAMPLE / "data", root / "data")) / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    for name, other in (("quantities", "figures"), ("claims", "statements")):
        text = text.replace(f'"name": "{name}"', f'"name": "{other}"')
        text = text.replace(f'"resource": "{name}"', f'"resource": "{other}"')
        text = text.replace(f'": "{name}"', f'": "{other}"').replace(
            f'"{name}": {{', f'"{other}": {{'
        )
    path.write_text(text, encoding="utf-8")
    assert main(["build", "--out", str(root / "renamed")]) == 0
    plain, renamed = (pages(root / out) for out in ("plain", "renamed"))
    for sheet in ("evidence", "evidence-claims"):
        assert len(renamed[sheet].select("q")) == len(plain[sheet].select("q")) > 0
        for link in renamed[sheet].select("a[href*='.html#']"):
            file, _, place = link["href"].partition(".html#")
            assert renamed[file].find(id=place), link


def pages(out) -> dict[str, BeautifulSoup]:
    """The English pages of an annex by name."""
    return {
        path.stem: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in (out / "en").glob("*.html")
    }
