"""The annex of this evaluation as it is published: with and without fork, as a crate, and from
changed data."""

import json

import pytest
from rocrate.rocrate import ROCrate

from conftest import ROOT
from helpers.annex.build import build
from helpers.annex.cli import main
from helpers.annex.plan.plan import Plan
from helpers.annex.run.kernels import parent


@pytest.mark.slow
def test_warm_and_ordinary_kernels_make_the_same_annex(tmp_path, monkeypatch):
    """Pages with every picture are byte for byte the same without fork."""
    only = ["02_investment_jobs", "04_province_budgets"]
    places = [tmp_path / "warm", tmp_path / "ordinary"]
    for place in places:
        build(Plan(ROOT, ROOT / "data", place, only))
        monkeypatch.setattr(parent, "WARM", False)
    warm, ordinary = (
        {path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        for place in places
    )
    assert any(path.suffix == ".svg" for path in warm)
    assert warm == ordinary


def test_changed_value_changes_its_page(data_copy, tmp_path, monkeypatch):
    """A value changed in a copy of the data changes its page, and is typed nowhere else."""
    table = data_copy / "report" / "quantities.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count(",17560000,") == 1
    text = text.replace("17,56 miljoen", "18,76 miljoen").replace(",17560000,", ",18760000,")
    table.write_text(text, encoding="utf-8")
    out = tmp_path / "annex"
    assert (
        main(["build", "--only", "02_investment_jobs", "--data", str(data_copy), "--out", str(out)])
        == 0
    )
    page = (out / "nl" / "02_investment_jobs.html").read_text(encoding="utf-8")
    assert "18,76" in page
    assert "17,56" not in page.split('id="sources"')[0]
    notebooks = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "notebooks").glob("*.ipynb"))
    for typed in ("17,56", "17.56", "1756", "68,3", "68.3"):
        assert typed not in notebooks


def test_descriptor_is_json():
    """The descriptor of the data can be read by anything that reads JSON."""
    assert json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]


def test_the_library_reads_what_was_published(built):
    """The published folder is a crate that the library reads, with every part in its place."""
    read = ROCrate(built)
    assert read.name == "Utrecht – Guangdong"
    parts = [part.id for part in read.root_dataset["hasPart"]]
    assert {"index.html", "manifest.json", "nl/", "en/", "charts/"} <= set(parts)
    assert all((built / part).exists() for part in parts)
