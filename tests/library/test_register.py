"""The register of evidence: where a number leads, and how often the claims are worked out."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from conftest import EXAMPLE, notebook
from helpers.annex.cli import main
from helpers.annex.register.entries import Register
from helpers.claims import checks
from helpers.claims.ledger import Ledger
from helpers.evidence import trail
from helpers.evidence.arithmetic import total
from helpers.tables import evidence_frames

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
        SimpleNamespace(name=name, evidence=evidence, shown=[computed.id])
        for name in ("01_a", "02_b")
    ]
    register = Register(DATA, ledger).printed(bodies)
    assert register.entries[computed.id].pages == ["01_a", "02_b"]
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
    path.write_text(text, encoding="utf-8")
    assert main(["build", "--out", str(root / "renamed")]) == 0
    plain, renamed = (pages(root / out) for out in ("plain", "renamed"))
    for sheet in ("evidence", "evidence-claims"):
        assert len(renamed[sheet].select("q")) == len(plain[sheet].select("q")) > 0
        assert renamed[sheet].text.count("no page") == plain[sheet].text.count("no page")
        for link in renamed[sheet].select("a[href*='.html#']"):
            file, _, place = link["href"].partition(".html#")
            assert renamed[file].find(id=place), link


def pages(out) -> dict[str, BeautifulSoup]:
    """The English pages of an annex by name."""
    return {
        path.stem: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in (out / "en").glob("*.html")
    }
