"""The register of evidence: where a number leads, and how often the claims are worked out."""

from types import SimpleNamespace

import pytest

from conftest import EXAMPLE
from helpers.annex.register.entries import Register
from helpers.claims import checks
from helpers.claims.ledger import Ledger
from helpers.evidence import trail
from helpers.evidence.quantities import total
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
    register = Register(DATA, ledger)
    register.add(bodies)
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
    monkeypatch.setattr(Ledger, "_work_out", None)
    assert len(Register(DATA, ledger).claims) == len(ledger.findings())
