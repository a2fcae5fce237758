"""The annex of this evaluation as it is published: with and without fork, as a crate, as a PDF,
and from changed data."""

import io
import json
import re

import pytest
from pypdf import PdfReader
from rocrate.rocrate import ROCrate

from conftest import ROOT, judged
from helpers.annex.build import build
from helpers.annex.cli import main
from helpers.annex.pages.render import Page
from helpers.annex.pdf import pdf
from helpers.annex.plan.plan import Plan
from helpers.annex.release import manifest
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


def test_changed_value_changes_its_page(data_copy, tmp_path):
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
    assert "17,56" not in page.split("id=sources>")[0]
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


@pytest.fixture(scope="module")
def real(built, pango) -> bytes:
    """Two themes of the annex itself, as `annex build --pdf` has them."""
    files = {f"charts/{p.name}": p.read_text("utf-8") for p in (built / "charts").glob("*.svg")}
    pages = []
    for name in ("02_investment_jobs", "04_province_budgets"):
        html = (built / "nl" / f"{name}.html").read_text(encoding="utf-8")
        pages.append(Page(name, "nl", name, "", html, name))
    return pdf.pdf(pages, "nl", files, "Titel", "Waarover.")


def test_the_annex_itself_conforms(real):
    """Real themes, with their charts and tables, break no rule of PDF/UA-1."""
    assert judged(real) == []


def test_the_contents_name_every_theme(real):
    """The contents of the PDF begin each theme, and the parts at the back, with its title, which is
    a bookmark too."""
    made = PdfReader(io.BytesIO(real))
    titles = [mark.title for mark in made.outline if not isinstance(mark, list)]
    assert len(titles) == 2 + 2  # two themes; numbers of figures, and code
    contents = re.sub(r"\s", "", made.pages[1].extract_text())
    for title in titles:
        assert re.sub(r"\s", "", title) in contents


@pytest.mark.slow
def test_a_built_manifest_has_the_form_of_its_schema(built):
    """The annex holds the schema, its manifest names it, and is read by it."""
    assert (built / "manifest.schema.json").read_bytes() == manifest.SCHEMA.read_bytes()
    assert manifest.read(built)["$schema"] == "manifest.schema.json"


def test_the_summary_counts_each_passage_once(built):
    """For a page over several annexes: the verdicts that the front page tells, 136 in all."""
    told = json.loads((built / "annex.json").read_text(encoding="utf-8"))
    expected = {"consistent": 1, "contradicted": 9, "reproduced": 71, "undecided": 55}
    assert told["verdicts"] == expected
